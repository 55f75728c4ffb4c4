/* The table of symbols, through the public interface: each row's record and attributes, or nothing at all. */
#include "../../extractor/trich.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 1024, COLUMNS = 7 };

static const char *const attributes[COLUMNS] = {NULL, "value", "number", "year", "type", "issuer", "system"};

struct row {
    char *cells[COLUMNS];
    char text[MAX_LINE]; /* without brackets */
    size_t start, end;   /* the record; both 0 if there must be none */
    size_t line;
};

static bool split(char *line, struct row *row)
{
    line[strcspn(line, "\n")] = '\0';
    if (line[0] == '#' || line[0] == '\0')
        return false;
    for (size_t i = 0; i < COLUMNS; i++) {
        cr_assert(line != NULL, "line %zu has too few columns", row->line);
        row->cells[i] = line;
        line = strchr(line, '\t');
        if (line != NULL)
            *line++ = '\0';
    }
    return true;
}

/* The brackets go and tell where the record is; ⏎ becomes a line break. */
static void unmark(struct row *row)
{
    static const char line_break[] = "⏎";
    size_t length = 0;
    row->start = row->end = 0;
    for (const char *c = row->cells[0]; *c != '\0'; c++)
        if (*c == '[')
            row->start = length;
        else if (*c == ']')
            row->end = length;
        else if (strncmp(c, line_break, strlen(line_break)) == 0) {
            row->text[length++] = '\n';
            c += strlen(line_break) - 1;
        } else
            row->text[length++] = *c;
    row->text[length] = '\0';
}

static bool is_document(const struct trich_record *record)
{
    return strcmp(record->kind, "document-number") == 0;
}

static size_t wrong_attributes(const struct row *row, const struct trich_record *record)
{
    size_t wrong = 0;
    for (size_t i = 1; i < COLUMNS; i++) {
        const char *got = trich_record_get(record, attributes[i]);
        if (strcmp(got != NULL ? got : "", row->cells[i]) == 0)
            continue;
        cr_log_error("line %zu: '%s': %s is '%s', not '%s'", row->line, row->text, attributes[i],
                     got != NULL ? got : "", row->cells[i]);
        wrong = 1;
    }
    return wrong;
}

static size_t check(trich_extractor *extractor, const struct row *row)
{
    struct trich_error error;
    struct trich_input input = {.bytes = row->text, .length = strlen(row->text)};
    const struct trich_article *article = trich_extract(extractor, &input, &error);
    cr_assert(article != NULL, "line %zu: %s", row->line, error.message);
    for (size_t i = 0; i < article->record_count; i++) {
        const struct trich_record *record = &article->records[i];
        if (!is_document(record))
            continue;
        if (row->end == 0) {
            cr_log_error("line %zu: '%s' gives '%.*s' by %s, but must give none", row->line, row->text,
                         (int)record->content_length, record->content, record->rule);
            return 1;
        }
        if (record->start == row->start && record->end == row->end)
            return wrong_attributes(row, record);
    }
    if (row->end != 0)
        cr_log_error("line %zu: '%s' gives no record there", row->line, row->text);
    return row->end != 0;
}

Test(document_number, table_of_symbols)
{
    struct trich_error error;
    trich_rules *rules = trich_rules_builtin(&error);
    cr_assert(rules != NULL, "%s", error.message);
    trich_extractor *extractor = trich_extractor_new(rules, &error);
    FILE *file = fopen("tests/data/document-numbers.tsv", "r");
    char line[MAX_LINE];
    struct row row = {.line = 0};
    size_t symbols = 0;
    size_t others = 0;
    size_t wrong = 0;
    bool header = true;
    cr_assert(file != NULL && extractor != NULL);
    while (fgets(line, sizeof line, file) != NULL) {
        row.line++;
        if (!split(line, &row))
            continue;
        if (header) {
            header = false;
            continue;
        }
        unmark(&row);
        *(row.end != 0 ? &symbols : &others) += 1;
        wrong += check(extractor, &row);
    }
    fclose(file);
    trich_extractor_free(extractor);
    trich_rules_free(rules);
    cr_expect(symbols >= 240 && others >= 60, "%zu symbols, %zu that are none: rows are missing", symbols,
              others);
    cr_expect(wrong == 0, "%zu of %zu rows are wrong", wrong, symbols + others);
}
