#include "syntax.h"

#include <stdlib.h>
#include <string.h>

#include "../base/utf8.h"

enum { MANY_CHARACTERS = 64 };

struct parser {
    struct arena *arena;
    struct charsets *charsets;
    struct syntax *syntax;
    const char *c;
    bool caseless;
    bool inexact; /* something was passed over */
    bool failed;  /* out of memory */
};

static struct tree *new_tree(struct parser *parser, enum tree_type type)
{
    static struct tree spare;
    struct tree *tree = arena_calloc(parser->arena, 1, sizeof *tree);
    if (tree == NULL) {
        parser->failed = true;
        return &spare;
    }
    tree->type = type;
    return tree;
}

static void add_child(struct parser *parser, struct tree *parent, struct tree *child)
{
    if (parser->failed)
        return;
    if (parent->last != NULL)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
    parent->size += child->size;
    parent->wide = parent->wide || child->wide;
}

/* Of an assertion of what does not stand there, or of what is only defined: it takes nothing, and cannot be
 * counted on. */
static void set_child(struct tree *parent, struct tree *child)
{
    parent->first = parent->last = child;
}

static struct tree *set_tree(struct parser *parser, unsigned set)
{
    struct tree *tree = new_tree(parser, set == CHARSET_NONE ? TREE_ANYTHING : TREE_SET);
    tree->set = set;
    tree->size = 1;
    tree->wide = set != CHARSET_NONE && parser->charsets->items[set].size > MANY_CHARACTERS;
    return tree;
}

/* The character that the parser stands at, which is then behind it. */
static uint32_t take_character(struct parser *parser)
{
    size_t length;
    int32_t code = utf8_decode((const unsigned char *)parser->c, &length);
    parser->c += length;
    return (uint32_t)code;
}

static struct tree *literal(struct parser *parser, uint32_t code)
{
    return set_tree(parser, charsets_literal(parser->charsets, code, parser->caseless));
}

/* The stretch of the pattern from `from` to where the parser stands takes one character. White space is a
 * blank or a line break: normalized text has no other. */
static struct tree *class_tree(struct parser *parser, const char *from)
{
    struct slice class = {from, (size_t)(parser->c - from)};
    if (slice_is(class, "\\s"))
        class = SLICE("[ \\n]");
    return set_tree(parser, charsets_class(parser->charsets, class.data, class.length, parser->caseless));
}

static void skip_braces(struct parser *parser)
{
    if (*parser->c == '{')
        while (*parser->c != '\0' && *parser->c++ != '}')
            ;
    else if (*parser->c != '\0')
        parser->c++;
}

static struct tree *parse_escape(struct parser *parser)
{
    const char *from = parser->c++;
    char kind = *parser->c;
    if (kind == '\0')
        return new_tree(parser, TREE_ANYTHING);
    parser->c++;
    if (strchr("ZGK", kind) != NULL) {
        parser->inexact = true;
        return new_tree(parser, TREE_EMPTY);
    }
    if (strchr("bBAz", kind) != NULL)
        return new_tree(parser, kind == 'b'   ? TREE_EDGE
                                : kind == 'B' ? TREE_NOT_EDGE
                                : kind == 'A' ? TREE_START
                                              : TREE_VERY_END);
    if (strchr("pP", kind) != NULL) {
        skip_braces(parser);
        return class_tree(parser, from);
    }
    if (kind == 'x') {
        char digits[3] = {parser->c[0], parser->c[0] != '\0' ? parser->c[1] : '\0', '\0'};
        char *end = digits;
        uint32_t code = (uint32_t)strtoul(*parser->c == '{' ? parser->c + 1 : digits, &end, 16);
        if (*parser->c == '{')
            skip_braces(parser);
        else
            parser->c += end - digits;
        return literal(parser, code);
    }
    if (strchr("dDwWsShHvVNnt", kind) != NULL)
        return class_tree(parser, from);
    if ((kind >= '0' && kind <= '9') || (kind >= 'a' && kind <= 'z') || (kind >= 'A' && kind <= 'Z'))
        return new_tree(parser, TREE_ANYTHING);
    parser->c--;
    return literal(parser, take_character(parser));
}

static struct tree *parse_class(struct parser *parser)
{
    const char *from = parser->c++;
    if (*parser->c == '^')
        parser->c++;
    if (*parser->c == ']')
        parser->c++;
    while (*parser->c != '\0' && *parser->c != ']') {
        const char *end = *parser->c == '[' && parser->c[1] == ':' ? strstr(parser->c, ":]") : NULL;
        if (end != NULL)
            parser->c = end + 2;
        else if (*parser->c == '\\' && parser->c[1] != '\0')
            parser->c += 2;
        else
            parser->c++;
    }
    if (*parser->c == ']')
        parser->c++;
    return class_tree(parser, from);
}

