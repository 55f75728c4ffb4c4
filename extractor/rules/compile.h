/* compile.h - a rule's pattern: parts and tables put in, compiled by PCRE2 with JIT, its groups known. */
#ifndef TRICH_RULES_COMPILE_H
#define TRICH_RULES_COMPILE_H

#include "expand.h"
#include "rules.h"

/*
 * Compiles rule->pattern from source as the rule file has it. rules: for the custom kinds' groups. strict:
 * the pattern may be wrong; built-in ones are known to be good.
 */
bool compile_rule(struct rules *rules, struct rule *rule, const struct expansion *expansion,
                  const char *source, bool strict, struct trich_error *error);

#endif
