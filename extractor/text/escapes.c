#include "escapes.h"

#include <string.h>

static size_t read_hex(const unsigned char *bytes, size_t length, int32_t *code)
{
    int32_t value = 0;
    if (length < 4)
        return 0;
    for (size_t i = 0; i < 4; i++) {
        int32_t c = bytes[i];
        if (c >= '0' && c <= '9')
            value = value * 16 + c - '0';
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            value = value * 16 + (c | 0x20) - 'a' + 10;
        else
            return 0;
    }
    /* A half of a pair is none of the characters that matter here. */
    if (value < ' ' || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *code = value;
    return 4;
}

size_t escapes_read(const unsigned char *bytes, size_t length, int32_t *code)
{
    /* A dump of JSON in a string has two: \\n */
    size_t at = length > 2 && bytes[1] == '\\' ? 2 : 1;
    if (at >= length)
        return 0;
    static const char letters[] = "nrt";
    static const unsigned char controls[] = "\n\r\t";
    const char *letter = memchr(letters, bytes[at], sizeof letters - 1);
    if (letter != NULL) {
        *code = controls[letter - letters];
        return at + 1;
    }
    if (bytes[at] == 'u') {
        size_t hex = read_hex(bytes + at + 1, length - at - 1, code);
        return hex == 0 ? 0 : at + 1 + hex;
    }
    static const char signs[] = "\"'/-.*_#()[]+|&%";
    if (at == 1 && memchr(signs, bytes[at], sizeof signs - 1) != NULL) {
        *code = bytes[at];
        return 2;
    }
    return 0;
}
