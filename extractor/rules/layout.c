/*
 * The instructions that can be reached, in the order in which a walk comes to them, so that what is run one
 * after the other lies side by side; and words as strings, several bytes an instruction.
 */
#include <stdlib.h>
#include <string.h>

#include "choice.h"

struct layout {
    const struct maker *maker;
    uint32_t *numbers; /* by old number: new one + 1 */
    uint32_t *order;   /* old numbers */
    uint32_t *stack;   /* old numbers still to be placed */
    struct instruction *code;
    uint32_t *targets;
    uint32_t *map_numbers; /* by old number: new one + 1 */
    uint8_t *maps;
    size_t count, order_count, depth, target_count, map_count;
};

/* A run of bytes that must follow each other. */
struct run {
    size_t length;
    struct instruction_string string;
    uint32_t next; /* behind it */
};

/* A dispatch's bytes that lead elsewhere than most do. */
struct ways {
    size_t count; /* those beyond FEW_BYTES are counted too */
    uint8_t bytes[FEW_BYTES];
    uint8_t rest; /* the list that most bytes have */
};

static struct ways find_ways(const struct maker *maker, const struct instruction *dispatch)
{
    const uint8_t *map = maker->maps + dispatch->next;
    size_t sizes[MAP_SIZE] = {0};
    struct ways ways = {.count = 0};
    for (size_t byte = 0; byte < MAP_SIZE; byte++)
        sizes[map[byte]]++;
    for (size_t list = 0; list < MAP_SIZE; list++)
        ways.rest = sizes[list] > sizes[ways.rest] ? (uint8_t)list : ways.rest;
    for (size_t byte = 0; byte < MAP_SIZE; byte++)
        if (map[byte] != ways.rest && ways.count++ < FEW_BYTES)
            ways.bytes[ways.count - 1] = (uint8_t)byte;
    return ways;
}

static bool is_dispatch(const struct instruction *at)
{
    return at->op == OP_DISPATCH || at->op == OP_BACK_DISPATCH;
}

/* Where the targets start behind the bytes. */
static size_t targets_at(const struct ways *ways)
{
    return (ways->count + sizeof(uint32_t) - 1) / sizeof(uint32_t) * sizeof(uint32_t);
}

static uint32_t landed(const struct maker *maker, uint32_t number)
{
    while (maker->code[number].op == OP_JUMP)
        number = maker->code[number].next;
    return number;
}

/* Whether it takes one byte, of which one bit may be either. */
static bool is_letter(const struct instruction *at)
{
    unsigned different = at->low ^ at->high;
    return at->op == OP_BYTE || (at->op == OP_EITHER && (different & (different - 1)) == 0);
}

static struct run find_run(const struct maker *maker, uint32_t old)
{
    struct run run = {.next = old};
    const struct instruction *at = &maker->code[old];
    while (is_letter(at) && run.length < STRING_BYTES &&
           (run.length == 0 || (at->other == INSTRUCTION_FAIL && !at->again))) {
        uint8_t mask = (uint8_t) ~(at->low ^ at->high);
        run.string.masks[run.length] = mask;
        run.string.bytes[run.length++] = at->low & mask;
        run.next = landed(maker, at->next);
        at = &maker->code[run.next];
    }
    return run;
}

static bool has_other(const struct instruction *at)
{
    return instruction_takes(at) || at->op == OP_SPLIT || at->op == OP_LOOK || at->op == OP_LOOK_NOT ||
           at->op == OP_ATOMIC || at->op == OP_IF || at->op == OP_CALL;
}

static void later(struct layout *layout, uint32_t old)
{
    layout->stack[layout->depth++] = landed(layout->maker, old);
}

/* How many places an instruction takes, with what stands behind it. */
static size_t room_of(const struct maker *maker, const struct instruction *at, const struct run *run)
{
    if (!is_dispatch(at))
        return run->length > 1 ? 2 : 1;
    struct ways ways = find_ways(maker, at);
    if (ways.count > FEW_BYTES)
        return 1;
    return 1 + (targets_at(&ways) + ways.count * sizeof(uint32_t) + sizeof *at - 1) / sizeof *at;
}

/* Gives an instruction its place, and those that it leads to theirs: right behind it the one that comes next.
 */
static void place(struct layout *layout, uint32_t old)
{
    const struct instruction *at = &layout->maker->code[old];
    struct run run = find_run(layout->maker, old);
    if (layout->numbers[old] != 0)
        return;
    layout->numbers[old] = (uint32_t)layout->count + 1;
    layout->count += room_of(layout->maker, at, &run);
    layout->order[layout->order_count++] = old;
    if (is_dispatch(at)) {
        const uint32_t *targets = layout->maker->targets + at->other;
        for (uint32_t i = targets[-1]; i-- > 0;)
            later(layout, targets[i]);
        return;
    }
    if (has_other(at))
        later(layout, at->other);
    later(layout, run.length > 1 ? run.next : at->next);
}

