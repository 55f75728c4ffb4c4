/* Figures' units and durations. */
#include "character.h"
#include "figure.h"
#include "lookup.h"

/* ---- units ---------------------------------------------------------------------------------------- */

bool figure_quantity(const struct figure_candidate *candidate, int group, bool whole,
                     struct quantity *quantity)
{
    struct slice words = item_group(candidate->item, group);
    return words.data != NULL && quantity_read(candidate->reading->rules, words, whole, quantity);
}

bool figure_unit_set(struct figure_candidate *candidate, struct slice word, struct slice per)
{
    const struct rules *rules = candidate->reading->rules;
    const struct table *units = rules_known(rules, TABLE_UNITS);
    const struct table *currencies = rules_known(rules, TABLE_CURRENCIES);
    static const char *const kinds[] = {"percent", "measure", "duration", "age"};
    struct figure *figure = candidate->figure;
    long row = lookup_row(units, word);
    if (row == TABLE_NONE) {
        figure->kind = FIGURE_KIND_MONEY;
        figure->unit = lookup_cell(currencies, lookup_row(currencies, word), COLUMN_CODE);
    } else {
        struct slice kind = lookup_cell(units, row, COLUMN_KIND);
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (slice_is(kind, kinds[i]))
                figure->kind = kinds[i];
        figure->unit = lookup_cell(units, row, COLUMN_SYMBOL);
    }
    if (per.data != NULL)
        figure->per = lookup_cell(units, lookup_row(units, per), COLUMN_DIVISOR);
    return figure->unit.data != NULL && figure->kind != NULL;
}

bool figure_unit_is_whole(const struct figure *figure)
{
    if (slice_is(slice_from(figure->kind), FIGURE_KIND_MONEY))
        return figure->per.data == NULL || slice_is(figure->unit, "VND");
    return figure->kind != NULL && (slice_is(slice_from(figure->kind), FIGURE_KIND_DURATION) ||
                                    slice_is(slice_from(figure->kind), FIGURE_KIND_AGE));
}

bool figure_unit_is_span(const struct figure *figure)
{
    return figure->kind != NULL && slice_is(slice_from(figure->kind), FIGURE_KIND_DURATION);
}

/* What a unit is worth, as the table says it: 1000 g. */
struct worth {
    unsigned long count;
    struct slice of;
};

static struct worth worth_of(const struct table *units, long row)
{
    struct slice cell = lookup_cell(units, row, COLUMN_WORTH);
    struct worth worth = {0, {NULL, 0}};
    size_t at = 0;
    for (; at < cell.length && is_digit(cell.data[at]); at++)
        worth.count = worth.count * 10 + (unsigned long)(cell.data[at] - '0');
    worth.of = (struct slice){cell.data + at, cell.length - at};
    return worth;
}

/* Times how many of the smaller unit the larger one is; a year is 12 months or 365 days, a month 30 days. */
static bool convert(const struct table *units, long larger, long smaller, struct decimal *value)
{
    int months = lookup_number(units, larger, COLUMN_MONTHS, 0);
    int smaller_months = lookup_number(units, smaller, COLUMN_MONTHS, 0);
    if (months > 0 && smaller_months > 0)
        return months > smaller_months && decimal_multiply(value, (unsigned)(months / smaller_months));
    struct worth a = worth_of(units, larger);
    struct worth b = worth_of(units, smaller);
    return b.count > 0 && slice_equal(a.of, b.of) && a.count > b.count && a.count % b.count == 0 &&
           decimal_multiply(value, (unsigned)(a.count / b.count));
}

bool figure_unit_to_smaller(struct figure_candidate *candidate, struct slice first, struct slice second)
{
    const struct table *units = rules_known(candidate->reading->rules, TABLE_UNITS);
    struct figure *figure = candidate->figure;
    long from = lookup_row(units, first);
    long to = lookup_row(units, second);
    struct decimal value = figure->value;
    if (convert(units, to, from, &figure->other)) {
        figure->unit = lookup_cell(units, from, COLUMN_SYMBOL);
        return true;
    }
    figure->unit = lookup_cell(units, to, COLUMN_SYMBOL);
    figure->value = value;
    return convert(units, from, to, &figure->value);
}

/* A term of a compound, "34 phút" or "sáu tháng". */
struct term {
    struct slice number;
    long unit;
};

static size_t term_word_end(struct slice rest, size_t at)
{
    while (at < rest.length && !is_blank(rest.data[at]) && rest.data[at] != ',')
        at++;
    return at;
}

