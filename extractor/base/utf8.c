#include "utf8.h"

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
