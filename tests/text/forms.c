/*
 * What the forms cannot carry. windows-1258: all Vietnamese letters and the punctuation of Western code
 * pages, but no ², ½ above Latin-1, arrows, emoji. VISCII: Vietnamese letters and ASCII, nothing else, no
 * quotes or dashes. TCVN3: the same, and capitals with tone marks only as small ones. VNI: Vietnamese
 * letters, ASCII and the signs A0-BF of Latin-1. All others carry everything.
 */
#include "forms.h"

#include <criterion/criterion.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

const char *const forms_names[FORMS_COUNT] = {
    "NFD",         "old tone marks", "no-break spaces", "en dashes", "CRLF",  "wrapped",        "entities",
    "HTML",        "UTF-16LE",       "windows-1258",    "VISCII",    "TCVN3", "TCVN3 in UTF-8", "VNI",
    "VNI in UTF-8"};

enum { CHARACTER_MAX = 16 }; /* bytes of one character in any form */

static size_t to_charset(const char *charset, int32_t code, char *out)
{
    char utf8[4];
    size_t left = (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)utf8);
    iconv_t converter = iconv_open(charset, "UTF-8");
    cr_assert((intptr_t)converter != -1, "iconv knows no %s", charset);
    char *from = utf8;
    char *to = out;
    size_t room = CHARACTER_MAX;
    bool good =
        iconv(converter, &from, &left, &to, &room) == 0 && iconv(converter, NULL, NULL, &to, &room) == 0;
    (void)iconv_close(converter);
    return good ? CHARACTER_MAX - room : 0;
}

/* A letter in VNI: its base and marks come from Unicode's decomposition. */
static size_t to_vni(int32_t code, char *out)
{
    static const struct {
        int32_t code;
        const char *small, *capital;
    } letters[] = {{0x111, "\xF1", "\xD1"},  {0xEC, "\xEC", "\xCC"},  {0xED, "\xED", "\xCD"},
                   {0x1EC9, "\xE6", "\xC6"}, {0x129, "\xF3", "\xD3"}, {0x1ECB, "\xF2", "\xD2"},
                   {0x1EF5, "\xEE", "\xCE"}};
    /* grave, acute, hook, tilde, dot: behind a plain vowel, with circumflex, with breve */
    static const int32_t tones[] = {0x300, 0x301, 0x309, 0x303, 0x323};
    static const char marks[3][7] = {"\xF8\xF9\xFB\xF5\xEF", "\xE0\xE1\xE5\xE3\xE4\xE2",
                                     "\xE8\xE9\xFA\xFC\xEB\xEA"};
    int32_t small = utf8proc_tolower(code);
    char fold = code == small ? 0 : 0x20;
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (letters[i].code == small) {
            out[0] = fold ? letters[i].capital[0] : letters[i].small[0];
            return 1;
        }
    int32_t parts[8];
    int last = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(code, parts, 8, UTF8PROC_DECOMPOSE, &last);
    if (count < 2 || count > 3 || parts[0] > 0x7F || strchr("aeouyAEOUY", (char)parts[0]) == NULL)
        return code >= 0xA0 && code < 0xC0 ? (out[0] = (char)code, (size_t)1) : 0;
    size_t shape = 0;
    size_t tone = 5;
    bool horn = false;
    for (utf8proc_ssize_t i = 1; i < count; i++) {
        if (parts[i] == 0x302 || parts[i] == 0x306)
            shape = parts[i] == 0x302 ? 1 : 2;
        else if (parts[i] == 0x31B)
            horn = true;
        else {
            for (tone = 0; tone < 5 && tones[tone] != parts[i]; tone++)
                ;
            if (tone == 5)
                return 0;
        }
    }
    size_t length = 0;
    if (horn)
        out[length++] = (char)(((parts[0] | 0x20) == 'o' ? 0xF4 : 0xF6) - fold);
    else
        out[length++] = (char)parts[0];
    if (tone < 5 || shape > 0)
        out[length++] = (char)(marks[shape][tone] - fold);
    return length;
}

static size_t to_latin1_in_utf8(const char *bytes, size_t length, char *out)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += (size_t)utf8proc_encode_char((unsigned char)bytes[i], (utf8proc_uint8_t *)out + count);
    return count;
}

/* One character in the form; 0 if the form has none for it. */
static size_t encode(enum forms_form form, int32_t code, char *out)
{
    char bytes[CHARACTER_MAX];
    size_t length;
    if (form == FORMS_UTF16LE)
        return to_charset("UTF-16LE", code, out);
    if (form == FORMS_CRLF && code == '\n')
        return (size_t)(stpcpy(out, "\r\n") - out);
    if (form == FORMS_NO_BREAK && code == ' ')
        return (size_t)(stpcpy(out, "\xC2\xA0") - out);
    if (form == FORMS_DASHES && code == '-')
        return (size_t)(stpcpy(out, "\xE2\x80\x93") - out);
    if (form == FORMS_HTML && code < 0x80 && strchr("&< \n", code) != NULL && code != 0)
        return (size_t)(stpcpy(out, code == '&'   ? "&amp;"
                                    : code == '<' ? "&lt;"
                                    : code == ' ' ? "<i> </i>"
                                                  : "<br>") -
                        out);
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    switch (form) {
    case FORMS_NFD: {
        int32_t parts[8];
        int last = 0;
        utf8proc_ssize_t count = utf8proc_decompose_char(code, parts, 8, UTF8PROC_DECOMPOSE, &last);
        length = 0;
        for (utf8proc_ssize_t i = 0; i < count; i++)
            length += (size_t)utf8proc_encode_char(parts[i], (utf8proc_uint8_t *)out + length);
        return length;
    }
    case FORMS_ENTITIES:
        return (size_t)snprintf(out, CHARACTER_MAX, "&#%d;", (int)code);
    case FORMS_WINDOWS_1258:
        return to_charset("WINDOWS-1258", code, out);
    case FORMS_VISCII:
        return to_charset("VISCII", code, out);
    case FORMS_TCVN3:
    case FORMS_TCVN3_IN_UTF8:
        length = to_charset("TCVN5712-1", code, bytes);
        /* The seven capitals without tone mark stand at A1-A7. */
        if (length != 1 || (unsigned char)bytes[0] < 0xA1 || (unsigned char)bytes[0] > 0xA7)
            length = to_charset("TCVN5712-1", utf8proc_tolower(code), bytes);
        if (form == FORMS_TCVN3_IN_UTF8)
            return to_latin1_in_utf8(bytes, length, out);
        memcpy(out, bytes, length);
        return length;
    case FORMS_VNI:
        return to_vni(code, out);
    case FORMS_VNI_IN_UTF8:
        return to_latin1_in_utf8(bytes, to_vni(code, bytes), out);
    default:
        return (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)out);
    }
}

