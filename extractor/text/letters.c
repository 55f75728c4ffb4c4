#include "letters.h"

#include <string.h>
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

/* Vowels without and with the five tone marks: grave, acute, hook, tilde, dot below. */
static const int32_t vowels[][6] = {
    {'a', 0xE0, 0xE1, 0x1EA3, 0xE3, 0x1EA1},     {'A', 0xC0, 0xC1, 0x1EA2, 0xC3, 0x1EA0},
    {'e', 0xE8, 0xE9, 0x1EBB, 0x1EBD, 0x1EB9},   {'E', 0xC8, 0xC9, 0x1EBA, 0x1EBC, 0x1EB8},
    {'o', 0xF2, 0xF3, 0x1ECF, 0xF5, 0x1ECD},     {'O', 0xD2, 0xD3, 0x1ECE, 0xD5, 0x1ECC},
    {'u', 0xF9, 0xFA, 0x1EE7, 0x169, 0x1EE5},    {'U', 0xD9, 0xDA, 0x1EE6, 0x168, 0x1EE4},
    {'y', 0x1EF3, 0xFD, 0x1EF7, 0x1EF9, 0x1EF5}, {'Y', 0x1EF2, 0xDD, 0x1EF6, 0x1EF8, 0x1EF4},
};

/* The row of vowels that code stands in, and its tone in *tone; NULL if it is none of them. */
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

/* Is codes[0..count) what a Vietnamese syllable may begin with, in front of oa, oe, uy? */
static bool is_onset(const int32_t *codes, size_t count)
{
    static const char onsets[] = " b c ch d h k kh l m n ng ngh nh p ph r s t th tr v x g gh ";
    char text[8] = " ";
    size_t length = 1;
    if (count == 0)
        return true;
    if (count == 1 && (codes[0] == 0x110 || codes[0] == 0x111))
        return true;
    if (count > 3)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (codes[i] >= 0x80)
            return false;
        text[length++] = (char)(codes[i] | 0x20);
    }
    text[length++] = ' ';
    text[length] = '\0';
    return strstr(onsets, text) != NULL;
}

bool letters_place_tones(int32_t *codes, size_t count, bool whole)
{
    /* Only an open syllable moves its mark, thus the pair ends the word. */
    if (count < 2 || !whole)
        return false;
    size_t tone = 0;
    size_t first_tone = 0;
    const int32_t *second = find_vowel(codes[count - 1], &tone);
    const int32_t *first = find_vowel(codes[count - 2], &first_tone);
    if (second == NULL || first == NULL || tone == 0 || first_tone != 0)
        return false;
    int32_t a = first[0] | 0x20;
    int32_t b = second[0] | 0x20;
    if (!(a == 'o' && (b == 'a' || b == 'e')) && !(a == 'u' && b == 'y'))
        return false;
    /* q is no onset: in quý the u belongs to it. */
    if (!is_onset(codes, count - 2))
        return false;
    codes[count - 2] = first[tone];
    codes[count - 1] = second[0];
    return true;
}
