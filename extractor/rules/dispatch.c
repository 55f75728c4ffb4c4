#include "dispatch.h"

#include <stdlib.h>

#include "automaton.h"

/* Both cases of a letter, of every letter but u-horn, become one: the bits in which they differ are cleared.
 */
static const unsigned char CASE_MASK = 0xde;
static const uint64_t CASE_MASKS = 0xdedededededededeu;

enum { MAX_STEPS = 3000000 }; /* looks at a character of a node, per rule: some milliseconds */

#define S BYTE_SIGN
#define L BYTE_LETTER
#define D BYTE_DIGIT
#define C BYTE_CONTINUE
#define ROW(x) x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x
const unsigned char byte_classes[256] = {ROW(BYTE_SPACE),
                                         ROW(BYTE_SPACE), /* controls, with '\n' */
                                         BYTE_SPACE,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S, /* blank ! " # … */
                                         D,
                                         D,
                                         D,
                                         D,
                                         D,
                                         D,
                                         D,
                                         D,
                                         D,
                                         D,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S, /* 0-9 : ; < = > ? */
                                         S,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L, /* @ A-O */
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S, /* P-Z [ \ ] ^ _ */
                                         S,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L, /* ` a-o */
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         S,
                                         S,
                                         S,
                                         S,
                                         S, /* p-z { | } ~ DEL */
                                         ROW(C),
                                         ROW(C),
                                         ROW(C),
                                         ROW(C),
                                         S,
                                         S,
                                         S,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L, /* C2: Latin-1 signs; C3…: letters */
                                         ROW(L),
                                         L,
                                         L,
                                         S,
                                         S,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         L,
                                         S,
                                         S, /* E2, E3: punctuation, symbols; EE, EF: private, forms */
                                         ROW(S)};
#undef S
#undef L
#undef D
#undef C
#undef ROW

static uint64_t load_word(const char *word, size_t length, size_t readable)
{
    uint64_t key = 0;
    if (length > WORD_KEY_BYTES)
        length = WORD_KEY_BYTES;
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (readable >= WORD_KEY_BYTES) {
        memcpy(&key, word, WORD_KEY_BYTES);
        return key & UINT64_MAX >> (64 - 8 * length);
    }
#else
    (void)readable;
#endif
    for (size_t i = 0; i < length; i++)
        key |= (uint64_t)(unsigned char)word[i] << 8 * i;
    return key;
}

uint64_t dispatch_word_key(const char *word, size_t length, size_t readable)
{
    return load_word(word, length, readable) & CASE_MASKS;
}

uint64_t dispatch_pair_key(uint64_t first, uint64_t second)
{
    return (first * 0x9e3779b97f4a7c15u ^ second) | 1;
}

static size_t slot(const struct dispatch_table *table, uint64_t key)
{
    uint64_t hash = key * 0x9e3779b97f4a7c15u;
    return (size_t)(hash >> 40 ^ hash >> 20) & (table->size - 1);
}

static unsigned filter_bit(uint64_t key)
{
    return (unsigned)(key * 0x9e3779b97f4a7c15u >> 48);
}

bool dispatch_may_start(const struct dispatch *dispatch, uint64_t key)
{
    unsigned bit = filter_bit(key);
    return (dispatch->filter[bit / 64] >> bit % 64 & 1) != 0;
}

const struct dispatch_entry *dispatch_find(const struct dispatch_table *table, uint64_t key)
{
    for (size_t i = slot(table, key);; i = (i + 1) & (table->size - 1)) {
        const struct dispatch_entry *entry = &table->entries[i];
        if (entry->key == key)
            return entry;
        if (entry->key == 0)
            return NULL;
    }
}

/* ---- building ------------------------------------------------------------------------------------- */

struct builder {
    struct dispatch *dispatch;
    const struct automaton *automaton;
    struct arena *arena;
    unsigned *marks; /* by node: the closure that visited it last */
    unsigned mark;
    unsigned short rule;
    size_t steps;
    bool failed;
};

struct nodes {
    struct node **items;
    size_t count, capacity;
};

static bool add_rule(const unsigned short **list, unsigned short rule)
{
    size_t length = 0;
    if (*list != NULL)
        for (; (*list)[length] != DISPATCH_END; length++)
            if ((*list)[length] == rule)
                return true;
    unsigned short *grown = realloc((unsigned short *)*list, (length + 2) * sizeof *grown);
    if (grown == NULL)
        return false;
    grown[length] = rule;
    grown[length + 1] = DISPATCH_END;
    *list = grown;
    return true;
}

