/*
 * program.h - the patterns of all rules as programs for a backtracking matcher (match/backtrack.h).
 *
 * PCRE2 says what a pattern means; a program is a faster way to the same, made when the rules are built, so
 * that nothing is compiled when they are used. Three things make it fast: a choice looks at the next byte and
 * goes only where that byte can lead; ways that begin alike are walked once; a name is known by its bytes. A
 * pattern with anything else than programs know (references to what was matched, conditions that look) has
 * none, and PCRE2 runs it.
 */
#ifndef TRICH_RULES_PROGRAM_H
#define TRICH_RULES_PROGRAM_H

#include "rules.h"
#include "syntax.h"

enum instruction_op {
    OP_FAIL,
    OP_MATCH, /* of the pattern, or of what an assertion looks at */
    OP_JUMP,  /* only while programs are made */
    /* Take a byte or a character and go to next; if it is not there, to other. */
    OP_BYTE,   /* low */
    OP_EITHER, /* low or high */
    OP_RANGE,  /* low to high */
    OP_SET,    /* a character of set */
    /* The same of what is in front, backwards. */
    OP_BACK_BYTE,
    OP_BACK_EITHER,
    OP_BACK_RANGE,
    OP_BACK_SET,
    OP_STRING,        /* takes `length` bytes as in the instruction_string behind it; else to other */
    OP_SPLIT,         /* next; when that fails, other */
    OP_DISPATCH,      /* by the next byte: targets[other + map[byte]]; next is the map's offset */
    OP_BACK_DISPATCH, /* by the byte in front */
    OP_DISPATCH_FEW,  /* the same where all but `count` bytes, in what stands behind it, lead to next; other:
                         for the edge of the text */
    OP_BACK_DISPATCH_FEW,
    OP_SAVE,      /* the place, in slot */
    OP_SPAN,      /* characters of set, as many as there are; other: minimum and maximum */
    OP_SPAN_ALL,  /* the same, and never fewer */
    OP_PEEK,      /* a character of set follows; nothing is taken */
    OP_PEEK_NOT,  /* none does */
    OP_PEEK_BACK, /* one stands in front */
    OP_PEEK_BACK_NOT,
    OP_LOOK,     /* the program at other matches here; nothing is taken */
    OP_LOOK_NOT, /* it does not */
    OP_ATOMIC,   /* it does, in the first way it can, which is taken */
    OP_IF,       /* next if slot holds a place, else other */
    OP_CALL,     /* goes on at other, whose OP_RETURN leads to next */
    OP_RETURN,
    OP_EDGE, /* of a run of characters of set */
    OP_EDGE_NOT,
    OP_START,
    OP_END,
    OP_VERY_END
};

enum {
    SPAN_ENDLESS = 0xffff,
    PROGRAM_GROUPS = 30,
    PROGRAM_NO_GROUP = -1,
    STRING_BYTES = 6,
    FEW_BYTES = 16 /* that a processor compares at once */
};

struct instruction {
    uint8_t op;
    bool again; /* when what follows fails, other is tried */
    union {
        uint16_t set, slot, length;
        struct {
            uint8_t low, high;
        };
        struct {
            uint8_t count, targets; /* in the place of the next instructions, bytes, and from `targets` on,
                                       in bytes too, where each leads, 4 bytes each */
        };
    };
    uint32_t next, other;
};

/* In the place of an instruction: the text's bytes, of which only what the masks have counts. */
struct instruction_string {
    uint8_t bytes[STRING_BYTES], masks[STRING_BYTES];
};

/* Plain arrays, so that the build can work out those of the built-in rules (prepare.c). */
struct programs {
    const struct instruction *code; /* code[0] is OP_FAIL */
    const uint32_t *starts;         /* by the rule's index; 0: PCRE2 must run it */
    const uint32_t *groups;         /* by the rule's index: where its groups begin in ids, to the next's */
    const int16_t *ids;      /* groups, as compiled has them; group k has the slots 2k and 2k + 1; behind them
                                PROGRAM_NO_GROUP for what only conditions ask for */
    const uint8_t *maps;     /* of 256 bytes each */
    const uint32_t *targets; /* the first of a dispatch is for the edge of the text */
    const struct charset *charsets;
    size_t code_count, rule_count, id_count, map_size, target_count;
    bool fixed; /* part of the program: not to be freed */
};

/* NULL, and the error set, when out of memory. The charsets are to be set when all are known. */
struct programs *programs_build(const struct rules *rules, struct syntax *syntax, struct trich_error *error);
/* NULL is allowed. */
void programs_free(struct programs *programs);

#endif
