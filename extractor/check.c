/* Checking rules: their examples, and what loads but cannot be meant. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "internal.h"
#include "text/text.h"

struct check {
    const trich_rules *rules;
    const struct rules *builtin;
    trich_extractor *extractor;
    trich_problem *report;
    void *closure;
    size_t count;
    bool keys_are_normal; /* else all patterns made of them are not either */
};

size_t trich_rules_count(const trich_rules *rules)
{
    return rules->rules->rule_count;
}

struct trich_rule_info trich_rules_get(const trich_rules *rules, size_t index)
{
    static const char *const roles[] = {[RULE_FIND] = "rule",
                                        [RULE_AFTER] = "after",
                                        [CONTEXT_START] = "context-start",
                                        [CONTEXT_END] = "context-end"};
    const struct rule *rule = rules->rules->rules[index];
    return (struct trich_rule_info){.id = rule->id,
                                    .kind = rules_kind_name(rules->rules, rule),
                                    .form = rule->form,
                                    .role = roles[rule->role],
                                    .reject = rule->reject,
                                    .file = rule->file,
                                    .line = rule->line,
                                    .pattern = rule->pattern,
                                    .example_count = rule->example_count};
}

bool trich_rules_export(const char *directory, struct trich_error *error)
{
    return rules_export(directory, error);
}

static void report(struct check *check, const char *file, size_t line, const char *message)
{
    struct trich_error problem;
    error_set(&problem, TRICH_ERROR_RULES, file, line, rules_column(file, line), "%s", message);
    check->count++;
    if (check->report != NULL)
        check->report(check->closure, &problem);
}

/* Appends what a record is: kind, text, attributes. */
static void describe(char *into, size_t room, const struct trich_record *record)
{
    size_t used = strlen(into);
    (void)snprintf(into + used, room - used, " %s(%s) '%.*s'", record->kind, record->rule,
                   (int)record->content_length, record->content);
    for (size_t i = 0; i < record->attribute_count; i++) {
        used = strlen(into);
        (void)snprintf(into + used, room - used, " %s=%s", record->attributes[i].name,
                       record->attributes[i].value);
    }
}

static bool has_extent(const struct trich_record *record, const struct rule_example *example)
{
    return example->extent == NULL ||
           slice_is((struct slice){record->content, record->content_length}, example->extent);
}

static bool has_attribute(const struct trich_record *record, const struct trich_attribute *attribute)
{
    const char *value = trich_record_get(record, attribute->name);
    return value != NULL && strcmp(value, attribute->value) == 0;
}

/* Whether the record has all that the example asks for; appends what it has not. */
static bool has_all(char *lacking, size_t room, const struct trich_record *record,
                    const struct rule_example *example)
{
    bool all = has_extent(record, example);
    if (!all)
        (void)snprintf(lacking, room, " '%s'", example->extent);
    for (size_t i = 0; i < example->attribute_count; i++) {
        size_t used = strlen(lacking);
        if (has_attribute(record, &example->attributes[i]))
            continue;
        all = false;
        (void)snprintf(lacking + used, room - used, " %s=%s", example->attributes[i].name,
                       example->attributes[i].value);
    }
    return all;
}

/* A rule's record; of a context, which makes none itself, any record of its kind. */
static bool is_of(const struct trich_record *record, const struct rule *rule, const char *kind)
{
    return rule_finds(rule) ? strcmp(record->rule, rule->id) == 0 : strcmp(record->kind, kind) == 0;
}

