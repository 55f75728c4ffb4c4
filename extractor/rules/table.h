/*
 * table.h - long flat lists: TSV files with a header row, looked up by their first column.
 *
 * UTF-8 in normal form, tab-separated, one header row, '#' lines are comments. Several rows may share a key
 * (a district's name): table_find gives the first, the rest follow by table_next.
 */
#ifndef TRICH_RULES_TABLE_H
#define TRICH_RULES_TABLE_H

#include "../base/error.h"
#include "../base/slice.h"

struct table {
    char *name; /* file name without .tsv */
    char *file; /* for messages */
    char *bytes;
    struct slice *cells; /* row_count * column_count, row by row; they borrow from bytes */
    struct slice *header;
    size_t *lines; /* line number of each row */
    size_t row_count, column_count;
    size_t *heads, *next; /* hash of the first column: chains of row + 1, 0 ends */
    size_t head_count;
};

/* Takes no ownership of bytes. NULL on error. */
struct table *table_read(const char *name, const char *file, const char *bytes, size_t length,
                         struct trich_error *error);
void table_free(struct table *table);

enum { TABLE_NONE = -1 };

/* Number of the column of that name, or TABLE_NONE. */
long table_column(const struct table *table, const char *name);
struct slice table_cell(const struct table *table, size_t row, long column);
/* A line break in a key stands for a blank. First row whose first column is key, or TABLE_NONE; then the next
 * one with the same key. */
long table_find(const struct table *table, struct slice key);
long table_next(const struct table *table, long row);
/* The cell of the first row with that key, {NULL, 0} if there is none. */
struct slice table_lookup(const struct table *table, struct slice key, long column);

#endif
