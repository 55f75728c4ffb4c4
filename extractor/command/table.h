/*
 * table.h - the one table of options: parsing (options.c), help, manual page and completions (help.c) come
 * from it.
 */
#ifndef TRICH_COMMAND_TABLE_H
#define TRICH_COMMAND_TABLE_H

#include "options.h"

enum option_type {
    OPTION_FLAG,   /* bool */
    OPTION_STRING, /* const char * */
    OPTION_LIST,   /* struct option_list */
    OPTION_NUMBER, /* size_t, at least 1 */
    OPTION_CHOICE  /* int: the place of the argument among the words of the argument's name */
};

struct option_entry {
    char letter; /* '\0' if there is only the long name */
    const char *name;
    const char *argument; /* its name in the help; NULL if it takes none */
    const char *help;
    unsigned commands; /* that know it */
    enum option_type type;
    size_t offset; /* in struct options */
};

extern const struct option_entry option_entries[];
extern const size_t option_entry_count;
enum { OPTION_MAX = 64 }; /* option_entry_count is not larger */

struct command_entry {
    const char *name;
    const char *usage; /* what is written behind the name */
    const char *help;
};

extern const struct command_entry command_entries[COMMAND_COUNT];

#endif
