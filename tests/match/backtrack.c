/*
 * A rule's program does what PCRE2 does with its pattern: whether it matches at a place, where it ends, what
 * its groups hold. Over patterns and texts drawn at random, and over the built-in rules at places of the
 * samples.
 */
#include "../../extractor/match/backtrack.h"
#include "../../extractor/base/utf8.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdlib.h>

#include "../file.h"
#include "../rules/drawn.h"
#include "../rules/written.h"
#include "../thin.h"

enum { ROUNDS = 1000, STRIDE = 7, SAMPLE_BYTES = 8192 };

struct tally {
    size_t matches, asked, compared;
};

struct engines {
    struct rules *rules;
    struct backtrack *backtrack;
    pcre2_match_data *data;
};

static struct engines engines_new(struct rules *rules)
{
    struct engines engines = {rules, backtrack_new(rules->programs), pcre2_match_data_create(64, NULL)};
    cr_assert(engines.backtrack != NULL && engines.data != NULL);
    return engines;
}

static void engines_free(struct engines engines)
{
    backtrack_free(engines.backtrack);
    pcre2_match_data_free(engines.data);
    rules_free(engines.rules);
}

static void compare_groups(const struct engines *engines, const struct rule *rule,
                           const struct compiled *compiled, size_t at, const struct backtrack_match *match)
{
    const struct programs *programs = engines->rules->programs;
    const uint32_t *groups = programs->groups + rule->index;
    const PCRE2_SIZE *pairs = pcre2_get_ovector_pointer(engines->data);
    size_t known = groups[1] - groups[0];
    while (known > 0 && programs->ids[groups[0] + known - 1] == PROGRAM_NO_GROUP)
        known--;
    cr_assert_eq(known, compiled->group_count);
    for (size_t i = 0; i < compiled->group_count; i++) {
        const PCRE2_SIZE *pair = pairs + 2 * (size_t)compiled->groups[i].number;
        cr_assert_eq(programs->ids[groups[0] + i], compiled->groups[i].id);
        const int32_t *slots = match->slots + 2 * i;
        cr_assert_eq(slots[1] == BACKTRACK_UNSET, pair[1] == PCRE2_UNSET, "%s: group %zu at %zu: %s",
                     rule->id, i, at, rule->pattern);
        if (slots[1] != BACKTRACK_UNSET)
            cr_assert(at + (size_t)slots[0] == pair[0] && at + (size_t)slots[1] == pair[1],
                      "%s: group %zu at %zu: %s", rule->id, i, at, rule->pattern);
    }
}

static void compare(const struct engines *engines, const struct rule *rule, const char *text, size_t length,
                    size_t at, struct tally *tally)
{
    const struct programs *programs = engines->rules->programs;
    uint32_t start = programs->starts[rule->index];
    const struct compiled *compiled = rules_compile(engines->rules, rule, false);
    cr_assert_not_null(compiled);
    if (start == 0)
        return;
    struct backtrack_match match;
    size_t group_count = programs->groups[rule->index + 1] - programs->groups[rule->index];
    enum backtrack_result result =
        backtrack_run(engines->backtrack, start, group_count, text, at, length, &match);
    tally->asked += result == BACKTRACK_ASK;
    tally->compared++;
    if (result == BACKTRACK_ASK)
        return;
    int expected =
        pcre2_match(compiled->code, (PCRE2_SPTR)text, length, at, PCRE2_NO_UTF_CHECK, engines->data, NULL);
    if (expected != PCRE2_ERROR_NOMATCH && expected < 0) /* a limit of PCRE2's */
        return;
    cr_assert_eq(result == BACKTRACK_MATCH, expected >= 0, "%s at %zu: PCRE2 says %d: %s in:\n%s", rule->id,
                 at, expected, rule->pattern, text);
    if (expected < 0)
        return;
    tally->matches++;
    cr_assert_eq(at + (size_t)match.end, pcre2_get_ovector_pointer(engines->data)[1], "%s at %zu: %s",
                 rule->id, at, rule->pattern);
    compare_groups(engines, rule, compiled, at, &match);
}

static bool is_place(const char *text, size_t at)
{
    return !utf8_is_inside(text[at]);
}

/* NULL where PCRE2 refuses the pattern. */
static struct rules *load_rule(const char *pattern)
{
    struct trich_error error;
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    cr_assert_not_null(file);
    (void)fprintf(file, "<rule id=\"r\"><pattern>%s</pattern></rule>", pattern);
    (void)fclose(file);
    struct written written = write_rules(text);
    free(text);
    struct rules *rules = rules_load(written.directory, &error);
    remove_rules(&written);
    return rules;
}

static struct rules *draw_rule(void)
{
    char *pattern = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&pattern, &length);
    cr_assert_not_null(file);
    sequence(file, DRAWN_DEPTH);
    (void)fclose(file);
    struct rules *rules = load_rule(pattern);
    free(pattern);
    return rules;
}

Test(backtrack, does_as_pcre2_with_any_pattern, .timeout = 300)
{
    struct tally tally = {0, 0, 0};
    size_t known = 0;
    size_t drawn = 0;
    seed = 11;
    for (size_t round = 0; round < ROUNDS / thin(); round++) {
        struct rules *rules = draw_rule();
        if (rules == NULL)
            continue;
        struct engines engines = engines_new(rules);
        char text[DRAWN_TEXT_SIZE];
        draw_text(text);
        drawn++;
        known += rules->programs->starts[0] != 0;
        for (size_t at = 0; at <= strlen(text); at++)
            if (is_place(text, at))
                compare(&engines, rules->rules[0], text, strlen(text), at, &tally);
        engines_free(engines);
    }
    cr_assert_gt(known * 10, drawn * 8, "%zu of %zu patterns have a program", known, drawn);
    cr_assert_gt(tally.matches, tally.compared / 20, "%zu matches of %zu", tally.matches, tally.compared);
    cr_assert_lt(tally.asked, tally.compared / 4, "%zu asked of %zu", tally.asked, tally.compared);
}

