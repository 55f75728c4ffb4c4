#include "program.h"

#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/utf8.h"
#include "choice.h"

/*
 * Each pattern's tree is turned into instructions from the back: a construct is given the instruction that
 * follows it and returns the one it starts with. When all are made, those in use are laid out in the order in
 * which they are reached.
 */

enum {
    MAX_COPIED = 20000,      /* sets in all copies of a part that is repeated */
    MAX_RULE_CODE = 1 << 18, /* instructions */
    MAX_CALL_DEPTH = 8       /* at which calls are looked into */
};

/* ---- sets --------------------------------------------------------------------------------------------- */

static uint32_t take_bytes(struct maker *maker, const unsigned char *bytes, size_t length, uint32_t next)
{
    for (size_t i = 0; i < length; i++) { /* what is made first is what is read last */
        unsigned char byte = bytes[maker->backward ? i : length - 1 - i];
        next = maker_add(maker, (struct instruction){.op = maker->backward ? OP_BACK_BYTE : OP_BYTE,
                                                     .low = byte,
                                                     .high = byte,
                                                     .next = next});
    }
    return next;
}

static uint32_t spell(struct maker *maker, const struct shape *shape, uint32_t next)
{
    uint32_t ways[SHAPE_CODES];
    for (size_t i = 0; i < shape->count; i++) {
        unsigned char bytes[3];
        ways[i] = take_bytes(maker, bytes, utf8_encode(shape->codes[i], bytes), next);
    }
    return maker_choose(maker, ways, shape->count);
}

static uint32_t take_set(struct maker *maker, unsigned number, uint32_t next)
{
    const struct shape *shape = maker_shape(maker, number);
    if (shape == NULL)
        return INSTRUCTION_FAIL;
    if (shape->is_range)
        return maker_add(maker, (struct instruction){.op = maker->backward ? OP_BACK_RANGE : OP_RANGE,
                                                     .low = shape->low,
                                                     .high = shape->high,
                                                     .next = next});
    if (shape->is_small)
        return spell(maker, shape, next);
    return maker_add(maker, (struct instruction){.op = maker->backward ? OP_BACK_SET : OP_SET,
                                                 .set = (uint16_t)number,
                                                 .next = next});
}

/* ---- constructs --------------------------------------------------------------------------------------- */

static uint32_t make(struct maker *maker, const struct tree *tree, uint32_t next);

static uint32_t unknown(struct maker *maker)
{
    maker->unknown = true;
    return INSTRUCTION_FAIL;
}

static uint32_t make_sequence(struct maker *maker, const struct tree *child, uint32_t next)
{
    if (maker->backward) {
        for (; child != NULL; child = child->next)
            next = make(maker, child, next);
        return next;
    }
    if (child == NULL)
        return next;
    return make(maker, child, make_sequence(maker, child->next, next));
}

static uint32_t make_choice(struct maker *maker, const struct tree *tree, uint32_t next)
{
    size_t count = 0;
    for (const struct tree *child = tree->first; child != NULL; child = child->next)
        count++;
    uint32_t *ways = malloc((count + 1) * sizeof *ways);
    if (ways == NULL) {
        maker->failed = true;
        return INSTRUCTION_FAIL;
    }
    count = 0;
    for (const struct tree *child = tree->first; child != NULL; child = child->next)
        ways[count++] = make(maker, child, next);
    uint32_t made = maker_choose(maker, ways, count);
    free(ways);
    return made;
}

/* What a group that holds one thing holds. */
static const struct tree *unwrap(const struct tree *tree)
{
    while ((tree->type == TREE_CHOICE || tree->type == TREE_SEQUENCE) && tree->first != NULL &&
           tree->first->next == NULL)
        tree = tree->first;
    return tree;
}

/* depth: of calls that are looked into, one inside the other. */
static bool can_be_empty(const struct maker *maker, const struct tree *tree, int depth)
{
    const struct tree *child = tree->first;
    switch (tree->type) {
    case TREE_SET:
        return false;
    case TREE_SEQUENCE:
        while (child != NULL && can_be_empty(maker, child, depth))
            child = child->next;
        return child == NULL;
    case TREE_CHOICE:
        while (child != NULL && !can_be_empty(maker, child, depth))
            child = child->next;
        return child != NULL;
    case TREE_REPEAT:
        return tree->minimum == 0 || can_be_empty(maker, child, depth);
    case TREE_CAPTURE:
    case TREE_ATOMIC:
        return can_be_empty(maker, child, depth);
    case TREE_CALL:
        child = syntax_capture(maker->syntax, tree);
        return child == NULL || depth == 0 || can_be_empty(maker, child->first, depth - 1);
    default:
        return true;
    }
}

