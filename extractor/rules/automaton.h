/*
 * automaton.h - a pattern as a nondeterministic automaton over characters, good enough to tell how its
 * matches can begin. Assertions are taken as always true, unknown constructs as "anything may follow".
 */
#ifndef TRICH_RULES_AUTOMATON_H
#define TRICH_RULES_AUTOMATON_H

#include <stdint.h>

#include "../base/arena.h"

enum { CHARSET_FEW = 72 };

/* A set of characters; when there are too many to list, only their first bytes are known. */
struct charset {
    uint32_t *few; /* code points; lower case only where case is ignored, but for u-horn */
    size_t few_count;
    bool many;
    uint64_t lead[4]; /* bitmap of first bytes */
};

enum node_type { NODE_CHARACTERS, NODE_SPLIT, NODE_ACCEPT, NODE_ANYTHING };

struct node {
    enum node_type type;
    struct charset *set;     /* NODE_CHARACTERS */
    struct node *out, *out2; /* out2: NODE_SPLIT */
    size_t id;
};

struct automaton {
    struct node *start;
    size_t node_count;
};

/* pattern: as expanded. NULL only when out of memory. */
struct automaton *automaton_build(struct arena *arena, const char *pattern);

#endif
