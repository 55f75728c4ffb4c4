#include "numeral.h"

#include "lookup.h"

enum { MAX_VALUE = 999999 };

static bool read_digits(struct slice words, int *value)
{
    if (words.length == 0 || words.length > 6)
        return false;
    int number = 0;
    for (size_t i = 0; i < words.length; i++) {
        if (words.data[i] < '0' || words.data[i] > '9')
            return false;
        number = number * 10 + (words.data[i] - '0');
    }
    *value = number;
    return true;
}

/* A number being read word by word: total + (group + digits) so far. */
struct sum {
    int total, group;
    int digits;      /* digits named and not yet given a place; -1: none */
    int unit;        /* place of the last word that gave one: 1000, 100, 10; 0: none */
    bool after_zero; /* linh, lẻ: the digit to come is one of ones */
};

static void add_digit(struct sum *sum, int digit)
{
    sum->digits = sum->digits < 0 ? digit : sum->digits * 10 + digit;
}

static bool add_place(struct sum *sum, int place)
{
    int digits = sum->digits < 0 && place == 10 ? 1 : sum->digits;
    if (digits < 0 && (place != 1000 || sum->group == 0))
        return false;
    if (place == 1000) {
        sum->total += (sum->group + (digits > 0 ? digits : 0)) * 1000;
        sum->group = 0;
    } else {
        sum->group += digits * place;
    }
    sum->digits = -1;
    sum->unit = place;
    sum->after_zero = false;
    return sum->total <= MAX_VALUE;
}

static bool add_word(const struct table *table, struct slice word, struct sum *sum)
{
    long row = lookup_row(table, word);
    int value = lookup_number(table, row, COLUMN_VALUE, 0);
    struct slice role = lookup_cell(table, row, COLUMN_ROLE);
    if (slice_is(role, "digit") || slice_is(role, "last-digit")) {
        add_digit(sum, value);
        return sum->digits <= 9999;
    }
    if (slice_is(role, "ten") && sum->digits >= 0)
        return false;
    if (slice_is(role, "ten") || slice_is(role, "tens") || slice_is(role, "hundred") ||
        slice_is(role, "thousand"))
        return add_place(sum, value);
    if (slice_is(role, "half") && sum->unit >= 100 && sum->digits < 0) {
        sum->group += sum->unit / 2;
        return true;
    }
    sum->after_zero = true;
    return slice_is(role, "zero") && sum->digits < 0;
}

static bool read_words(const struct table *table, struct slice words, int *value)
{
    struct sum sum = {0, 0, -1, 0, false};
    size_t at = 0;
    while (at < words.length) {
        size_t end = at;
        while (end < words.length && strchr(" \n,", words.data[end]) == NULL)
            end++;
        if (end > at && !add_word(table, (struct slice){words.data + at, end - at}, &sum))
            return false;
        at = end + 1;
    }
    if (sum.digits >= 0) {
        /* một trăm ba: a lone digit behind hundreds or thousands names the next lower place */
        bool lower = sum.unit >= 100 && !sum.after_zero && sum.digits <= 9;
        sum.group += lower ? sum.digits * (sum.unit / 10) : sum.digits;
    }
    *value = sum.total + sum.group;
    return words.length > 0;
}

bool numeral_read(const struct rules *rules, struct slice words, int *value)
{
    if (words.data == NULL)
        return false;
    if (read_digits(words, value))
        return true;
    const struct table *roman = rules_known(rules, TABLE_ROMAN);
    long row = lookup_row(roman, words);
    if (row != TABLE_NONE) {
        *value = lookup_number(roman, row, COLUMN_VALUE, 0);
        return true;
    }
    return read_words(rules_known(rules, TABLE_NUMERALS), words, value);
}
