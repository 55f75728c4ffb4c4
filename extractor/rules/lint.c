/* What loads but cannot be meant, kept in mind for the check of rules. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "../base/array.h"
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

static bool is_number(struct slice cell)
{
    for (size_t i = 0; i < cell.length; i++)
        if (memchr("0123456789.-", cell.data[i], sizeof "0123456789.-" - 1) == NULL)
            return false;
    return true;
}

static bool has_cell(const struct table *table, long column, struct slice cell)
{
    for (size_t row = 0; row < table->row_count; row++)
        if (slice_equal(table_cell(table, row, column), cell))
            return true;
    return false;
}

static bool holds_numbers(const struct table *table, long column)
{
    size_t filled = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        if (!is_number(table_cell(table, row, column)))
            return false;
        filled += table_cell(table, row, column).length > 0;
    }
    return filled > 0;
}

/* Patterns choose rows by a column's words, C reads its numbers: what is
 * neither is not seen by any of them. */
static bool lint_column(struct loader *loader, const struct table *table, const struct table *model,
                        size_t column)
{
    struct slice name = table_header(model, column);
    long own = table_column(table, name);
    if (own == TABLE_NONE)
        return note(loader, table->file, 1, "there is no column '%.*s', which the built-in table has",
                    (int)name.length, name.data);
    bool numbers = holds_numbers(model, (long)column);
    if (!numbers && !choices_have_column(&loader->choices, table->name, name))
        return true;
    for (size_t row = 0; row < table->written_count; row++) {
        struct slice cell = table_cell(table, row, own);
        bool good = cell.length == 0 || (numbers ? is_number(cell)
                                                 : choices_have(&loader->choices, table->name, name, cell) ||
                                                       has_cell(model, (long)column, cell));
        if (!good &&
            !note(loader, table->file, table_line(table, cell),
                  numbers ? "'%.*s' in the column %.*s is no number: mend the cell"
                          : "'%.*s' in the column %.*s means nothing: no pattern asks for it, mend the cell",
                  (int)cell.length, cell.data, (int)name.length, name.data))
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
        bool done = true;
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
    return lint_parts(loader) && lint_attributes(loader) && lint_tables(loader);
}
