/* kinds.h - the kinds of records as the command's reports and counts know them: the four, and all others. */
#ifndef TRICH_COMMAND_KINDS_H
#define TRICH_COMMAND_KINDS_H

#include <stddef.h>

enum { KIND_COUNT = 4 };

/* Element names, in the order in which they are told of. */
extern const char *const kind_names[KIND_COUNT];
/* The same as headings; the last one stands for all other kinds. */
extern const char *const kind_plurals[KIND_COUNT + 1];

/* The place of the kind of that name among the four; KIND_COUNT for any other. */
size_t kind_number(const char *name);

#endif
