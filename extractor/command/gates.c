#include "gates.h"

#include <stdlib.h>
#include <string.h>

#include "kinds.h"
#include "message.h"

static struct report_gate *add(struct gates *gates, const char *kind, size_t kind_length, double minimum)
{
    gates->list = memory_grow(gates->list, gates->count, &gates->capacity, sizeof *gates->list);
    char *name = memory_get(kind_length + 1);
    memcpy(name, kind, kind_length);
    name[kind_length] = '\0';
    gates->list[gates->count] = (struct report_gate){.kind = name, .minimum = minimum};
    return &gates->list[gates->count++];
}

static bool is_kind(const char *kind, const trich_rules *rules)
{
    if (kind_number(kind) < KIND_COUNT || strcmp(kind, "all") == 0)
        return true;
    for (size_t i = 0; i < trich_rules_count(rules); i++)
        if (strcmp(kind, trich_rules_get(rules, i).kind) == 0)
            return strcmp(kind, "none") != 0;
    return false;
}

bool gates_parse(struct gates *gates, const struct options *options, const trich_rules *rules)
{
    *gates = (struct gates){NULL, 0, 0};
    for (size_t i = 0; i < options->min_f1.count; i++) {
        const char *argument = options->min_f1.items[i];
        const char *equals = strchr(argument, '=');
        char *end = NULL;
        double number = equals != NULL ? strtod(equals + 1, &end) : -1;
        if (equals == NULL || equals == argument || end == equals + 1 || *end != '\0' ||
            !(number >= 0 && number <= 100)) {
            message_say(NULL, "--min-f1: '%s' is not KIND=N with N from 0 to 100", argument);
            return false;
        }
        const char *kind = add(gates, argument, (size_t)(equals - argument), number)->kind;
        if (!is_kind(kind, rules)) {
            message_say(NULL, "--min-f1: '%s' is no kind of record: see 'trich rules list'", kind);
            return false;
        }
    }
    return true;
}

static struct trich_tally find_tally(const trich_score *score, const char *kind)
{
    for (size_t i = 0; i < trich_score_count(score); i++) {
        struct trich_tally tally = trich_score_get(score, i);
        if (strcmp(report_kind(&tally), kind) == 0)
            return tally;
    }
    return (struct trich_tally){.kind = kind};
}

bool gates_judge(struct gates *gates, const trich_score *score)
{
    bool good = true;
    if (gates->count == 0) {
        for (size_t i = 0; i < trich_score_count(score); i++) {
            struct trich_tally tally = trich_score_get(score, i);
            const char *kind = report_kind(&tally);
            add(gates, kind, strlen(kind), 100);
        }
    }
    for (size_t i = 0; i < gates->count; i++) {
        struct report_gate *gate = &gates->list[i];
        struct trich_tally tally = find_tally(score, gate->kind);
        size_t sum = tally.expected + tally.got;
        /* Of a kind that is nowhere all records are right. */
        gate->f1 = sum > 0 ? 200.0 * (double)tally.exact / (double)sum : 100;
        /* Without the division: what is asked for is met when it is met to the last digit. */
        gate->good = 200.0 * (double)tally.exact >= gate->minimum * (double)sum;
        good = good && gate->good;
    }
    return good;
}

void gates_clear(struct gates *gates)
{
    for (size_t i = 0; i < gates->count; i++)
        free((char *)gates->list[i].kind);
    free(gates->list);
}
