/* Figures: what a match says, and whether it is one. */
#include "figure.h"
#include "../base/utf8.h"
#include "character.h"
#include "lookup.h"

/* ---- forms ---------------------------------------------------------------------------------------- */

static bool read_amount(struct figure_candidate *candidate)
{
    struct figure *figure = candidate->figure;
    struct item *item = candidate->item;
    struct slice unit = item_group(item, FIGURE_unit);
    struct slice rest = item_group(item, FIGURE_rest);
    struct quantity quantity;
    if (!figure_unit_set(candidate, unit, item_group(item, FIGURE_per)) ||
        !figure_quantity(candidate, FIGURE_number, figure_unit_is_whole(figure), &quantity))
        return false;
    figure->value = quantity.value;
    if (figure_unit_is_span(figure) && figure_is_named(candidate, &quantity) && !candidate->before.term)
        return false;
    /* thứ ba đồng nghĩa với: an ordinal has no unit */
    bool money = slice_is(slice_from(figure->kind), FIGURE_KIND_MONEY);
    if (candidate->before.ordinal && figure_can_be_name(&quantity) && (quantity.spelled || money))
        return false;
    /* số hiệu 06CV, which is a name's */
    if (!figure_unit_is_span(figure) && quantity.first == '0' && figure_is_named(candidate, &quantity))
        return false;
    /* mẫu số 2đ: a letter at a number is no currency then */
    bool letter = is_letter(unit.data[0]) && utf8_length(unit.data[0]) == unit.length;
    if (money && letter && figure_is_named(candidate, &quantity))
        return false;
    if (rest.data != NULL && !figure_unit_add_rest(candidate, unit, rest))
        return false;
    /* một năm sáu tháng counts, một năm does not */
    bool vague = rest.data == NULL && figure_is_vague(candidate, &quantity);
    if (figure_unit_is_clock(candidate, &quantity, unit) || vague ||
        (figure_unit_is_span(figure) && figure_unit_follows_hours(candidate)))
        return false;
    return item_group(item, FIGURE_half).data == NULL || figure_unit_add_half(&figure->value);
}

/* 1m65 */
static bool read_mixed(struct figure_candidate *candidate)
{
    struct slice metres = item_group(candidate->item, FIGURE_number);
    struct slice rest = item_group(candidate->item, FIGURE_rest);
    struct decimal fraction;
    return figure_unit_set(candidate, item_group(candidate->item, FIGURE_unit), (struct slice){NULL, 0}) &&
           decimal_set(&candidate->figure->value, metres, 0) &&
           decimal_set(&fraction, rest, (int)rest.length) &&
           decimal_add(&candidate->figure->value, &fraction);
}

/* 1'06"79: in seconds */
static bool read_race_time(struct figure_candidate *candidate)
{
    struct figure *figure = candidate->figure;
    struct item *item = candidate->item;
    struct slice hundredths = item_group(item, FIGURE_rest);
    struct decimal part;
    figure->kind = FIGURE_KIND_DURATION;
    figure->unit = SLICE("second");
    return decimal_set(&figure->value, item_group(item, FIGURE_number), 0) &&
           decimal_multiply(&figure->value, 60) && decimal_set(&part, item_group(item, FIGURE_number2), 0) &&
           decimal_add(&figure->value, &part) && decimal_set(&part, hundredths, (int)hundredths.length) &&
           decimal_add(&figure->value, &part);
}

/* 10-15 triệu: the magnitude holds for both, unless the first has its own or would be larger then */
static bool read_ends(struct figure_candidate *candidate, bool whole, struct quantity *second)
{
    struct figure *figure = candidate->figure;
    struct quantity first;
    if (!figure_quantity(candidate, FIGURE_number, whole, &first) ||
        !figure_quantity(candidate, FIGURE_number2, whole, second))
        return false;
    struct quantity scaled;
    if (first.power == 0 && second->power > 0) {
        if (!figure_quantity(candidate, FIGURE_number, false, &scaled) ||
            !decimal_shift(&scaled.value, second->power))
            return false;
        /* từ 10.000 đến 1 triệu đồng: the thousands are the first's own */
        if (!first.grouped || decimal_compare(&scaled.value, &second->value) < 0)
            first = scaled;
    }
    /* 3 - 4.000: the thousands hold for both as well */
    struct decimal larger = first.value;
    if (first.power == 0 && second->power == 0 && !first.grouped && second->thousands && first.digits <= 3 &&
        decimal_shift(&larger, 3) && decimal_compare(&larger, &second->value) < 0)
        first.value = larger;
    figure->value = first.value;
    figure->other = second->value;
    figure->range = true;
    return decimal_compare(&first.value, &second->value) < 0;
}

