/* Rules shared by threads that have an extractor each: what each finds is what one alone finds. */
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "../../extractor/trich.h"

enum { THREADS = 8, ROUNDS = 20 };

/* Pages, so that libxml2 is first used by all threads at a time. */
static const char page[] =
    "<html><head><meta property='article:published_time' content='2023-11-07'></head><body><article>"
    "<p>Sáng nay, Huyện ủy Văn Giang thực hiện Thông báo số 1060 - TB/TU ngày 06/3/2023.</p>"
    "<p>Có 12/14 xã hoàn thành, tăng 3% so với năm ngoái.</p></article></body></html>";

struct share {
    const trich_rules *rules;
    char records[4000];
    bool same; /* in all rounds */
};

static void describe(const struct trich_article *article, char *into, size_t room)
{
    size_t used = (size_t)snprintf(into, room, "%s", article->date != NULL ? article->date : "");
    for (size_t i = 0; i < article->record_count && used < room; i++) {
        const struct trich_record *record = &article->records[i];
        used += (size_t)snprintf(into + used, room - used, "\n%zu %s", record->start, record->kind);
        for (size_t k = 0; k < record->attribute_count && used < room; k++)
            used += (size_t)snprintf(into + used, room - used, " %s", record->attributes[k].value);
    }
}

static void *extract(void *closure)
{
    struct share *share = closure;
    struct trich_input input = {.bytes = page, .length = sizeof page - 1, .format = TRICH_FORMAT_HTML};
    trich_extractor *extractor = trich_extractor_new(share->rules, NULL);
    share->same = extractor != NULL;
    for (int round = 0; round < ROUNDS && share->same; round++) {
        char records[sizeof share->records];
        const struct trich_article *article = trich_extract(extractor, &input, NULL);
        share->same = article != NULL;
        if (article == NULL)
            break;
        describe(article, records, sizeof records);
        if (round == 0)
            memcpy(share->records, records, sizeof records);
        share->same = strcmp(records, share->records) == 0;
    }
    trich_extractor_free(extractor);
    return NULL;
}

Test(threads, find_what_one_finds, .timeout = 120)
{
    static struct share shares[THREADS];
    pthread_t threads[THREADS];
    trich_rules *rules = trich_rules_builtin(NULL);
    cr_assert_not_null(rules);
    for (size_t i = 0; i < THREADS; i++) {
        shares[i].rules = rules;
        cr_assert_eq(pthread_create(&threads[i], NULL, extract, &shares[i]), 0);
    }
    for (size_t i = 0; i < THREADS; i++)
        cr_assert_eq(pthread_join(threads[i], NULL), 0);
    cr_expect_not_null(strstr(shares[0].records, "document-number 1060-TB/TU"));
    cr_expect_eq(strncmp(shares[0].records, "2023-11-07\n", 11), 0);
    for (size_t i = 0; i < THREADS; i++) {
        cr_expect(shares[i].same, "thread %zu finds something else in each round", i);
        cr_expect_str_eq(shares[i].records, shares[0].records);
    }
    trich_rules_free(rules);
}
