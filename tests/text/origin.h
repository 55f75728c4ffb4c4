/* origin.h - where a part of a text that was read came from. */
#ifndef TESTS_TEXT_ORIGIN_H
#define TESTS_TEXT_ORIGIN_H

#include <criterion/criterion.h>

#include "../../extractor/text/text.h"

/* Where needle first stands in the normal form of the input there stands origin in the input. */
static inline void expect_origin_of(const struct text *text, const char *input, const char *needle,
                                    const char *origin)
{
    size_t length = strlen(needle);
    size_t at = 0;
    while (at + length <= text->length && memcmp(text->bytes + at, needle, length) != 0)
        at++;
    cr_assert(at + length <= text->length, "'%s' is not in '%.*s'", needle, (int)text->length, text->bytes);
    size_t start;
    size_t end;
    text_input_span(text, at, at + length, &start, &end);
    cr_expect(end - start == strlen(origin) && memcmp(input + start, origin, end - start) == 0,
              "'%s' of '%s': expected '%s', got '%.*s'", needle, input, origin, (int)(end - start),
              input + start);
}

#endif
