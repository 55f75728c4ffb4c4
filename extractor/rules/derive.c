/* What is worked out of the patterns when all of them are there: the automaton and the programs. */
#include <stdlib.h>

#include "automaton.h"
#include "loader.h"
#include "program.h"

static bool derive(struct rules *rules, struct syntax *syntax, struct trich_error *error)
{
    struct programs *programs = programs_build(rules, syntax, error);
    struct automaton *automaton = programs != NULL ? automaton_build(rules, syntax, error) : NULL;
    rules->programs = programs;
    rules->automaton = automaton;
    if (automaton == NULL)
        return false;
    rules->charsets = syntax->charsets->items; /* now the rules' */
    rules->charset_count = syntax->charsets->count;
    syntax->charsets->items = NULL;
    programs->charsets = rules->charsets;
    automaton->charsets = rules->charsets;
    return true;
}

bool loader_derive(struct rules *rules, struct trich_error *error)
{
    const char **patterns = calloc(rules->rule_count + 1, sizeof *patterns);
    if (patterns == NULL)
        return error_memory(error);
    for (size_t i = 0; i < rules->rule_count; i++)
        patterns[i] = rules->rules[i]->pattern;
    struct syntax syntax;
    bool done = syntax_init(&syntax, patterns, rules->rule_count) ? derive(rules, &syntax, error)
                                                                  : error_memory(error);
    syntax_clear(&syntax);
    free(patterns);
    return done;
}
