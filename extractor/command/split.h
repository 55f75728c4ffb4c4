/* split.h - taking a stream apart into its articles (--split). */
#ifndef TRICH_COMMAND_SPLIT_H
#define TRICH_COMMAND_SPLIT_H

#include "../trich.h"
#include "options.h"

/* What ends an article. mode is not SPLIT_NONE. */
char split_separator(enum split_mode mode);
/* Moves a place in a file over the bytes that stand there. */
void split_pass(struct trich_before *before, const char *bytes, size_t length);
/*
 * --fields: takes ID<TAB>DATE<TAB> off the front of the input, whose bytes are item; each becomes a string.
 * Empty ones are as if not given. False with error filled if the two tabs are not there.
 */
bool split_take_fields(struct trich_input *input, char *item, struct trich_error *error);

#endif
