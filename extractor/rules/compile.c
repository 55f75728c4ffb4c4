#include "compile.h"

#include <stdlib.h>

enum {
    MAX_REPEAT = 255,      /* {0,255}: more is no language, and makes patterns huge */
    MAX_NESTING = 120,     /* of parentheses, tables and parts put in */
    MAX_COMPILED = 8 << 20 /* bytes */
};

/*
 * No match ends inside a word or a number: a rule's author writes whole words and need not fence them in.
 * It also lets the dispatch go by whole words.
 */
static const char find_head[] = "(?:";
static const char find_tail[] = ")(?!(?<=\\p{L})[\\p{L}\\p{M}]|(?<=[0-9])[0-9])";

static bool compile_error(const struct rule *rule, const char *expanded, int code, PCRE2_SIZE offset,
                          struct trich_error *error)
{
    PCRE2_UCHAR message[160];
    if (pcre2_get_error_message(code, message, sizeof message / sizeof message[0]) < 0)
        message[0] = '\0';
    size_t length = strlen(expanded);
    if (offset > length)
        offset = length;
    size_t from = offset > 30 ? offset - 30 : 0;
    while (from > 0 && ((unsigned char)expanded[from] & 0xc0) == 0x80)
        from--;
    return error_set(error, TRICH_ERROR_RULES, rule->file, rule->line, 0,
                     "the pattern of rule '%s' is wrong: %s, behind '%.*s'", rule->id, (const char *)message,
                     (int)(offset - from), expanded + from);
}

static int custom_group(struct rules *rules, struct rule *rule, struct slice name)
{
    struct custom_kind *custom = &rules->customs[rule->custom];
    for (size_t i = 0; i < custom->group_count; i++)
        if (slice_is(name, custom->groups[i]))
            return (int)i;
    if (custom->group_count == RULE_MAX_GROUPS)
        return -1;
    char *copy = malloc(name.length + 1);
    if (copy == NULL)
        return -1;
    memcpy(copy, name.data, name.length);
    copy[name.length] = '\0';
    custom->groups[custom->group_count] = copy;
    return (int)custom->group_count++;
}

static bool unknown_group(const struct rule *rule, struct slice name, struct trich_error *error)
{
    if (rule->kind == KIND_CUSTOM)
        return error_set(error, TRICH_ERROR_RULES, rule->file, rule->line, 0,
                         "rule '%s': its kind has more than %d named groups: use fewer", rule->id,
                         RULE_MAX_GROUPS);
    char known[300] = "";
    size_t used = 0;
    for (int i = 0; kind_group_name(rule->kind, i) != NULL && used < sizeof known - 40; i++) {
        const char *group = kind_group_name(rule->kind, i);
        if (i > 0)
            known[used++] = ' ';
        memcpy(known + used, group, strlen(group) + 1);
        used += strlen(group);
    }
    return error_set(error, TRICH_ERROR_RULES, rule->file, rule->line, 0,
                     "rule '%s' has a group '%.*s' that its kind does not know; there are: %s", rule->id,
                     (int)name.length, name.data, known);
}

static bool add_group(struct rules *rules, struct rule *rule, struct slice name, uint32_t number,
                      struct trich_error *error)
{
    int id = rule->kind == KIND_CUSTOM ? custom_group(rules, rule, name) : kind_group(rule->kind, name);
    if (id < 0)
        return unknown_group(rule, name, error);
    if (rule->pattern.group_count == RULE_MAX_GROUPS)
        return error_set(error, TRICH_ERROR_RULES, rule->file, rule->line, 0,
                         "rule '%s' has more than %d named groups: split it", rule->id, RULE_MAX_GROUPS);
    rule->pattern.groups[rule->pattern.group_count].id = (short)id;
    rule->pattern.groups[rule->pattern.group_count].number = (short)number;
    rule->pattern.group_count++;
    return true;
}

