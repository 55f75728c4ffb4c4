#include "spelling.h"

#include <string.h>

enum { FREE_LETTERS = 3 }; /* no phrase has more; each doubles the spellings */

/* By tone. A capital without one may be a letter of an abbreviation (CNY) and stays. */
static const struct {
    const char *y, *i;
} letters[] = {{"y", "i"}, {"ý", "í"}, {"ỳ", "ì"}, {"ỷ", "ỉ"}, {"ỹ", "ĩ"}, {"ỵ", "ị"},
               {"Ý", "Í"}, {"Ỳ", "Ì"}, {"Ỷ", "Ỉ"}, {"Ỹ", "Ĩ"}, {"Ỵ", "Ị"}};

/* Whether what stands in front of a place is a consonant, as the u of qu- is. */
static bool follows_consonant(struct slice words, size_t at)
{
    const char *c = words.data + at;
    bool d = at >= 2 && (memcmp(c - 2, "đ", 2) == 0 || memcmp(c - 2, "Đ", 2) == 0);
    bool qu = at >= 2 && strchr("qQ", c[-2]) != NULL && strchr("uU", c[-1]) != NULL;
    return d || qu || (at >= 1 && strchr("bcdghklmnpqrstvxBCDGHKLMNPQRSTVX", c[-1]) != NULL);
}

static bool ends_syllable(struct slice words, size_t at)
{
    char c = at < words.length ? words.data[at] : ' ';
    return (unsigned char)c < 0x80 && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z');
}

/* The letter at a place that has another spelling: its number, or that of letters if it has none. */
static size_t find_letter(struct slice words, size_t at)
{
    size_t count = sizeof letters / sizeof *letters;
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(letters[i].y);
        if (length <= words.length - at && memcmp(words.data + at, letters[i].y, length) == 0)
            return follows_consonant(words, at) && ends_syllable(words, at + length) ? i : count;
    }
    return count;
}

/* The bits of number say which of the words' such letters are changed. */
bool spelling_other(struct slice words, unsigned number, char *result)
{
    size_t written = 0;
    if (number >= 1U << FREE_LETTERS)
        return false;
    for (size_t at = 0; at < words.length;) {
        if (written + sizeof "ỷ" > SPELLING_MAX_BYTES)
            return false;
        size_t letter = find_letter(words, at);
        bool there = letter < sizeof letters / sizeof *letters;
        if (there && (number & 1) != 0) {
            written += (size_t)(stpcpy(result + written, letters[letter].i) - (result + written));
            at += strlen(letters[letter].y);
        } else {
            result[written++] = words.data[at++];
        }
        number >>= there;
    }
    result[written] = '\0';
    return number == 0;
}
