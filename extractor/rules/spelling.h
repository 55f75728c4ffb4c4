/*
 * spelling.h - words that are spelled in two ways.
 *
 * A syllable that ends in y behind a consonant may be written with i, and no dictionary settles which: kỹ sư
 * and kĩ sư, tỷ and tỉ, quý and quí. Tables write y.
 */
#ifndef TRICH_RULES_SPELLING_H
#define TRICH_RULES_SPELLING_H

#include <stdbool.h>

#include "../base/slice.h"

enum { SPELLING_MAX_BYTES = 256 };

/* The words' other spelling of that number, from 1 up, as a string; false if there are not so many. result
 * has room for SPELLING_MAX_BYTES. */
bool spelling_other(struct slice words, unsigned number, char *result);

#endif
