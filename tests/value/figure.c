/* The table of figures, through the public interface: each row's records and all their attributes. */
#include "../../extractor/trich.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { MAX_LINE = 1024, MAX_FIGURES = 8 };

struct row {
    char text[MAX_LINE]; /* without braces */
    char *expected[MAX_FIGURES];
    size_t starts[MAX_FIGURES], ends[MAX_FIGURES];
    size_t count;
    size_t line;
};

/* The braces go and tell where the figures are; the second cell is cut at " ; ". */
static void read_row(char *line, struct row *row)
{
    char *cell = strchr(line, '\t');
    cr_assert(cell != NULL, "line %zu has one cell", row->line);
    *cell++ = '\0';
    size_t length = 0;
    size_t figures = 0;
    row->count = 0;
    for (const char *c = line; *c != '\0'; c++)
        if (*c == '{')
            row->starts[row->count] = length;
        else if (*c == '}')
            row->ends[row->count++] = length;
        else
            row->text[length++] = *c;
    row->text[length] = '\0';
    while (*cell != '\0') {
        char *next = strstr(cell, " ; ");
        cr_assert(figures < MAX_FIGURES);
        row->expected[figures++] = cell;
        if (next == NULL)
            break;
        *next = '\0';
        cell = next + 3;
    }
    cr_assert(figures == row->count, "line %zu: %zu figures in the text, %zu described", row->line,
              row->count, figures);
}

static const char *attribute(const struct trich_record *record, const char *name)
{
    const char *value = trich_record_get(record, name);
    return value != NULL ? value : "";
}

/* The record as the table writes it, without of. */
static void describe(const struct trich_record *record, char *text, size_t size)
{
    const char *unit = attribute(record, "unit");
    const char *mod = attribute(record, "mod");
    const char *total = attribute(record, "total");
    const char *max = attribute(record, "max");
    snprintf(text, size, "%s%s%s%s%s%s %s%s%s%s%s", attribute(record, "value"), attribute(record, "min"),
             *max != '\0' ? ".." : "", max, *total != '\0' ? "/" : "", total, attribute(record, "kind"),
             *unit != '\0' ? " " : "", unit, *mod != '\0' ? " mod=" : "", mod);
}

/* of is right when what is expected begins it, at a word boundary. */
static bool is_right(const struct trich_record *record, const char *expected)
{
    char described[MAX_LINE];
    const char *of = strstr(expected, " of=");
    const char *got = attribute(record, "of");
    size_t length = of != NULL ? (size_t)(of - expected) : strlen(expected);
    describe(record, described, sizeof described);
    if (strlen(described) != length || strncmp(described, expected, length) != 0)
        return false;
    if (of == NULL)
        return *got == '\0';
    size_t of_length = strlen(of + 4);
    return strncmp(got, of + 4, of_length) == 0 && (got[of_length] == '\0' || got[of_length] == ' ');
}

static size_t check(trich_extractor *extractor, const struct row *row)
{
    struct trich_error error;
    struct trich_input input = {.bytes = row->text, .length = strlen(row->text)};
    const struct trich_article *article = trich_extract(extractor, &input, &error);
    cr_assert(article != NULL, "line %zu: %s", row->line, error.message);
    size_t found = 0;
    size_t wrong = 0;
    for (size_t i = 0; i < article->record_count; i++) {
        const struct trich_record *record = &article->records[i];
        char described[MAX_LINE];
        if (strcmp(record->kind, "figure") != 0)
            continue;
        bool right = found < row->count && record->start == row->starts[found] &&
                     record->end == row->ends[found] && is_right(record, row->expected[found]);
        found++;
        if (right)
            continue;
        describe(record, described, sizeof described);
        cr_log_error("line %zu: '%s' gives '%.*s' %s of=%s by %s", row->line, row->text,
                     (int)record->content_length, record->content, described, attribute(record, "of"),
                     record->rule);
        wrong = 1;
    }
    if (found < row->count) {
        cr_log_error("line %zu: '%s' gives %zu of %zu figures", row->line, row->text, found, row->count);
        wrong = 1;
    }
    return wrong;
}

/* "2 Ủy ban …" at the head of a line is a footnote's or a list's number. */
static bool may_head_a_line(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && text[digits] == ' ' &&
           ((unsigned char)text[digits + 1] >= 0x80 || (text[digits + 1] >= 'A' && text[digits + 1] <= 'Z'));
}

/* A text that was cut to lines gives the same: each blank in turn becomes a line break. */
static size_t check_wrapped(trich_extractor *extractor, struct row *row)
{
    size_t wrong = 0;
    for (char *blank = strchr(row->text, ' '); blank != NULL; blank = strchr(blank + 1, ' ')) {
        if (may_head_a_line(blank + 1))
            continue;
        *blank = '\n';
        wrong += check(extractor, row);
        *blank = ' ';
    }
    return wrong;
}

Test(figure, table_of_expressions)
{
    struct trich_error error;
    trich_rules *rules = trich_rules_builtin(&error);
    cr_assert(rules != NULL, "%s", error.message);
    trich_extractor *extractor = trich_extractor_new(rules, &error);
    FILE *file = fopen("tests/data/figures.tsv", "r");
    char line[MAX_LINE];
    struct row row = {.line = 0};
    size_t figures = 0;
    size_t others = 0;
    size_t wrong = 0;
    size_t wrapped = 0;
    bool header = true;
    cr_assert(file != NULL && extractor != NULL);
    while (fgets(line, sizeof line, file) != NULL) {
        row.line++;
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        if (header) {
            header = false;
            continue;
        }
        read_row(line, &row);
        *(row.count > 0 ? &figures : &others) += 1;
        wrong += check(extractor, &row);
        wrapped += check_wrapped(extractor, &row);
    }
    fclose(file);
    trich_extractor_free(extractor);
    trich_rules_free(rules);
    cr_expect(figures >= 350 && others >= 200, "%zu rows with figures, %zu without: rows are missing",
              figures, others);
    cr_expect(wrapped == 0, "%zu line breaks change what a row gives", wrapped);
    cr_expect(wrong == 0, "%zu of %zu rows are wrong", wrong, figures + others);
}
