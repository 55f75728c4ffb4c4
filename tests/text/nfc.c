/* NFC of the letters of Vietnamese: tests/text/nfc.tsv, made with Python's unicodedata (Unicode 14), and the
 * cases of Unicode 15's NormalizationTest.txt with these letters and marks. */
#include "../../extractor/text/text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

static size_t read_codes(char *cell, char *utf8)
{
    size_t length = 0;
    for (char *end; *cell != '\0' && *cell != '\n' && *cell != '\t'; cell = *end == ' ' ? end + 1 : end)
        length += (size_t)utf8proc_encode_char((utf8proc_int32_t)strtol(cell, &end, 16),
                                               (utf8proc_uint8_t *)utf8 + length);
    return length;
}

Test(nfc, vietnamese_letters)
{
    FILE *file = fopen("tests/text/nfc.tsv", "r");
    cr_assert(file != NULL, "run from the project's top");
    struct text text;
    struct text_options options = {.encoding = "utf-8"};
    text_init(&text);
    char line[512];
    size_t count = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#')
            continue;
        char *tab = strchr(line, '\t');
        cr_assert_not_null(tab);
        char input[128];
        char expected[128];
        /* Alone, and between letters and signs that must stay as they are. */
        for (int between = 0; between < 2; between++) {
            size_t length = 0;
            size_t expected_length = 0;
            if (between)
                length = expected_length = (size_t)(stpcpy(stpcpy(input, "(th"), "") - input);
            memcpy(expected, input, length);
            length += read_codes(line, input + length);
            expected_length += read_codes(tab + 1, expected + expected_length);
            if (between) {
                memcpy(input + length, "nh)", 3);
                memcpy(expected + expected_length, "nh)", 3);
                length += 3;
                expected_length += 3;
            }
            cr_assert(text_read(&text, input, length, &options, NULL));
            cr_expect(text.length == expected_length && memcmp(text.bytes, expected, expected_length) == 0,
                      "%.*s: '%.*s'", (int)(tab - line), line, (int)text.length, text.bytes);
        }
        count++;
    }
    cr_expect(count > 400);
    (void)fclose(file);
    text_clear(&text);
}
