/*
 * normalize.h - the decoded text in the form that rules match, with its map.
 *
 * Besides what text.h says: quotes are ASCII, every line end is one '\n', full-width forms are ASCII, Ð Ɖ ð
 * are Đ đ, HTML entities are their characters, a word hyphenated at a line's end is whole, control characters
 * (NUL too) are U+FFFD so that nothing matches across them. White space at both ends of the text stays out.
 */
#ifndef TRICH_TEXT_NORMALIZE_H
#define TRICH_TEXT_NORMALIZE_H

#include "text.h"

/* Fills bytes, length and normalization from decoded, which is valid UTF-8, and its scan. False when out of
 * memory. */
bool normalize_text(struct text *text);

#endif
