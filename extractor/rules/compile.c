#include "compile.h"

#include <stdlib.h>

#include "../base/utf8.h"

enum {
    MAX_REPEAT = 255,       /* {0,255}: more is no language, and makes patterns huge */
    MAX_NESTING = 120,      /* of parentheses, tables and parts put in */
    MAX_COMPILED = 8 << 20, /* bytes */
    MAX_JIT_SIZE = 7 << 20  /* bytes, of all patterns: what is used most gets there first */
};

/*
 * No match ends inside a word or a number: a rule's author writes whole words and need not fence them in.
 */
static const char find_head[] = "(?:";
static const char find_tail[] = ")(?!(?<=\\p{L})[\\p{L}\\p{M}]|(?<=[0-9])[0-9])";

/* Whose a pattern is, for errors. */
struct owner {
    const char *what; /* "rule" or "part" */
    const char *name, *file;
    size_t line;
};

static struct owner owner_of(const struct rule *rule)
{
    return (struct owner){"rule", rule->id, rule->file, rule->line};
}

static bool compile_error(const struct owner *owner, const char *expanded, int code, PCRE2_SIZE offset,
                          struct trich_error *error)
{
    PCRE2_UCHAR message[160];
    if (pcre2_get_error_message(code, message, sizeof message / sizeof message[0]) < 0)
        message[0] = '\0';
    size_t length = strlen(expanded);
    if (offset > length)
        offset = length;
    size_t from = offset > 30 ? offset - 30 : 0;
    while (from > 0 && utf8_is_inside(expanded[from]))
        from--;
    return error_set(error, TRICH_ERROR_RULES, owner->file, owner->line, 0,
                     "the pattern of %s '%s' is wrong: %s, behind '%.*s'", owner->what, owner->name,
                     (const char *)message, (int)(offset - from), expanded + from);
}

