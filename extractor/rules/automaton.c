#include "automaton.h"

#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/error.h"
#include "../base/slots.h"

/*
 * Each pattern is parsed to a tree (syntax.h), from which its nodes are made from the back: a construct is
 * given the node that follows it and returns the node it starts with. Nodes that are alike are made once, so
 * that the many names of a table share their ends.
 */

enum {
    MAX_COPIES = 8,         /* of a part that is repeated; then it may be repeated without end */
    MAX_COPIED_NODES = 300, /* of all copies */
    MAX_NODES = 1 << 28
};

struct builder {
    struct charsets *charsets;
    struct node *nodes;
    size_t count, capacity;
    struct slots slots; /* the nodes of the rule in hand */
    uint32_t end;       /* its accepting node */
    bool backward;      /* what is built is read from its end to its start */
    bool failed;
};

static uint32_t hash(const struct node *node)
{
    uint64_t mixed = ((uint64_t)node->out << 32 | (uint32_t)(node->value << 2) | node->type) + 1;
    mixed *= 0x9e3779b97f4a7c15u;
    return (uint32_t)(mixed ^ mixed >> 29);
}

static bool same(const struct node *a, const struct node *b)
{
    return a->out == b->out && a->type == b->type && a->value == b->value;
}

static uint32_t append(struct builder *builder, struct node node)
{
    if (builder->count == MAX_NODES ||
        !array_grow(&builder->nodes, &builder->capacity, builder->count + 1, sizeof *builder->nodes)) {
        builder->failed = true;
        return builder->end;
    }
    builder->nodes[builder->count] = node;
    return (uint32_t)builder->count++;
}

/* A node like that: one that is there, or a new one. */
static uint32_t add(struct builder *builder, enum node_type type, size_t value, uint32_t out)
{
    struct node node = {.out = out, .type = type, .value = (unsigned)value & 0x3fffffffu};
    uint32_t own = hash(&node);
    size_t place = slots_place(&builder->slots, own);
    for (uint32_t number; (number = slots_next(&builder->slots, own, &place)) != SLOTS_NONE;)
        if (same(&node, &builder->nodes[number]))
            return number;
    uint32_t made = append(builder, node);
    builder->failed = builder->failed || !slots_put(&builder->slots, own, made);
    return made;
}

static uint32_t build(struct builder *builder, const struct tree *tree, uint32_t next);

static uint32_t build_sequence(struct builder *builder, const struct tree *child, uint32_t next)
{
    if (builder->backward) {
        for (; child != NULL; child = child->next)
            next = build(builder, child, next);
        return next;
    }
    if (child == NULL)
        return next;
    return build(builder, child, build_sequence(builder, child->next, next));
}

static uint32_t build_choice(struct builder *builder, const struct tree *tree, uint32_t next)
{
    uint32_t node = NODE_NONE;
    for (const struct tree *child = tree->first; child != NULL; child = child->next) {
        uint32_t branch = build(builder, child, next);
        if (node != NODE_NONE && branch != node)
            node = add(builder, NODE_SPLIT, branch, node);
        else
            node = branch;
    }
    return node == NODE_NONE ? next : node;
}

static uint32_t build_repeat(struct builder *builder, const struct tree *tree, uint32_t next)
{
    size_t limit = MAX_COPIED_NODES / (tree->first->size + 1) + 1;
    int copies = limit < MAX_COPIES ? (int)limit : MAX_COPIES;
    bool endless = tree->maximum < 0 || tree->maximum > copies;
    int minimum = tree->minimum > copies ? copies : tree->minimum;
    uint32_t node = next;
    if (endless && tree->first->wide && !builder->backward) {
        /* Any words: from here on it may match. To follow them together with what else can stand here would
         * take a state for each part of a word with each part of another. */
        node = build(builder, tree->first, builder->end);
        return tree->minimum > 0 ? node : add(builder, NODE_SPLIT, node, next);
    }
    if (endless) {
        uint32_t loop =
            append(builder, (struct node){.out = next, .type = NODE_SPLIT, .value = next & 0x3fffffffu});
        uint32_t body = build(builder, tree->first, loop);
        if (!builder->failed)
            builder->nodes[loop].value = body & 0x3fffffffu;
        node = loop;
    } else {
        for (int i = minimum; i < tree->maximum; i++)
            node = add(builder, NODE_SPLIT, build(builder, tree->first, node), next);
    }
    for (int i = 0; i < minimum; i++)
        node = build(builder, tree->first, node);
    return node;
}

/* A node that no character leads on from. */
static uint32_t build_nothing(struct builder *builder)
{
    unsigned none = charsets_none(builder->charsets);
    builder->failed = builder->failed || none == CHARSET_NONE;
    return add(builder, NODE_CHARACTER, none, builder->end);
}

