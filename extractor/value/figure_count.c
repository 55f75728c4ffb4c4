/* Figures: whether a number without a unit counts something, by the words around it. */
#include "character.h"
#include "figure.h"
#include "lookup.h"

/* An ordinal or part of a name (khoản 5, điểm 1.2): no magnitude, no thousands, no decimal comma. */
bool figure_can_be_name(const struct quantity *quantity)
{
    return quantity->power == 0 && !quantity->grouped && quantity->digits <= 4 &&
           (quantity->point || decimal_is_whole(&quantity->value));
}

bool figure_is_named(const struct figure_candidate *candidate, const struct quantity *quantity)
{
    const struct figure_before *before = &candidate->before;
    return before->ordinal ||
           (figure_can_be_name(quantity) && (before->name || (before->digits_name && !quantity->spelled)));
}

/* vài ba, hàng trăm; and một, which is an article more often than a number */
bool figure_is_vague(const struct figure_candidate *candidate, const struct quantity *quantity)
{
    struct decimal one;
    return quantity->spelled &&
           (candidate->before.vague || (decimal_set_number(&one, 1) && decimal_is_whole(&quantity->value) &&
                                        decimal_compare(&quantity->value, &one) <= 0));
}

/* 1900 … 2099, printed as years are */
bool figure_looks_like_year(const struct quantity *quantity)
{
    struct decimal from;
    struct decimal to;
    return quantity->digits == 4 && figure_can_be_name(quantity) && !quantity->point &&
           decimal_set_number(&from, 1900) && decimal_set_number(&to, 2099) &&
           decimal_compare(&quantity->value, &from) >= 0 && decimal_compare(&quantity->value, &to) <= 0;
}

/* The noun behind; a deed is a verb behind "cả hai", and behind what has numbers (khu vực 1 phát hiện). */
struct figure_behind figure_noun_behind(const struct figure_candidate *candidate)
{
    struct figure_behind behind = figure_context_behind(candidate->reading, candidate->end);
    if (behind.class == NOUN_DEED)
        behind.class = candidate->before.counts || candidate->before.label || candidate->before.listed
                           ? NOUN_NONE
                           : NOUN_COUNTED;
    return behind;
}

/* "các kỳ: 76, 83 và 85" are listed, not counted. */
static bool goes_on_list(const struct figure_candidate *candidate)
{
    size_t at = candidate->end;
    return figure_context_joint_behind(candidate->reading, &at) && is_digit(candidate->reading->text[at]);
}

/* Ends its clause, or a word goes on that nothing is counted by: 198, gồm; 30 và còn tăng; but no other
 * number. */
static bool ends_sum(const struct figure_candidate *candidate, const struct figure_behind *behind)
{
    const struct reading *reading = candidate->reading;
    size_t next = candidate->end + 1;
    return figure_stands_alone(candidate) ||
           (behind->class == NOUN_NONE && next < reading->length && is_blank(reading->text[candidate->end]) &&
            (is_letter(reading->text[next]) || reading->text[next] == '(') &&
            !figure_context_is_capital(reading->text + next)) ||
           (candidate->end < reading->length && reading->text[candidate->end] == ')');
}

/* What is reached is a count or an age: tuổi nghỉ hưu lên 62 */
static bool set_sum(const struct figure_candidate *candidate, enum figure_sum sum)
{
    struct figure *figure = candidate->figure;
    figure->sum = sum != SUM_NONE;
    if (sum == SUM_AGE) {
        figure->kind = FIGURE_KIND_AGE;
        figure->unit = SLICE("year");
    }
    return figure->sum;
}

/* The next of such sums: lần lượt là 38, 40 và 42 */
static bool goes_on_sums(const struct figure_candidate *candidate)
{
    const struct item *front = figure_in_front(candidate);
    if (front == NULL || !((const struct figure *)front->data)->sum)
        return false;
    size_t at = front->match.end;
    bool age = slice_is(slice_from(((const struct figure *)front->data)->kind), FIGURE_KIND_AGE);
    return figure_context_joint_behind(candidate->reading, &at) && at == candidate->start &&
           set_sum(candidate, age ? SUM_AGE : SUM_COUNT);
}

