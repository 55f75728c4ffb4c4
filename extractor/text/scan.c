#include "scan.h"

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

size_t scan_character(const unsigned char *bytes, size_t length)
{
    if (length == 0)
        return 0;
    unsigned char lead = bytes[0];
    if (lead < 0x80)
        return 1;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length < size)
        return 0;
    for (size_t i = 1; i < size; i++)
        if (!is_continuation(bytes[i]))
            return 0;
    /* Overlong forms, surrogates, and what lies beyond U+10FFFF. */
    if ((lead == 0xE0 && bytes[1] < 0xA0) || (lead == 0xED && bytes[1] > 0x9F) ||
        (lead == 0xF0 && bytes[1] < 0x90) || (lead == 0xF4 && bytes[1] > 0x8F))
        return 0;
    return size;
}

size_t scan_valid(const unsigned char *bytes, size_t length)
{
    size_t i = 0;
    while (i < length) {
        if (bytes[i] < 0x80) {
            i++;
            continue;
        }
        size_t size = scan_character(bytes + i, length - i);
        if (size == 0)
            return i;
        i += size;
    }
    return length;
}

/* The second vowel of oa, oe, uy with a tone mark, in UTF-8: 2 bytes C3 xx or 3 bytes E1 xx xx. */
static bool is_marked_a_e(const unsigned char *bytes, size_t left, size_t *size)
{
    if (left >= 2 && bytes[0] == 0xC3) {
        unsigned char low = bytes[1] & 0xDF; /* both cases: 80-9F and A0-BF */
        *size = 2;
        return low == 0x80 || low == 0x81 || low == 0x83 || low == 0x88 || low == 0x89;
    }
    if (left >= 3 && bytes[0] == 0xE1 && bytes[1] == 0xBA) {
        unsigned char low = bytes[2] | 1;
        *size = 3;
        return low == 0xA1 || low == 0xA3 || low == 0xB9 || low == 0xBB || low == 0xBD;
    }
    return false;
}

static bool is_marked_y(const unsigned char *bytes, size_t left, size_t *size)
{
    if (left >= 2 && bytes[0] == 0xC3) {
        *size = 2;
        return (bytes[1] & 0xDF) == 0x9D;
    }
    if (left >= 3 && bytes[0] == 0xE1 && bytes[1] == 0xBB) {
        unsigned char low = bytes[2] | 1;
        *size = 3;
        return low == 0xB3 || low == 0xB5 || low == 0xB7 || low == 0xB9;
    }
    return false;
}

/* At a lead byte C3 or E1: may this be the second vowel of an open oa, oe, uy with the mark on it? */
static bool is_old_mark(const unsigned char *bytes, size_t length, size_t i)
{
    if (i == 0)
        return false;
    unsigned char before = bytes[i - 1] | 0x20;
    size_t size = 0;
    if (before == 'o') {
        if (!is_marked_a_e(bytes + i, length - i, &size))
            return false;
    } else if (before == 'u') {
        if (!is_marked_y(bytes + i, length - i, &size) || (i >= 2 && (bytes[i - 2] | 0x20) == 'q'))
            return false;
    } else
        return false;
    if (i + size >= length)
        return true;
    unsigned char next = bytes[i + size];
    return !((next | 0x20) >= 'a' && (next | 0x20) <= 'z');
}

size_t scan_suspicious(const unsigned char *bytes, size_t length, size_t from)
{
    for (size_t i = from; i < length; i++) {
        unsigned char byte = bytes[i];
        unsigned char before = i > 0 ? bytes[i - 1] : 0;
        if (byte < 0x80) {
            if (byte > ' ' && byte != '&')
                continue;
            if (byte == ' ') {
                if (before == ' ' || before == '\n')
                    return i;
            } else if (byte == '\n') {
                if (before == ' ' || before == '-' || (before == '\n' && i > 1 && bytes[i - 2] == '\n'))
                    return i;
            } else
                return i;
        } else if (byte < 0xC0) {
            if (((byte == 0x90 || byte == 0xB0) && before == 0xC3) || (byte == 0x89 && before == 0xC6))
                return i;
        } else if (byte == 0xC3) {
            if (is_old_mark(bytes, length, i))
                return i;
        } else if (byte == 0xE1) {
            if (i + 1 >= length || (bytes[i + 1] != 0xBA && bytes[i + 1] != 0xBB) ||
                is_old_mark(bytes, length, i))
                return i;
        } else if (byte < 0xC4 || byte > 0xC6)
            return i;
    }
    return length;
}
