/* rules.c - `trich rules`: trying the rules' examples, listing them, writing the built-in ones out. */
#include <stdio.h>
#include <string.h>

#include "../trich.h"
#include "message.h"
#include "options.h"
#include "setup.h"

static void report(void *closure, const struct trich_error *problem)
{
    (void)closure;
    message_error(NULL, problem);
}

static int check(const trich_rules *rules, const struct options *options)
{
    struct trich_error error;
    size_t problems;
    size_t examples = 0;
    if (!trich_rules_check(rules, report, NULL, &problems, &error)) {
        message_error(NULL, &error);
        return EXIT_TROUBLE;
    }
    for (size_t i = 0; i < trich_rules_count(rules); i++)
        examples += trich_rules_get(rules, i).example_count;
    size_t count = trich_rules_count(rules);
    if (!options->quiet)
        printf("%zu %s, %zu %s, %zu %s\n", count, count == 1 ? "rule" : "rules", examples,
               examples == 1 ? "example" : "examples", problems, problems == 1 ? "problem" : "problems");
    return problems > 0 ? EXIT_SHORT : EXIT_GOOD;
}

/* One rule a line: where it stands, kind, role, id; with --verbose the pattern that PCRE2 is given. */
static int list(const trich_rules *rules, const struct options *options)
{
    for (size_t i = 0; i < trich_rules_count(rules); i++) {
        struct trich_rule_info rule = trich_rules_get(rules, i);
        printf("%s:%zu\t%s\t%s%s\t%s", rule.file, rule.line, rule.kind, rule.role,
               rule.reject ? " reject" : "", rule.id);
        if (options->verbose) {
            putchar('\t');
            for (const char *p = rule.pattern; *p != '\0'; p++)
                fputs(*p == '\n' ? "\\n" : (char[]){*p, '\0'}, stdout);
        }
        putchar('\n');
    }
    return EXIT_GOOD;
}

static int export(const char *directory)
{
    struct trich_error error;
    if (trich_rules_export(directory, &error))
        return EXIT_GOOD;
    message_error(NULL, &error);
    return EXIT_TROUBLE;
}

int rules_command(const struct options *options)
{
    const char *what = options->operands.count > 0 ? options->operands.items[0] : "list";
    if (strcmp(what, "export") == 0 && options->operands.count == 2)
        return export(options->operands.items[1]);
    if (strcmp(what, "profile") == 0)
        return profile_command(options);
    bool checking = strcmp(what, "check") == 0;
    /* The directory may be given as an operand or by --rules. */
    size_t most = options->rules != NULL ? 1 : 2;
    if (options->operands.count > most || (!checking && strcmp(what, "list") != 0)) {
        message_say(NULL, "rules: use it as 'trich rules %s'", options_command_usage(COMMAND_RULES));
        return EXIT_TROUBLE;
    }
    struct options chosen = *options;
    if (options->operands.count == 2)
        chosen.rules = options->operands.items[1];
    trich_rules *rules = setup_rules(&chosen);
    if (rules == NULL)
        return EXIT_TROUBLE;
    int status = checking ? check(rules, options) : list(rules, options);
    trich_rules_free(rules);
    return status;
}
