#include "rules.h"

#include <stdlib.h>

#include "automaton.h"
#include "compile.h"
#include "loader.h"
#include "program.h"

static void example_clear(struct rule_example *example)
{
    free(example->text);
    free(example->date);
    free(example->extent);
    for (size_t i = 0; i < example->attribute_count; i++) {
        free((char *)example->attributes[i].name);
        free((char *)example->attributes[i].value);
    }
    free(example->attributes);
}

static void rule_free(struct rule *rule)
{
    if (rule == NULL)
        return;
    free(rule->id);
    free(rule->form);
    free(rule->forms);
    free(rule->file);
    free(rule->pattern);
    free(rule->start);
    free(rule->end);
    for (size_t i = 0; i < rule->example_count; i++)
        example_clear(&rule->examples[i]);
    free(rule->examples);
    free(rule);
}

static void custom_clear(struct custom_kind *custom)
{
    free(custom->name);
    for (size_t i = 0; i < custom->group_count; i++)
        free(custom->groups[i]);
    for (size_t i = 0; i < custom->attribute_count; i++) {
        free(custom->attributes[i].group);
        free(custom->attributes[i].normalize);
        free(custom->attributes[i].file);
    }
    free(custom->attributes);
}

struct rules *rules_new(void)
{
    struct rules *rules = calloc(1, sizeof *rules);
    if (rules != NULL && pthread_mutex_init(&rules->lock, NULL) != 0) {
        free(rules);
        return NULL;
    }
    return rules;
}

void rules_free(struct rules *rules)
{
    if (rules == NULL)
        return;
    for (size_t i = 0; rules->compiled != NULL && i < rules->rule_count; i++)
        compiled_free(rules->compiled[i]);
    free(rules->compiled);
    table_free(atomic_load_explicit(&rules->unmarked_fronts, memory_order_relaxed));
    (void)pthread_mutex_destroy(&rules->lock);
    if (!rules->prepared) {
        for (size_t i = 0; i < rules->rule_count; i++)
            rule_free(rules->rules[i]);
        free(rules->rules);
        for (int kind = 0; kind <= KIND_CUSTOM; kind++)
            free(rules->after[kind]);
        automaton_free((struct automaton *)rules->automaton);
        programs_free((struct programs *)rules->programs);
        free(rules->charsets);
    }
    for (size_t i = 0; i < rules->table_count; i++)
        table_free(rules->tables[i]);
    free(rules->tables);
    for (size_t i = 0; i < rules->custom_count; i++)
        custom_clear(&rules->customs[i]);
    free(rules->customs);
    for (size_t i = 0; i < rules->problem_count; i++) {
        free(rules->problems[i].file);
        free(rules->problems[i].message);
    }
    free(rules->problems);
    free(rules);
}

void rules_index_tables(struct rules *rules)
{
    for (int id = 0; id < TABLE_IDS; id++)
        rules->known[id] = rules_table(rules, vocabulary_table((enum table_id)id));
}
