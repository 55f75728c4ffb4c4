/* offsets.h - counting characters instead of bytes (--offsets=chars). */
#ifndef TRICH_COMMAND_OFFSETS_H
#define TRICH_COMMAND_OFFSETS_H

#include "../trich.h"

/*
 * Changes start and end of the records to code points of the input, a byte order mark included, as a decoder
 * in any language counts them. Invalid bytes count as the U+FFFDs that are put in their place do.
 */
void offsets_to_chars(struct trich_record *records, size_t count, const struct trich_input *input,
                      const char *encoding);

#endif
