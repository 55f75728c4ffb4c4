/*
 * explain.c - `trich explain`: at each place of an article the record, the rule that made it, what its groups
 * caught, and what it won against.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../trich.h"
#include "file.h"
#include "message.h"
#include "options.h"
#include "setup.h"
#include "walk.h"

/* A candidate that the extraction told of, copied, and ready to be printed. */
struct told {
    enum trich_fate fate;
    size_t start, end, number; /* number: in the order in which they were told */
    char *content, *what;
};

struct explanation {
    const struct options *options;
    trich_extractor *extractor;
    struct bytes text, line;
    struct told *told;
    size_t count, capacity;
    bool failed;
};

/* On one line, in quotes. */
static void append_quoted(struct bytes *bytes, const char *text, size_t length)
{
    bytes_append_string(bytes, "\"");
    for (size_t i = 0; i < length; i++)
        bytes_append(bytes, (unsigned char)text[i] < 0x20 ? " " : text + i, 1);
    bytes_append_string(bytes, "\"");
}

static char *take_string(struct bytes *bytes)
{
    bytes_append(bytes, "", 1);
    char *copy = memory_copy(bytes->data);
    bytes->length = 0;
    return copy;
}

static void observe(void *closure, const struct trich_candidate *candidate)
{
    static const char *const fates[] = {[TRICH_TAKEN] = "taken",
                                        [TRICH_OUTDONE] = "outdone",
                                        [TRICH_REJECTED] = "rejected",
                                        [TRICH_REFUSED] = "refused: no value",
                                        [TRICH_DROPPED] =
                                            "taken, then dropped: the article speaks against it"};
    struct explanation *explanation = closure;
    explanation->told =
        memory_grow(explanation->told, explanation->count, &explanation->capacity, sizeof *explanation->told);
    struct told *told = &explanation->told[explanation->count];
    *told = (struct told){.fate = candidate->fate,
                          .start = candidate->start,
                          .end = candidate->end,
                          .number = explanation->count++};
    struct bytes *line = &explanation->line;
    append_quoted(line, candidate->content, candidate->content_length);
    told->content = take_string(line);
    bytes_append_format(line, "%s %s", candidate->kind, candidate->rule);
    for (size_t i = 0; i < candidate->group_count; i++) {
        bytes_append_format(line, " %s=", candidate->groups[i].name);
        append_quoted(line, candidate->groups[i].value, strlen(candidate->groups[i].value));
    }
    bytes_append_format(line, ": %s", fates[candidate->fate]);
    if (candidate->by != NULL)
        bytes_append_format(line, " by %s", candidate->by);
    told->what = take_string(line);
}

static int rank(const struct told *told)
{
    return told->fate == TRICH_TAKEN ? 0 : told->fate == TRICH_DROPPED ? 1 : 2;
}

/* By place; at one place what was taken first, then the longest, then as told. */
static int compare(const void *a, const void *b)
{
    const struct told *one = a;
    const struct told *other = b;
    if (one->start != other->start)
        return one->start < other->start ? -1 : 1;
    if (rank(one) != rank(other))
        return rank(one) - rank(other);
    if (one->end != other->end)
        return one->end > other->end ? -1 : 1;
    return one->number < other->number ? -1 : 1;
}

/* Whether next says of the same candidate, in the same words, that it was dropped in the end. */
static bool is_dropped_by(const struct told *taken, const struct told *next)
{
    return next->fate == TRICH_DROPPED && next->start == taken->start && next->end == taken->end;
}

static void print_article(const struct explanation *explanation, const struct trich_article *article)
{
    struct bytes name = {0};
    message_name(&name, article->source);
    printf("%.*s%s%s\n", (int)name.length, name.data, article->date != NULL ? " speaks from " : "",
           article->date != NULL ? article->date : "");
    bytes_clear(&name);
    size_t at = 0;
    for (size_t i = 0; i < explanation->count; i++) {
        const struct told *told = &explanation->told[i];
        if (i == 0 || told->start != told[-1].start || told->end != told[-1].end)
            printf("\n%zu-%zu %s\n", told->start, told->end, told->content);
        if (told->fate == TRICH_TAKEN && i + 1 < explanation->count && is_dropped_by(told, told + 1))
            continue;
        printf("    %s\n", told->what);
        while (at < article->record_count && article->records[at].start < told->start)
            at++;
        if (told->fate != TRICH_TAKEN || at == article->record_count ||
            article->records[at].start != told->start)
            continue;
        const struct trich_record *record = &article->records[at];
        fputs("    record", stdout);
        for (size_t j = 0; j < record->attribute_count; j++)
            printf(" %s=\"%s\"", record->attributes[j].name, record->attributes[j].value);
        putchar('\n');
    }
}

static bool visit(void *closure, const struct walk_file *file)
{
    struct explanation *explanation = closure;
    struct trich_error error;
    const struct trich_article *article = NULL;
    bytes_reset(&explanation->text);
    if (file_read(file->path, &explanation->text, NULL, &error)) {
        struct trich_input input =
            setup_input(explanation->options, file->path, explanation->text.data, explanation->text.length);
        article = trich_extract(explanation->extractor, &input, &error);
    }
    if (article != NULL) {
        qsort(explanation->told, explanation->count, sizeof *explanation->told, compare);
        print_article(explanation, article);
    } else {
        message_error(NULL, &error);
        explanation->failed = true;
    }
    for (size_t i = 0; i < explanation->count; i++) {
        free(explanation->told[i].content);
        free(explanation->told[i].what);
    }
    explanation->count = 0;
    return true;
}

static void trouble(void *closure, const char *path, const char *why)
{
    struct explanation *explanation = closure;
    message_file(NULL, path, "%s", why);
    explanation->failed = true;
}

int explain_command(const struct options *options)
{
    struct explanation explanation = {.options = options};
    struct walk walk = {.operands = options->operands.items,
                        .operand_count = options->operands.count,
                        .include = &options->include,
                        .visit = visit,
                        .trouble = trouble,
                        .closure = &explanation,
                        .silent = options->quiet};
    trich_rules *rules = setup_rules(options);
    if (rules == NULL)
        return EXIT_TROUBLE;
    explanation.extractor = setup_extractor(options, rules);
    explanation.failed = explanation.extractor == NULL;
    if (!explanation.failed) {
        trich_extractor_observe(explanation.extractor, observe, &explanation);
        walk_files(&walk);
    }
    trich_extractor_free(explanation.extractor);
    trich_rules_free(rules);
    bytes_clear(&explanation.text);
    bytes_clear(&explanation.line);
    free(explanation.told);
    return explanation.failed ? EXIT_TROUBLE : EXIT_GOOD;
}
