/*
 * prepared.h - the built-in rules as the build has worked them out (rules/prepare.c writes build/prepared.c
 * and .bin): expanded patterns, contexts, the automaton, programs, tables with their indices. Starting reads
 * nothing and derives nothing.
 */
#ifndef TRICH_RULES_PREPARED_H
#define TRICH_RULES_PREPARED_H

#include "automaton.h"
#include "program.h"

struct prepared {
    struct rule *const *rules; /* static: never freed */
    size_t rule_count;
    struct rule **after[KIND_CUSTOM + 1];
    const struct automaton *automaton;
    const struct programs *programs;
    const struct table *tables; /* static, too */
    size_t table_count;
};

extern const struct prepared prepared_rules;
extern const unsigned char prepared_bytes[]; /* patterns, serialized; the arrays of programs and tables */

#endif
