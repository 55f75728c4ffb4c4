/* What loads but cannot be meant, kept in mind for the check of rules. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/calendar.h"
#include "builtin.h"
#include "loader.h"

static bool note(struct loader *loader, const char *file, size_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static bool note(struct loader *loader, const char *file, size_t line, const char *format, ...)
{
    struct rules *rules = loader->rules;
    struct rule_problem *problems = array_one_more(rules->problems, rules->problem_count, sizeof *problems);
    if (problems == NULL)
        return error_memory(loader->error);
    rules->problems = problems;
    char message[sizeof loader->error->message];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    struct rule_problem *problem = &problems[rules->problem_count++];
    *problem = (struct rule_problem){strdup(file), line, strdup(message)};
    return (problem->file != NULL && problem->message != NULL) || error_memory(loader->error);
}

static bool has_cell(const struct table *table, long column, struct slice cell)
{
    for (size_t row = 0; row < table->row_count; row++)
        if (slice_equal(table_cell(table, row, column), cell))
            return true;
    return false;
}

static bool lint_parts(struct loader *loader)
{
    for (size_t i = 0; i < loader->expansion.part_count; i++) {
        const struct part *part = &loader->expansion.parts[i];
        if (!part->used && !note(loader, part->file, part->line,
                                 "no pattern uses the part '%s': remove it or use it", part->name))
            return false;
    }
    return true;
}

/* {table:…} that asks for rows which are not there. Of tables with fewer rows than the built-in ones only the
 * directory's own patterns are told. */
static bool lint_choices(struct loader *loader)
{
    for (size_t i = 0; i < loader->choices.count; i++) {
        const struct choice *choice = &loader->choices.list[i];
        struct slice name;
        struct slice column;
        struct slice values;
        if (strchr(choice->file, '/') == NULL ||
            !choice_parts(slice_from(choice->reference), &name, &column, &values))
            continue;
        const struct table *table = table_named(loader->rules->tables, loader->rules->table_count, name);
        while (values.length > 0) {
            struct slice value = choice_next(&values);
            if (!has_cell(table, table_column(table, column), value) &&
                !note(loader, choice->file, choice->line,
                      "{table:%s}: no row of %s has '%.*s' in that column: mend the value or add a row",
                      choice->reference, table->file, (int)value.length, value.data))
                return false;
        }
    }
    return true;
}

/* Rows of one key of which a lookup only ever sees the first. */
static bool lint_lookup(struct loader *loader, const struct custom_attribute *attribute)
{
    const struct table *table = attribute->table;
    for (size_t row = 0; table != NULL && row < table->written_count; row++) {
        struct slice key = table_cell(table, row, 0);
        size_t first = (size_t)table_find(table, key);
        if (!slice_equal(table_cell(table, first, attribute->column),
                         table_cell(table, row, attribute->column)) &&
            !note(loader, table->file, table_line(table, key),
                  "'%.*s' stands in line %zu too, with another value: that one is looked up, not this one",
                  (int)key.length, key.data, table_line(table, table_cell(table, first, 0))))
            return false;
    }
    return true;
}

/* An <attribute> for a group that no pattern of its kind has. */
static bool lint_attributes(struct loader *loader)
{
    for (size_t i = 0; i < loader->rules->custom_count; i++) {
        const struct custom_kind *kind = &loader->rules->customs[i];
        for (size_t k = 0; k < kind->attribute_count; k++) {
            const struct custom_attribute *attribute = &kind->attributes[k];
            bool found = false;
            for (size_t g = 0; g < kind->group_count; g++)
                found = found || strcmp(kind->groups[g], attribute->group) == 0;
            if (!found && !note(loader, attribute->file, attribute->line,
                                "no pattern of the kind %s has a group '%s': mend the name or drop the line",
                                kind->name, attribute->group))
                return false;
            if (!lint_lookup(loader, attribute))
                return false;
        }
    }
    return true;
}

/* ---- tables that take a built-in one's place ---- */

