#include "letters.h"

#include <utf8proc.h>

enum letters_class letters_class(int32_t code)
{
    if (code < 0x80) {
        if ((code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z'))
            return LETTERS_LETTER;
        if (code == ' ' || code == '\t')
            return LETTERS_SPACE;
        /* Vertical tabs are line breaks of word processors, form feeds page breaks amid a paragraph. */
        if (code >= '\n' && code <= '\r')
            return LETTERS_BREAK;
        return LETTERS_OTHER;
    }
    switch (code) {
    case 0xA0:
    case 0x1680:
    case 0x202F:
    case 0x205F:
    case 0x3000:
        return LETTERS_SPACE;
    case 0x85:
    case 0x2028:
        return LETTERS_BREAK;
    case 0x2029:
        return LETTERS_PARAGRAPH;
    case 0xAD:
    case 0x34F:
    case 0x61C:
    case 0x180E:
    case 0xFEFF:
        return LETTERS_IGNORED;
    default:
        break;
    }
    if (code >= 0x2000 && code <= 0x206F) {
        if (code <= 0x200A)
            return LETTERS_SPACE;
        if (code <= 0x200F || (code >= 0x202A && code <= 0x202E) || code >= 0x2060)
            return LETTERS_IGNORED;
        return LETTERS_OTHER;
    }
    if (code >= 0xFE00 && code <= 0xFE0F)
        return LETTERS_IGNORED;
    /* Hangul vowels and finals compose with what stands before them like marks. */
    if (code >= 0x1160 && code <= 0x11FF)
        return LETTERS_MARK;
    utf8proc_category_t category = utf8proc_category(code);
    if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO)
        return LETTERS_LETTER;
    if (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME)
        return LETTERS_MARK;
    return LETTERS_OTHER;
}

int32_t letters_fold(int32_t code)
{
    if (code < 0x80)
        return code >= 0x20 || code == '\t' || (code >= '\n' && code <= '\r') ? code : 0xFFFD;
    switch (code) {
    case 0xD0:
    case 0x189:
        return 0x110;
    case 0xF0:
        return 0x111;
    case 0x2010: /* hyphens and dashes, from hyphen to horizontal bar */
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2043:
    case 0x2212:
    case 0xFE58:
    case 0xFE63:
        return '-';
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201B:
    case 0x2032:
    case 0x2BC:
        return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x201F:
    case 0x2033:
    case 0xAB:
    case 0xBB:
        return '"';
    case 0x2044:
    case 0x2215:
        return '/';
    case 0xFFFE:
    case 0xFFFF:
        return 0xFFFD;
    default:
        break;
    }
    if (code >= 0xFF01 && code <= 0xFF5E)
        return code - 0xFEE0;
    return code;
}

bool letters_is_lower(int32_t code)
{
    return utf8proc_category(code) == UTF8PROC_CATEGORY_LL;
}

/* Vowels without and with the five tone marks, in the order of enum letters_tone. */
static const int32_t vowels[][6] = {
    {'a', 0xE0, 0xE1, 0x1EA3, 0xE3, 0x1EA1},         {'A', 0xC0, 0xC1, 0x1EA2, 0xC3, 0x1EA0},
    {0x103, 0x1EB1, 0x1EAF, 0x1EB3, 0x1EB5, 0x1EB7}, {0x102, 0x1EB0, 0x1EAE, 0x1EB2, 0x1EB4, 0x1EB6},
    {0xE2, 0x1EA7, 0x1EA5, 0x1EA9, 0x1EAB, 0x1EAD},  {0xC2, 0x1EA6, 0x1EA4, 0x1EA8, 0x1EAA, 0x1EAC},
    {'e', 0xE8, 0xE9, 0x1EBB, 0x1EBD, 0x1EB9},       {'E', 0xC8, 0xC9, 0x1EBA, 0x1EBC, 0x1EB8},
    {0xEA, 0x1EC1, 0x1EBF, 0x1EC3, 0x1EC5, 0x1EC7},  {0xCA, 0x1EC0, 0x1EBE, 0x1EC2, 0x1EC4, 0x1EC6},
    {'i', 0xEC, 0xED, 0x1EC9, 0x129, 0x1ECB},        {'I', 0xCC, 0xCD, 0x1EC8, 0x128, 0x1ECA},
    {'o', 0xF2, 0xF3, 0x1ECF, 0xF5, 0x1ECD},         {'O', 0xD2, 0xD3, 0x1ECE, 0xD5, 0x1ECC},
    {0xF4, 0x1ED3, 0x1ED1, 0x1ED5, 0x1ED7, 0x1ED9},  {0xD4, 0x1ED2, 0x1ED0, 0x1ED4, 0x1ED6, 0x1ED8},
    {0x1A1, 0x1EDD, 0x1EDB, 0x1EDF, 0x1EE1, 0x1EE3}, {0x1A0, 0x1EDC, 0x1EDA, 0x1EDE, 0x1EE0, 0x1EE2},
    {'u', 0xF9, 0xFA, 0x1EE7, 0x169, 0x1EE5},        {'U', 0xD9, 0xDA, 0x1EE6, 0x168, 0x1EE4},
    {0x1B0, 0x1EEB, 0x1EE9, 0x1EED, 0x1EEF, 0x1EF1}, {0x1AF, 0x1EEA, 0x1EE8, 0x1EEC, 0x1EEE, 0x1EF0},
    {'y', 0x1EF3, 0xFD, 0x1EF7, 0x1EF9, 0x1EF5},     {'Y', 0x1EF2, 0xDD, 0x1EF6, 0x1EF8, 0x1EF4},
};

/* The row of vowels that code stands in, and its tone in *tone; NULL if it is no Vietnamese vowel. */
static const int32_t *find_vowel(int32_t code, size_t *tone)
{
    for (size_t i = 0; i < sizeof vowels / sizeof vowels[0]; i++)
        for (size_t k = 0; k < 6; k++)
            if (vowels[i][k] == code) {
                *tone = k;
                return vowels[i];
            }
    return NULL;
}

int32_t letters_toned(int32_t code, size_t tone)
{
    for (size_t i = 0; i < sizeof vowels / sizeof vowels[0]; i++)
        if (vowels[i][0] == code)
            return vowels[i][tone];
    return 0;
}

int32_t letters_shaped(int32_t code, int32_t mark)
{
    static const struct {
        int32_t code, mark, shaped;
    } shapes[] = {{'a', 0x302, 0xE2},  {'A', 0x302, 0xC2},  {'e', 0x302, 0xEA},  {'E', 0x302, 0xCA},
                  {'o', 0x302, 0xF4},  {'O', 0x302, 0xD4},  {'a', 0x306, 0x103}, {'A', 0x306, 0x102},
                  {'o', 0x31B, 0x1A1}, {'O', 0x31B, 0x1A0}, {'u', 0x31B, 0x1B0}, {'U', 0x31B, 0x1AF}};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        if (shapes[i].code == code && shapes[i].mark == mark)
            return shapes[i].shaped;
    return 0;
}

static size_t tone_of_mark(int32_t code)
{
    switch (code) {
    case 0x300:
        return LETTERS_GRAVE;
    case 0x301:
        return LETTERS_ACUTE;
    case 0x303:
        return LETTERS_TILDE;
    case 0x309:
        return LETTERS_HOOK;
    case 0x323:
        return LETTERS_DOT;
    default:
        return LETTERS_LEVEL;
    }
}

int32_t letters_compose(int32_t code, const int32_t *marks, size_t count)
{
    size_t tone = LETTERS_LEVEL;
    for (size_t i = 0; i < count; i++) {
        size_t mark = tone_of_mark(marks[i]);
        if (mark != LETTERS_LEVEL) {
            if (tone != LETTERS_LEVEL)
                return 0;
            tone = mark;
            continue;
        }
        /* Marks above a letter keep their order, while a horn and a dot below can
         * come before or behind them. */
        if (tone != LETTERS_LEVEL && tone != LETTERS_DOT && marks[i] != LETTERS_HORN)
            return 0;
        code = letters_shaped(code, marks[i]);
    }
    return code != 0 ? letters_toned(code, tone) : 0;
}

int32_t letters_split_tone(int32_t code, size_t *tone)
{
    *tone = tone_of_mark(code);
    if (*tone != LETTERS_LEVEL)
        return 0;
    const int32_t *row = code < 0xC0 ? NULL : find_vowel(code, tone);
    return row != NULL ? row[0] : code;
}
