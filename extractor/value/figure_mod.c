/* Figures: hơn, khoảng, ít nhất … trở lên: what the words around say of the number. */
#include "figure.h"

/* By the words in front, for what depends on what was read. */
static struct slice mod_before(const struct figure_candidate *candidate)
{
    const struct figure_before *before = &candidate->before;
    const struct figure *figure = candidate->figure;
    struct slice kind = slice_from(figure->kind);
    struct decimal few;
    /* trên 2 tuyến đường: on them */
    if (before->on && slice_is(kind, FIGURE_KIND_COUNT) && !figure->range && !figure->total &&
        decimal_set_number(&few, 10) && decimal_compare(&figure->value, &few) < 0)
        return (struct slice){NULL, 0};
    if (before->older && slice_is(kind, FIGURE_KIND_AGE))
        return SLICE("more");
    /* vượt 10 triệu người; but vượt 16% kế hoạch */
    if (before->larger && before->mod.data != NULL)
        return has_trait(figure_context_effect(candidate->reading, candidate->end), TRAIT_THAN)
                   ? (struct slice){NULL, 0}
                   : before->mod;
    /* dài hơn 2 m; but cao hơn 2 m so với năm trước */
    if (before->larger && (slice_is(kind, FIGURE_KIND_MEASURE) || slice_is(kind, FIGURE_KIND_DURATION)) &&
        !figure_context_goes(candidate->reading, candidate->end, TRAIT_THAN))
        return SLICE("more");
    return before->mod;
}

void figure_set_mod(struct figure_candidate *candidate, bool bare)
{
    const struct reading *reading = candidate->reading;
    struct figure *figure = candidate->figure;
    /* khoảng 10 người trở lên: what stands behind says more */
    figure->mod = figure_context_mod_behind(reading, candidate->end, candidate->before.from);
    if (figure->mod.data == NULL)
        figure->mod = mod_before(candidate);
    /* từ 30.000 đồng; but từ 3% lên 5%, đến từ 10 nước */
    if (figure->mod.data == NULL && candidate->before.from && !figure->range && !bare &&
        !figure_unit_is_span(figure) && !figure_context_goes(reading, candidate->end, TRAIT_TO))
        figure->mod = SLICE("min");
}
