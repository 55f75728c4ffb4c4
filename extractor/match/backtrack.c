#include "backtrack.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "../base/utf8.h"

enum {
    LEAST = 2 * PROGRAM_GROUPS, /* the slot in whose place an entry under a span keeps its least end */
    CALLER,                     /* the slot for the call that is being made, by its number */
    SLOTS,
    STACK_SIZE = 1 << 13,
    MAX_CALLS = 1 << 11, /* that are not undone */
    MAX_RETURNS = 20000  /* to other ways; then PCRE2, which has a limit of its own, may go on */
};

/* What to do when a way fails. */
enum memory {
    OTHER_WAY, /* go on with instruction `number` at a place */
    OLD_SLOT,  /* give slot `number` its old place back, and go on failing */
    SHORTER    /* a span that ends here can end a character earlier, if not below the place in the entry under
                  this, then go on with instruction `number` */
};

struct call {
    uint32_t next; /* instruction, when it returns */
    int32_t caller;
};

struct entry {
    uint32_t memory : 2, number : 30;
    int32_t at; /* from where the program began */
};

struct backtrack {
    const struct instruction *code;
    const uint8_t *maps;
    const uint32_t *targets;
    const struct charset *charsets;
    const unsigned char *text, *begin, *end; /* text: where the program began */
    size_t depth;                            /* of the stack */
    bool ask;                                /* it cannot be said what a character is */
    unsigned returns;
    int32_t call_count;
    int32_t slots[SLOTS];
    struct entry stack[STACK_SIZE];
    struct call calls[MAX_CALLS];
};

struct backtrack *backtrack_new(const struct programs *programs)
{
    struct backtrack *backtrack = malloc(sizeof *backtrack);
    if (backtrack != NULL) {
        backtrack->code = programs->code;
        backtrack->maps = programs->maps;
        backtrack->targets = programs->targets;
        backtrack->charsets = programs->charsets;
    }
    return backtrack;
}

void backtrack_free(struct backtrack *backtrack)
{
    free(backtrack);
}

/* ---- characters --------------------------------------------------------------------------------------- */

enum { RARE = CHARSET_LIMIT }; /* all characters from here on are one to a charset */

static inline uint32_t code_at(const unsigned char *at)
{
    if (at[0] < 0x80)
        return at[0];
    if (at[0] < 0xe0)
        return (uint32_t)(at[0] & 0x1f) << 6 | (at[1] & 0x3f);
    if (at[0] >= 0xe3) /* E3 80 80 is CHARSET_LIMIT */
        return RARE;
    return (uint32_t)(at[0] & 0x0f) << 12 | (uint32_t)(at[1] & 0x3f) << 6 | (at[2] & 0x3f);
}

static inline const unsigned char *character_before(const unsigned char *at)
{
    do
        at--;
    while (utf8_is_inside(*at));
    return at;
}

/* Whether a set has a character. */
static inline bool has(struct backtrack *run, const struct charset *set, uint32_t code)
{
    if (code < RARE)
        return (set->bits[code / 64] >> code % 64 & 1) != 0;
    run->ask = run->ask || set->beyond; /* seldom */
    return false;
}

/* Whether a character of the set follows, or stands in front. */
static bool is_next(struct backtrack *run, const unsigned char *at, const struct charset *set)
{
    return at < run->end && has(run, set, code_at(at));
}

static bool is_in_front(struct backtrack *run, const unsigned char *at, const struct charset *set)
{
    return at > run->begin && has(run, set, code_at(character_before(at)));
}

/* ---- running ------------------------------------------------------------------------------------------ */

/* The last entry is written over and over when the stack is full, which ends a run before anything is popped.
 */
static inline void push(struct backtrack *run, enum memory memory, uint32_t number, int32_t at)
{
    run->stack[run->depth] = (struct entry){.memory = memory, .number = number & 0x3fffffffu, .at = at};
    run->depth += run->depth < STACK_SIZE - 1;
}

static bool is_full(const struct backtrack *run)
{
    return run->depth == STACK_SIZE - 1;
}

