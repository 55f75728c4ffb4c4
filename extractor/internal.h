/* internal.h - what trich.c and its neighbours share behind the opaque types of trich.h. */
#ifndef TRICH_INTERNAL_H
#define TRICH_INTERNAL_H

#include "base/arena.h"
#include "match/match.h"
#include "rules/rules.h"
#include "text/text.h"
#include "trich.h"

struct trich_rules {
    struct rules *rules;
};

struct trich_extractor {
    trich_observe *observe;
    void *observe_closure;
    const struct rules *rules;
    struct text text;
    struct matcher *matcher;
    struct arena arena;
    struct trich_article article;
};

/* explain.c: has the matcher tell of its candidates if somebody observes. */
void explain_start(trich_extractor *extractor);
/* Tells that an item was dropped when the whole article was known. */
void explain_dropped(trich_extractor *extractor, const struct match *match);

#endif
