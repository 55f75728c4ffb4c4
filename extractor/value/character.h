/* character.h - the bytes of a normalized text: a letter is one of ASCII or any byte of a longer character.
 */
#ifndef TRICH_VALUE_CHARACTER_H
#define TRICH_VALUE_CHARACTER_H

#include <stdbool.h>

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static inline bool is_blank(char c)
{
    return c == ' ' || c == '\n';
}

#endif
