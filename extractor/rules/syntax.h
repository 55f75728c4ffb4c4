/*
 * syntax.h - a pattern as a tree of what it can take, as far as an automaton needs to know (automaton.h).
 */
#ifndef TRICH_RULES_SYNTAX_H
#define TRICH_RULES_SYNTAX_H

#include "../base/arena.h"
#include "charset.h"

enum tree_type {
    TREE_EMPTY,    /* assertions */
    TREE_SET,      /* one character of a set */
    TREE_SEQUENCE, /* of its children */
    TREE_CHOICE,   /* one of its children */
    TREE_REPEAT,   /* its child, minimum to maximum times */
    TREE_AHEAD,    /* its child follows, but is not taken: (?=…) */
    TREE_BEHIND,   /* its child stands in front: (?<=…) */
    TREE_ANYTHING  /* not understood */
};

struct tree {
    enum tree_type type;
    unsigned set;                     /* number in the charsets */
    struct tree *first, *last, *next; /* children; siblings */
    int minimum, maximum;             /* maximum -1: without end */
    size_t size;                      /* sets in it */
    bool wide;                        /* one of them has many characters: any letter, say */
};

/* pattern: as expanded, and one that PCRE2 compiles. NULL when out of memory. */
const struct tree *syntax_parse(struct arena *arena, struct charsets *charsets, const char *pattern);

#endif
