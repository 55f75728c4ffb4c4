#include "dfa_states.h"

#include <stdlib.h>
#include <string.h>

#include "../base/array.h"

/* The bytes that a state has cells for. */
struct live {
    uint64_t bits[LIVE_WORDS];
};

static void begin_numbers(struct dfa *dfa)
{
    dfa->low_end = dfa->next_low = DEAD + 1;
    dfa->accepting = UNKNOWN;
    dfa->next_accepting = UNKNOWN - 1;
}

static void forget_states(struct dfa *dfa)
{
    memset(dfa->cells, 0, (size_t)(row_of(dfa, dfa->low_end + ROW_SPAN) - dfa->cells) * sizeof *dfa->cells);
    memset(row_of(dfa, dfa->accepting), 0,
           (size_t)(dfa->cells + CELLS - row_of(dfa, dfa->accepting)) * sizeof *dfa->cells);
    memset(dfa->states, 0, dfa->low_end * sizeof *dfa->states);
    memset(dfa->states + dfa->accepting, 0, (STATES - dfa->accepting) * sizeof *dfa->states);
    memset(dfa->taken, 0, sizeof dfa->taken);
    memset(dfa->slots, 0, sizeof dfa->slots);
    memset(dfa->beginnings, 0, sizeof dfa->beginnings);
    dfa->full = false;
    dfa->item_count = 0;
    dfa->accepted_count = 0;
    begin_numbers(dfa);
}

void dfa_free(struct dfa *dfa)
{
    if (dfa == NULL)
        return;
    free(dfa->cells);
    free(dfa->states);
    free(dfa->items);
    free(dfa->item_sets);
    free(dfa->membership_bits);
    free(dfa->accepted);
    free(dfa->marks);
    free(dfa->stack);
    free(dfa->reached);
    free(dfa->reached_sets);
    free(dfa->new_rules);
    free(dfa);
}

/* ---- making states ------------------------------------------------------------------------------------ */

static void begin(struct dfa *dfa)
{
    if (++dfa->mark == 0) {
        memset(dfa->marks, 0, (dfa->automaton->node_count + 1) * sizeof *dfa->marks);
        dfa->mark = 1;
    }
    dfa->reached_count = 0;
    dfa->new_rule_count = 0;
}

static void add_reached(struct dfa *dfa, uint32_t node, uint16_t set)
{
    dfa->reached[dfa->reached_count] = node;
    dfa->reached_sets[dfa->reached_count++] = set;
}

/* Each node is pushed once for a state. */
static size_t push(struct dfa *dfa, size_t depth, uint32_t node)
{
    if (dfa->marks[node] == dfa->mark)
        return depth;
    dfa->marks[node] = dfa->mark;
    dfa->stack[depth] = node;
    return depth + 1;
}

/* Notes all that node leads to without taking a character. */
static void reach(struct dfa *dfa, uint32_t node)
{
    size_t depth = push(dfa, 0, node);
    while (depth > 0) {
        uint32_t number = dfa->stack[--depth];
        const struct node *at = &dfa->automaton->nodes[number];
        if (at->type == NODE_CHARACTER) {
            add_reached(dfa, number, (uint16_t)at->value);
        } else if (at->type == NODE_ACCEPT) {
            dfa->new_rules[dfa->new_rule_count++] = (unsigned short)at->value;
        } else {
            depth = push(dfa, depth, at->value);
            depth = push(dfa, depth, at->out);
        }
    }
}

/* A rule that is found needs no more nodes. */
static void drop_found(struct dfa *dfa)
{
    const uint32_t *bases = dfa->automaton->bases;
    for (size_t i = 0; i < dfa->new_rule_count; i++) {
        uint32_t from = bases[dfa->new_rules[i]];
        uint32_t to = bases[dfa->new_rules[i] + 1];
        size_t kept = 0;
        for (size_t k = 0; k < dfa->reached_count; k++)
            if (dfa->reached[k] < from || dfa->reached[k] >= to) {
                dfa->reached[kept] = dfa->reached[k];
                dfa->reached_sets[kept++] = dfa->reached_sets[k];
            }
        dfa->reached_count = kept;
    }
}

/* memcmp wants no null pointers, which empty arrays are. */
static bool same_bytes(const void *a, const void *b, size_t length)
{
    return length == 0 || memcmp(a, b, length) == 0;
}

/*
 * Whether the state is that of what was reached, which is in no order yet: each of its nodes has the mark.
 * Nodes that were dropped have it too, but the state has none of a rule that it found either.
 */
