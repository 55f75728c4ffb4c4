/* The rules built into the library, as the build has prepared them. */
#include "builtin.h"

#include <stdlib.h>

#include "loader.h"
#include "prepared.h"

static bool list_tables(struct rules *rules, struct trich_error *error)
{
    rules->tables = calloc(prepared_rules.table_count + 1, sizeof *rules->tables);
    if (rules->tables == NULL)
        return error_memory(error);
    while (rules->table_count < prepared_rules.table_count) {
        rules->tables[rules->table_count] = (struct table *)&prepared_rules.tables[rules->table_count];
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
    bool done = rules->compiled != NULL ? list_tables(rules, error) : error_memory(error);
    if (done)
        return rules;
    rules_free(rules);
    return NULL;
}
