/* An extractor is there for any number of articles: what one of them took is not kept for all that follow. */
#include <criterion/criterion.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "../../extractor/trich.h"

/* What is taken from the C library at the moment; 0 where another one stands in front of it. */
static size_t taken(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

static size_t extract(trich_extractor *extractor, const char *text, size_t length)
{
    struct trich_error error;
    struct trich_input input = {.bytes = text, .length = length};
    const struct trich_article *article = trich_extract(extractor, &input, &error);
    cr_assert_not_null(article, "%s", error.message);
    return article->record_count;
}

Test(reuse, long_article_before_short_ones)
{
    enum { LONG = 3 << 20 };
    static const char words[] = "12 nguoi, 5 kg\xC2\xA0 ";
    trich_rules *rules = trich_rules_builtin(NULL);
    trich_extractor *extractor = trich_extractor_new(rules, NULL);
    char *text = malloc(LONG);
    cr_assert(extractor != NULL && text != NULL);
    size_t length = 0;
    for (; length + sizeof words - 1 <= LONG; length += sizeof words - 1)
        memcpy(text + length, words, sizeof words - 1);
    size_t few = extract(extractor, text, 1000);
    size_t before = taken();
    cr_expect(extract(extractor, text, length) > 1000 * few);
    cr_expect(taken() >= before + (before > 0 ? LONG : 0), "the article took nothing: the test says nothing");
    cr_expect_eq(extract(extractor, text, 1000), few);
    cr_expect(taken() < before + LONG / 10, "%zu bytes are kept", taken() - before);
    free(text);
    trich_extractor_free(extractor);
    trich_rules_free(rules);
}
