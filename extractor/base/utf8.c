#include "utf8.h"

#include <utf8proc.h>

size_t utf8_character(const unsigned char *bytes, size_t length)
{
    if (length == 0)
        return 0;
    unsigned char lead = bytes[0];
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    size_t size = utf8_length(lead);
    if (length < size)
        return 0;
    for (size_t i = 1; i < size; i++)
        if (!utf8_is_inside(bytes[i]))
            return 0;
    /* Overlong forms, surrogates, and what lies beyond U+10FFFF. */
    if ((lead == 0xE0 && bytes[1] < 0xA0) || (lead == 0xED && bytes[1] > 0x9F) ||
        (lead == 0xF0 && bytes[1] < 0x90) || (lead == 0xF4 && bytes[1] > 0x8F))
        return 0;
    return size;
}

size_t utf8_valid(const unsigned char *bytes, size_t length)
{
    size_t i = 0;
    while (i < length) {
        if (bytes[i] < 0x80) {
            i++;
            continue;
        }
        size_t size = utf8_character(bytes + i, length - i);
        if (size == 0)
            return i;
        i += size;
    }
    return length;
}

/*
 * Where a capital and its small letter stand after each other: of Vietnamese the letters with two marks, and
 * Ă, Đ, Ĩ, Ũ. To look that up for each letter would cost more than what is done with it.
 */
static bool is_in_pairs(int32_t code)
{
    return (code >= 0x1EA0 && code <= 0x1EF9) || (code >= 0x100 && code <= 0x12F) ||
           (code >= 0x14A && code <= 0x177);
}

/* À to Þ and à to þ: a bit is between them. */
static bool is_latin1_letter(int32_t code)
{
    return code >= 0xC0 && code <= 0xFE && (code & ~0x20) != 0xD7 && (code & ~0x20) != 0xDF;
}

int32_t utf8_lower(int32_t code)
{
    if (code < 0x80)
        return code >= 'A' && code <= 'Z' ? code + 0x20 : code;
    if (is_latin1_letter(code))
        return code | 0x20;
    return is_in_pairs(code) ? code | 1 : utf8proc_tolower(code);
}

int32_t utf8_upper(int32_t code)
{
    if (code < 0x80)
        return code >= 'a' && code <= 'z' ? code - 0x20 : code;
    if (is_latin1_letter(code))
        return code & ~0x20;
    return is_in_pairs(code) ? code & ~1 : utf8proc_toupper(code);
}
