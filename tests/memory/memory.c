/*
 * Out of memory is an error like any other: one allocation of the library after the other is made to fail,
 * alone and with all that come behind it, and each time the result is an error that says so, or what it is
 * with enough memory. The linker has the library's calls come here (see Makefile); those of other libraries
 * do not.
 */
#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../extractor/trich.h"
#include "../rules/written.h"
#include "../thin.h"

/* NOLINTBEGIN(bugprone-reserved-identifier): the names are the linker's */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *memory, size_t size);
char *__real_strdup(const char *string);
char *__real_strndup(const char *string, size_t length);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *memory, size_t size);
char *__wrap_strdup(const char *string);
char *__wrap_strndup(const char *string, size_t length);

static size_t calls;
static size_t first_failure = SIZE_MAX; /* number of the call, from 1 */
static bool lasting;                    /* those behind it fail too */

static bool is_out(void)
{
    calls++;
    return lasting ? calls >= first_failure : calls == first_failure;
}

void *__wrap_malloc(size_t size)
{
    return is_out() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
    return is_out() ? NULL : __real_calloc(count, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
    return is_out() ? NULL : __real_realloc(memory, size);
}

char *__wrap_strdup(const char *string)
{
    return is_out() ? NULL : __real_strdup(string);
}

char *__wrap_strndup(const char *string, size_t length)
{
    return is_out() ? NULL : __real_strndup(string, length);
}
/* NOLINTEND(bugprone-reserved-identifier) */

/* What is tried; NULL when it failed, else anything. */
typedef const void *try_once(void *closure, struct trich_error *error);

/* Makes the attempt with one failure after the other, until there is none; how many there were. */
static size_t fail_each(try_once *attempt, void *closure)
{
    for (size_t n = 1;; n += thin()) {
        struct trich_error error = {.status = TRICH_OK};
        calls = 0;
        first_failure = n;
        const void *result = attempt(closure, &error);
        size_t made = calls;
        first_failure = SIZE_MAX;
        if (made < n) {
            cr_assert_not_null(result, "with memory enough: %s", error.message);
            return n - 1;
        }
        cr_assert(result != NULL || error.status == TRICH_ERROR_MEMORY, "call %zu: status %d, '%s'", n,
                  (int)error.status, error.message);
    }
}

static void try_all(try_once *attempt, void *closure)
{
    lasting = true;
    cr_assert_gt(fail_each(attempt, closure), 5, "hardly anything was allocated");
    lasting = false;
    cr_assert_gt(fail_each(attempt, closure), 5);
}

/* ---- rules ---- */

static const char some_rules[] =
    "<part name='digits'>[0-9]{2,5}</part>"
    "<attribute group='series' normalize='upper'/><attribute group='number' normalize='digits'/>"
    "<rule id='plate' form='f'><pattern>(?i:xe|ô tô) "
    "(?'record'(?'series'[a-zđ]{1,2})-(?'number'{digits}))</pattern>"
    "<example series='AB' number='123'>xe ab-123</example><counter-example>xe a b</counter-example></rule>"
    "<rule id='next' after='yes'><pattern>, (?'record'(?'number'{digits}))</pattern>"
    "<example number='123' others='yes'>xe ab-12, 123</example></rule>"
    "<rule id='twice'><pattern>(?'series'[A-Z])\\1</pattern><example on='2023' "
    "extent='AA'>AA</example></rule>"
    "<context id='no' at='start' reject='yes' for='f'><pattern>(?&lt;=mất )</pattern>"
    "<example>xe AB-12</example></context>"
    "<context id='end' at='end'><pattern>(?=!)(?'loud')</pattern><example>xe AB-12</example></context>";

static const char table_rules[] =
    "<attribute group='word' normalize='lookup' table='t' column='says'/>"
    "<rule id='word'><pattern>(?'word'{table:t:kind=a|b})</pattern><example word='one'>một</example></rule>";

static const void *load_rules(void *closure, struct trich_error *error)
{
    trich_rules *rules = trich_rules_load(closure, error);
    size_t examples = 0;
    for (size_t i = 0; rules != NULL && i < trich_rules_count(rules); i++)
        examples += trich_rules_get(rules, i).example_count;
    cr_assert(rules == NULL || examples == 6 || examples == 1, "%zu examples", examples);
    trich_rules_free(rules);
    return rules;
}

Test(memory, loading_rules_fails_with_an_error, .timeout = 300)
{
    struct written written = write_rules(some_rules);
    try_all(load_rules, written.directory);
    remove_rules(&written);
}

Test(memory, loading_a_table_fails_with_an_error, .timeout = 300)
{
    struct written written = write_rules(table_rules);
    char path[100];
    (void)snprintf(path, sizeof path, "%s/t.tsv", written.directory);
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    (void)fputs("# words\nword\tkind\tsays\nmột\ta\tone\nkỷ\tb\ttwo\nba\tc\tthree\n", file);
    (void)fclose(file);
    try_all(load_rules, written.directory);
    (void)unlink(path);
    remove_rules(&written);
}

static const void *check_rules(void *closure, struct trich_error *error)
{
    size_t count = 0;
    return trich_rules_check(closure, NULL, NULL, &count, error) ? closure : NULL;
}

Test(memory, checking_rules_fails_with_an_error, .timeout = 300)
{
    trich_rules *rules = rules_written(some_rules);
    try_all(check_rules, rules);
    trich_rules_free(rules);
}

/* ---- articles ---- */

struct job {
    trich_rules *rules; /* NULL: the built-in ones, made anew */
    struct trich_input input;
    uint64_t hash; /* of the records with enough memory */
};

static bool add_to_hash(void *closure, const char *bytes, size_t length)
{
    uint64_t *hash = closure;
    for (size_t i = 0; i < length; i++)
        *hash = (*hash ^ (unsigned char)bytes[i]) * 0x100000001b3U;
    return true;
}

static const void *extract(void *closure, struct trich_error *error)
{
    struct job *job = closure;
    trich_rules *own = job->rules == NULL ? trich_rules_builtin(error) : NULL;
    trich_rules *rules = job->rules == NULL ? own : job->rules;
    trich_extractor *extractor = rules != NULL ? trich_extractor_new(rules, error) : NULL;
    const struct trich_article *article =
        extractor != NULL ? trich_extract(extractor, &job->input, error) : NULL;
    uint64_t hash = 0xcbf29ce484222325U;
    if (article != NULL)
        (void)trich_write_article(article, add_to_hash, &hash);
    if (first_failure == SIZE_MAX && article != NULL) {
        cr_assert_gt(article->record_count, 0);
        job->hash = hash;
    }
    if (article != NULL) /* less is found only where that is told */
        cr_assert(hash == job->hash || article->limit_count > 0, "other records, and not a word of memory");
    trich_extractor_free(extractor);
    trich_rules_free(own);
    return article != NULL ? job : NULL;
}

static void try_text(trich_rules *rules, const char *text, size_t length, enum trich_format format)
{
    struct job job = {.rules = rules,
                      .input = {.bytes = text, .length = length, .format = format, .replace_invalid = true}};
    struct trich_error error;
    cr_assert_not_null(extract(&job, &error), "%s", error.message);
    try_all(extract, &job);
}

static const char article[] =
    "(Báo) - Sáng 7/11/2023, UBND huyện Văn Giang (Hưng Yên) họp theo Nghị định số 56/2017/NĐ-CP ngày "
    "9/5/2017 và\n"
    "Thông báo 12-TB/HU. Quý I, huyện thu 12,5 tỷ đồng, tăng 3,2 % so với cùng kỳ; 25 hộ ở quận 1, TP.HCM và "
    "thị "
    "xã\nSơn Tây nhận 3 triệu đồng mỗi hộ. Nghị định 56/2017/NĐ-CP có hiệu lực từ tháng 7 cùng năm.\n";

Test(memory, extracting_fails_with_an_error, .timeout = 300)
{
    try_text(NULL, article, sizeof article - 1, TRICH_FORMAT_TEXT);
}

Test(memory, extracting_with_rules_of_ones_own_fails_with_an_error, .timeout = 300)
{
    static const char text[] = "xe ab-123, 456!\xff mất xe ab-12 và ô tô Đ-4567; uỷ ban AA BB";
    trich_rules *rules = rules_written(some_rules);
    try_text(rules, text, sizeof text - 1, TRICH_FORMAT_TEXT);
    trich_rules_free(rules);
}

Test(memory, extracting_from_a_page_fails_with_an_error, .timeout = 300)
{
    static const char page[] =
        "<html><head><meta property='article:published_time' content='2023-11-07T23:00:00Z'>"
        "</head><body><article><p>Ngày 5/11, Uỷ ban &amp; hoà giải</p><p>12 t&yacute;nh, "
        "5 người</article></body></html>";
    try_text(NULL, page, sizeof page - 1, TRICH_FORMAT_HTML);
}

Test(memory, extracting_without_marks_fails_with_an_error, .timeout = 300)
{
    static const char text[] =
        "Ngay 7/11/2023, UBND huyen Van Giang hop ve 12 ty dong; nguoi dan Van Giang va quan 1 "
        "cung huyen Gia Lam da gop tien, theo bao cao cua chinh quyen dia phuong hom nay.";
    try_text(NULL, text, sizeof text - 1, TRICH_FORMAT_TEXT);
}

/* ---- expected records ---- */

static const void *score(void *closure, struct trich_error *error)
{
    const char *xml = closure;
    trich_records *records = trich_records_parse(xml, strlen(xml), "r.xml", error);
    trich_score *score = records != NULL ? trich_score_new(error) : NULL;
    bool done = score != NULL;
    uint64_t hash = 0;
    for (size_t i = 0; done && i < trich_records_count(records); i++)
        done = trich_score_add(score, trich_records_get(records, 0), trich_records_get(records, i), NULL,
                               NULL, error) &&
               trich_write_article(trich_records_get(records, i), add_to_hash, &hash);
    trich_score_free(score);
    trich_records_free(records);
    return done ? xml : NULL;
}

Test(memory, reading_and_scoring_records_fails_with_an_error)
{
    char xml[] =
        "<records xmlns='urn:trich:records:1'><article source='a' date='2023' date-from='text'>"
        "<date start='0' end='4' value='2023' mod='start'>2023</date><plate start='5' end='7'>AB</plate>"
        "</article><article><date start='0' end='4' value='2024' mod='end' part='night'>2023</date>"
        "</article></records>";
    try_all(score, xml);
}
