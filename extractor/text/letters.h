/* letters.h - what single characters are for the normal form; vowels and their marks. */
#ifndef TRICH_TEXT_LETTERS_H
#define TRICH_TEXT_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum letters_class {
    LETTERS_SPACE,     /* a blank of whatever width */
    LETTERS_BREAK,     /* ends a line */
    LETTERS_PARAGRAPH, /* ends a paragraph */
    LETTERS_IGNORED,   /* zero-width: dropped */
    LETTERS_LETTER,
    LETTERS_MARK, /* combines with the character before it */
    LETTERS_OTHER
};

enum letters_class letters_class(int32_t code);
/* The character that stands for this one in the normal form, itself if there is none. */
int32_t letters_fold(int32_t code);
bool letters_is_lower(int32_t code);

enum letters_tone { LETTERS_LEVEL, LETTERS_GRAVE, LETTERS_ACUTE, LETTERS_HOOK, LETTERS_TILDE, LETTERS_DOT };

/* A Vietnamese vowel with that tone mark; 0 if code is none without mark. */
int32_t letters_toned(int32_t code, size_t tone);
/* The letter with a circumflex, breve or horn (U+0302, 0306, 031B); 0 if Vietnamese has none. */
int32_t letters_shaped(int32_t code, int32_t mark);
enum { LETTERS_CIRCUMFLEX = 0x302, LETTERS_BREVE = 0x306, LETTERS_HORN = 0x31B };
/* NFC of a letter with marks; 0 if it is no Vietnamese vowel, or not in a plain order: ask the general
 * normalizer. */
int32_t letters_compose(int32_t code, const int32_t *marks, size_t count);
/* The letter without tone mark, the tone in *tone; of a combining tone mark the letter is 0. */
int32_t letters_split_tone(int32_t code, size_t *tone);

#endif
