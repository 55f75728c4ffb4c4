/*
 * quantity.h - how much the digits and words of a number say: 1.060 tỷ, 3 triệu 150 ngàn, hai mươi lăm, 2,5.
 *
 * Vietnamese use: points group thousands, a comma marks decimals. Newspapers also write 2.5 triệu and
 * 1,500 người. What the reading follows, in this order:
 *   1.060  1.060.000    groups of three behind points are thousands (but 0.125 is a decimal)
 *   2.5  2.50  10.2475  a lone point with other than three digits behind is a decimal point
 *   1,5  10,2475        a lone comma is a decimal comma, unless
 *   1,500               three digits stand behind it and the number is of something that comes only whole
 *   1,234,567           several commas group thousands
 *   1.234,5  1,234.5    with both, the last marks decimals, unless
 *   33,448.222          a point comes last with three digits behind: then all of them group
 * Anything else (1.2.3, 0939.231) is no number.
 */
#ifndef TRICH_VALUE_QUANTITY_H
#define TRICH_VALUE_QUANTITY_H

#include "decimal.h"
#include "value.h"

struct quantity {
    struct decimal value;
    int power;      /* of ten: what its magnitude words multiply by in the end; 0 without them */
    bool spelled;   /* in words only */
    bool grouped;   /* digits with thousands marked */
    bool thousands; /* and the last of them are zeros: 4.000 */
    bool comma;     /* a lone comma groups them: 36,060, which may be a decimal */
    bool point;     /* a point marks decimals */
    int digits;     /* how many digits are printed, leading zeros too */
    char first;     /* the first of them; 0 if spelled */
};

/* whole: without a magnitude word it counts something that comes only whole. False if it is no number. */
bool quantity_read(const struct rules *rules, struct slice words, bool whole, struct quantity *quantity);

#endif
