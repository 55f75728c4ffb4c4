#include "automaton.h"

#include <stdlib.h>

/*
 * A recursive-descent parser that builds the automaton from the back: each construct is given the node that
 * follows it and returns the node it starts with. Since a construct must be read before what follows it is
 * known, the pattern is first parsed to a small tree.
 */

enum tree_type { TREE_EMPTY, TREE_SET, TREE_SEQUENCE, TREE_CHOICE, TREE_REPEAT, TREE_ANYTHING };

struct tree {
    enum tree_type type;
    struct charset *set;
    struct tree *first, *last, *next; /* children; siblings */
    int minimum, maximum;             /* TREE_REPEAT; -1: no maximum */
};

enum { MAX_COPIES = 5, MAX_NODES = 100000 };

struct parser {
    struct arena *arena;
    const char *c;
    bool caseless;
    bool failed; /* out of memory */
    size_t nodes;
};

static struct tree *new_tree(struct parser *parser, enum tree_type type)
{
    struct tree *tree = arena_calloc(parser->arena, 1, sizeof *tree);
    static struct tree spare;
    if (tree == NULL) {
        parser->failed = true;
        return &spare;
    }
    tree->type = type;
    return tree;
}

static void add_child(struct tree *parent, struct tree *child)
{
    if (parent->last != NULL)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

static uint32_t decode(const char **position)
{
    const unsigned char *s = (const unsigned char *)*position;
    if (s[0] < 0x80) {
        *position += 1;
        return s[0];
    }
    int more = s[0] >= 0xf0 ? 3 : s[0] >= 0xe0 ? 2 : 1;
    uint32_t code = s[0] & (0x3fu >> more);
    for (int i = 1; i <= more; i++)
        code = code << 6 | (s[i] & 0x3fu);
    *position += more + 1;
    return code;
}

static unsigned lead_byte(uint32_t code)
{
    return code < 0x80      ? code
           : code < 0x800   ? 0xc0 | code >> 6
           : code < 0x10000 ? 0xe0 | code >> 12
                            : 0xf0 | code >> 18;
}

/* Simple case folding for the letters that Vietnamese text has. */
static uint32_t other_case(uint32_t code)
{
    if ((code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z'))
        return code ^ 0x20;
    if ((code >= 0xc0 && code <= 0xde && code != 0xd7) || (code >= 0xe0 && code <= 0xfe && code != 0xf7))
        return code ^ 0x20;
    if ((code >= 0x100 && code <= 0x137) || (code >= 0x14a && code <= 0x177) ||
        (code >= 0x1e00 && code <= 0x1eff) || (code >= 0x1a0 && code <= 0x1a5))
        return code ^ 1;
    if (code == 0x1af || code == 0x1b0)
        return code ^ (0x1af ^ 0x1b0);
    return code;
}

static struct charset *new_set(struct parser *parser, size_t room)
{
    struct charset *set = arena_calloc(parser->arena, 1, sizeof *set);
    static struct charset spare;
    static uint32_t spare_few[CHARSET_FEW];
    if (set != NULL)
        set->few = arena_calloc(parser->arena, room, sizeof *set->few);
    if (set == NULL || set->few == NULL) {
        parser->failed = true;
        spare.few = spare_few;
        spare.few_count = 0;
        return &spare;
    }
    return set;
}

static void set_lead(struct charset *set, unsigned byte)
{
    set->lead[byte / 64] |= (uint64_t)1 << byte % 64;
}

static void add_code(struct charset *set, uint32_t code)
{
    set_lead(set, lead_byte(code));
    for (size_t i = 0; i < set->few_count; i++)
        if (set->few[i] == code)
            return;
    if (set->few_count < CHARSET_FEW)
        set->few[set->few_count++] = code;
    else
        set->many = true;
}

static void add_code_and_case(struct parser *parser, struct charset *set, uint32_t code)
{
    add_code(set, code);
    if (parser->caseless)
        add_code(set, other_case(code));
}

static void add_range(struct parser *parser, struct charset *set, uint32_t from, uint32_t to)
{
    if (to - from < CHARSET_FEW) {
        for (uint32_t code = from; code <= to; code++)
            add_code_and_case(parser, set, code);
        return;
    }
    set->many = true;
    for (unsigned byte = lead_byte(from); byte <= lead_byte(to); byte++)
        set_lead(set, byte);
    if (parser->caseless)
        memset(set->lead, 0xff, sizeof set->lead);
}

static void add_everything(struct charset *set)
{
    set->many = true;
    memset(set->lead, 0xff, sizeof set->lead);
}

/* Behind a backslash; true if it stands for characters, false for an assertion. */
static bool parse_escape(struct parser *parser, struct charset *set)
{
    char kind = *parser->c++;
    switch (kind) {
    case 'b':
    case 'B':
    case 'A':
    case 'z':
    case 'Z':
    case 'G':
    case 'K':
    case 'E':
    case 'Q':
        return false;
    case 'd':
        /* the rules write [0-9]; under UCP \d has more digits */
        add_everything(set);
        return true;
    case 'n':
        add_code(set, '\n');
        return true;
    case 't':
        add_code(set, '\t');
        return true;
    case 'x':
        if (*parser->c == '{') {
            add_code_and_case(parser, set, (uint32_t)strtoul(parser->c + 1, NULL, 16));
            while (*parser->c != '\0' && *parser->c++ != '}')
                ;
            return true;
        }
        add_everything(set);
        return true;
    case 'p':
    case 'P':
        if (*parser->c == '{')
            while (*parser->c != '\0' && *parser->c++ != '}')
                ;
        else if (*parser->c != '\0')
            parser->c++;
        add_everything(set);
        return true;
    default:
        if ((kind >= 'a' && kind <= 'z') || (kind >= 'A' && kind <= 'Z') || (kind >= '0' && kind <= '9')) {
            add_everything(set);
            return true;
        }
        add_code(set, (unsigned char)kind);
        return true;
    }
}

static struct tree *set_tree(struct parser *parser, struct charset *set)
{
    struct tree *tree = new_tree(parser, TREE_SET);
    tree->set = set;
    return tree;
}

static struct tree *parse_class(struct parser *parser)
{
    struct charset *set = new_set(parser, CHARSET_FEW);
    bool negated = *parser->c == '^';
    if (negated)
        parser->c++;
    bool first = true;
    while (*parser->c != '\0' && (first || *parser->c != ']')) {
        first = false;
        if (*parser->c == '[' && parser->c[1] == ':') {
            add_everything(set);
            const char *end = strstr(parser->c, ":]");
            parser->c = end != NULL ? end + 2 : parser->c + 1;
            continue;
        }
        if (*parser->c == '\\' && parser->c[1] != '\0') {
            parser->c++;
            (void)parse_escape(parser, set);
            continue;
        }
        uint32_t from = decode(&parser->c);
        uint32_t to = from;
        if (parser->c[0] == '-' && parser->c[1] != ']' && parser->c[1] != '\0' && parser->c[1] != '\\') {
            parser->c++;
            to = decode(&parser->c);
        }
        if (to < from)
            to = from;
        add_range(parser, set, from, to);
    }
    if (*parser->c == ']')
        parser->c++;
    if (negated)
        add_everything(set);
    return set_tree(parser, set);
}

static struct tree *parse_choice(struct parser *parser);

static void skip_name(struct parser *parser, char end)
{
    while (*parser->c != '\0' && *parser->c != end)
        parser->c++;
    if (*parser->c == end)
        parser->c++;
}

/* Behind '('. */
static struct tree *parse_group(struct parser *parser)
{
    bool assertion = false;
    bool caseless = parser->caseless;
    bool unknown = false;
    if (*parser->c == '?') {
        const char *c = ++parser->c;
        if (*c == ':' || *c == '>' || *c == '|') {
            parser->c++;
        } else if (*c == '=' || *c == '!') {
            parser->c++;
            assertion = true;
        } else if (*c == '<' && (c[1] == '=' || c[1] == '!')) {
            parser->c += 2;
            assertion = true;
        } else if (*c == '\'') {
            parser->c++;
            skip_name(parser, '\'');
        } else if (*c == '<' || (*c == 'P' && c[1] == '<')) {
            skip_name(parser, '>');
        } else if (*c == '#') {
            skip_name(parser, ')');
            return new_tree(parser, TREE_EMPTY);
        } else {
            /* option letters */
            bool on = true;
            while (*parser->c != '\0' && *parser->c != ':' && *parser->c != ')') {
                if (*parser->c == '-')
                    on = false;
                else if (*parser->c == 'i')
                    parser->caseless = on;
                else if (strchr("msUJn", *parser->c) == NULL) /* x and ^ change what stands behind */
                    unknown = true;
                parser->c++;
            }
            if (*parser->c == ')') { /* for the rest of the enclosing group */
                parser->c++;
                return new_tree(parser, unknown ? TREE_ANYTHING : TREE_EMPTY);
            }
            if (*parser->c == ':')
                parser->c++;
        }
    } else if (*parser->c == '*') {
        unknown = true;
    }
    struct tree *inside = parse_choice(parser);
    if (*parser->c == ')')
        parser->c++;
    parser->caseless = caseless;
    if (unknown)
        return new_tree(parser, TREE_ANYTHING);
    return assertion ? new_tree(parser, TREE_EMPTY) : inside;
}

static struct tree *parse_atom(struct parser *parser)
{
    struct charset *set;
    switch (*parser->c) {
    case '[':
        parser->c++;
        return parse_class(parser);
    case '(':
        parser->c++;
        return parse_group(parser);
    case '^':
    case '$':
        parser->c++;
        return new_tree(parser, TREE_EMPTY);
    case '.':
        parser->c++;
        set = new_set(parser, CHARSET_FEW);
        add_everything(set);
        return set_tree(parser, set);
    case '\\':
        parser->c++;
        if (*parser->c == '\0')
            return new_tree(parser, TREE_ANYTHING);
        if (strchr("0123456789gkRXC", *parser->c) != NULL) {
            parser->c++;
            return new_tree(parser, TREE_ANYTHING);
        }
        set = new_set(parser, CHARSET_FEW);
        return parse_escape(parser, set) ? set_tree(parser, set) : new_tree(parser, TREE_EMPTY);
    default:
        set = new_set(parser, 2);
        add_code_and_case(parser, set, decode(&parser->c));
        return set_tree(parser, set);
    }
}

static struct tree *parse_repeat(struct parser *parser)
{
    struct tree *atom = parse_atom(parser);
    for (;;) {
        int minimum;
        int maximum;
        char *end;
        if (*parser->c == '?') {
            minimum = 0;
            maximum = 1;
            parser->c++;
        } else if (*parser->c == '*' || *parser->c == '+') {
            minimum = *parser->c == '+';
            maximum = -1;
            parser->c++;
        } else if (*parser->c == '{' && parser->c[1] >= '0' && parser->c[1] <= '9') {
            minimum = (int)strtol(parser->c + 1, &end, 10);
            maximum = minimum;
            if (*end == ',')
                maximum = end[1] == '}' ? -1 : (int)strtol(end + 1, &end, 10);
            while (*end != '\0' && *end != '}')
                end++;
            parser->c = *end == '}' ? end + 1 : end;
        } else {
            return atom;
        }
        if (*parser->c == '?' || *parser->c == '+')
            parser->c++;
        struct tree *repeat = new_tree(parser, TREE_REPEAT);
        repeat->minimum = minimum;
        repeat->maximum = maximum;
        add_child(repeat, atom);
        atom = repeat;
    }
}

static struct tree *parse_choice(struct parser *parser)
{
    bool caseless = parser->caseless;
    struct tree *choice = new_tree(parser, TREE_CHOICE);
    struct tree *sequence = new_tree(parser, TREE_SEQUENCE);
    add_child(choice, sequence);
    while (*parser->c != '\0' && *parser->c != ')' && !parser->failed) {
        if (*parser->c == '|') {
            parser->c++;
            sequence = new_tree(parser, TREE_SEQUENCE);
            add_child(choice, sequence);
            continue;
        }
        add_child(sequence, parse_repeat(parser));
    }
    parser->caseless = caseless;
    return choice;
}

static struct node *new_node(struct parser *parser, enum node_type type, struct node *out, struct node *out2)
{
    struct node *node = parser->nodes < MAX_NODES ? arena_calloc(parser->arena, 1, sizeof *node) : NULL;
    if (node == NULL) {
        parser->failed = true;
        return out;
    }
    node->type = type;
    node->out = out;
    node->out2 = out2;
    node->id = parser->nodes++;
    return node;
}

static struct node *build(struct parser *parser, const struct tree *tree, struct node *next);

static struct node *build_sequence(struct parser *parser, const struct tree *child, struct node *next)
{
    if (child == NULL)
        return next;
    return build(parser, child, build_sequence(parser, child->next, next));
}

static struct node *build_repeat(struct parser *parser, const struct tree *tree, struct node *next)
{
    int minimum = tree->minimum > MAX_COPIES ? MAX_COPIES : tree->minimum;
    int maximum = tree->maximum > MAX_COPIES || tree->minimum > MAX_COPIES ? -1 : tree->maximum;
    struct node *node = next;
    if (maximum < 0) {
        struct node *loop = new_node(parser, NODE_SPLIT, next, next);
        if (loop == next)
            return next;
        loop->out = build(parser, tree->first, loop);
        node = loop;
    } else {
        for (int i = minimum; i < maximum; i++)
            node = new_node(parser, NODE_SPLIT, build(parser, tree->first, node), next);
    }
    for (int i = 0; i < minimum; i++)
        node = build(parser, tree->first, node);
    return node;
}

static struct node *build(struct parser *parser, const struct tree *tree, struct node *next)
{
    struct node *node;
    if (parser->failed)
        return next;
    switch (tree->type) {
    case TREE_SET:
        node = new_node(parser, NODE_CHARACTERS, next, NULL);
        if (node != next)
            node->set = tree->set;
        return node;
    case TREE_SEQUENCE:
        return build_sequence(parser, tree->first, next);
    case TREE_CHOICE:
        node = NULL;
        for (const struct tree *child = tree->first; child != NULL; child = child->next) {
            struct node *branch = build(parser, child, next);
            node = node == NULL ? branch : new_node(parser, NODE_SPLIT, node, branch);
        }
        return node;
    case TREE_REPEAT:
        return build_repeat(parser, tree, next);
    case TREE_ANYTHING:
        return new_node(parser, NODE_ANYTHING, next, NULL);
    case TREE_EMPTY:
    default:
        return next;
    }
}

struct automaton *automaton_build(struct arena *arena, const char *pattern)
{
    struct parser parser = {.arena = arena, .c = pattern};
    struct automaton *automaton = arena_calloc(arena, 1, sizeof *automaton);
    if (automaton == NULL)
        return NULL;
    struct tree *tree = parse_choice(&parser);
    struct node accept = {.type = NODE_ACCEPT};
    struct node *end = new_node(&parser, NODE_ACCEPT, NULL, NULL);
    if (end == NULL)
        end = &accept;
    automaton->start = build(&parser, tree, end);
    automaton->node_count = parser.nodes;
    if (parser.failed && parser.nodes < MAX_NODES)
        return NULL;
    if (parser.failed) { /* too large to follow: it may begin with anything */
        parser.nodes = 0;
        parser.failed = false;
        automaton->start = new_node(&parser, NODE_ANYTHING, NULL, NULL);
        automaton->node_count = 1;
    }
    return automaton->start != NULL ? automaton : NULL;
}
