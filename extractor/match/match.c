#include "match.h"

#include <limits.h>
#include <stdlib.h>
#include <time.h>

#include "../base/error.h"
#include "../base/utf8.h"
#include "../rules/dfa.h"
#include "backtrack.h"
#include "starts.h"

enum {
    MAX_CANDIDATES = 256,
    MATCH_LIMIT = 100000,
    PLAIN_MATCH_LIMIT = 10 * MATCH_LIMIT,
    USES_BEFORE_JIT = 30,
    JIT_BYTES_PER_USE = 256, /* of the compiled pattern: a large one must be used more often */
    WINDOW = 4096,           /* bytes */
    SIFT_WINDOW = 256 * STARTS_BLOCK,
    HEAP_LIMIT_KIB = 20000,
    OVECTOR_PAIRS = 64,
    JIT_STACK_START = 32 * 1024,
    JIT_STACK_MAX = 1024 * 1024
};

struct candidate {
    struct match match;
    struct match_group groups[MATCH_MAX_GROUPS];
    bool refused;
};

struct matcher {
    const struct rules *rules;
    pcre2_match_data *data;
    pcre2_match_context *context,
        *plain_context; /* with JIT; without, which counts more steps for the same */
    pcre2_jit_stack *stack;
    struct candidate *candidates;
    size_t candidate_count;
    struct backtrack *backtrack;
    const struct compiled *compiled; /* of the pattern run last, by PCRE2; NULL: by its program */
    struct backtrack_match by_program;
    unsigned *uses; /* by rule->index, without JIT */
    struct dfa *dfa;
    unsigned short *found; /* rules that can match at a place */
    size_t *noted;         /* by rule->index: the note that it was found for last */
    size_t note;
    unsigned short *finders; /* all RULE_FIND rules */
    size_t finder_count;
    uint64_t starts[SIFT_WINDOW / STARTS_BLOCK]; /* of a window: where something may begin */
    /* for the text in hand */
    const char *text;
    size_t length;
    bool plain; /* every rule is tried everywhere */
    match_accept *accept;
    void *closure;
    struct match_report *report;
    match_observe *observe;
    void *observe_closure;
    struct match_profile *profile; /* by rule->index */
};

struct slice match_group(const struct match *match, int id)
{
    for (size_t i = 0; i < match->group_count; i++)
        if (match->groups[i].id == id)
            return match_group_text(match, &match->groups[i]);
    return (struct slice){NULL, 0};
}

bool match_has(const struct match *match, int id)
{
    return match_group(match, id).data != NULL;
}

size_t match_group_start(const struct match *match, int id)
{
    return (size_t)(match_group(match, id).data - match->text);
}

struct matcher *matcher_new(const struct rules *rules, struct trich_error *error)
{
    struct matcher *matcher = calloc(1, sizeof *matcher);
    if (matcher != NULL) {
        matcher->rules = rules;
        rules_join(rules);
        matcher->data = pcre2_match_data_create(OVECTOR_PAIRS, NULL);
        matcher->context = pcre2_match_context_create(NULL);
        matcher->plain_context = pcre2_match_context_create(NULL);
        matcher->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MAX, NULL);
        matcher->candidates = calloc(MAX_CANDIDATES, sizeof *matcher->candidates);
        matcher->uses = calloc(rules->rule_count + 1, sizeof *matcher->uses);
        matcher->dfa = dfa_new(rules);
        matcher->backtrack = backtrack_new(rules->programs);
        matcher->found = calloc(rules->rule_count + 1, sizeof *matcher->found);
        matcher->noted = calloc(rules->rule_count + 1, sizeof *matcher->noted);
        matcher->finders = calloc(rules->rule_count + 1, sizeof *matcher->finders);
    }
    if (matcher == NULL || matcher->data == NULL || matcher->context == NULL ||
        matcher->plain_context == NULL || matcher->candidates == NULL || matcher->uses == NULL ||
        matcher->dfa == NULL || matcher->backtrack == NULL || matcher->found == NULL ||
        matcher->noted == NULL || matcher->finders == NULL) {
        matcher_free(matcher);
        error_memory(error);
        return NULL;
    }
    for (size_t i = 0; i < rules->rule_count; i++)
        if (rules->rules[i]->role == RULE_FIND)
            matcher->finders[matcher->finder_count++] = (unsigned short)i;
    (void)pcre2_set_match_limit(matcher->context, MATCH_LIMIT);
    (void)pcre2_set_match_limit(matcher->plain_context, PLAIN_MATCH_LIMIT);
    (void)pcre2_set_depth_limit(matcher->plain_context, PLAIN_MATCH_LIMIT);
    (void)pcre2_set_heap_limit(matcher->plain_context, HEAP_LIMIT_KIB);
    if (matcher->stack != NULL)
        pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
    return matcher;
}

