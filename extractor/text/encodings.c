#include "encodings.h"

#include "../base/utf8.h"
#include "letters.h"

#include <string.h>

/*
 * Facts: windows-1258 as unicode.org's CP1258.TXT has it (tone marks combine); VISCII by RFC 1456; TCVN3 is
 * VN3 of TCVN 5712:1993 (ISO-IR-180), completed by the capitals that VN2 has at A0-FF, with the punctuation
 * of windows-1252 at 80-9F, which VN3 leaves free and word processors used; VNI as the fonts VNI-Times etc.
 * have it.
 */
static const uint16_t windows_1258[128] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0,      0x2039, 0x0152,
    0,      0,      0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0,      0x203A, 0x0153, 0,      0,      0x0178, 0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6,
    0x00A7, 0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF, 0x00B0, 0x00B1, 0x00B2, 0x00B3,
    0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF, 0x00C0,
    0x00C1, 0x00C2, 0x0102, 0x00C4, 0x00C5, 0x00C6, 0x00C7, 0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x0300, 0x00CD,
    0x00CE, 0x00CF, 0x0110, 0x00D1, 0x0309, 0x00D3, 0x00D4, 0x01A0, 0x00D6, 0x00D7, 0x00D8, 0x00D9, 0x00DA,
    0x00DB, 0x00DC, 0x01AF, 0x0303, 0x00DF, 0x00E0, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x00E5, 0x00E6, 0x00E7,
    0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x0301, 0x00ED, 0x00EE, 0x00EF, 0x0111, 0x00F1, 0x0323, 0x00F3, 0x00F4,
    0x01A1, 0x00F6, 0x00F7, 0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x01B0, 0x20AB, 0x00FF,
};
static const uint16_t viscii[128] = {
    0x1EA0, 0x1EAE, 0x1EB0, 0x1EB6, 0x1EA4, 0x1EA6, 0x1EA8, 0x1EAC, 0x1EBC, 0x1EB8, 0x1EBE, 0x1EC0, 0x1EC2,
    0x1EC4, 0x1EC6, 0x1ED0, 0x1ED2, 0x1ED4, 0x1ED6, 0x1ED8, 0x1EE2, 0x1EDA, 0x1EDC, 0x1EDE, 0x1ECA, 0x1ECE,
    0x1ECC, 0x1EC8, 0x1EE6, 0x0168, 0x1EE4, 0x1EF2, 0x00D5, 0x1EAF, 0x1EB1, 0x1EB7, 0x1EA5, 0x1EA7, 0x1EA9,
    0x1EAD, 0x1EBD, 0x1EB9, 0x1EBF, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EC7, 0x1ED1, 0x1ED3, 0x1ED5, 0x1ED7, 0x1EE0,
    0x01A0, 0x1ED9, 0x1EDD, 0x1EDF, 0x1ECB, 0x1EF0, 0x1EE8, 0x1EEA, 0x1EEC, 0x01A1, 0x1EDB, 0x01AF, 0x00C0,
    0x00C1, 0x00C2, 0x00C3, 0x1EA2, 0x0102, 0x1EB3, 0x1EB5, 0x00C8, 0x00C9, 0x00CA, 0x1EBA, 0x00CC, 0x00CD,
    0x0128, 0x1EF3, 0x0110, 0x1EE9, 0x00D2, 0x00D3, 0x00D4, 0x1EA1, 0x1EF7, 0x1EEB, 0x1EED, 0x00D9, 0x00DA,
    0x1EF9, 0x1EF5, 0x00DD, 0x1EE1, 0x01B0, 0x00E0, 0x00E1, 0x00E2, 0x00E3, 0x1EA3, 0x0103, 0x1EEF, 0x1EAB,
    0x00E8, 0x00E9, 0x00EA, 0x1EBB, 0x00EC, 0x00ED, 0x0129, 0x1EC9, 0x0111, 0x1EF1, 0x00F2, 0x00F3, 0x00F4,
    0x00F5, 0x1ECF, 0x1ECD, 0x1EE5, 0x00F9, 0x00FA, 0x0169, 0x1EE7, 0x00FD, 0x1EE3, 0x1EEE,
};
static const uint16_t tcvn3[128] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178, 0x00A0, 0x0102, 0x00C2, 0x00CA, 0x00D4, 0x01A0, 0x01AF,
    0x0110, 0x0103, 0x00E2, 0x00EA, 0x00F4, 0x01A1, 0x01B0, 0x0111, 0x1EB0, 0x0300, 0x0309, 0x0303, 0x0301,
    0x0323, 0x00E0, 0x1EA3, 0x00E3, 0x00E1, 0x1EA1, 0x1EB2, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB4, 0x1EAE,
    0x1EA6, 0x1EA8, 0x1EAA, 0x1EA4, 0x1EC0, 0x1EB7, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0x00E8, 0x1EC2,
    0x1EBB, 0x1EBD, 0x00E9, 0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0x00EC, 0x1EC9, 0x1EC4, 0x1EBE,
    0x1ED2, 0x0129, 0x00ED, 0x1ECB, 0x00F2, 0x1ED4, 0x1ECF, 0x00F5, 0x00F3, 0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7,
    0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0x00F9, 0x1ED6, 0x1EE7, 0x0169, 0x00FA, 0x1EE5,
    0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0x00FD, 0x1EF5, 0x1ED0,
};
static const struct {
    unsigned char byte;
    uint16_t code;
} viscii_controls[] = {{0x02, 0x1EB2}, {0x05, 0x1EB4}, {0x06, 0x1EAA},
                       {0x14, 0x1EF6}, {0x19, 0x1EF8}, {0x1E, 0x1EF4}};

