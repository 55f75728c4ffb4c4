/* Figures: what the article settles, and the attributes. */
#include "figure.h"

enum { SERIES_BYTES = 200, COMMON_COUNT = 3 };

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
    item_set_kept(reading, item, "kind", figure->kind);
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

/* The money at index i, settled or with its own currency; NULL if that is no money. */
static const struct figure *money_at(const struct reading *reading, size_t i)
{
    const struct item *item = reading->items[i];
    const struct figure *figure = item->kind == KIND_FIGURE ? item->data : NULL;
    return figure != NULL && strcmp(figure->kind, FIGURE_KIND_MONEY) == 0 ? figure : NULL;
}

/* 6.000 đô la (126 triệu): what a bracket says again is in another currency. */
static bool is_converted(const struct reading *reading, const struct item *from, const struct item *to)
{
    if (to->match.start < from->match.end)
        return false;
    const char *bracket = memchr(reading->text + from->match.end, '(', to->match.start - from->match.end);
    return bracket != NULL &&
           memchr(bracket, ')', (size_t)(reading->text + to->match.start - bracket)) == NULL;
}

/* A sentence ends in front of the item. */
static bool is_next_sentence(const struct reading *reading, const struct item *from, const struct item *to)
{
    for (size_t i = from->match.end; i + 1 < to->match.start; i++)
        if (strchr(".?!\n", reading->text[i]) != NULL && reading->text[i + 1] == ' ')
            return true;
    return false;
}

/* The one currency that all sums of an article are named in, if it is one of those that European football is
 * paid in and is named often: nobody names it each time. */
static struct slice common_currency(const struct reading *reading)
{
    struct slice common = {NULL, 0};
    size_t count = 0;
    for (size_t i = 0; i < reading->item_count; i++) {
        const struct figure *figure = money_at(reading, i);
        if (figure == NULL || figure->bare)
            continue;
        if (common.data != NULL && !slice_equal(common, figure->unit))
            return (struct slice){NULL, 0};
        common = figure->unit;
        count++;
    }
    bool football = slice_is(common, "GBP") || slice_is(common, "EUR");
    return football && count >= COMMON_COUNT ? common : (struct slice){NULL, 0};
}

/*
 * A bare amount takes the currency of the series it stands in: of the money close in front, settled already,
 * or else close behind in the sentence; millions may be in the article's common currency. Otherwise it is in
 * đồng, the only one that goes without saying.
 */
static void settle_currency(struct reading *reading, size_t index, struct slice common)
{
    const struct item *item = reading->items[index];
    struct figure *figure = item->data;
    figure->unit = figure->millions && common.data != NULL ? common : SLICE("VND");
    for (size_t i = index; i-- > 0 && item->match.start - reading->items[i]->match.end < SERIES_BYTES;) {
        const struct figure *other = money_at(reading, i);
        if (other == NULL)
            continue;
        if (!is_converted(reading, reading->items[i], item))
            figure->unit = other->unit;
        if (item->match.start - reading->items[i]->match.end == 1 && figure->per.data == NULL)
            figure->per = other->per; /* a table's next cell */
        return;
    }
    for (size_t i = index + 1;
         i < reading->item_count && reading->items[i]->match.start - item->match.end < SERIES_BYTES; i++) {
        const struct figure *other = money_at(reading, i);
        if (other == NULL || other->bare)
            continue;
        if (!is_converted(reading, item, reading->items[i]) &&
            !is_next_sentence(reading, item, reading->items[i]))
            figure->unit = other->unit;
        return;
    }
}

void figure_resolve(struct reading *reading)
{
    struct slice common = common_currency(reading);
    for (size_t i = 0; i < reading->item_count; i++) {
        struct item *item = reading->items[i];
        if (item->kind != KIND_FIGURE)
            continue;
        if (((struct figure *)item->data)->bare)
            settle_currency(reading, i, common);
        set_attributes(reading, item);
    }
}
