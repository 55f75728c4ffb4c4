/*
 * automaton.h - the patterns of all rules as one nondeterministic automaton over characters (Thompson, 1968),
 * from which a deterministic one is made while it is used (dfa.h). It tells which rules can match at a place,
 * never fewer than do: assertions are taken as true, long repeats as endless, what is not understood as
 * "anything".
 */
#ifndef TRICH_RULES_AUTOMATON_H
#define TRICH_RULES_AUTOMATON_H

#include "rules.h"
#include "syntax.h"

enum node_type {
    NODE_CHARACTER, /* one of charset `value`, then out */
    NODE_SPLIT,     /* out or `value` */
    NODE_ACCEPT     /* rule `value` can match */
};

struct node {
    uint32_t out;
    unsigned type : 2, value : 30;
};

enum { NODE_NONE = 0xffffffff };

struct automaton {
    const struct node *nodes;
    size_t node_count;
    const struct charset *charsets; /* borrowed */
    size_t charset_count;
    const uint32_t
        *starts; /* node by the rule's index; of a context at starts what stands in front, backwards */
    const uint32_t *bases; /* the rule's first node; the nodes of a rule stand together, rules in order */
    size_t rule_count;
    bool fixed; /* part of the program: not to be freed */
};

/* syntax: its charsets must live on. NULL, and the error set, when out of memory. */
struct automaton *automaton_build(const struct rules *rules, struct syntax *syntax,
                                  struct trich_error *error);
/* NULL is allowed. */
void automaton_free(struct automaton *automaton);

#endif
