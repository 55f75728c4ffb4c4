/*
 * match.h - finding candidates in a normalized text and choosing among those that overlap.
 *
 * One pass from left to right. At each place where a rule can start, all rules that can start there are
 * tried; the candidate with the highest priority, then the longest, then of the first kind (none,
 * document-number, date, district, figure, custom), then of the first rule is offered to the caller, who may
 * refuse it; then the next best is offered. After an accepted candidate the pass goes on at its end.
 */
#ifndef TRICH_MATCH_MATCH_H
#define TRICH_MATCH_MATCH_H

#include "../base/arena.h"
#include "../rules/rules.h"

enum { MATCH_MAX_GROUPS = 40 };

struct match_group {
    short id;
    int32_t start, end; /* from whole_start, in front of which they may be: there is one of these for each
                           word of each record, so they are small */
};

struct match {
    const struct rule *rule;
    size_t start, end;             /* the record's extent in the normalized text */
    size_t whole_start, whole_end; /* the whole match, with words before and behind that are no part of it */
    struct match_group *groups;    /* those that took part, contexts' included */
    size_t group_count;
    const char *text; /* the normalized text */
};

/* The text of one of the match's groups. */
static inline struct slice match_group_text(const struct match *match, const struct match_group *group)
{
    return (struct slice){match->text + match->whole_start + group->start,
                          (size_t)(group->end - group->start)};
}

/* What a group captured, {NULL, 0} if it took no part. If several contexts set it, the first one counts. */
struct slice match_group(const struct match *match, int id);
bool match_has(const struct match *match, int id);
/* Start of the group in the normalized text; only if match_has. */
size_t match_group_start(const struct match *match, int id);

/* Working memory of one thread. */
struct matcher;
struct matcher *matcher_new(const struct rules *rules, struct trich_error *error);
void matcher_free(struct matcher *matcher);

/* Offered candidates: true accepts. The match is only valid during the call; copy what is to stay. */
typedef bool match_accept(void *closure, const struct match *match);

struct match_report {
    size_t limit_count; /* matches given up at PCRE2's match limit */
    const struct rule *limit_rule;
};

/* What became of a candidate. */
enum match_fate {
    MATCH_TAKEN,
    MATCH_OUTDONE,  /* another one here has the higher priority, is longer, or comes first */
    MATCH_REJECTED, /* by a context */
    MATCH_REFUSED   /* by the one whom it was offered to */
};

/* by: the rule that was taken instead, or the context that rejected; NULL for the other fates. */
typedef void match_observe(void *closure, const struct match *match, enum match_fate fate,
                           const struct rule *by);

/* Tells of every candidate from now on; NULL ends it. */
void matcher_observe(struct matcher *matcher, match_observe *observe, void *closure);

struct match_profile {
    size_t calls, matches, limit_hits;
    double seconds;
};

/* Counts and times each pattern from now on. False when out of memory. */
bool matcher_start_profile(struct matcher *matcher);
/* By the rule's index; NULL if no profile was started. */
const struct match_profile *matcher_profile(const struct matcher *matcher);

/* text: normal form. plain: try every rule at every place instead of those that the automaton finds (to check
 * it). */
bool match_text(struct matcher *matcher, const char *text, size_t length, bool plain, match_accept *accept,
                void *closure, struct match_report *report, struct trich_error *error);

#endif
