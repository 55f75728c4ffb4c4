/*
 * dfa_states.h - the states of a deterministic automaton, made as they are needed (Thompson's subset
 * construction, one state at a time). Only dfa.c, which runs it, knows of them.
 */
#ifndef TRICH_RULES_DFA_STATES_H
#define TRICH_RULES_DFA_STATES_H

#include "dfa.h"

enum {
    DEAD = 0,
    UNKNOWN = 0xffff, /* not worked out yet */
    STATES = 0x10000, /* numbers */
    ROW_BITS = 4,
    CELLS = (STATES << ROW_BITS) + 256,
    ROW_SPAN = 256 >> ROW_BITS, /* rows that begin within one */
    LIVE_WORDS = 256 / 64,
    MAX_TRIES = 32, /* of numbers, before one that is free is given up */
    MAX_ITEMS = 1 << 20,
    SLOTS = 1 << 17, /* of the hash table of states */
    BEGINNING_BITS = 12,
    MEMBERSHIP_BITS = 11,
    LOOK = 160 /* bytes that are looked at before the rules still possible are taken as found */
};

struct cell {
    uint16_t state; /* DEAD: free */
    uint16_t next;
};

struct state {
    uint32_t items, item_count;        /* nodes of type NODE_CHARACTER, in any order; in dfa->items */
    uint32_t accepted, accepted_count; /* rules; in dfa->accepted */
    uint32_t prefix;                   /* bytes of a character that is not complete, the first one highest */
    uint32_t hash;
};

/* The state that four bytes lead to from the start of RULE_FIND rules. */
struct beginning {
    uint32_t bytes;
    uint16_t state; /* UNKNOWN: something was found on the way */
};

/* Which sets have a character that begins with these bytes: a bit by the set's number. */
struct membership {
    uint32_t bytes; /* the first one highest; 0: free */
    uint64_t *bits;
};

struct dfa {
    const struct rules *rules;
    const struct automaton *automaton;
    /*
     * Where a state leads with a byte: row_of(state)[byte], if the cell is the state's own;
     * otherwise nowhere. Rows begin close to each other and lie in each other's gaps, so that what is in use
     * stays in the cache; a state's number says where its row begins, so that this need not be looked up.
     */
    struct cell *cells;
    uint64_t taken[CELLS / 64 + 1]; /* a bit for each cell of a state */
    bool full;                      /* there was no room for a state */
    struct state *states;
    /*
     * Numbers are given from 1 upward, but downward from UNKNOWN to those that are reached with rules found,
     * so that one comparison tells: from `accepting` on. Between low_end and that none is given.
     */
    uint32_t low_end, accepting;
    uint32_t next_low, next_accepting; /* where a free one is looked for */
    uint32_t *items;
    uint16_t *item_sets; /* the items' sets, at hand */
    size_t item_count, item_capacity, item_set_capacity;
    unsigned short *accepted;
    size_t accepted_count, accepted_capacity;
    uint16_t slots[SLOTS];        /* hash table of states; 0: free, since state 0 is never looked for */
    uint16_t starts[DFA_ENTRIES]; /* by entry */
    struct beginning beginnings[1 << BEGINNING_BITS];    /* by hash */
    struct membership memberships[1 << MEMBERSHIP_BITS]; /* by hash: those asked for last */
    uint64_t *membership_bits;
    size_t membership_words; /* of each */
    /* while a state is made */
    uint16_t *marks; /* by node; few bytes, since they are all over the memory */
    uint16_t mark;
    uint32_t *stack;
    uint32_t *reached;
    uint16_t *reached_sets;
    size_t reached_count;
    unsigned short *new_rules;
    size_t new_rule_count;
};

static inline struct cell *row_of(const struct dfa *dfa, size_t state)
{
    return dfa->cells + (state << ROW_BITS);
}

/* Works out where a byte leads that the state has a cell for; UNKNOWN when there is no room for it. */
uint16_t dfa_work_out(struct dfa *dfa, uint16_t from, unsigned char byte);

#endif
