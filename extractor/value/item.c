/* What every kind asks of an item: its groups, and the attributes that it gets. */
#include "value.h"

#include <stdarg.h>
#include <stdio.h>

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

void item_set_kept(struct reading *reading, struct item *item, const char *name, const char *value)
{
    struct trich_attribute *attribute = value != NULL ? find_attribute(item, name) : NULL;
    if (attribute == NULL && value != NULL)
        attribute = add_attribute(reading, item);
    if (attribute == NULL)
        reading->failed = true;
    else
        *attribute = (struct trich_attribute){name, value};
}

char *reading_string(struct reading *reading, struct slice text)
{
    char *copy = arena_string(reading->arena, text);
    reading->failed = reading->failed || copy == NULL;
    return copy;
}

/* Attribute values are on one line: a line break in the text becomes a blank. */
void item_set(struct reading *reading, struct item *item, const char *name, struct slice value)
{
    char *copy = reading_string(reading, value);
    for (char *c = copy; c != NULL && (c = strchr(c, '\n')) != NULL;)
        *c = ' ';
    item_set_kept(reading, item, name, copy);
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
