/* gates.h - what exact F1 a validation has to reach: --min-f1, or all records of every kind. */
#ifndef TRICH_COMMAND_GATES_H
#define TRICH_COMMAND_GATES_H

#include "../trich.h"
#include "options.h"
#include "report.h"

struct gates {
    struct report_gate *list;
    size_t count, capacity;
};

/* The gates that --min-f1 asks for; false after a message: a kind that no rule finds is none. */
bool gates_parse(struct gates *gates, const struct options *options, const trich_rules *rules);
/* Holds the score against them; if none was asked for, against a gate of 100 for each kind. True if all are
 * good. */
bool gates_judge(struct gates *gates, const trich_score *score);
void gates_clear(struct gates *gates);

#endif