/* Forgets the other ways above a depth of the stack, but not what slots held. */
static void settle(struct backtrack *run, size_t base)
{
    size_t kept = base;
    for (size_t i = base; i < run->depth; i++)
        if (run->stack[i].memory == OLD_SLOT)
            run->stack[kept++] = run->stack[i];
    run->depth = kept;
}

static void set_slot(struct backtrack *run, uint32_t slot, int32_t value)
{
    push(run, OLD_SLOT, slot, run->slots[slot]);
    run->slots[slot] = value;
}

static inline void restore_slot(struct backtrack *run, const struct entry *entry)
{
    if (entry->number == CALLER && run->slots[CALLER] > entry->at) /* the call, and those after it */
        run->call_count = run->slots[CALLER];
    run->slots[entry->number] = entry->at;
}

static void undo(struct backtrack *run, size_t base)
{
    while (run->depth > base) {
        const struct entry *entry = &run->stack[--run->depth];
        if (entry->memory == OLD_SLOT)
            restore_slot(run, entry);
    }
}

/* Whether the bytes of the string behind an instruction follow. */
static inline bool is_string(const unsigned char *at, const unsigned char *end, const struct instruction *is)
{
    static const unsigned char all[sizeof(uint64_t)] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
    const unsigned char *string = (const void *)(is + 1);
    uint64_t bytes;
    uint64_t mask;
    uint64_t kept;
    uint64_t found = 0;
    memcpy(&bytes, string + offsetof(struct instruction_string, bytes), sizeof bytes);
    memcpy(&mask, string + offsetof(struct instruction_string, masks), sizeof mask);
    memcpy(&kept, all, sizeof kept); /* of eight bytes, which are read at once, those of the string */
    if (end - at >= (ptrdiff_t)sizeof found)
        memcpy(&found, at, sizeof found);
    else if (end - at >= is->length)
        memcpy(&found, at, (size_t)(end - at));
    else
        return false;
    return (((found & mask) ^ bytes) & kept) == 0;
}

/* Which of some bytes it is, behind which there is more to read; FEW_BYTES if none. */
static inline unsigned find_way(const uint8_t *bytes, size_t count, unsigned byte)
{
#if defined(__SSE2__)
    __m128i all = _mm_loadu_si128((const __m128i *)(const void *)bytes);
    __m128i same = _mm_cmpeq_epi8(all, _mm_set1_epi8((char)byte));
    unsigned found = (unsigned)_mm_movemask_epi8(same) & ((1u << count) - 1);
    return found != 0 ? (unsigned)__builtin_ctz(found) : FEW_BYTES;
#else
    for (unsigned i = 0; i < count; i++)
        if (bytes[i] == byte)
            return i;
    return FEW_BYTES;
#endif
}

static inline uint32_t look_up_few(const struct instruction *at, unsigned byte)
{
    const uint8_t *bytes = (const void *)(at + 1);
    unsigned way = find_way(bytes, at->count, byte);
    uint32_t target = at->next;
    if (way < FEW_BYTES)
        memcpy(&target, bytes + at->targets + way * sizeof target, sizeof target);
    return target;
}

static inline uint32_t look_up(const struct backtrack *run, const struct instruction *at, unsigned byte)
{
    return run->targets[at->other + run->maps[at->next + byte]];
}

/* Where a dispatch at the start of an assertion leads, so that most need not be entered. */
static inline uint32_t enter(const struct backtrack *run, uint32_t number, const unsigned char *at)
{
    const struct instruction *first = &run->code[number];
    switch ((enum instruction_op)first->op) {
    case OP_DISPATCH:
        return at < run->end ? look_up(run, first, *at) : run->targets[first->other];
    case OP_BACK_DISPATCH:
        return at > run->begin ? look_up(run, first, at[-1]) : run->targets[first->other];
    case OP_DISPATCH_FEW:
        return at < run->end ? look_up_few(first, *at) : first->other;
    case OP_BACK_DISPATCH_FEW:
        return at > run->begin ? look_up_few(first, at[-1]) : first->other;
    default:
        return number;
    }
}

