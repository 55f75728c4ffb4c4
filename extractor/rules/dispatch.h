/*
 * dispatch.h - which rules can start at a place of the text, derived from the rules' patterns.
 *
 * A candidate starts at the first byte of a run of letters, at the first of a run of digits, or at a sign.
 * For letters the first word, then the second, select the rules; for digits the byte behind the run; for
 * signs (and for patterns too free to be pinned down) the first byte. What is derived never loses a match: on
 * anything it does not understand it falls back to a wider test. Whoever writes a rule need not know of it.
 */
#ifndef TRICH_RULES_DISPATCH_H
#define TRICH_RULES_DISPATCH_H

#include <stdint.h>

#include "rules.h"

/* Classes of bytes in a normalized text. */
enum byte_class {
    BYTE_SPACE,  /* ' ', '\n' and controls */
    BYTE_LETTER, /* ASCII letters, lead bytes of other letters and marks */
    BYTE_DIGIT,
    BYTE_SIGN,    /* ASCII punctuation, lead bytes of symbols (C2, E2, EF, F0…) */
    BYTE_CONTINUE /* inside a character: of its lead's class */
};

extern const unsigned char byte_classes[256];

enum { WORD_KEY_BYTES = 8 };

struct dispatch_entry {
    uint64_t key;                /* 0: free */
    const unsigned short *rules; /* indices into rules->rules, ended by DISPATCH_END */
    bool second;                 /* the second word selects further rules */
};

enum { DISPATCH_END = 0xffff };

struct dispatch_table {
    struct dispatch_entry *entries;
    size_t size; /* a power of two */
    size_t count;
};

enum { DISPATCH_FILTER_BITS = 1 << 16 };

struct dispatch {
    uint64_t filter[DISPATCH_FILTER_BITS / 64]; /* of first words: tells most words that start no rule */
    struct dispatch_table first, second;        /* by first word; by both words */
    const unsigned short
        *by_byte[256]; /* rules to try at a letter or sign with that first byte; NULL if none */
    const unsigned short
        *by_digit[256];        /* rules to try at a digit run with that byte behind (0: end of text) */
    const unsigned short *all; /* every RULE_FIND rule */
};

/*
 * Key of the word of that many bytes, up to case: a filter, so different words may share one, but no word
 * has two. readable: bytes from word on that may be read.
 */
uint64_t dispatch_word_key(const char *word, size_t length, size_t readable);
uint64_t dispatch_pair_key(uint64_t first, uint64_t second);
bool dispatch_may_start(const struct dispatch *dispatch, uint64_t key);
const struct dispatch_entry *dispatch_find(const struct dispatch_table *table, uint64_t key);

struct dispatch *dispatch_build(const struct rules *rules, struct trich_error *error);
void dispatch_free(struct dispatch *dispatch);

#endif
