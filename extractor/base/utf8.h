/*
 * utf8.h - characters as bytes of UTF-8.
 *
 * All but utf8_character and utf8_valid take bytes that are known to be valid. A byte may be given as char or
 * as unsigned char.
 */
#ifndef TRICH_BASE_UTF8_H
#define TRICH_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether the byte stands inside a character, not at its start. */
static inline bool utf8_is_inside(int byte)
{
    return (byte & 0xC0) == 0x80;
}

/* Bytes of the character that begins with this one. */
static inline size_t utf8_length(int lead)
{
    lead &= 0xFF;
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* The character at bytes, and its length. */
static inline int32_t utf8_decode(const unsigned char *bytes, size_t *length)
{
    unsigned char lead = bytes[0];
    *length = utf8_length(lead);
    switch (*length) {
    case 1:
        return lead;
    case 2:
        return (lead & 0x1F) << 6 | (bytes[1] & 0x3F);
    case 3:
        return (lead & 0x0F) << 12 | (bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
    default:
        return (lead & 0x07) << 18 | (bytes[1] & 0x3F) << 12 | (bytes[2] & 0x3F) << 6 | (bytes[3] & 0x3F);
    }
}

/* Where the character begins that ends at the place; at > 0. */
static inline size_t utf8_before(const unsigned char *bytes, size_t at)
{
    do
        at--;
    while (utf8_is_inside(bytes[at]));
    return at;
}

/* How many of the bytes, at most `most`, are whole characters. */
static inline size_t utf8_cut(const char *bytes, size_t length, size_t most)
{
    if (length <= most)
        return length;
    while (most > 0 && utf8_is_inside(bytes[most]))
        most--;
    return most;
}

/* Writes a character below U+10000; how many bytes. (utf8proc_encode_char does any, by a call.) */
static inline size_t utf8_encode(int32_t code, unsigned char bytes[3])
{
    if (code < 0x80) {
        bytes[0] = (unsigned char)code;
        return 1;
    }
    if (code < 0x800) {
        bytes[0] = (unsigned char)(0xC0 | code >> 6);
        bytes[1] = (unsigned char)(0x80 | (code & 0x3F));
        return 2;
    }
    bytes[0] = (unsigned char)(0xE0 | code >> 12);
    bytes[1] = (unsigned char)(0x80 | (code >> 6 & 0x3F));
    bytes[2] = (unsigned char)(0x80 | (code & 0x3F));
    return 3;
}

/* The character's other case, itself if it has none (the simple mappings of the Unicode Character Database).
 */
int32_t utf8_lower(int32_t code);
int32_t utf8_upper(int32_t code);

/* How many bytes the valid character at bytes has (1-4); 0 if there is none. */
size_t utf8_character(const unsigned char *bytes, size_t length);
/* Length of what is valid at the start of bytes: length itself if all is well. */
size_t utf8_valid(const unsigned char *bytes, size_t length);

#endif
