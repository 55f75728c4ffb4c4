#include "choice.h"

#include <stdlib.h>
#include <string.h>

#include "../base/array.h"

enum {
    MANY = 4,        /* ways, of which the right one is looked up, not tried after each other */
    MAX_WAYS = 1024, /* that are looked up */
    WAY_WORDS = MAX_WAYS / 64,
    MAX_MAPS = 1 << 13
};

/* ---- first bytes -------------------------------------------------------------------------------------- */

static void add_byte(struct first *first, unsigned byte)
{
    first->bytes[byte / 64] |= (uint64_t)1 << byte % 64;
}

static void add_first(struct first *first, const struct first *other)
{
    for (int i = 0; i < 4; i++)
        first->bytes[i] |= other->bytes[i];
    first->open = first->open || other->open;
}

/* Only what a set's characters begin with. */
static void narrow(struct first *first, const struct first *set)
{
    for (int i = 0; i < 4; i++)
        first->bytes[i] &= set->bytes[i];
    first->open = false;
}

bool first_apart(const struct first *a, const struct first *b)
{
    if (a->open || b->open)
        return false;
    for (int i = 0; i < 4; i++)
        if ((a->bytes[i] & b->bytes[i]) != 0)
            return false;
    return true;
}

struct first maker_first_of_set(const struct maker *maker, unsigned set)
{
    const struct charset *charset = &maker->charsets->items[set];
    struct first first = {.open = false};
    memcpy(first.bytes, charset->lead, sizeof first.bytes);
    return first;
}

/* The last bytes of its characters. */
static struct first last_of_set(const struct maker *maker, unsigned set)
{
    const struct charset *charset = &maker->charsets->items[set];
    struct first first = {.bytes = {charset->bits[0], charset->bits[1], 0, 0}};
    for (size_t i = 2; i < CHARSET_WORDS; i++)
        first.bytes[2] |= charset->bits[i];
    if (charset->beyond)
        first.bytes[2] = UINT64_MAX;
    return first;
}

static struct first anything(void)
{
    return (struct first){{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}, true};
}

/* Of a dispatch it is what its ways have, and set where it is made. */
static struct first first_of(const struct maker *maker, const struct instruction *at)
{
    struct first first = {{0, 0, 0, 0}, false};
    struct first set;
    switch (at->op) {
    case OP_FAIL:
        return first;
    case OP_BYTE:
    case OP_EITHER:
    case OP_BACK_BYTE:
    case OP_BACK_EITHER:
        add_byte(&first, at->low);
        add_byte(&first, at->high);
        add_first(&first, &maker->firsts[at->other]);
        return first;
    case OP_RANGE:
    case OP_BACK_RANGE:
        for (unsigned byte = at->low; byte <= at->high; byte++)
            add_byte(&first, byte);
        add_first(&first, &maker->firsts[at->other]);
        return first;
    case OP_SET:
    case OP_BACK_SET:
        first = at->op == OP_SET ? maker_first_of_set(maker, at->set) : last_of_set(maker, at->set);
        add_first(&first, &maker->firsts[at->other]);
        return first;
    case OP_SPLIT:
    case OP_IF:
        first = maker->firsts[at->next];
        add_first(&first, &maker->firsts[at->other]);
        return first;
    case OP_SPAN:
    case OP_SPAN_ALL:
        first = maker_first_of_set(maker, at->set);
        if ((at->other & 0xffff) == 0)
            add_first(&first, &maker->firsts[at->next]);
        return first;
    case OP_PEEK:
    case OP_PEEK_BACK:
        first = maker->firsts[at->next];
        set = at->op == OP_PEEK ? maker_first_of_set(maker, at->set) : last_of_set(maker, at->set);
        if (maker->backward == (at->op == OP_PEEK_BACK))
            narrow(&first, &set);
        return first;
    case OP_ATOMIC:
    case OP_CALL:
        first = maker->firsts[at->other];
        return first.open ? anything() : first;
    case OP_MATCH:
    case OP_RETURN:
    case OP_JUMP:
    case OP_DISPATCH:
    case OP_BACK_DISPATCH:
        return anything();
    default: /* looks and goes on */
        return maker->firsts[at->next];
    }
}