const struct encoding encodings[ENCODINGS_COUNT] = {
    {"windows-1258", NULL, " windows-1258 windows1258 cp1258 cp-1258 ", windows_1258, false, false, false},
    {"VISCII", NULL, " viscii ", viscii, true, false, false},
    {"TCVN3", "TCVN3 as Latin-1 in UTF-8", " tcvn3 tcvn-3 tcvn abc tcvn5712 tcvn-5712 tcvn5712-1 ", tcvn3,
     false, false, true},
    {"VNI", "VNI as Latin-1 in UTF-8", " vni vni-windows vni-win ", NULL, false, true, false}};

const struct encoding *encodings_find(const char *name)
{
    char key[32] = " ";
    size_t length = strlen(name);
    if (length == 0 || length > sizeof key - 3)
        return NULL;
    for (size_t i = 0; i < length; i++)
        key[i + 1] = (char)utf8_lower((unsigned char)name[i] < 0x80 ? name[i] : '?');
    key[length + 1] = ' ';
    for (size_t i = 0; i < ENCODINGS_COUNT; i++)
        if (strstr(encodings[i].aliases, key) != NULL && strchr(name, ' ') == NULL)
            return &encodings[i];
    return NULL;
}

struct encodings_reader encodings_reader(const struct encoding *encoding, bool in_utf8, const char *bytes,
                                         size_t length)
{
    return (struct encodings_reader){
        .encoding = encoding, .in_utf8 = in_utf8, .bytes = (const unsigned char *)bytes, .length = length};
}

/* The byte of the encoding at this place and its size; above FF is a character
 * that is none (only in UTF-8). */
static int32_t source_at(const struct encodings_reader *reader, size_t at, size_t *size)
{
    if (reader->in_utf8)
        return utf8_decode(reader->bytes + at, size);
    *size = 1;
    return reader->bytes[at];
}

/* ---- VNI ------------------------------------------------------------------------------------------ */

/* The marks that follow a vowel, as small letters; capitals are 20 lower. */
static const struct {
    unsigned char byte;
    uint16_t shape; /* 0 for none */
    unsigned char tone;
} vni_marks[] = {
    {0xF9, 0, LETTERS_ACUTE},
    {0xF8, 0, LETTERS_GRAVE},
    {0xFB, 0, LETTERS_HOOK},
    {0xF5, 0, LETTERS_TILDE},
    {0xEF, 0, LETTERS_DOT},
    {0xE2, LETTERS_CIRCUMFLEX, LETTERS_LEVEL},
    {0xE1, LETTERS_CIRCUMFLEX, LETTERS_ACUTE},
    {0xE0, LETTERS_CIRCUMFLEX, LETTERS_GRAVE},
    {0xE5, LETTERS_CIRCUMFLEX, LETTERS_HOOK},
    {0xE3, LETTERS_CIRCUMFLEX, LETTERS_TILDE},
    {0xE4, LETTERS_CIRCUMFLEX, LETTERS_DOT},
    {0xEA, LETTERS_BREVE, LETTERS_LEVEL},
    {0xE9, LETTERS_BREVE, LETTERS_ACUTE},
    {0xE8, LETTERS_BREVE, LETTERS_GRAVE},
    {0xFA, LETTERS_BREVE, LETTERS_HOOK},
    {0xFC, LETTERS_BREVE, LETTERS_TILDE},
    {0xEB, LETTERS_BREVE, LETTERS_DOT},
};

/* Letters of one byte, as small letters. */
static const struct {
    unsigned char byte;
    uint16_t code;
} vni_letters[] = {{0xF1, 0x111},  {0xF4, 0x1A1}, {0xF6, 0x1B0},  {0xED, 0xED},  {0xEC, 0xEC},
                   {0xE6, 0x1EC9}, {0xF3, 0x129}, {0xF2, 0x1ECB}, {0xEE, 0x1EF5}};

