/* Custom kinds: groups to attributes through a closed list of normalizers, no language in C. */
#include <stdlib.h>
#include <utf8proc.h>

#include "../base/utf8.h"
#include "value.h"

/* Digits grouped by points, decimals behind a comma, as Vietnamese has them: a plain decimal. */
static char *plain_number(struct arena *arena, struct slice value)
{
    char *result = arena_alloc(arena, value.length + 1);
    size_t length = 0;
    for (size_t i = 0; result != NULL && i < value.length; i++) {
        char c = value.data[i];
        if (c >= '0' && c <= '9')
            result[length++] = c;
        else if (c == ',' && i > 0 && i + 1 < value.length)
            result[length++] = '.';
    }
    if (result != NULL)
        result[length] = '\0';
    return result;
}

static char *only_digits(struct arena *arena, struct slice value)
{
    char *result = arena_alloc(arena, value.length + 1);
    size_t length = 0;
    for (size_t i = 0; result != NULL && i < value.length; i++)
        if (value.data[i] >= '0' && value.data[i] <= '9')
            result[length++] = value.data[i];
    if (result != NULL)
        result[length] = '\0';
    return result;
}

/* Day, month and year in this order, whatever stands between: ISO 8601. "" if it is no date. */
static char *iso_date(struct arena *arena, struct slice value)
{
    int parts[3] = {0, 0, 0};
    size_t part = 0;
    bool in_number = false;
    for (size_t i = 0; i < value.length && part < 3; i++) {
        bool digit = value.data[i] >= '0' && value.data[i] <= '9';
        if (digit && parts[part] < 100000)
            parts[part] = parts[part] * 10 + value.data[i] - '0';
        else if (in_number)
            part++;
        in_number = digit;
    }
    if (parts[2] < 1 || parts[2] > 9999 || !calendar_is_day(true, parts[2], parts[1], parts[0]))
        return arena_string(arena, SLICE(""));
    return arena_format(arena, "%04d-%02d-%02d", parts[2], parts[1], parts[0]);
}

static char *change_case(struct arena *arena, struct slice value, bool upper)
{
    char *result = arena_alloc(arena, value.length * 2 + 1);
    size_t length = 0;
    for (size_t i = 0; result != NULL && i < value.length;) {
        utf8proc_int32_t code;
        utf8proc_ssize_t read = utf8proc_iterate((const utf8proc_uint8_t *)value.data + i,
                                                 (utf8proc_ssize_t)(value.length - i), &code);
        if (read <= 0)
            break;
        i += (size_t)read;
        code = upper ? utf8_upper(code) : utf8_lower(code);
        length += (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)result + length);
    }
    if (result != NULL)
        result[length] = '\0';
    return result;
}

static char *collapse(struct arena *arena, struct slice value)
{
    char *result = arena_alloc(arena, value.length + 1);
    size_t length = 0;
    for (size_t i = 0; result != NULL && i < value.length; i++)
        if (value.data[i] != ' ' && value.data[i] != '\n')
            result[length++] = value.data[i];
    if (result != NULL)
        result[length] = '\0';
    return result;
}

static char *normalize(struct arena *arena, const struct custom_attribute *attribute, struct slice value)
{
    const char *how = attribute->normalize;
    if (strcmp(how, "number") == 0)
        return plain_number(arena, value);
    if (strcmp(how, "digits") == 0)
        return only_digits(arena, value);
    if (strcmp(how, "date") == 0)
        return iso_date(arena, value);
    if (strcmp(how, "upper") == 0 || strcmp(how, "lower") == 0)
        return change_case(arena, value, how[0] == 'u');
    if (strcmp(how, "lookup") == 0)
        return arena_string(arena, table_lookup(attribute->table, value, attribute->column));
    return collapse(arena, value);
}

static const struct custom_attribute *find_attribute(const struct custom_kind *custom, const char *group)
{
    for (size_t i = 0; i < custom->attribute_count; i++)
        if (strcmp(custom->attributes[i].group, group) == 0)
            return &custom->attributes[i];
    return NULL;
}

bool custom_read(struct reading *reading, struct item *item)
{
    const struct custom_kind *custom = &reading->rules->customs[item->match.rule->custom];
    for (size_t id = GROUP_RECORD + 1; id < custom->group_count; id++) {
        struct slice value = item_group(item, (int)id);
        if (value.data == NULL)
            continue;
        const struct custom_attribute *attribute = find_attribute(custom, custom->groups[id]);
        if (attribute == NULL) {
            item_set(reading, item, custom->groups[id], value);
            continue;
        }
        char *normal = normalize(reading->arena, attribute, value);
        if (normal == NULL)
            reading->failed = true;
        else if (normal[0] != '\0') /* a look-up that finds nothing gives no attribute */
            item_set(reading, item, custom->groups[id], slice_from(normal));
    }
    return true;
}
