/* validate.c - compares what is extracted from texts with the records expected of them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "gates.h"
#include "message.h"
#include "report.h"
#include "setup.h"
#include "utf8.h"
#include "walk.h"
#include "write.h"

struct validation {
    const struct options *options;
    const struct report_form *form;
    trich_rules *rules;
    trich_extractor *extractor;
    trich_score *score;
    struct gates gates;
    struct bytes text;   /* the input at hand */
    struct bytes output; /* the report so far */
    struct trich_comparison *comparisons;
    size_t comparison_count, comparison_capacity;
    size_t text_count;     /* compared */
    size_t failure_count;  /* could not be compared, or whose expected records do not fit the text */
    struct bytes failures; /* what was said of them: for the report, which is read without it too */
};

/* The message is told at once and kept for the report. */
static void fail_with(struct validation *validation, struct bytes *message)
{
    validation->failure_count++;
    fwrite(message->data, 1, message->length, stderr);
    bytes_append(&validation->failures, message->data, message->length);
    bytes_clear(message);
}

static void fail(struct validation *validation, const struct trich_error *error)
{
    struct bytes message = {0};
    message_error(&message, error);
    fail_with(validation, &message);
}

static void collect(void *closure, const struct trich_comparison *comparison)
{
    struct validation *validation = closure;
    validation->comparisons = memory_grow(validation->comparisons, validation->comparison_count,
                                          &validation->comparison_capacity, sizeof *validation->comparisons);
    validation->comparisons[validation->comparison_count++] = *comparison;
}

/* Whether content is that stretch of the text. XML cannot carry most control characters, and its readers make
 * one line break of CR LF. */
static bool is_slice(const char *content, size_t content_length, const char *text, size_t length)
{
    const char *c = content;
    const char *end = content + content_length;
    for (size_t i = 0; i < length; i++) {
        unsigned char t = (unsigned char)text[i];
        if (c == end)
            return false;
        if (t == '\r' && *c == '\n') {
            i += i + 1 < length && text[i + 1] == '\n';
            c++;
        } else if (t < 0x20 && t != '\t' && t != '\n' && t != '\r') {
            if (end - c < 3 || memcmp(c, "\xEF\xBF\xBD", 3) != 0)
                return false;
            c += 3;
        } else if ((unsigned char)*c++ != t) {
            return false;
        }
    }
    return c == end;
}

/* How many bytes of a text a message shows: whole characters of its first line. */
static int shown(const char *text, size_t length)
{
    enum { MOST = 100 };
    size_t count = 0;
    while (count < length && count < MOST && (unsigned char)text[count] >= 0x20)
        count++;
    while (count == MOST && count < length && utf8_is_inside(text[count]))
        count--;
    return (int)count;
}

/* A wrong expectation must not pass for a miss of the program's. */
static bool check_slices(const struct report_text *text, const trich_records *records,
                         struct trich_error *error)
{
    const struct trich_article *expected = text->expected;
    for (size_t i = 0; i < expected->record_count; i++) {
        const struct trich_record *record = &expected->records[i];
        size_t start = trich_extractor_place(text->extractor, record->start);
        size_t end = trich_extractor_place(text->extractor, record->end);
        if (record->end <= text->input_length &&
            is_slice(record->content, record->content_length, text->text + start, end - start))
            continue;
        *error =
            (struct trich_error){.status = TRICH_ERROR_RECORDS, .line = trich_records_line(records, 0, i)};
        snprintf(error->file, sizeof error->file, "%s", text->expected_path);
        if (record->end > text->input_length)
            snprintf(error->message, sizeof error->message, "<%s> ends at %zu, but the text has %zu bytes",
                     record->kind, record->end, text->input_length);
        else
            snprintf(error->message, sizeof error->message,
                     "<%s> holds '%.*s', but the text has '%.*s' at %zu-%zu", record->kind,
                     shown(record->content, record->content_length), record->content,
                     shown(text->text + start, end - start), text->text + start, record->start, record->end);
        return false;
    }
    return true;
}