void matcher_free(struct matcher *matcher)
{
    if (matcher == NULL)
        return;
    rules_leave(matcher->rules);
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_match_context_free(matcher->plain_context);
    pcre2_jit_stack_free(matcher->stack);
    free(matcher->candidates);
    free(matcher->profile);
    free(matcher->uses);
    dfa_free(matcher->dfa);
    backtrack_free(matcher->backtrack);
    free(matcher->found);
    free(matcher->noted);
    free(matcher->finders);
    free(matcher);
}

void matcher_observe(struct matcher *matcher, match_observe *observe, void *closure)
{
    matcher->observe = observe;
    matcher->observe_closure = closure;
}

bool matcher_start_profile(struct matcher *matcher)
{
    if (matcher->profile == NULL)
        matcher->profile = calloc(matcher->rules->rule_count + 1, sizeof *matcher->profile);
    return matcher->profile != NULL;
}

const struct match_profile *matcher_profile(const struct matcher *matcher)
{
    return matcher->profile;
}

/* The rule's pattern; with JIT from the time when compiling it has paid. */
static const struct compiled *compiled_pattern(struct matcher *matcher, const struct rule *rule)
{
    const struct compiled *compiled =
        atomic_load_explicit(&matcher->rules->compiled[rule->index], memory_order_acquire);
    if (compiled != NULL && compiled->jit)
        return compiled;
    unsigned *uses = &matcher->uses[rule->index];
    if (*uses < UINT_MAX)
        ++*uses;
    if (compiled == NULL)
        compiled = rules_compile(matcher->rules, rule, false);
    if (compiled != NULL && *uses >= USES_BEFORE_JIT + compiled->size / JIT_BYTES_PER_USE)
        compiled = rules_compile(matcher->rules, rule, true);
    return compiled;
}

/*
 * How much text a pattern sees: no record is longer, and a pattern that runs on and on costs the window, not
 * the rest of the article, at each place (1.1.1.1…).
 */
static size_t window_end(const struct matcher *matcher, size_t at)
{
    if (matcher->length - at <= WINDOW)
        return matcher->length;
    size_t end = at + WINDOW;
    while (utf8_is_inside(matcher->text[end]))
        end--;
    return end;
}

static int execute_compiled(struct matcher *matcher, const struct rule *rule, size_t at, size_t end)
{
    PCRE2_SPTR subject = (PCRE2_SPTR)matcher->text;
    const struct compiled *compiled = compiled_pattern(matcher, rule);
    matcher->compiled = compiled;
    if (compiled == NULL)
        return PCRE2_ERROR_NOMEMORY;
    if (compiled->jit)
        return pcre2_jit_match(compiled->code, subject, end, at, 0, matcher->data, matcher->context);
    return pcre2_match(compiled->code, subject, end, at, PCRE2_NO_UTF_CHECK, matcher->data,
                       matcher->plain_context);
}

/* By the rule's program, or by PCRE2 where it has none, or all rules are tried everywhere: what that finds is
 * what is compared. */
