#include "syllable.h"

#include "../base/utf8.h"
#include "letters.h"

#include <string.h>

enum { SYLLABLE_MAX = 7, KEY_MAX = 32 };

/*
 * The letters of Quốc ngữ's syllables, as any primer has them: a closed set that no document adds to. They
 * are no table under rules/, since they decide how bytes become text, before and whatever the rules. Held
 * against the 6.5 million words with letters beyond ASCII in 13,417 news articles, they refuse 0.2 %:
 * abbreviations (ĐT), foreign words (ôtô) and names out of other languages (Đắk).
 *
 * Words of the lists stand between blanks, so that strstr finds whole ones.
 */
static const char onsets[] = " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x ";
static const char codas[] = " c ch m n ng nh p t ";
static const char stops[] = " c ch p t ";
/* Nuclei of syllables that end in a vowel, and of those that end in a consonant. */
static const char open_nuclei[] = " a ai ao au ay âu ây e eo ê êu i ia iu iêu o oa oai oao oay oe oeo oi ô "
                                  "ôi ơ ơi u ua uâ uây uê uêu ui uô uôi uơ uy uya "
                                  "uyu ư ưa ưi ưu ươi ươu y yêu ";
static const char closed_nuclei[] = " a ă â e ê i iê o oa oă oe oo ô ơ u uâ uê uô uy uyê ư ươ y yê ";

/* The letters as a word of a list, in UTF-8 between blanks. */
static bool is_in(const char *list, const int32_t *letters, size_t count)
{
    char key[KEY_MAX] = " ";
    size_t length = 1;
    for (size_t i = 0; i < count; i++)
        length += utf8_encode(letters[i], (unsigned char *)key + length);
    key[length++] = ' ';
    key[length] = '\0';
    return count > 0 && strstr(list, key) != NULL;
}

static bool is_rhyme(const int32_t *letters, size_t count, size_t tone)
{
    if (is_in(open_nuclei, letters, count))
        return true;
    for (size_t coda = 1; coda <= 2 && coda < count; coda++) {
        const int32_t *end = letters + count - coda;
        if (is_in(codas, end, coda) && is_in(closed_nuclei, letters, count - coda))
            return !is_in(stops, end, coda) || tone == LETTERS_ACUTE || tone == LETTERS_DOT;
    }
    return false;
}

/* Can codes (letters in either case) stand before oa, oe, uy in a syllable? Nothing at all can. */
static bool is_onset(const int32_t *codes, size_t count)
{
    int32_t letters[3];
    if (count == 0)
        return true;
    if (count > 3)
        return false;
    for (size_t i = 0; i < count; i++) {
        letters[i] = utf8_lower(codes[i]);
        if (letters[i] > 0x7FF)
            return false;
    }
    /* gi and qu hold a vowel letter of their own, so that oa, oe, uy never follow them. */
    return letters[count - 1] != 'i' && letters[count - 1] != 'u' && is_in(onsets, letters, count);
}

bool syllable_place_tones(int32_t *codes, size_t count, bool whole)
{
    /* Only an open syllable moves its mark, thus the pair ends the word. */
    if (count < 2 || !whole)
        return false;
    int32_t first = codes[count - 2];
    int32_t vowel = utf8_lower(first);
    if ((vowel != 'o' && vowel != 'u') || codes[count - 1] < 0x80)
        return false;
    size_t tone = LETTERS_LEVEL;
    int32_t second = letters_split_tone(codes[count - 1], &tone);
    int32_t with = utf8_lower(second);
    if (tone == LETTERS_LEVEL || !(vowel == 'o' ? with == 'a' || with == 'e' : with == 'y'))
        return false;
    /* q is no onset: in quý the u belongs to it. */
    if (!is_onset(codes, count - 2))
        return false;
    codes[count - 2] = letters_toned(first, tone);
    codes[count - 1] = second;
    return true;
}

bool syllable_check(const int32_t *codes, size_t count)
{
    int32_t letters[SYLLABLE_MAX];
    size_t length = 0;
    size_t tone = LETTERS_LEVEL;
    bool seen_small = false;
    for (size_t i = 0; i < count; i++) {
        size_t mark = LETTERS_LEVEL;
        int32_t code = letters_split_tone(codes[i], &mark);
        if (mark != LETTERS_LEVEL && tone != LETTERS_LEVEL)
            return false;
        if (mark != LETTERS_LEVEL)
            tone = mark;
        if (code == 0) /* a mark that stands apart */
            continue;
        int32_t small = utf8_lower(code);
        if (small != code && seen_small)
            return false;
        seen_small = seen_small || small == code;
        if (length == SYLLABLE_MAX || small > 0x7FF)
            return false;
        letters[length++] = small;
    }
    for (size_t onset = 0; onset <= 3 && onset < length; onset++)
        if ((onset == 0 || is_in(onsets, letters, onset)) && is_rhyme(letters + onset, length - onset, tone))
            return true;
    return false;
}