static uint32_t build(struct builder *builder, const struct tree *tree, uint32_t next)
{
    if (builder->failed)
        return next;
    switch (tree->type) {
    case TREE_SET:
        return add(builder, NODE_CHARACTER, tree->set, next);
    case TREE_SEQUENCE:
        return build_sequence(builder, tree->first, next);
    case TREE_CAPTURE:
    case TREE_ATOMIC:
        return build(builder, tree->first, next);
    case TREE_CHOICE:
        return build_choice(builder, tree, next);
    case TREE_IF: /* either way; without a second one it may be nothing */
        return tree->first->first->next != NULL
                   ? build(builder, tree->first, next)
                   : add(builder, NODE_SPLIT, build(builder, tree->first, next), next);
    case TREE_REPEAT:
        return build_repeat(builder, tree, next);
    case TREE_AHEAD: /* with nothing behind it, what is looked at is what must come */
        return next == builder->end && !builder->backward ? build(builder, tree->first, next) : next;
    case TREE_START: /* backwards nothing is read there, and what then is left is taken as found */
        return builder->backward ? build_nothing(builder) : next;
    case TREE_CALL: /* from here on it may match: what is called may be long, or call itself */
    case TREE_ANYTHING:
        return builder->end;
    default: /* assertions, definitions */
        return next;
    }
}

static bool takes_nothing(const struct tree *tree)
{
    return tree->type != TREE_SET && tree->type != TREE_SEQUENCE && tree->type != TREE_CHOICE &&
           tree->type != TREE_REPEAT && tree->type != TREE_CAPTURE && tree->type != TREE_ATOMIC &&
           tree->type != TREE_IF && tree->type != TREE_CALL && tree->type != TREE_ANYTHING;
}

/* What a pattern asks to stand in front, read backwards; the accepting node where it asks nothing. */
static uint32_t build_behind(struct builder *builder, const struct tree *tree)
{
    uint32_t node = NODE_NONE;
    if (tree->type == TREE_BEHIND)
        return build(builder, tree->first, builder->end);
    if (tree->type == TREE_CAPTURE || tree->type == TREE_ATOMIC)
        return build_behind(builder, tree->first);
    if (tree->type == TREE_SEQUENCE)
        for (const struct tree *child = tree->first; child != NULL; child = child->next)
            if (child->type == TREE_BEHIND || !takes_nothing(child))
                return build_behind(builder, child);
    if (tree->type == TREE_CHOICE)
        for (const struct tree *child = tree->first; child != NULL; child = child->next) {
            uint32_t branch = build_behind(builder, child);
            node = node == NODE_NONE || node == branch ? branch : add(builder, NODE_SPLIT, branch, node);
        }
    return node == NODE_NONE ? builder->end : node;
}

/* The rule's nodes; NODE_NONE when out of memory. */
static uint32_t build_rule(struct builder *builder, const struct rule *rule, const struct tree *tree)
{
    slots_reset(&builder->slots);
    builder->end = add(builder, NODE_ACCEPT, rule->index, 0);
    builder->backward = rule->role == CONTEXT_START;
    uint32_t start = builder->backward ? build_behind(builder, tree) : build(builder, tree, builder->end);
    return builder->failed ? (uint32_t)NODE_NONE : start;
}

static bool build_rules(struct builder *builder, const struct rules *rules, struct syntax *syntax,
                        uint32_t *starts, uint32_t *bases)
{
    for (size_t i = 0; i < rules->rule_count; i++) {
        bases[i] = (uint32_t)builder->count;
        bool exact;
        const struct tree *tree = syntax_parse(syntax, rules->rules[i]->pattern, &exact);
        starts[i] = tree != NULL ? build_rule(builder, rules->rules[i], tree) : (uint32_t)NODE_NONE;
        if (starts[i] == NODE_NONE)
            return false;
    }
    bases[rules->rule_count] = (uint32_t)builder->count;
    return true;
}

struct automaton *automaton_build(const struct rules *rules, struct syntax *syntax, struct trich_error *error)
{
    struct builder builder = {.charsets = syntax->charsets};
    struct automaton *automaton = calloc(1, sizeof *automaton);
    uint32_t *starts = calloc(rules->rule_count + 1, sizeof *starts);
    uint32_t *bases = calloc(rules->rule_count + 1, sizeof *bases);
    slots_init(&builder.slots);
    bool built = automaton != NULL && starts != NULL && bases != NULL &&
                 build_rules(&builder, rules, syntax, starts, bases);
    slots_clear(&builder.slots);
    if (!built) {
        free(builder.nodes);
        free(starts);
        free(bases);
        free(automaton);
        error_memory(error);
        return NULL;
    }
    *automaton = (struct automaton){.nodes = builder.nodes,
                                    .node_count = builder.count,
                                    .charsets = syntax->charsets->items,
                                    .starts = starts,
                                    .bases = bases,
                                    .rule_count = rules->rule_count};
    return automaton;
}

void automaton_free(struct automaton *automaton)
{
    if (automaton == NULL || automaton->fixed)
        return;
    free((struct node *)automaton->nodes);
    free((uint32_t *)automaton->starts);
    free((uint32_t *)automaton->bases);
    free(automaton);
}