static int execute(struct matcher *matcher, const struct rule *rule, size_t at)
{
    const struct programs *programs = matcher->rules->programs;
    size_t end = window_end(matcher, at);
    uint32_t start = matcher->plain ? 0 : programs->starts[rule->index];
    if (start == 0)
        return execute_compiled(matcher, rule, at, end);
    matcher->compiled = NULL;
    size_t groups = programs->groups[rule->index + 1] - programs->groups[rule->index];
    enum backtrack_result result =
        backtrack_run(matcher->backtrack, start, groups, matcher->text, at, end, &matcher->by_program);
    return result == BACKTRACK_ASK     ? execute_compiled(matcher, rule, at, end)
           : result == BACKTRACK_MATCH ? 1
                                       : PCRE2_ERROR_NOMATCH;
}

static double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int execute_timed(struct matcher *matcher, const struct rule *rule, size_t at)
{
    struct match_profile *profile = &matcher->profile[rule->index];
    double start = now();
    int result = execute(matcher, rule, at);
    profile->seconds += now() - start;
    profile->calls++;
    profile->matches += result >= 0;
    profile->limit_hits += result < 0 && result != PCRE2_ERROR_NOMATCH;
    return result;
}

/* Runs the rule's pattern where the text is at `at`. */
static bool run(struct matcher *matcher, const struct rule *rule, size_t at)
{
    int result = matcher->profile != NULL ? execute_timed(matcher, rule, at) : execute(matcher, rule, at);
    if (result >= 0)
        return true;
    if (result != PCRE2_ERROR_NOMATCH) {
        matcher->report->limit_count++;
        matcher->report->limit_rule = rule;
    }
    return false;
}

static void tell(const struct matcher *matcher, const struct match *match, enum match_fate fate,
                 const struct rule *by)
{
    if (matcher->observe != NULL)
        matcher->observe(matcher->observe_closure, match, fate, by);
}

static void add_group(struct match *match, short id, size_t start, size_t end)
{
    if (match->group_count < MATCH_MAX_GROUPS)
        match->groups[match->group_count++] = (struct match_group){id, (int32_t)(start - match->whole_start),
                                                                   (int32_t)(end - match->whole_start)};
}

static void add_groups_of_program(const struct matcher *matcher, const struct rule *rule, size_t at,
                                  struct match *match)
{
    const struct programs *programs = matcher->rules->programs;
    const int16_t *ids = programs->ids + programs->groups[rule->index];
    size_t count = programs->groups[rule->index + 1] - programs->groups[rule->index];
    const int32_t *slots = matcher->by_program.slots;
    for (size_t i = 0; i < count; i++)
        if (ids[i] != PROGRAM_NO_GROUP && slots[2 * i + 1] != BACKTRACK_UNSET)
            add_group(match, ids[i], at + (size_t)slots[2 * i], at + (size_t)slots[2 * i + 1]);
}

/* The groups of the rule that matched last, at `at`. */
static void add_groups(const struct matcher *matcher, const struct rule *rule, size_t at, struct match *match)
{
    const struct compiled *compiled = matcher->compiled;
    if (compiled == NULL) {
        add_groups_of_program(matcher, rule, at, match);
        return;
    }
    const PCRE2_SIZE *pairs = pcre2_get_ovector_pointer(matcher->data);
    for (size_t i = 0; i < compiled->group_count; i++) {
        size_t pair = 2 * (size_t)compiled->groups[i].number;
        if (pair < 2 * (size_t)OVECTOR_PAIRS && pairs[pair] != PCRE2_UNSET)
            add_group(match, compiled->groups[i].id, pairs[pair], pairs[pair + 1]);
    }
}

/* Where the match of the rule that matched last, at `at`, ends. */
static size_t end_of_match(const struct matcher *matcher, size_t at)
{
    return matcher->compiled == NULL ? at + (size_t)matcher->by_program.end
                                     : pcre2_get_ovector_pointer(matcher->data)[1];
}

