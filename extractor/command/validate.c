/* validate.c - compares what is extracted from texts with the records expected of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "message.h"
#include "report.h"
#include "setup.h"
#include "walk.h"

struct validation {
    const struct options *options;
    const struct report_form *form;
    trich_rules *rules;
    trich_extractor *extractor;
    trich_score *score;
    struct bytes text;   /* the input at hand */
    struct bytes output; /* the report so far */
    struct trich_comparison *comparisons;
    size_t comparison_count, comparison_capacity;
    size_t text_count;    /* compared */
    size_t failure_count; /* could not be compared, or whose expected records do not fit the text */
};

static void fail(struct validation *validation, const struct trich_error *error)
{
    validation->failure_count++;
    message_error(NULL, error);
}

static void collect(void *closure, const struct trich_comparison *comparison)
{
    struct validation *validation = closure;
    if (validation->comparison_count == validation->comparison_capacity) {
        validation->comparison_capacity += validation->comparison_capacity + 256;
        validation->comparisons = memory_resize(validation->comparisons, validation->comparison_capacity *
                                                                             sizeof *validation->comparisons);
    }
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

/* A wrong expectation must not pass for a miss of the program's. */
static bool check_slices(const struct report_text *text, const trich_records *records)
{
    const struct trich_article *expected = text->expected;
    for (size_t i = 0; i < expected->record_count; i++) {
        const struct trich_record *record = &expected->records[i];
        size_t start = trich_extractor_place(text->extractor, record->start);
        size_t end = trich_extractor_place(text->extractor, record->end);
        if (is_slice(record->content, record->content_length, text->text + start, end - start))
            continue;
        struct trich_error error = {.status = TRICH_ERROR_RECORDS, .line = trich_records_line(records, 0, i)};
        snprintf(error.file, sizeof error.file, "%s", text->expected_path);
        snprintf(error.message, sizeof error.message, "<%s> holds '%.*s', but the text has '%.*s' at %zu-%zu",
                 record->kind, (int)(record->content_length < 100 ? record->content_length : 100),
                 record->content, (int)(end - start < 100 ? end - start : 100), text->text + start,
                 record->start, record->end);
        message_error(NULL, &error);
        return false;
    }
    return true;
}

static bool compare(struct validation *validation, const char *path, const char *expected_path,
                    const trich_records *records)
{
    struct trich_error error;
    const struct trich_article *expected = trich_records_get(records, 0);
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
                               .extractor = validation->extractor,
                               .expected = expected,
                               .got = got,
                               .comparisons = validation->comparisons,
                               .count = validation->comparison_count};
    text.text = trich_extractor_text(validation->extractor, &text.length);
    if (!check_slices(&text, records))
        validation->failure_count++;
    validation->form->text(&validation->output, &text, validation->options->verbose);
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
    const char *path = find_text(&name, expected_path);
    trich_records *records = trich_records_load(expected_path, &error);
    if (path == NULL) {
        /* Other XML, such as rules, may lie there too. */
        if (records != NULL) {
            message_file(NULL, expected_path, "there is no text of that name (.txt, .html) beside it");
            validation->failure_count++;
        }
    } else if (records == NULL) {
        fail(validation, &error);
    } else if (trich_records_count(records) != 1) {
        message_file(NULL, expected_path, "holds %zu articles, must hold one: that of %s",
                     trich_records_count(records), path);
        validation->failure_count++;
    } else {
        compare(validation, path, expected_path, records);
    }
    trich_records_free(records);
    bytes_clear(&name);
}

static bool visit(void *closure, const struct walk_file *file)
{
    struct validation *validation = closure;
    size_t stem = stem_length(file->path);
    if (strcmp(file->path + stem, ".xml") == 0) {
        validate_file(validation, file->path);
    } else {
        struct bytes name = {0};
        validate_file(validation, with_ending(&name, file->path, ".xml"));
        bytes_clear(&name);
    }
    if (validation->output.length > 0)
        fwrite(validation->output.data, 1, validation->output.length, stdout);
    bytes_reset(&validation->output);
    return true;
}

static void trouble(void *closure, const char *path, int number)
{
    struct validation *validation = closure;
    if (number == 0) {
        message_file(NULL, path, "a loop of symbolic links, not followed again");
        return;
    }
    message_file(NULL, path, "%s", strerror(number));
    validation->failure_count++;
}

/* ---- what is asked for ---- */

static const struct report_form *find_form(const struct options *options)
{
    (void)options;
    return &report_as_text;
}

/* KIND=N; false after a message. */
static bool parse_minimum(const char *argument, struct report_gate *gate, struct bytes *kind)
{
    const char *equals = strchr(argument, '=');
    char *end = NULL;
    double number = equals != NULL ? strtod(equals + 1, &end) : -1;
    if (equals == NULL || equals == argument || end == equals + 1 || *end != '\0' ||
        !(number >= 0 && number <= 100)) {
        message_say(NULL, "--min-f1: '%s' is not KIND=N with N from 0 to 100", argument);
        return false;
    }
    bytes_reset(kind);
    bytes_append(kind, argument, (size_t)(equals - argument));
    bytes_append(kind, "", 1);
    *gate = (struct report_gate){.minimum = number};
    return true;
}

