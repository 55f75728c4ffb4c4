/* utf8.h - characters of texts that may not be UTF-8 throughout (Unicode, chapter 3.9). */
#ifndef TRICH_COMMAND_UTF8_H
#define TRICH_COMMAND_UTF8_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a byte stands inside a character, not at its start. */
static inline bool utf8_is_inside(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/*
 * Bytes of the character at text, of which left (not 0) are there. *valid: it is one; if not, the bytes are
 * what one U+FFFD stands for: the longest start of a character, at least one byte.
 */
size_t utf8_step(const char *text, size_t left, bool *valid);

#endif
