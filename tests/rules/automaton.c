/*
 * The automaton never hides a match, whatever a pattern is made of: patterns and texts drawn at random (from
 * a fixed seed) give the same records with it as when every pattern is tried everywhere.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../extractor/trich.h"
#include "drawn.h"
#include "written.h"

enum { ROUNDS = 300, RULES = 2, TEXTS = 3 };

/* NULL where PCRE2 refuses one of them: what is called is not there, say. */
static trich_rules *draw_rules(void)
{
    struct trich_error error;
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    cr_assert_not_null(file);
    for (int i = 0; i < RULES; i++) {
        (void)fprintf(file, "<rule id=\"r%d\"><pattern>", i);
        sequence(file, DRAWN_DEPTH);
        (void)fputs("</pattern></rule>\n", file);
    }
    /* looked for at starts and at ends */
    (void)fputs("<context id=\"s\" at=\"start\" reject=\"yes\"><pattern>(?&lt;=ab |Đ)</pattern></context>\n"
                "<context id=\"e\" at=\"end\" reject=\"yes\"><pattern>(?= ?[a1])</pattern></context>\n",
                file);
    (void)fclose(file);
    trich_rules *rules = rules_tried(text, &error);
    free(text);
    return rules;
}

static size_t compare(trich_extractor *fast, trich_extractor *plain, const char *text)
{
    struct trich_error error;
    struct trich_input input = {.bytes = text, .length = strlen(text)};
    const struct trich_article *found = trich_extract(fast, &input, &error);
    cr_assert_not_null(found, "%s", error.message);
    input.every_rule = true;
    const struct trich_article *all = trich_extract(plain, &input, &error);
    cr_assert_not_null(all, "%s", error.message);
    for (size_t i = 0; i < found->record_count && i < all->record_count; i++)
        cr_assert(found->records[i].start == all->records[i].start &&
                      found->records[i].end == all->records[i].end &&
                      strcmp(found->records[i].rule, all->records[i].rule) == 0,
                  "at %zu by %s, by every rule at %zu by %s", found->records[i].start, found->records[i].rule,
                  all->records[i].start, all->records[i].rule);
    cr_assert_eq(found->record_count, all->record_count);
    return all->record_count;
}

Test(automaton, hides_no_match_of_any_pattern, .timeout = 300)
{
    struct trich_error error;
    size_t records = 0;
    seed = 2026;
    for (int round = 0; round < ROUNDS; round++) {
        trich_rules *rules = draw_rules();
        if (rules == NULL)
            continue;
        trich_extractor *fast = trich_extractor_new(rules, &error);
        trich_extractor *plain = trich_extractor_new(rules, &error);
        cr_assert(fast != NULL && plain != NULL);
        for (int i = 0; i < TEXTS; i++) {
            char text[DRAWN_TEXT_SIZE];
            draw_text(text);
            records += compare(fast, plain, text);
        }
        trich_extractor_free(fast);
        trich_extractor_free(plain);
        trich_rules_free(rules);
    }
    cr_assert_gt(records, 5000, "%zu records: too few to tell anything", records);
}
