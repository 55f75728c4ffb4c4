/* The rules built into the library, as the build has prepared them. */
#include "builtin.h"

#include <stdlib.h>

#include "loader.h"
#include "prepared.h"

/* What the build could not know of a table is where its bytes will be. */
static struct table *copy_table(const struct table *prepared)
{
    struct table *table = malloc(sizeof *table);
    if (table == NULL)
        return NULL;
    *table = *prepared;
    for (const struct builtin_file *file = builtin_files; file->name != NULL; file++)
        if (strcmp(file->name, table->file) == 0)
            table->bytes = file->bytes;
    return table;
}

static bool copy_tables(struct rules *rules, struct trich_error *error)
{
    rules->tables = calloc(prepared_rules.table_count + 1, sizeof *rules->tables);
    if (rules->tables == NULL)
        return error_memory(error);
    for (size_t i = 0; i < prepared_rules.table_count; i++) {
        rules->tables[i] = copy_table(&prepared_rules.tables[i]);
        if (rules->tables[i] == NULL)
            return error_memory(error);
        rules->table_count++;
    }
    rules_index_tables(rules);
    return true;
}

struct rules *rules_builtin(struct trich_error *error)
{
    struct rules *rules = rules_new();
    if (rules == NULL) {
        error_memory(error);
        return NULL;
    }
    rules->prepared = true;
    rules->rules = (struct rule **)prepared_rules.rules;
    rules->rule_count = prepared_rules.rule_count;
    memcpy(rules->after, prepared_rules.after, sizeof rules->after);
    rules->automaton = prepared_rules.automaton;
    rules->programs = prepared_rules.programs;
    rules->compiled = calloc(rules->rule_count + 1, sizeof *rules->compiled);
    bool done = rules->compiled != NULL ? copy_tables(rules, error) : error_memory(error);
    if (done)
        return rules;
    rules_free(rules);
    return NULL;
}
