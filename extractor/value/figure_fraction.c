/* Figures: fractions, and what is said with a total. */
#include "figure.h"

/* Whether a fraction can also be read as day and month. */
static bool looks_like_day(const struct quantity *day, const struct quantity *month)
{
    struct decimal days;
    struct decimal months;
    return decimal_set_number(&days, 31) && decimal_set_number(&months, 12) &&
           decimal_compare(&day->value, &days) <= 0 && decimal_compare(&month->value, &months) <= 0;
}

bool figure_read_fraction(struct figure_candidate *candidate)
{
    struct figure *figure = candidate->figure;
    struct slice unit = item_group(candidate->item, FIGURE_unit);
    struct quantity value;
    struct quantity total;
    if (!figure_quantity(candidate, FIGURE_number, true, &value) ||
        !figure_quantity(candidate, FIGURE_total, true, &total))
        return false;
    if (value.power == 0 && !decimal_shift(&value.value, total.power)) /* 6,8/32,2 tỷ đồng */
        return false;
    figure->value = value.value;
    figure->other = total.value;
    figure->total = true;
    if (unit.data != NULL)
        return figure_unit_set(candidate, unit, (struct slice){NULL, 0}) &&
               (!figure_unit_is_span(figure) || decimal_compare(&value.value, &total.value) <= 0);
    figure->kind = FIGURE_KIND_COUNT;
    if (slice_is(slice_from(candidate->item->match.rule->form), "scale")) {
        figure->of = item_group(candidate->item, FIGURE_of);
        return true;
    }
    if (figure_is_in_formula(candidate))
        return true;
    struct figure_behind behind = figure_noun_behind(candidate);
    figure->of = behind.of;
    if (figure_is_named(candidate, &value) || decimal_compare(&value.value, &total.value) > 0 ||
        candidate->before.label || figure_is_vague(candidate, &total))
        return false;
    if (behind.class == NOUN_WEAK || behind.class == NOUN_MONEY)
        return true;
    if (total.grouped && !value.grouped && !candidate->before.capital) /* tỷ lệ 4/100.000 */
        return true;
    struct decimal ten; /* giảm hơn 2/3, bằng 1/3 so với */
    bool day = looks_like_day(&value, &total);
    bool later = has_trait(figure_context_effect(candidate->reading, candidate->end), TRAIT_DURING);
    bool alone = (figure_stands_alone(candidate) || behind.class == NOUN_NONE) && !(day && later);
    if ((candidate->before.reaches || candidate->before.mod.data != NULL) && alone &&
        ((decimal_set_number(&ten, 10) && decimal_compare(&total.value, &ten) <= 0) ||
         (!day && total.first != '0' && !candidate->before.capital))) /* đạt 241/243 */
        return true;
    bool since = candidate->before.from || (candidate->before.clock && candidate->before.mod.data == NULL);
    /* 09/15 ĐVHC: a noun in initials */
    if (behind.class == NOUN_CAPITAL && !day && !candidate->before.capital &&
        figure_context_is_shouted(behind.of))
        return true;
    return (behind.class == NOUN_COUNTED && !(day && since)) || (behind.class == NOUN_UNKNOWN && !day);
}

/* ½ củ: the sign is a fraction of two numbers, as if it were written 1/2 */
bool figure_read_vulgar(struct figure_candidate *candidate)
{
    static const struct {
        const char *sign;
        unsigned long value, total;
    } signs[] = {{"\xC2\xBD", 1, 2},
                 {"\xC2\xBC", 1, 4},
                 {"\xC2\xBE", 3, 4},
                 {"\xE2\x85\x93", 1, 3},
                 {"\xE2\x85\x94", 2, 3}};
    struct figure *figure = candidate->figure;
    struct slice sign = item_group(candidate->item, FIGURE_number);
    figure->kind = FIGURE_KIND_COUNT;
    figure->total = true;
    figure->of = figure_noun_behind(candidate).of;
    if (candidate->before.name || candidate->before.label || candidate->before.digits_name)
        return false;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (slice_is(sign, signs[i].sign))
            return decimal_set_number(&figure->value, signs[i].value) &&
                   decimal_set_number(&figure->other, signs[i].total);
    return false;
}