static bool find_groups(struct rules *rules, struct rule *rule, struct trich_error *error)
{
    uint32_t count = 0;
    uint32_t size = 0;
    PCRE2_SPTR entry = NULL;
    const pcre2_code *code = rule->pattern.code;
    (void)pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &count);
    (void)pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    (void)pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &entry);
    /* The table is in order of name; custom attributes shall stand in the order of the pattern. */
    uint32_t captures = 0;
    (void)pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &captures);
    for (uint32_t number = 1; number <= captures; number++)
        for (uint32_t i = 0; i < count; i++) {
            PCRE2_SPTR named = entry + (size_t)i * size;
            if ((uint32_t)(named[0] << 8 | named[1]) == number &&
                !add_group(rules, rule, slice_from((const char *)named + 2), number, error))
                return false;
        }
    return true;
}

/* A repeat count beyond the limit: its text, {NULL, 0} if there is none. */
static struct slice huge_repeat(const char *pattern)
{
    for (const char *brace = strchr(pattern, '{'); brace != NULL; brace = strchr(brace + 1, '{')) {
        if (brace[1] < '0' || brace[1] > '9')
            continue;
        char *end;
        unsigned long low = strtoul(brace + 1, &end, 10);
        unsigned long high = *end == ',' && end[1] != '}' ? strtoul(end + 1, &end, 10) : low;
        if (low > MAX_REPEAT || high > MAX_REPEAT)
            return (struct slice){brace, strcspn(brace, "}") + 1};
    }
    return (struct slice){NULL, 0};
}

static bool compile(struct rule *rule, const char *expanded, size_t length, struct trich_error *error)
{
    pcre2_code_free(rule->pattern.code);
    int code;
    PCRE2_SIZE offset;
    size_t size = 0;
    struct slice huge = huge_repeat(expanded);
    if (huge.data != NULL)
        return error_set(error, TRICH_ERROR_RULES, rule->file, rule->line, 0,
                         "rule '%s' repeats %.*s times: the limit is %d", rule->id, (int)huge.length,
                         huge.data, MAX_REPEAT);
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context == NULL)
        return error_memory(error);
    (void)pcre2_set_parens_nest_limit(context, MAX_NESTING);
    rule->pattern.code =
        pcre2_compile((PCRE2_SPTR)expanded, length, PCRE2_UTF | PCRE2_UCP | PCRE2_DUPNAMES | PCRE2_ANCHORED,
                      &code, &offset, context);
    pcre2_compile_context_free(context);
    if (rule->pattern.code == NULL)
        return compile_error(rule, expanded, code, offset, error);
    (void)pcre2_pattern_info(rule->pattern.code, PCRE2_INFO_SIZE, &size);
    if (size > MAX_COMPILED)
        return error_set(error, TRICH_ERROR_RULES, rule->file, rule->line, 0,
                         "the pattern of rule '%s' takes %zu bytes when compiled: repeat less, nest less",
                         rule->id, size);
    rule->pattern.jit = pcre2_jit_compile(rule->pattern.code, PCRE2_JIT_COMPLETE) == 0;
    return true;
}

/*
 * Compiles the pattern without the fence around it, which could hide an open class or group; what the fence
 * adds is put back.
 */
static bool compile_alone(struct rule *rule, struct buffer *expanded, struct trich_error *error)
{
    size_t head = sizeof find_head - 1;
    size_t tail = sizeof find_tail - 1;
    size_t length = expanded->length - head - tail;
    char first = expanded->data[head + length];
    expanded->data[head + length] = '\0';
    bool done = compile(rule, expanded->data + head, length, error);
    expanded->data[head + length] = first;
    return done;
}

bool compile_rule(struct rules *rules, struct rule *rule, const struct expansion *expansion,
                  const char *source, bool strict, struct trich_error *error)
{
    struct buffer expanded;
    buffer_init(&expanded);
    bool finds = rule->role == RULE_FIND || rule->role == RULE_AFTER;
    if (finds)
        buffer_append_string(&expanded, find_head);
    if (!expand_pattern(expansion, source, rule->file, rule->line, &expanded, error)) {
        buffer_clear(&expanded);
        return false;
    }
    if (finds)
        buffer_append_string(&expanded, find_tail);
    if (expanded.failed) {
        buffer_clear(&expanded);
        return error_memory(error);
    }
    rule->pattern.source = expanded.data;
    if (finds && strict && !compile_alone(rule, &expanded, error))
        return false;
    if (!compile(rule, expanded.data, expanded.length, error))
        return false;
    return find_groups(rules, rule, error);
}
