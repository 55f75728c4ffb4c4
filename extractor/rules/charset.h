/*
 * charset.h - sets of characters that an automaton's nodes take.
 *
 * What a class or an escape holds is asked of PCRE2 itself, with the options that the rules are compiled
 * with, so that case folding and Unicode properties are the same here and there.
 */
#ifndef TRICH_RULES_CHARSET_H
#define TRICH_RULES_CHARSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/slots.h"

/* Latin, Greek, Cyrillic, signs; the rare characters from here on are all in a set or none is. */
enum { CHARSET_LIMIT = 0x3000, CHARSET_WORDS = CHARSET_LIMIT / 64 };

struct charset {
    uint64_t bits[CHARSET_WORDS];
    uint64_t lead[4]; /* bitmap of the first bytes of its characters */
    unsigned size;    /* how many of them are below CHARSET_LIMIT */
    bool beyond;      /* takes any character from CHARSET_LIMIT on */
};

struct charset_class;

/* Each different set once, known by its number. */
struct charsets {
    struct charset *items;
    size_t count, capacity;
    struct slots slots;                 /* of the items */
    uint16_t letters[CHARSET_LIMIT][2]; /* number + 1 by code point and whether case is ignored; 0: not yet */
    struct charset_class *classes;      /* those asked for */
    size_t class_count, class_capacity;
    struct slots class_slots;
    char *subject; /* all characters below CHARSET_LIMIT in a row, for asking PCRE2 */
    size_t subject_length;
};

enum { CHARSET_NONE = 0xffff };

/* NULL when out of memory. */
struct charsets *charsets_new(void);
void charsets_free(struct charsets *charsets);

/* The set of one character. CHARSET_NONE when out of memory. */
unsigned charsets_literal(struct charsets *charsets, uint32_t code, bool caseless);
/* The set of a pattern that stands for one character: [a-z], \p{Lu}, a dot. CHARSET_NONE when out of memory
 * or when PCRE2 refuses it. */
unsigned charsets_class(struct charsets *charsets, const char *pattern, size_t length, bool caseless);

/* The set of no character. CHARSET_NONE when out of memory. */
unsigned charsets_none(struct charsets *charsets);

bool charset_has(const struct charset *set, uint32_t code);

#endif