static struct table *read_builtin(const struct table *table, struct trich_error *error)
{
    for (const struct builtin_file *file = builtin_files; file->name != NULL; file++)
        if (loader_ends_with(file->name, ".tsv") &&
            strlen(file->name) == strlen(table->name) + strlen(".tsv") &&
            strncmp(file->name, table->name, strlen(table->name)) == 0)
            return table_read(table->name, file->name, file->bytes, (size_t)(file->end - file->bytes), error);
    return NULL;
}

enum { CLOSED_MOST = 8 };

typedef bool cell_form(struct slice cell);

static bool is_number(struct slice cell)
{
    for (size_t i = 0; i < cell.length; i++)
        if (memchr("0123456789.-", cell.data[i], sizeof "0123456789.-" - 1) == NULL)
            return false;
    return true;
}

/* YYYY-MM-DD */
static bool is_day(struct slice cell)
{
    struct day day;
    return calendar_read(cell, &day) && day.day != 0;
}

/* Whether all that stands in the column is of that form, and something does. */
static bool column_is(const struct table *table, long column, cell_form *form)
{
    size_t filled = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        struct slice cell = table_cell(table, row, column);
        if (cell.length > 0 && !form(cell))
            return false;
        filled += cell.length > 0;
    }
    return filled > 0;
}

static bool is_same_row(const struct table *table, size_t one, size_t other)
{
    for (size_t column = 0; column < table->column_count; column++)
        if (!slice_equal(table_cell(table, one, (long)column), table_cell(table, other, (long)column)))
            return false;
    return true;
}

static bool note_cell(struct loader *loader, const struct table *table, size_t row, long column,
                      const char *what)
{
    struct slice cell = table_cell(table, row, column);
    struct slice name = table_header(table, (size_t)column);
    return note(loader, table->file, table_line(table, cell), "'%.*s' in the column %.*s %s",
                (int)cell.length, cell.data, (int)name.length, name.data, what);
}

static bool lint_cells(struct loader *loader, const struct table *table, long column, cell_form *form,
                       const char *what)
{
    for (size_t row = 0; row < table->written_count; row++) {
        struct slice cell = table_cell(table, row, column);
        if (cell.length > 0 && !form(cell) && !note_cell(loader, table, row, column, what))
            return false;
    }
    return true;
}

/* Words by which patterns choose rows, or that the built-in table has for C. */
static bool lint_chosen(struct loader *loader, const struct table *table, const struct table *model,
                        struct slice name)
{
    long column = table_column(table, name);
    for (size_t row = 0; row < table->written_count; row++) {
        struct slice cell = table_cell(table, row, column);
        if (cell.length > 0 && !choices_have(&loader->choices, table->name, name, cell) &&
            !has_cell(model, table_column(model, name), cell) &&
            !note_cell(loader, table, row, column, "means nothing: no pattern asks for it, mend the cell"))
            return false;
    }
    return true;
}

/* The different words of a column, if it looks as if no others could be meant: few, each of them in many
 * rows. How many; 0: any word may be meant. */
static size_t closed_set(const struct table *table, long column, struct slice words[CLOSED_MOST])
{
    enum { ROWS = 20 };
    size_t count = 0;
    size_t filled = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        struct slice cell = table_cell(table, row, column);
        size_t i = 0;
        if (cell.length == 0)
            continue;
        filled++;
        while (i < count && !slice_equal(words[i], cell))
            i++;
        if (i == CLOSED_MOST)
            return 0;
        if (i == count)
            words[count++] = cell;
    }
    bool yes = count == 1 && slice_is(words[0], "yes");
    return yes || filled >= ROWS * count ? count : 0;
}

static bool lint_closed(struct loader *loader, const struct table *table, long column,
                        const struct slice *words, size_t count)
{
    char what[300] = "means nothing: the built-in table has ";
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(what);
        (void)snprintf(what + used, sizeof what - used, "%s%.*s", i > 0 ? ", " : "", (int)words[i].length,
                       words[i].data);
    }
    for (size_t row = 0; row < table->written_count; row++) {
        struct slice cell = table_cell(table, row, column);
        bool good = cell.length == 0;
        for (size_t i = 0; i < count && !good; i++)
            good = slice_equal(words[i], cell);
        if (!good && !note_cell(loader, table, row, column, what))
            return false;
    }
    return true;
}