/* 06 tháng đến 03 năm, 800 g đến 1,2 kg: both ends in the smaller unit */
static bool read_range_of_units(struct figure_candidate *candidate, struct slice first, struct slice second)
{
    struct figure *figure = candidate->figure;
    struct quantity from;
    struct quantity to;
    bool whole = figure_unit_is_whole(figure);
    if (!figure_quantity(candidate, FIGURE_number, whole, &from) ||
        !figure_quantity(candidate, FIGURE_number2, whole, &to) ||
        item_group(candidate->item, FIGURE_rest).data != NULL)
        return false;
    if (figure_unit_is_span(figure) &&
        (figure_is_named(candidate, &to) || figure_unit_follows_hours(candidate)))
        return false;
    figure->value = from.value;
    figure->other = to.value;
    figure->range = true;
    return figure_unit_to_smaller(candidate, first, second) &&
           decimal_compare(&figure->value, &figure->other) < 0;
}

static bool read_range(struct figure_candidate *candidate)
{
    struct figure *figure = candidate->figure;
    struct item *item = candidate->item;
    struct slice unit = item_group(item, FIGURE_unit);
    struct slice unit2 = item_group(item, FIGURE_unit2);
    struct slice per = item_group(item, FIGURE_per);
    struct quantity second;
    if (unit2.data != NULL && !figure_unit_set(candidate, unit2, (struct slice){NULL, 0}))
        return false;
    struct slice symbol = figure->unit;
    if (per.data == NULL) /* 5.000 đồng/kg - 7.000 đồng: of both */
        per = item_group(item, FIGURE_per2);
    const char *kind = figure->kind;
    if (!figure_unit_set(candidate, unit, per))
        return false;
    if (unit2.data != NULL && !slice_equal(symbol, figure->unit))
        return per.data == NULL && kind == figure->kind && read_range_of_units(candidate, unit2, unit);
    if (item_group(item, FIGURE_rest).data != NULL ||
        !read_ends(candidate, figure_unit_is_whole(figure), &second))
        return false;
    if (figure_unit_is_span(figure) &&
        (figure_is_named(candidate, &second) || figure_unit_follows_hours(candidate) ||
         figure_unit_is_clock(candidate, &second, unit) || figure_is_vague(candidate, &second)))
        return false;
    return item_group(item, FIGURE_half).data == NULL || figure_unit_add_half(&figure->other);
}

/* 2, 3 ngày; 40, 50 tuổi; một hai lần: the next number, or the next of tens, makes a range of the two */
static bool is_next(const struct figure_candidate *candidate)
{
    const struct figure *figure = candidate->figure;
    struct slice words = item_group(candidate->item, FIGURE_number);
    struct quantity last;
    struct decimal step;
    struct decimal next = figure->value;
    bool tens = words.length == 2 && words.data[1] == '0';
    return !candidate->before.label && !candidate->before.name && !candidate->before.capital &&
           figure_quantity(candidate, FIGURE_number2, true, &last) &&
           decimal_set_number(&step, tens ? 10 : 1) && decimal_shift(&step, last.power) &&
           decimal_add(&next, &step) && decimal_compare(&next, &figure->other) == 0;
}

static bool read_neighbours(struct figure_candidate *candidate)
{
    return read_range(candidate) && is_next(candidate);
}

