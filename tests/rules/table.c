/* Tables: a column of words has each row in the words' other spelling too. */
#include <criterion/criterion.h>

#include "../../extractor/base/buffer.h"
#include "../../extractor/rules/table.h"

static struct table *read(const char *text)
{
    struct trich_error error;
    struct table *table = table_read("t", "t.tsv", text, strlen(text), &error);
    cr_assert_not_null(table, "%s", error.message);
    return table;
}

static void expect(const struct table *table, const char *word, const char *says)
{
    struct slice cell = table_lookup(table, slice_from(word), 1);
    if (says == NULL)
        cr_expect_null(cell.data, "%s: %.*s", word, (int)cell.length, cell.data);
    else
        cr_expect(cell.data != NULL && slice_is(cell, says), "%s: %.*s", word, (int)cell.length, cell.data);
}

Test(table, words_with_y_have_a_row_with_i)
{
    struct table *table = read("# a head\nword\tsays\nkỹ sư\t1\nkỷ lý\t2\nTỶ\t3\nquý\t4\nđợt ký\t5");
    static const char *const words[][2] = {{"kỹ sư", "1"}, {"kĩ sư", "1"},  {"kỷ lý", "2"}, {"kỉ lý", "2"},
                                           {"kỷ lí", "2"}, {"kỉ lí", "2"},  {"TỈ", "3"},    {"quí", "4"},
                                           {"qui", NULL},  {"đợt kí", "5"}, {"kĩ", NULL}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        expect(table, words[i][0], words[i][1]);
    cr_expect_eq(table->written_count, 5);
    cr_expect_eq(table->row_count, 12);
    bool longer;
    cr_expect_eq(table_find_part(table, SLICE("kĩ"), TABLE_BEGINNING, &longer), TABLE_NONE);
    cr_expect(longer);
    table_free(table);
}

Test(table, a_row_of_its_own_goes_before_another_spelling)
{
    struct table *table = read("words\tsays\nly\tglass\nli\tmile\n");
    expect(table, "ly", "glass");
    expect(table, "li", "mile");
    cr_expect_eq(table->row_count, 2);
    table_free(table);
}

/* Not behind a vowel or inside a syllable, no capital without a tone, and no names. */
Test(table, other_letters_stay)
{
    struct table *table = read("word\tsays\nủy\t1\nthuyền\t2\nCNY\t3\nyêu\t4\ngiây\t5\nnylon\t6\n");
    cr_expect_eq(table->row_count, 6);
    table_free(table);
    table = read("name\tsays\nMỹ Đức\t1\n");
    expect(table, "Mĩ Đức", NULL);
    table_free(table);
}

/* Three such letters have eight spellings; more of them, in rules that mean harm, no more. */
Test(table, long_keys_have_few_spellings)
{
    struct buffer text;
    buffer_init(&text);
    buffer_append_string(&text, "word\tsays\n");
    for (size_t i = 0; i < 40; i++)
        buffer_append_string(&text, "kỷ ");
    size_t key = text.length;
    buffer_append_string(&text, "x\tmany\n");
    buffer_append_byte(&text, '\0');
    struct table *table = read(text.data);
    cr_expect_eq(table->row_count, 8);
    table_free(table);
    text.length = key;
    for (size_t i = 0; i < 300; i++)
        buffer_append_byte(&text, 'a');
    buffer_append_string(&text, "\tlong\n");
    buffer_append_byte(&text, '\0');
    table = read(text.data);
    cr_expect_eq(table->row_count, 1);
    table_free(table);
    buffer_clear(&text);
}
