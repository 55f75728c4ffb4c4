#include "entities.h"

#include <libxml/HTMLparser.h>
#include <string.h>

enum { LONGEST_NAME = 8 }; /* of HTML 4: thetasym */

/* Letters of Vietnamese that HTML 4, and so libxml2, has no name for, but HTML 5 has. */
static const struct {
    const char *name;
    int32_t code;
} more[] = {{"apos", '\''},    {"Abreve", 0x102}, {"abreve", 0x103}, {"Dstrok", 0x110}, {"dstrok", 0x111},
            {"Itilde", 0x128}, {"itilde", 0x129}, {"Utilde", 0x168}, {"utilde", 0x169}, {"hyphen", 0x2010}};

/* References 128-159 mean windows-1252 (HTML Standard, "numeric character reference end state"). */
static const uint16_t windows_1252[32] = {0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                          0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0,      0x17D,  0,
                                          0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0,      0x17E,  0x178};

static size_t read_number(const unsigned char *bytes, size_t length, int32_t *code)
{
    size_t i = 2;
    unsigned base = 10;
    if (i < length && (bytes[i] == 'x' || bytes[i] == 'X')) {
        base = 16;
        i++;
    }
    size_t digits = i;
    uint32_t value = 0;
    for (; i < length; i++) {
        unsigned char c = bytes[i];
        unsigned digit = 99;
        if (c >= '0' && c <= '9')
            digit = (unsigned)c - '0';
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            digit = ((unsigned)c | 0x20) - 'a' + 10;
        if (digit >= base)
            break;
        if (value <= 0x10FFFF)
            value = value * base + digit;
    }
    if (i == digits || i >= length || bytes[i] != ';')
        return 0;
    if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        value = 0xFFFD;
    else if (value >= 0x80 && value <= 0x9F && windows_1252[value - 0x80] != 0)
        value = windows_1252[value - 0x80];
    *code = (int32_t)value;
    return i + 1;
}

size_t entities_read(const unsigned char *bytes, size_t length, int32_t *code)
{
    if (length < 3 || bytes[0] != '&')
        return 0;
    if (bytes[1] == '#')
        return read_number(bytes, length, code);
    char name[LONGEST_NAME + 1];
    size_t i = 0;
    for (; i < LONGEST_NAME && i + 1 < length; i++) {
        unsigned char c = bytes[i + 1];
        if (!(((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9')))
            break;
        name[i] = (char)c;
    }
    if (i == 0 || i + 1 >= length || bytes[i + 1] != ';')
        return 0;
    name[i] = '\0';
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    if (entity != NULL) {
        *code = (int32_t)entity->value;
        return i + 2;
    }
    for (size_t k = 0; k < sizeof more / sizeof more[0]; k++)
        if (strcmp(more[k].name, name) == 0) {
            *code = more[k].code;
            return i + 2;
        }
    return 0;
}
