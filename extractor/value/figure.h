/* figure.h - the working value of a figure, between figure.c (what is read) and figure_write.c (attributes).
 */
#ifndef TRICH_VALUE_FIGURE_H
#define TRICH_VALUE_FIGURE_H

#include "figure_context.h"
#include "quantity.h"

struct figure {
    struct decimal value; /* the smaller one of a range */
    struct decimal other; /* the larger one of a range, or the total */
    bool range, total;
    bool bare;         /* an amount of money without its currency */
    const char *kind;  /* static */
    struct slice unit; /* symbol or currency code; {NULL, 0} for a count */
    struct slice per;
    struct slice of;
    struct slice mod;
};

#endif
