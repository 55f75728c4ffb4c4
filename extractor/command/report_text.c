/* --report=text: for people at a terminal; the table has the form and the figures of the scorer that the gold
 * standard came with. */
#include <stdio.h>
#include <string.h>

#include "report.h"

/* On one line and without what would move a terminal's cursor. */
static void put(struct bytes *output, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        bool c1 = c == 0xC2 && i + 1 < length && (unsigned char)text[i + 1] < 0xA0;
        if (c < 0x20 || c == 0x7F || c1)
            bytes_append(output, " ", 1);
        else
            bytes_append(output, text + i, 1);
        i += c1;
    }
}

static void put_record(struct bytes *output, const char *label, const struct trich_record *record)
{
    bytes_append_format(output, "    %-8s  %zu-%zu \"", label, record->start, record->end);
    put(output, record->content, record->content_length);
    bytes_append_string(output, "\"");
    for (size_t i = 0; i < record->attribute_count; i++) {
        bytes_append_format(output, " %s=\"", record->attributes[i].name);
        put(output, record->attributes[i].value, strlen(record->attributes[i].value));
        bytes_append_string(output, "\"");
    }
    bytes_append_string(output, "\n");
}

static void put_context(struct bytes *output, const struct report_text *text,
                        const struct report_context *context)
{
    bytes_append_string(output, context->cut_start ? "    …" : "    ");
    put(output, text->text + context->start, context->record_start - context->start);
    bytes_append_string(output, "⟦");
    put(output, text->text + context->record_start, context->record_end - context->record_start);
    bytes_append_string(output, "⟧");
    put(output, text->text + context->record_end, context->end - context->record_end);
    bytes_append_string(output, context->cut_end ? "…\n" : "\n");
}

static void show_text(struct bytes *output, const struct report_text *text, bool all)
{
    struct report_place before = {0};
    for (size_t i = 0; i < text->count; i++) {
        const struct trich_comparison *comparison = &text->comparisons[i];
        if (!report_shows(comparison, all))
            continue;
        const struct trich_record *record = report_record(comparison);
        struct report_context context = report_context(text, record);
        put(output, text->path, strlen(text->path));
        bytes_append_format(output, ":%zu: byte %zu: %s %s\n",
                            report_line(text, context.record_start, &before), record->start, record->kind,
                            report_verdict(comparison));
        put_context(output, text, &context);
        if (comparison->expected != NULL)
            put_record(output, "expected", comparison->expected);
        if (comparison->got != NULL)
            put_record(output, "got", comparison->got);
    }
}

static void put_rates(struct bytes *output, size_t right, const struct trich_tally *tally)
{
    struct trich_rates rates = trich_rates(right, tally->expected, tally->got);
    bytes_append_format(output, " %6.1f %6.1f %6.1f  ", rates.precision, rates.recall, rates.f1);
}

static void put_table(struct bytes *output, const struct report_result *result)
{
    bytes_append_format(output, "%zu files\n", result->text_count);
    bytes_append_format(output, "%-16s %6s %6s %22s %22s %22s\n", "category", "gold", "pred", "exact P/R/F1",
                        "value P/R/F1", "extent P/R/F1");
    for (size_t i = 0; i < trich_score_count(result->score); i++) {
        struct trich_tally tally = trich_score_get(result->score, i);
        bytes_append_format(output, "%-16s %6zu %6zu", report_kind(&tally), tally.expected, tally.got);
        put_rates(output, tally.exact, &tally);
        put_rates(output, tally.value, &tally);
        put_rates(output, tally.extent, &tally);
        bytes_append_string(output, "\n");
    }
    for (size_t i = 0; i < trich_score_attribute_count(result->score); i++) {
        struct trich_attribute_tally tally = trich_score_attribute(result->score, i);
        if (strcmp(tally.kind, "figure") == 0 && strcmp(tally.name, "of") == 0 && tally.expected > 0)
            bytes_append_format(output, "figure of: %.1f %% of %zu\n",
                                100.0 * (double)tally.right / (double)tally.expected, tally.expected);
    }
}

static void put_attributes(struct bytes *output, const struct report_result *result)
{
    size_t count = trich_score_attribute_count(result->score);
    if (count > 0)
        bytes_append_format(output, "\n%-31s %6s %6s %6s %20s\n", "optional attributes", "gold", "pred",
                            "right", "P/R/F1");
    for (size_t i = 0; i < count; i++) {
        struct trich_attribute_tally tally = trich_score_attribute(result->score, i);
        struct trich_rates rates = trich_rates(tally.right, tally.expected, tally.got);
        bytes_append_format(output, "%-16s %-14s %6zu %6zu %6zu", tally.kind, tally.name, tally.expected,
                            tally.got, tally.right);
        if (tally.expected > 0)
            bytes_append_format(output, " %6.1f %6.1f %6.1f\n", rates.precision, rates.recall, rates.f1);
        else /* nothing was asked: a rate of 0 would read as a failure */
            bytes_append_format(output, " %6s %6s %6s\n", "-", "-", "-");
    }
}

static void show_result(struct bytes *output, const struct report_result *result)
{
    if (result->text_count == 0) /* a table of zeros would hide the messages */
        return;
    put_table(output, result);
    put_attributes(output, result);
    for (size_t i = 0; i < result->gate_count; i++)
        if (!result->gates[i].good)
            bytes_append_format(output, "%s falls short: exact F1 is %.2f, asked for are %g\n",
                                result->gates[i].kind, result->gates[i].f1, result->gates[i].minimum);
}

static void begin(struct bytes *output)
{
    (void)output;
}

const struct report_form report_as_text = {begin, show_text, show_result};