/* Reads the term at *at, in digits; its unit may be glued to them. */
static void read_digits_term(const struct table *units, struct slice rest, size_t *at, struct term *term)
{
    size_t start = *at;
    size_t word = start;
    while (word < rest.length && !is_letter(rest.data[word]))
        word++;
    *at = term_word_end(rest, word);
    term->unit = lookup_row(units, (struct slice){rest.data + word, *at - word});
    while (word > start && is_blank(rest.data[word - 1]))
        word--;
    term->number = (struct slice){rest.data + start, word - start};
}

/* Or in words, up to the first behind its first one that is a unit. */
static void read_spelled_term(const struct table *units, struct slice rest, size_t *at, struct term *term)
{
    size_t start = *at;
    size_t end = term_word_end(rest, start);
    term->unit = TABLE_NONE;
    term->number = (struct slice){rest.data + start, 0};
    while (end < rest.length && term->unit == TABLE_NONE) {
        term->number.length = end - start;
        size_t word = end + 1;
        end = term_word_end(rest, word);
        term->unit = lookup_row(units, (struct slice){rest.data + word, end - word});
    }
    *at = end;
}

bool figure_unit_add_rest(struct figure_candidate *candidate, struct slice unit, struct slice rest)
{
    const struct rules *rules = candidate->reading->rules;
    const struct table *units = rules_known(rules, TABLE_UNITS);
    struct figure *figure = candidate->figure;
    long row = lookup_row(units, unit);
    for (size_t at = 0; at < rest.length;) {
        if (is_blank(rest.data[at]) || rest.data[at] == ',') {
            at++;
            continue;
        }
        struct term term;
        struct quantity part;
        if (is_digit(rest.data[at]))
            read_digits_term(units, rest, &at, &term);
        else
            read_spelled_term(units, rest, &at, &term);
        /* 9 giây 94 */
        if (term.unit == TABLE_NONE && slice_is(lookup_cell(units, row, COLUMN_SYMBOL), "second"))
            return decimal_set(&part.value, term.number, (int)term.number.length) &&
                   decimal_add(&figure->value, &part.value);
        if (term.unit == TABLE_NONE || !quantity_read(rules, term.number, true, &part) ||
            !convert(units, row, term.unit, &figure->value) || !decimal_add(&figure->value, &part.value))
            return false;
        row = term.unit;
        figure->unit = lookup_cell(units, row, COLUMN_SYMBOL);
    }
    return true;
}

bool figure_unit_add_half(struct decimal *value)
{
    struct decimal half;
    return decimal_set(&half, SLICE("5"), 1) && decimal_add(value, &half);
}

/* A number of hours starts at `at`: 16 giờ, 16h */
static bool is_hours(const struct figure_candidate *candidate, size_t at)
{
    const struct reading *reading = candidate->reading;
    const struct table *units = rules_known(reading->rules, TABLE_UNITS);
    size_t word = at;
    while (word < reading->length && is_digit(reading->text[word]))
        word++;
    if (word == at)
        return false;
    if (word < reading->length && is_blank(reading->text[word]))
        word++;
    size_t end = word;
    while (end < reading->length && is_letter(reading->text[end]))
        end++;
    struct slice unit = {reading->text + word, end - word};
    return lookup_cell(units, lookup_row(units, unit), COLUMN_CLOCK).length > 0;
}

/* Skips a dash or a word and the blanks around it, false if none stands there. */
static bool skip_joint(const struct reading *reading, size_t *at)
{
    const char *text = reading->text;
    size_t end = *at;
    if (end < reading->length && is_blank(text[end]))
        end++;
    size_t joint = end;
    while (end < reading->length && (is_letter(text[end]) || (text[end] == '-' && end == joint)))
        end++;
    bool skipped = end > joint;
    if (end < reading->length && is_blank(text[end]))
        end++;
    *at = end;
    return skipped;
}

/* One end of a range from hour to hour (9 giờ đến 16 giờ, 11 - 16 giờ), which was refused as a whole. */
static bool is_end_of_range(const struct figure_candidate *candidate, traits behind)
{
    const char *text = candidate->reading->text;
    size_t start = candidate->start;
    while (start > 0 && is_blank(text[start - 1]))
        start--;
    bool dash = start > 0 && text[start - 1] == '-';
    start = dash ? start - 1 : 0;
    while (start > 0 && is_blank(text[start - 1]))
        start--;
    if (start > 0 && is_digit(text[start - 1]))
        return true;
    size_t end = candidate->end;
    size_t next = end;
    if (next + 1 < candidate->reading->length && is_blank(text[next]))
        next++;
    bool joined = has_trait(behind, TRAIT_TO) || (next < candidate->reading->length && text[next] == '-');
    return joined && skip_joint(candidate->reading, &end) && is_hours(candidate, end);
}

