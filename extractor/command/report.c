#include "report.h"

#include <string.h>

#include "utf8.h"

const char *report_kind(const struct trich_tally *tally)
{
    return tally->kind != NULL ? tally->kind : "all";
}

bool report_shows(const struct trich_comparison *comparison, bool all)
{
    return comparison->verdict != TRICH_EXACT || (all && !comparison->same);
}

const char *report_verdict(const struct trich_comparison *comparison)
{
    switch (comparison->verdict) {
    case TRICH_EXACT:
        return comparison->same ? "found" : "found, with other optional attributes";
    case TRICH_VALUE:
        return "with another extent";
    case TRICH_EXTENT:
        return "with other attributes";
    case TRICH_OVERLAP:
        return "with another extent and other attributes";
    case TRICH_MISS:
        return "missed";
    case TRICH_SURPLUS:
        break;
    }
    return "surplus";
}

const struct trich_record *report_record(const struct trich_comparison *comparison)
{
    return comparison->expected != NULL ? comparison->expected : comparison->got;
}

size_t report_line(const struct report_text *text, size_t place, struct report_place *before)
{
    if (place < before->place)
        *before = (struct report_place){0};
    const char *end = text->text + place;
    for (const char *p = text->text + before->place;
         p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL; p++)
        before->breaks++;
    before->place = place;
    return before->breaks + 1;
}

/* So many characters on, or to the end of the line. */
static size_t forward(const struct report_text *text, size_t place, size_t count)
{
    for (; count > 0 && place < text->length && text->text[place] != '\n'; count--)
        for (place++; place < text->length && utf8_is_inside(text->text[place]);)
            place++;
    return place;
}

static size_t backward(const struct report_text *text, size_t place, size_t count)
{
    for (; count > 0 && place > 0 && text->text[place - 1] != '\n'; count--)
        for (place--; place > 0 && utf8_is_inside(text->text[place]);)
            place--;
    return place;
}

static size_t characters(const struct report_text *text, size_t start, size_t end)
{
    size_t count = 0;
    for (; start < end; start++)
        count += !utf8_is_inside(text->text[start]);
    return count;
}

struct report_context report_context(const struct report_text *text, const struct trich_record *record)
{
    enum { WIDTH = 100, LEAST = 20 };
    struct report_context context;
    context.record_start = trich_extractor_place(text->extractor, record->start);
    context.record_end = trich_extractor_place(text->extractor, record->end);
    if (context.record_end < context.record_start)
        context.record_end = context.record_start;
    size_t own = characters(text, context.record_start, context.record_end);
    size_t rest = own + 2 * (size_t)LEAST < WIDTH ? WIDTH - own : 2 * (size_t)LEAST;
    /* What one side does not need goes to the other. */
    size_t line_start = backward(text, context.record_start, rest);
    size_t line_end = forward(text, context.record_end, rest);
    size_t before = characters(text, line_start, context.record_start);
    size_t after = characters(text, context.record_end, line_end);
    size_t keep_before = after < rest / 2 ? rest - after : rest / 2;
    size_t keep_after = before < rest / 2 ? rest - before : rest / 2;
    context.start = backward(text, context.record_start, keep_before);
    context.end = forward(text, context.record_end, keep_after);
    context.cut_start = context.start > 0 && text->text[context.start - 1] != '\n';
    context.cut_end = context.end < text->length && text->text[context.end] != '\n';
    return context;
}

/* Whether XML can carry the character, which is one. */
static bool is_xml(const char *character, size_t length)
{
    static const char none[] = "\xEF\xBF"; /* U+FFFE, U+FFFF */
    unsigned char first = (unsigned char)character[0];
    if (length == 1)
        return first >= 0x20 || first == '\t' || first == '\n' || first == '\r';
    return length != 3 || memcmp(character, none, 2) != 0 || (unsigned char)character[2] < 0xBE;
}

void report_escape(struct bytes *output, const char *text, size_t length)
{
    size_t step;
    bool valid;
    for (size_t i = 0; i < length; i += step) {
        step = utf8_step(text + i, length - i, &valid);
        if (!valid || !is_xml(text + i, step))
            bytes_append_string(output, "\xEF\xBF\xBD");
        else if (strchr("&<>\"\r", text[i]) != NULL)
            bytes_append_format(output, "&#%d;", text[i]);
        else
            bytes_append(output, text + i, step);
    }
}

void report_escape_string(struct bytes *output, const char *string)
{
    report_escape(output, string, strlen(string));
}

void report_attribute(struct bytes *output, const char *name, const char *value)
{
    bytes_append_format(output, " %s=\"", name);
    for (; *value != '\0'; value += strcspn(value, "\t\n")) {
        if (*value == '\t' || *value == '\n') /* a parser would make blanks of them */
            bytes_append_format(output, "&#%d;", *value++);
        report_escape(output, value, strcspn(value, "\t\n"));
    }
    bytes_append_string(output, "\"");
}

void report_failures(struct bytes *output, const struct report_result *result, const char *begin,
                     const char *end)
{
    static const char said_by[] = "trich: ";
    const char *line = result->failures->data;
    for (size_t left = result->failures->length; left > 0;) {
        size_t length = (size_t)((const char *)memchr(line, '\n', left) - line);
        size_t skip =
            length > strlen(said_by) && memcmp(line, said_by, strlen(said_by)) == 0 ? strlen(said_by) : 0;
        bytes_append_string(output, begin);
        report_escape(output, line + skip, length - skip);
        bytes_append_string(output, end);
        line += length + 1;
        left -= length + 1;
    }
}