/* ---- sets ---------------------------------------------------------------------------------------------- */

static struct shape find_shape(const struct charset *set)
{
    struct shape shape = {.known = true, .is_small = !set->beyond && set->size <= SHAPE_CODES};
    unsigned ascii = 0;
    for (size_t word = 0; word < CHARSET_WORDS; word++)
        for (uint64_t bits = set->bits[word]; bits != 0; bits &= bits - 1) {
            unsigned code = (unsigned)(64 * word) + (unsigned)__builtin_ctzll(bits);
            if (shape.is_small)
                shape.codes[shape.count++] = (uint16_t)code;
            if (code >= 0x80)
                continue;
            shape.low = ascii == 0 ? (uint8_t)code : shape.low;
            shape.high = (uint8_t)code;
            ascii++;
        }
    shape.is_range = !set->beyond && ascii > 2 && ascii == set->size && shape.high - shape.low + 1u == ascii;
    return shape;
}

const struct shape *maker_shape(struct maker *maker, unsigned set)
{
    size_t known = maker->shape_capacity;
    if (!array_grow(&maker->shapes, &maker->shape_capacity, set + 1, sizeof *maker->shapes)) {
        maker->failed = true;
        return NULL;
    }
    if (maker->shape_capacity > known)
        memset(maker->shapes + known, 0, (maker->shape_capacity - known) * sizeof *maker->shapes);
    if (!maker->shapes[set].known)
        maker->shapes[set] = find_shape(&maker->charsets->items[set]);
    return &maker->shapes[set];
}

/* ---- instructions ------------------------------------------------------------------------------------- */

static uint32_t hash(const struct instruction *at)
{
    uint64_t mixed = ((uint64_t)at->op << 17 | (uint64_t)at->again << 16 | at->set) * 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ mixed >> 29 ^ at->next) * 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ mixed >> 29 ^ at->other) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(mixed ^ mixed >> 32);
}

static bool same(const struct instruction *a, const struct instruction *b)
{
    return a->op == b->op && a->again == b->again && a->set == b->set && a->next == b->next &&
           a->other == b->other;
}

/* A new one, whatever others there are. */
static uint32_t append(struct maker *maker, struct instruction instruction, const struct first *first)
{
    size_t capacity = maker->capacity;
    if (!array_grow(&maker->code, &capacity, maker->count + 1, sizeof *maker->code) ||
        !array_grow(&maker->firsts, &maker->capacity, maker->count + 1, sizeof *maker->firsts)) {
        maker->failed = true;
        return INSTRUCTION_FAIL;
    }
    maker->code[maker->count] = instruction;
    maker->firsts[maker->count] = *first;
    return (uint32_t)maker->count++;
}

uint32_t maker_add(struct maker *maker, struct instruction instruction)
{
    if (maker->failed)
        return INSTRUCTION_FAIL;
    if (instruction.next == INSTRUCTION_FAIL && instruction.other == INSTRUCTION_FAIL &&
        instruction_takes(&instruction)) /* wherever it goes it fails */
        return INSTRUCTION_FAIL;
    uint32_t own = hash(&instruction);
    size_t place = slots_place(&maker->slots, own);
    for (uint32_t number; (number = slots_next(&maker->slots, own, &place)) != SLOTS_NONE;)
        if (same(&instruction, &maker->code[number]))
            return number;
    struct first first = first_of(maker, &instruction);
    uint32_t made = append(maker, instruction, &first);
    maker->failed = maker->failed || !slots_put(&maker->slots, own, made);
    return made;
}