static int32_t next_code(const char *text, size_t *size)
{
    int32_t code;
    utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &code);
    cr_assert(length > 0, "an article is not UTF-8");
    *size = (size_t)length;
    return code;
}

static const char *substitute(int32_t code)
{
    switch (code) {
    case 0x2018:
    case 0x2019:
        return "'";
    case 0x201C:
    case 0x201D:
    case 0xAB:
    case 0xBB:
        return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
        return "-";
    case 0x2026:
        return "...";
    case 0xA0:
        return " ";
    default:
        return "?";
    }
}

char *forms_reduce(enum forms_form form, const char *text, size_t *replaced)
{
    char *reduced = malloc(strlen(text) + 1);
    size_t length = 0;
    size_t size;
    cr_assert(reduced != NULL);
    *replaced = 0;
    for (const char *at = text; *at != '\0'; at += size) {
        char encoded[CHARACTER_MAX];
        int32_t code = next_code(at, &size);
        if (encode(form, code, encoded) > 0) {
            memcpy(reduced + length, at, size);
            length += size;
            continue;
        }
        const char *other = substitute(code);
        *replaced += other[0] == '?';
        memcpy(reduced + length, other, strlen(other));
        length += strlen(other);
    }
    reduced[length] = '\0';
    return reduced;
}

/* òa, òe, ùy at a syllable's end (not qùy, which is never written): the vowels
 * as they were written formerly. */
static void old_tones(const char *text, size_t at, int32_t *code)
{
    static const char *const pairs[][2] = {{"òóỏõọ", "a"}, {"òóỏõọ", "e"}, {"ùúủũụ", "y"},
                                           {"ÒÓỎÕỌ", "A"}, {"ÒÓỎÕỌ", "E"}, {"ÙÚỦŨỤ", "Y"}};
    static const char *const marked[] = {"àáảãạ", "èéẻẽẹ", "ỳýỷỹỵ", "ÀÁẢÃẠ", "ÈÉẺẼẸ", "ỲÝỶỸỴ"};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const char *first = pairs[i][0];
        const char *second = marked[i];
        for (size_t k = 0; k < 5; k++) {
            size_t size;
            size_t second_size;
            int32_t mark = next_code(first, &size);
            int32_t vowel = next_code(second, &second_size);
            first += size;
            second += second_size;
            bool is_first = *code == mark && text[at + size] == pairs[i][1][0];
            bool is_second =
                at >= size && *code == pairs[i][1][0] && memcmp(text + at - size, first - size, size) == 0;
            if (!is_first && !is_second)
                continue;
            size_t behind = at + (is_first ? size : 0) + 1;
            size_t next_size;
            utf8proc_category_t next =
                text[behind] == '\0' ? 0 : utf8proc_category(next_code(text + behind, &next_size));
            if (next >= UTF8PROC_CATEGORY_LU && next <= UTF8PROC_CATEGORY_LO)
                return;
            static const char plain[] = "oouOOU";
            *code = is_first ? plain[i] : vowel;
            return;
        }
    }
}

struct forms_text forms_convert(enum forms_form form, const char *text)
{
    size_t length = strlen(text);
    struct forms_text made = {malloc(length * CHARACTER_MAX + 4), 0, malloc((length + 1) * sizeof(size_t))};
    cr_assert(made.bytes != NULL && made.positions != NULL);
    if (form == FORMS_UTF16LE) {
        memcpy(made.bytes, "\xFF\xFE", 2);
        made.length = 2;
    }
    size_t column = 0;
    size_t size;
    for (size_t at = 0; at < length; at += size) {
        int32_t code = next_code(text + at, &size);
        if (form == FORMS_OLD_TONES)
            old_tones(text, at, &code);
        /* not beside a break or a blank, which would make another paragraph */
        if (form == FORMS_WRAPPED && code == ' ' && at > 0 && strchr("-\n ", text[at - 1]) == NULL &&
            at + 1 < length && strchr("\n ", text[at + 1]) == NULL) {
            size_t word = 0;
            for (const char *c = text + at + 1; *c != '\0' && *c != ' ' && *c != '\n'; c++)
                word += (*c & 0xC0) != 0x80;
            if (column + 1 + word > 72)
                code = '\n';
        }
        column = code == '\n' ? 0 : column + 1;
        for (size_t i = 0; i < size; i++)
            made.positions[at + i] = made.length;
        made.length += encode(form, code, made.bytes + made.length);
    }
    made.positions[length] = made.length;
    return made;
}

void forms_clear(struct forms_text *text)
{
    free(text->bytes);
    free(text->positions);
}
