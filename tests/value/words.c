/* Roles of words: whole words only, phrases of two, line breaks as blanks. */
#include "../../extractor/value/words.h"

#include <criterion/criterion.h>

static const char text[] = "# a comment\nword\troles\ncảnh báo\twarns\nảnh\tcaption picture\nđến\tgoal\n";

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

Test(words, a_role_is_a_whole_name)
{
    cr_assert(words_have(slice_from("from count"), "count"));
    cr_assert(words_have(slice_from("from count"), "from"));
    cr_assert(!words_have(slice_from("from counts"), "count"));
    cr_assert(!words_have(slice_from("recount"), "count"));
    cr_assert(!words_have((struct slice){NULL, 0}, "count"));
}

Test(words, a_word_has_each_of_its_roles)
{
    cr_assert(words_are(table, slice_from("ảnh"), "caption"));
    cr_assert(words_are(table, slice_from("ảnh"), "picture"));
    cr_assert(!words_are(table, slice_from("ảnh"), "goal"));
    cr_assert(!words_are(table, slice_from("Ảnh"), "caption"));
    cr_assert(!words_are(table, slice_from(""), "caption"));
    cr_assert(!words_are(NULL, slice_from("ảnh"), "caption"));
}

Test(words, the_last_words_end_with_a_blank)
{
    cr_assert(words_end(table, slice_from("tính đến "), "goal"));
    cr_assert(words_end(table, slice_from("đến\n"), "goal"));
    cr_assert(words_end(table, slice_from("mưa, cảnh\nbáo "), "warns"));
    cr_assert(!words_end(table, slice_from("tính đến"), "goal"));
    cr_assert(!words_end(table, slice_from("đến nay "), "goal"));
    cr_assert(!words_end(table, slice_from("cảnh, báo "), "warns"));
    cr_assert(!words_end(table, slice_from(" "), "goal"));
    cr_assert(!words_end(table, slice_from(""), "goal"));
}

Test(words, the_first_word_stands_behind_a_blank)
{
    cr_assert(words_begin(table, slice_from(" đến 2030"), "goal"));
    cr_assert(!words_begin(table, slice_from("đến 2030"), "goal"));
    cr_assert(!words_begin(table, slice_from(" đếnh"), "goal"));
    cr_assert(!words_begin(table, slice_from(" "), "goal"));
}

Test(words, one_within_is_no_part_of_another)
{
    cr_assert(words_include(table, slice_from(". (ảnh: A) "), "caption"));
    cr_assert(words_include(table, slice_from("ảnh"), "caption"));
    cr_assert(words_include(table, slice_from("ra cảnh\nbáo"), "warns"));
    cr_assert(!words_include(table, slice_from("toàn cảnh và mảnh đất"), "caption"));
    cr_assert(!words_include(table, slice_from("cảnh. báo"), "warns"));
    cr_assert(!words_include(table, slice_from(""), "caption"));
}
