/*
 * table.h - long flat lists: TSV files with a header row, looked up by their first column.
 *
 * UTF-8 in normal form, tab-separated, one header row, '#' lines are comments. Several rows may share a key
 * (a district's name): table_find gives the first, the rest follow by table_next.
 */
#ifndef TRICH_RULES_TABLE_H
#define TRICH_RULES_TABLE_H

#include <stdatomic.h>
#include <stdint.h>

#include "../base/error.h"
#include "../base/slice.h"
#include "vocabulary.h"

enum { TABLE_PART_BITS = 16384 };

/* The edge of a key that a part of it stands at. */
enum table_edge { TABLE_BEGINNING, TABLE_ENDING };

struct table {
    char *name; /* file name without .tsv */
    char *file; /* for messages */
    char *bytes;
    struct slice *cells; /* row_count * column_count, row by row; they borrow from bytes */
    struct slice *header;
    size_t *lines; /* line number of each row */
    size_t row_count, column_count;
    unsigned char columns[COLUMN_IDS]; /* number + 1; 0: the table has none of that name */
    traits *traits;                    /* of each row */
    struct table_head *heads;          /* hash table of the first column */
    uint32_t *next;                    /* the next row + 1 with the same key; 0: none */
    size_t head_count;
    uint64_t parts[2][TABLE_PART_BITS / 64]; /* by edge and hash: whether a key has such words there */
    struct slice unread;                     /* bytes that it is read from when it is first used */
    atomic_bool ready;
};

struct table_head {
    uint32_t hash; /* most keys that are looked up are in no row: this tells without a look at the row */
    uint32_t row;  /* + 1; 0: free */
};

/* Takes no ownership of bytes. NULL on error. */
struct table *table_read(const char *name, const char *file, const char *bytes, size_t length,
                         struct trich_error *error);
/* One that is read by table_fill; bytes must outlive it. NULL when out of memory. */
struct table *table_defer(const char *name, const char *file, const char *bytes, size_t length);
/* Not for two threads at a time. False on error: it is then empty. */
bool table_fill(struct table *table, struct trich_error *error);
void table_free(struct table *table);

enum { TABLE_NONE = -1 };

/* Number of the column of that name, or TABLE_NONE. */
long table_column(const struct table *table, const char *name);
static inline long table_known_column(const struct table *table, enum column_id id)
{
    return (long)table->columns[id] - 1;
}
struct slice table_cell(const struct table *table, size_t row, long column);
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
