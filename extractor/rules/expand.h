/*
 * expand.h - from a pattern as a rule file has it to a pattern for PCRE2: parts and tables put in, blanks
 * turned into white space (rules/README.md has the language).
 */
#ifndef TRICH_RULES_EXPAND_H
#define TRICH_RULES_EXPAND_H

#include "../base/buffer.h"
#include "../base/error.h"
#include "table.h"

struct part {
    char *name;
    char *source;
    char *file;
    size_t line;
    bool used;
};

/* The rows that a pattern chooses. */
struct choice {
    char *reference;  /* "TABLE:COLUMN=VALUE|VALUE", as in {table:…} */
    const char *file; /* the pattern's, or its part's */
    size_t line;
};

struct choices {
    struct choice *list;
    size_t count;
};

struct expansion {
    struct part *parts;
    size_t part_count;
    struct table **tables;
    size_t table_count;
    struct choices *choices; /* filled while patterns are expanded; may be NULL */
};

/* Appends the expanded pattern; file and line are the pattern's, for errors outside its parts. */
bool expand_pattern(const struct expansion *expansion, const char *source, const char *file, size_t line,
                    struct buffer *result, struct trich_error *error);

/* A reference taken apart; column.data is NULL if it has none. False if it lacks its '='. */
bool choice_parts(struct slice reference, struct slice *table, struct slice *column, struct slice *values);
/* Takes the first value off "VALUE|VALUE". */
struct slice choice_next(struct slice *values);
/* Whether a pattern chose rows of the table by that column; by that value of it. */
bool choices_have_column(const struct choices *choices, const char *table, struct slice column);
bool choices_have(const struct choices *choices, const char *table, struct slice column, struct slice value);
void choices_clear(struct choices *choices);

#endif
