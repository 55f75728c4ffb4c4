#include "write.h"

#include <stdlib.h>
#include <string.h>

#include "offsets.h"

#define ROOT "<records xmlns=\"" TRICH_NAMESPACE "\">"

enum place { IN_TEXT, IN_ATTRIBUTE, IN_LINE }; /* IN_LINE: text of a document that is to be one line */

/* What stands for the character at p in XML; NULL if it stands for itself. *length: the bytes of the
 * character. */
static const char *replacement(const char *p, size_t left, enum place place, size_t *length)
{
    unsigned char c = (unsigned char)*p;
    *length = 1;
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return place == IN_ATTRIBUTE ? "&quot;" : NULL;
    case '\t': /* a parser makes a blank of it, and of a line break, in an attribute */
        return place == IN_ATTRIBUTE ? "&#9;" : NULL;
    case '\n':
        return place == IN_TEXT ? NULL : "&#10;";
    case '\r':
        return "&#13;";
    default:
        break;
    }
    if (c < 0x20)
        return "\xef\xbf\xbd";
    if (c == 0xef && left >= 3 && (memcmp(p, "\xef\xbf\xbe", 3) == 0 || memcmp(p, "\xef\xbf\xbf", 3) == 0)) {
        *length = 3; /* U+FFFE and U+FFFF */
        return "\xef\xbf\xbd";
    }
    return NULL;
}

static void escape(struct bytes *output, const char *text, size_t length, enum place place)
{
    size_t done = 0;
    size_t step;
    for (size_t i = 0; i < length; i += step) {
        const char *string = replacement(text + i, length - i, place, &step);
        if (string != NULL) {
            bytes_append(output, text + done, i - done);
            bytes_append_string(output, string);
            done = i + step;
        }
    }
    bytes_append(output, text + done, length - done);
}

static void attribute(struct bytes *output, const char *name, const char *value)
{
    bytes_append_string(output, " ");
    bytes_append_string(output, name);
    bytes_append_string(output, "=\"");
    escape(output, value, strlen(value), IN_ATTRIBUTE);
    bytes_append_string(output, "\"");
}

void write_head(struct bytes *output)
{
    bytes_append_string(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" ROOT "\n");
}

void write_foot(struct bytes *output)
{
    bytes_append_string(output, "</records>\n");
}

void write_empty(struct bytes *output)
{
    bytes_append_string(output, ROOT "</records>\n");
}

void write_article(struct bytes *output, const struct trich_article *article, const struct trich_input *input,
                   const struct options *options)
{
    static const char *const from[] = {"", "option", "metadata", "text"};
    bool one_line = options->each;
    const char *line = one_line ? "" : "\n";
    struct trich_record *records = NULL;
    if (options->offsets == OFFSETS_CHARS && article->record_count > 0) {
        records = memory_get(article->record_count * sizeof *records);
        memcpy(records, article->records, article->record_count * sizeof *records);
        offsets_to_chars(records, article->record_count, input, article->encoding);
    }
    bytes_append_string(output, one_line ? ROOT "<article" : "  <article");
    if (*article->source != '\0')
        attribute(output, "source", article->source);
    if (article->date != NULL) {
        attribute(output, "date", article->date);
        attribute(output, "date-from", from[article->date_from]);
    }
    bytes_append_format(output, ">%s", line);
    for (size_t i = 0; i < article->record_count; i++) {
        const struct trich_record *record = records != NULL ? &records[i] : &article->records[i];
        bytes_append_format(output, "%s<%s start=\"%zu\" end=\"%zu\"", one_line ? "" : "    ", record->kind,
                            record->start, record->end);
        for (size_t j = 0; j < record->attribute_count; j++)
            attribute(output, record->attributes[j].name, record->attributes[j].value);
        if (record->same_as != 0)
            bytes_append_format(output, " same-as=\"%zu\"",
                                (records != NULL ? records : article->records)[record->same_as - 1].start);
        bytes_append_string(output, ">");
        escape(output, record->content, record->content_length, one_line ? IN_LINE : IN_TEXT);
        bytes_append_format(output, "</%s>%s", record->kind, line);
    }
    bytes_append_string(output, one_line ? "</article></records>\n" : "  </article>\n");
    free(records);
}
