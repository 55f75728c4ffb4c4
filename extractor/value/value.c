#include "value.h"

void reading_init(struct reading *reading, const struct rules *rules, struct arena *arena, const char *text,
                  size_t length, struct day date, enum trich_date_from date_from)
{
    *reading = (struct reading){
        .rules = rules, .arena = arena, .text = text, .length = length, .date = date, .date_from = date_from};
}

static struct item *add_item(struct reading *reading, const struct match *match)
{
    if (reading->item_count == reading->item_capacity) {
        size_t capacity = reading->item_capacity == 0 ? 64 : reading->item_capacity * 2;
        struct item **items =
            arena_grow(reading->arena, reading->items, reading->item_count, capacity, sizeof(struct item *));
        if (items == NULL)
            return NULL;
        reading->items = items;
        reading->item_capacity = capacity;
    }
    /* what was refused makes room: a text full of digits offers a number at each of them */
    struct item *item = reading->refused;
    struct match_group *groups = item != NULL ? (struct match_group *)item->match.groups : NULL;
    if (item == NULL)
        item = arena_alloc(reading->arena, sizeof *item);
    if (groups == NULL || match->group_count > reading->refused_groups)
        groups = arena_alloc(reading->arena, (match->group_count + 1) * sizeof *groups);
    reading->refused = NULL;
    if (item == NULL || groups == NULL)
        return NULL;
    if (match->group_count > 0)
        memcpy(groups, match->groups, match->group_count * sizeof *groups);
    item->match = *match;
    item->match.groups = groups;
    item->kind = match->rule->kind;
    item->dropped = false;
    item->same_as = NULL;
    item->record = 0;
    item->data = NULL;
    item->attributes = NULL;
    item->attribute_count = 0;
    item->attribute_capacity = 0;
    reading->items[reading->item_count++] = item;
    return item;
}

bool reading_accept(void *closure, const struct match *match)
{
    static bool (*const readers[])(struct reading *, struct item *) = {
        [KIND_NONE] = NULL,          [KIND_DOCUMENT_NUMBER] = document_number_read,
        [KIND_DATE] = date_read,     [KIND_DISTRICT] = district_read,
        [KIND_FIGURE] = figure_read, [KIND_CUSTOM] = custom_read,
    };
    struct reading *reading = closure;
    struct item *item = add_item(reading, match);
    if (item == NULL) {
        reading->failed = true;
        return true;
    }
    /* A reader may look at the items before this one, so it counts only when it is accepted. */
    reading->item_count--;
    if (!readers[item->kind](reading, item)) {
        reading->refused = item;
        reading->refused_groups = match->group_count;
        return false;
    }
    reading->item_count++;
    return true;
}

bool reading_resolve(struct reading *reading, struct trich_error *error)
{
    if (!reading->failed)
        date_resolve(reading);
    if (!reading->failed)
        document_number_resolve(reading);
    if (!reading->failed)
        district_resolve(reading);
    if (!reading->failed)
        figure_resolve(reading);
    return !reading->failed || error_memory(error);
}
