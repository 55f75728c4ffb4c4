/* A record's offsets in the input lead back to where its content stands in the text, whatever the input's
 * form. */
#include "../../extractor/trich.h"
#include "../file.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct form {
    char *bytes;
    size_t length;
};

static struct form read_file(const char *path)
{
    struct form form = {NULL, 0};
    form.bytes = file_read(path, 1 << 16, &form.length);
    cr_assert_not_null(form.bytes, "%s", path);
    return form;
}

static struct form utf16(struct form utf8)
{
    struct form form = {malloc(2 * utf8.length + 2), 0};
    form.bytes[form.length++] = '\xFF';
    form.bytes[form.length++] = '\xFE';
    for (size_t i = 0; i < utf8.length;) {
        utf8proc_int32_t code;
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)utf8.bytes + i,
                                                 (utf8proc_ssize_t)(utf8.length - i), &code);
        cr_assert(step > 0 && code < 0x10000);
        form.bytes[form.length++] = (char)(code & 0xFF);
        form.bytes[form.length++] = (char)(code >> 8);
        i += (size_t)step;
    }
    return form;
}

/* As a page, with every character that is not ASCII as a reference. */
static struct form html(struct form utf8)
{
    static const char head[] = "<html><head><title>x</title></head><body><p>";
    struct form form = {malloc(16 * utf8.length + 256), 0};
    form.length = (size_t)sprintf(form.bytes, "%s", head);
    for (size_t i = 0; i < utf8.length;) {
        utf8proc_int32_t code;
        utf8proc_ssize_t step = utf8proc_iterate((const utf8proc_uint8_t *)utf8.bytes + i,
                                                 (utf8proc_ssize_t)(utf8.length - i), &code);
        cr_assert(step > 0);
        if (code >= 0x80 || code == '<' || code == '&')
            form.length += (size_t)sprintf(form.bytes + form.length, "&#%d;", (int)code);
        else if (code == '\n')
            form.length += (size_t)sprintf(form.bytes + form.length, "</p>\n<p>");
        else
            form.bytes[form.length++] = (char)code;
        i += (size_t)step;
    }
    form.length += (size_t)sprintf(form.bytes + form.length, "</p></body></html>");
    return form;
}

static size_t check(trich_extractor *extractor, struct form form, enum trich_format format, const char *path)
{
    struct trich_error error;
    struct trich_input input = {.bytes = form.bytes, .length = form.length, .source = path, .format = format};
    const struct trich_article *article = trich_extract(extractor, &input, &error);
    cr_assert(article != NULL, "%s: %s", path, error.message);
    size_t length;
    const char *text = trich_extractor_text(extractor, &length);
    for (size_t i = 0; i < article->record_count; i++) {
        const struct trich_record *record = &article->records[i];
        size_t start = trich_extractor_place(extractor, record->start);
        size_t end = trich_extractor_place(extractor, record->end);
        cr_expect_eq(start, (size_t)(record->content - text), "%s: %zu stands at %zu", path, record->start,
                     start);
        cr_expect_eq(end, start + record->content_length, "%s: %zu stands at %zu", path, record->end, end);
    }
    cr_expect_eq(trich_extractor_place(extractor, form.length), length);
    cr_expect_eq(trich_extractor_place(extractor, (size_t)-1), length);
    size_t last = 0;
    for (size_t offset = 0; offset <= form.length; offset++) {
        size_t place = trich_extractor_place(extractor, offset);
        cr_assert(place >= last && place <= length, "%s: place of %zu of %zu is %zu after %zu, of %zu", path,
                  offset, form.length, place, last, length);
        last = place;
    }
    return article->record_count;
}

Test(place, of_every_record)
{
    DIR *samples = opendir("samples");
    cr_assert(samples != NULL, "run from the project's top");
    trich_rules *rules = trich_rules_builtin(NULL);
    trich_extractor *extractor = trich_extractor_new(rules, NULL);
    cr_assert(extractor != NULL);
    size_t counts[3] = {0, 0, 0};
    for (struct dirent *entry; (entry = readdir(samples)) != NULL;) {
        char path[300];
        const char *dot = strrchr(entry->d_name, '.');
        if (dot == NULL || strcmp(dot, ".txt") != 0)
            continue;
        snprintf(path, sizeof path, "samples/%s", entry->d_name);
        struct form forms[3] = {read_file(path)};
        forms[1] = utf16(forms[0]);
        forms[2] = html(forms[0]);
        for (size_t i = 0; i < 3; i++) {
            counts[i] += check(extractor, forms[i], i == 2 ? TRICH_FORMAT_HTML : TRICH_FORMAT_TEXT, path);
            free(forms[i].bytes);
        }
    }
    closedir(samples);
    cr_expect(counts[0] > 0);
    cr_expect_eq(counts[1], counts[0]);
    cr_expect(counts[2] > 0);
    trich_extractor_free(extractor);
    trich_rules_free(rules);
}

/* A page that ends in markup and has none in front: there is no splice at all. */
Test(place, behind_the_text_of_a_page)
{
    char page[] = "5 kg<br>";
    trich_rules *rules = trich_rules_builtin(NULL);
    trich_extractor *extractor = trich_extractor_new(rules, NULL);
    cr_assert(extractor != NULL);
    struct form form = {page, sizeof page - 1};
    cr_expect_eq(check(extractor, form, TRICH_FORMAT_HTML, "page"), 1);
    trich_extractor_free(extractor);
    trich_rules_free(rules);
}

/* An input may be freed after the call: what is asked for after one that failed borrows nothing from it. */
Test(place, after_a_failure)
{
    trich_rules *rules = trich_rules_builtin(NULL);
    trich_extractor *extractor = trich_extractor_new(rules, NULL);
    cr_assert(extractor != NULL);
    struct trich_input good = {.bytes = "5 kg", .length = 4};
    cr_assert(trich_extract(extractor, &good, NULL) != NULL);
    struct trich_input bad[] = {{.bytes = "5 kg", .length = 4, .date = "2023-02-30"},
                                {.bytes = "5 kg", .length = TRICH_INPUT_MOST + 1},
                                {.bytes = "5 kg \xFF", .length = 6}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t length = 1;
        cr_expect(trich_extract(extractor, &bad[i], NULL) == NULL);
        cr_expect(trich_extractor_text(extractor, &length) != NULL);
        cr_expect_eq(length, 0);
        cr_expect_eq(trich_extractor_place(extractor, 3), 0);
    }
    trich_extractor_free(extractor);
    trich_rules_free(rules);
}
