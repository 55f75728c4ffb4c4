/*
 * dfa.h - which patterns can match at a place: the automaton of all rules, made deterministic while it is
 * used, one state per set of nodes that the text so far leads to (the model is RE2's and Rust's lazy DFA).
 *
 * A place costs some steps through a table, however many rules and names there are. What is found is what can
 * match; PCRE2 then tells what does.
 */
#ifndef TRICH_RULES_DFA_H
#define TRICH_RULES_DFA_H

#include "automaton.h"

/* Which rules are asked about: those of a role, and of a kind where each kind has its own. */
enum {
    DFA_FIND,
    DFA_AFTER,                               /* + kind */
    DFA_START = DFA_AFTER + KIND_CUSTOM + 1, /* + kind: contexts at starts */
    DFA_END = DFA_START + KIND_CUSTOM + 1,   /* + kind: contexts at ends */
    DFA_ENTRIES = DFA_END + KIND_CUSTOM + 1
};

struct dfa;

/* Working memory of one thread. NULL when out of memory. rules must have its automaton and outlive it. */
struct dfa *dfa_new(const struct rules *rules);
void dfa_free(struct dfa *dfa);
/* Before each text: when the states have become too many, starts over. False when out of memory. */
bool dfa_refresh(struct dfa *dfa);

enum { DFA_SIFT_BLOCKS = 16 };

/*
 * Of the places where words, numbers or signs start, a bit each for a text's first blocks of 64 bytes, leaves
 * those where a RULE_FIND rule may match, as far as is known from places that began alike. At most
 * DFA_SIFT_BLOCKS at once; length: of the text, which may go on behind them.
 */
void dfa_sift(struct dfa *dfa, const char *text, size_t length, uint64_t *starts, size_t blocks);

/*
 * Writes the indices of the RULE_FIND rules that can match at `at` into found, which has room for all rules,
 * each once, and returns how many there are.
 */
size_t dfa_find(struct dfa *dfa, const char *text, size_t at, size_t length, unsigned short *found);
/* The same for the rules of another entry. */
size_t dfa_run(struct dfa *dfa, unsigned entry, const char *text, size_t at, size_t length,
               unsigned short *found);

/* The same for an entry of contexts at starts, by the text in front. */
size_t dfa_run_back(struct dfa *dfa, unsigned entry, const char *text, size_t at, unsigned short *found);

#endif