static bool is_state(const struct dfa *dfa, const struct state *state, uint32_t prefix, uint32_t hash)
{
    if (state->hash != hash || state->prefix != prefix || state->item_count != dfa->reached_count ||
        state->accepted_count != dfa->new_rule_count ||
        !same_bytes(dfa->accepted + state->accepted, dfa->new_rules,
                    dfa->new_rule_count * sizeof *dfa->new_rules))
        return false;
    for (size_t i = 0; i < state->item_count; i++)
        if (dfa->marks[dfa->items[state->items + i]] != dfa->mark)
            return false;
    return true;
}

static int compare_rules(const void *left, const void *right)
{
    return (int)*(const unsigned short *)left - (int)*(const unsigned short *)right;
}

/* Room for one more state with what was reached; false when there is none. */
static bool make_room(struct dfa *dfa)
{
    if (dfa->low_end + 4 * ROW_SPAN > dfa->accepting || dfa->item_count + dfa->reached_count > MAX_ITEMS ||
        !array_grow(&dfa->items, &dfa->item_capacity, dfa->item_count + dfa->reached_count,
                    sizeof *dfa->items) ||
        !array_grow(&dfa->item_sets, &dfa->item_set_capacity, dfa->item_count + dfa->reached_count,
                    sizeof *dfa->item_sets) ||
        !array_grow(&dfa->accepted, &dfa->accepted_capacity, dfa->accepted_count + dfa->new_rule_count,
                    sizeof *dfa->accepted))
        return false;
    return true;
}

/* The bytes with which a character can begin, or, behind its first bytes, go on. */
static void find_live(const struct dfa *dfa, uint32_t prefix, struct live *live)
{
    uint64_t *bytes = live->bits;
    for (size_t i = 0; i < dfa->reached_count; i++) {
        const struct charset *set = &dfa->automaton->charsets[dfa->reached_sets[i]];
        if (prefix == 0)
            for (int k = 0; k < LIVE_WORDS; k++)
                bytes[k] |= set->lead[k];
        else if (prefix > 0xff && prefix < 0xe300) /* the second byte of E0 to E2 is known: 64 characters */
            bytes[2] |= set->bits[(prefix >> 8 & 0x0f) << 6 | (prefix & 0x3f)];
        else if (prefix >= 0xe3)
            bytes[2] = UINT64_MAX;
        else if (prefix < 0xe0)
            bytes[2] |= set->bits[prefix & 0x1f];
        else
            for (size_t k = 0; k < 64; k++)
                bytes[2] |= (uint64_t)(set->bits[(prefix & 0x0f) << 6 | k] != 0) << k;
    }
}

/* Whether the cells at base that a state needs are free. */
static bool fits(const struct dfa *dfa, size_t base, const struct live *live)
{
    const uint64_t *taken = dfa->taken + base / 64;
    unsigned shift = base % 64;
    for (size_t i = 0; i < LIVE_WORDS; i++) {
        uint64_t here = taken[i] >> shift | taken[i + 1] << 1 << (63 - shift);
        if ((here & live->bits[i]) != 0)
            return false;
    }
    return true;
}

static void take_cells(struct dfa *dfa, size_t state, const struct live *live)
{
    for (size_t i = 0; i < LIVE_WORDS; i++)
        for (uint64_t bits = live->bits[i]; bits != 0; bits &= bits - 1) {
            size_t at = (state << ROW_BITS) + 64 * i + (size_t)__builtin_ctzll(bits);
            dfa->taken[at / 64] |= (uint64_t)1 << at % 64;
            dfa->cells[at] = (struct cell){(uint16_t)state, UNKNOWN};
        }
}

static bool is_given(const struct dfa *dfa, size_t number)
{
    return dfa->states[number].item_count + dfa->states[number].accepted_count > 0;
}

/* A number whose row fits: near the first free one or, when few are free there, behind all that are given. */
static uint32_t give_number(struct dfa *dfa, bool accepts, const struct live *live)
{
    uint32_t *next = accepts ? &dfa->next_accepting : &dfa->next_low;
    const uint32_t step = accepts ? UINT32_MAX : 1;
    uint32_t number = *next;
    for (int tries = 0; is_given(dfa, number) || !fits(dfa, (size_t)number << ROW_BITS, live); tries++) {
        number += step;
        if (tries >= MAX_TRIES) /* the first one fits seldom */
            *next += step;
    }
    take_cells(dfa, number, live);
    while (*next == number || is_given(dfa, *next))
        *next += step;
    if (accepts && number < dfa->accepting)
        dfa->accepting = number;
    if (!accepts && number >= dfa->low_end)
        dfa->low_end = number + 1;
    return number;
}

