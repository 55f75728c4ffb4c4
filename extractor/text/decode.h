/*
 * decode.h - input bytes in some encoding as UTF-8, with the map.
 *
 * The encodings: UTF-8, UTF-16LE, UTF-16BE, windows-1258, VISCII, TCVN3, VNI, "TCVN3 as Latin-1 in UTF-8",
 * "VNI as Latin-1 in UTF-8". What is recognized: UTF-16 by its mark or its NULs; UTF-8 by being it, save that
 * a text whose words make sense only when its Latin-1 letters are read as TCVN3 or VNI is taken for that; the
 * others by whether their words are Vietnamese. Bytes that fit nothing are an error of UTF-8.
 */
#ifndef TRICH_TEXT_DECODE_H
#define TRICH_TEXT_DECODE_H

#include "text.h"

/*
 * Fills decoded, decoded_length, decoding, encoding, invalid_count and the scan of decoded from the input.
 * The result is valid UTF-8; where the input is, it is not copied.
 */
bool decode_input(struct text *text, const struct text_options *options, struct trich_error *error);

#endif
