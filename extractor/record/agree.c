#include "agree.h"

#include <string.h>

#include <utf8proc.h>

#include "../base/utf8.h"

enum built_in { DOCUMENT_NUMBER, DATE, DISTRICT, FIGURE, CUSTOM };

const char *const agree_kinds[AGREE_KIND_COUNT] = {"document-number", "date", "district", "figure"};

static const char *const required[AGREE_KIND_COUNT][7] = {
    {"value", "number", "type", NULL},
    {"value", NULL},
    {"name", "code", NULL},
    {"value", "min", "max", "total", "kind", "unit", NULL},
};

static enum built_in built_in(const char *kind)
{
    int i = 0;
    while (i < AGREE_KIND_COUNT && strcmp(kind, agree_kinds[i]) != 0)
        i++;
    return (enum built_in)i;
}

bool agree_is_required(const char *kind, const char *name)
{
    enum built_in which = built_in(kind);
    if (which == CUSTOM)
        return true;
    for (const char *const *entry = required[which]; *entry != NULL; entry++)
        if (strcmp(*entry, name) == 0)
            return true;
    return false;
}

/* ---- decimals ---- */

/* 0.0120e3: digits from the first to the last that is not 0, and the power of ten that the first counts. */
struct decimal {
    bool negative;
    const char *digits, *end; /* with the point, if it lies between; empty for zero */
    long power;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Bounded, so that it cannot overflow; what is beyond is no number that anybody means. */
static bool parse_exponent(const char *string, long *exponent)
{
    bool negative = *string == '-';
    if (*string == '-' || *string == '+')
        string++;
    if (!is_digit(*string))
        return false;
    for (; is_digit(*string) && *exponent < 1000000; string++)
        *exponent = *exponent * 10 + (*string - '0');
    if (negative)
        *exponent = -*exponent;
    return *string == '\0';
}

static bool parse_decimal(const char *string, struct decimal *decimal)
{
    long before = 0; /* digits in front of the point */
    long first = -1; /* which digit is the first that is not 0 */
    long count = 0;
    bool point = false;
    long exponent = 0;
    *decimal = (struct decimal){.negative = *string == '-'};
    if (*string == '-' || *string == '+')
        string++;
    for (; is_digit(*string) || (*string == '.' && !point); string++) {
        if (*string == '.') {
            point = true;
            continue;
        }
        if (*string != '0') {
            if (first < 0) {
                first = count;
                decimal->digits = string;
            }
            decimal->end = string + 1;
        }
        count++;
        before += !point;
    }
    if (count == 0)
        return false;
    if (*string == 'e' || *string == 'E') {
        if (!parse_exponent(string + 1, &exponent))
            return false;
    } else if (*string != '\0') {
        return false;
    }
    if (first < 0)
        decimal->negative = false;
    else
        decimal->power = before - 1 - first + exponent;
    return true;
}

static bool same_digits(const struct decimal *a, const struct decimal *b)
{
    const char *p = a->digits;
    const char *q = b->digits;
    while (p < a->end && q < b->end) {
        if (*p == '.')
            p++;
        if (*q == '.')
            q++;
        if (*p++ != *q++)
            return false;
    }
    return p == a->end && q == b->end;
}

bool agree_number(const char *a, const char *b)
{
    struct decimal x;
    struct decimal y;
    if (!parse_decimal(a, &x) || !parse_decimal(b, &y))
        return strcmp(a, b) == 0;
    return x.negative == y.negative && x.power == y.power && same_digits(&x, &y);
}

/* ---- attributes ---- */

static bool same_or_absent(const char *a, const char *b, bool (*same)(const char *, const char *))
{
    return a != NULL && b != NULL ? same(a, b) : a == b;
}

static bool same_string(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static const char *get_or_empty(const struct trich_record *record, const char *name)
{
    const char *value = trich_record_get(record, name);
    return value != NULL ? value : "";
}

static bool same(const struct trich_record *expected, const struct trich_record *got, const char *name)
{
    return same_or_absent(trich_record_get(expected, name), trich_record_get(got, name), same_string);
}

static bool same_number(const struct trich_record *expected, const struct trich_record *got, const char *name)
{
    return same_or_absent(trich_record_get(expected, name), trich_record_get(got, name), agree_number);
}

/* Required where the text supports it: only what is expected counts. */
static bool same_if_expected(const struct trich_record *expected, const struct trich_record *got,
                             const char *name)
{
    return *get_or_empty(expected, name) == '\0' || same(expected, got, name);
}

bool agree_all(const struct trich_record *expected, const struct trich_record *got)
{
    if (expected->attribute_count != got->attribute_count)
        return false;
    for (size_t i = 0; i < expected->attribute_count; i++) {
        const char *value = trich_record_get(got, expected->attributes[i].name);
        if (value == NULL || strcmp(value, expected->attributes[i].value) != 0)
            return false;
    }
    return true;
}

bool agree_required(const struct trich_record *expected, const struct trich_record *got)
{
    switch (built_in(expected->kind)) {
    case DOCUMENT_NUMBER:
        return same(expected, got, "value") && same(expected, got, "number") &&
               same_if_expected(expected, got, "type");
    case DATE:
        return same(expected, got, "value");
    case DISTRICT:
        return same(expected, got, "name") && same_if_expected(expected, got, "code");
    case FIGURE:
        return same_number(expected, got, "value") && same_number(expected, got, "min") &&
               same_number(expected, got, "max") && same_number(expected, got, "total") &&
               same(expected, got, "kind") &&
               strcmp(get_or_empty(expected, "unit"), get_or_empty(got, "unit")) == 0;
    case CUSTOM:
        break;
    }
    return agree_all(expected, got);
}

/* The lower-case character at *string, which moves on; 0 at the end. An invalid byte counts as itself. */
static utf8proc_int32_t next_lower(const char **string)
{
    utf8proc_int32_t character;
    if (**string == '\0')
        return 0;
    utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)*string, -1, &character);
    if (length < 1) {
        length = 1;
        character = (unsigned char)**string;
    }
    *string += length;
    return utf8_lower(character);
}

bool agree_of(const char *expected, const char *got)
{
    if (*got == '\0')
        return false;
    for (;;) {
        utf8proc_int32_t g = next_lower(&got);
        utf8proc_int32_t e = next_lower(&expected);
        if (g == 0)
            return e == 0 || e == ' ';
        if (g != e)
            return false;
    }
}