static void add_to(struct builder *builder, const unsigned short **list)
{
    if (!add_rule(list, builder->rule))
        builder->failed = true;
}

static bool table_grow(struct dispatch_table *table)
{
    struct dispatch_table larger = {NULL, table->size == 0 ? 256 : table->size * 2, table->count};
    larger.entries = calloc(larger.size, sizeof *larger.entries);
    if (larger.entries == NULL)
        return false;
    for (size_t i = 0; i < table->size; i++) {
        if (table->entries[i].key == 0)
            continue;
        size_t place = slot(&larger, table->entries[i].key);
        while (larger.entries[place].key != 0)
            place = (place + 1) & (larger.size - 1);
        larger.entries[place] = table->entries[i];
    }
    free(table->entries);
    *table = larger;
    return true;
}

static struct dispatch_entry *table_add(struct builder *builder, struct dispatch_table *table, uint64_t key)
{
    static struct dispatch_entry spare;
    if ((table->count + 1) * 2 > table->size && !table_grow(table)) {
        builder->failed = true;
        return &spare;
    }
    size_t place = slot(table, key);
    while (table->entries[place].key != 0 && table->entries[place].key != key)
        place = (place + 1) & (table->size - 1);
    if (table->entries[place].key == 0) {
        table->entries[place].key = key;
        table->count++;
    }
    return &table->entries[place];
}

static void nodes_add(struct builder *builder, struct nodes *nodes, struct node *node)
{
    if (nodes->count == nodes->capacity) {
        size_t capacity = nodes->capacity == 0 ? 8 : nodes->capacity * 2;
        struct node **items = arena_alloc(builder->arena, capacity * sizeof *items);
        if (items == NULL) {
            builder->failed = true;
            return;
        }
        if (nodes->count > 0)
            memcpy(items, nodes->items, nodes->count * sizeof *items);
        nodes->items = items;
        nodes->capacity = capacity;
    }
    nodes->items[nodes->count++] = node;
}

/* Adds to the set all nodes that node leads to without a character. The caller has begun a new mark. */
static void close_over(struct builder *builder, struct nodes *set, struct node *node)
{
    while (node != NULL && builder->marks[node->id] != builder->mark) {
        builder->marks[node->id] = builder->mark;
        builder->steps++;
        if (node->type != NODE_SPLIT) {
            nodes_add(builder, set, node);
            return;
        }
        close_over(builder, set, node->out);
        node = node->out2;
    }
}

/* A character as UTF-8 with the case bits cleared: its length in the top byte, so that none is 0. */
static uint32_t masked_code(uint32_t code, unsigned char *bytes, size_t *length)
{
    if (code < 0x80) {
        *length = 1;
        bytes[0] = (unsigned char)code;
    } else if (code < 0x800) {
        *length = 2;
        bytes[0] = (unsigned char)(0xc0 | code >> 6);
        bytes[1] = (unsigned char)(0x80 | (code & 0x3f));
    } else {
        *length = 3;
        bytes[0] = (unsigned char)(0xe0 | code >> 12);
        bytes[1] = (unsigned char)(0x80 | (code >> 6 & 0x3f));
        bytes[2] = (unsigned char)(0x80 | (code & 0x3f));
    }
    uint32_t masked = (uint32_t)*length << 24;
    for (size_t i = 0; i < *length; i++) {
        bytes[i] &= CASE_MASK;
        masked |= (uint32_t)bytes[i] << 8 * i;
    }
    return masked;
}

static bool code_is(uint32_t code, enum byte_class class)
{
    unsigned lead = code < 0x80      ? code
                    : code < 0x800   ? 0xc0 | code >> 6
                    : code < 0x10000 ? 0xe0 | code >> 12
                                     : 0xf0;
    return byte_classes[lead] == class;
}

/* The nodes behind all characters of the set that are masked alike. */
static struct nodes step(struct builder *builder, const struct nodes *set, uint32_t masked)
{
    struct nodes next = {NULL, 0, 0};
    unsigned char bytes[4];
    size_t length;
    builder->mark++;
    for (size_t i = 0; i < set->count; i++) {
        struct node *node = set->items[i];
        if (node->type != NODE_CHARACTERS)
            continue;
        builder->steps += node->set->few_count;
        for (size_t k = 0; k < node->set->few_count; k++)
            if (masked_code(node->set->few[k], bytes, &length) == masked) {
                close_over(builder, &next, node->out);
                break;
            }
    }
    return next;
}

struct word {
    unsigned char bytes[WORD_KEY_BYTES + 4];
    size_t length;
};