/* số vụ đã lên tới 30, điểm chuẩn là 18: the number says what the clause counts */
static bool is_sum(const struct figure_candidate *candidate, const struct quantity *quantity,
                   const struct figure_behind *behind)
{
    if (quantity->power > 0 || figure_looks_like_year(quantity) ||
        (quantity->digits > 4 && !quantity->grouped) ||
        (quantity->first == '0' && decimal_is_whole(&quantity->value)) || !ends_sum(candidate, behind))
        return false;
    if (goes_on_sums(candidate))
        return true;
    enum figure_sum sum = figure_context_sum(candidate->reading, candidate->start, false);
    bool one = quantity->digits < 2; /* là 1 trong những tài năng */
    return set_sum(candidate, sum == SUM_AGE && one ? SUM_NONE : sum);
}

/* 22,23 và 24/6: days of a month, no decimals */
static bool joins_day(const struct figure_candidate *candidate)
{
    const struct reading *reading = candidate->reading;
    size_t at = candidate->end;
    if (!figure_context_joint_behind(reading, &at) || !is_digit(reading->text[at]))
        return false;
    while (at < reading->length && is_digit(reading->text[at]))
        at++;
    return at < reading->length && reading->text[at] == '/';
}

/* hệ số 10,4; trung bình 21,5: what has decimals behind a comma says how much, but in a row of numbers */
static bool is_decimal(const struct figure_candidate *candidate, const struct quantity *quantity,
                       const struct figure_behind *behind)
{
    const struct figure_before *before = &candidate->before;
    const char *text = candidate->reading->text;
    size_t start = candidate->start;
    if (quantity->power > 0 || quantity->point || quantity->spelled || decimal_is_whole(&quantity->value) ||
        before->name || before->digits_name || before->label || before->capital || before->quoted ||
        !ends_sum(candidate, behind) || joins_day(candidate))
        return false;
    /* 5,6 behind "Nokia 6, " goes on a list */
    if (start > 2 && text[start - 2] == ',' && is_digit(text[start - 3]))
        return false;
    bool stands =
        start > 1 && (text[start - 1] == '(' || (is_blank(text[start - 1]) && !is_digit(text[start - 2]) &&
                                                 strchr("%-+", text[start - 2]) == NULL));
    return stands && set_sum(candidate, figure_context_sum(candidate->reading, start, true));
}

/* Counts without a noun: cả 3 cùng đi; từ 5 trở lên; "Tổng số ca: 38.623" */
static bool counts_alone(const struct figure_candidate *candidate, const struct quantity *quantity,
                         const struct figure_behind *noun)
{
    const struct figure_before *before = &candidate->before;
    traits behind = figure_context_effect(candidate->reading, candidate->end);
    if (before->counts || (before->from && has_trait(behind, TRAIT_MIN)))
        return true;
    /* không quá 4; (ít nhất 326) */
    bool bound = slice_is(before->mod, "max") || slice_is(before->mod, "min");
    if (bound && quantity->digits <= 3 && decimal_is_whole(&quantity->value) && quantity->power == 0 &&
        (figure_stands_alone(candidate) || candidate->reading->text[candidate->end] == ')'))
        return true;
    if (!figure_looks_like_year(quantity) &&
        figure_series_counts(candidate->reading, candidate->start, candidate->end))
        return true;
    if (quantity->power == 0 && !figure_looks_like_year(quantity) && decimal_is_whole(&quantity->value) &&
        (figure_series_tallies(candidate->reading, candidate->start, candidate->end) ||
         figure_series_goes_on(candidate)))
        return true;
    if (is_sum(candidate, quantity, noun) || is_decimal(candidate, quantity, noun))
        return true;
    /* a list's number is 05. */
    return before->colon && figure_stands_alone(candidate) && quantity->power == 0 && !quantity->point &&
           quantity->first != '0' && !goes_on_list(candidate) &&
           (quantity->grouped || quantity->digits == 2 || quantity->digits == 3);
}

/* gần 1.700 bị chết; lên tới 23.189 trong ngày: grouped numbers are no names, whatever they count */
static bool is_large(const struct figure_candidate *candidate, const struct quantity *quantity)
{
    const struct figure_before *before = &candidate->before;
    if (!quantity->grouped || !decimal_is_whole(&quantity->value) || before->name || before->label ||
        before->digits_name || quantity->point || quantity->comma)
        return false;
    return quantity->digits > 4 || before->mod.data != NULL || before->from ||
           figure_context_is_tally(candidate->reading, candidate->start);
}

