/* internal.h - what trich.c and its neighbours share behind the opaque types of trich.h. */
#ifndef TRICH_INTERNAL_H
#define TRICH_INTERNAL_H

#include "rules/rules.h"
#include "trich.h"

struct trich_rules {
    struct rules *rules;
};

#endif
