/*
 * district_front.h - what the words in front of a name without a type word say; inside value/ only.
 */
#ifndef TRICH_VALUE_DISTRICT_FRONT_H
#define TRICH_VALUE_DISTRICT_FRONT_H

#include "district.h"

enum district_front {
    FRONT_NOTHING,
    FRONT_PLACE, /* a word that stands before places: tại, UBND */
    FRONT_ORGAN, /* an organ that units of this level have, and smaller ones not: Hạt Kiểm lâm */
    FRONT_LAND,  /* the name is a lake's, a team's, a person's, which it alone may mean as well */
    FRONT_PAST,  /* a dynasty's, a capital's of old, unless the name is clear */
    FRONT_OTHER, /* the name is a street's, a school's … */
    FRONT_BEGAN  /* the name is the end of a longer one, which began before */
};

/* By the table before-districts.tsv; at: start of the name in the text. */
enum district_front district_front(const struct reading *reading, const struct table *table, size_t at);

#endif