static int32_t vni_letter(int32_t byte)
{
    if (byte < 0x80)
        return byte;
    if (byte < 0xA0)
        return tcvn3[byte - 0x80]; /* windows-1252 too */
    if (byte < 0xC0 || byte > 0xFF)
        return byte;
    for (size_t i = 0; i < sizeof vni_letters / sizeof vni_letters[0]; i++)
        if (vni_letters[i].byte == (byte | 0x20))
            return byte & 0x20 ? vni_letters[i].code : utf8_upper(vni_letters[i].code);
    return byte;
}

/* The vowel with the mark that stands behind it; 0 if the two don't go together. */
static int32_t vni_marked(int32_t vowel, int32_t mark)
{
    if (mark < 0xC0 || mark > 0xFF || utf8_lower(vowel) == 'i')
        return 0;
    for (size_t i = 0; i < sizeof vni_marks / sizeof vni_marks[0]; i++)
        if (vni_marks[i].byte == (mark | 0x20)) {
            int32_t shaped = vni_marks[i].shape == 0 ? vowel : letters_shaped(vowel, vni_marks[i].shape);
            return shaped != 0 ? letters_toned(shaped, vni_marks[i].tone) : 0;
        }
    return 0;
}

static int32_t read_vni(struct encodings_reader *reader)
{
    size_t size;
    int32_t source = source_at(reader, reader->at, &size);
    int32_t code = vni_letter(source);
    reader->at += size;
    if (code == 0 && source != 0)
        return -1;
    if (reader->at >= reader->length)
        return code;
    int32_t marked = vni_marked(code, source_at(reader, reader->at, &size));
    if (marked == 0)
        return code;
    reader->at += size;
    return marked;
}

/* ---- encodings of one byte ------------------------------------------------------------------------ */

static int32_t single(const struct encodings_reader *reader, int32_t byte)
{
    const struct encoding *encoding = reader->encoding;
    if (encoding->viscii && byte < 0x20)
        for (size_t i = 0; i < sizeof viscii_controls / sizeof viscii_controls[0]; i++)
            if (viscii_controls[i].byte == byte)
                return viscii_controls[i].code;
    if (byte < 0x80 || byte > 0xFF)
        return byte;
    return encoding->high[byte - 0x80];
}

/* What the letters of a word say of its case. */
enum word_case { UNKNOWN, SMALL, CAPITAL };

/* Looks at the word at at, which TCVN3 writes, and finds its end. */
static enum word_case word_case(const struct encodings_reader *reader, size_t at, size_t *end)
{
    size_t capitals = 0;
    size_t smalls = 0;
    size_t toned = 0;
    bool capital_inside = false;
    while (at < reader->length) {
        size_t size;
        size_t tone;
        int32_t code = single(reader, source_at(reader, at, &size));
        if (letters_class(code) != LETTERS_LETTER)
            break;
        (void)letters_split_tone(code, &tone);
        if (tone != LETTERS_LEVEL)
            toned++;
        else if (utf8_lower(code) == code)
            smalls++;
        else {
            capital_inside = capital_inside || toned > 0;
            capitals++;
        }
        at += size;
    }
    *end = at;
    if (smalls > 0)
        return SMALL;
    /* A capital behind a letter that only seems small, or two capitals. One in front may begin a name. */
    return capital_inside || capitals > 1 ? CAPITAL : UNKNOWN;
}

/* The case of the next word of the line that shows one, not far from at. */
static enum word_case next_case(const struct encodings_reader *reader, size_t at)
{
    enum { WORDS = 6 };
    for (size_t words = 0; at < reader->length && words < WORDS;) {
        size_t size;
        int32_t code = single(reader, source_at(reader, at, &size));
        if (code == '\n')
            break;
        if (letters_class(code) == LETTERS_LETTER) {
            enum word_case found = word_case(reader, at, &at);
            if (found != UNKNOWN)
                return found;
            words++;
        } else
            at += size;
    }
    return UNKNOWN;
}

static int32_t read_tcvn3(struct encodings_reader *reader, int32_t code)
{
    if (code == '\n')
        reader->line_case = UNKNOWN;
    if (letters_class(code) != LETTERS_LETTER)
        return code;
    if (reader->at >= reader->word_end) {
        enum word_case found = word_case(reader, reader->at, &reader->word_end);
        if (found != UNKNOWN)
            reader->line_case = (int)found;
        else {
            enum word_case next = next_case(reader, reader->word_end);
            if (reader->line_case != SMALL && next != SMALL &&
                (reader->line_case == CAPITAL || next == CAPITAL))
                found = CAPITAL;
        }
        reader->capitals = found == CAPITAL;
    }
    return reader->capitals ? utf8_upper(code) : code;
}

int32_t encodings_read(struct encodings_reader *reader)
{
    if (reader->encoding->vni)
        return read_vni(reader);
    size_t size;
    int32_t source = source_at(reader, reader->at, &size);
    int32_t code = single(reader, source);
    if (reader->encoding->tcvn3)
        code = read_tcvn3(reader, code);
    reader->at += size;
    return code == 0 && source != 0 ? -1 : code;
}
