#include "quantity.h"
#include "character.h"

#include "lookup.h"
#include "numeral.h"

/* ---- digits --------------------------------------------------------------------------------------- */

enum { MAX_GROUPS = 16 };

/* Runs of digits and what stands between them: '.', ',' or ' ' (a thousands blank). */
struct groups {
    struct slice runs[MAX_GROUPS];
    char marks[MAX_GROUPS]; /* marks[i] stands behind runs[i] */
    size_t count;
};

/* Over a mark between digits and a blank that slipped in beside it (2 .600; 1, 3), or a blank alone. */
static size_t mark_end(struct slice text, size_t at)
{
    size_t end = at;
    if (end < text.length && is_blank(text.data[end]))
        end++;
    if (end < text.length && (text.data[end] == '.' || text.data[end] == ','))
        end++;
    if (end == at + 1 && end < text.length && !is_blank(text.data[at]) && is_blank(text.data[end]))
        end++;
    return end;
}

static bool split_groups(struct slice text, struct groups *groups)
{
    groups->count = 0;
    for (size_t i = 0; i < text.length;) {
        size_t end = i;
        while (end < text.length && is_digit(text.data[end]))
            end++;
        if (end == i || groups->count == MAX_GROUPS)
            return false;
        size_t next = mark_end(text, end);
        groups->runs[groups->count] = (struct slice){text.data + i, end - i};
        char mark = 0;
        for (size_t at = end; at < next; at++)
            mark = mark == 0 || mark == ' ' ? (is_blank(text.data[at]) ? ' ' : text.data[at]) : mark;
        groups->marks[groups->count++] = mark;
        i = next > end ? next : end + 1;
    }
    return groups->count > 0;
}

/* Whether runs [0, count) look like thousands groups, all marked alike. */
static bool are_thousands(const struct groups *groups, size_t count)
{
    if (groups->runs[0].length > 3 || (groups->runs[0].data[0] == '0' && count > 1))
        return false;
    for (size_t i = 1; i < count; i++)
        if (groups->runs[i].length != 3 || groups->marks[i - 1] != groups->marks[0])
            return false;
    return true;
}

/* Lakhs and crores, as India groups: 4,58,000. */
static bool are_lakhs(const struct groups *groups)
{
    size_t last = groups->count - 1;
    for (size_t i = 0; i < last; i++)
        if (groups->marks[i] != ',' || groups->runs[i].length > 2 || (i > 0 && groups->runs[i].length != 2))
            return false;
    return groups->runs[last].length == 3 && groups->runs[0].data[0] != '0';
}

/* How many of the runs are whole part (the last one is then the decimals), 0 if it is no number. */
static size_t count_whole_runs(const struct groups *groups, bool whole)
{
    size_t count = groups->count;
    if (count == 1)
        return 1;
    const struct slice *last = &groups->runs[count - 1];
    char mark = groups->marks[count - 2];
    bool alike = mark == groups->marks[0];
    if (alike && count > 2)
        return are_thousands(groups, count) || are_lakhs(groups) ? count : 0;
    if (alike) {
        bool thousands = are_thousands(groups, 2);
        return thousands && (mark == '.' || mark == ' ' || whole) ? 2 : mark == ' ' ? 0 : 1;
    }
    if (!are_thousands(groups, count - 1))
        return 0;
    return last->length == 3 && (mark == '.' || whole) ? count : count - 1;
}

static bool read_digits(struct slice text, bool whole, struct quantity *quantity)
{
    struct groups groups;
    char digits[DECIMAL_MAX_DIGITS];
    size_t length = 0;
    if (!split_groups(text, &groups))
        return false;
    size_t whole_runs = count_whole_runs(&groups, whole);
    if (whole_runs == 0)
        return false;
    for (size_t i = 0; i < groups.count; i++) {
        if (length + groups.runs[i].length > sizeof digits)
            return false;
        memcpy(digits + length, groups.runs[i].data, groups.runs[i].length);
        length += groups.runs[i].length;
    }
    /* 0939.231 is a telephone number */
    if (groups.count > 1 && *groups.runs[0].data == '0' && groups.runs[0].length > 1)
        return false;
    int scale = whole_runs < groups.count ? (int)groups.runs[groups.count - 1].length : 0;
    if (quantity->digits == 0) {
        quantity->digits = (int)length;
        quantity->first = *groups.runs[0].data;
    }
    quantity->grouped = quantity->grouped || whole_runs > 1;
    quantity->comma = groups.count == 2 && groups.marks[0] == ',' && whole_runs == 2;
    quantity->thousands =
        whole_runs > 1 && whole_runs == groups.count && slice_is(groups.runs[whole_runs - 1], "000");
    quantity->point = quantity->point || (scale > 0 && groups.marks[groups.count - 2] == '.');
    return decimal_set(&quantity->value, (struct slice){digits, length}, scale);
}

