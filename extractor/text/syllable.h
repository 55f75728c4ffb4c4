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

/* Is the word, in NFC or with tone marks apart, one well-formed syllable in plausible case? */
bool syllable_check(const int32_t *codes, size_t count);
/*
 * The word codes[0..count), NFC, with tone marks on the vowel where modern spelling has them: in open
 * syllables òa, òe, ùy and not oà, oè, uỳ. Returns whether something changed. whole: no letter stands before
 * the word.
 */
bool syllable_place_tones(int32_t *codes, size_t count, bool whole);

#endif