/*
 * Hours as programmes of broadcasts and minutes of a day list them: behind a score (0:0 17 giờ), in a bracket
 * that goes on (17 giờ, trên VTV6), at the head of a sentence with a capital behind (15 giờ Đây là).
 */
static bool is_listed(const struct figure_candidate *candidate)
{
    const struct reading *reading = candidate->reading;
    const char *text = reading->text;
    size_t start = candidate->start;
    size_t end = candidate->end;
    if (end + 2 >= reading->length || !is_blank(text[text[end] == ',' ? end + 1 : end]))
        return false;
    if (text[end] == ',')
        return start > 0 && text[start - 1] == '(' && !is_digit(text[end + 2]);
    if (start > 3 && is_digit(text[start - 2]) && text[start - 3] == ':' && is_digit(text[start - 4]))
        return true;
    bool head =
        start == 0 || text[start - 1] == '\n' || (start > 1 && strchr(".!?", text[start - 2]) != NULL);
    return head && figure_context_is_capital(text + end + 1);
}

/* từ ba giờ xuống còn 30 phút: a length that becomes another */
static bool changes(const struct figure_candidate *candidate)
{
    traits behind = figure_context_effect(candidate->reading, candidate->end);
    return candidate->before.from && has_trait(behind, TRAIT_TO) && has_trait(behind, TRAIT_LESS);
}

bool figure_unit_is_clock(const struct figure_candidate *candidate, const struct quantity *quantity,
                          struct slice unit)
{
    struct decimal day;
    const struct figure_before *before = &candidate->before;
    const struct table *units = rules_known(candidate->reading->rules, TABLE_UNITS);
    struct slice clock = lookup_cell(units, lookup_row(units, unit), COLUMN_CLOCK);
    if (clock.length == 0 || !decimal_set_number(&day, 24) || decimal_compare(&quantity->value, &day) >= 0 ||
        !decimal_is_whole(&quantity->value))
        return false;
    struct slice rest = item_group(candidate->item, FIGURE_rest);
    traits behind = figure_context_effect(candidate->reading, candidate->end);
    if (changes(candidate))
        return false;
    /* cứ 4h sáng; 6h30; 7h - 22h30 */
    if (has_trait(behind, TRAIT_PART) || is_listed(candidate) || is_end_of_range(candidate, behind) ||
        (candidate->end < candidate->reading->length && is_digit(candidate->reading->text[candidate->end])))
        return true;
    /* đến hơn 1 giờ sau */
    if (before->mod.data != NULL && has_trait(behind, TRAIT_DURING))
        return false;
    bool mostly = slice_is(clock, "mostly");
    bool bound = !before->clock && before->mod.data != NULL && !slice_is(before->mod, "approx") &&
                 !(mostly && slice_is(before->mod, "more"));
    /* 08 giờ 12 phút 7 giây: with a zero in front seconds are of a time of day, too */
    bool seconds = slice_is(candidate->figure->unit, "second");
    /* kéo dài từ 10 đến 12 giờ; but kéo dài từ 8 giờ đến 11 giờ, ngủ từ 9 giờ */
    bool since =
        before->from && (!candidate->figure->range || item_group(candidate->item, FIGURE_unit2).data != NULL);
    bool during = before->during && !since;
    if (during || bound || (seconds && quantity->first != '0'))
        return false;
    if (seconds)
        return true;
    if (before->clock || before->from || has_trait(behind, TRAIT_CLOCK))
        return true;
    return !has_trait(behind, TRAIT_DURING) && (mostly || (rest.data != NULL && !before->after));
}

bool figure_unit_follows_hours(const struct figure_candidate *candidate)
{
    const struct reading *reading = candidate->reading;
    const struct table *units = rules_known(reading->rules, TABLE_UNITS);
    size_t end = candidate->start;
    if (end == 0 || !is_blank(reading->text[end - 1]))
        return false;
    size_t word = --end;
    while (word > 0 && is_letter(reading->text[word - 1]))
        word--;
    size_t number = word > 0 && is_blank(reading->text[word - 1]) ? word - 1 : word;
    if (word == end || number == 0 || !is_digit(reading->text[number - 1]))
        return false;
    struct slice unit = {reading->text + word, end - word};
    return lookup_cell(units, lookup_row(units, unit), COLUMN_CLOCK).length > 0;
}