static uint32_t mix(uint32_t number)
{
    number *= 0x9e3779b1u;
    return (number ^ number >> 15) * 0x85ebca6bu;
}

/* The state of what was reached; UNKNOWN when there is no room for it. */
static uint16_t find_state(struct dfa *dfa, uint32_t prefix)
{
    drop_found(dfa);
    if (dfa->reached_count == 0 && dfa->new_rule_count == 0)
        return DEAD;
    if (dfa->new_rule_count > 1)
        qsort(dfa->new_rules, dfa->new_rule_count, sizeof *dfa->new_rules, compare_rules);
    uint32_t hash = prefix;
    for (size_t i = 0; i < dfa->reached_count; i++)
        hash += mix(dfa->reached[i]); /* in any order */
    for (size_t i = 0; i < dfa->new_rule_count; i++)
        hash = (hash ^ dfa->new_rules[i]) * 0x85ebca6bu;
    hash ^= hash >> 15;
    size_t slot = hash & (SLOTS - 1);
    for (; dfa->slots[slot] != 0; slot = (slot + 1) & (SLOTS - 1))
        if (is_state(dfa, &dfa->states[dfa->slots[slot]], prefix, hash))
            return dfa->slots[slot];
    struct live live = {{0}};
    find_live(dfa, prefix, &live);
    if (!make_room(dfa)) {
        dfa->full = true;
        return UNKNOWN;
    }
    uint32_t made = give_number(dfa, dfa->new_rule_count > 0, &live);
    dfa->states[made] = (struct state){(uint32_t)dfa->item_count,
                                       (uint32_t)dfa->reached_count,
                                       (uint32_t)dfa->accepted_count,
                                       (uint32_t)dfa->new_rule_count,
                                       prefix,
                                       hash};
    if (dfa->reached_count > 0) {
        memcpy(dfa->items + dfa->item_count, dfa->reached, dfa->reached_count * sizeof *dfa->reached);
        memcpy(dfa->item_sets + dfa->item_count, dfa->reached_sets,
               dfa->reached_count * sizeof *dfa->reached_sets);
    }
    dfa->item_count += dfa->reached_count;
    if (dfa->new_rule_count > 0)
        memcpy(dfa->accepted + dfa->accepted_count, dfa->new_rules,
               dfa->new_rule_count * sizeof *dfa->new_rules);
    dfa->accepted_count += dfa->new_rule_count;

    dfa->slots[slot] = (uint16_t)made;
    return (uint16_t)made;
}

static void reach_rules(struct dfa *dfa, struct rule *const *rules)
{
    for (; *rules != NULL; rules++)
        reach(dfa, dfa->automaton->starts[(*rules)->index]);
}

static bool is_of(const struct rule *rule, unsigned entry)
{
    if (entry >= DFA_END)
        return rule->role == CONTEXT_END && rule->kind == entry - DFA_END;
    if (entry >= DFA_START)
        return rule->role == CONTEXT_START && rule->kind == entry - DFA_START;
    return rule->role == RULE_FIND && entry == DFA_FIND;
}

static uint16_t start_state(struct dfa *dfa, unsigned entry)
{
    begin(dfa);
    if (entry >= DFA_AFTER && entry < DFA_START)
        reach_rules(dfa, dfa->rules->after[entry - DFA_AFTER]);
    for (size_t i = 0; i < dfa->rules->rule_count; i++)
        if (is_of(dfa->rules->rules[i], entry))
            reach(dfa, dfa->automaton->starts[i]);
    return find_state(dfa, 0);
}

/* False when there is no room even for these. */
static bool make_starts(struct dfa *dfa)
{
    for (unsigned entry = 0; entry < DFA_ENTRIES; entry++) {
        dfa->starts[entry] = start_state(dfa, entry);
        if (dfa->starts[entry] == UNKNOWN)
            return false;
    }
    return true;
}

/* ---- life --------------------------------------------------------------------------------------------- */

