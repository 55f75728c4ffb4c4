#include "lookup.h"

#include <utf8proc.h>

#include "../base/utf8.h"

struct slice lookup_rewrite(struct slice words, lookup_letter *letter, char *result)
{
    const unsigned char *bytes = (const unsigned char *)words.data;
    const unsigned char *end = bytes + words.length;
    size_t length = 0;
    int32_t before = ' ';
    while (bytes < end) {
        /* A character and what it becomes may differ in length, by a byte or two. */
        if (length + 4 > LOOKUP_MAX_BYTES)
            return (struct slice){NULL, 0};
        size_t taken;
        int32_t code = utf8_decode(bytes, &taken);
        code = letter(code == '\n' ? ' ' : code, before);
        if (code != LOOKUP_DROP)
            length += (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)result + length);
        before = code;
        bytes += taken;
    }
    return (struct slice){result, length};
}

static int32_t lower(int32_t code, int32_t before)
{
    (void)before;
    return utf8_lower(code);
}

/* In lower case, as the keys of most tables are written. */
static struct slice fold(struct slice words, char *result)
{
    return lookup_rewrite(words, lower, result);
}

/* Whether fold may change the words: they have a capital, or a letter that is rare here. Small letters of two
 * bytes are à-ÿ and ă, đ, ơ, ư; of three, the odd ones from U+1EA1 on. */
static bool has_capital(struct slice words)
{
    const unsigned char *c = (const unsigned char *)words.data;
    const unsigned char *end = c + words.length;
    for (; c < end; c++) {
        if (*c < 0x80) {
            if (*c >= 'A' && *c <= 'Z')
                return true;
            continue;
        }
        if (end - c >= 2 &&
            ((c[0] == 0xc3 && c[1] >= 0xa0) || (c[0] == 0xc4 && (c[1] == 0x83 || c[1] == 0x91)) ||
             (c[0] == 0xc6 && (c[1] == 0xa1 || c[1] == 0xb0))))
            c++;
        else if (end - c >= 3 && c[0] == 0xe1 && (c[1] == 0xba || c[1] == 0xbb) && (c[2] & 1) == 1)
            c += 2;
        else
            return true;
    }
    return false;
}

long lookup_row(const struct table *table, struct slice words)
{
    char folded[LOOKUP_MAX_BYTES];
    if (table == NULL || words.data == NULL)
        return TABLE_NONE;
    long row = table_find(table, words);
    if (row != TABLE_NONE)
        return row;
    if (!has_capital(words))
        return TABLE_NONE;
    struct slice key = fold(words, folded);
    return key.data != NULL ? table_find(table, key) : TABLE_NONE;
}

long lookup_part(const struct table *table, struct slice words, enum table_edge edge, bool *longer)
{
    char folded[LOOKUP_MAX_BYTES];
    long row = table_find_part(table, words, edge, longer);
    if (!has_capital(words))
        return row;
    bool longer_folded;
    struct slice key = fold(words, folded);
    if (key.data == NULL)
        return row;
    long row_folded = table_find_part(table, key, edge, &longer_folded);
    *longer = *longer || longer_folded;
    return row != TABLE_NONE ? row : row_folded;
}

struct slice lookup_cell(const struct table *table, long row, enum column_id column)
{
    if (table == NULL || row == TABLE_NONE)
        return (struct slice){NULL, 0};
    return table_cell(table, (size_t)row, table_known_column(table, column));
}

int lookup_number(const struct table *table, long row, enum column_id column, int fallback)
{
    struct slice cell = lookup_cell(table, row, column);
    size_t i = cell.length > 0 && cell.data[0] == '-' ? 1 : 0;
    if (cell.length == i || cell.length > i + 6)
        return fallback;
    int number = 0;
    for (size_t k = i; k < cell.length; k++) {
        if (cell.data[k] < '0' || cell.data[k] > '9')
            return fallback;
        number = number * 10 + (cell.data[k] - '0');
    }
    return i == 1 ? -number : number;
}
