/* Figures' units and durations. */
#include "character.h"
#include "figure.h"
#include "lookup.h"

/* ---- units ---------------------------------------------------------------------------------------- */

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

/* Times how many of the smaller unit the larger one is; a year is 12 months or 365 days, a month 30 days. */
static bool convert(const struct table *units, long larger, long smaller, struct decimal *value)
{
    int months = lookup_number(units, larger, COLUMN_MONTHS, 0);
    int smaller_months = lookup_number(units, smaller, COLUMN_MONTHS, 0);
    if (months > 0 && smaller_months > 0)
        return months > smaller_months && decimal_multiply(value, (unsigned)(months / smaller_months));
    struct slice seconds = lookup_cell(units, larger, COLUMN_SECONDS);
    struct slice smaller_seconds = lookup_cell(units, smaller, COLUMN_SECONDS);
    unsigned long a = 0;
    unsigned long b = 0;
    for (size_t i = 0; i < seconds.length; i++)
        a = a * 10 + (unsigned long)(seconds.data[i] - '0');
    for (size_t i = 0; i < smaller_seconds.length; i++)
        b = b * 10 + (unsigned long)(smaller_seconds.data[i] - '0');
    return b > 0 && a > b && a % b == 0 && decimal_multiply(value, (unsigned)(a / b));
}

bool figure_unit_add_rest(struct figure_candidate *candidate, struct slice unit, struct slice rest)
{
    const struct rules *rules = candidate->reading->rules;
    const struct table *units = rules_known(rules, TABLE_UNITS);
    struct figure *figure = candidate->figure;
    long row = lookup_row(units, unit);
    for (size_t at = 0; at < rest.length;) {
        size_t digits = at;
        while (at < rest.length && !is_letter(rest.data[at]))
            at++;
        size_t word = at;
        while (at < rest.length && !is_digit(rest.data[at]))
            at++;
        size_t word_end = at;
        while (word_end > word && (is_blank(rest.data[word_end - 1]) || rest.data[word_end - 1] == ','))
            word_end--;
        struct slice number = {rest.data + digits, word - digits};
        while (number.length > 0 && !is_digit(number.data[0])) /* a blank or a comma */
            number = (struct slice){number.data + 1, number.length - 1};
        while (number.length > 0 && is_blank(number.data[number.length - 1]))
            number.length--;
        struct quantity part;
        long smaller = lookup_row(units, (struct slice){rest.data + word, word_end - word});
        if (smaller == TABLE_NONE || !quantity_read(rules, number, true, &part) ||
            !convert(units, row, smaller, &figure->value) || !decimal_add(&figure->value, &part.value))
            return false;
        row = smaller;
    }
    figure->unit = lookup_cell(units, row, COLUMN_SYMBOL);
    return true;
}

bool figure_unit_add_half(struct decimal *value)
{
    struct decimal half;
    return decimal_set(&half, SLICE("5"), 1) && decimal_add(value, &half);
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
    bool mostly = slice_is(clock, "mostly");
    bool bound = before->mod.data != NULL && !slice_is(before->mod, "approx") &&
                 !(mostly && slice_is(before->mod, "more"));
    /* 08 giờ 12 phút 7 giây: with a zero in front seconds are of a time of day, too */
    bool seconds = slice_is(candidate->figure->unit, "second");
    if (before->during || bound || (seconds && quantity->first != '0'))
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
