#include "scan.h"

#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "../base/array.h"
#include "../base/utf8.h"

enum { BLOCK = 64 };

/* What the bytes of a block are; bit i is byte i. */
struct block {
    uint64_t leads, leads3; /* C0-FF, E0-FF */
    uint64_t continuations; /* 80-BF */
    uint64_t suspicious;
    uint64_t vowel_pairs; /* C3 or E1 behind o or u: to be looked at for old tone marks */
};

void scan_init(struct scan *scan)
{
    *scan = (struct scan){NULL, 0, 0, 0};
}

void scan_clear(struct scan *scan)
{
    free(scan->places);
    scan_init(scan);
}

/* ---- single characters ---------------------------------------------------------------------------- */

/* Is this à á ả ã ạ è é ẻ ẽ ẹ, in either case? size becomes its length. */
static bool is_marked_a_e(const unsigned char *bytes, size_t left, size_t *size)
{
    if (left >= 2 && bytes[0] == 0xC3) {
        unsigned char letter = bytes[1] & 0xDF; /* small letters are 20 higher */
        *size = 2;
        return letter == 0x80 || letter == 0x81 || letter == 0x83 || letter == 0x88 || letter == 0x89;
    }
    if (left >= 3 && bytes[0] == 0xE1 && bytes[1] == 0xBA) {
        unsigned char letter = bytes[2] | 1; /* small letters are 1 higher */
        *size = 3;
        return letter == 0xA1 || letter == 0xA3 || letter == 0xB9 || letter == 0xBB || letter == 0xBD;
    }
    return false;
}

/* The same for ỳ ý ỷ ỹ ỵ. */
static bool is_marked_y(const unsigned char *bytes, size_t left, size_t *size)
{
    if (left >= 2 && bytes[0] == 0xC3) {
        *size = 2;
        return (bytes[1] & 0xDF) == 0x9D;
    }
    if (left >= 3 && bytes[0] == 0xE1 && bytes[1] == 0xBB) {
        unsigned char letter = bytes[2] | 1;
        *size = 3;
        return letter == 0xB3 || letter == 0xB5 || letter == 0xB7 || letter == 0xB9;
    }
    return false;
}

/* At C3 or E1 behind o or u: may this be the second vowel of an open oa, oe, uy with the mark on it? */
static bool is_old_mark(const unsigned char *bytes, size_t length, size_t i)
{
    size_t size = 0;
    if ((bytes[i - 1] | 0x20) == 'o') {
        if (!is_marked_a_e(bytes + i, length - i, &size))
            return false;
    } else if (!is_marked_y(bytes + i, length - i, &size) || (i >= 2 && (bytes[i - 2] | 0x20) == 'q'))
        return false;
    if (i + size >= length)
        return true;
    unsigned char next = bytes[i + size] | 0x20;
    return next < 'a' || next > 'z';
}

/* ---- blocks --------------------------------------------------------------------------------------- */

/* block[-1] is the byte before it (0 at the start of the text) and can be read; so can BLOCK bytes from block
 * on. */
typedef struct block classify_block(const unsigned char *block);

static struct block classify_portable(const unsigned char *block)
{
    struct block is = {0, 0, 0, 0, 0};
    for (int i = 0; i < BLOCK; i++) {
        unsigned char byte = block[i];
        unsigned char before = block[i - 1];
        bool white_before = before == ' ' || before == '\n';
        uint64_t bit = (uint64_t)1 << i;
        bool suspicious = false;
        if (byte < 0x80)
            suspicious = (byte < ' ' && byte != '\n') || byte == '&' || byte == '\\' || byte == '*' ||
                         (byte == ' ' && white_before) || (byte == '\n' && (white_before || before == '-'));
        else if (byte < 0xC0) {
            is.continuations |= bit;
            suspicious = ((byte & 0xDF) == 0x90 && before == 0xC3) || (byte == 0x89 && before == 0xC6) ||
                         ((byte & 0xFE) != 0xBA && before == 0xE1);
        } else {
            is.leads |= bit;
            is.leads3 |= byte >= 0xE0 ? bit : 0;
            suspicious = byte < 0xC3 || (byte > 0xC6 && byte != 0xE1);
            if ((byte == 0xC3 || byte == 0xE1) && ((before | 0x20) == 'o' || (before | 0x20) == 'u'))
                is.vowel_pairs |= bit;
        }
        is.suspicious |= suspicious ? bit : 0;
    }
    return is;
}

#ifdef __SSE2__
static inline __m128i equal(__m128i bytes, int byte)
{
    return _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)byte));
}

static inline __m128i or3(__m128i a, __m128i b, __m128i c)
{
    return _mm_or_si128(a, _mm_or_si128(b, c));
}