/* Tries a rule at a place and keeps what it finds. */
static void try_rule(struct matcher *matcher, const struct rule *rule, size_t at, size_t floor)
{
    if (!run(matcher, rule, at) || matcher->candidate_count == MAX_CANDIDATES)
        return;
    size_t end = end_of_match(matcher, at);
    struct candidate *candidate = &matcher->candidates[matcher->candidate_count];
    struct match *match = &candidate->match;
    *match = (struct match){.rule = rule,
                            .start = at,
                            .end = end,
                            .whole_start = at,
                            .whole_end = end,
                            .groups = candidate->groups,
                            .text = matcher->text};
    add_groups(matcher, rule, at, match);
    for (size_t i = 0; i < match->group_count; i++)
        if (match->groups[i].id == GROUP_RECORD) {
            match->start = at + (size_t)match->groups[i].start;
            match->end = at + (size_t)match->groups[i].end;
            break;
        }
    candidate->refused = false;
    if (match->start < match->end && match->start >= floor)
        matcher->candidate_count++;
}

static bool is_better(const struct match *a, const struct match *b)
{
    if (a->rule->priority != b->rule->priority)
        return a->rule->priority > b->rule->priority;
    if (a->end != b->end)
        return a->end > b->end;
    if (a->rule->kind != b->rule->kind)
        return a->rule->kind < b->rule->kind;
    if (a->start != b->start)
        return a->start < b->start;
    return a->rule->index < b->rule->index;
}

/* Notes which rules of the entry can match at a place; of contexts at starts by what is in front of it. */
static void note_possible(struct matcher *matcher, unsigned entry, size_t at)
{
    size_t count = entry >= DFA_START && entry < DFA_END
                       ? dfa_run_back(matcher->dfa, entry, matcher->text, at, matcher->found)
                       : dfa_run(matcher->dfa, entry, matcher->text, at, matcher->length, matcher->found);
    matcher->note++;
    for (size_t i = 0; i < count; i++)
        matcher->noted[matcher->found[i]] = matcher->note;
}

static bool is_possible(const struct matcher *matcher, const struct rule *rule)
{
    return matcher->plain || matcher->noted[rule->index] == matcher->note;
}

/* Runs the contexts at the candidate's edges; false if one refuses it. */
static bool look_around(struct matcher *matcher, struct match *match)
{
    if (*match->rule->start != NULL)
        note_possible(matcher, DFA_START + match->rule->kind, match->start);
    for (struct rule *const *context = match->rule->start; *context != NULL; context++)
        if (is_possible(matcher, *context) && run(matcher, *context, match->start)) {
            if ((*context)->reject) {
                tell(matcher, match, MATCH_REJECTED, *context);
                return false;
            }
            add_groups(matcher, *context, match->start, match);
        }
    if (*match->rule->end == NULL)
        return true;
    note_possible(matcher, DFA_END + match->rule->kind, match->end);
    for (struct rule *const *context = match->rule->end; *context != NULL; context++)
        if (is_possible(matcher, *context) && run(matcher, *context, match->end)) {
            if ((*context)->reject) {
                tell(matcher, match, MATCH_REJECTED, *context);
                return false;
            }
            add_groups(matcher, *context, match->end, match);
        }
    return true;
}

static struct candidate *best_candidate(struct matcher *matcher)
{
    struct candidate *best = NULL;
    for (size_t i = 0; i < matcher->candidate_count; i++) {
        struct candidate *candidate = &matcher->candidates[i];
        if (!candidate->refused && (best == NULL || is_better(&candidate->match, &best->match)))
            best = candidate;
    }
    return best;
}

/* Offers the candidates, best first, until one is accepted; its end, or 0 if none was. */
static size_t choose(struct matcher *matcher, const struct rule **chosen)
{
    struct candidate *best;
    while ((best = best_candidate(matcher)) != NULL) {
        best->refused = true;
        if (!look_around(matcher, &best->match))
            continue;
        if (best->match.rule->kind != KIND_NONE && !matcher->accept(matcher->closure, &best->match)) {
            tell(matcher, &best->match, MATCH_REFUSED, NULL);
            continue;
        }
        tell(matcher, &best->match, MATCH_TAKEN, NULL);
        for (size_t i = 0; matcher->observe != NULL && i < matcher->candidate_count; i++)
            if (!matcher->candidates[i].refused)
                tell(matcher, &matcher->candidates[i].match, MATCH_OUTDONE, best->match.rule);
        *chosen = best->match.rule;
        return best->match.end;
    }
    return 0;
}

