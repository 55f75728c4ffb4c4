#include <string.h>

#include "dfa_states.h"

/* The rules that a state still may lead to. */
static size_t add_possible(const struct dfa *dfa, uint16_t number, unsigned short *found, size_t count)
{
    const struct state *state = &dfa->states[number];
    const uint32_t *bases = dfa->automaton->bases;
    size_t rule = 0;
    for (size_t i = 0; i < state->item_count; i++) {
        uint32_t node = dfa->items[state->items + i];
        if (i > 0 && node < bases[rule + 1])
            continue;
        while (node >= bases[rule + 1])
            rule++;
        found[count++] = (unsigned short)rule;
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

/* cut: the text goes on behind length. *steps: bytes that show a dead end. */
static size_t walk(struct dfa *dfa, uint16_t state, const char *text, size_t at, size_t length, bool cut,
                   unsigned short *found, size_t *steps)
{
    const unsigned char *classes = dfa->automaton->classes;
    size_t count = 0;
    size_t from = at;
    size_t end = length;
    *steps = 1;
    if (state == DEAD) /* there are no rules */
        return 0;
    *steps = SIZE_MAX; /* unless it comes to a dead end */
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
        if (cell.state != state) {
            *steps = at - from + 1;
            return count;
        }
        uint16_t next = cell.next;
        if (next == UNKNOWN && (next = dfa_work_out(dfa, state, (unsigned char)text[at])) == UNKNOWN)
            return add_possible(dfa, state, found, count);
        state = next;
    }
}

size_t dfa_run(struct dfa *dfa, unsigned entry, const char *text, size_t at, size_t length,
               unsigned short *found)
{
    size_t steps;
    return walk(dfa, dfa->starts[entry], text, at, length, false, found, &steps);
}

size_t dfa_run_back(struct dfa *dfa, unsigned entry, const char *text, size_t at, unsigned short *found)
{
    enum { BACK = 40 };
    char reversed[BACK]; /* the characters in front, the last one first */
    size_t length = 0;
    size_t steps;
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
    return walk(dfa, dfa->starts[entry], reversed, 0, length, at > 0, found, &steps);
}

static uint64_t *long_place(struct dfa *dfa, uint64_t beginning)
{
    return &dfa->long_memo[beginning * 0x9e3779b97f4a7c15u >> (64 - LONG_MEMO_BITS)];
}

static uint32_t *short_place(struct dfa *dfa, uint32_t beginning)
{
    return &dfa->memo[beginning * 0x9e3779b1u >> (32 - MEMO_BITS)];
}

static void read_beginnings(const char *text, uint32_t *word, uint64_t *long_word)
{
    *long_word = 0;
    memcpy(word, text, sizeof *word);
    memcpy(long_word, text, LONG_MEMO_BYTES);
}

uint64_t dfa_sift(struct dfa *dfa, const char *text, size_t block, size_t length, uint64_t starts)
{
    uint64_t kept = 0;
    for (uint64_t left = starts; left != 0; left &= left - 1) {
        size_t at = block + (size_t)__builtin_ctzll(left);
        if (length - at < LONG_MEMO_BYTES)
            return kept | left;
        uint32_t word;
        uint64_t long_word;
        read_beginnings(text + at, &word, &long_word);
        /* no branches: which words are dead cannot be foretold */
        unsigned dead = (unsigned)(*short_place(dfa, word) == word) |
                        (unsigned)(*long_place(dfa, long_word) == long_word) |
                        dfa->dead_bytes[(unsigned char)text[at]];
        kept |= (uint64_t)(dead ^ 1) << (at - block);
    }
    return kept;
}

size_t dfa_find(struct dfa *dfa, const char *text, size_t at, size_t length, unsigned short *found)
{
    size_t steps;
    size_t count = walk(dfa, dfa->starts[DFA_FIND], text, at, length, false, found, &steps);
    if (count == 0 && steps <= LONG_MEMO_BYTES && length - at >= LONG_MEMO_BYTES) {
        uint32_t word;
        uint64_t long_word;
        read_beginnings(text + at, &word, &long_word);
        if (steps <= sizeof word)
            *short_place(dfa, word) = word;
        else
            *long_place(dfa, long_word) = long_word;
    }
    return count;
}
