/*
 * syntax.h - a pattern as a tree, from which the automaton (automaton.h) and the programs (program.h) are
 * made.
 */
#ifndef TRICH_RULES_SYNTAX_H
#define TRICH_RULES_SYNTAX_H

#include "../base/arena.h"
#include "../base/slice.h"
#include "charset.h"

enum tree_type {
    TREE_EMPTY,      /* takes nothing and asks nothing */
    TREE_SET,        /* one character of a set */
    TREE_SEQUENCE,   /* of its children */
    TREE_CHOICE,     /* one of its children */
    TREE_REPEAT,     /* its child, minimum to maximum times */
    TREE_CAPTURE,    /* its child, the stretch noted under a name, if it has one */
    TREE_ATOMIC,     /* its child, the first way it matches: (?>…) */
    TREE_AHEAD,      /* its child follows, but is not taken: (?=…) */
    TREE_BEHIND,     /* its child stands in front: (?<=…) */
    TREE_NOT_AHEAD,  /* (?!…) */
    TREE_NOT_BEHIND, /* (?<!…) */
    TREE_EDGE,       /* of a word: \b */
    TREE_NOT_EDGE,   /* \B */
    TREE_START,      /* of the text: ^ */
    TREE_END,        /* of the text, or the line break that ends it: $ */
    TREE_VERY_END,   /* \z */
    TREE_IF,         /* its child's first way if a capture was noted, else its second: (?(1)…|…) */
    TREE_CALL,       /* what a capture holds, here too, and noted under no name: (?1), (?&name) */
    TREE_DEFINE,     /* its child is only there to be called: (?(DEFINE)…) */
    TREE_ANYTHING    /* not understood */
};

/* What a repeat tries first. */
enum greed {
    GREEDY,    /* the most */
    LAZY,      /* the least */
    POSSESSIVE /* the most, and nothing else */
};

struct tree {
    enum tree_type type;
    unsigned set;                     /* number in the charsets */
    struct tree *first, *last, *next; /* children; siblings */
    int minimum, maximum;             /* maximum -1: without end */
    enum greed greed;
    struct slice name;    /* of a capture, or of the one that is called; borrowed from the pattern */
    unsigned long number; /* of the capture that is called, or asked for; 0: by name */
    size_t size;          /* sets in it, but for what may not stand there */
    bool wide;            /* one of them has many characters: any letter, say */
};

enum { SYNTAX_CAPTURES = 64 };

/* What patterns are parsed with: their sets, and memory for one tree. */
struct syntax {
    struct arena arena;
    struct charsets *charsets;
    const struct tree *captures[SYNTAX_CAPTURES]; /* of that tree: by their number, less 1 */
    size_t capture_count;                         /* captures beyond the room are counted too */
};

/* False when out of memory; to be cleared anyway. */
bool syntax_init(struct syntax *syntax);
void syntax_clear(struct syntax *syntax);

/*
 * pattern: as expanded, and one that PCRE2 compiles. exact: the tree says all that the pattern does, if it
 * has no TREE_ANYTHING. The tree lives until the next one. NULL when out of memory.
 */
const struct tree *syntax_parse(struct syntax *syntax, const char *pattern, bool *exact);
/* The capture that a TREE_CALL or TREE_IF of that tree means; NULL if it is not known. */
const struct tree *syntax_capture(const struct syntax *syntax, const struct tree *tree);

#endif