static struct tree *parse_choice(struct parser *parser);

static void skip_past(struct parser *parser, char end)
{
    while (*parser->c != '\0' && *parser->c != end)
        parser->c++;
    if (*parser->c == end)
        parser->c++;
}

/* Option letters behind "(?"; true if they hold for the rest of the enclosing group: "(?i)". */
static bool parse_options(struct parser *parser, enum tree_type *type)
{
    bool on = true;
    for (; *parser->c != '\0' && *parser->c != ':' && *parser->c != ')'; parser->c++)
        if (*parser->c == '-')
            on = false;
        else if (*parser->c == 'i')
            parser->caseless = on;
        else if (strchr("msUJn", *parser->c) == NULL)
            *type = TREE_ANYTHING;
        else
            parser->inexact = true;
    bool rest = *parser->c == ')';
    if (*parser->c != '\0')
        parser->c++;
    return rest;
}

/* A group's name, up to its closing mark. */
static struct slice parse_name(struct parser *parser, char end)
{
    const char *from = parser->c;
    skip_past(parser, end);
    return (struct slice){from, parser->c > from ? (size_t)(parser->c - from) - 1 : 0};
}

static struct tree *parse_group(struct parser *parser);

/* Behind "(?", at the parenthesis of what is asked; *number: the capture. (DEFINE) asks nothing. */
static enum tree_type parse_condition(struct parser *parser, unsigned long *number)
{
    char *end;
    static const char define[] = "(DEFINE)";
    if (strncmp(parser->c, define, sizeof define - 1) == 0) {
        parser->c += sizeof define - 1;
        return TREE_DEFINE;
    }
    parser->c++;
    if (*parser->c == '?' || *parser->c == '*') {
        (void)parse_group(parser);
        return TREE_ANYTHING;
    }
    *number = strtoul(parser->c, &end, 10);
    bool known = *parser->c >= '1' && *parser->c <= '9' && *end == ')';
    skip_past(parser, ')');
    return known ? TREE_IF : TREE_ANYTHING;
}

/* Behind "(?": a call by number or name, if it is one, to its end. */
static bool parse_call(struct parser *parser, struct slice *name, unsigned long *number)
{
    const char *c = parser->c;
    bool named = *c == '&' || (*c == 'P' && c[1] == '>');
    if (!named && (*c < '1' || *c > '9'))
        return false;
    if (named) {
        parser->c += *c == 'P' ? 2 : 1;
        *name = parse_name(parser, ')');
        return true;
    }
    *number = strtoul(c, NULL, 10);
    skip_past(parser, ')');
    return true;
}

/*
 * What is in front of a group's content, and, in head, what else the tree for the whole holds; its type.
 * *done: it has no content.
 */
static enum tree_type parse_group_head(struct parser *parser, struct tree *head, bool *done)
{
    enum tree_type type = TREE_CHOICE;
    const char *c = parser->c;
    if (*c == '*')
        return TREE_ANYTHING;
    if (*c != '?')
        return TREE_CAPTURE;
    c = ++parser->c;
    if (*c == ':' || *c == '>' || *c == '|') {
        parser->c++;
        type = *c == '>' ? TREE_ATOMIC : TREE_CHOICE;
        parser->inexact = parser->inexact || *c == '|';
    } else if (*c == '=' || *c == '!') {
        parser->c++;
        type = *c == '=' ? TREE_AHEAD : TREE_NOT_AHEAD;
    } else if (*c == '<' && (c[1] == '=' || c[1] == '!')) {
        parser->c += 2;
        type = c[1] == '=' ? TREE_BEHIND : TREE_NOT_BEHIND;
    } else if (*c == '\'' || *c == '<' || (*c == 'P' && c[1] == '<')) {
        parser->c += *c == 'P' ? 2 : 1;
        head->name = parse_name(parser, *c == '\'' ? '\'' : '>');
        type = TREE_CAPTURE;
    } else if (*c == '(') {
        type = parse_condition(parser, &head->number);
    } else if (parse_call(parser, &head->name, &head->number)) {
        *done = true;
        type = TREE_CALL;
    } else if (*c == '#') {
        skip_past(parser, ')');
        *done = true;
        type = TREE_EMPTY;
    } else {
        *done = parse_options(parser, &type);
        if (*done && type == TREE_CHOICE)
            type = TREE_EMPTY;
    }
    return type;
}