/* 86 Triệu Việt Vương is a house's number; but HƠN 50 TRIỆU RỒI */
static bool is_street(const struct figure_candidate *candidate, const struct figure_behind *behind)
{
    struct slice words = item_group(candidate->item, FIGURE_number);
    size_t word = words.length;
    while (word > 0 && !is_blank(words.data[word - 1]))
        word--;
    return behind->class == NOUN_CAPITAL && figure_context_is_capital(words.data + word) &&
           !figure_context_is_shouted((struct slice){words.data + word, words.length - word});
}

static bool read_plain(struct figure_candidate *candidate)
{
    struct figure *figure = candidate->figure;
    struct quantity quantity;
    if (!figure_quantity(candidate, FIGURE_number, true, &quantity))
        return false;
    enum figure_cell cell = figure_table_cell(candidate, &quantity);
    if (cell != CELL_NONE)
        return cell == CELL_AMOUNT;
    struct figure_behind behind = figure_noun_behind(candidate);
    figure->value = quantity.value;
    if (candidate->before.age && figure_can_be_name(&quantity) && quantity.digits <= 3 &&
        behind.class != NOUN_COUNTED) {
        figure->kind = FIGURE_KIND_AGE;
        figure->unit = SLICE("year");
        return true;
    }
    if (candidate->before.ordinal || is_street(candidate, &behind))
        return false;
    if (figure_is_bare_money(candidate, &quantity, &behind)) {
        figure->kind = FIGURE_KIND_MONEY;
        figure->bare = true;
        figure->millions = quantity.power == 6;
        return true;
    }
    if (figure_is_price(candidate, &quantity, &behind)) {
        figure->kind = FIGURE_KIND_MONEY;
        figure->bare = true;
        return true;
    }
    figure->kind = FIGURE_KIND_COUNT;
    if (figure->tally)
        return true;
    if (behind.class >= (figure_is_in_formula(candidate) ? NOUN_DEED : NOUN_UNKNOWN) &&
        behind.class != NOUN_MONEY)
        figure->of = behind.of;
    return figure_counts(candidate, &quantity, &behind);
}

/* ĐVT: triệu đồng; the head of a table is no figure, but says what its cells are; the first may be in the
 * match */
static bool read_head(struct figure_candidate *candidate)
{
    struct quantity magnitude = {.power = 0};
    struct quantity first;
    struct slice cell = item_group(candidate->item, FIGURE_number2);
    if (!figure_unit_set(candidate, item_group(candidate->item, FIGURE_unit),
                         item_group(candidate->item, FIGURE_per)) ||
        (item_group(candidate->item, FIGURE_number).data != NULL &&
         !figure_quantity(candidate, FIGURE_number, true, &magnitude)))
        return false;
    figure_table_begin(candidate, magnitude.power);
    return cell.data != NULL && figure_quantity(candidate, FIGURE_number2, magnitude.power == 0, &first) &&
           figure_table_cell(candidate, &first) == CELL_AMOUNT;
}

/* In words: only in front of a noun that is counted, or an amount of money */
static bool read_spelled(struct figure_candidate *candidate)
{
    struct figure *figure = candidate->figure;
    struct quantity quantity;
    if (!figure_quantity(candidate, FIGURE_number, false, &quantity) ||
        figure_is_vague(candidate, &quantity) || candidate->before.name)
        return false;
    struct figure_behind behind = figure_noun_behind(candidate);
    figure->value = quantity.value;
    if (figure_is_bare_money(candidate, &quantity, &behind)) {
        figure->kind = FIGURE_KIND_MONEY;
        figure->bare = true;
        figure->millions = quantity.power == 6;
        return true;
    }
    figure->kind = FIGURE_KIND_COUNT;
    if (figure->tally)
        return true;
    figure->of = behind.of;
    /* cho hai Hội đồng: a noun with a capital, where no name or label is in front; but đường Hai Bà Trưng */
    const struct figure_before *before = &candidate->before;
    bool name = (figure_context_is_capital(candidate->reading->text + candidate->start) || before->label ||
                 before->capital || before->quoted || before->opened || before->listed) &&
                !(behind.shouted && figure_context_is_shouted(item_group(candidate->item, FIGURE_number)));
    return ((behind.class == NOUN_COUNTED && (!behind.folded || !name)) || behind.loose) &&
           !(before->label && behind.named);
}

