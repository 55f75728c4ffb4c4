/* Names of districts with a wrong letter: 'huyện Vũng Liên' for Vũng Liêm. */
#include "../base/utf8.h"
#include "district.h"
#include "lookup.h"
#include "unmarked.h"

/* 'Vũng Liên', but not 'Sóc Sơn trong' or one word, which is too little to tell from another name. */
static bool is_name(struct slice words)
{
    const unsigned char *bytes = (const unsigned char *)words.data;
    size_t count = 0;
    for (size_t i = 0; i < words.length; i++) {
        if (i > 0 && bytes[i - 1] != ' ')
            continue;
        count++;
        size_t taken;
        int32_t first = utf8_decode(bytes + i, &taken);
        if (utf8_lower(first) == first)
            return false;
    }
    return count > 1;
}

/* One letter is another, missing or too many. Without marks all are of one byte. */
static bool differ_by_one(struct slice one, struct slice other)
{
    size_t shorter = one.length < other.length ? one.length : other.length;
    size_t longer = one.length + other.length - shorter;
    if (longer - shorter > 1 ||
        (one.data[0] != other.data[0] && one.data[one.length - 1] != other.data[other.length - 1]))
        return false; /* nearly always */
    size_t start = 0;
    while (start < shorter && one.data[start] == other.data[start])
        start++;
    size_t end = 0;
    while (end < shorter - start && one.data[one.length - 1 - end] == other.data[other.length - 1 - end])
        end++;
    return start + end + 1 >= longer && start < longer;
}

bool district_find_misprint(const struct district_tables *tables, struct place *place, struct slice name)
{
    char bare[LOOKUP_MAX_BYTES];
    const struct table *skeletons = tables->skeletons;
    if (skeletons == NULL || !is_name(name) || district_find_province(tables, name) != TABLE_NONE)
        return false;
    struct slice key = lookup_rewrite(name, unmarked_letter, bare);
    for (size_t row = 0; key.data != NULL && row < skeletons->row_count; row++)
        if (differ_by_one(key, table_cell(skeletons, row, 0)))
            district_add_named(tables, place, lookup_cell(skeletons, (long)row, COLUMN_NAME));
    place->misprinted = place->row_count > 0;
    return place->misprinted;
}
