/*
 * The automaton never loses a match: the records are the same as when every rule is tried at every place.
 * Over samples/, and over ../shared where it is there.
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../extractor/trich.h"
#include "../file.h"
#include "../thin.h"

/* Of 20 MB every 16th article, since a plain scan is slow; STRIDE=1 in the environment for all of them. */
enum { BULK_BYTES = 20 * 1024 * 1024, BULK_STRIDE = 16 };

struct extractors {
    trich_rules *rules;
    trich_extractor *fast, *plain;
};

static struct extractors extractors_new(void)
{
    struct trich_error error;
    struct extractors both;
    both.rules = trich_rules_builtin(&error);
    cr_assert_not_null(both.rules, "%s:%zu: %s", error.file, error.line, error.message);
    both.fast = trich_extractor_new(both.rules, &error);
    both.plain = trich_extractor_new(both.rules, &error);
    cr_assert(both.fast != NULL && both.plain != NULL);
    return both;
}

static void extractors_free(struct extractors both)
{
    trich_extractor_free(both.fast);
    trich_extractor_free(both.plain);
    trich_rules_free(both.rules);
}

/* Number of records, after comparing them. */
static size_t compare(const struct extractors *both, const char *bytes, size_t length, const char *name)
{
    struct trich_error error;
    struct trich_input input = {.bytes = bytes, .length = length, .source = name};
    const struct trich_article *fast = trich_extract(both->fast, &input, &error);
    cr_assert_not_null(fast, "%s: %s", name, error.message);
    input.every_rule = true;
    const struct trich_article *plain = trich_extract(both->plain, &input, &error);
    cr_assert_not_null(plain);
    for (size_t i = 0; i < fast->record_count && i < plain->record_count; i++) {
        const struct trich_record *a = &fast->records[i];
        const struct trich_record *b = &plain->records[i];
        cr_assert(a->start == b->start && a->end == b->end && strcmp(a->rule, b->rule) == 0,
                  "%s: the automaton finds '%.*s' by %s, every rule '%.*s' by %s", name,
                  (int)a->content_length, a->content, a->rule, (int)b->content_length, b->content, b->rule);
        cr_assert_eq(a->attribute_count, b->attribute_count);
        for (size_t k = 0; k < a->attribute_count; k++)
            cr_assert_str_eq(a->attributes[k].value, b->attributes[k].value);
    }
    cr_assert_eq(fast->record_count, plain->record_count, "%s: %zu and %zu records", name, fast->record_count,
                 plain->record_count);
    return fast->record_count;
}

static size_t compare_directory(const struct extractors *both, const char *directory)
{
    size_t records = 0;
    size_t number = 0;
    DIR *stream = opendir(directory);
    const struct dirent *entry;
    while (stream != NULL && (entry = readdir(stream)) != NULL) {
        char path[600];
        size_t length = 0;
        const char *dot = strrchr(entry->d_name, '.');
        if (dot == NULL || strcmp(dot, ".txt") != 0 || number++ % thin() != 0)
            continue;
        (void)snprintf(path, sizeof path, "%s/%s", directory, entry->d_name);
        char *bytes = file_read(path, 4 * 1024 * 1024, &length);
        cr_assert_not_null(bytes);
        records += compare(both, bytes, length, path);
        free(bytes);
    }
    if (stream != NULL)
        (void)closedir(stream);
    return records;
}

Test(automaton, loses_nothing_of_the_samples, .timeout = 120)
{
    struct extractors both = extractors_new();
    cr_assert_gt(compare_directory(&both, "samples"), 300 / thin());
    extractors_free(both);
}

static size_t stride(void)
{
    const char *given = getenv("STRIDE");
    size_t number = given != NULL ? strtoul(given, NULL, 10) : 0;
    return number > 0 ? number : BULK_STRIDE * thin();
}

Test(automaton, loses_nothing_of_real_texts, .timeout = 3000)
{
    struct extractors both = extractors_new();
    (void)compare_directory(&both, "../shared/gold/dev");
    size_t length = 0;
    char *bytes = file_read("../shared/bulk/news.txt", BULK_BYTES, &length);
    size_t number = 0;
    size_t every = stride();
    for (char *line = bytes; bytes != NULL && line < bytes + length;) {
        char *end = memchr(line, '\n', (size_t)(bytes + length - line));
        if (end == NULL)
            break; /* perhaps cut inside a character */
        if (number++ % every == 0) {
            char name[40];
            (void)snprintf(name, sizeof name, "news.txt:%zu", number);
            (void)compare(&both, line, (size_t)(end - line), name);
        }
        line = end + 1;
    }
    free(bytes);
    extractors_free(both);
}