/* A run of characters of one set. */
static uint32_t make_span(struct maker *maker, const struct tree *tree, unsigned set, uint32_t next)
{
    struct first of_set = maker_first_of_set(maker, set);
    uint32_t maximum = tree->maximum < 0 ? SPAN_ENDLESS : (uint32_t)tree->maximum;
    bool all = tree->greed == POSSESSIVE || first_apart(&of_set, &maker->firsts[next]);
    return maker_add(maker, (struct instruction){.op = all ? OP_SPAN_ALL : OP_SPAN,
                                                 .set = (uint16_t)set,
                                                 .next = next,
                                                 .other = (uint32_t)tree->minimum | maximum << 16});
}

static uint32_t one_more(struct maker *maker, const struct tree *tree, uint32_t more, uint32_t next)
{
    uint32_t ways[2] = {more, next};
    if (tree->greed == LAZY) {
        ways[0] = next;
        ways[1] = more;
    }
    return maker_choose(maker, ways, 2);
}

static uint32_t make_loop(struct maker *maker, const struct tree *tree, uint32_t next)
{
    if (can_be_empty(maker, tree->first, MAX_CALL_DEPTH))
        return unknown(maker);
    uint32_t back = maker_jump(maker);
    uint32_t start = one_more(maker, tree, make(maker, tree->first, back), next);
    maker_land(maker, back, start);
    return start;
}

static uint32_t make_repeat(struct maker *maker, const struct tree *tree, uint32_t next)
{
    const struct tree *child = unwrap(tree->first);
    int copies = tree->maximum < 0 ? tree->minimum + 1 : tree->maximum;
    if (child->type == TREE_SET && !maker->backward && tree->greed != LAZY && tree->maximum != 1 &&
        !(tree->minimum == tree->maximum && tree->maximum < 3))
        return make_span(maker, tree, child->set, next);
    if ((size_t)copies * (tree->first->size + 1) > MAX_COPIED)
        return unknown(maker);
    if (tree->greed == POSSESSIVE) {
        struct tree greedy = *tree;
        greedy.greed = GREEDY;
        return maker_add(maker,
                         (struct instruction){.op = OP_ATOMIC,
                                              .next = next,
                                              .other = make_repeat(maker, &greedy, INSTRUCTION_MATCH)});
    }
    uint32_t node = next;
    if (tree->maximum < 0)
        node = make_loop(maker, tree, next);
    for (int i = tree->minimum; i < tree->maximum; i++)
        node = one_more(maker, tree, make(maker, tree->first, node), next);
    for (int i = 0; i < tree->minimum; i++)
        node = make(maker, tree->first, node);
    return node;
}

/* Its number in the rule's groups; group_count if it is none of them. */
static size_t find_group(const struct maker *maker, const struct tree *capture)
{
    size_t group = 0;
    while (group < maker->group_count && maker->groups[group] != capture)
        group++;
    return group;
}

static uint32_t make_capture(struct maker *maker, const struct tree *tree, uint32_t next)
{
    size_t group = find_group(maker, tree);
    if (group == maker->group_count || maker->in_call)
        return make(maker, tree->first, next);
    uint32_t start = (uint32_t)(2 * group);
    uint32_t end = start + 1;
    uint32_t last = maker->backward ? start : end; /* backwards the end comes first */
    next = maker_add(maker, (struct instruction){.op = OP_SAVE, .slot = (uint16_t)last, .next = next});
    uint32_t inside = make(maker, tree->first, next);
    return maker_add(
        maker, (struct instruction){.op = OP_SAVE, .slot = (uint16_t)(start + end - last), .next = inside});
}

/* A capture for calls is made once, at the first of them; it may call itself. */
static uint32_t make_called(struct maker *maker, const struct tree *capture, size_t number)
{
    if (maker->called[number] != 0)
        return maker->called[number];
    bool in_call = maker->in_call;
    uint32_t start = maker_jump(maker);
    maker->called[number] = start;
    maker->in_call = true;
    uint32_t made = make(maker, capture->first, INSTRUCTION_RETURN);
    maker->in_call = in_call;
    maker_land(maker, start, made);
    maker->called[number] = made;
    return made;
}

