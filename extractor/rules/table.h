/*
 * table.h - long flat lists: TSV files with a header row, looked up by their first column.
 *
 * UTF-8 in normal form, tab-separated, one header row, '#' lines are comments. Several rows may share a key
 * (a district's name): table_find gives the first, the rest follow by table_next. A first column named word
 * or words holds words: each of their spellings that has no row of its own is added as one (spelling.h).
 */
#ifndef TRICH_RULES_TABLE_H
#define TRICH_RULES_TABLE_H

#include <stdint.h>

#include "../base/error.h"
#include "../base/slice.h"
#include "vocabulary.h"

enum { TABLE_PART_BITS = 16384 };

/* The edge of a key that a part of it stands at. */
enum table_edge { TABLE_BEGINNING, TABLE_ENDING };

/* A stretch of the table's bytes. */
struct table_span {
    uint32_t start, length;
};

struct table_head {
    uint32_t hash; /* most keys that are looked up are in no row: this tells without a look at the row */
    uint32_t row;  /* + 1; 0: free */
    struct table_span key; /* as in cells, but at hand */
};

/* Its arrays are plain numbers, so that the build can work out those of the built-in tables (prepare.c). */
struct table {
    const char *name; /* file name without .tsv */
    const char *file; /* for messages */
    const char *bytes;
    size_t row_count, column_count;
    size_t written_count;           /* rows of the file; those behind are other spellings of their words */
    const struct table_span *cells; /* the header's, then row by row */
    const struct table_head *heads; /* hash table of the first column */
    size_t head_count;
    const uint32_t *next;              /* by row: the next one + 1 with the same key; 0: none */
    const traits *traits;              /* by row */
    const uint64_t *parts[2];          /* bits by edge and hash: whether a key has such words there */
    unsigned char columns[COLUMN_IDS]; /* number + 1; 0: the table has none of that name */
    bool prepared;                     /* by the build: all that is pointed to is static */
};

/* Takes no ownership of bytes. NULL on error. */
struct table *table_read(const char *name, const char *file, const char *bytes, size_t length,
                         struct trich_error *error);
void table_free(struct table *table);

enum { TABLE_NONE = -1 };

/* The one of that name; NULL if there is none. */
const struct table *table_named(struct table *const *tables, size_t count, struct slice name);

/* Number of the column of that name, or TABLE_NONE. */
long table_column(const struct table *table, struct slice name);
static inline long table_known_column(const struct table *table, enum column_id id)
{
    return (long)table->columns[id] - 1;
}
struct slice table_header(const struct table *table, size_t column);
/* All of it, as the file has it. */
struct slice table_header_row(const struct table *table);
struct slice table_cell(const struct table *table, size_t row, long column);
/* The line of the file that a cell stands in. */
size_t table_line(const struct table *table, struct slice cell);
/* A line break in a key stands for a blank. First row whose first column is key, or TABLE_NONE; then the next
 * one with the same key. */
long table_find(const struct table *table, struct slice key);
long table_next(const struct table *table, long row);
/*
 * The same for words that may go on: *longer is false if no key begins (ends) with them, itself or a longer
 * one.
 */
long table_find_part(const struct table *table, struct slice words, enum table_edge edge, bool *longer);
/* The cell of the first row with that key, {NULL, 0} if there is none. */
struct slice table_lookup(const struct table *table, struct slice key, long column);

#endif