static bool read_plain_range(struct figure_candidate *candidate)
{
    struct figure *figure = candidate->figure;
    const struct figure_before *before = &candidate->before;
    struct quantity second;
    if (!read_ends(candidate, true, &second))
        return false;
    enum figure_cell cell = figure_table_cell(candidate, &second);
    if (cell != CELL_NONE)
        return cell == CELL_AMOUNT;
    struct figure_behind behind = figure_noun_behind(candidate);
    if (figure_is_bare_money(candidate, &second, &behind)) {
        figure->kind = FIGURE_KIND_MONEY;
        figure->bare = true;
        figure->millions = second.power == 6;
        return true;
    }
    if (before->age && figure_can_be_name(&second) && second.digits <= 3 && behind.class != NOUN_COUNTED) {
        figure->kind = FIGURE_KIND_AGE;
        figure->unit = SLICE("year");
        return true;
    }
    figure->kind = FIGURE_KIND_COUNT;
    if (figure->tally)
        return true;
    figure->of = behind.of;
    /* các đội 4-5 huyện Ba Vì; but loại 24-45 chỗ, Có 4-5 vết thương */
    bool name = before->listed || ((before->label || before->capital) && (behind.named || behind.folded));
    return behind.class == NOUN_COUNTED && !figure_is_named(candidate, &second) &&
           !figure_looks_like_year(&second) && !(figure_can_be_name(&second) && name);
}

static bool read_plain_neighbours(struct figure_candidate *candidate)
{
    return read_plain_range(candidate) && is_next(candidate);
}

static bool read_series(struct figure_candidate *candidate)
{
    struct quantity quantity;
    struct item *item = candidate->item;
    struct slice unit = item_group(item, FIGURE_unit);
    if (!figure_unit_set(candidate, unit, item_group(item, FIGURE_per)) ||
        figure_unit_is_span(candidate->figure) ||
        !figure_quantity(candidate, FIGURE_number, figure_unit_is_whole(candidate->figure), &quantity) ||
        figure_is_named(candidate, &quantity))
        return false;
    /* giữa 100 và 150 triệu, 36,060 (mua) - 36,220 triệu: the magnitude holds for both */
    struct quantity next;
    struct quantity scaled;
    if (quantity.power == 0 && figure_quantity(candidate, FIGURE_number2, false, &next) && next.power > 0 &&
        figure_quantity(candidate, FIGURE_number, false, &scaled) && !scaled.grouped &&
        (scaled.digits <= 3 || !decimal_is_whole(&scaled.value))) {
        if (!decimal_shift(&scaled.value, next.power))
            return false;
        quantity = scaled;
    }
    /* lãi 2,5 tỷ, 75% là từ …: sums are no shares */
    if (quantity.power > 0 && slice_is(slice_from(candidate->figure->kind), FIGURE_KIND_PERCENT))
        return false;
    struct figure_behind behind = figure_noun_behind(candidate);
    candidate->figure->value = quantity.value;
    return behind.class == NOUN_NONE && !candidate->before.capital && !candidate->before.label &&
           !quantity.point && (candidate->before.from || candidate->before.reaches || quantity.digits > 1);
}

/* 1 trong 19 nhiệm vụ */
static bool read_among(struct figure_candidate *candidate)
{
    struct quantity quantity;
    candidate->figure->kind = FIGURE_KIND_COUNT;
    if (!figure_quantity(candidate, FIGURE_number, true, &quantity) ||
        figure_is_named(candidate, &quantity) || candidate->before.label || candidate->before.vague ||
        candidate->before.capital || figure_looks_like_year(&quantity))
        return false;
    candidate->figure->value = quantity.value;
    return true;
}

static bool read_of(struct figure_candidate *candidate)
{
    struct quantity quantity;
    candidate->figure->kind = FIGURE_KIND_COUNT;
    candidate->figure->of = item_group(candidate->item, FIGURE_of);
    if (!figure_quantity(candidate, FIGURE_number, true, &quantity) || figure_is_named(candidate, &quantity))
        return false;
    candidate->figure->value = quantity.value;
    return true;
}