/* ---- words ---------------------------------------------------------------------------------------- */

/* A sum of terms such as "3 triệu" and "150 ngàn". */
struct sum {
    struct decimal total;
    struct decimal term;
    bool has_term;
    int power; /* of the term's magnitude words */
    int front; /* of the term in front */
};

static int power_of_ten(const struct rules *rules, struct slice word)
{
    const struct table *table = rules_known(rules, TABLE_MAGNITUDES);
    long row = table != NULL ? table_find(table, word) : TABLE_NONE;
    return lookup_number(table, row, COLUMN_POWER, 0);
}

static bool begin_term(struct sum *sum, const struct decimal *term)
{
    if (sum->has_term && (sum->power == 0 || !decimal_add(&sum->total, &sum->term)))
        return false;
    sum->term = *term;
    sum->has_term = true;
    sum->front = sum->power;
    sum->power = 0;
    return true;
}

/* "chục triệu": a magnitude without a number is one of it */
static bool multiply_term(struct sum *sum, int power)
{
    struct decimal one;
    if (!sum->has_term && !(decimal_set_number(&one, 1) && begin_term(sum, &one)))
        return false;
    sum->power += power;
    return sum->power < DECIMAL_MAX_DIGITS && decimal_shift(&sum->term, power);
}

static bool has_role(const struct rules *rules, struct slice word, const char *role)
{
    const struct table *table = rules_known(rules, TABLE_NUMERALS);
    return slice_is(lookup_cell(table, lookup_row(table, word), COLUMN_ROLE), role);
}

static bool add_half(struct sum *sum)
{
    struct decimal half;
    return sum->has_term && sum->power > 0 && decimal_set_number(&half, 5) &&
           decimal_shift(&half, sum->power - 1) && decimal_add(&sum->term, &half);
}

/* A comma may join the terms of a sum in words: hai triệu, ba trăm ngàn */
static bool is_joint(char c)
{
    return is_blank(c) || c == ',';
}

static size_t word_end(struct slice words, size_t at)
{
    while (at < words.length && !is_joint(words.data[at]))
        at++;
    return at;
}

static size_t word_start(struct slice words, size_t at)
{
    while (at < words.length && is_joint(words.data[at]))
        at++;
    return at;
}

/* Length of the spelled number that starts the words: up to digits or a magnitude that numerals do not know.
 */
static size_t spelled_length(const struct rules *rules, struct slice words)
{
    const struct table *table = rules_known(rules, TABLE_NUMERALS);
    size_t length = 0;
    bool large = false; /* the word before is one that a half may follow: hai nghìn rưỡi */
    for (size_t at = 0; at < words.length;) {
        size_t end = word_end(words, at);
        long row = lookup_row(table, (struct slice){words.data + at, end - at});
        struct slice role = lookup_cell(table, row, COLUMN_ROLE);
        if (row == TABLE_NONE || slice_is(role, "point") || (at > 0 && !large && slice_is(role, "half")))
            break;
        large = slice_is(role, "thousand") || slice_is(role, "hundred");
        length = end;
        at = word_start(words, end);
    }
    return length;
}

/*
 * The decimals behind the word for the comma, digit by digit (phẩy không năm) or as a number (phẩy hai mươi
 * lăm); says how long they are, 0 if they are none.
 */
