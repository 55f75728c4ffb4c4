/* decode.h - input bytes in some encoding as UTF-8, with the map. */
#ifndef TRICH_TEXT_DECODE_H
#define TRICH_TEXT_DECODE_H

#include "text.h"

/*
 * Fills decoded, decoded_length, decoding, encoding, invalid_count and the scan of decoded from the input.
 * The result is valid UTF-8; where the input is, it is not copied.
 */
bool decode_input(struct text *text, const struct text_options *options, struct trich_error *error);

#endif
