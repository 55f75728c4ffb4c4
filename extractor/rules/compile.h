/* compile.h - a rule's pattern: parts and tables put in, compiled by PCRE2 with JIT, its groups known. */
#ifndef TRICH_RULES_COMPILE_H
#define TRICH_RULES_COMPILE_H

#include "expand.h"
#include "rules.h"

/* Expands the rule's pattern from source as the rule file has it. */
bool rule_expand(struct rule *rule, const struct expansion *expansion, const char *source,
                 struct trich_error *error);

/*
 * Compiles the rule's pattern at once and says what is wrong with it: for rules that are not known to be
 * good. Numbers the groups of custom kinds.
 */
bool rule_try_compile(struct rules *rules, struct rule *rule, struct trich_error *error);

/*
 * What is wrong with a rule may be wrong with a part that it uses, in another file perhaps: puts what is
 * wrong with the shortest such part, which uses no other one, in the place of the error.
 */
void rule_blame_part(const struct expansion *expansion, struct trich_error *error);

void compiled_free(struct compiled *compiled);

#endif
