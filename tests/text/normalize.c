/* Cases of the normal form: tests/text/normalize.tsv, and what the maps say of them. */
#include "../../extractor/text/text.h"
#include "origin.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static const struct text_options utf8 = {.source = "test"};

/* \n \r \t \\ and \xHH of a cell; the length, since NUL may be among them. */
static size_t unescape(char *cell)
{
    char *to = cell;
    for (const char *from = cell; *from != '\0'; from++) {
        if (*from != '\\') {
            *to++ = *from;
            continue;
        }
        from++;
        if (*from == 'x') {
            char hex[3] = {from[1], from[2], '\0'};
            *to++ = (char)strtol(hex, NULL, 16);
            from += 2;
        } else
            *to++ = *from == 'n' ? '\n' : *from == 'r' ? '\r' : *from == 't' ? '\t' : *from;
    }
    *to = '\0';
    return (size_t)(to - cell);
}

Test(normalize, cases)
{
    FILE *file = fopen("tests/text/normalize.tsv", "r");
    cr_assert(file != NULL, "run from the project's top");
    char line[4096];
    struct text text;
    text_init(&text);
    size_t count = 0;
    for (size_t number = 1; fgets(line, sizeof line, file) != NULL; number++) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        char *expected = strchr(line, '\t');
        cr_assert(expected != NULL, "line %zu has no tab", number);
        *expected++ = '\0';
        size_t length = unescape(line);
        size_t expected_length = unescape(expected);
        struct trich_error error;
        cr_assert(text_read(&text, line, length, &utf8, &error), "line %zu: %s", number, error.message);
        cr_expect(text.length == expected_length && memcmp(text.bytes, expected, expected_length) == 0,
                  "line %zu: expected '%s', got '%.*s'", number, expected, (int)text.length, text.bytes);
        count++;
    }
    cr_expect(count > 40);
    (void)fclose(file);
    text_clear(&text);
}

static void expect_origin(const char *input, const char *needle, const char *origin)
{
    struct text text;
    text_init(&text);
    cr_assert(text_read(&text, input, strlen(input), &utf8, NULL));
    expect_origin_of(&text, input, needle, origin);
    text_clear(&text);
}

Test(normalize, spans)
{
    expect_origin("  \xEF\xBB\xBFngày 3", "ngày", "ngày");
    expect_origin("\xEF\xBB\xBFngày 3", "ngày 3", "ngày 3");
    expect_origin("nga\xCC\x80y \xE2\x80\x9C 7", "ngày", "nga\xCC\x80y");
    expect_origin("nga\xCC\x80y", "à", "a\xCC\x80");
    expect_origin("x&nbsp;&nbsp;7&nbsp;", "7", "7");
    expect_origin("x&nbsp;&nbsp;7", "x 7", "x&nbsp;&nbsp;7");
    expect_origin("28\xE2\x80\x93TB", "28-TB", "28\xE2\x80\x93TB");
    expect_origin("ho\xC3\xA0 b", "hò", "ho");
    expect_origin("ho\xC3\xA0 b", "òa", "o\xC3\xA0");
    expect_origin("a\xE2\x80\x8B\xE2\x80\x8B"
                  "b",
                  "a", "a");
    expect_origin("a\xC2\xAD, b", ", b", ", b");
    expect_origin("a\xC2\xAD, b", "a,", "a\xC2\xAD,");
}

Test(normalize, escapes)
{
    expect_origin("h\xC3\xA0\\nNg\xC3\xA0y 5", "\nNg\xC3\xA0y", "\\nNg\xC3\xA0y");
    expect_origin("gà\\r\\n\\r\\n275 con", "gà\n\n275", "gà\\r\\n\\r\\n275");
    expect_origin("xã.\\\\nNg\xC3\xA0y", ".\nNg", ".\\\\nNg");
    expect_origin("ngh\\u1ecb \\u0111\\u1ecbnh", "nghị định", "ngh\\u1ecb \\u0111\\u1ecbnh");
    expect_origin("ng\\u00E0y 5\\/3\\/2020", "ngày 5/3/2020", "ng\\u00E0y 5\\/3\\/2020");
    expect_origin("28\\-CTr/TU", "28-CTr", "28\\-CTr");
    /* Bold words. */
    expect_origin("và **07** tỉnh", "07", "07");
    expect_origin("và **07** tỉnh", "07 tỉnh", "07** tỉnh");
    expect_origin("**ngày 07/11**", "ngày 07/11", "ngày 07/11");
    expect_origin("ngày **07/11**.", "ngày 07/11", "ngày **07/11");
    expect_origin("**18,023\ntriệu** người", "18,023\ntriệu người", "18,023\ntriệu** người");
    expect_origin("ng**à**y 5", "ngày 5", "ng**à**y 5");
    /* What is none stays. */
    expect_origin("5 ** 3, 5*3, L* ***, ****", "5 ** 3, 5*3, L* ***, ****", "5 ** 3, 5*3, L* ***, ****");
    expect_origin("a\\x41 \\u12 \\ud800 \\", "\\x41 \\u12 \\ud800 \\", "\\x41 \\u12 \\ud800 \\");
}