static uint64_t word_key(const struct word *word)
{
    return load_word((const char *)word->bytes, word->length, 0);
}

/* What a set of nodes can go on with. */
struct outlook {
    bool letters, blanks, others; /* others: digits, signs, the end, anything */
    bool many_letters;            /* too many to list */
};

static struct outlook look(const struct nodes *set)
{
    struct outlook outlook = {false, false, false, false};
    for (size_t i = 0; i < set->count; i++) {
        const struct node *node = set->items[i];
        if (node->type != NODE_CHARACTERS) {
            outlook.others = true;
            outlook.many_letters = outlook.many_letters || node->type == NODE_ANYTHING;
            continue;
        }
        if (node->set->many) {
            outlook.others = true;
            outlook.many_letters = true;
        }
        for (size_t k = 0; k < node->set->few_count; k++) {
            uint32_t code = node->set->few[k];
            if (code_is(code, BYTE_LETTER))
                outlook.letters = true;
            else if (code == ' ' || code == '\n')
                outlook.blanks = true;
            else
                outlook.others = true;
        }
    }
    return outlook;
}

typedef void word_found(struct builder *builder, const struct word *word, const struct nodes *set, bool cut,
                        uint64_t first);

/*
 * Calls found for each word that can be read from the set; cut: the word may go on. False if the words
 * cannot be listed.
 */
static bool walk_words(struct builder *builder, const struct nodes *set, const struct word *word,
                       word_found *found, uint64_t first)
{
    if (builder->failed || builder->steps > MAX_STEPS)
        return false;
    struct outlook outlook = look(set);
    if (word->length >= WORD_KEY_BYTES) {
        found(builder, word, set, true, first);
        return true;
    }
    if (outlook.many_letters)
        return false;
    if (word->length > 0 && (outlook.blanks || outlook.others))
        found(builder, word, set, false, first);
    uint32_t done[CHARSET_FEW * 2];
    size_t done_count = 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct node *node = set->items[i];
        if (node->type != NODE_CHARACTERS)
            continue;
        builder->steps += node->set->few_count;
        for (size_t k = 0; k < node->set->few_count; k++) {
            struct word longer = *word;
            size_t length;
            uint32_t code = node->set->few[k];
            if (!code_is(code, BYTE_LETTER) || code >= 0x10000)
                continue;
            uint32_t masked = masked_code(code, longer.bytes + longer.length, &length);
            bool seen = false;
            for (size_t d = 0; d < done_count; d++)
                seen = seen || done[d] == masked;
            if (seen)
                continue;
            if (done_count == sizeof done / sizeof done[0])
                return false;
            done[done_count++] = masked;
            longer.length += length;
            struct nodes next = step(builder, set, masked);
            if (!walk_words(builder, &next, &longer, found, first))
                return false;
        }
    }
    return true;
}

static void second_found(struct builder *builder, const struct word *word, const struct nodes *set, bool cut,
                         uint64_t first)
{
    (void)set;
    (void)cut;
    uint64_t key = dispatch_pair_key(first, word_key(word));
    add_to(builder, &table_add(builder, &builder->dispatch->second, key)->rules);
}

static void first_found(struct builder *builder, const struct word *word, const struct nodes *set, bool cut,
                        uint64_t unused)
{
    (void)unused;
    uint64_t key = word_key(word);
    struct outlook outlook = look(set);
    bool listed = false;
    if (!cut && !outlook.others) {
        struct nodes behind = {NULL, 0, 0};
        builder->mark++;
        for (size_t i = 0; i < set->count; i++) {
            struct node *node = set->items[i];
            for (size_t k = 0; node->type == NODE_CHARACTERS && k < node->set->few_count; k++)
                if (node->set->few[k] == ' ' || node->set->few[k] == '\n') {
                    close_over(builder, &behind, node->out);
                    break;
                }
        }
        struct outlook next = look(&behind);
        struct word none = {{0}, 0};
        if (!next.blanks && !next.others && next.letters)
            listed = walk_words(builder, &behind, &none, second_found, key);
    }
    struct dispatch_entry *entry = table_add(builder, &builder->dispatch->first, key);
    if (listed)
        entry->second = true;
    else
        add_to(builder, &entry->rules);
}

static void add_lead(struct builder *builder, unsigned lead)
{
    if (byte_classes[lead] == BYTE_LETTER || byte_classes[lead] == BYTE_SIGN)
        add_to(builder, &builder->dispatch->by_byte[lead]);
}