static bool check_example(struct check *check, const struct rule *rule, const char *kind,
                          const struct rule_example *example, struct trich_error *error)
{
    struct trich_input input = {
        .bytes = example->text, .length = strlen(example->text), .date = example->date, .encoding = "UTF-8"};
    const struct trich_article *article = trich_extract(check->extractor, &input, error);
    if (article == NULL)
        return false;
    size_t own = 0;
    size_t good = 0;
    char got[400] = "";
    char lacking[200] = "";
    for (size_t i = 0; i < article->record_count; i++) {
        const struct trich_record *record = &article->records[i];
        bool is_own = is_of(record, rule, kind);
        own += is_own;
        good += is_own && has_all(lacking, sizeof lacking, record, example);
        describe(got, sizeof got, record);
    }
    bool none = rule->kind == KIND_NONE || (rule->reject && rule->role != RULE_FIND);
    bool passed = example->counter ? (none ? article->record_count > 0 : own == 0)
                  : none           ? own == 0 && (example->others || article->record_count == 0)
                                   : good == 1 && own == 1 && (example->others || article->record_count == 1);
    if (!passed) {
        enum { SHOWN = 60 };
        char message[1024]; /* what is longer than an error holds is cut there */
        size_t shown = utf8_cut(example->text, input.length, SHOWN);
        bool lacks = lacking[0] != '\0' && !example->counter && own == 1;
        (void)snprintf(message, sizeof message, "rule '%s': the %sexample '%.*s%s' %s%s%s%s", rule->id,
                       example->counter ? "counter-" : "", (int)shown, example->text,
                       shown < input.length ? "..." : "", lacks ? "does not give" : "gives",
                       lacks ? lacking : "", lacks ? " but" : "", got[0] != '\0' ? got : " nothing");
        report(check, rule->file, example->line, message);
    }
    return true;
}

/* Whether bytes are in the form that a text is matched in, which text has; at: where they begin to differ. */
struct normality {
    bool normal;
    size_t at;
    struct text text;
};

static bool find_normality(struct normality *normality, const char *bytes, size_t length,
                           struct trich_error *error)
{
    struct text *text = &normality->text;
    struct text_options options = {.encoding = "UTF-8"};
    size_t same = 0;
    text_init(text);
    if (!text_read(text, bytes, length, &options, error))
        return false;
    while (same < length && same < text->length && text->bytes[same] == bytes[same])
        same++;
    normality->normal = same == length && same == text->length;
    while (same > 0 && !normality->normal && utf8_is_inside(bytes[same]))
        same--;
    normality->at = same;
    return true;
}

/* Whether the pattern's literal text is what normalized text can hold. */
static bool check_normal_form(struct check *check, const struct rule *rule, struct trich_error *error)
{
    struct normality normality;
    /* Its \n is PCRE2's: without the backslashes, lest it be read as what a text has left of JSON's. */
    char *literal = strdup(rule->pattern);
    if (literal == NULL)
        return error_memory(error);
    for (char *c = literal; (c = strchr(c, '\\')) != NULL;)
        *c = '@';
    bool done = find_normality(&normality, literal, strlen(literal), error);
    if (done && !normality.normal) {
        char message[200];
        const char *place = rule->pattern + normality.at;
        size_t word = strcspn(place, " \n()[]{}|\\?*+.^$");
        (void)snprintf(message, sizeof message,
                       "rule '%s': the pattern is not in normal form at '%.*s': it could never match there",
                       rule->id, word > 0 && word < 80 ? (int)word : 24, place);
        report(check, rule->file, rule->line, message);
    }
    text_clear(&normality.text);
    free(literal);
    return done;
}

static bool check_key(struct check *check, const struct table *table, struct slice key,
                      struct trich_error *error)
{
    struct normality normality;
    bool done = find_normality(&normality, key.data, key.length, error);
    if (done && !normality.normal) {
        char message[400];
        (void)snprintf(message, sizeof message,
                       "'%.*s' is not in normal form, it could never match: write '%.*s'", (int)key.length,
                       key.data, (int)normality.text.length, normality.text.bytes);
        report(check, table->file, table_line(table, key), message);
    }
    text_clear(&normality.text);
    return done;
}

/* The keys of the tables; patterns are made of many of them. */
static bool check_tables(struct check *check, struct trich_error *error)
{
    const struct rules *rules = check->rules->rules;
    for (size_t i = 0; i < rules->table_count; i++)
        for (size_t row = 0; row < rules->tables[i]->written_count; row++)
            if (!check_key(check, rules->tables[i], table_cell(rules->tables[i], row, 0), error))
                return false;
    return true;
}

/* ---- forms ---- */

static bool has_form(const struct rules *rules, const struct rule *of, struct slice form)
{
    for (size_t i = 0; i < rules->rule_count; i++) {
        const struct rule *rule = rules->rules[i];
        if (rule_finds(rule) && rule->kind == of->kind && slice_is(form, rule->form))
            return true;
    }
    return false;
}

