#include <string.h>

#include "../base/utf8.h"
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

/* Where a byte leads; UNKNOWN when there is no room for that. */
static inline uint16_t advance(struct dfa *dfa, uint16_t state, unsigned char byte)
{
    struct cell cell = row_of(dfa, state)[byte];
    if (cell.state != state)
        return DEAD;
    return cell.next != UNKNOWN ? cell.next : dfa_work_out(dfa, state, byte);
}

/* Adds to what was found what a state is reached with; returns the state. */
static inline uint16_t enter(const struct dfa *dfa, uint16_t state, unsigned short *found, size_t *count)
{
    if (state >= dfa->accepting)
        *count = add_accepted(dfa, state, found, *count);
    return state;
}

size_t dfa_run(struct dfa *dfa, unsigned entry, const char *text, size_t at, size_t length,
               unsigned short *found)
{
    size_t end = length - at > LOOK ? at + LOOK : length;
    size_t count = 0;
    uint16_t state = enter(dfa, dfa->starts[entry], found, &count);
    for (; at < end && state != DEAD; at++) {
        uint16_t next = advance(dfa, state, (unsigned char)text[at]);
        if (next == UNKNOWN)
            return add_possible(dfa, state, found, count);
        state = enter(dfa, next, found, &count);
    }
    return end < length ? add_possible(dfa, state, found, count) : count;
}

size_t dfa_run_back(struct dfa *dfa, unsigned entry, const char *text, size_t at, unsigned short *found)
{
    enum { BACK = 40 };
    size_t first = at > BACK ? at - BACK : 0;
    size_t count = 0;
    uint16_t state = enter(dfa, dfa->starts[entry], found, &count);
    while (at > first && state != DEAD) { /* a character, from its first byte */
        size_t end = at;
        do
            at--;
        while (at > 0 && utf8_is_inside(text[at]));
        for (size_t byte = at; byte < end && state != DEAD; byte++) {
            uint16_t next = advance(dfa, state, (unsigned char)text[byte]);
            if (next == UNKNOWN)
                return add_possible(dfa, state, found, count);
            state = enter(dfa, next, found, &count);
        }
    }
    return add_possible(dfa, state, found, count);
}

/* ---- sifting ------------------------------------------------------------------------------------------ */

/*
 * Where a walk ends cannot be foretold, and a processor that has guessed wrong waits. So nothing branches
 * here: all walks are taken some bytes further, one after the other, and those that are not at an end are
 * noted as the walks left.
 */
enum { SIFT_BYTES = 10, STAGE_BYTES = 2, BATCH = DFA_SIFT_BLOCKS * 64 };

/* Where a state leads. */
static inline uint32_t step(const struct dfa *dfa, uint32_t state, char byte)
{
    struct cell cell = row_of(dfa, state)[(unsigned char)byte];
    return cell.next & (0u - (uint32_t)(cell.state == state)); /* or DEAD, without a branch */
}

/* The state behind the text's first bytes; UNKNOWN if something was found on the way, or is not worked out.
 */
static inline uint32_t begin_walk(struct dfa *dfa, const char *text)
{
    uint32_t bytes;
    memcpy(&bytes, text, sizeof bytes);
    struct beginning *beginning = &dfa->beginnings[bytes * 0x9e3779b1u >> (32 - BEGINNING_BITS)];
    if (beginning->bytes == bytes)
        return beginning->state;
    uint32_t state = dfa->starts[DFA_FIND];
    bool found = state >= dfa->accepting;
    for (size_t i = 0; i < sizeof bytes; i++) {
        state = step(dfa, state, text[i]);
        if (state == UNKNOWN)
            return UNKNOWN;
        found = found || state >= dfa->accepting;
    }
    *beginning = (struct beginning){bytes, found ? UNKNOWN : (uint16_t)state};
    return beginning->state;
}

/* Walks on their way: the place in the text, and in the lower 16 bits the state. */
struct walks {
    uint32_t items[BATCH + 1]; /* the last one is only written */
    size_t count;
};

static inline void note_walk(struct walks *walks, uint32_t place, uint32_t state, bool goes_on)
{
    walks->items[walks->count] = place << 16 | state;
    walks->count += goes_on;
}

static inline void keep(uint64_t *kept, uint32_t place)
{
    kept[place / 64] |= (uint64_t)1 << place % 64;
}

/* The starts of a block that SIFT_BYTES follow. */
static uint64_t starts_inside(uint64_t starts, size_t block, size_t length)
{
    size_t end = length < SIFT_BYTES ? 0 : length - SIFT_BYTES + 1;
    return end >= 64 * block + 64 ? starts : end <= 64 * block ? 0 : starts & (((uint64_t)1 << end % 64) - 1);
}

/*
 * Takes each walk STAGE_BYTES further. What finds something, or comes to where nothing is worked out, is
 * kept; what comes to a dead end is dropped.
 */
static void go_on(const struct dfa *dfa, const char *text, struct walks *walks, size_t from, uint64_t *kept)
{
    const uint32_t accepting = dfa->accepting;
    const size_t count = walks->count;
    walks->count = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t place = walks->items[i] >> 16;
        uint32_t first = step(dfa, walks->items[i] & 0xffff, text[place + from]);
        uint32_t second = step(dfa, first, text[place + from + 1]);
        bool found = (first >= accepting) | (second >= accepting);
        if (found) /* seldom */
            keep(kept, place);
        note_walk(walks, place, second, (second != DEAD) & !found);
    }
}

void dfa_sift(struct dfa *dfa, const char *text, size_t length, uint64_t *starts, size_t blocks)
{
    struct walks walks;
    uint64_t kept[DFA_SIFT_BLOCKS] = {0};
    walks.count = 0;
    for (size_t block = 0; block < blocks; block++) {
        uint64_t left = starts_inside(starts[block], block, length);
        kept[block] = starts[block] & ~left;
        for (; left != 0; left &= left - 1) {
            uint32_t place = (uint32_t)(64 * block) + (uint32_t)__builtin_ctzll(left);
            uint32_t state = begin_walk(dfa, text + place);
            if (state == UNKNOWN) /* seldom */
                keep(kept, place);
            note_walk(&walks, place, state, state - 1 < UNKNOWN - 1);
        }
    }
    for (size_t from = sizeof(uint32_t); from < SIFT_BYTES; from += STAGE_BYTES)
        go_on(dfa, text, &walks, from, kept);
    for (size_t i = 0; i < walks.count; i++)
        keep(kept, walks.items[i] >> 16);
    memcpy(starts, kept, blocks * sizeof *starts);
}

size_t dfa_find(struct dfa *dfa, const char *text, size_t at, size_t length, unsigned short *found)
{
    return dfa_run(dfa, DFA_FIND, text, at, length, found);
}
