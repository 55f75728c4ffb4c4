/*
 * walk.h - the files that the operands name: files as they are, directories with all that is under them, in
 * order of name, so that two runs see the same order. One directory's names at a time are held in memory.
 */
#ifndef TRICH_COMMAND_WALK_H
#define TRICH_COMMAND_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"

struct walk_file {
    const char *path;     /* to open it by; "-" is standard input */
    const char *relative; /* below the operand if that is a directory, else the file's own name */
    size_t size;          /* in bytes; 0 where it is not known */
};

struct walk {
    const char **operands; /* none: standard input */
    size_t operand_count;
    const struct option_list *include; /* names to read in directories; empty: *.txt, *.TXT */
    const char *skip;                  /* a directory not to go into (the output); may be NULL */
    /* Return false to stop the walk. */
    bool (*visit)(void *closure, const struct walk_file *file);
    /* Something that could not be read, and why: a loop of symbolic links too,
     * which is not followed again. */
    void (*trouble)(void *closure, const char *path, const char *why);
    void *closure;
    size_t *others; /* where files in directories are counted that are not called so; may be NULL */
    /* What may not be meant is not told of: nothing to read in a directory, waiting for a terminal. */
    bool silent;
};

void walk_files(const struct walk *walk);

#endif
