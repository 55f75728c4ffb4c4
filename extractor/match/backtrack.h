/*
 * backtrack.h - runs a rule's program (rules/program.h) at a place in a text: tries its ways in their order,
 * and goes back when one fails, as PCRE2 does.
 */
#ifndef TRICH_MATCH_BACKTRACK_H
#define TRICH_MATCH_BACKTRACK_H

#include "../rules/program.h"

enum backtrack_result {
    BACKTRACK_NONE,
    BACKTRACK_MATCH,
    BACKTRACK_ASK /* PCRE2 must say: a rare character, or too many ways */
};

enum { BACKTRACK_UNSET = -0x7f7f7f80 }; /* no place: bytes that are all alike */

struct backtrack;

/* Working memory of one thread. NULL when out of memory. */
struct backtrack *backtrack_new(const struct programs *programs);
void backtrack_free(struct backtrack *backtrack);

/* Where a program ended, and its groups' starts and ends, by twice their number: from the place it ran at, in
 * front of which they are negative. */
struct backtrack_match {
    int32_t end;
    const int32_t *slots; /* valid until the next run; BACKTRACK_UNSET where a group took no part */
};

/*
 * Runs the program that starts at `start` where text, which is UTF-8 in normal form and of which length
 * bytes count, is at `at`; group_count: how many groups it has.
 */
enum backtrack_result backtrack_run(struct backtrack *backtrack, uint32_t start, size_t group_count,
                                    const char *text, size_t at, size_t length,
                                    struct backtrack_match *match);

#endif
