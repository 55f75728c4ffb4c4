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

enum { TABLE_WORD_BITS = 4096 };

struct table {
    char *name; /* file name without .tsv */
    char *file; /* for messages */
    char *bytes;
    struct slice *cells; /* row_count * column_count, row by row; they borrow from bytes */
    struct slice *header;
    size_t *lines; /* line number of each row */
    size_t row_count, column_count;
    struct table_head *heads; /* hash table of the first column */
    uint32_t *next;           /* the next row + 1 with the same key; 0: none */
    size_t head_count;
    uint64_t first_words[TABLE_WORD_BITS / 64]; /* by hash: whether a key begins with such a word */
    uint64_t last_words[TABLE_WORD_BITS / 64];
    struct slice unread; /* bytes that it is read from when it is first used */
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
struct slice table_cell(const struct table *table, size_t row, long column);
/* A line break in a key stands for a blank. First row whose first column is key, or TABLE_NONE; then the next
 * one with the same key. */
long table_find(const struct table *table, struct slice key);
long table_next(const struct table *table, long row);
/* False: no key begins (ends) with that word, up to a blank. True: one may. */
bool table_may_begin(const struct table *table, struct slice word);
bool table_may_end(const struct table *table, struct slice word);
/* The cell of the first row with that key, {NULL, 0} if there is none. */
struct slice table_lookup(const struct table *table, struct slice key, long column);

#endif