/* hai hoặc nhiều đối tượng; 2 hoặc 3 người: the noun stands behind the other number */
static bool read_either(struct figure_candidate *candidate)
{
    struct quantity quantity;
    struct slice other = item_group(candidate->item, FIGURE_number2);
    candidate->figure->kind = FIGURE_KIND_COUNT;
    if (!figure_quantity(candidate, FIGURE_number, true, &quantity) || figure_is_named(candidate, &quantity))
        return false;
    size_t end = (size_t)(other.data - candidate->reading->text) + other.length;
    struct figure_behind behind = figure_context_behind(candidate->reading, end);
    candidate->figure->value = quantity.value;
    candidate->figure->of = behind.of;
    return behind.class == NOUN_COUNTED || behind.class == NOUN_DEED;
}

/* thắng 4, hòa 1: the pattern says it counts, without a noun */
static bool read_tally(struct figure_candidate *candidate)
{
    struct quantity quantity;
    candidate->figure->kind = FIGURE_KIND_COUNT;
    if (item_group(candidate->item, FIGURE_number2).data != NULL)
        return read_ends(candidate, false, &quantity);
    if (!figure_quantity(candidate, FIGURE_number, true, &quantity) ||
        figure_is_named(candidate, &quantity) || figure_looks_like_year(&quantity) ||
        candidate->before.label || candidate->before.listed)
        return false;
    candidate->figure->value = quantity.value;
    return true;
}

/* The number stands in the brackets next to those of the number in front: Xuân Lộc (6 người), Hòa Bình (5) */
static bool is_in_next_bracket(const struct figure_candidate *candidate, size_t at)
{
    const char *text = candidate->reading->text;
    while (at < candidate->start && text[at] != ')' && text[at] != '(')
        at++;
    if (text[at++] != ')' || !figure_context_joint_behind(candidate->reading, &at) ||
        !figure_context_is_capital(text + at))
        return false;
    while (at < candidate->start && text[at] != '(')
        at++;
    return at + 1 == candidate->start;
}

/* 6 câu lạc bộ ở Anh, 3 ở Ý: it counts what the number in front does */
static bool read_next(struct figure_candidate *candidate)
{
    const struct item *front = figure_in_front(candidate);
    const struct figure *figure = front != NULL ? front->data : NULL;
    if (figure == NULL || !slice_is(slice_from(figure->kind), FIGURE_KIND_COUNT))
        return false;
    const struct reading *reading = candidate->reading;
    bool bracket = candidate->end < reading->length && reading->text[candidate->end] == ')' &&
                   reading->text[candidate->start - 1] == '(';
    return (!bracket || is_in_next_bracket(candidate, front->match.end)) && read_tally(candidate);
}

/* Nguyễn Văn Ba (32, ở Hà Nội) */
static bool read_years(struct figure_candidate *candidate)
{
    struct quantity quantity;
    candidate->figure->kind = FIGURE_KIND_AGE;
    candidate->figure->unit = SLICE("year");
    if (!figure_quantity(candidate, FIGURE_number, true, &quantity))
        return false;
    candidate->figure->value = quantity.value;
    return true;
}

/* ông đã 40 còn tôi 23: of another one, behind an age */
static bool read_next_years(struct figure_candidate *candidate)
{
    const struct item *front = figure_in_front(candidate);
    const struct figure *figure = front != NULL ? front->data : NULL;
    return figure != NULL && slice_is(slice_from(figure->kind), FIGURE_KIND_AGE) && read_years(candidate);
}

/* ngày 3 lần, tuần 2-3 buổi: so many in each, though a word for a day stands in front */
static bool read_dose(struct figure_candidate *candidate)
{
    struct quantity quantity;
    candidate->figure->kind = FIGURE_KIND_COUNT;
    candidate->figure->of = figure_noun_behind(candidate).of;
    if (item_group(candidate->item, FIGURE_number2).data != NULL)
        return read_ends(candidate, true, &quantity);
    if (!figure_quantity(candidate, FIGURE_number, true, &quantity))
        return false;
    candidate->figure->value = quantity.value;
    return true;
}