void maker_begin_rule(struct maker *maker)
{
    slots_reset(&maker->slots);
    maker->rule_base = maker->count;
    maker->group_count = 0;
    maker->in_call = false;
    maker->backward = false;
    memset(maker->called, 0, sizeof maker->called);
}

uint32_t maker_jump(struct maker *maker)
{
    struct first first = anything();
    return append(maker, (struct instruction){.op = OP_JUMP}, &first);
}

void maker_land(struct maker *maker, uint32_t jump, uint32_t target)
{
    if (!maker->failed)
        maker->code[jump].next = target;
}

/* ---- choices ------------------------------------------------------------------------------------------ */

static bool begin_alike(const struct instruction *a, const struct instruction *b)
{
    return instruction_takes(a) && a->op == b->op && a->set == b->set && a->other == INSTRUCTION_FAIL &&
           b->other == INSTRUCTION_FAIL;
}

/* Runs of ways that begin alike become one. Returns how many ways there are then. */
static size_t join(struct maker *maker, uint32_t *ways, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count && !maker->failed;) {
        struct instruction head = maker->code[ways[i]];
        size_t end = i + 1;
        while (end < count && begin_alike(&head, &maker->code[ways[end]]))
            end++;
        uint32_t way = ways[i];
        if (end > i + 1) {
            for (size_t k = i; k < end; k++)
                ways[k] = maker->code[ways[k]].next;
            head.next = maker_choose(maker, ways + i, end - i);
            way = maker_add(maker, head);
        }
        ways[kept++] = way;
        i = end;
    }
    return kept;
}

/* Neighbours that differ in one byte become one. */
static size_t pair(struct maker *maker, uint32_t *ways, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count && !maker->failed; i++) {
        struct instruction at = maker->code[ways[i]];
        const struct instruction *before = kept > 0 ? &maker->code[ways[kept - 1]] : NULL;
        if (before == NULL || (at.op != OP_BYTE && at.op != OP_BACK_BYTE) || before->op != at.op ||
            before->next != at.next || at.other != INSTRUCTION_FAIL || before->other != INSTRUCTION_FAIL) {
            ways[kept++] = ways[i];
            continue;
        }
        at.op = at.op == OP_BYTE ? OP_EITHER : OP_BACK_EITHER;
        at.low = before->low;
        ways[kept - 1] = maker_add(maker, at);
    }
    return kept;
}

/* Ways that fail, or that were there before, say nothing. */
static size_t drop_idle(const uint32_t *from, size_t count, uint32_t *ways)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        bool idle = from[i] == INSTRUCTION_FAIL;
        for (size_t k = 0; k < kept && !idle; k++)
            idle = ways[k] == from[i];
        if (!idle)
            ways[kept++] = from[i];
    }
    return kept;
}

/* One after the other. */
static uint32_t make_chain(struct maker *maker, const uint32_t *ways, size_t count)
{
    uint32_t rest = ways[count - 1];
    for (size_t i = count - 1; i-- > 0 && !maker->failed;) {
        struct instruction at = maker->code[ways[i]];
        if (instruction_takes(&at) && at.other == INSTRUCTION_FAIL) {
            at.again = !first_apart(&maker->firsts[ways[i]], &maker->firsts[rest]);
            at.other = rest;
            rest = maker_add(maker, at);
        } else {
            rest = maker_add(maker, (struct instruction){.op = OP_SPLIT, .next = ways[i], .other = rest});
        }
    }
    return rest;
}

