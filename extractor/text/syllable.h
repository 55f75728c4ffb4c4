/*
 * syllable.h - the build of Vietnamese syllables as far as telling encodings apart and placing tones needs
 * it.
 *
 * It is spelling, not vocabulary: onset, rhyme, and the tones that a rhyme can bear.
 */
#ifndef TRICH_TEXT_SYLLABLE_H
#define TRICH_TEXT_SYLLABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Can codes (letters in either case) stand before oa, oe, uy in a syllable? Nothing at all can. */
bool syllable_is_onset(const int32_t *codes, size_t count);
/* Is the word, in NFC or with tone marks apart, one well-formed syllable in plausible case? */
bool syllable_check(const int32_t *codes, size_t count);

#endif