/* 30 x 40 cm; 11, 12 tuổi: the unit stands behind another number */
static bool read_factor(struct figure_candidate *candidate)
{
    struct quantity quantity;
    if (!figure_unit_set(candidate, item_group(candidate->item, FIGURE_unit), (struct slice){NULL, 0}) ||
        !figure_quantity(candidate, FIGURE_number, figure_unit_is_whole(candidate->figure), &quantity))
        return false;
    candidate->figure->value = quantity.value;
    struct slice kind = slice_from(candidate->figure->kind);
    bool age = slice_is(kind, FIGURE_KIND_AGE) && !candidate->before.ordinal; /* năm 13, 14 tuổi */
    return slice_is(kind, FIGURE_KIND_MEASURE) || age ||
           !(figure_is_named(candidate, &quantity) || candidate->before.label);
}

/* 50.000/lượng: in the currency of the series */
static bool read_price(struct figure_candidate *candidate)
{
    struct quantity quantity;
    struct figure *figure = candidate->figure;
    const struct table *units = rules_known(candidate->reading->rules, TABLE_UNITS);
    figure->kind = FIGURE_KIND_MONEY;
    figure->bare = true;
    figure->per =
        lookup_cell(units, lookup_row(units, item_group(candidate->item, FIGURE_per)), COLUMN_DIVISOR);
    if (item_group(candidate->item, FIGURE_number2).data != NULL)
        return read_ends(candidate, true, &quantity);
    if (!figure_quantity(candidate, FIGURE_number, true, &quantity))
        return false;
    /* thu nhập 200.000/ngày: what is so much a day or a head may be anything */
    if (figure->per.data == NULL &&
        !has_trait(figure_context_clause(candidate->reading, candidate->start), TRAIT_MONEY))
        return false;
    figure->value = quantity.value;
    figure->millions = quantity.power == 6;
    return quantity.power > 0 || quantity.digits > 4;
}

static const struct {
    const char *form;
    bool (*read)(struct figure_candidate *candidate);
    bool bare; /* ends with its digits */
} forms[] = {
    {"amount", read_amount, false},
    {"range", read_range, false},
    {"neighbours", read_neighbours, false},
    {"plain-neighbours", read_plain_neighbours, true},
    {"plain", read_plain, true},
    {"plain-range", read_plain_range, true},
    {"fraction", figure_read_fraction, true},
    {"scale", figure_read_fraction, true},
    {"vulgar", figure_read_vulgar, true},
    {"mixed", read_mixed, false},
    {"series", read_series, true},
    {"of", read_of, true},
    {"either", read_either, true},
    {"spelled", read_spelled, true},
    {"among", read_among, true},
    {"tally", read_tally, true},
    {"factor", read_factor, false},
    {"dose", read_dose, true},
    {"next", read_next, true},
    {"years", read_years, true},
    {"next-years", read_next_years, true},
    {"head", read_head, false},
    {"price", read_price, false},
    {"glued", read_of, false},
    {"glued-amount", read_amount, false},
    {"glued-plain", read_plain, true},
    {"race-time", read_race_time, true},
};

bool figure_read(struct reading *reading, struct item *item)
{
    struct figure_candidate candidate = {
        .reading = reading, .item = item, .start = item->match.start, .end = item->match.end};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (strcmp(item->match.rule->form, forms[i].form) != 0)
            continue;
        candidate.factor = strcmp(forms[i].form, "factor") == 0;
        bool glued = strncmp(forms[i].form, "glued-", 6) == 0; /* to the word in front: hơn10 kg */
        if ((!glued && figure_starts_inside(&candidate)) || (forms[i].bare && figure_ends_inside(&candidate)))
            return false;
        struct figure *figure = arena_calloc(reading->arena, 1, sizeof *figure);
        if (figure == NULL) {
            reading->failed = true;
            return false;
        }
        item->data = figure;
        candidate.figure = figure;
        candidate.before = figure_context_before(reading, candidate.start);
        if (!forms[i].read(&candidate))
            return false;
        figure_set_mod(&candidate, forms[i].bare);
        return true;
    }
    return false;
}
