/* outputs.h - the files of --output: what they are called, whether they are there already. */
#ifndef TRICH_COMMAND_OUTPUTS_H
#define TRICH_COMMAND_OUTPUTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "../trich.h"
#include "bytes.h"
#include "options.h"

/* The names given out so far: a table of their hashes, 0 where it is empty. */
struct outputs {
    uint64_t *hashes;
    size_t count, capacity;
};

void outputs_clear(struct outputs *outputs);
/*
 * The name of the output for relative, NUL-terminated: DIR/relative with .xml in place of what follows the
 * last dot.
 */
void outputs_name(struct bytes *name, const char *directory, const char *relative);
/* False if an earlier input has the same output: a.txt and a.html, or x/a.txt and y/a.txt given as files. */
bool outputs_claim(struct outputs *outputs, const char *name);
/*
 * --resume: an output has the modification time of the input that it was made from, and it ends with a mark:
 * <?trich-made HASH?>, of all that it depends on: the input's path and size, the program's version, the
 * rules, the options. So it shows by itself how it came about, whichever run was killed when.
 */
uint64_t outputs_settings(const struct options *options, const trich_rules *rules);
void outputs_mark(struct bytes *output, uint64_t settings, const char *path, off_t size);
bool outputs_done(const char *path, const char *name, uint64_t settings);

#endif
