/*
 * An article costs in proportion to its length: what a record asks of those before it must have an end.
 * Sentences that are repeated without end, or differ in one place only, are what asks most; eight times as
 * many may not cost much more than eight times the processor time.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../extractor/trich.h"
#include "../thin.h"

enum { SMALL_BYTES = 40000, TIMES = 8, RUNS = 3, TOO_MUCH = 3 * TIMES };

/* A '#' is another word each time. */
static char *repeat(const char *sentence, size_t length)
{
    char *text = malloc(length + 1);
    cr_assert_not_null(text);
    size_t at = 0;
    for (unsigned number = 0; at < length; number++)
        for (const char *c = sentence; *c != '\0' && at < length; c++) {
            if (*c != '#')
                text[at++] = *c;
            for (unsigned rest = number; *c == '#' && at < length && rest > 0; rest /= 17)
                text[at++] = "ABCDEGHKLMNPQSTVX"[rest % 17];
        }
    text[length] = '\0';
    return text;
}

static double seconds(trich_extractor *extractor, const char *sentence, size_t length)
{
    struct trich_error error;
    char *text = repeat(sentence, length);
    struct trich_input input = {
        .bytes = text, .length = length, .encoding = "utf-8", .replace_invalid = true};
    clock_t least = 0;
    for (int run = 0; run < RUNS; run++) {
        clock_t begin = clock();
        cr_assert_not_null(trich_extract(extractor, &input, &error), "%s", error.message);
        clock_t took = clock() - begin;
        least = run == 0 || took < least ? took : least;
        if (took > CLOCKS_PER_SEC) /* once is enough to know it */
            break;
    }
    free(text);
    return (double)least / CLOCKS_PER_SEC;
}

Test(linear, in_the_length_of_an_article, .timeout = 300)
{
    static const char *const sentences[] = {
        "Quyết định số 1/QĐ-# quy định.\n\n",
        "Quyết định số 19-NQ/TW, Nghị quyết 19 và Kết luận số 19-KL/#. ",
        "Quận Thủ Đức\n\n",
        "Bình Chánh, Củ Chi và Nhà Bè ",
        "Quận 1, Q.3 và Bình Thạnh. ",
        "huyện Châu Thành và Gò Công Đông ",
        "ngày 6/11 và ngày 7/11/2022, tháng 3, quý II. ",
        "hôm qua, ngày 12, tháng trước ",
        "7, 8, 9 và 10 người, 3 xe, ",
        "giá 15.000, 16.000 và 17.000. ",
        "từ 5 đến 7 tỷ đồng (tăng 3%), ",
        "xã # (12), ",
        "((((",
        "\"'",
        "1/2/",
        "1-",
        "a.",
    };
    struct trich_error error;
    trich_rules *rules = trich_rules_builtin(&error);
    trich_extractor *extractor = trich_extractor_new(rules, &error);
    cr_assert_not_null(extractor);
    size_t small = SMALL_BYTES / thin();
    (void)seconds(extractor, sentences[0], small); /* the first one compiles */
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        double once = seconds(extractor, sentences[i], small);
        double more = seconds(extractor, sentences[i], TIMES * small);
        /* What is done in no time is not measured well. */
        cr_expect(more < 0.1 || more <= TOO_MUCH * once, "'%s': %.3f s, then %.3f s", sentences[i], once,
                  more);
    }
    trich_extractor_free(extractor);
    trich_rules_free(rules);
}