/* After an accepted record: the lists that go on behind it. Returns the end of the last one accepted. */
static size_t follow(struct matcher *matcher, const struct rule *rule, size_t end)
{
    for (;;) {
        matcher->candidate_count = 0;
        if (*matcher->rules->after[rule->kind] == NULL)
            return end;
        note_possible(matcher, DFA_AFTER + rule->kind, end);
        for (struct rule *const *after = matcher->rules->after[rule->kind]; *after != NULL; after++)
            if (is_possible(matcher, *after) &&
                (rule->kind != KIND_CUSTOM || (*after)->custom == rule->custom))
                try_rule(matcher, *after, end, end);
        const struct rule *chosen = NULL;
        size_t next = choose(matcher, &chosen);
        if (next == 0)
            return end;
        end = next;
        rule = chosen;
    }
}

/* All candidates at a start; the end of what was accepted, or `at` if nothing was. */
static size_t take(struct matcher *matcher, size_t at)
{
    const unsigned short *found = matcher->plain ? matcher->finders : matcher->found;
    size_t count = matcher->plain
                       ? matcher->finder_count
                       : dfa_find(matcher->dfa, matcher->text, at, matcher->length, matcher->found);
    if (count == 0)
        return at;
    matcher->candidate_count = 0;
    for (size_t i = 0; i < count; i++)
        try_rule(matcher, matcher->rules->rules[found[i]], at, at);
    const struct rule *chosen = NULL;
    size_t taken = matcher->candidate_count > 0 ? choose(matcher, &chosen) : 0;
    if (taken == 0)
        return at;
    return chosen->kind == KIND_NONE ? taken : follow(matcher, chosen, taken);
}

/*
 * Notes the starts of each block of a window that something may begin at. A window at a time: what finding
 * needs stays in the cache, and what matching needs then does.
 */
static void sift(struct matcher *matcher, size_t window, size_t end, size_t from)
{
    size_t count = (end - window + STARTS_BLOCK - 1) / STARTS_BLOCK;
    for (size_t i = 0; i < count; i++) {
        size_t block = window + i * STARTS_BLOCK;
        matcher->starts[i] =
            from >= block + STARTS_BLOCK ? 0 : starts_in_block(matcher->text, matcher->length, block);
    }
    for (size_t i = 0; i < count && !matcher->plain; i += DFA_SIFT_BLOCKS) {
        size_t block = window + i * STARTS_BLOCK;
        dfa_sift(matcher->dfa, matcher->text + block, matcher->length - block, matcher->starts + i,
                 count - i < DFA_SIFT_BLOCKS ? count - i : DFA_SIFT_BLOCKS);
    }
}

/* Takes what begins at the starts of a block; what is before `from` is claimed. Returns what then is. */
static size_t take_block(struct matcher *matcher, size_t block, uint64_t starts, size_t from)
{
    while (starts != 0) {
        size_t at = block + (size_t)__builtin_ctzll(starts);
        starts &= starts - 1;
        if (at < from)
            continue;
        size_t taken = take(matcher, at);
        if (taken > at)
            from = taken;
    }
    return from;
}

bool match_text(struct matcher *matcher, const char *text, size_t length, bool plain, match_accept *accept,
                void *closure, struct match_report *report, struct trich_error *error)
{
    if (!dfa_refresh(matcher->dfa))
        return error_memory(error);
    matcher->text = text;
    matcher->length = length;
    matcher->plain = plain;
    matcher->accept = accept;
    matcher->closure = closure;
    matcher->report = report;
    *report = (struct match_report){0, NULL};
    size_t from = 0; /* what is before is claimed */
    for (size_t window = 0; window < length; window += SIFT_WINDOW) {
        size_t end = length - window > SIFT_WINDOW ? window + SIFT_WINDOW : length;
        if (from >= end)
            continue;
        sift(matcher, window, end, from);
        for (size_t block = window; block < end; block += STARTS_BLOCK)
            from = take_block(matcher, block, matcher->starts[(block - window) / STARTS_BLOCK], from);
    }
    return true;
}
