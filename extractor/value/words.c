#include "words.h"
#include "character.h"

#include "lookup.h"

enum { PHRASE_WORDS = 2 };

static size_t word_end(struct slice text, size_t at)
{
    while (at < text.length && is_letter(text.data[at]))
        at++;
    return at;
}

static size_t word_start(struct slice text, size_t at)
{
    while (at > 0 && is_letter(text.data[at - 1]))
        at--;
    return at;
}

const struct table *words_table(const struct rules *rules)
{
    return rules_known(rules, TABLE_WORDS);
}

bool words_are(const struct table *words, struct slice phrase, enum trait role)
{
    if (words == NULL || phrase.length == 0)
        return false;
    return has_trait(lookup_traits(words, table_find(words, phrase)), role);
}

bool words_end(const struct table *words, struct slice text, enum trait role)
{
    if (text.length == 0 || !is_blank(text.data[text.length - 1]))
        return false;
    size_t end = text.length - 1;
    size_t start = end;
    for (size_t count = 0; count < PHRASE_WORDS; count++) {
        if (count > 0 && (start == 0 || !is_blank(text.data[--start])))
            return false;
        start = word_start(text, start);
        if (words_are(words, (struct slice){text.data + start, end - start}, role))
            return true;
    }
    return false;
}

bool words_begin(const struct table *words, struct slice text, enum trait role)
{
    return text.length > 0 && is_blank(text.data[0]) &&
           words_are(words, (struct slice){text.data + 1, word_end(text, 1) - 1}, role);
}

bool words_include(const struct table *words, struct slice text, enum trait role)
{
    for (size_t at = 0; at < text.length;) {
        size_t end = word_end(text, at);
        bool longer = false; /* most words begin no phrase of the table */
        long row =
            words == NULL || end == at
                ? TABLE_NONE
                : table_find_part(words, (struct slice){text.data + at, end - at}, TABLE_BEGINNING, &longer);
        if (has_trait(lookup_traits(words, row), role))
            return true;
        size_t both =
            longer && end + 1 < text.length && is_blank(text.data[end]) ? word_end(text, end + 1) : end;
        if (both > end && words_are(words, (struct slice){text.data + at, both - at}, role))
            return true;
        at = end + 1;
    }
    return false;
}