/* Nested as deep as that: the records end where PCRE2 says, and where it is too deep PCRE2 is asked. */
static void compare_nested(const struct engines *engines, size_t depth, bool asks)
{
    char text[2 * 3000 + 1];
    struct tally tally = {0, 0, 0};
    cr_assert_lt(2 * depth, sizeof text);
    memset(text, '(', depth);
    memset(text + depth, ')', depth);
    text[2 * depth] = '\0';
    compare(engines, engines->rules->rules[0], text, 2 * depth, 0, &tally);
    cr_assert_eq(tally.asked, asks, "%zu deep", depth);
    cr_assert_eq(tally.matches, !asks, "%zu deep", depth);
}

Test(backtrack, calls_what_calls_itself)
{
    struct rules *rules = load_rule("(\\((?:[a-z]|(?1))*+\\))");
    cr_assert_not_null(rules);
    struct engines engines = engines_new(rules);
    cr_assert_neq(rules->programs->starts[0], 0);
    compare_nested(&engines, 1, false);
    compare_nested(&engines, 30, false);
    compare_nested(&engines, 2900, true);
    engines_free(engines);
}

static void compare_sample(const struct engines *engines, const char *path, struct tally *tally)
{
    size_t length = 0;
    char *text = file_read(path, SAMPLE_BYTES, &length);
    cr_assert_not_null(text);
    while (length > 0 && !is_place(text, length - 1))
        length--;
    length -= length > 0 && (unsigned char)text[length - 1] >= 0x80; /* a character that was cut */
    text[length] = '\0';
    const struct rules *rules = engines->rules;
    for (size_t i = 0; i < rules->rule_count; i++)
        for (size_t at = i % STRIDE; at < length; at += STRIDE * thin())
            if (is_place(text, at))
                compare(engines, rules->rules[i], text, length, at, tally);
    free(text);
}

Test(backtrack, does_as_pcre2_with_the_built_in_rules, .timeout = 300)
{
    struct trich_error error;
    struct tally tally = {0, 0, 0};
    struct rules *rules = rules_builtin(&error);
    cr_assert_not_null(rules);
    struct engines engines = engines_new(rules);
    size_t without = 0;
    for (size_t i = 0; i < rules->rule_count; i++)
        without += rules->programs->starts[i] == 0;
    cr_assert_eq(without, 0, "%zu rules have no program", without);
    DIR *directory = opendir("samples");
    cr_assert_not_null(directory);
    for (const struct dirent *entry; (entry = readdir(directory)) != NULL;) {
        char path[600];
        const char *dot = strrchr(entry->d_name, '.');
        (void)snprintf(path, sizeof path, "samples/%s", entry->d_name);
        if (dot != NULL && strcmp(dot, ".txt") == 0)
            compare_sample(&engines, path, &tally);
    }
    (void)closedir(directory);
    cr_assert_gt(tally.matches, 200 / thin(), "%zu matches of %zu", tally.matches, tally.compared);
    engines_free(engines);
}

/* ---- limits ---- */

/* Runs a pattern on text at its start, and says what PCRE2 finds there. */
static enum backtrack_result run_alone(const char *pattern, const char *text, bool *matches)
{
    struct rules *rules = load_rule(pattern);
    cr_assert_not_null(rules);
    struct engines engines = engines_new(rules);
    struct backtrack_match match;
    const struct programs *programs = rules->programs;
    cr_assert_neq(programs->starts[0], 0, "%s has no program", pattern);
    const struct compiled *compiled = rules_compile(rules, rules->rules[0], false);
    *matches = pcre2_match(compiled->code, (PCRE2_SPTR)text, strlen(text), 0, 0, engines.data, NULL) >= 0;
    enum backtrack_result result = backtrack_run(engines.backtrack, programs->starts[0], programs->groups[1],
                                                 text, 0, strlen(text), &match);
    engines_free(engines);
    return result;
}

/* So many a, then the end. */
static const char *letters(char *text, size_t count, const char *end)
{
    memset(text, 'a', count);
    memcpy(text + count, end, strlen(end) + 1);
    return text;
}

/* Too many ways, or too many to remember: PCRE2 is asked, and finds what there is. */
Test(backtrack, asks_pcre2_at_its_limits)
{
    enum { FEW = 8, MANY = 18, DEEP = 9000 };
    static const char ways[] = "(?:a|aa|aaa)*b?d|a+bc";
    char text[DEEP + 3];
    bool matches;
    cr_assert_eq(run_alone(ways, letters(text, FEW, "bc"), &matches), BACKTRACK_MATCH);
    cr_assert(matches);
    cr_assert_eq(run_alone(ways, letters(text, MANY, "bc"), &matches), BACKTRACK_ASK, "it fails too often");
    cr_assert(matches);
    cr_assert_eq(run_alone("(?:a|aa)*b", letters(text, DEEP, "b"), &matches), BACKTRACK_ASK,
                 "each a leaves a way to be remembered");
    cr_assert(matches);
}
