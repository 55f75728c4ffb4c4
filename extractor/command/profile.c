/* profile.c - `trich rules profile`: what each rule costs over some articles, the dearest first. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../trich.h"
#include "file.h"
#include "message.h"
#include "options.h"
#include "setup.h"
#include "split.h"
#include "walk.h"

struct profile {
    const struct options *options;
    trich_extractor *extractor;
    struct bytes text;
    size_t articles, bytes;
    bool failed;
};

struct line {
    struct trich_rule_info rule;
    struct trich_rule_profile cost;
};

static void extract(struct profile *profile, const char *path, const char *bytes, size_t length,
                    struct trich_before before)
{
    struct trich_error error;
    struct trich_input input = setup_input(profile->options, path, bytes, length);
    input.before = before;
    if (trich_extract(profile->extractor, &input, &error) != NULL) {
        profile->articles++;
        profile->bytes += length;
        return;
    }
    if (error.file[0] == '\0')
        snprintf(error.file, sizeof error.file, "%s", path);
    message_error(NULL, &error);
    profile->failed = true;
}

static bool visit(void *closure, const struct walk_file *file)
{
    struct profile *profile = closure;
    struct trich_error error;
    bytes_reset(&profile->text);
    if (!file_read(file->path, &profile->text, NULL, &error)) {
        message_error(NULL, &error);
        profile->failed = true;
        return true;
    }
    const char *text = profile->text.data;
    const char *end = text + profile->text.length;
    enum split_mode split = (enum split_mode)profile->options->split;
    struct trich_before before = {0};
    if (split == SPLIT_NONE) {
        extract(profile, file->path, text, profile->text.length, before);
        return true;
    }
    while (text < end) {
        const char *stop = memchr(text, split_separator(split), (size_t)(end - text));
        size_t length = (size_t)((stop != NULL ? stop : end) - text);
        extract(profile, file->path, text, length, before);
        length += stop != NULL;
        split_pass(&before, text, length);
        text += length;
    }
    return true;
}

static int compare(const void *a, const void *b)
{
    const struct line *one = a;
    const struct line *other = b;
    return one->cost.seconds < other->cost.seconds ? 1 : one->cost.seconds > other->cost.seconds ? -1 : 0;
}

static void print(const struct profile *profile, const trich_rules *rules)
{
    size_t count = trich_rules_count(rules);
    struct line *lines = memory_get(count * sizeof *lines);
    size_t tried = 0;
    double seconds = 0;
    for (size_t i = 0; i < count; i++) {
        struct line line = {trich_rules_get(rules, i), trich_extractor_rule_profile(profile->extractor, i)};
        seconds += line.cost.seconds;
        if (line.cost.calls > 0)
            lines[tried++] = line;
    }
    qsort(lines, tried, sizeof *lines, compare);
    printf("%zu %s, %zu bytes, %.3f ms in patterns, %zu of %zu rules tried\n", profile->articles,
           profile->articles == 1 ? "article" : "articles", profile->bytes, seconds * 1e3, tried, count);
    printf("%10s %10s %10s %6s %8s  %s\n", "ms", "calls", "matches", "limits", "ns/call", "rule");
    for (size_t i = 0; i < tried; i++) {
        const struct trich_rule_profile *cost = &lines[i].cost;
        printf("%10.3f %10zu %10zu %6zu %8.0f  %s %s\n", cost->seconds * 1e3, cost->calls, cost->matches,
               cost->limit_hits, cost->seconds * 1e9 / (double)cost->calls, lines[i].rule.kind,
               lines[i].rule.id);
    }
    free(lines);
}

static void trouble(void *closure, const char *path, const char *why)
{
    struct profile *profile = closure;
    message_file(NULL, path, "%s", why);
    profile->failed = true;
}

int profile_command(const struct options *options)
{
    struct trich_error error;
    struct profile profile = {.options = options};
    struct walk walk = {.operands = options->operands.items + 1, /* behind the word "profile" */
                        .operand_count = options->operands.count - 1,
                        .include = &options->include,
                        .visit = visit,
                        .trouble = trouble,
                        .closure = &profile,
                        .silent = options->quiet};
    trich_rules *rules = setup_rules(options);
    if (rules == NULL)
        return EXIT_TROUBLE;
    profile.extractor = setup_extractor(options, rules);
    profile.failed = profile.extractor == NULL;
    if (!profile.failed && !trich_extractor_profile(profile.extractor, &error)) {
        message_error(NULL, &error);
        profile.failed = true;
    } else if (!profile.failed) {
        walk_files(&walk);
        print(&profile, rules);
    }
    bytes_clear(&profile.text);
    trich_extractor_free(profile.extractor);
    trich_rules_free(rules);
    return profile.failed ? EXIT_TROUBLE : EXIT_GOOD;
}