static uint32_t add_map(struct maker *maker, const uint8_t *map)
{
    uint64_t mixed = 0;
    for (size_t i = 0; i < MAP_SIZE; i++)
        mixed = (mixed ^ map[i]) * 0x100000001b3u;
    uint32_t own = (uint32_t)(mixed ^ mixed >> 32);
    size_t place = slots_place(&maker->map_slots, own);
    for (uint32_t number; (number = slots_next(&maker->map_slots, own, &place)) != SLOTS_NONE;)
        if (memcmp(maker->maps + (size_t)number * MAP_SIZE, map, MAP_SIZE) == 0)
            return number;
    if (maker->map_count == MAX_MAPS) {
        maker->unknown = true; /* so many different choices: PCRE2 may have it */
        return 0;
    }
    if (!array_grow(&maker->maps, &maker->map_capacity, (maker->map_count + 1) * MAP_SIZE, 1) ||
        !slots_put(&maker->map_slots, own, (uint32_t)maker->map_count)) {
        maker->failed = true;
        return 0;
    }
    memcpy(maker->maps + maker->map_count * MAP_SIZE, map, MAP_SIZE);
    return (uint32_t)maker->map_count++;
}

#define WORDS(count) (((count) + 63) / 64)

/* Which of the ways go on with a byte, a bit each, in the first WORDS(count). */
struct ways_of_byte {
    uint64_t bits[WAY_WORDS];
};

static bool same_ways(const struct ways_of_byte *a, const struct ways_of_byte *b, size_t words)
{
    size_t i = 0;
    while (i < words && a->bits[i] == b->bits[i])
        i++;
    return i == words;
}

static void copy_ways(struct ways_of_byte *to, const struct ways_of_byte *from, size_t words)
{
    for (size_t i = 0; i < words; i++)
        to->bits[i] = from->bits[i];
}

/* The ways that go on with each byte. */
static void sort_ways(const struct maker *maker, const uint32_t *ways, size_t count, struct ways_of_byte *of)
{
    for (unsigned byte = 0; byte < MAP_SIZE; byte++)
        for (size_t i = 0; i < WORDS(count); i++)
            of[byte].bits[i] = 0;
    for (size_t i = 0; i < count; i++)
        for (unsigned k = 0; k < 4; k++)
            for (uint64_t bytes = maker->firsts[ways[i]].bytes[k]; bytes != 0; bytes &= bytes - 1)
                of[64 * k + (unsigned)__builtin_ctzll(bytes)].bits[i / 64] |= (uint64_t)1 << i % 64;
}

/*
 * What to do by byte: which of the lists of ways. Lists are numbered from 1; list 0 is that for the edge.
 * lists has room for 2 * MAP_SIZE. Returns how many there are, 0 when there are more than a map can say.
 */
static size_t sort_by_byte(const struct maker *maker, const uint32_t *ways, size_t count,
                           struct ways_of_byte *lists, uint8_t *map)
{
    struct ways_of_byte *of = lists + MAP_SIZE;
    const size_t words = WORDS(count);
    size_t list_count = 1;
    sort_ways(maker, ways, count, of);
    for (size_t i = 0; i < words; i++)
        lists[0].bits[i] = 0;
    for (size_t i = 0; i < count; i++)
        if (maker->firsts[ways[i]].open)
            lists[0].bits[i / 64] |= (uint64_t)1 << i % 64;
    for (unsigned byte = 0; byte < MAP_SIZE; byte++) {
        size_t known = byte > 0 ? map[byte - 1] : 0; /* neighbours are often alike */
        if (!same_ways(&lists[known], &of[byte], words))
            for (known = 0; known < list_count && !same_ways(&lists[known], &of[byte], words);)
                known++;
        if (known == list_count) {
            if (list_count == MAP_SIZE)
                return 0;
            copy_ways(&lists[list_count++], &of[byte], words);
        }
        map[byte] = (uint8_t)known;
    }
    return list_count;
}

static uint32_t choose_of(struct maker *maker, const uint32_t *ways, size_t count,
                          const struct ways_of_byte *list)
{
    uint32_t *chosen = malloc((count + 1) * sizeof *chosen);
    size_t chosen_count = 0;
    if (chosen == NULL) {
        maker->failed = true;
        return INSTRUCTION_FAIL;
    }
    for (size_t i = 0; i < count; i++)
        if ((list->bits[i / 64] >> i % 64 & 1) != 0)
            chosen[chosen_count++] = ways[i];
    uint32_t made =
        chosen_count == count ? make_chain(maker, chosen, count) : maker_choose(maker, chosen, chosen_count);
    free(chosen);
    return made;
}

