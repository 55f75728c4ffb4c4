/* Scoring: when records agree, how they are paired, what is counted. */
#include "../../extractor/record/agree.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

Test(agree, numbers)
{
    static const struct {
        const char *a, *b;
        bool equal;
    } cases[] = {
        {"1.5", "1.50", true},
        {"1.5", "15", false},
        {"1500000000", "1.5e9", true},
        {"1E2", "100", true},
        {"100", "1", false},
        {"0.010", "1e-2", true},
        {"0.1", "0.01", false},
        {"007", "7", true},
        {"0", "-0.00", true},
        {"0e5", "0", true},
        {"-3", "3", false},
        {"+3", "3", true},
        {".5", "0.5", true},
        {"5.", "5", true},
        {"101", "11", false},
        {"10.1", "1.01", false},
        {"1001", "1002", false},
        {"0.1000000000000000055511151231257827", "0.1", false},
        {"12345678901234567890123456789012345678901", "12345678901234567890123456789012345678902", false},
        {"", "", true},
        {"", "0", false},
        {"x", "x", true},
        {"x", "y", false},
        {"1.5.0", "1.5", false},
        {"1e", "1", false},
        {"1 ", "1", false},
        {"1e99999999999999999999", "1e99999999999999999999", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cr_expect_eq(agree_number(cases[i].a, cases[i].b), cases[i].equal, "%s and %s", cases[i].a,
                     cases[i].b);
        cr_expect_eq(agree_number(cases[i].b, cases[i].a), cases[i].equal, "%s and %s", cases[i].b,
                     cases[i].a);
    }
}

Test(agree, counted_noun)
{
    static const struct {
        const char *expected, *got;
        bool right;
    } cases[] = {
        {"quần chúng ưu tú", "quần", true},
        {"quần chúng ưu tú", "quần chúng", true},
        {"quần chúng ưu tú", "quần chú", false},
        {"quần chúng ưu tú", "quần chúng ưu tú", true},
        {"quần chúng", "quần chúng ưu", false},
        {"Đảng viên", "đảng viên", true},
        {"huyện", "", false},
        {"huyện", "xã", false},
        {"HUYỆN", "huyện", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        cr_expect_eq(agree_of(cases[i].expected, cases[i].got), cases[i].right, "%s and %s",
                     cases[i].expected, cases[i].got);
}

/* Two articles from the records of two files, and what comparing them gives, one word for each comparison. */
static char told[512];

static void note(void *closure, const struct trich_comparison *comparison)
{
    static const char *const words[] = {"exact", "value", "extent", "overlap", "miss", "surplus"};
    (void)closure;
    size_t length = strlen(told);
    snprintf(told + length, sizeof told - length, "%s%s%s", length > 0 ? " " : "", words[comparison->verdict],
             comparison->verdict == TRICH_EXACT && !comparison->same ? "*" : "");
    cr_expect_eq(comparison->expected == NULL, comparison->verdict == TRICH_SURPLUS);
    cr_expect_eq(comparison->got == NULL, comparison->verdict == TRICH_MISS);
}

static trich_records *parse(const char *inside)
{
    char text[2048];
    struct trich_error error;
    int length = snprintf(text, sizeof text,
                          "<records xmlns='urn:trich:records:1'><article%s</article></records>", inside);
    trich_records *records = trich_records_parse(text, (size_t)length, NULL, &error);
    cr_assert(records != NULL, "%s in %s", error.message, text);
    return records;
}

static trich_score *compare(const char *expected, const char *got)
{
    trich_records *a = parse(expected);
    trich_records *b = parse(got);
    trich_score *score = trich_score_new(NULL);
    told[0] = '\0';
    cr_assert(trich_score_add(score, trich_records_get(a, 0), trich_records_get(b, 0), note, NULL, NULL));
    trich_records_free(a);
    trich_records_free(b);
    return score;
}

static const struct {
    const char *expected, *got, *told;
} pairs[] = {
    {">", ">", ""},
    {"><date start='1' end='3' value='a'/>", ">", "miss"},
    {">", "><date start='1' end='3' value='a'/>", "surplus"},
    {"><date start='1' end='3' value='a'/>", "><date start='1' end='3' value='a'/>", "exact"},
    {"><date start='1' end='3' value='a'/>", "><date start='1' end='3' value='b'/>", "extent"},
    {"><date start='1' end='3' value='a'/>", "><date start='2' end='3' value='a'/>", "value"},
    {"><date start='1' end='3' value='a'/>", "><date start='2' end='3' value='b'/>", "overlap"},
    {"><date start='1' end='3' value='a'/>", "><date start='3' end='4' value='a'/>", "miss surplus"},
    {"><date start='3' end='4' value='a'/>", "><date start='1' end='3' value='a'/>", "surplus miss"},
    {"><date start='1' end='3' value='a'/>", "><figure start='1' end='3' value='a'/>", "miss surplus"},
    {"><date start='1' end='9' value='a'/>",
     "><date start='1' end='3' value='b'/><date start='4' end='6' value='a'/>", "value surplus"},
    {"><date start='1' end='3' value='a'/><date start='4' end='6' value='a'/>",
     "><date start='1' end='6' value='a'/>", "value miss"},
    /* One that lies upon two is told with the one that it agrees with, even if that comes second. */
    {"><date start='1' end='3' value='a'/><date start='4' end='6' value='b'/>",
     "><date start='2' end='6' value='b'/>", "miss value"},
    {"><date start='1' end='3' value='a' mod='end'/>", "><date start='1' end='3' value='a'/>", "exact*"},
    {"><district start='1' end='3' name='n'/>", "><district start='1' end='3' name='n' code='001'/>",
     "exact*"},
    {"><district start='1' end='3' name='n' code='002'/>",
     "><district start='1' end='3' name='n' code='001'/>", "extent"},
    {"><district start='1' end='3' name='n' code='002'/>", "><district start='1' end='3' name='n'/>",
     "extent"},
    {"><document-number start='1' end='3' value='v' number='1'/>",
     "><document-number start='1' end='3' value='v' number='1' type='QD'/>", "exact*"},
    {"><document-number start='1' end='3' value='v' number='1' type='NQ'/>",
     "><document-number start='1' end='3' value='v' number='1' type='QD'/>", "extent"},
    {"><document-number start='1' end='3' value='v' number='1'/>",
     "><document-number start='1' end='3' value='v' number='2'/>", "extent"},
    {"><figure start='1' end='3' value='1.50' kind='count'/>",
     "><figure start='1' end='3' value='1.5' kind='count' unit=''/>", "exact*"},
    {"><figure start='1' end='3' value='1' kind='count'/>",
     "><figure start='1' end='3' value='1' kind='measure'/>", "extent"},
    {"><figure start='1' end='3' value='1' kind='measure' unit='m'/>",
     "><figure start='1' end='3' value='1' kind='measure' unit='km'/>", "extent"},
    {"><figure start='1' end='3' min='1' max='2' kind='count'/>",
     "><figure start='1' end='3' min='1' max='3' kind='count'/>", "extent"},
    {"><figure start='1' end='3' value='1' total='2' kind='count'/>",
     "><figure start='1' end='3' value='1' kind='count'/>", "extent"},
    {"><plate start='1' end='3' series='A' number='1'/>", "><plate start='1' end='3' number='1' series='A'/>",
     "exact"},
    {"><plate start='1' end='3' series='A'/>", "><plate start='1' end='3' series='A' number='1'/>", "extent"},
};

Test(score, pairs)
{
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        trich_score *score = compare(pairs[i].expected, pairs[i].got);
        cr_expect_str_eq(told, pairs[i].told, "'%s' instead of '%s': %s and %s", told, pairs[i].told,
                         pairs[i].expected, pairs[i].got);
        struct trich_tally all = trich_score_get(score, trich_score_count(score) - 1);
        /* What was told and what was counted agree. */
        cr_expect_eq(all.exact, (size_t)(strncmp(told, "exact", 5) == 0));
        cr_expect(all.exact <= all.value && all.exact <= all.extent);
        cr_expect(all.value == 0 || strstr(told, "exact") != NULL || strstr(told, "value") != NULL, "%s",
                  told);
        cr_expect_eq(all.kind, NULL);
        trich_score_free(score);
    }
}

Test(score, counts_by_kind)
{
    trich_score *score =
        compare("><zebra start='1' end='2'/><date start='3' end='5' value='a'/><plate start='6' end='7'/>"
                "<date start='8' end='9' value='b'/>",
                "><date start='3' end='5' value='a'/><plate start='6' end='7' x='1'/>"
                "<date start='7' end='9' value='b'/><apple start='9' end='10'/>");
    static const struct trich_tally expected[] = {
        {"document-number", 0, 0, 0, 0, 0}, {"date", 2, 2, 1, 2, 1},  {"district", 0, 0, 0, 0, 0},
        {"figure", 0, 0, 0, 0, 0},          {"apple", 0, 1, 0, 0, 0}, {"plate", 1, 1, 0, 0, 1},
        {"zebra", 1, 0, 0, 0, 0},           {NULL, 4, 4, 1, 2, 2}};
    cr_assert_eq(trich_score_count(score), sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < trich_score_count(score); i++) {
        struct trich_tally tally = trich_score_get(score, i);
        if (expected[i].kind != NULL)
            cr_expect_str_eq(tally.kind, expected[i].kind);
        cr_expect_eq(tally.expected, expected[i].expected, "%zu", i);
        cr_expect_eq(tally.got, expected[i].got, "%zu", i);
        cr_expect_eq(tally.exact, expected[i].exact, "%zu", i);
        cr_expect_eq(tally.value, expected[i].value, "%zu", i);
        cr_expect_eq(tally.extent, expected[i].extent, "%zu", i);
    }
    trich_score_free(score);
}

Test(score, optional_attributes)
{
    trich_score *score = compare(" date='2022' date-from='text'>"
                                 "<figure start='1' end='2' value='1' kind='count' of='hộ nghèo' mod='more'/>"
                                 "<figure start='3' end='4' value='2' kind='count' of='xã'/>"
                                 "<figure start='5' end='6' value='3' kind='age' mod='less'/>",
                                 " date='2021' date-from='metadata'>"
                                 "<figure start='1' end='2' value='9' kind='count' of='hộ' mod='more'/>"
                                 "<figure start='3' end='4' value='2' kind='count' mod='more'/>"
                                 "<figure start='5' end='7' value='3' kind='age' mod='less'/>");
    static const struct trich_attribute_tally expected[] = {
        {"figure", "mod", 1, 2, 1}, {"figure", "of", 2, 1, 1}, {"article", "date", 1, 1, 0}};
    cr_assert_eq(trich_score_attribute_count(score), sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < trich_score_attribute_count(score); i++) {
        struct trich_attribute_tally tally = trich_score_attribute(score, i);
        cr_expect_str_eq(tally.kind, expected[i].kind);
        cr_expect_str_eq(tally.name, expected[i].name);
        cr_expect_eq(tally.expected, expected[i].expected, "%zu", i);
        cr_expect_eq(tally.got, expected[i].got, "%zu", i);
        cr_expect_eq(tally.right, expected[i].right, "%zu", i);
    }
    trich_score_free(score);
}

Test(score, rates)
{
    struct trich_rates rates = trich_rates(0, 0, 0);
    cr_expect_eq(rates.f1, 0);
    rates = trich_rates(1, 2, 4);
    cr_expect_eq(rates.precision, 25);
    cr_expect_eq(rates.recall, 50);
    cr_expect_float_eq(rates.f1, 100.0 / 3, 1e-9);
}

/* 23 of 80 is 28.75: which way that is rounded depends on the order of the operations. */
Test(score, rates_are_rounded_as_by_the_contracts_scorer)
{
    char text[32];
    struct trich_rates rates = trich_rates(23, 80, 160);
    (void)snprintf(text, sizeof text, "%.1f %.1f %.1f", rates.precision, rates.recall, rates.f1);
    cr_assert_str_eq(text, "14.4 28.7 19.2");
}
