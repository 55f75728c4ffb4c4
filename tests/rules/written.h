/* written.h - rules that a test writes: a file of that text, alone in a directory, is loaded and removed. */
#ifndef TESTS_RULES_WRITTEN_H
#define TESTS_RULES_WRITTEN_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../../extractor/trich.h"

static inline trich_rules *rules_written(const char *text)
{
    char directory[] = "/tmp/trich-written-XXXXXX";
    char path[100];
    struct trich_error error;
    cr_assert_not_null(mkdtemp(directory));
    (void)snprintf(path, sizeof path, "%s/a.xml", directory);
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    (void)fprintf(file, "<rules xmlns=\"urn:trich:rules:1\" kind=\"k\">\n%s\n</rules>\n", text);
    (void)fclose(file);
    trich_rules *rules = trich_rules_load(directory, &error);
    (void)unlink(path);
    (void)rmdir(directory);
    cr_assert_not_null(rules, "%s:%zu: %s", error.file, error.line, error.message);
    return rules;
}

#endif
