#include <string.h>

#include "dfa_states.h"

/* The rule that a node is of. */
static size_t rule_of(const struct automaton *automaton, uint32_t node)
{
    size_t low = 0;
    size_t high = automaton->rule_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (node < automaton->bases[middle])
            high = middle;
        else
            low = middle;
    }
    return low;
}

/* The rules that a state still may lead to. */
static size_t add_possible(const struct dfa *dfa, uint16_t number, unsigned short *found, size_t count)
{
    const struct state *state = &dfa->states[number];
    size_t from = count;
    for (size_t i = 0; i < state->item_count; i++) {
        unsigned short rule = (unsigned short)rule_of(dfa->automaton, dfa->items[state->items + i]);
        size_t k = from;
        while (k < count && found[k] != rule)
            k++;
        if (k == count)
            found[count++] = rule;
    }
    return count;
}

static size_t add_accepted(const struct dfa *dfa, uint16_t number, unsigned short *found, size_t count)
{
    const struct state *state = &dfa->states[number];
    if (state->accepted_count > 0)
        memcpy(found + count, dfa->accepted + state->accepted, state->accepted_count * sizeof *found);
    return count + state->accepted_count;
}

/* cut: the text goes on behind length. */
static size_t walk(struct dfa *dfa, uint16_t state, const char *text, size_t at, size_t length, bool cut,
                   unsigned short *found)
{
    const unsigned char *classes = dfa->automaton->classes;
    size_t count = 0;
    size_t end = length;
    if (state == DEAD) /* there are no rules */
        return 0;
    if (length - at > LOOK) {
        end = at + LOOK;
        cut = true;
    }
    for (;; at++) {
        if ((state & ACCEPTS) != 0) {
            state &= ACCEPTS - 1;
            count = add_accepted(dfa, state, found, count);
        }
        if (at == end)
            return cut ? add_possible(dfa, state, found, count) : count;
        struct cell cell = dfa->cells[dfa->bases[state] + classes[(unsigned char)text[at]]];
        if (cell.state != state)
            return count;
        uint16_t next = cell.next;
        if (next == UNKNOWN && (next = dfa_work_out(dfa, state, (unsigned char)text[at])) == UNKNOWN)
            return add_possible(dfa, state, found, count);
        state = next;
    }
}

size_t dfa_run(struct dfa *dfa, unsigned entry, const char *text, size_t at, size_t length,
               unsigned short *found)
{
    return walk(dfa, dfa->starts[entry], text, at, length, false, found);
}

size_t dfa_run_back(struct dfa *dfa, unsigned entry, const char *text, size_t at, unsigned short *found)
{
    enum { BACK = 40 };
    char reversed[BACK]; /* the characters in front, the last one first */
    size_t length = 0;
    while (at > 0) {
        size_t start = at - 1;
        while (start > 0 && ((unsigned char)text[start] & 0xc0) == 0x80)
            start--;
        if (length + at - start > BACK)
            break;
        memcpy(reversed + length, text + start, at - start);
        length += at - start;
        at = start;
    }
    return walk(dfa, dfa->starts[entry], reversed, 0, length, at > 0, found);
}

enum { LANES = 4, SIFT_BYTES = 10 };

/* Where a state leads; with no branch, since where a walk ends cannot be foretold. */
static inline uint32_t step(const struct dfa *dfa, uint32_t state, unsigned char byte)
{
    state &= ACCEPTS - 1;
    struct cell cell = dfa->cells[dfa->bases[state] + dfa->automaton->classes[byte]];
    return cell.next & (0u - (uint32_t)(cell.state == state));
}

/* The state behind the text's first bytes; with ACCEPTS if something was found on the way, or is not worked
 * out. */
static uint32_t begin_walk(struct dfa *dfa, const char *text)
{
    uint32_t bytes;
    memcpy(&bytes, text, sizeof bytes);
    struct beginning *beginning = &dfa->beginnings[bytes * 0x9e3779b1u >> (32 - BEGINNING_BITS)];
    if (beginning->bytes == bytes)
        return beginning->state;
    uint32_t state = dfa->starts[DFA_FIND];
    uint32_t open = state;
    for (size_t i = 0; i < sizeof bytes; i++) {
        state = step(dfa, state, (unsigned char)text[i]);
        open |= state;
        if (state == UNKNOWN)
            return UNKNOWN;
    }
    *beginning = (struct beginning){bytes, (uint16_t)(state | (open & ACCEPTS))};
    return beginning->state;
}

/* Walks on their way. */
struct walks {
    const char *texts[64 + LANES];
    uint32_t states[64 + LANES];
    size_t count;
};

/*
 * LANES walks side by side, since a walk is a chain of loads, of which one waits for the other. A bit for
 * each that comes to no dead end.
 */
static inline uint64_t go_on(const struct dfa *dfa, const struct walks *walks, size_t at)
{
    const char *const *text = walks->texts + at;
    uint32_t a = walks->states[at];
    uint32_t b = walks->states[at + 1];
    uint32_t c = walks->states[at + 2];
    uint32_t d = walks->states[at + 3];
    uint32_t open_a = 0;
    uint32_t open_b = 0;
    uint32_t open_c = 0;
    uint32_t open_d = 0;
    for (size_t i = sizeof(uint32_t); i < SIFT_BYTES; i++) {
        a = step(dfa, a, (unsigned char)text[0][i]);
        b = step(dfa, b, (unsigned char)text[1][i]);
        c = step(dfa, c, (unsigned char)text[2][i]);
        d = step(dfa, d, (unsigned char)text[3][i]);
        open_a |= a;
        open_b |= b;
        open_c |= c;
        open_d |= d;
    }
    return (uint64_t)(((open_a & ACCEPTS) | a) != 0) | (uint64_t)(((open_b & ACCEPTS) | b) != 0) << 1 |
           (uint64_t)(((open_c & ACCEPTS) | c) != 0) << 2 | (uint64_t)(((open_d & ACCEPTS) | d) != 0) << 3;
}

uint64_t dfa_sift(struct dfa *dfa, const char *text, size_t block, size_t length, uint64_t starts)
{
    uint64_t kept = 0;
    struct walks walks;
    walks.count = 0;
    for (uint64_t left = starts; left != 0; left &= left - 1) {
        size_t at = block + (size_t)__builtin_ctzll(left);
        if (length - at < SIFT_BYTES) {
            kept |= left;
            break;
        }
        uint32_t state = begin_walk(dfa, text + at);
        walks.texts[walks.count] = text + at;
        walks.states[walks.count] = state;
        kept |= (uint64_t)(state >= ACCEPTS) << (at - block);
        walks.count += (size_t)(state != DEAD) & (size_t)(state < ACCEPTS);
    }
    for (size_t i = 0; i < walks.count; i += LANES) {
        for (size_t k = walks.count; k < i + LANES; k++) {
            walks.texts[k] = walks.texts[i];
            walks.states[k] = DEAD;
        }
        uint64_t bits = go_on(dfa, &walks, i);
        for (; bits != 0; bits &= bits - 1)
            kept |= (uint64_t)1 << (walks.texts[i + (size_t)__builtin_ctzll(bits)] - (text + block));
    }
    return kept;
}

size_t dfa_find(struct dfa *dfa, const char *text, size_t at, size_t length, unsigned short *found)
{
    return walk(dfa, dfa->starts[DFA_FIND], text, at, length, false, found);
}
