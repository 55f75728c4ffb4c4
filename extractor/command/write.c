#include "write.h"

#include <stdlib.h>
#include <string.h>

#include "offsets.h"

#define ROOT "<records xmlns=\"" TRICH_NAMESPACE "\">"

static void escape(struct bytes *output, const char *text, size_t length, bool one_line)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '&')
            bytes_append_string(output, "&amp;");
        else if (c == '<')
            bytes_append_string(output, "&lt;");
        else if (c == '>')
            bytes_append_string(output, "&gt;");
        else if (c == '"')
            bytes_append_string(output, "&quot;");
        else if (c == '\r' || (c == '\n' && one_line))
            bytes_append_format(output, "&#%d;", c);
        else if (c < 0x20 && c != '\n' && c != '\t')
            bytes_append_string(output, "\xef\xbf\xbd");
        else
            bytes_append(output, text + i, 1);
    }
}

static void attribute(struct bytes *output, const char *name, const char *value)
{
    bytes_append_format(output, " %s=\"", name);
    escape(output, value, strlen(value), true);
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
        escape(output, record->content, record->content_length, one_line);
        bytes_append_format(output, "</%s>%s", record->kind, line);
    }
    bytes_append_string(output, one_line ? "</article></records>\n" : "  </article>\n");
    free(records);
}
