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
    size_t count, order_count, depth, target_count;
};

/* A run of bytes that must follow each other. */
struct run {
    size_t length;
    struct instruction_string string;
    uint32_t next; /* behind it */
};

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

/* Gives an instruction its place, and those that it leads to theirs: right behind it the one that comes next.
 */
static void place(struct layout *layout, uint32_t old)
{
    const struct instruction *at = &layout->maker->code[old];
    struct run run = find_run(layout->maker, old);
    if (layout->numbers[old] != 0)
        return;
    layout->numbers[old] = (uint32_t)layout->count + 1;
    layout->count += run.length > 1 ? 2 : 1;
    layout->order[layout->order_count++] = old;
    if (at->op == OP_DISPATCH || at->op == OP_BACK_DISPATCH) {
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

static void write(struct layout *layout, uint32_t old)
{
    struct instruction at = layout->maker->code[old];
    struct instruction *to = layout->code + number_of(layout, old);
    struct run run = find_run(layout->maker, old);
    if (at.op == OP_DISPATCH || at.op == OP_BACK_DISPATCH) {
        const uint32_t *targets = layout->maker->targets + at.other;
        at.other = (uint32_t)layout->target_count;
        for (uint32_t i = 0; i < targets[-1]; i++)
            layout->targets[layout->target_count++] = number_of(layout, targets[i]);
    } else {
        if (has_other(&at))
            at.other = number_of(layout, at.other);
        at.next = number_of(layout, run.length > 1 ? run.next : at.next);
    }
    if (run.length > 1) {
        at.op = OP_STRING;
        at.set = (uint16_t)run.length;
        memcpy(to + 1, &run.string, sizeof run.string);
    }
    *to = at;
}

bool maker_lay_out(struct maker *maker, uint32_t *starts, size_t start_count, struct programs *programs)
{
    struct layout layout = {.maker = maker};
    maker_forget(maker); /* room for what follows */
    size_t references = 2 * maker->count + maker->target_count + 2;
    layout.numbers = calloc(maker->count + 1, sizeof *layout.numbers);
    layout.order = calloc(maker->count + 1, sizeof *layout.order);
    layout.stack = malloc(references * sizeof *layout.stack);
    programs->code = layout.code = calloc(2 * maker->count + 1, sizeof *layout.code);
    programs->targets = layout.targets = calloc(maker->target_count + 1, sizeof *layout.targets);
    programs->maps = maker->maps;
    programs->map_size = maker->map_count * MAP_SIZE;
    maker->maps = NULL;
    bool done = layout.numbers != NULL && layout.order != NULL && layout.stack != NULL &&
                layout.code != NULL && layout.targets != NULL;
    if (done) {
        place(&layout, INSTRUCTION_FAIL);
        place(&layout, INSTRUCTION_MATCH);
        place(&layout, INSTRUCTION_RETURN);
        layout.depth = 0;
        for (size_t i = 0; i < start_count; i++) {
            later(&layout, starts[i]);
            while (layout.depth > 0)
                place(&layout, layout.stack[--layout.depth]);
        }
        for (size_t i = 0; i < layout.order_count; i++)
            write(&layout, layout.order[i]);
        for (size_t i = 0; i < start_count; i++)
            starts[i] = number_of(&layout, starts[i]);
        programs->code_count = layout.count;
        programs->target_count = layout.target_count;
    }
    struct instruction *fitting =
        done ? realloc(layout.code, (layout.count + 1) * sizeof *layout.code) : NULL;
    if (fitting != NULL)
        programs->code = fitting;
    free(layout.numbers);
    free(layout.order);
    free(layout.stack);
    return done;
}
