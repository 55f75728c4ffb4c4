/* agree.h - when two records of one kind say the same. */
#ifndef TRICH_RECORD_AGREE_H
#define TRICH_RECORD_AGREE_H

#include "../trich.h"

/* The four kinds of the contract, in its order. */
enum { AGREE_KIND_COUNT = 4 };
extern const char *const agree_kinds[AGREE_KIND_COUNT];

/* Whether an exact match depends on this attribute; of a custom kind all are such. */
bool agree_is_required(const char *kind, const char *name);
/* Whether got has what expected requires. */
bool agree_required(const struct trich_record *expected, const struct trich_record *got);
/* Whether all attributes are there on both sides and the same. */
bool agree_all(const struct trich_record *expected, const struct trich_record *got);
/* `of`: got begins the expected noun phrase at a word boundary; case does not matter. */
bool agree_of(const char *expected, const char *got);
/* Whether two numbers are equal as decimals (1.50 and 1.5); what is no number is compared as a string. */
bool agree_number(const char *a, const char *b);

#endif
