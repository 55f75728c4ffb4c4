/* setup.h - what the commands that read articles share: opening rules and an extractor, naming the input,
 * reading its options. */
#ifndef TRICH_COMMAND_SETUP_H
#define TRICH_COMMAND_SETUP_H

#include "../trich.h"
#include "options.h"

/* The rules that the options name; NULL after a message. */
trich_rules *setup_rules(const struct options *options);
/* An extractor; NULL, after a message, also if the date or the encoding that the options give is none: it is
 * told once, not for each article. */
trich_extractor *setup_extractor(const struct options *options, const trich_rules *rules);
/* How to read the text of a file of that name ("-" for standard input) under these options. */
struct trich_input setup_input(const struct options *options, const char *path, const char *bytes,
                               size_t length);

#endif