/* Rules whose words cannot be listed, and those that begin with a sign, go by their first byte. */
static void add_leads(struct builder *builder, const struct nodes *start, bool letters)
{
    for (size_t i = 0; i < start->count; i++) {
        const struct node *node = start->items[i];
        for (unsigned lead = 0; lead < 256; lead++) {
            bool there =
                node->type != NODE_CHARACTERS || (node->set->lead[lead / 64] & (uint64_t)1 << lead % 64) != 0;
            if (there && (letters || byte_classes[lead] != BYTE_LETTER))
                add_lead(builder, lead);
        }
    }
}

static bool takes_digit(const struct node *node)
{
    if (node->type != NODE_CHARACTERS)
        return false;
    if (node->set->many)
        return true;
    for (size_t k = 0; k < node->set->few_count; k++)
        if (code_is(node->set->few[k], BYTE_DIGIT))
            return true;
    return false;
}

/* All nodes reachable by one digit or more, then what may stand behind the digits. */
static void add_digits(struct builder *builder, const struct nodes *start)
{
    struct nodes reached = {NULL, 0, 0};
    bool anything = false;
    builder->mark++;
    for (size_t i = 0; i < start->count; i++) {
        anything = anything || start->items[i]->type != NODE_CHARACTERS;
        if (takes_digit(start->items[i]))
            close_over(builder, &reached, start->items[i]->out);
    }
    for (size_t i = 0; i < reached.count; i++)
        if (takes_digit(reached.items[i]))
            close_over(builder, &reached, reached.items[i]->out);
    for (size_t i = 0; i < reached.count; i++)
        anything = anything || reached.items[i]->type != NODE_CHARACTERS;
    for (unsigned lead = 0; lead < 256; lead++) {
        bool there = anything;
        for (size_t i = 0; i < reached.count && !there; i++)
            there = (reached.items[i]->set->lead[lead / 64] & (uint64_t)1 << lead % 64) != 0 &&
                    byte_classes[lead] != BYTE_DIGIT;
        if (there)
            add_to(builder, &builder->dispatch->by_digit[lead]);
    }
}

static bool build_rule(struct dispatch *dispatch, const struct rule *rule, struct arena *arena,
                       struct trich_error *error)
{
    arena_reset(arena);
    struct builder builder = {.dispatch = dispatch, .arena = arena, .rule = (unsigned short)rule->index};
    builder.automaton = automaton_build(arena, rule->pattern);
    if (builder.automaton == NULL)
        return error_memory(error);
    builder.marks = arena_calloc(arena, builder.automaton->node_count + 1, sizeof *builder.marks);
    if (builder.marks == NULL)
        return error_memory(error);
    struct nodes start = {NULL, 0, 0};
    builder.mark++;
    close_over(&builder, &start, builder.automaton->start);
    struct word none = {{0}, 0};
    bool listed = walk_words(&builder, &start, &none, first_found, 0);
    add_leads(&builder, &start, !listed);
    add_digits(&builder, &start);
    add_to(&builder, &dispatch->all);
    return !builder.failed || error_memory(error);
}

struct dispatch *dispatch_build(const struct rules *rules, struct trich_error *error)
{
    struct dispatch *dispatch = calloc(1, sizeof *dispatch);
    struct arena arena;
    arena_init(&arena);
    bool done = dispatch != NULL && table_grow(&dispatch->first) && table_grow(&dispatch->second);
    if (!done)
        error_memory(error);
    for (size_t i = 0; done && i < rules->rule_count; i++)
        if (rules->rules[i]->role == RULE_FIND)
            done = build_rule(dispatch, rules->rules[i], &arena, error);
    arena_clear(&arena);
    for (size_t i = 0; done && i < dispatch->first.size; i++)
        if (dispatch->first.entries[i].key != 0) {
            unsigned bit = filter_bit(dispatch->first.entries[i].key);
            dispatch->filter[bit / 64] |= (uint64_t)1 << bit % 64;
        }
    if (done)
        return dispatch;
    dispatch_free(dispatch);
    return NULL;
}

static void table_clear(struct dispatch_table *table)
{
    for (size_t i = 0; i < table->size; i++)
        free((unsigned short *)table->entries[i].rules);
    free(table->entries);
}

void dispatch_free(struct dispatch *dispatch)
{
    if (dispatch == NULL)
        return;
    table_clear(&dispatch->first);
    table_clear(&dispatch->second);
    for (size_t i = 0; i < 256; i++) {
        free((unsigned short *)dispatch->by_byte[i]);
        free((unsigned short *)dispatch->by_digit[i]);
    }
    free((unsigned short *)dispatch->all);
    free(dispatch);
}
