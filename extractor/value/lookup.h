/* lookup.h - finding words of the text in tables, whatever their case and line breaks. */
#ifndef TRICH_VALUE_LOOKUP_H
#define TRICH_VALUE_LOOKUP_H

#include "value.h"

enum { LOOKUP_MAX_BYTES = 96, LOOKUP_DROP = 0 };

/* What a character becomes behind the one before (a blank for the first), or LOOKUP_DROP. */
typedef int32_t lookup_letter(int32_t code, int32_t before);
/*
 * The words, UTF-8, letter by letter, with a blank for a line break. result has room for LOOKUP_MAX_BYTES;
 * {NULL, 0} if they are longer.
 */
struct slice lookup_rewrite(struct slice words, lookup_letter *letter, char *result);
/* Row whose key the words are, or TABLE_NONE. table may be NULL. */
long lookup_row(const struct table *table, struct slice words);
/* The same for words that may go on: see table_find_part. */
long lookup_part(const struct table *table, struct slice words, enum table_edge edge, bool *longer);
/* The cell of that row as a whole number; fallback if there is no table, row, column or number. */
int lookup_number(const struct table *table, long row, enum column_id column, int fallback);
/* The cell of that row, {NULL, 0} if there is none. */
struct slice lookup_cell(const struct table *table, long row, enum column_id column);
/* What the row says of its words, nothing if there is none. */
static inline traits lookup_traits(const struct table *table, long row)
{
    static const traits none;
    return table == NULL || row == TABLE_NONE ? none : table->traits[row];
}

#endif