/* A span from `at` as long as it can be; NULL when it is too short. */
static const unsigned char *span(struct backtrack *run, const struct instruction *is, const unsigned char *at,
                                 const unsigned char **least)
{
    const struct charset *set = &run->charsets[is->set];
    uint32_t minimum = is->other & 0xffff;
    uint32_t maximum = is->other >> 16;
    uint32_t count = 0;
    *least = minimum == 0 ? at : NULL;
    while (count < maximum && at < run->end && has(run, set, code_at(at))) {
        at += utf8_length(*at);
        if (++count == minimum)
            *least = at;
    }
    return count < minimum ? NULL : at;
}

/* Goes back to the last way that is left above a depth of the stack; false if there is none. */
static bool go_back(struct backtrack *run, size_t base, uint32_t *number, const unsigned char **at)
{
    while (run->depth > base) {
        struct entry *entry = &run->stack[run->depth - 1];
        if (entry->memory == OLD_SLOT) {
            restore_slot(run, entry);
            run->depth--;
            continue;
        }
        *number = entry->number;
        *at = run->text + entry->at;
        if (entry->memory == OTHER_WAY) {
            run->depth--;
            return true;
        }
        *at = character_before(*at);
        entry->at = (int32_t)(*at - run->text);
        if (entry->at <= entry[-1].at)
            run->depth -= 2;
        return true;
    }
    return false;
}

/* Where to go on from an instruction that takes something, which ends at `after` if it is there. */
static inline uint32_t take(struct backtrack *run, const struct instruction *is, const unsigned char **at,
                            bool is_there, const unsigned char *after)
{
    if (!is_there)
        return is->other;
    if (is->again)
        push(run, OTHER_WAY, is->other, (int32_t)(*at - run->text));
    *at = after;
    return is->next;
}

