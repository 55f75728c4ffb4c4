/* Figures: what the article settles, and the attributes. */
#include "figure.h"

static void set_decimal(struct reading *reading, struct item *item, const char *name,
                        const struct decimal *value)
{
    char text[DECIMAL_MAX_TEXT];
    decimal_write(value, text);
    item_set(reading, item, name, slice_from(text));
}

static void set_attributes(struct reading *reading, struct item *item)
{
    const struct figure *figure = item->data;
    set_decimal(reading, item, figure->range ? "min" : "value", &figure->value);
    if (figure->range)
        set_decimal(reading, item, "max", &figure->other);
    if (figure->total)
        set_decimal(reading, item, "total", &figure->other);
    item_set(reading, item, "kind", slice_from(figure->kind));
    if (figure->per.data != NULL)
        item_set_format(reading, item, "unit", "%.*s/%.*s", (int)figure->unit.length, figure->unit.data,
                        (int)figure->per.length, figure->per.data);
    else if (figure->unit.data != NULL)
        item_set(reading, item, "unit", figure->unit);
    if (figure->of.data != NULL)
        item_set(reading, item, "of", figure->of);
    if (figure->mod.data != NULL)
        item_set(reading, item, "mod", figure->mod);
}

/* A bare amount takes the currency of the money before it in the article, else of the money behind, else VND.
 */
static void settle_currency(struct reading *reading, size_t index)
{
    struct figure *figure = reading->items[index]->data;
    for (int step = -1; step <= 1; step += 2)
        for (size_t i = index + (size_t)step; i < reading->item_count; i += (size_t)step) {
            const struct item *item = reading->items[i];
            const struct figure *other = item->kind == KIND_FIGURE ? item->data : NULL;
            if (other != NULL && strcmp(other->kind, FIGURE_KIND_MONEY) == 0 && !other->bare) {
                figure->unit = other->unit;
                return;
            }
        }
    figure->unit = SLICE("VND");
}

void figure_resolve(struct reading *reading)
{
    for (size_t i = 0; i < reading->item_count; i++) {
        struct item *item = reading->items[i];
        if (item->kind != KIND_FIGURE)
            continue;
        if (((struct figure *)item->data)->bare)
            settle_currency(reading, i);
        set_attributes(reading, item);
    }
}
