/*
 * unmarked.h - words without their marks, for articles that have none; inside value/ only.
 */
#ifndef TRICH_VALUE_UNMARKED_H
#define TRICH_VALUE_UNMARKED_H

#include "lookup.h"

/* The letter without its marks, d for đ; LOOKUP_DROP for a mark of its own. For lookup_rewrite. */
int32_t unmarked_letter(int32_t code, int32_t before);
/*
 * The table before-districts with its keys as they are written without marks, less the rows that need theirs.
 * It is made when the first article without marks comes, and is the rules'; any thread may call. NULL if
 * there is no such table or no memory.
 */
const struct table *unmarked_fronts(const struct rules *rules);

#endif
