/* The table of symbols, through the public interface: each row's record and attributes, or nothing at all. */
#include "../../extractor/trich.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 1024, MAX_COLUMNS = 8 };

struct row {
    char line[MAX_LINE], text[MAX_LINE]; /* as in the file; without brackets */
    char *cells[MAX_COLUMNS];            /* of line, ended by NULL */
    size_t start, end;                   /* the record; both 0 if there must be none */
    size_t number;
};

/* Fills in the next row that is no comment; false at the end. */
static bool read_row(FILE *file, struct row *row)
{
    do {
        if (fgets(row->line, sizeof row->line, file) == NULL)
            return false;
        row->number++;
    } while (row->line[0] == '#');
    row->line[strcspn(row->line, "\n")] = '\0';
    size_t count = 0;
    for (char *cell = row->line; cell != NULL; count++) {
        cr_assert(count < MAX_COLUMNS - 1, "line %zu has too many columns", row->number);
        row->cells[count] = cell;
        cell = strchr(cell, '\t');
        if (cell != NULL)
            *cell++ = '\0';
    }
    row->cells[count] = NULL;
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

static size_t wrong_attributes(const struct row *header, const struct row *row,
                               const struct trich_record *record)
{
    size_t wrong = 0;
    for (size_t i = 1; header->cells[i] != NULL; i++) {
        const char *got = trich_record_get(record, header->cells[i]);
        cr_assert(row->cells[i] != NULL, "line %zu has too few columns", row->number);
        if (strcmp(got != NULL ? got : "", row->cells[i]) == 0)
            continue;
        cr_log_error("line %zu: '%s': %s is '%s', not '%s'", row->number, row->text, header->cells[i],
                     got != NULL ? got : "", row->cells[i]);
        wrong = 1;
    }
    return wrong;
}

/* 1 if the row's text does not give what it must, else 0. */
static size_t check(trich_extractor *extractor, const struct row *header, const struct row *row)
{
    struct trich_error error;
    struct trich_input input = {.bytes = row->text, .length = strlen(row->text)};
    const struct trich_article *article = trich_extract(extractor, &input, &error);
    cr_assert(article != NULL, "line %zu: %s", row->number, error.message);
    for (size_t i = 0; i < article->record_count; i++) {
        const struct trich_record *record = &article->records[i];
        if (!is_document(record))
            continue;
        if (row->end == 0) {
            cr_log_error("line %zu: '%s' gives '%.*s' by %s, but must give none", row->number, row->text,
                         (int)record->content_length, record->content, record->rule);
            return 1;
        }
        if (record->start == row->start && record->end == row->end)
            return wrong_attributes(header, row, record);
    }
    if (row->end != 0)
        cr_log_error("line %zu: '%s' gives no record there", row->number, row->text);
    return row->end != 0;
}

/* At least so many rows with a record, and so many that must give none. */
static void check_table(const char *name, size_t least_symbols, size_t least_others)
{
    struct trich_error error;
    trich_rules *rules = trich_rules_builtin(&error);
    cr_assert(rules != NULL, "%s", error.message);
    trich_extractor *extractor = trich_extractor_new(rules, &error);
    FILE *file = fopen(name, "r");
    cr_assert(file != NULL && extractor != NULL);
    struct row header = {.number = 0};
    cr_assert(read_row(file, &header));
    struct row row = {.number = header.number};
    size_t symbols = 0;
    size_t others = 0;
    size_t wrong = 0;
    while (read_row(file, &row)) {
        unmark(&row);
        *(row.end != 0 ? &symbols : &others) += 1;
        wrong += check(extractor, &header, &row);
    }
    fclose(file);
    trich_extractor_free(extractor);
    trich_rules_free(rules);
    cr_expect(symbols >= least_symbols && others >= least_others,
              "%zu symbols, %zu that are none: rows are missing", symbols, others);
    cr_expect(wrong == 0, "%zu of %zu rows are wrong", wrong, symbols + others);
}

Test(document_number, symbols)
{
    check_table("tests/data/document-numbers.tsv", 300, 60);
}

Test(document_number, what_stands_around_them)
{
    check_table("tests/data/document-contexts.tsv", 60, 0);
}

/* The first mention is told by its place among the records. */
Test(document_number, the_same_document_again)
{
    static const char text[] = "Nghị quyết số 21-NQ/TW ngày 16/6/2022. Nghị quyết 19-NQ/TW cũng vậy. Theo "
                               "Nghị quyết 21, Nghị quyết 21-NQ/TW.";
    static const size_t first[] = {0, 0, 1, 1};
    struct trich_error error;
    trich_rules *rules = trich_rules_builtin(&error);
    trich_extractor *extractor = trich_extractor_new(rules, &error);
    struct trich_input input = {.bytes = text, .length = strlen(text)};
    const struct trich_article *article = trich_extract(extractor, &input, &error);
    size_t count = 0;
    for (size_t i = 0; i < article->record_count; i++) {
        const struct trich_record *record = &article->records[i];
        if (!is_document(record))
            continue;
        cr_assert(count < 4);
        cr_expect(record->same_as == first[count], "mention %zu: %zu", count, record->same_as);
        count++;
    }
    cr_expect(count == 4, "%zu mentions", count);
    trich_extractor_free(extractor);
    trich_rules_free(rules);
}