/* --accept: what was extracted becomes what is expected. A file that says so already is left alone. */
static void accept_article(struct validation *validation, const struct report_text *text)
{
    const char *slash = strrchr(text->path, '/');
    struct trich_article article = *text->got;
    struct trich_error error;
    struct bytes records = {0};
    struct bytes present = {0};
    article.source = slash != NULL ? slash + 1 : text->path;
    write_head(&records);
    write_article(&records, &article, NULL, validation->options);
    write_foot(&records);
    bool same = access(text->expected_path, F_OK) == 0 &&
                file_read(text->expected_path, &present, NULL, &error) && present.length == records.length &&
                memcmp(present.data, records.data, records.length) == 0;
    if (!same && !file_write(text->expected_path, &records, NULL, validation->options->fsync, &error))
        fail(validation, &error);
    else if (!same && !validation->options->quiet)
        message_file(NULL, text->expected_path, "written, %zu %s", article.record_count,
                     article.record_count == 1 ? "record" : "records");
    bytes_clear(&records);
    bytes_clear(&present);
}

/* records: NULL if nothing is expected yet, for --accept. */
static bool compare(struct validation *validation, const char *path, const char *expected_path,
                    const trich_records *records)
{
    static const struct trich_article nothing = {.source = ""};
    struct trich_error error;
    const struct trich_article *expected = records != NULL ? trich_records_get(records, 0) : &nothing;
    bool accept = validation->options->accept;
    bytes_reset(&validation->text);
    if (!file_read(path, &validation->text, NULL, &error)) {
        fail(validation, &error);
        return false;
    }
    struct trich_input input =
        setup_input(validation->options, path, validation->text.data, validation->text.length);
    if (expected->date_from == TRICH_DATE_OPTION)
        input.date = expected->date;
    const struct trich_article *got = trich_extract(validation->extractor, &input, &error);
    validation->comparison_count = 0;
    if (got == NULL || !trich_score_add(validation->score, expected, got, collect, validation, &error)) {
        if (error.file[0] == '\0')
            snprintf(error.file, sizeof error.file, "%s", path);
        fail(validation, &error);
        return false;
    }
    validation->text_count++;
    struct report_text text = {.path = path,
                               .expected_path = expected_path,
                               .input_length = input.length,
                               .extractor = validation->extractor,
                               .expected = expected,
                               .got = got,
                               .comparisons = validation->comparisons,
                               .count = validation->comparison_count,
                               .number = validation->text_count,
                               .gated = validation->options->min_f1.count > 0};
    text.text = trich_extractor_text(validation->extractor, &text.length);
    if (!accept && !check_slices(&text, records, &error))
        fail(validation, &error);
    validation->form->text(&validation->output, &text, validation->options->verbose || accept);
    if (accept)
        accept_article(validation, &text);
    return true;
}

/* ---- the files ---- */

static size_t stem_length(const char *path)
{
    const char *dot = strrchr(path, '.');
    const char *slash = strrchr(path, '/');
    return dot != NULL && (slash == NULL || dot > slash) ? (size_t)(dot - path) : strlen(path);
}

/* path with another ending; *name is NUL-terminated. */
static const char *with_ending(struct bytes *name, const char *path, const char *ending)
{
    bytes_reset(name);
    bytes_append(name, path, stem_length(path));
    bytes_append(name, ending, strlen(ending) + 1);
    return name->data;
}

/* The text that the expected records in path belong to; NULL if there is none. */
static const char *find_text(struct bytes *name, const char *path)
{
    static const char *const endings[] = {".txt", ".html", ".htm"};
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (access(with_ending(name, path, endings[i]), F_OK) == 0)
            return name->data;
    return NULL;
}

static void validate_file(struct validation *validation, const char *expected_path)
{
    struct trich_error error;
    struct bytes name = {0};
    struct bytes message = {0};
    const char *path = find_text(&name, expected_path);
    /* Only of a text that is named itself: in a directory there may be others. */
    bool is_new = validation->options->accept && path != NULL && access(expected_path, F_OK) != 0;
    trich_records *records = is_new ? NULL : trich_records_load(expected_path, &error);
    if (is_new) {
        compare(validation, path, expected_path, NULL);
    } else if (path == NULL) {
        /* Other XML, such as rules, may lie there too. */
        if (records != NULL) {
            message_file(&message, expected_path, "there is no text of that name (.txt, .html) beside it");
            fail_with(validation, &message);
        }
    } else if (records == NULL) {
        fail(validation, &error);
    } else if (trich_records_count(records) != 1) {
        message_file(&message, expected_path, "holds %zu articles, must hold one: that of %s",
                     trich_records_count(records), path);
        fail_with(validation, &message);
    } else {
        compare(validation, path, expected_path, records);
    }
    trich_records_free(records);
    bytes_clear(&name);
}

