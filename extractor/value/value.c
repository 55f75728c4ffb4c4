#include "value.h"

#include <stdarg.h>
#include <stdio.h>

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

/* NULL if there is none of that name. */
static struct trich_attribute *find_attribute(const struct item *item, const char *name)
{
    for (unsigned i = 0; i < item->attribute_count; i++)
        if (item->attributes[i].name[0] == name[0] && strcmp(item->attributes[i].name, name) == 0)
            return &item->attributes[i];
    return NULL;
}

/* Most records have up to 4 attributes, documents up to 12. */
static struct trich_attribute *add_attribute(struct reading *reading, struct item *item)
{
    if (item->attribute_count == item->attribute_capacity) {
        unsigned capacity = item->attribute_capacity == 0 ? 4 : item->attribute_capacity * 3;
        struct trich_attribute *attributes =
            arena_grow(reading->arena, item->attributes, item->attribute_count, capacity, sizeof *attributes);
        if (attributes == NULL)
            return NULL;
        item->attributes = attributes;
        item->attribute_capacity = capacity;
    }
    return &item->attributes[item->attribute_count++];
}

static void set_attribute(struct reading *reading, struct item *item, const char *name, char *value)
{
    struct trich_attribute *attribute = value != NULL ? find_attribute(item, name) : NULL;
    if (attribute == NULL && value != NULL)
        attribute = add_attribute(reading, item);
    if (attribute == NULL)
        reading->failed = true;
    else
        *attribute = (struct trich_attribute){name, value};
}

/* Attribute values are on one line: a line break in the text becomes a blank. */
void item_set(struct reading *reading, struct item *item, const char *name, struct slice value)
{
    char *copy = arena_string(reading->arena, value);
    for (char *c = copy; c != NULL && (c = strchr(c, '\n')) != NULL;)
        *c = ' ';
    set_attribute(reading, item, name, copy);
}

void item_set_format(struct reading *reading, struct item *item, const char *name, const char *format, ...)
{
    char value[256];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(value, sizeof value, format, arguments);
    va_end(arguments);
    if (length >= 0 && (size_t)length < sizeof value)
        item_set(reading, item, name, (struct slice){value, (size_t)length});
}

const char *item_get(const struct item *item, const char *name)
{
    const struct trich_attribute *attribute = find_attribute(item, name);
    return attribute != NULL ? attribute->value : NULL;
}

struct slice item_group(const struct item *item, int id)
{
    return match_group(&item->match, id);
}
