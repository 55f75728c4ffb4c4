/*
 * The same article in every form gives the same records, with the same values, and each record's offsets are
 * those of the same stretch in that form. Over samples/, and over ../shared/gold/dev where it is there.
 */
#include "../../extractor/text/text.h"
#include "../../extractor/trich.h"
#include "../file.h"
#include "../thin.h"
#include "forms.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

struct expected {
    char *kind, *values;
    size_t start, end;
};

struct expectation {
    struct expected *records;
    size_t count;
    char *date;
};

struct totals {
    size_t articles, records, replaced;
};

/* All attributes in a line. */
static char *attributes_of(const struct trich_record *record)
{
    struct buffer line;
    buffer_init(&line);
    for (size_t i = 0; i < record->attribute_count; i++)
        buffer_append_format(&line, " %s=\"%s\"", record->attributes[i].name, record->attributes[i].value);
    buffer_append_byte(&line, '\0');
    cr_assert(!line.failed);
    return line.data;
}

static const struct trich_article *extract(trich_extractor *extractor, const char *bytes, size_t length,
                                           const char *source, bool html)
{
    struct trich_error error;
    struct trich_input input = {.bytes = bytes,
                                .length = length,
                                .source = source,
                                .format = html ? TRICH_FORMAT_HTML : TRICH_FORMAT_TEXT};
    const struct trich_article *article = trich_extract(extractor, &input, &error);
    cr_assert(article != NULL, "%s: %s", source, error.message);
    return article;
}

static struct expectation expect(trich_extractor *extractor, const char *text, const char *source)
{
    const struct trich_article *article = extract(extractor, text, strlen(text), source, false);
    struct expectation made = {calloc(article->record_count + 1, sizeof *made.records), article->record_count,
                               article->date != NULL ? strdup(article->date) : NULL};
    cr_assert(made.records != NULL);
    for (size_t i = 0; i < made.count; i++) {
        const struct trich_record *record = &article->records[i];
        made.records[i] =
            (struct expected){strdup(record->kind), attributes_of(record), record->start, record->end};
    }
    return made;
}

static void forget(struct expectation *expectation)
{
    for (size_t i = 0; i < expectation->count; i++) {
        free(expectation->records[i].kind);
        free(expectation->records[i].values);
    }
    free(expectation->records);
    free(expectation->date);
}

/* What TCVN3 loses: capitals with tone marks may come back as small letters, and nothing else changes. */
static void take_case(char *text, const struct forms_text *form)
{
    struct text read;
    struct text_options options = {.encoding = "tcvn3"};
    struct trich_error error;
    text_init(&read);
    cr_assert(text_read(&read, form->bytes, form->length, &options, &error), "%s", error.message);
    cr_assert_eq(read.decoded_length, strlen(text));
    size_t size;
    for (size_t at = 0; text[at] != '\0'; at += size) {
        int32_t was;
        int32_t is;
        size = (size_t)utf8proc_iterate((const utf8proc_uint8_t *)text + at, -1, &was);
        (void)utf8proc_iterate((const utf8proc_uint8_t *)read.decoded + at, -1, &is);
        cr_assert(was == is || utf8proc_tolower(was) == is || (was < 0x80 && is == was) ||
                      (was >= 0x80 && utf8proc_toupper(was) == is),
                  "U+%04X came back as U+%04X", (unsigned)was, (unsigned)is);
    }
    memcpy(text, read.decoded, read.decoded_length);
    text_clear(&read);
}