static size_t add_decimals(const struct rules *rules, struct slice words, struct sum *sum)
{
    const struct table *table = rules_known(rules, TABLE_NUMERALS);
    char digits[8];
    int scale = 0;
    size_t start = word_start(words, word_end(words, 0));
    struct slice decimals = {words.data + start, words.length - start};
    decimals.length = spelled_length(rules, decimals);
    size_t at = 0;
    while (at < decimals.length && scale < (int)sizeof digits) {
        size_t end = word_end(decimals, at);
        long row = lookup_row(table, (struct slice){decimals.data + at, end - at});
        if (!slice_is(lookup_cell(table, row, COLUMN_ROLE), "digit"))
            break;
        digits[scale++] = (char)('0' + lookup_number(table, row, COLUMN_VALUE, 0));
        at = word_start(decimals, end);
    }
    int value = 0;
    if (at < decimals.length) {
        if (!numeral_read(rules, decimals, &value) || value > 99)
            return 0;
        scale = value > 9 ? 2 : 1;
        digits[0] = (char)('0' + (value > 9 ? value / 10 : value));
        digits[1] = (char)('0' + value % 10);
    }
    struct decimal fraction;
    bool read = scale > 0 && sum->has_term && sum->power == 0 &&
                decimal_set(&fraction, (struct slice){digits, (size_t)scale}, scale) &&
                decimal_add(&sum->term, &fraction);
    return read ? start + decimals.length : 0;
}

/* Length of the digits that words start with, with the marks between them. */
static size_t digits_length(struct slice words)
{
    size_t length = 0;
    for (size_t next = 0; next < words.length && is_digit(words.data[next]); next = mark_end(words, length)) {
        length = next + 1;
        while (length < words.length && is_digit(words.data[length]))
            length++;
    }
    return length;
}

/* Reads what stands at the start of words and says how much that was; 0 if it is no part of a number. */
static size_t read_part(const struct rules *rules, struct slice words, bool whole, struct sum *sum,
                        struct quantity *quantity)
{
    if (is_digit(words.data[0])) {
        size_t length = digits_length(words);
        quantity->spelled = false;
        bool alone = length == words.length;
        struct slice digits = {words.data, length};
        return read_digits(digits, whole && alone, quantity) && begin_term(sum, &quantity->value) ? length
                                                                                                  : 0;
    }
    struct slice word = {words.data, word_end(words, 0)};
    int power = power_of_ten(rules, word);
    if (power > 0 && (sum->has_term || power > 3 || word.length == words.length))
        return multiply_term(sum, power) ? word.length : 0;
    if (power > 0 &&
        power_of_ten(rules, (struct slice){words.data + word.length + 1,
                                           word_end(words, word.length + 1) - word.length - 1}) > 0)
        return multiply_term(sum, power) ? word.length : 0;
    if (has_role(rules, word, "point"))
        return add_decimals(rules, words, sum);
    if (has_role(rules, word, "half"))
        return add_half(sum) ? word.length : 0;
    int value = 0;
    struct decimal spelled;
    struct slice numeral = {words.data, spelled_length(rules, words)};
    size_t next = word_start(words, numeral.length);
    struct slice behind = {words.data + next, word_end(words, next) - next};
    bool read = numeral.length > 0 && numeral_read(rules, numeral, &value) &&
                (value > 0 || has_role(rules, behind, "point")) &&
                decimal_set_number(&spelled, (unsigned long)value) && begin_term(sum, &spelled);
    return read ? numeral.length : 0;
}

bool quantity_read(const struct rules *rules, struct slice words, bool whole, struct quantity *quantity)
{
    struct sum sum = {.has_term = false, .power = 0, .front = 0};
    *quantity = (struct quantity){.spelled = true};
    if (words.length == 0 || !decimal_set_number(&sum.total, 0))
        return false;
    for (size_t at = 0; at < words.length;) {
        if (is_joint(words.data[at])) {
            at++;
            continue;
        }
        size_t length =
            read_part(rules, (struct slice){words.data + at, words.length - at}, whole, &sum, quantity);
        if (length == 0)
            return false;
        at += length;
    }
    if (!sum.has_term || !decimal_add(&sum.total, &sum.term))
        return false;
    quantity->value = sum.total;
    quantity->power = sum.power > 0 ? sum.power : sum.front;
    return true;
}
