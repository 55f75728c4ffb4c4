/*
 * decimal.h - exact decimal numbers as strings of digits.
 *
 * A figure is given as it is printed: 0,1 is one tenth and 78.043.245 triệu has sixteen digits, neither of
 * which a binary floating-point number is safe for.
 */
#ifndef TRICH_VALUE_DECIMAL_H
#define TRICH_VALUE_DECIMAL_H

#include "../base/slice.h"

enum { DECIMAL_MAX_DIGITS = 48, DECIMAL_MAX_TEXT = 2 * DECIMAL_MAX_DIGITS + 4 };

/* The whole number that the digits make, divided by 10^scale; never negative. */
struct decimal {
    char digits[DECIMAL_MAX_DIGITS]; /* ASCII, most significant first, no leading zeros; none is zero */
    int count;
    int scale; /* 0 … DECIMAL_MAX_DIGITS */
};

/* digits: ASCII digits only, of which the last `scale` stand behind the point. False if there are too many.
 */
bool decimal_set(struct decimal *decimal, struct slice digits, int scale);
bool decimal_set_number(struct decimal *decimal, unsigned long number);
/* Times 10^power, power >= 0. */
bool decimal_shift(struct decimal *decimal, int power);
bool decimal_multiply(struct decimal *decimal, unsigned factor);
bool decimal_add(struct decimal *decimal, const struct decimal *other);
/* Less than 0, 0, greater than 0: as a is less than, equal to, greater than b. */
int decimal_compare(const struct decimal *a, const struct decimal *b);
bool decimal_is_whole(const struct decimal *decimal);
/* Plain notation with a point, no needless zeros; NUL-terminated. */
void decimal_write(const struct decimal *decimal, char text[DECIMAL_MAX_TEXT]);

#endif