static void trouble(void *closure, const char *path, const char *why)
{
    struct bytes message = {0};
    message_file(&message, path, "%s", why);
    fail_with(closure, &message);
}

static bool visit(void *closure, const struct walk_file *file)
{
    struct validation *validation = closure;
    size_t stem = stem_length(file->path);
    if (access(file->path, F_OK) != 0) {
        trouble(validation, file->path, strerror(errno));
    } else if (strcmp(file->path + stem, ".xml") == 0) {
        validate_file(validation, file->path);
    } else {
        struct bytes name = {0};
        validate_file(validation, with_ending(&name, file->path, ".xml"));
        bytes_clear(&name);
    }
    message_output(validation->output.data, validation->output.length);
    bytes_reset(&validation->output);
    return true;
}

/* ---- what is asked for ---- */

static const struct report_form *find_form(const struct options *options)
{
    static const struct report_form *const forms[] = {[REPORT_TEXT] = &report_as_text,
                                                      [REPORT_XML] = &report_as_xml,
                                                      [REPORT_TAP] = &report_as_tap,
                                                      [REPORT_HTML] = &report_as_html};
    return forms[options->report];
}

static int finish(struct validation *validation)
{
    struct gates *gates = &validation->gates;
    const struct options *options = validation->options;
    if (validation->text_count == 0 && validation->failure_count == 0) {
        message_say(NULL, "validate: no expected records (NAME.xml beside NAME.txt) there");
        return EXIT_TROUBLE;
    }
    bool good = gates_judge(gates, validation->score);
    struct report_result result = {.text_count = validation->text_count,
                                   .failure_count = validation->failure_count,
                                   .failures = &validation->failures,
                                   .score = validation->score,
                                   .gates = gates->list,
                                   .gate_count = gates->count};
    if (!(options->quiet && good && validation->form == &report_as_text))
        validation->form->end(&validation->output, &result);
    message_output(validation->output.data, validation->output.length);
    if (validation->failure_count > 0) {
        message_say(NULL, "%zu %s", validation->failure_count,
                    validation->failure_count == 1 ? "problem" : "problems");
        return EXIT_TROUBLE;
    }
    /* What was accepted is now what is expected. */
    return good || options->accept ? EXIT_GOOD : EXIT_SHORT;
}

int validate_command(const struct options *options)
{
    static const char *pattern = "*.xml";
    struct trich_error error;
    struct validation validation = {.options = options, .form = find_form(options)};
    struct option_list include = {&pattern, 1};
    int status = EXIT_TROUBLE;

    validation.rules = setup_rules(options);
    if (validation.rules == NULL)
        return EXIT_TROUBLE;
    if (!gates_parse(&validation.gates, options, validation.rules)) {
        gates_clear(&validation.gates);
        trich_rules_free(validation.rules);
        return EXIT_TROUBLE;
    }
    validation.extractor = setup_extractor(options, validation.rules);
    validation.score = trich_score_new(&error);
    if (validation.score == NULL) {
        message_error(NULL, &error);
    } else if (validation.extractor != NULL) {
        validation.form->begin(&validation.output);
        walk_files(&(struct walk){.operands = options->operands.items,
                                  .operand_count = options->operands.count,
                                  .include = &include,
                                  .visit = visit,
                                  .trouble = trouble,
                                  .closure = &validation,
                                  .silent = true}); /* finish() tells */
        status = finish(&validation);
    }
    gates_clear(&validation.gates);
    trich_score_free(validation.score);
    trich_extractor_free(validation.extractor);
    trich_rules_free(validation.rules);
    bytes_clear(&validation.text);
    bytes_clear(&validation.output);
    bytes_clear(&validation.failures);
    free(validation.comparisons);
    return status;
}
