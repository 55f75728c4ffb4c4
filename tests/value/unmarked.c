/* Words as they are written without marks. */
#include <criterion/criterion.h>

#include "../../extractor/value/unmarked.h"

static struct slice what(const struct table *table, const char *words)
{
    return lookup_cell(table, table_find(table, (struct slice){words, strlen(words)}), COLUMN_WHAT);
}

Test(unmarked, fronts)
{
    struct trich_error error;
    struct rules *rules = rules_builtin(&error);
    cr_assert(rules != NULL);
    const struct table *fronts = unmarked_fronts(rules);
    cr_assert(fronts != NULL);
    cr_expect(unmarked_fronts(rules) == fronts);
    cr_expect(slice_is(what(fronts, "duong"), "thing"));
    cr_expect(slice_is(what(fronts, "dia ban"), "place"));
    cr_expect(what(fronts, "đường").data == NULL);
    cr_expect(what(fronts, "co").data == NULL, "cô needs its mark");
    rules_free(rules);
}

/* Of words that are written alike without marks at most one sort may do without. */
Test(unmarked, no_word_says_two_things)
{
    struct trich_error error;
    char bare[LOOKUP_MAX_BYTES];
    struct rules *rules = rules_builtin(&error);
    cr_assert(rules != NULL);
    const struct table *all = rules_known(rules, TABLE_BEFORE_DISTRICTS);
    const struct table *fronts = unmarked_fronts(rules);
    cr_assert(all != NULL && fronts != NULL && all->row_count > 400);
    for (size_t row = 0; row < all->row_count; row++) {
        struct slice marks = lookup_cell(all, (long)row, COLUMN_MARKS);
        struct slice key = table_cell(all, row, 0);
        cr_expect(marks.length == 0 || slice_is(marks, "needed"));
        struct slice found =
            lookup_cell(fronts, table_find(fronts, lookup_rewrite(key, unmarked_letter, bare)), COLUMN_WHAT);
        cr_expect(marks.length > 0 || slice_equal(found, lookup_cell(all, (long)row, COLUMN_WHAT)), "%.*s",
                  (int)key.length, key.data);
    }
    rules_free(rules);
}
