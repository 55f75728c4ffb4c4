/* written.h - rules that a test writes: a file of that text, alone in a directory, is loaded and removed. */
#ifndef TESTS_RULES_WRITTEN_H
#define TESTS_RULES_WRITTEN_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../extractor/trich.h"

struct written {
    char directory[30], path[40];
};

static inline struct written write_rules(const char *text)
{
    struct written written = {.directory = "/tmp/trich-written-XXXXXX"};
    cr_assert_not_null(mkdtemp(written.directory));
    (void)snprintf(written.path, sizeof written.path, "%s/a.xml", written.directory);
    FILE *file = fopen(written.path, "w");
    cr_assert_not_null(file);
    (void)fprintf(file, "<rules xmlns=\"urn:trich:rules:1\" kind=\"k\">\n%s\n</rules>\n", text);
    (void)fclose(file);
    return written;
}

static inline void remove_rules(const struct written *written)
{
    (void)unlink(written->path);
    (void)rmdir(written->directory);
}

/* NULL where the rules are refused. */
static inline trich_rules *rules_tried(const char *text, struct trich_error *error)
{
    struct written written = write_rules(text);
    trich_rules *rules = trich_rules_load(written.directory, error);
    remove_rules(&written);
    return rules;
}

static inline trich_rules *rules_written(const char *text)
{
    struct trich_error error;
    trich_rules *rules = rules_tried(text, &error);
    cr_assert_not_null(rules, "%s:%zu: %s", error.file, error.line, error.message);
    return rules;
}

#endif