static uint32_t make_call(struct maker *maker, const struct tree *tree, uint32_t next)
{
    const struct tree *capture = syntax_capture(maker->syntax, tree);
    if (capture == NULL || maker->backward)
        return unknown(maker);
    size_t number = 0;
    while (maker->syntax->captures[number] != capture)
        number++;
    uint32_t start = make_called(maker, capture, number);
    return start == INSTRUCTION_FAIL
               ? INSTRUCTION_FAIL
               : maker_add(maker, (struct instruction){.op = OP_CALL, .next = next, .other = start});
}

static uint32_t make_if(struct maker *maker, const struct tree *tree, uint32_t next)
{
    const struct tree *then = tree->first->first;
    size_t group = find_group(maker, syntax_capture(maker->syntax, tree));
    if (group == maker->group_count || maker->in_call || (then->next != NULL && then->next->next != NULL))
        return unknown(maker);
    uint32_t otherwise = then->next != NULL ? make(maker, then->next, next) : next;
    return maker_add(maker, (struct instruction){.op = OP_IF,
                                                 .slot = (uint16_t)(2 * group + 1),
                                                 .next = make(maker, then, next),
                                                 .other = otherwise});
}

/* (?=…), (?!…), (?<=…), (?<!…) */
static uint32_t make_look(struct maker *maker, const struct tree *tree, uint32_t next)
{
    const struct tree *child = unwrap(tree->first);
    bool back = tree->type == TREE_BEHIND || tree->type == TREE_NOT_BEHIND;
    bool negative = tree->type == TREE_NOT_AHEAD || tree->type == TREE_NOT_BEHIND;
    if (child->type == TREE_SET) {
        enum instruction_op op =
            back ? (negative ? OP_PEEK_BACK_NOT : OP_PEEK_BACK) : (negative ? OP_PEEK_NOT : OP_PEEK);
        return maker_add(maker,
                         (struct instruction){.op = (uint8_t)op, .set = (uint16_t)child->set, .next = next});
    }
    bool backward = maker->backward;
    maker->backward = back;
    uint32_t inside = make(maker, tree->first, INSTRUCTION_MATCH);
    maker->backward = backward;
    if (inside == INSTRUCTION_FAIL && !maker->unknown)
        return negative ? next : INSTRUCTION_FAIL;
    return maker_add(
        maker, (struct instruction){.op = negative ? OP_LOOK_NOT : OP_LOOK, .next = next, .other = inside});
}

static uint32_t make_plain(struct maker *maker, enum instruction_op op, uint32_t next)
{
    unsigned word = op == OP_EDGE || op == OP_EDGE_NOT
                        ? charsets_class(maker->charsets, "\\w", sizeof "\\w" - 1, false)
                        : 0;
    return word == CHARSET_NONE
               ? unknown(maker)
               : maker_add(maker,
                           (struct instruction){.op = (uint8_t)op, .set = (uint16_t)word, .next = next});
}

static uint32_t make(struct maker *maker, const struct tree *tree, uint32_t next)
{
    if (maker->failed || maker->unknown)
        return INSTRUCTION_FAIL;
    if (maker->count - maker->rule_base > MAX_RULE_CODE)
        return unknown(maker);
    switch (tree->type) {
    case TREE_EMPTY:
    case TREE_DEFINE:
        return next;
    case TREE_SET:
        return take_set(maker, tree->set, next);
    case TREE_SEQUENCE:
        return make_sequence(maker, tree->first, next);
    case TREE_CHOICE:
        return make_choice(maker, tree, next);
    case TREE_REPEAT:
        return make_repeat(maker, tree, next);
    case TREE_CAPTURE:
        return make_capture(maker, tree, next);
    case TREE_ATOMIC:
        return maker_add(maker, (struct instruction){.op = OP_ATOMIC,
                                                     .next = next,
                                                     .other = make(maker, tree->first, INSTRUCTION_MATCH)});
    case TREE_AHEAD:
    case TREE_BEHIND:
    case TREE_NOT_AHEAD:
    case TREE_NOT_BEHIND:
        return make_look(maker, tree, next);
    case TREE_EDGE:
        return make_plain(maker, OP_EDGE, next);
    case TREE_NOT_EDGE:
        return make_plain(maker, OP_EDGE_NOT, next);
    case TREE_START:
        return make_plain(maker, OP_START, next);
    case TREE_END:
        return make_plain(maker, OP_END, next);
    case TREE_VERY_END:
        return make_plain(maker, OP_VERY_END, next);
    case TREE_IF:
        return make_if(maker, tree, next);
    case TREE_CALL:
        return make_call(maker, tree, next);
    case TREE_ANYTHING:
    default:
        return unknown(maker);
    }
}

