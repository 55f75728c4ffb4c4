/* words.h - what the words beside a record say, by their roles in words.tsv. */
#ifndef TRICH_VALUE_WORDS_H
#define TRICH_VALUE_WORDS_H

#include "value.h"

/* The table, NULL if the rules have none: no word has a role then. */
const struct table *words_table(const struct rules *rules);
/* Whether the word or phrase has the role. */
bool words_are(const struct table *words, struct slice phrase, enum trait role);
/* Whether the last one or two words of the text do, which ends with them and a blank. */
bool words_end(const struct table *words, struct slice text, enum trait role);
/* Whether the word that the text begins with behind a blank does. */
bool words_begin(const struct table *words, struct slice text, enum trait role);
/* Whether one of the words of the text does, or two in a row. */
bool words_include(const struct table *words, struct slice text, enum trait role);

#endif
