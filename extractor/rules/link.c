/* Which contexts concern which rules. */
#include <stdlib.h>

#include "loader.h"

/* Whether word is one of the blank-separated words of list. */
static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);
    if (length == 0) /* a rule without a form: strstr would find it everywhere, and never move on */
        return false;
    for (const char *place = list; (place = strstr(place, word)) != NULL; place += length)
        if ((place == list || place[-1] == ' ') && (place[length] == ' ' || place[length] == '\0'))
            return true;
    return false;
}

static bool concerns(const struct rule *context, const struct rule *rule)
{
    return context->kind == rule->kind && (context->kind != KIND_CUSTOM || context->custom == rule->custom) &&
           (context->forms[0] == '\0' || has_word(context->forms, rule->form));
}

/* Rules of a role that concern rule (all of its kind if rule is NULL),
 * rejecting ones first, ended by NULL. */
static struct rule **collect(const struct rules *rules, enum rule_role role, const struct rule *rule,
                             enum kind kind)
{
    size_t count = 0;
    struct rule **list = calloc(rules->rule_count + 1, sizeof *list);
    for (int reject = 1; list != NULL && reject >= 0; reject--)
        for (size_t i = 0; i < rules->rule_count; i++) {
            struct rule *other = rules->rules[i];
            if (other->role == role && other->reject == (reject == 1) &&
                (rule != NULL ? concerns(other, rule) : other->kind == kind))
                list[count++] = other;
        }
    struct rule **shrunk = list != NULL ? realloc(list, (count + 1) * sizeof *list) : NULL;
    return shrunk != NULL ? shrunk : list;
}

bool loader_link(struct rules *rules, struct trich_error *error)
{
    for (size_t i = 0; i < rules->rule_count; i++) {
        struct rule *rule = rules->rules[i];
        rule->start = collect(rules, CONTEXT_START, rule, rule->kind);
        rule->end = collect(rules, CONTEXT_END, rule, rule->kind);
        if (rule->start == NULL || rule->end == NULL)
            return error_memory(error);
    }
    for (int kind = 0; kind <= KIND_CUSTOM; kind++) {
        rules->after[kind] = collect(rules, RULE_AFTER, NULL, (enum kind)kind);
        if (rules->after[kind] == NULL)
            return error_memory(error);
    }
    return true;
}