/* 2000 đơn vị: more often so many than that year, where nothing in front speaks of a year or name */
static bool is_round(const struct figure_candidate *candidate, const struct quantity *quantity,
                     const struct figure_behind *behind)
{
    const struct figure_before *before = &candidate->before;
    struct decimal year;
    return behind->class == NOUN_COUNTED && !behind->folded && decimal_set_number(&year, 2000) &&
           decimal_compare(&quantity->value, &year) == 0 && !before->capital && !before->label;
}

/* At the head of a line or a sentence, as footnotes are: 2 Mức trợ cấp này … */
static bool is_head(const struct figure_candidate *candidate)
{
    const char *text = candidate->reading->text;
    size_t start = candidate->start;
    if (start > 1 &&
        text[start - 1] == '\n') /* a sentence goes on over the line: bị cách chức, 1 Trưởng phòng */
        return text[start - 2] != ',' && text[start - 2] != ';';
    return start == 0 || text[start - 1] == '\n' ||
           (start > 1 && is_blank(text[start - 1]) && text[start - 2] == '.');
}

/* Rover 100 đời 1997: the noun has a year, as what bears a name does; but môn Sinh 22 điểm 10 */
static bool is_numbered(const struct figure_candidate *candidate, const struct figure_behind *behind)
{
    const struct reading *reading = candidate->reading;
    if (behind->of.data == NULL)
        return false;
    size_t at = (size_t)(behind->of.data + behind->of.length - reading->text);
    if (at + 1 >= reading->length || !is_blank(reading->text[at]) || !is_digit(reading->text[at + 1]))
        return false;
    size_t digits = at + 1;
    while (digits < reading->length && is_digit(reading->text[digits]))
        digits++;
    const struct table *table = rules_known(reading->rules, TABLE_BEFORE_FIGURES);
    traits noun = lookup_traits(table, lookup_row(table, behind->of));
    return digits - at - 1 == 4 && (has_trait(noun, TRAIT_NAME) || has_trait(noun, TRAIT_LABEL));
}

/* Whether a number without unit counts something, by the words around it. */
bool figure_counts(const struct figure_candidate *candidate, const struct quantity *quantity,
                   const struct figure_behind *behind)
{
    const struct figure_before *before = &candidate->before;
    bool counted = behind->class == NOUN_COUNTED;
    bool code = quantity->first == '0' && quantity->digits > 2 && quantity->power == 0 &&
                decimal_is_whole(&quantity->value);
    bool heading = figure_is_in_heading(candidate, behind);
    bool folded = behind->folded && !heading;
    bool capital = before->capital && !heading;
    /* an account's number */
    code = code || (quantity->digits > 9 && !quantity->grouped && quantity->power == 0);
    /* a table's last cell: -29.81 Báo cáo tài chính */
    bool cell = folded && !decimal_is_whole(&quantity->value);
    if (code || cell || figure_is_named(candidate, quantity) || (folded && is_head(candidate)))
        return false;
    if (figure_is_in_formula(candidate))
        return quantity->digits <= 4 || quantity->grouped;
    /* the number of a house; streets are listed by the few */
    if (behind->street && quantity->digits > 1 && quantity->first != '0' && !quantity->grouped)
        return false;
    if (figure_looks_like_year(quantity) && before->mod.data == NULL &&
        !is_round(candidate, quantity, behind))
        return false;
    if (figure_can_be_name(quantity)) {
        if (capital && is_numbered(candidate, behind))
            return false;
        if ((!counted || folded) && (before->label || capital || before->quoted || before->listed))
            return !figure_looks_like_year(quantity) &&
                   (figure_series_counts(candidate->reading, candidate->start, candidate->end) ||
                    (!before->label && figure_series_goes_on(candidate)));
        /* cấp 3 huyện Lạc Thủy; quận 1 và 2 phường Bến Nghé */
        if ((before->listed || before->label) && (!counted || behind->named || quantity->point))
            return false;
    }
    switch (behind->class) {
    case NOUN_COUNTED:
    case NOUN_DEED:
        return true;
    case NOUN_WEAK:
    case NOUN_UNKNOWN:
        return quantity->digits <= 4 || quantity->grouped || quantity->power > 0;
    case NOUN_NONE:
    case NOUN_CAPITAL:
    case NOUN_MONEY:
        break;
    }
    return counts_alone(candidate, quantity, behind) || is_large(candidate, quantity);
}
