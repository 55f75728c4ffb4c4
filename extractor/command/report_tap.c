/*
 * --report=tap: the Test Anything Protocol, version 14, for test harnesses (prove, Automake, Meson, CI
 * systems).
 *
 * A test for each text, with its differences as comments; one for each figure that is asked for; a last one
 * that fails if a text could not be compared, with what was said of those as comments. Where --min-f1 says
 * what is enough, a text with differences is one that is known to be imperfect (TODO) and fails nothing.
 */
#include <string.h>

#include "report.h"

static void begin(struct bytes *output)
{
    bytes_append_string(output, "TAP version 14\n");
}

/* A description: without what the protocol reads something into. */
static void put_name(struct bytes *output, const char *name)
{
    for (; *name != '\0'; name++) {
        if (*name == '#' || *name == '\\')
            bytes_append(output, "\\", 1);
        bytes_append(output, (unsigned char)*name < 0x20 ? " " : name, 1);
    }
}

static void put_comments(struct bytes *output, const struct bytes *lines)
{
    if (lines->length == 0)
        return;
    const char *end = lines->data + lines->length;
    for (const char *line = lines->data; line < end;) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        next = next != NULL ? next + 1 : end;
        bytes_append_string(output, "# ");
        bytes_append(output, line, (size_t)(next - line));
        line = next;
    }
}

static void show_text(struct bytes *output, const struct report_text *text, bool all)
{
    size_t differences = 0;
    struct bytes lines = {0};
    for (size_t i = 0; i < text->count; i++)
        differences += text->comparisons[i].verdict != TRICH_EXACT;
    bytes_append_format(output, "%s %zu - ", differences > 0 ? "not ok" : "ok", text->number);
    put_name(output, text->path);
    if (differences > 0 && text->gated)
        bytes_append_format(output, " # TODO %zu differences", differences);
    bytes_append_string(output, "\n");
    report_as_text.text(&lines, text, all);
    put_comments(output, &lines);
    bytes_clear(&lines);
}

static void show_result(struct bytes *output, const struct report_result *result)
{
    size_t number = result->text_count;
    for (size_t i = 0; i < result->gate_count; i++) {
        const struct report_gate *gate = &result->gates[i];
        bytes_append_format(output, "%s %zu - ", gate->good ? "ok" : "not ok", ++number);
        put_name(output, gate->kind);
        bytes_append_format(output, ": exact F1 %.2f, at least %g\n", gate->f1, gate->minimum);
    }
    bytes_append_format(output, "%s %zu - every text could be compared\n",
                        result->failure_count == 0 ? "ok" : "not ok", ++number);
    put_comments(output, result->failures);
    bytes_append_format(output, "1..%zu\n", number);
}

const struct report_form report_as_tap = {begin, show_text, show_result};
