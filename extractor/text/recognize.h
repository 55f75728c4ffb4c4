/*
 * recognize.h - which encoding a text is in, by whether its words are Vietnamese syllables when read in it.
 *
 * Only words with letters beyond ASCII are judged. UTF-8 with any letter that only Vietnamese has is never
 * asked about; neither is text whose words are well-formed as they stand.
 */
#ifndef TRICH_TEXT_RECOGNIZE_H
#define TRICH_TEXT_RECOGNIZE_H

#include "encodings.h"

/* The encoding of bytes that are no UTF-8; NULL if they are Vietnamese in none, or UTF-8 with a few bad
 * bytes. */
const struct encoding *recognize_bytes(const char *bytes, size_t length);
/* The encoding whose bytes the Latin-1 characters of this valid UTF-8 are; NULL
 * if it is what it seems to be. */
const struct encoding *recognize_latin1(const char *bytes, size_t length);
/* UTF-16 without a byte order mark: 'L' for little, 'B' for big endian, 0 if it is not that. */
char recognize_utf16(const char *bytes, size_t length);

#endif
