/* Roles of words: whole words only, phrases of two, line breaks as blanks. */
#include "../../extractor/value/words.h"

#include <criterion/criterion.h>

static const char text[] = "# a comment\nword\troles\ncảnh báo\tapprove\nảnh\tcaption label\nđến\tgoal\n";

static struct table *table;

static void read_table(void)
{
    table = table_read("words", "words.tsv", text, sizeof text - 1, NULL);
    cr_assert(table != NULL);
}

static void free_table(void)
{
    table_free(table);
}

TestSuite(words, .init = read_table, .fini = free_table);

static bool is_empty(traits set)
{
    for (int trait = 0; trait < 64 * TRAIT_WORDS; trait++)
        if (has_trait(set, (enum trait)trait))
            return false;
    return true;
}

Test(words, a_trait_is_a_whole_name)
{
    struct slice unknown;
    traits both = vocabulary_traits(slice_from("from count"), &unknown);
    cr_assert(has_trait(both, TRAIT_FROM) && has_trait(both, TRAIT_COUNT) && unknown.data == NULL);
    cr_assert(is_empty(vocabulary_traits(slice_from("counts"), &unknown)));
    cr_assert(slice_is(unknown, "counts"));
    cr_assert(is_empty(vocabulary_traits((struct slice){NULL, 0}, &unknown)));
}

/* Parts of keys: what may go on is found to, what cannot is not looked at further. */
Test(words, a_part_of_a_key_tells_whether_it_goes_on)
{
    bool longer;
    cr_assert_eq(table_find_part(table, slice_from("cảnh"), TABLE_BEGINNING, &longer), TABLE_NONE);
    cr_assert(longer);
    cr_assert_eq(table_find_part(table, slice_from("cảnh\nbáo"), TABLE_BEGINNING, &longer), 0);
    cr_assert_eq(table_find_part(table, slice_from("báo"), TABLE_ENDING, &longer), TABLE_NONE);
    cr_assert(longer);
    cr_assert_eq(table_find_part(table, slice_from("đến"), TABLE_ENDING, &longer), 2);
    cr_assert_eq(table_find_part(table, slice_from("báo"), TABLE_BEGINNING, &longer), TABLE_NONE);
    cr_assert(!longer);
}

Test(words, a_word_has_each_of_its_roles)
{
    cr_assert(words_are(table, slice_from("ảnh"), TRAIT_CAPTION));
    cr_assert(words_are(table, slice_from("ảnh"), TRAIT_LABEL));
    cr_assert(!words_are(table, slice_from("ảnh"), TRAIT_GOAL));
    cr_assert(!words_are(table, slice_from("Ảnh"), TRAIT_CAPTION));
    cr_assert(!words_are(table, slice_from(""), TRAIT_CAPTION));
    cr_assert(!words_are(NULL, slice_from("ảnh"), TRAIT_CAPTION));
}

Test(words, the_last_words_end_with_a_blank)
{
    cr_assert(words_end(table, slice_from("tính đến "), TRAIT_GOAL));
    cr_assert(words_end(table, slice_from("đến\n"), TRAIT_GOAL));
    cr_assert(words_end(table, slice_from("mưa, cảnh\nbáo "), TRAIT_APPROVE));
    cr_assert(!words_end(table, slice_from("tính đến"), TRAIT_GOAL));
    cr_assert(!words_end(table, slice_from("đến nay "), TRAIT_GOAL));
    cr_assert(!words_end(table, slice_from("cảnh, báo "), TRAIT_APPROVE));
    cr_assert(!words_end(table, slice_from(" "), TRAIT_GOAL));
    cr_assert(!words_end(table, slice_from(""), TRAIT_GOAL));
}

Test(words, the_first_word_stands_behind_a_blank)
{
    cr_assert(words_begin(table, slice_from(" đến 2030"), TRAIT_GOAL));
    cr_assert(!words_begin(table, slice_from("đến 2030"), TRAIT_GOAL));
    cr_assert(!words_begin(table, slice_from(" đếnh"), TRAIT_GOAL));
    cr_assert(!words_begin(table, slice_from(" "), TRAIT_GOAL));
}

Test(words, one_within_is_no_part_of_another)
{
    cr_assert(words_include(table, slice_from(". (ảnh: A) "), TRAIT_CAPTION));
    cr_assert(words_include(table, slice_from("ảnh"), TRAIT_CAPTION));
    cr_assert(words_include(table, slice_from("ra cảnh\nbáo"), TRAIT_APPROVE));
    cr_assert(!words_include(table, slice_from("toàn cảnh và mảnh đất"), TRAIT_CAPTION));
    cr_assert(!words_include(table, slice_from("cảnh. báo"), TRAIT_APPROVE));
    cr_assert(!words_include(table, slice_from(""), TRAIT_CAPTION));
}