static struct block classify_sse2(const unsigned char *block)
{
    struct block is = {0, 0, 0, 0, 0};
    for (int i = 0; i < BLOCK; i += 16) {
        __m128i now = _mm_loadu_si128((const __m128i *)(const void *)(block + i));
        __m128i before = _mm_loadu_si128((const __m128i *)(const void *)(block + i - 1));
        /* SSE2 compares signed: with the sign bit turned the order is that of unsigned bytes. */
        __m128i ordered = _mm_xor_si128(now, _mm_set1_epi8((char)0x80));
#define ABOVE(byte) _mm_cmpgt_epi8(ordered, _mm_set1_epi8((char)((byte) ^ 0x80)))
        __m128i lead = ABOVE(0xBF);
        __m128i is_e1 = equal(now, 0xE1);
        __m128i before_e1 = equal(before, 0xE1);
        __m128i newline = equal(now, '\n');
        __m128i white = _mm_or_si128(newline, equal(now, ' '));
        __m128i white_before = _mm_or_si128(equal(before, '\n'), equal(before, ' '));
        __m128i odd_lead =
            _mm_or_si128(_mm_andnot_si128(ABOVE(0xC2), lead), _mm_andnot_si128(is_e1, ABOVE(0xC6)));
        __m128i control =
            _mm_andnot_si128(newline, _mm_cmplt_epi8(ordered, _mm_set1_epi8((char)(' ' ^ 0x80))));
        __m128i spaces =
            _mm_or_si128(_mm_and_si128(white, white_before), _mm_and_si128(newline, equal(before, '-')));
        __m128i eth =
            _mm_and_si128(equal(before, 0xC3), equal(_mm_and_si128(now, _mm_set1_epi8((char)0xDF)), 0x90));
        __m128i african = _mm_and_si128(equal(before, 0xC6), equal(now, 0x89));
        __m128i other_e1 =
            _mm_andnot_si128(equal(_mm_and_si128(now, _mm_set1_epi8((char)0xFE)), 0xBA), before_e1);
        __m128i suspicious = or3(or3(odd_lead, control, spaces), or3(eth, african, other_e1),
                                 or3(equal(now, '&'), equal(now, '\\'), equal(now, '*')));
        __m128i small = _mm_or_si128(before, _mm_set1_epi8(0x20));
        __m128i pair = _mm_and_si128(_mm_or_si128(is_e1, equal(now, 0xC3)),
                                     _mm_or_si128(equal(small, 'o'), equal(small, 'u')));
#define MASK(vector) ((uint64_t)(uint32_t)_mm_movemask_epi8(vector) << i)
        uint64_t high = MASK(now);
        is.leads |= MASK(lead);
        is.leads3 |= MASK(ABOVE(0xDF));
        is.continuations |= high;
        is.suspicious |= MASK(suspicious);
        is.vowel_pairs |= MASK(pair);
#undef MASK
#undef ABOVE
    }
    is.continuations &= ~is.leads;
    return is;
}
#endif

static bool add_places(struct scan *scan, size_t base, uint64_t mask)
{
    if (!array_grow(&scan->places, &scan->capacity, scan->count + 1, sizeof *scan->places))
        return false;
    scan->places[scan->count++] = (struct scan_places){base, mask};
    return true;
}

/* What is before and behind the text does not count. */
static inline struct block block_at(const unsigned char *bytes, size_t length, size_t base,
                                    classify_block *classify)
{
    if (base > 0 && length - base >= BLOCK)
        return classify(bytes + base);
    unsigned char copy[1 + BLOCK] = {0};
    size_t count = length - base < BLOCK ? length - base : BLOCK;
    copy[0] = base > 0 ? bytes[base - 1] : 0;
    memcpy(copy + 1, bytes + base, count);
    /* Blanks would look like a run, NULs like control characters: letters are never suspicious. */
    memset(copy + 1 + count, 'a', BLOCK - count);
    return classify(copy + 1);
}

/* All leads that call for a closer check are suspicious anyway, and so are those of four bytes, which are
 * noted. */
static inline bool check_leads(const unsigned char *bytes, size_t length, size_t base, const struct block *is,
                               uint64_t *leads4)
{
    bool good = true;
    *leads4 = 0;
    for (uint64_t odd = is->suspicious & is->leads; odd != 0; odd &= odd - 1) {
        size_t at = base + scan_lowest(odd);
        size_t size = utf8_character(bytes + at, length - at);
        good = good && size > 0;
        *leads4 |= size == 4 ? odd & -odd : 0;
    }
    return good;
}

static inline bool scan_blocks(struct scan *scan, const unsigned char *bytes, size_t length,
                               classify_block *classify)
{
    scan->count = 0;
    scan->valid = length;
    uint64_t carried = 0; /* continuation bytes that characters of the blocks before still need */
    for (size_t base = 0; base < length; base += BLOCK) {
        struct block is = block_at(bytes, length, base, classify);
        uint64_t mask = is.suspicious;
        for (uint64_t pairs = is.vowel_pairs; pairs != 0; pairs &= pairs - 1)
            if (is_old_mark(bytes, length, base + scan_lowest(pairs)))
                mask |= pairs & -pairs;
        uint64_t leads4;
        bool good = check_leads(bytes, length, base, &is, &leads4);
        uint64_t expected = is.leads << 1 | is.leads3 << 2 | leads4 << 3 | carried;
        carried = is.leads >> 63 | is.leads3 >> 62 | leads4 >> 61;
        good = good && expected == is.continuations;
        if (!good) {
            size_t start = base < 3 ? 0 : base - 3;
            while (start > 0 && start < base && utf8_is_inside(bytes[start]))
                start++;
            scan->valid = start + utf8_valid(bytes + start, length - start);
            return true;
        }
        if (mask != 0 && !add_places(scan, base, mask))
            return false;
    }
    if (carried != 0) {
        size_t start = length - 3 < length ? length - 3 : 0;
        while (utf8_is_inside(bytes[start]))
            start++;
        scan->valid = start + utf8_valid(bytes + start, length - start);
    }
    return true;
}

bool scan_text_portable(struct scan *scan, const char *bytes, size_t length)
{
    return scan_blocks(scan, (const unsigned char *)bytes, length, classify_portable);
}

bool scan_text(struct scan *scan, const char *bytes, size_t length)
{
#ifdef __SSE2__
    return scan_blocks(scan, (const unsigned char *)bytes, length, classify_sse2);
#else
    return scan_text_portable(scan, bytes, length);
#endif
}