/* Runs from an instruction on, at a place, which becomes the match's end. What fails goes to 0, OP_FAIL. */
static enum backtrack_result walk(struct backtrack *run, uint32_t number, const unsigned char **place)
{
    const struct instruction *const code = run->code;
    const unsigned char *const text = run->text;
    const unsigned char *const begin = run->begin;
    const unsigned char *const end = run->end;
    const unsigned char *at = *place;
    const size_t base = run->depth;
    for (;;) {
        const struct instruction *is = &code[number];
        bool good;
        switch ((enum instruction_op)is->op) {
        case OP_MATCH:
            *place = at;
            return is_full(run) ? BACKTRACK_ASK : BACKTRACK_MATCH;
        case OP_BYTE:
            number = take(run, is, &at, at < end && *at == is->low, at + 1);
            continue;
        case OP_EITHER:
            number = take(run, is, &at, at < end && (*at == is->low || *at == is->high), at + 1);
            continue;
        case OP_RANGE:
            number = take(run, is, &at, at < end && *at >= is->low && *at <= is->high, at + 1);
            continue;
        case OP_SET:
            good = is_next(run, at, &run->charsets[is->set]);
            number = take(run, is, &at, good, good ? at + utf8_length(*at) : at);
            continue;
        case OP_STRING:
            number = take(run, is, &at, is_string(at, end, is), at + is->length);
            continue;
        case OP_BACK_BYTE:
        case OP_BACK_EITHER:
            number = take(run, is, &at, at > begin && (at[-1] == is->low || at[-1] == is->high), at - 1);
            continue;
        case OP_BACK_RANGE:
            number = take(run, is, &at, at > begin && at[-1] >= is->low && at[-1] <= is->high, at - 1);
            continue;
        case OP_BACK_SET:
            good = is_in_front(run, at, &run->charsets[is->set]);
            number = take(run, is, &at, good, good ? character_before(at) : at);
            continue;
        case OP_SPLIT:
            push(run, OTHER_WAY, is->other, (int32_t)(at - text));
            number = is->next;
            continue;
        case OP_DISPATCH:
            number = at < end ? look_up(run, is, *at) : run->targets[is->other];
            continue;
        case OP_BACK_DISPATCH:
            number = at > begin ? look_up(run, is, at[-1]) : run->targets[is->other];
            continue;
        case OP_DISPATCH_FEW:
            number = at < end ? look_up_few(is, *at) : is->other;
            continue;
        case OP_BACK_DISPATCH_FEW:
            number = at > begin ? look_up_few(is, at[-1]) : is->other;
            continue;
        case OP_SAVE:
            set_slot(run, is->slot, (int32_t)(at - text));
            number = is->next;
            continue;
        case OP_IF:
            number = run->slots[is->slot] != BACKTRACK_UNSET ? is->next : is->other;
            continue;
        case OP_CALL:
            if (run->call_count == MAX_CALLS)
                return BACKTRACK_ASK;
            run->calls[run->call_count] = (struct call){is->next, run->slots[CALLER]};
            set_slot(run, CALLER, run->call_count++);
            number = is->other;
            continue;
        case OP_RETURN:
            number = run->calls[run->slots[CALLER]].next;
            set_slot(run, CALLER, run->calls[run->slots[CALLER]].caller);
            continue;
        case OP_SPAN:
        case OP_SPAN_ALL: {
            const unsigned char *least;
            const unsigned char *most = span(run, is, at, &least);
            if (most != NULL && is->op == OP_SPAN && most > least) {
                push(run, OLD_SLOT, LEAST, (int32_t)(least - text));
                push(run, SHORTER, is->next, (int32_t)(most - text));
            }
            at = most != NULL ? most : at;
            number = most != NULL ? is->next : 0;
            continue;
        }
        case OP_PEEK:
        case OP_PEEK_NOT:
            good = is_next(run, at, &run->charsets[is->set]) == (is->op == OP_PEEK);
            number = good ? is->next : 0;
            continue;
        case OP_PEEK_BACK:
        case OP_PEEK_BACK_NOT:
            good = is_in_front(run, at, &run->charsets[is->set]) == (is->op == OP_PEEK_BACK);
            number = good ? is->next : 0;
            continue;
        case OP_LOOK:
        case OP_LOOK_NOT:
        case OP_ATOMIC: {
            const unsigned char *inside = at;
            const size_t depth = run->depth;
            uint32_t first = enter(run, is->other, at);
            enum backtrack_result result = first == 0 ? BACKTRACK_NONE : walk(run, first, &inside);
            if (result == BACKTRACK_ASK)
                return result;
            if (is->op == OP_LOOK_NOT)
                undo(run, depth);
            good = (result == BACKTRACK_MATCH) != (is->op == OP_LOOK_NOT);
            if (good)
                settle(run, depth);
            if (good && is->op == OP_ATOMIC)
                at = inside;
            number = good ? is->next : 0;
            continue;
        }
        case OP_EDGE:
        case OP_EDGE_NOT:
            good = (is_in_front(run, at, &run->charsets[is->set]) !=
                    is_next(run, at, &run->charsets[is->set])) == (is->op == OP_EDGE);
            number = good ? is->next : 0;
            continue;
        case OP_START:
            number = at == begin ? is->next : 0;
            continue;
        case OP_END:
            number = at == end || (at + 1 == end && *at == '\n') ? is->next : 0;
            continue;
        case OP_VERY_END:
            number = at == end ? is->next : 0;
            continue;
        case OP_FAIL:
            if (++run->returns > MAX_RETURNS || is_full(run))
                return BACKTRACK_ASK;
            if (!go_back(run, base, &number, &at))
                return BACKTRACK_NONE;
            continue;
        case OP_JUMP: /* only while programs are made */
        default:
            __builtin_unreachable();
        }
    }
}

enum backtrack_result backtrack_run(struct backtrack *backtrack, uint32_t start, size_t group_count,
                                    const char *text, size_t at, size_t length, struct backtrack_match *match)
{
    backtrack->begin = (const unsigned char *)text;
    backtrack->text = backtrack->begin + at;
    backtrack->end = backtrack->begin + length;
    backtrack->depth = 0;
    backtrack->ask = false;
    backtrack->returns = 0;
    backtrack->call_count = 0;
    backtrack->slots[CALLER] = -1;
    memset(backtrack->slots, BACKTRACK_UNSET & 0xff, 2 * group_count * sizeof *backtrack->slots);
    const unsigned char *place = backtrack->text;
    enum backtrack_result result = walk(backtrack, start, &place);
    match->end = (int32_t)(place - backtrack->text);
    match->slots = backtrack->slots;
    return backtrack->ask ? BACKTRACK_ASK : result;
}
