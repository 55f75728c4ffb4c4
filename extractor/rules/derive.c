/* What is worked out of the patterns when all of them are there: the automaton and the programs. */
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
    automaton->charset_count = rules->charset_count;
    return true;
}

bool loader_derive(struct rules *rules, struct trich_error *error)
{
    struct syntax syntax;
    bool done = syntax_init(&syntax) ? derive(rules, &syntax, error) : error_memory(error);
    syntax_clear(&syntax);
    return done;
}