static void judge(struct report_gate *gate, const struct trich_tally *tally)
{
    size_t sum = tally->expected + tally->got;
    gate->kind = report_kind(tally);
    gate->f1 = sum > 0 ? 200.0 * (double)tally->exact / (double)sum : 100;
    /* Without the division: what is asked for is met when it is met to the last digit. */
    gate->good = 200.0 * (double)tally->exact >= gate->minimum * (double)sum;
}

/* The gates of --min-f1 or, without it, all records of each kind. NULL after a message. */
static struct report_gate *make_gates(const struct validation *validation, size_t *gate_count)
{
    const struct option_list *asked = &validation->options->min_f1;
    size_t kinds = trich_score_count(validation->score);
    struct report_gate *gates = memory_get((asked->count + kinds) * sizeof *gates);
    struct bytes kind = {0};
    bool good = true;
    *gate_count = 0;
    for (size_t i = 0; i < asked->count && good; i++) {
        struct report_gate *gate = &gates[*gate_count];
        size_t place = 0;
        struct trich_tally tally = {0};
        good = parse_minimum(asked->items[i], gate, &kind);
        for (; good && place < kinds; place++) {
            tally = trich_score_get(validation->score, place);
            if (strcmp(report_kind(&tally), kind.data) == 0)
                break;
        }
        if (good && place == kinds) {
            message_say(NULL, "--min-f1: there is no record of the kind '%s'", kind.data);
            good = false;
        }
        if (good) {
            judge(gate, &tally);
            (*gate_count)++;
        }
    }
    for (size_t i = 0; asked->count == 0 && i < kinds; i++) {
        struct trich_tally tally = trich_score_get(validation->score, i);
        struct report_gate *gate = &gates[(*gate_count)++];
        gate->minimum = 100;
        judge(gate, &tally);
    }
    bytes_clear(&kind);
    if (!good) {
        free(gates);
        return NULL;
    }
    return gates;
}

/* Before any work is done, and again when the kinds are known. */
static bool check_minimums(const struct options *options)
{
    struct bytes kind = {0};
    struct report_gate gate;
    bool good = true;
    for (size_t i = 0; i < options->min_f1.count && good; i++)
        good = parse_minimum(options->min_f1.items[i], &gate, &kind);
    bytes_clear(&kind);
    return good;
}

static int finish(struct validation *validation)
{
    size_t gate_count;
    if (validation->text_count == 0 && validation->failure_count == 0) {
        message_say(NULL, "validate: no expected records (NAME.xml beside NAME.txt) there");
        return EXIT_TROUBLE;
    }
    struct report_gate *gates = make_gates(validation, &gate_count);
    if (gates == NULL)
        return EXIT_TROUBLE;
    struct report_result result = {validation->text_count, validation->failure_count, validation->score,
                                   gates, gate_count};
    bool good = true;
    for (size_t i = 0; i < gate_count; i++)
        good = good && gates[i].good;
    if (!(validation->options->quiet && good && validation->form == &report_as_text))
        validation->form->end(&validation->output, &result);
    if (validation->output.length > 0)
        fwrite(validation->output.data, 1, validation->output.length, stdout);
    if (validation->failure_count > 0)
        message_say(NULL, "%zu problems", validation->failure_count);
    free(gates);
    if (validation->failure_count > 0)
        return EXIT_TROUBLE;
    return good ? EXIT_GOOD : EXIT_SHORT;
}

int validate_command(const struct options *options)
{
    static const char *pattern = "*.xml";
    struct trich_error error;
    struct validation validation = {.options = options, .form = find_form(options)};
    struct option_list include = {&pattern, 1};
    int status = EXIT_TROUBLE;

    if (!check_minimums(options))
        return EXIT_TROUBLE;
    validation.rules = setup_rules(options);
    if (validation.rules == NULL)
        return EXIT_TROUBLE;
    validation.extractor = trich_extractor_new(validation.rules, &error);
    validation.score = validation.extractor != NULL ? trich_score_new(&error) : NULL;
    if (validation.score == NULL) {
        message_error(NULL, &error);
    } else {
        validation.form->begin(&validation.output);
        walk_files(&(struct walk){options->operands, options->operand_count, &include, NULL, visit, trouble,
                                  &validation});
        status = finish(&validation);
    }
    trich_score_free(validation.score);
    trich_extractor_free(validation.extractor);
    trich_rules_free(validation.rules);
    bytes_clear(&validation.text);
    bytes_clear(&validation.output);
    free(validation.comparisons);
    return status;
}