static uint32_t make_dispatch(struct maker *maker, const uint32_t *ways, size_t count)
{
    struct ways_of_byte *lists = malloc(2 * MAP_SIZE * sizeof *lists); /* and room for sort_by_byte */
    uint32_t made[MAP_SIZE];
    uint8_t map[MAP_SIZE];
    if (lists == NULL) {
        maker->failed = true;
        return INSTRUCTION_FAIL;
    }
    struct first first = {{0, 0, 0, 0}, false};
    for (size_t i = 0; i < count; i++)
        add_first(&first, &maker->firsts[ways[i]]);
    size_t list_count = sort_by_byte(maker, ways, count, lists, map);
    for (size_t i = 0; i < list_count && !maker->failed; i++)
        made[i] = choose_of(maker, ways, count, &lists[i]);
    free(lists);
    if (list_count < 2) /* all bytes lead to the same, or to more than a map can say */
        return make_chain(maker, ways, count);
    uint32_t base = (uint32_t)maker->target_count + 1;
    if (maker->failed || !array_grow(&maker->targets, &maker->target_capacity,
                                     maker->target_count + list_count + 1, sizeof *maker->targets)) {
        maker->failed = true;
        return INSTRUCTION_FAIL;
    }
    maker->targets[maker->target_count] = (uint32_t)list_count;
    memcpy(maker->targets + base, made, list_count * sizeof *made);
    maker->target_count += list_count + 1;
    struct instruction at = {.op = maker->backward ? OP_BACK_DISPATCH : OP_DISPATCH,
                             .next = add_map(maker, map) * MAP_SIZE,
                             .other = base};
    return append(maker, at, &first);
}

/* Whether trying the ways one after the other is as good as looking the right one up. */
static bool are_few(const struct maker *maker, const uint32_t *ways, size_t count)
{
    if (count >= MANY)
        return false;
    for (size_t i = 0; i + 1 < count; i++)
        if (!instruction_takes(&maker->code[ways[i]]) || maker->code[ways[i]].other != INSTRUCTION_FAIL)
            return false;
    return true;
}

uint32_t maker_choose(struct maker *maker, uint32_t *ways, size_t count)
{
    count = drop_idle(ways, count, ways);
    count = join(maker, ways, count);
    count = pair(maker, ways, count);
    count = drop_idle(ways, count, ways);
    if (maker->failed || count == 0)
        return INSTRUCTION_FAIL;
    if (count == 1)
        return ways[0];
    if (count > MAX_WAYS || are_few(maker, ways, count))
        return make_chain(maker, ways, count);
    return make_dispatch(maker, ways, count);
}

/* ---- life --------------------------------------------------------------------------------------------- */

bool maker_init(struct maker *maker, struct syntax *syntax)
{
    *maker = (struct maker){.syntax = syntax, .charsets = syntax->charsets};
    struct first nothing = {{0, 0, 0, 0}, false};
    struct first all = anything();
    (void)append(maker, (struct instruction){.op = OP_FAIL}, &nothing);
    (void)append(maker, (struct instruction){.op = OP_MATCH}, &all);
    (void)append(maker, (struct instruction){.op = OP_RETURN}, &all);
    return !maker->failed;
}

void maker_forget(struct maker *maker)
{
    free(maker->firsts);
    free(maker->shapes);
    slots_clear(&maker->slots);
    slots_clear(&maker->map_slots);
    maker->firsts = NULL;
    maker->shapes = NULL;
}

void maker_clear(struct maker *maker)
{
    maker_forget(maker);
    free(maker->code);
    free(maker->maps);
    free(maker->targets);
}
