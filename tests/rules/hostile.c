/* Hostile patterns and hostile text cost one match each, not the article and not the program. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../extractor/trich.h"
#include "../thin.h"
#include "written.h"

enum {
    TEXT_BYTES = 200000,
    EVIL_BYTES = 3000 /* less than a pattern sees, so that it sees the b */
};

Test(hostile, catastrophic_backtracking_is_cut_off_and_reported, .timeout = 60)
{
    trich_rules *rules = rules_written("<rule id=\"evil\"><pattern>(?:a+)+b</pattern></rule>"
                                       "<rule id=\"good\"><pattern>năm [0-9]{4}</pattern></rule>");
    char *text = malloc(EVIL_BYTES);
    memset(text, 'a', EVIL_BYTES);
    static const char end[] = " năm 2023 b"; /* without a b PCRE2 sees at once that there is no match */
    memcpy(text + EVIL_BYTES - sizeof end, end, sizeof end);
    trich_extractor *extractor = trich_extractor_new(rules, NULL);
    struct trich_input input = {.bytes = text, .length = EVIL_BYTES - 1};
    /* more often than it takes to come to JIT: the limits hold with it and without */
    for (int i = 0; i < 40; i++) {
        const struct trich_article *article = trich_extract(extractor, &input, NULL);
        cr_assert_not_null(article);
        cr_assert_eq(article->limit_count, 1);
        cr_assert_str_eq(article->limit_rule, "evil");
        cr_assert_eq(article->record_count, 1, "the other rule still finds its record");
        cr_assert_str_eq(article->records[0].rule, "good");
    }
    trich_extractor_free(extractor);
    trich_rules_free(rules);
    free(text);
}

/* What a program gives up, its first way failing tens of thousands of times, PCRE2 still finds. */
Test(hostile, many_ways_cost_no_match, .timeout = 60)
{
    static const char text[] = "aaaaaaaaaaaaaaaaaabc";
    trich_rules *rules = rules_written("<rule id=\"ways\"><pattern>(?:a|aa|aaa)*b?d|a+bc</pattern></rule>");
    trich_extractor *extractor = trich_extractor_new(rules, NULL);
    struct trich_input input = {.bytes = text, .length = sizeof text - 1};
    const struct trich_article *article = trich_extract(extractor, &input, NULL);
    cr_assert_not_null(article);
    cr_assert_eq(article->limit_count, 0);
    cr_assert_eq(article->record_count, 1);
    cr_assert_eq(article->records[0].end, sizeof text - 1);
    trich_extractor_free(extractor);
    trich_rules_free(rules);
}

/* Built-in rules over text made of what starts rules: it ends, and in time. */
static void extract_repeated(const char *piece)
{
    struct trich_error error;
    trich_rules *rules = trich_rules_builtin(&error);
    cr_assert_not_null(rules);
    trich_extractor *extractor = trich_extractor_new(rules, &error);
    size_t room = TEXT_BYTES / thin();
    char *text = malloc(room);
    size_t length = 0;
    for (; length + strlen(piece) < room; length += strlen(piece))
        memcpy(text + length, piece, strlen(piece));
    struct trich_input input = {.bytes = text, .length = length};
    cr_assert_not_null(trich_extract(extractor, &input, &error), "%s", error.message);
    trich_extractor_free(extractor);
    trich_rules_free(rules);
    free(text);
}

Test(hostile, digits_without_end, .timeout = 60)
{
    extract_repeated("7");
}

Test(hostile, trigger_words_without_end, .timeout = 60)
{
    extract_repeated("ngày ");
    extract_repeated("từ ngày 5 đến ");
    extract_repeated("huyện ");
    extract_repeated("hai ba ");
}

Test(hostile, separators_without_end, .timeout = 60)
{
    extract_repeated("/");
    extract_repeated("1/");
    extract_repeated("1, ");
    extract_repeated("12-NQ/TW, ");
    extract_repeated("1.");
}
