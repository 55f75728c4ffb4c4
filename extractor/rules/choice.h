/*
 * choice.h - inside program.c: makes instructions, and makes of several ways to go on one that looks before
 * it leaps: by the next byte it goes only where that byte can lead, and ways that begin alike begin once. The
 * order in which ways are tried is kept.
 */
#ifndef TRICH_RULES_CHOICE_H
#define TRICH_RULES_CHOICE_H

#include "../base/slots.h"
#include "program.h"

enum { INSTRUCTION_FAIL, INSTRUCTION_MATCH, INSTRUCTION_RETURN };

enum { MAP_SIZE = 256 };

/* The bytes that an instruction can go on with; backwards, the bytes in front. */
struct first {
    uint64_t bytes[4];
    bool open; /* also with none: at the edge of the text, or for taking nothing */
};

enum { SHAPE_CODES = 6 };

/* How a set's characters are looked for. */
struct shape {
    bool known;
    bool is_range; /* of ASCII characters, low to high */
    bool is_small; /* they are spelled byte by byte */
    uint8_t low, high, count;
    uint16_t codes[SHAPE_CODES]; /* if it is small */
};

struct maker {
    const struct syntax *syntax; /* of the rule in hand */
    struct charsets *charsets;
    struct shape *shapes; /* by set */
    size_t shape_capacity;
    struct instruction *code;
    struct first *firsts; /* by instruction */
    size_t count, capacity;
    struct slots slots; /* of the rule's instructions: what is alike is made once */
    uint8_t *maps;
    size_t map_count, map_capacity;
    struct slots map_slots;
    uint32_t *targets; /* of each dispatch: how many, then they themselves */
    size_t target_count, target_capacity;
    const struct tree *groups[PROGRAM_GROUPS]; /* of the rule in hand */
    uint32_t called[SYNTAX_CAPTURES]; /* by a capture's number: where it starts for calls; 0: not made */
    size_t group_count, rule_base;
    bool in_call;  /* what is made is called: it notes no groups */
    bool backward; /* what is made reads what is in front, from its end to its start */
    bool unknown;  /* the pattern has what programs can't say */
    bool failed;   /* out of memory */
};

bool maker_init(struct maker *maker, struct syntax *syntax);
void maker_clear(struct maker *maker);
/* Before the instructions of each rule. */
void maker_begin_rule(struct maker *maker);
/* Gives back what only making needs. */
void maker_forget(struct maker *maker);

/* Whether it takes a byte or a character. */
static inline bool instruction_takes(const struct instruction *instruction)
{
    return instruction->op >= OP_BYTE && instruction->op <= OP_BACK_SET;
}

/* Of the set of that number; NULL, and the maker fails, when out of memory. */
const struct shape *maker_shape(struct maker *maker, unsigned set);

uint32_t maker_add(struct maker *maker, struct instruction instruction);
/* An instruction that goes to one that is not there yet; maker_land says where. */
uint32_t maker_jump(struct maker *maker);
void maker_land(struct maker *maker, uint32_t jump, uint32_t target);
/* The first of these ways that leads to a match. Changes ways. */
uint32_t maker_choose(struct maker *maker, uint32_t *ways, size_t count);

/* The first bytes of the set's characters. */
struct first maker_first_of_set(const struct maker *maker, unsigned set);
/* Whether no byte, nor none, goes on with both. */
bool first_apart(const struct first *a, const struct first *b);

/* The program: what can be reached from starts, which are renumbered (layout.c); false when out of memory. */
bool maker_lay_out(struct maker *maker, uint32_t *starts, size_t start_count, struct programs *programs);

#endif
