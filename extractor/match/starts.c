#include "starts.h"

#include <stdbool.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* clang-format off */
#define S BYTE_SIGN
#define L BYTE_LETTER
#define D BYTE_DIGIT
#define C BYTE_CONTINUE
#define B BYTE_SPACE
#define ROW(x) x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x
const unsigned char byte_classes[256] = {
    ROW(B), ROW(B),                                 /* controls, with '\n' */
    B, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, /* blank ! " # ... */
    D, D, D, D, D, D, D, D, D, D, S, S, S, S, S, S, /* 0-9 : ; < = > ? */
    S, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* @ A-O */
    L, L, L, L, L, L, L, L, L, L, L, S, S, S, S, S, /* P-Z [ \ ] ^ _ */
    S, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* ` a-o */
    L, L, L, L, L, L, L, L, L, L, L, S, S, S, S, S, /* p-z { | } ~ DEL */
    ROW(C), ROW(C), ROW(C), ROW(C),
    S, S, S, L, L, L, L, L, L, L, L, L, L, L, L, L, /* C2: Latin-1 signs; C3 and on: letters */
    ROW(L),
    L, L, S, S, L, L, L, L, L, L, L, L, L, L, S, S, /* E2, E3: punctuation, symbols; EE, EF: private, forms */
    ROW(S)};
#undef S
#undef L
#undef D
#undef C
#undef B
#undef ROW
/* clang-format on */

/* The class of the character that the byte before `at` belongs to; BYTE_SPACE at the start of the text. */
static enum byte_class class_before(const char *text, size_t at)
{
    while (at > 0) {
        enum byte_class class = byte_classes[(unsigned char)text[--at]];
        if (class != BYTE_CONTINUE)
            return class;
    }
    return BYTE_SPACE;
}

uint64_t starts_in_block_portable(const char *text, size_t length, size_t at)
{
    uint64_t starts = 0;
    size_t end = length - at < STARTS_BLOCK ? length : at + STARTS_BLOCK;
    enum byte_class before = class_before(text, at);
    for (size_t i = at; i < end; i++) {
        enum byte_class class = byte_classes[(unsigned char)text[i]];
        if (class == BYTE_CONTINUE)
            continue;
        if (class == BYTE_SIGN || ((class == BYTE_LETTER || class == BYTE_DIGIT) && class != before))
            starts |= (uint64_t)1 << (i - at);
        before = class;
    }
    return starts;
}

#if defined(__SSE2__)

/* Bytes from `from` to `to`, as signed bytes (0x80 and above are negative). */
static __m128i in_range(__m128i bytes, int from, int to)
{
    __m128i above = _mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(from - 1)));
    __m128i below = _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)(to + 1)));
    return _mm_and_si128(above, below);
}

struct masks {
    uint64_t letters, digits, continuations, spaces;
};

static struct masks classify(const char *block)
{
    struct masks masks = {0, 0, 0, 0};
    for (int i = 0; i < 4; i++) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(block + 16 * i));
        __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        __m128i letters = in_range(lower, 'a', 'z');
        /* C3..E1 and E4..ED: lead bytes of letters */
        letters = _mm_or_si128(letters, in_range(bytes, -0x3d, -0x1f));
        letters = _mm_or_si128(letters, in_range(bytes, -0x1c, -0x13));
        __m128i digits = in_range(bytes, '0', '9');
        __m128i continuations = _mm_cmplt_epi8(bytes, _mm_set1_epi8(-0x40));
        __m128i spaces = in_range(bytes, 0, ' ');
        masks.letters |= (uint64_t)(unsigned)_mm_movemask_epi8(letters) << 16 * i;
        masks.digits |= (uint64_t)(unsigned)_mm_movemask_epi8(digits) << 16 * i;
        masks.continuations |= (uint64_t)(unsigned)_mm_movemask_epi8(continuations) << 16 * i;
        masks.spaces |= (uint64_t)(unsigned)_mm_movemask_epi8(spaces) << 16 * i;
    }
    return masks;
}

uint64_t starts_in_block(const char *text, size_t length, size_t at)
{
    char padded[STARTS_BLOCK];
    const char *block = text + at;
    uint64_t counted = UINT64_MAX;
    if (length - at < STARTS_BLOCK) {
        memset(padded, ' ', sizeof padded);
        memcpy(padded, block, length - at);
        block = padded;
        counted = ((uint64_t)1 << (length - at)) - 1;
    }
    struct masks masks = classify(block);
    enum byte_class before = at == 0 ? BYTE_SPACE : class_before(text, at);
    uint64_t letter_before = before == BYTE_LETTER;
    uint64_t digit_before = before == BYTE_DIGIT;
    uint64_t letters = masks.letters;
    /* a character has at most three bytes behind its first */
    for (int i = 0; i < 3; i++)
        letters |= (letters << 1 | letter_before) & masks.continuations;
    uint64_t signs = ~(letters | masks.digits | masks.spaces | masks.continuations);
    return ((letters & ~(letters << 1 | letter_before) & ~masks.continuations) |
            (masks.digits & ~(masks.digits << 1 | digit_before)) | signs) &
           counted;
}

#else

uint64_t starts_in_block(const char *text, size_t length, size_t at)
{
    return starts_in_block_portable(text, length, at);
}

#endif