/* How many differences, up to 3 of which are shown. */
static size_t compare(const struct expectation *expected, const struct trich_article *article,
                      const struct forms_text *form, const char *text, const char *name, const char *source)
{
    size_t wrong = 0;
    size_t i = 0;
    size_t k = 0;
    while (i < expected->count || k < article->record_count) {
        const struct expected *want = i < expected->count ? &expected->records[i] : NULL;
        const struct trich_record *got = k < article->record_count ? &article->records[k] : NULL;
        size_t start = want != NULL ? form->positions[want->start] : SIZE_MAX;
        size_t end = want != NULL ? form->positions[want->end] : SIZE_MAX;
        char *values = got != NULL ? attributes_of(got) : NULL;
        bool same = want != NULL && got != NULL && start == got->start && end == got->end &&
                    strcmp(want->kind, got->kind) == 0 && strcmp(want->values, values) == 0;
        if (!same && ++wrong <= 3)
            fprintf(stderr, "%s, %s: expected %s%s at %zu-%zu '%.*s', got %s%s at %zu-%zu\n", source, name,
                    want != NULL ? want->kind : "nothing", want != NULL ? want->values : "", start, end,
                    want != NULL ? (int)(want->end - want->start) : 0, want != NULL ? text + want->start : "",
                    got != NULL ? got->kind : "nothing", got != NULL ? values : "",
                    got != NULL ? got->start : 0, got != NULL ? got->end : 0);
        /* After a difference go on with the one that begins first. */
        bool skip_want = got == NULL || (want != NULL && start <= got->start);
        bool skip_got = want == NULL || (got != NULL && got->start <= start);
        i += skip_want;
        k += skip_got;
        free(values);
    }
    return wrong;
}

static char *read_file(const char *folder, const char *name)
{
    char path[512];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    size_t length = 0;
    char *text = file_read(path, 1 << 20, &length);
    cr_assert(length > 0 && strlen(text) == length, "%s is no text", path);
    return text;
}

static size_t check_folder(trich_extractor *extractor, const char *folder, enum forms_form form,
                           struct totals *totals)
{
    size_t wrong = 0;
    struct dirent **entries;
    int count = scandir(folder, &entries, NULL, alphasort);
    size_t number = 0;
    for (int i = 0; i < count; i++) {
        const char *dot = strrchr(entries[i]->d_name, '.');
        if (dot != NULL && strcmp(dot, ".txt") == 0 && number++ % thin() == 0) {
            char *text = read_file(folder, entries[i]->d_name);
            char *composed = (char *)utf8proc_NFC((const utf8proc_uint8_t *)text);
            cr_assert(composed != NULL);
            size_t replaced;
            char *reduced = forms_reduce(form, composed, &replaced);
            struct forms_text made = forms_convert(form, reduced);
            if (form == FORMS_TCVN3 || form == FORMS_TCVN3_IN_UTF8)
                take_case(reduced, &made);
            struct expectation expected = expect(extractor, reduced, entries[i]->d_name);
            const struct trich_article *article =
                extract(extractor, made.bytes, made.length, entries[i]->d_name, form == FORMS_HTML);
            wrong += compare(&expected, article, &made, reduced, forms_names[form], entries[i]->d_name);
            totals->articles++;
            totals->records += expected.count;
            totals->replaced += replaced;
            forget(&expected);
            forms_clear(&made);
            free(reduced);
            free(composed);
            free(text);
        }
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return wrong;
}

ParameterizedTestParameters(records, forms)
{
    static enum forms_form forms[FORMS_COUNT];
    for (int i = 0; i < FORMS_COUNT; i++)
        forms[i] = (enum forms_form)i;
    return cr_make_param_array(enum forms_form, forms, FORMS_COUNT);
}

ParameterizedTest(enum forms_form *form, records, forms)
{
    struct trich_error error;
    trich_rules *rules = trich_rules_builtin(&error);
    cr_assert_not_null(rules, "%s:%zu: %s", error.file, error.line, error.message);
    trich_extractor *extractor = trich_extractor_new(rules, &error);
    cr_assert_not_null(extractor);
    struct totals totals = {0, 0, 0};
    size_t wrong = check_folder(extractor, "samples", *form, &totals);
    cr_assert(totals.articles > 0, "run from the project's top");
    wrong += check_folder(extractor, "../shared/gold/dev", *form, &totals);
    if (getenv("TRICH_TEST_VERBOSE") != NULL)
        fprintf(stderr, "%-18s %zu articles, %zu records, %zu differences, %zu characters not carried\n",
                forms_names[*form], totals.articles, totals.records, wrong, totals.replaced);
    cr_expect_eq(wrong, 0, "%s: %zu of %zu records differ", forms_names[*form], wrong, totals.records);
    trich_extractor_free(extractor);
    trich_rules_free(rules);
}
