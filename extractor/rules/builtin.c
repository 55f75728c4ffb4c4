/* The rules built into the library, as the build has prepared them. */
#include "builtin.h"

#include <stdlib.h>

#include "loader.h"
#include "prepared.h"

static bool add_table(struct rules *rules, const struct builtin_file *file, struct trich_error *error)
{
    static const char end[] = ".tsv";
    char name[64];
    size_t length = strlen(file->name) - (sizeof end - 1);
    struct table **tables = loader_grow(rules->tables, rules->table_count, sizeof *tables);
    if (tables == NULL || length >= sizeof name)
        return error_memory(error);
    rules->tables = tables;
    memcpy(name, file->name, length);
    name[length] = '\0';
    tables[rules->table_count] =
        table_defer(name, file->name, file->bytes, (size_t)(file->end - file->bytes));
    return tables[rules->table_count] != NULL ? ++rules->table_count > 0 : error_memory(error);
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
    rules->compiled = calloc(rules->rule_count + 1, sizeof *rules->compiled);
    bool done = rules->compiled != NULL || error_memory(error);
    for (const struct builtin_file *file = builtin_files; done && file->name != NULL; file++)
        if (loader_ends_with(file->name, ".tsv"))
            done = add_table(rules, file, error);
    rules_index_tables(rules);
    if (done)
        return rules;
    rules_free(rules);
    return NULL;
}
