#include "vocabulary.h"

#define VOCABULARY_WORD(name, word) word,

static const char *const table_names[] = {VOCABULARY_TABLES(VOCABULARY_WORD)};
static const char *const column_names[] = {VOCABULARY_COLUMNS(VOCABULARY_WORD)};
static const char *const trait_names[] = {VOCABULARY_TRAITS(VOCABULARY_WORD)};

/* Place of the name among the names, count if it is not there. */
static size_t find_name(const char *const *names, size_t count, struct slice name)
{
    size_t i = 0;
    while (i < count && !slice_is(name, names[i]))
        i++;
    return i;
}

const char *vocabulary_table(enum table_id id)
{
    return table_names[id];
}

enum column_id vocabulary_column(struct slice name)
{
    return (enum column_id)find_name(column_names, COLUMN_IDS, name);
}

bool vocabulary_has_table(const char *name)
{
    return find_name(table_names, TABLE_IDS, slice_from(name)) < TABLE_IDS;
}

bool vocabulary_has_traits(struct slice column, bool *all_known)
{
    static const char *const names[] = {"effect", "roles", "traits", "class", "kind"};
    size_t place = find_name(names, sizeof names / sizeof *names, column);
    *all_known = place < 3; /* others have classes and kinds of their own */
    return place < sizeof names / sizeof *names;
}

traits vocabulary_traits(struct slice words, struct slice *unknown)
{
    traits set = {{0}};
    *unknown = (struct slice){NULL, 0};
    for (size_t at = 0; at < words.length;) {
        const char *blank = memchr(words.data + at, ' ', words.length - at);
        size_t end = blank != NULL ? (size_t)(blank - words.data) : words.length;
        struct slice word = {words.data + at, end - at};
        size_t trait = find_name(trait_names, TRAITS, word);
        if (trait < TRAITS)
            add_trait(&set, (enum trait)trait);
        else
            *unknown = word;
        at = end + 1;
    }
    return set;
}