static uint32_t number_of(const struct layout *layout, uint32_t old)
{
    return layout->numbers[landed(layout->maker, old)] - 1;
}

static uint32_t number_of_map(struct layout *layout, size_t old)
{
    if (layout->map_numbers[old] == 0) {
        memcpy(layout->maps + layout->map_count * MAP_SIZE, layout->maker->maps + old * MAP_SIZE, MAP_SIZE);
        layout->map_numbers[old] = (uint32_t)++layout->map_count;
    }
    return layout->map_numbers[old] - 1;
}

static void write_dispatch(struct layout *layout, const struct instruction *at, struct instruction *to)
{
    const uint32_t *targets = layout->maker->targets + at->other;
    struct ways ways = find_ways(layout->maker, at);
    *to = (struct instruction){.op = at->op};
    if (ways.count > FEW_BYTES) {
        to->next = number_of_map(layout, at->next / MAP_SIZE) * MAP_SIZE;
        to->other = (uint32_t)layout->target_count;
        for (uint32_t i = 0; i < targets[-1]; i++)
            layout->targets[layout->target_count++] = number_of(layout, targets[i]);
        return;
    }
    to->op = at->op == OP_DISPATCH ? OP_DISPATCH_FEW : OP_BACK_DISPATCH_FEW;
    to->count = (uint8_t)ways.count;
    to->targets = (uint8_t)targets_at(&ways);
    to->next = number_of(layout, targets[ways.rest]);
    to->other = number_of(layout, targets[0]);
    uint8_t *behind = (uint8_t *)(to + 1);
    memcpy(behind, ways.bytes, ways.count);
    for (size_t i = 0; i < ways.count; i++) {
        uint32_t target = number_of(layout, targets[layout->maker->maps[at->next + ways.bytes[i]]]);
        memcpy(behind + to->targets + i * sizeof target, &target, sizeof target);
    }
}

static void write(struct layout *layout, uint32_t old)
{
    struct instruction at = layout->maker->code[old];
    struct instruction *to = layout->code + number_of(layout, old);
    struct run run = find_run(layout->maker, old);
    if (is_dispatch(&at)) {
        write_dispatch(layout, &at, to);
        return;
    }
    if (has_other(&at))
        at.other = number_of(layout, at.other);
    at.next = number_of(layout, run.length > 1 ? run.next : at.next);
    if (run.length > 1) {
        at.op = OP_STRING;
        at.set = (uint16_t)run.length;
        memcpy(to + 1, &run.string, sizeof run.string);
    }
    *to = at;
}

static void place_all(struct layout *layout, const uint32_t *starts, size_t start_count)
{
    place(layout, INSTRUCTION_FAIL);
    place(layout, INSTRUCTION_MATCH);
    place(layout, INSTRUCTION_RETURN);
    layout->depth = 0;
    for (size_t i = 0; i < start_count; i++) {
        later(layout, starts[i]);
        while (layout->depth > 0)
            place(layout, layout->stack[--layout->depth]);
    }
}

/* False when out of memory. */
static bool lay_out(struct layout *layout, uint32_t *starts, size_t start_count)
{
    const struct maker *maker = layout->maker;
    layout->numbers = calloc(maker->count + 1, sizeof *layout->numbers);
    layout->order = calloc(maker->count + 1, sizeof *layout->order);
    layout->stack = malloc((2 * maker->count + maker->target_count + 2) * sizeof *layout->stack);
    if (layout->numbers == NULL || layout->order == NULL || layout->stack == NULL)
        return false;
    place_all(layout, starts, start_count);
    layout->code = calloc(layout->count + 2, sizeof *layout->code); /* FEW_BYTES are read behind the last */
    layout->targets = calloc(maker->target_count + 1, sizeof *layout->targets);
    layout->maps = malloc((maker->map_count + 1) * MAP_SIZE);
    layout->map_numbers = calloc(maker->map_count + 1, sizeof *layout->map_numbers);
    if (layout->code == NULL || layout->targets == NULL || layout->maps == NULL ||
        layout->map_numbers == NULL)
        return false;
    for (size_t i = 0; i < layout->order_count; i++)
        write(layout, layout->order[i]);
    for (size_t i = 0; i < start_count; i++)
        starts[i] = number_of(layout, starts[i]);
    return true;
}

bool maker_lay_out(struct maker *maker, uint32_t *starts, size_t start_count, struct programs *programs)
{
    struct layout layout = {.maker = maker};
    maker_forget(maker); /* room for what follows */
    bool done = lay_out(&layout, starts, start_count);
    free(layout.numbers);
    free(layout.order);
    free(layout.stack);
    free(layout.map_numbers);
    programs->code = layout.code;
    programs->targets = layout.targets;
    programs->maps = layout.maps;
    programs->code_count = layout.count + 2;
    programs->target_count = layout.target_count;
    programs->map_size = layout.map_count * MAP_SIZE;
    return done;
}