/* Patterns choose rows by a column's words, C reads its numbers, its days and its few words: what is neither
 * is not seen by any of them. */
static bool lint_column(struct loader *loader, const struct table *table, const struct table *model,
                        size_t column)
{
    struct slice name = table_header(model, column);
    struct slice words[CLOSED_MOST];
    bool all_known;
    long own = table_column(table, name);
    if (own == TABLE_NONE)
        return note(loader, table->file, 1, "there is no column '%.*s', which the built-in table has",
                    (int)name.length, name.data);
    if (column_is(model, (long)column, is_day))
        return lint_cells(loader, table, own, is_day, "is no day: write YYYY-MM-DD");
    if (column_is(model, (long)column, is_number))
        return lint_cells(loader, table, own, is_number, "is no number: mend the cell");
    if (choices_have_column(&loader->choices, table->name, name))
        return lint_chosen(loader, table, model, name);
    size_t count = vocabulary_has_traits(name, &all_known) ? 0 : closed_set(model, (long)column, words);
    return count == 0 || lint_closed(loader, table, own, words, count);
}

/* Names of provinces, by which districts and provinces are found together. */
static bool lint_provinces(struct loader *loader, const struct table *table)
{
    static const char *const columns[] = {"province", "successor"};
    const struct table *provinces = rules_table(loader->rules, "provinces");
    long names = provinces != NULL ? table_column(provinces, SLICE("name")) : TABLE_NONE;
    if (names == TABLE_NONE ||
        (strncmp(table->name, "districts", strlen("districts")) != 0 && table != provinces))
        return true;
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        long column = table_column(table, slice_from(columns[i]));
        for (size_t row = 0; column != TABLE_NONE && row < table->written_count; row++) {
            struct slice cell = table_cell(table, row, column);
            if (cell.length > 0 && !has_cell(provinces, names, cell) &&
                !note_cell(loader, table, row, column, "is no name of provinces.tsv"))
                return false;
        }
    }
    return true;
}

/* What a spreadsheet does not show in a cell; NULL if there is nothing. A blank at an end of a key is told as
 * not in normal form. */
static const char *hidden_in(struct slice cell, bool is_key)
{
    char first = cell.length > 0 ? cell.data[0] : '\0';
    char last = cell.length > 0 ? cell.data[cell.length - 1] : '\0';
    if (!is_key && (first == ' ' || last == ' '))
        return "has a blank at its end: remove it";
    if (cell.length > 1 && first == '"' && last == '"')
        return "has the quotation marks of a spreadsheet around it: remove them";
    return NULL;
}

static bool lint_cell(struct loader *loader, const struct table *table, size_t row, size_t column)
{
    const char *hidden = hidden_in(table_cell(table, row, (long)column), column == 0);
    return hidden == NULL || note_cell(loader, table, row, (long)column, hidden);
}

static bool lint_rows(struct loader *loader, const struct table *table)
{
    for (size_t row = 0; row < table->written_count; row++) {
        struct slice key = table_cell(table, row, 0);
        for (size_t column = 0; column < table->column_count; column++)
            if (!lint_cell(loader, table, row, column))
                return false;
        for (long other = table_find(table, key); other != TABLE_NONE && other < (long)row;
             other = table_next(table, other))
            if (is_same_row(table, (size_t)other, row) &&
                !note(loader, table->file, table_line(table, key),
                      "the row of line %zu once more: remove one",
                      table_line(table, table_cell(table, (size_t)other, 0))))
                return false;
    }
    return true;
}

static bool lint_tables(struct loader *loader)
{
    for (size_t i = 0; i < loader->rules->table_count; i++) {
        const struct table *table = loader->rules->tables[i];
        if (strchr(table->file, '/') == NULL) /* built in */
            continue;
        struct table *model = read_builtin(table, loader->error);
        bool done = lint_rows(loader, table) && lint_provinces(loader, table);
        for (size_t column = 0; model != NULL && column < model->column_count && done; column++)
            done = lint_column(loader, table, model, column);
        table_free(model);
        if (!done)
            return false;
    }
    return true;
}

bool loader_lint(struct loader *loader)
{
    return lint_parts(loader) && lint_choices(loader) && lint_attributes(loader) && lint_tables(loader);
}
