#include "recognize.h"

#include "../base/utf8.h"
#include "letters.h"
#include "scan.h"
#include "syllable.h"

#include <string.h>

enum {
    WORD_MAX = 16,
    SAMPLE_WORDS = 120,    /* judged words are enough after so many */
    SAMPLE_BYTES = 1 << 16 /* and no text is read further than this */
};

struct score {
    size_t good, bad;
    int32_t word[WORD_MAX];
    size_t count; /* letters of the word, also where they are more than word holds */
    bool high;    /* the word has letters beyond ASCII */
};

static void end_word(struct score *score)
{
    if (score->high && (score->count > WORD_MAX || !syllable_check(score->word, score->count)))
        score->bad++;
    else if (score->high && score->count > 1) /* a lone vowel proves nothing */
        score->good++;
    score->count = 0;
    score->high = false;
}

/* Is this part of a word, or a sign that stands in words only when they are read wrongly? */
static bool is_word_part(int32_t code)
{
    if (code > 0xA0 && code < 0xC0)
        return code != 0xAB && code != 0xBB && code != 0xB0 && code != 0xB2 && code != 0xB3 && code != 0xB7;
    enum letters_class class = letters_class(code);
    return class == LETTERS_LETTER || class == LETTERS_MARK;
}

static void add_code(struct score *score, int32_t code)
{
    if (code < 0 || (code >= 0x80 && code < 0xA0)) {
        score->bad++;
        return;
    }
    if (!is_word_part(code)) {
        if (score->count > 0)
            end_word(score);
        return;
    }
    if (score->count < WORD_MAX)
        score->word[score->count] = letters_fold(code);
    score->count++;
    score->high = score->high || code >= 0x80;
}

static struct score score_encoding(const struct encoding *encoding, bool in_utf8, const char *bytes,
                                   size_t length)
{
    struct score score = {.good = 0};
    struct encodings_reader reader = encodings_reader(encoding, in_utf8, bytes, length);
    while (reader.at < length && reader.at < SAMPLE_BYTES && score.good + score.bad < SAMPLE_WORDS)
        add_code(&score, encodings_read(&reader));
    end_word(&score);
    return score;
}

static struct score score_utf8(const char *bytes, size_t length)
{
    struct score score = {.good = 0};
    size_t size;
    for (size_t at = 0; at < length && at < SAMPLE_BYTES && score.good + score.bad < SAMPLE_WORDS; at += size)
        add_code(&score, utf8_decode((const unsigned char *)bytes + at, &size));
    end_word(&score);
    return score;
}

/* The best of the encodings from first on; in *best its score. */
static const struct encoding *best_encoding(size_t first, bool in_utf8, const char *bytes, size_t length,
                                            struct score *best)
{
    const struct encoding *found = NULL;
    *best = (struct score){.good = 0};
    for (size_t i = first; i < ENCODINGS_COUNT; i++) {
        struct score score = score_encoding(&encodings[i], in_utf8, bytes, length);
        /* Names and foreign words are never all well-formed, but in a wrong encoding most words are bad. */
        if (score.good == 0 || score.bad * 4 > score.good)
            continue;
        if (found == NULL || score.good + best->bad * 4 > best->good + score.bad * 4) {
            found = &encodings[i];
            *best = score;
        }
    }
    return found;
}

const struct encoding *recognize_bytes(const char *bytes, size_t length)
{
    /*
     * Valid characters of several bytes hardly come about by chance, and the first two bytes of ạ, ế and the
     * like never do: in no other encoding do they stand for a pair that words have.
     */
    size_t invalid = 0;
    size_t valid = 0;
    for (size_t at = 0; at < length && at < SAMPLE_BYTES;) {
        const unsigned char *b = (const unsigned char *)bytes + at;
        size_t size = utf8_character(b, length - at);
        if (length - at > 1 && b[0] == 0xE1 && (b[1] == 0xBA || b[1] == 0xBB))
            return NULL;
        valid += size > 1;
        invalid += size == 0;
        at += size > 0 ? size : 1;
    }
    if (valid > invalid)
        return NULL;
    struct score score;
    return best_encoding(0, false, bytes, length, &score);
}

const struct encoding *recognize_latin1(const char *bytes, size_t length)
{
    const unsigned char *b = (const unsigned char *)bytes;
    bool latin1 = false;
    for (size_t i = 0; i + 1 < length; i++) {
        if (b[i] < 0xC0)
            continue;
        /* Letters with a hook, a horn or a dot, ă, đ: here is Vietnamese. Latin-1 has none of them. */
        if ((b[i] == 0xE1 && (b[i + 1] == 0xBA || b[i + 1] == 0xBB)) || (b[i] >= 0xC4 && b[i] <= 0xC6) ||
            b[i] == 0xCC)
            return NULL;
        latin1 = latin1 || b[i] < 0xC4;
    }
    if (!latin1)
        return NULL;
    struct score as_is = score_utf8(bytes, length);
    if (as_is.bad <= as_is.good)
        return NULL;
    struct score best;
    const struct encoding *found = best_encoding(ENCODINGS_TCVN3, true, bytes, length, &best);
    /* One misspelt word alone may well look like another one in another encoding. */
    return best.good >= 2 && best.good > as_is.bad / 2 ? found : NULL;
}

char recognize_utf16(const char *bytes, size_t length)
{
    enum { SAMPLE = 512, QUICK = 64 };
    /* ASCII is most of Vietnamese text, so one half of the bytes has many NULs and the other has none. */
    if (length < 4 || memchr(bytes, '\0', length < QUICK ? length : QUICK) == NULL)
        return 0;
    size_t nuls[2] = {0, 0};
    size_t count = length < SAMPLE ? length : SAMPLE;
    for (size_t i = 0; i < count; i++)
        nuls[i % 2] += bytes[i] == '\0';
    if (nuls[0] == 0 && nuls[1] * 5 > count)
        return 'L';
    if (nuls[1] == 0 && nuls[0] * 5 > count)
        return 'B';
    return 0;
}