/* Behind '('. */
static struct tree *parse_group(struct parser *parser)
{
    bool caseless = parser->caseless;
    bool done = false;
    struct tree head = {.number = 0};
    enum tree_type type = parse_group_head(parser, &head, &done);
    size_t number = type == TREE_CAPTURE ? parser->syntax->capture_count++ : SYNTAX_CAPTURES;
    struct tree *inside = done ? NULL : parse_choice(parser);
    if (!done && *parser->c == ')')
        parser->c++;
    if (!done)
        parser->caseless = caseless;
    if (type == TREE_CHOICE)
        return inside;
    struct tree *tree = new_tree(parser, type);
    tree->name = head.name;
    tree->number = head.number;
    if (number < SYNTAX_CAPTURES)
        parser->syntax->captures[number] = tree;
    if (type == TREE_NOT_AHEAD || type == TREE_NOT_BEHIND || type == TREE_DEFINE)
        set_child(tree, inside);
    else if (type != TREE_ANYTHING && !done)
        add_child(parser, tree, inside);
    return tree;
}

static struct tree *parse_atom(struct parser *parser)
{
    const char *from = parser->c;
    switch (*from) {
    case '[':
        return parse_class(parser);
    case '(':
        parser->c++;
        return parse_group(parser);
    case '^':
    case '$':
        parser->c++;
        return new_tree(parser, *from == '^' ? TREE_START : TREE_END);
    case '.':
        parser->c++;
        return class_tree(parser, from);
    case '\\':
        return parse_escape(parser);
    default:
        return literal(parser, take_character(parser));
    }
}

/* A quantifier; false if there is none. */
static bool parse_times(struct parser *parser, int *minimum, int *maximum, enum greed *greed)
{
    char *end;
    if (*parser->c == '?' || *parser->c == '*' || *parser->c == '+') {
        *minimum = *parser->c == '+';
        *maximum = *parser->c == '?' ? 1 : -1;
        parser->c++;
    } else if (*parser->c == '{' && parser->c[1] >= '0' && parser->c[1] <= '9') {
        *minimum = (int)strtol(parser->c + 1, &end, 10);
        *maximum = *minimum;
        if (*end == ',')
            *maximum = end[1] == '}' ? -1 : (int)strtol(end + 1, &end, 10);
        parser->c = end;
        skip_past(parser, '}');
    } else {
        return false;
    }
    *greed = *parser->c == '?' ? LAZY : *parser->c == '+' ? POSSESSIVE : GREEDY;
    if (*greed != GREEDY)
        parser->c++;
    return true;
}

static struct tree *parse_repeat(struct parser *parser)
{
    struct tree *atom = parse_atom(parser);
    int minimum;
    int maximum;
    enum greed greed;
    while (parse_times(parser, &minimum, &maximum, &greed)) {
        struct tree *repeat = new_tree(parser, TREE_REPEAT);
        repeat->minimum = minimum;
        repeat->maximum = maximum;
        repeat->greed = greed;
        add_child(parser, repeat, atom);
        atom = repeat;
    }
    return atom;
}

static struct tree *parse_choice(struct parser *parser)
{
    bool caseless = parser->caseless;
    struct tree *choice = new_tree(parser, TREE_CHOICE);
    struct tree *sequence = new_tree(parser, TREE_SEQUENCE);
    while (*parser->c != '\0' && *parser->c != ')' && !parser->failed) {
        if (*parser->c == '|') {
            parser->c++;
            add_child(parser, choice, sequence);
            sequence = new_tree(parser, TREE_SEQUENCE);
            continue;
        }
        add_child(parser, sequence, parse_repeat(parser));
    }
    add_child(parser, choice, sequence);
    parser->caseless = caseless;
    return choice;
}

bool syntax_init(struct syntax *syntax)
{
    arena_init(&syntax->arena);
    syntax->charsets = charsets_new();
    return syntax->charsets != NULL;
}

void syntax_clear(struct syntax *syntax)
{
    arena_clear(&syntax->arena);
    charsets_free(syntax->charsets);
}

const struct tree *syntax_parse(struct syntax *syntax, const char *pattern, bool *exact)
{
    arena_reset(&syntax->arena);
    syntax->capture_count = 0;
    struct parser parser = {
        .arena = &syntax->arena, .charsets = syntax->charsets, .syntax = syntax, .c = pattern};
    const struct tree *tree = parse_choice(&parser);
    *exact = !parser.inexact;
    return parser.failed ? NULL : tree;
}

const struct tree *syntax_capture(const struct syntax *syntax, const struct tree *tree)
{
    size_t known = syntax->capture_count < SYNTAX_CAPTURES ? syntax->capture_count : SYNTAX_CAPTURES;
    if (tree->number > 0)
        return tree->number <= known ? syntax->captures[tree->number - 1] : NULL;
    for (size_t i = 0; i < known; i++) {
        struct slice name = syntax->captures[i]->name;
        if (name.data != NULL && slice_equal(name, tree->name))
            return syntax->captures[i];
    }
    return NULL;
}
