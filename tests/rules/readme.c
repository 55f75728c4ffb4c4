/*
 * Every example of rules/README.md works: each block of XML is loaded as a rule file of its own (a fragment
 * inside <rules>) and its examples are run.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../extractor/trich.h"

enum { BLOCK_BYTES = 8192 };

static void fail_on(void *closure, const struct trich_error *problem)
{
    (void)closure;
    /* the page's parts may go unused in a fragment */
    if (strstr(problem->message, "no pattern uses") == NULL)
        cr_expect_fail("%s:%zu: %s", problem->file, problem->line, problem->message);
}

static void write_file(const char *directory, const char *name, const char *text)
{
    char path[200];
    (void)snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    (void)fputs(text, file);
    (void)fclose(file);
}

static void check_block(const char *block, int number)
{
    static char file[BLOCK_BYTES + 200];
    char directory[] = "/tmp/trich-readme-XXXXXX";
    char path[100];
    struct trich_error error;
    size_t problems;
    bool whole = strstr(block, "<rules ") != NULL;
    cr_assert_not_null(mkdtemp(directory));
    (void)snprintf(file, sizeof file, "%s%s%s",
                   whole ? "" : "<rules xmlns=\"urn:trich:rules:1\" kind=\"date\">\n", block,
                   whole ? "" : "</rules>\n");
    write_file(directory, "page.xml", file);
    write_file(directory, "plate-codes.tsv", "code\tprovince\n30\tHà Nội\n");
    trich_rules *rules = trich_rules_load(directory, &error);
    cr_expect(rules != NULL, "block %d: %s:%zu:%zu: %s", number, error.file, error.line, error.column,
              error.message);
    if (rules != NULL)
        cr_expect(trich_rules_check(rules, fail_on, NULL, &problems, &error), "%s", error.message);
    trich_rules_free(rules);
    (void)snprintf(path, sizeof path, "%s/page.xml", directory);
    (void)unlink(path);
    (void)snprintf(path, sizeof path, "%s/plate-codes.tsv", directory);
    (void)unlink(path);
    (void)rmdir(directory);
}

Test(readme, every_example_of_the_page_works, .timeout = 60)
{
    FILE *page = fopen("rules/README.md", "r");
    cr_assert_not_null(page);
    static char block[BLOCK_BYTES];
    char line[1000];
    bool inside = false;
    int number = 0;
    while (fgets(line, sizeof line, page) != NULL) {
        if (strncmp(line, "```xml", 6) == 0) {
            inside = true;
            block[0] = '\0';
        } else if (inside && strncmp(line, "```", 3) == 0) {
            inside = false;
            check_block(block, ++number);
        } else if (inside) {
            size_t used = strlen(block);
            cr_assert_lt(used + strlen(line), sizeof block);
            memcpy(block + used, line, strlen(line) + 1);
        }
    }
    (void)fclose(page);
    cr_assert_geq(number, 4);
}
