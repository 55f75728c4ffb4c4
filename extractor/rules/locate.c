/* Lines and columns for messages: libxml2's tree knows the line of an element and no column. */
#include <stdio.h>
#include <stdlib.h>

#include "builtin.h"
#include "loader.h"

enum { LINES_LOOKED_THROUGH = 60 };

static struct slice skip_lines(struct slice text, size_t count)
{
    for (; count > 0; count--) {
        const char *end = text.length > 0 ? memchr(text.data, '\n', text.length) : NULL;
        if (end == NULL)
            return (struct slice){NULL, 0};
        text.length -= (size_t)(end + 1 - text.data);
        text.data = end + 1;
    }
    return text;
}

static size_t first_column(struct slice line)
{
    size_t column = 0;
    while (column < line.length && (line.data[column] == ' ' || line.data[column] == '\t'))
        column++;
    return column + 1;
}

/* What the message puts in quotes or braces: the thing to point at. */
static struct slice named_in(const char *message)
{
    const char *start = strpbrk(message, "'{");
    if (start == NULL)
        return (struct slice){NULL, 0};
    char close = *start == '{' ? '}' : '\'';
    const char *end = strchr(start + 1, close);
    if (end == NULL || end == start + 1)
        return (struct slice){NULL, 0};
    return *start == '{' ? (struct slice){start, (size_t)(end + 1 - start)}
                         : (struct slice){start + 1, (size_t)(end - start - 1)};
}

/* Position of needle in text within some lines from its start, or text.length. */
static size_t find(struct slice text, struct slice needle)
{
    size_t lines = 0;
    for (size_t i = 0; i + needle.length <= text.length && lines < LINES_LOOKED_THROUGH; i++) {
        if (memcmp(text.data + i, needle.data, needle.length) == 0)
            return i;
        lines += text.data[i] == '\n';
    }
    return text.length;
}

void loader_point(struct loader *loader)
{
    struct trich_error *error = loader->error;
    if (error == NULL || error->status != TRICH_ERROR_RULES || error->line == 0 || error->column != 0)
        return;
    for (size_t i = 0; i < loader->file_count; i++) {
        const struct source_file *file = &loader->files[i];
        if (strcmp(file->name, error->file) != 0)
            continue;
        struct slice text = skip_lines((struct slice){file->bytes, file->length}, error->line - 1);
        struct slice needle = named_in(error->message);
        if (text.data == NULL)
            return;
        size_t place = needle.data != NULL ? find(text, needle) : text.length;
        if (place == text.length) {
            error->column = first_column(text);
            return;
        }
        size_t column = 1;
        for (size_t k = 0; k < place; k++, column++)
            if (text.data[k] == '\n') {
                error->line++;
                column = 0;
            }
        error->column = column;
        return;
    }
}

size_t rules_column(const char *file, size_t line)
{
    for (const struct builtin_file *builtin = builtin_files; builtin->name != NULL; builtin++)
        if (strcmp(builtin->name, file) == 0) {
            struct slice text = {builtin->bytes, (size_t)(builtin->end - builtin->bytes)};
            text = skip_lines(text, line > 0 ? line - 1 : 0);
            return text.data != NULL ? first_column(text) : 0;
        }
    FILE *stream = fopen(file, "rb");
    if (stream == NULL)
        return 0;
    size_t column = 1;
    for (int c; line > 1 && (c = getc(stream)) != EOF;)
        line -= c == '\n';
    for (int c; (c = getc(stream)) == ' ' || c == '\t';)
        column++;
    (void)fclose(stream);
    return column;
}
