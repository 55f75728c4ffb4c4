/* extract.h - what the commands that read articles share: opening rules, naming the input, reading its
 * options. */
#ifndef TRICH_COMMAND_EXTRACT_H
#define TRICH_COMMAND_EXTRACT_H

#include "../trich.h"
#include "options.h"

/* The rules that the options name; NULL after a message. */
trich_rules *extract_rules(const struct options *options);
/* False, after a message, if the date or the encoding that the options give is none. */
bool extract_check(const struct options *options, const trich_rules *rules);
/* How to read the text of a file of that name ("-" for standard input) under these options. */
struct trich_input extract_input(const struct options *options, const char *path, const char *bytes,
                                 size_t length);

#endif