/* ---- rules -------------------------------------------------------------------------------------------- */

static void add_group(struct maker *maker, const struct tree *capture)
{
    maker->unknown = maker->unknown || maker->group_count == PROGRAM_GROUPS;
    if (!maker->unknown)
        maker->groups[maker->group_count++] = capture;
}

/* Notes the named groups in the pattern's order. */
static void find_groups(struct maker *maker, const struct tree *tree)
{
    if (tree->type == TREE_CAPTURE && tree->name.data != NULL)
        add_group(maker, tree);
    for (const struct tree *child = tree->first; child != NULL && !maker->unknown; child = child->next)
        find_groups(maker, child);
}

/* Behind them those that conditions ask for. */
static void find_asked(struct maker *maker, const struct tree *tree)
{
    const struct tree *capture = tree->type == TREE_IF ? syntax_capture(maker->syntax, tree) : NULL;
    if (capture != NULL && find_group(maker, capture) == maker->group_count)
        add_group(maker, capture);
    for (const struct tree *child = tree->first; child != NULL && !maker->unknown; child = child->next)
        find_asked(maker, child);
}

/* Of the groups as the rules know them; the pattern has no program if one is not known. */
static void find_ids(struct maker *maker, const struct rules *rules, const struct rule *rule, int16_t *ids)
{
    for (size_t i = 0; i < maker->group_count && !maker->unknown; i++) {
        struct slice name = maker->groups[i]->name;
        int id = name.data != NULL ? rules_group(rules, rule, name) : PROGRAM_NO_GROUP;
        maker->unknown = name.data != NULL && id < 0;
        ids[i] = (int16_t)id;
    }
}

/* Where the rule's program starts; INSTRUCTION_FAIL if it has none. */
static uint32_t make_rule(struct maker *maker, const struct rules *rules, const struct rule *rule,
                          struct syntax *syntax, int16_t *ids)
{
    bool exact;
    const struct tree *tree = syntax_parse(syntax, rule->pattern, &exact);
    if (tree == NULL) {
        maker->failed = true;
        return INSTRUCTION_FAIL;
    }
    maker_begin_rule(maker);
    maker->unknown = !exact;
    find_groups(maker, tree);
    find_asked(maker, tree);
    find_ids(maker, rules, rule, ids);
    uint32_t start = maker->unknown ? INSTRUCTION_FAIL : make(maker, tree, INSTRUCTION_MATCH);
    if (maker->unknown)
        maker->group_count = 0;
    return maker->unknown ? INSTRUCTION_FAIL : start;
}

static bool make_rules(struct maker *maker, const struct rules *rules, struct syntax *syntax,
                       struct programs *programs)
{
    uint32_t *starts = calloc(rules->rule_count + 1, sizeof *starts);
    uint32_t *groups = calloc(rules->rule_count + 1, sizeof *groups);
    int16_t *ids = calloc((rules->rule_count + 1) * PROGRAM_GROUPS, sizeof *ids);
    programs->starts = starts;
    programs->groups = groups;
    programs->ids = ids;
    programs->rule_count = rules->rule_count;
    if (starts == NULL || groups == NULL || ids == NULL)
        return false;
    for (size_t i = 0; i < rules->rule_count; i++) {
        groups[i] = (uint32_t)programs->id_count;
        starts[i] = make_rule(maker, rules, rules->rules[i], syntax, ids + programs->id_count);
        programs->id_count += maker->group_count;
    }
    groups[rules->rule_count] = (uint32_t)programs->id_count;
    return !maker->failed && maker_lay_out(maker, starts, rules->rule_count, programs);
}

struct programs *programs_build(const struct rules *rules, struct syntax *syntax, struct trich_error *error)
{
    struct programs *programs = calloc(1, sizeof *programs);
    struct maker maker;
    bool done = programs != NULL && maker_init(&maker, syntax) && make_rules(&maker, rules, syntax, programs);
    if (programs != NULL)
        maker_clear(&maker);
    if (done)
        return programs;
    programs_free(programs);
    error_memory(error);
    return NULL;
}

void programs_free(struct programs *programs)
{
    if (programs == NULL || programs->fixed)
        return;
    free((struct instruction *)programs->code);
    free((uint32_t *)programs->starts);
    free((uint32_t *)programs->groups);
    free((int16_t *)programs->ids);
    free((uint8_t *)programs->maps);
    free((uint32_t *)programs->targets);
    free(programs);
}