/* Adds a group to a custom kind, which has fewer than RULE_MAX_GROUPS; -1 when out of memory. */
static int new_group(struct custom_kind *custom, struct slice name)
{
    char *copy = strndup(name.data, name.length);
    if (copy == NULL)
        return -1;
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

static bool add_group(struct rules *rules, const struct rule *rule, struct compiled *compiled,
                      struct slice name, uint32_t number, struct trich_error *error)
{
    int id = rules_group(rules, rule, name);
    if (id < 0) {
        struct custom_kind *custom = rule->kind == KIND_CUSTOM ? &rules->customs[rule->custom] : NULL;
        if (custom == NULL || custom->group_count == RULE_MAX_GROUPS)
            return unknown_group(rule, name, error);
        id = new_group(custom, name);
        if (id < 0)
            return error_memory(error);
    }
    if (compiled->group_count == RULE_MAX_GROUPS)
        return error_set(error, TRICH_ERROR_RULES, rule->file, rule->line, 0,
                         "rule '%s' has more than %d named groups: split it", rule->id, RULE_MAX_GROUPS);
    compiled->groups[compiled->group_count].id = (short)id;
    compiled->groups[compiled->group_count].number = (short)number;
    compiled->group_count++;
    return true;
}

/* In the order of the pattern, which is that of a custom kind's attributes; PCRE2's table is in order of
 * name. */
static bool find_groups(struct rules *rules, const struct rule *rule, struct compiled *compiled,
                        struct trich_error *error)
{
    uint32_t count = 0;
    uint32_t size = 0;
    uint32_t captures = 0;
    PCRE2_SPTR entry = NULL;
    (void)pcre2_pattern_info(compiled->code, PCRE2_INFO_NAMECOUNT, &count);
    (void)pcre2_pattern_info(compiled->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    (void)pcre2_pattern_info(compiled->code, PCRE2_INFO_NAMETABLE, &entry);
    (void)pcre2_pattern_info(compiled->code, PCRE2_INFO_CAPTURECOUNT, &captures);
    for (uint32_t number = 1; count > 0 && number <= captures; number++)
        for (uint32_t i = 0; i < count; i++) {
            PCRE2_SPTR named = entry + (size_t)i * size;
            if ((uint32_t)(named[0] << 8 | named[1]) == number &&
                !add_group(rules, rule, compiled, slice_from((const char *)named + 2), number, error))
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

/* NULL, and what is wrong, if it is; *problem is PCRE2's number for it, 0 if it is not PCRE2's. */
static pcre2_code *compile(const struct owner *owner, const char *pattern, size_t length, int *problem,
                           struct trich_error *error)
{
    PCRE2_SIZE offset;
    *problem = 0;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context == NULL) {
        error_memory(error);
        return NULL;
    }
    (void)pcre2_set_parens_nest_limit(context, MAX_NESTING);
    pcre2_code *code =
        pcre2_compile((PCRE2_SPTR)pattern, length, PCRE2_UTF | PCRE2_UCP | PCRE2_DUPNAMES | PCRE2_ANCHORED,
                      problem, &offset, context);
    pcre2_compile_context_free(context);
    if (code == NULL)
        compile_error(owner, pattern, *problem, offset, error);
    return code;
}

/* As the build compiled it; NULL if it did not, or if the PCRE2 in use is another one than it had. */
static pcre2_code *decode(const struct rule *rule)
{
    pcre2_code *code = NULL;
    if (rule->serialized == NULL || pcre2_serialize_decode(&code, 1, rule->serialized, NULL) != 1)
        return NULL;
    return code;
}

static struct compiled *compile_groups(struct rules *rules, const struct rule *rule,
                                       struct trich_error *error)
{
    struct compiled *compiled = calloc(1, sizeof *compiled);
    if (compiled == NULL) {
        error_memory(error);
        return NULL;
    }
    compiled->code = decode(rule);
    if (compiled->code == NULL) {
        struct owner owner = owner_of(rule);
        int problem;
        compiled->code = compile(&owner, rule->pattern, strlen(rule->pattern), &problem, error);
    }
    if (compiled->code != NULL)
        (void)pcre2_pattern_info(compiled->code, PCRE2_INFO_SIZE, &compiled->size);
    if (compiled->code != NULL && find_groups(rules, rule, compiled, error))
        return compiled;
    compiled_free(compiled);
    return NULL;
}

void compiled_free(struct compiled *compiled)
{
    while (compiled != NULL) {
        struct compiled *older = compiled->older;
        pcre2_code_free(compiled->code);
        free(compiled);
        compiled = older;
    }
}

/*
 * A class of two characters takes 33 bytes of PCRE2's code, any white space 3, and normalized text has no
 * other than these two. Where hundreds of them stand in a context, they are most of the 64 KB that a pattern
 * may have; a finder's are for the automaton to read.
 */
static void shorten_blanks(char *pattern)
{
    static const char blank[] = "[ \\n]";
    enum { MANY = 200 };
    size_t count = 0;
    for (const char *at = pattern; (at = strstr(at, blank)) != NULL; at += sizeof blank - 1)
        count++;
    if (count < MANY)
        return;
    char *end = pattern;
    for (const char *at = pattern; *at != '\0';)
        if (strncmp(at, blank, sizeof blank - 1) == 0) {
            *end++ = '\\';
            *end++ = 's';
            at += sizeof blank - 1;
        } else {
            *end++ = *at++;
        }
    *end = '\0';
}

bool rule_expand(struct rule *rule, const struct expansion *expansion, const char *source,
                 struct trich_error *error)
{
    struct buffer expanded;
    buffer_init(&expanded);
    if (rule_finds(rule))
        buffer_append_string(&expanded, find_head);
    bool done = expand_pattern(expansion, source, rule->file, rule->line, &expanded, error);
    if (rule_finds(rule))
        buffer_append_string(&expanded, find_tail);
    buffer_append_string(&expanded, "");
    if (done && expanded.failed)
        done = error_memory(error);
    if (!done) {
        buffer_clear(&expanded);
        return false;
    }
    if (!rule_finds(rule))
        shorten_blanks(expanded.data);
    rule->pattern = expanded.data;
    return true;
}

/* Keeps to the limits, and PCRE2 takes it; *problem as compile() has it. */
static bool is_good(const struct owner *owner, const char *pattern, size_t length, int *problem,
                    struct trich_error *error)
{
    size_t size = 0;
    struct slice huge = huge_repeat(pattern);
    *problem = 0;
    if (huge.data != NULL)
        return error_set(error, TRICH_ERROR_RULES, owner->file, owner->line, 0,
                         "%s '%s' repeats %.*s times: the limit is %d", owner->what, owner->name,
                         (int)huge.length, huge.data, MAX_REPEAT);
    pcre2_code *code = compile(owner, pattern, length, problem, error);
    if (code == NULL)
        return false;
    (void)pcre2_pattern_info(code, PCRE2_INFO_SIZE, &size);
    pcre2_code_free(code);
    if (size > MAX_COMPILED)
        return error_set(error, TRICH_ERROR_RULES, owner->file, owner->line, 0,
                         "the pattern of %s '%s' takes %zu bytes when compiled: repeat less, nest less",
                         owner->what, owner->name, size);
    return true;
}

/* The fence around a pattern could hide an open class or group: it must be good by itself. */
static bool is_good_alone(const struct rule *rule, struct trich_error *error)
{
    struct owner owner = owner_of(rule);
    size_t head = rule_finds(rule) ? sizeof find_head - 1 : 0;
    size_t tail = rule_finds(rule) ? sizeof find_tail - 1 : 0;
    int problem;
    return is_good(&owner, rule->pattern + head, strlen(rule->pattern) - head - tail, &problem, error);
}

void rule_blame_part(const struct expansion *expansion, struct trich_error *error)
{
    size_t shortest = SIZE_MAX;
    if (error == NULL || error->status != TRICH_ERROR_RULES)
        return;
    for (size_t i = 0; i < expansion->part_count; i++) {
        const struct part *part = &expansion->parts[i];
        struct owner owner = {"part", part->name, part->file, part->line};
        struct trich_error wrong;
        struct buffer expanded;
        int problem = 0;
        buffer_init(&expanded);
        bool done =
            part->used && expand_pattern(expansion, part->source, part->file, part->line, &expanded, &wrong);
        buffer_append_string(&expanded, "");
        /* One that calls a group of the rule is none alone. */
        if (done && !expanded.failed && expanded.length < shortest &&
            !is_good(&owner, expanded.data, expanded.length, &problem, &wrong) &&
            problem != PCRE2_ERROR_BAD_SUBPATTERN_REFERENCE && wrong.status == TRICH_ERROR_RULES) {
            shortest = expanded.length;
            *error = wrong;
        }
        buffer_clear(&expanded);
    }
}

bool rule_try_compile(struct rules *rules, struct rule *rule, struct trich_error *error)
{
    if (!is_good_alone(rule, error))
        return false;
    struct compiled *compiled = compile_groups(rules, rule, error);
    if (compiled == NULL)
        return false;
    compiled_free(compiled); /* it is compiled again when it is used */
    return true;
}

void rules_join(const struct rules *rules)
{
    struct rules *own = (struct rules *)rules; /* the lock guards what is not const */
    (void)pthread_mutex_lock(&own->lock);
    own->matcher_count++;
    (void)pthread_mutex_unlock(&own->lock);
}

void rules_leave(const struct rules *rules)
{
    struct rules *own = (struct rules *)rules;
    (void)pthread_mutex_lock(&own->lock);
    own->matcher_count--;
    (void)pthread_mutex_unlock(&own->lock);
}

static bool compile_jit(struct rules *rules, struct compiled *compiled)
{
    size_t size = 0;
    compiled->jit = compiled->code != NULL && pcre2_jit_compile(compiled->code, PCRE2_JIT_COMPLETE) == 0;
    if (compiled->jit && pcre2_pattern_info(compiled->code, PCRE2_INFO_JITSIZE, &size) == 0)
        (void)atomic_fetch_add(&rules->jit_size, size);
    return compiled->jit;
}

/* With JIT: the same, if no other matcher may be using it, else a copy in front of it. */
static struct compiled *add_jit(struct rules *rules, struct compiled *plain)
{
    if (rules->matcher_count < 2) {
        (void)compile_jit(rules, plain);
        return plain;
    }
    struct compiled *fast = malloc(sizeof *fast);
    if (fast == NULL)
        return plain;
    *fast = *plain;
    fast->code = pcre2_code_copy(plain->code);
    fast->older = plain;
    if (compile_jit(rules, fast))
        return fast;
    pcre2_code_free(fast->code);
    free(fast);
    return plain;
}

const struct compiled *rules_compile(const struct rules *rules, const struct rule *rule, bool jit)
{
    struct compiled *_Atomic *place = &rules->compiled[rule->index];
    struct rules *own = (struct rules *)rules;
    if (!jit)
        (void)pthread_mutex_lock(&own->lock);
    else if (atomic_load_explicit(&own->jit_size, memory_order_relaxed) >= MAX_JIT_SIZE ||
             pthread_mutex_trylock(&own->lock) != 0) /* no thread waits for what is only faster */
        return atomic_load_explicit(place, memory_order_acquire);
    struct compiled *compiled = atomic_load_explicit(place, memory_order_relaxed);
    if (compiled == NULL)
        compiled = compile_groups(own, rule, NULL);
    if (compiled != NULL && jit && !compiled->jit)
        compiled = add_jit(own, compiled);
    if (compiled != NULL)
        atomic_store_explicit(place, compiled, memory_order_release);
    (void)pthread_mutex_unlock(&own->lock);
    return compiled;
}