struct dfa *dfa_new(const struct rules *rules)
{
    struct dfa *dfa = calloc(1, sizeof *dfa);
    if (dfa == NULL)
        return NULL;
    const struct automaton *automaton = rules->automaton;
    dfa->rules = rules;
    dfa->automaton = automaton;
    dfa->marks = calloc(automaton->node_count + 1, sizeof *dfa->marks);
    dfa->stack = malloc((automaton->node_count + 1) * sizeof *dfa->stack);
    dfa->reached = malloc((automaton->node_count + 1) * sizeof *dfa->reached);
    dfa->reached_sets = malloc((automaton->node_count + 1) * sizeof *dfa->reached_sets);
    dfa->membership_words = automaton->charset_count / 64 + 1;
    dfa->membership_bits =
        malloc(((size_t)1 << MEMBERSHIP_BITS) * dfa->membership_words * sizeof *dfa->membership_bits);
    dfa->new_rules = malloc((automaton->rule_count + 1) * sizeof *dfa->new_rules);
    if (dfa->marks == NULL || dfa->stack == NULL || dfa->reached == NULL || dfa->reached_sets == NULL ||
        dfa->membership_bits == NULL || dfa->new_rules == NULL) {
        dfa_free(dfa);
        return NULL;
    }
    /* what is not used is never touched, and costs nothing */
    dfa->cells = calloc(CELLS, sizeof *dfa->cells);
    dfa->states = calloc(STATES, sizeof *dfa->states);
    if (dfa->cells == NULL || dfa->states == NULL) {
        dfa_free(dfa);
        return NULL;
    }
    begin_numbers(dfa); /* all else is as if forgotten */
    if (make_starts(dfa))
        return dfa;
    dfa_free(dfa);
    return NULL;
}

bool dfa_refresh(struct dfa *dfa)
{
    if (!dfa->full)
        return true;
    forget_states(dfa);
    return make_starts(dfa);
}

/* ---- steps -------------------------------------------------------------------------------------------- */

/* What the bytes of a character say so far: how many follow, and the characters it can be, first to last. */
struct partial {
    uint32_t low, high;
    bool complete;
};

static struct partial read_partial(uint32_t bytes)
{
    unsigned count = bytes > 0xffffff ? 4 : bytes > 0xffff ? 3 : bytes > 0xff ? 2 : 1;
    unsigned lead = bytes >> 8 * (count - 1);
    unsigned length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    uint32_t code = length == 1 ? lead : lead & (0x7fu >> length);
    for (unsigned i = 1; i < count; i++)
        code = code << 6 | (bytes >> 8 * (count - 1 - i) & 0x3f);
    unsigned missing = length > count ? 6 * (length - count) : 0;
    return (struct partial){code << missing, (code << missing) | ((1u << missing) - 1), count == length};
}

/* Whether the set has one of these characters, 1, 64 or 4096 and more in a row. */
static bool has_any(const struct charset *set, const struct partial *partial, unsigned char lead)
{
    if ((set->lead[lead / 64] >> lead % 64 & 1) == 0)
        return false;
    if (partial->low >= CHARSET_LIMIT)
        return set->beyond;
    if (partial->complete)
        return charset_has(set, partial->low);
    if (partial->high - partial->low == 63)
        return set->bits[partial->low / 64] != 0;
    return true;
}

/* Worked out once for all sets: a state has many nodes, and to look into the set of each would take longer.
 */
static const uint64_t *find_membership(struct dfa *dfa, uint32_t bytes, const struct partial *partial)
{
    size_t place = mix(bytes) >> (32 - MEMBERSHIP_BITS);
    struct membership *membership = &dfa->memberships[place];
    if (membership->bytes == bytes && bytes != 0)
        return membership->bits;
    unsigned char lead = (unsigned char)(bytes > 0xffffff ? bytes >> 24
                                         : bytes > 0xffff ? bytes >> 16
                                         : bytes > 0xff   ? bytes >> 8
                                                          : bytes);
    *membership = (struct membership){bytes, dfa->membership_bits + place * dfa->membership_words};
    memset(membership->bits, 0, dfa->membership_words * sizeof *membership->bits);
    for (size_t set = 0; set < dfa->automaton->charset_count; set++)
        if (has_any(&dfa->automaton->charsets[set], partial, lead))
            membership->bits[set / 64] |= (uint64_t)1 << set % 64;
    return membership->bits;
}

uint16_t dfa_work_out(struct dfa *dfa, uint16_t from, unsigned char byte)
{
    const struct state *state = &dfa->states[from];
    const struct automaton *automaton = dfa->automaton;
    struct cell *cell = row_of(dfa, from) + byte;
    uint32_t bytes = state->prefix << 8 | byte;
    struct partial partial = read_partial(bytes);
    const uint64_t *has = find_membership(dfa, bytes, &partial);
    begin(dfa);
    const size_t end = state->items + state->item_count;
    for (size_t i = state->items; i < end; i++) {
        uint16_t set = dfa->item_sets[i];
        if ((has[set / 64] >> set % 64 & 1) == 0)
            continue;
        if (partial.complete)
            reach(dfa, automaton->nodes[dfa->items[i]].out);
        else
            add_reached(dfa, dfa->items[i], set);
    }
    uint16_t next = find_state(dfa, partial.complete ? 0 : bytes);
    cell->next = next;
    return next;
}