/* value/ reads the forms that the built-in rules have; another one would find nothing, without a word. */
static void check_form(struct check *check, const struct rule *rule)
{
    char message[300];
    size_t used = 0;
    if (rule->kind == KIND_NONE || rule->kind == KIND_CUSTOM ||
        has_form(check->builtin, rule, slice_from(rule->form)))
        return;
    used += (size_t)snprintf(message, sizeof message, "rule '%s': form=\"%.40s\" is none of", rule->id,
                             rule->form);
    for (size_t i = 0; i < check->builtin->rule_count; i++) {
        const struct rule *other = check->builtin->rules[i];
        bool known = other->kind != rule->kind || other->form[0] == '\0';
        for (size_t k = 0; k < i && !known; k++)
            known = check->builtin->rules[k]->kind == rule->kind &&
                    strcmp(check->builtin->rules[k]->form, other->form) == 0;
        if (!known && used < sizeof message)
            used += (size_t)snprintf(message + used, sizeof message - used, " %s", other->form);
    }
    report(check, rule->file, rule->line, message);
}

/* A context's for="…". */
static void check_forms(struct check *check, const struct rule *context)
{
    for (const char *word = context->forms; *word != '\0';) {
        size_t length = strcspn(word, " ");
        if (length > 0 && !has_form(check->rules->rules, context, (struct slice){word, length})) {
            char message[200];
            (void)snprintf(message, sizeof message, "context '%s': no rule of its kind has the form '%.*s'",
                           context->id, (int)length, word);
            report(check, context->file, context->line, message);
        }
        word += length + (word[length] == ' ');
    }
}

static bool check_rule(struct check *check, const struct rule *rule, const char *kind,
                       struct trich_error *error)
{
    char message[200];
    uint32_t empty = 0;
    bool finds = rule_finds(rule);
    const struct compiled *compiled = rules_compile(check->rules->rules, rule, false);
    if (compiled == NULL)
        return error_memory(error);
    (void)pcre2_pattern_info(compiled->code, PCRE2_INFO_MATCHEMPTY, &empty);
    if (finds && empty != 0) {
        (void)snprintf(message, sizeof message,
                       "rule '%s' can match the empty string: make a part of its pattern required", rule->id);
        report(check, rule->file, rule->line, message);
    }
    size_t examples = 0;
    for (size_t i = 0; i < rule->example_count; i++)
        examples += !rule->examples[i].counter;
    if (finds && examples == 0) {
        (void)snprintf(message, sizeof message,
                       "rule '%s' has no <example>: add one with the values it must have", rule->id);
        report(check, rule->file, rule->line, message);
    }
    if (finds)
        check_form(check, rule);
    else
        check_forms(check, rule);
    if (check->keys_are_normal && !check_normal_form(check, rule, error))
        return false;
    for (size_t i = 0; i < rule->example_count; i++)
        if (!check_example(check, rule, kind, &rule->examples[i], error))
            return false;
    return true;
}

static bool check_all(struct check *check, struct trich_error *error)
{
    const struct rules *rules = check->rules->rules;
    check->extractor = trich_extractor_new(check->rules, error);
    bool done = check->extractor != NULL;
    for (size_t i = 0; done && i < rules->problem_count; i++)
        report(check, rules->problems[i].file, rules->problems[i].line, rules->problems[i].message);
    size_t before = check->count;
    done = done && check_tables(check, error);
    check->keys_are_normal = check->count == before;
    for (size_t i = 0; done && i < rules->rule_count; i++)
        done = check_rule(check, rules->rules[i], trich_rules_get(check->rules, i).kind, error);
    trich_extractor_free(check->extractor);
    return done;
}

bool trich_rules_check(const trich_rules *rules, trich_problem *report_problem, void *closure,
                       size_t *problem_count, struct trich_error *error)
{
    struct check check = {.rules = rules, .report = report_problem, .closure = closure};
    struct trich_rules files = {NULL};
    struct rules *builtin = rules_builtin(error);
    if (builtin == NULL)
        return false;
    check.builtin = builtin;
    if (rules->rules->prepared) { /* the examples were left behind when building */
        files.rules = rules_builtin_files(error);
        check.rules = &files;
    }
    bool done = check.rules->rules != NULL && check_all(&check, error);
    rules_free(files.rules);
    rules_free(builtin);
    if (problem_count != NULL)
        *problem_count = check.count;
    return done;
}
