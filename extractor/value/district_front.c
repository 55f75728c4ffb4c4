#include "district_front.h"

#include <utf8proc.h>

#include "../base/utf8.h"
#include "character.h"
#include "lookup.h"

enum { MAX_WORDS = 4, MAX_CAPITALS = 6, MAX_SYLLABLE = 7 }; /* letters: 'Nghiêng' */

/* The character that ends at `end`, which becomes its start; 0 at the start of the text. */
static int32_t step_back(const char *text, size_t *end)
{
    size_t length;
    if (*end == 0)
        return 0;
    *end = utf8_before((const unsigned char *)text, *end);
    return utf8_decode((const unsigned char *)text + *end, &length);
}

static bool is_word_letter(utf8proc_int32_t code)
{
    utf8proc_category_t category = utf8proc_category(code);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

static bool is_capital(utf8proc_int32_t code)
{
    return utf8proc_category(code) == UTF8PROC_CATEGORY_LU;
}

/* Start of the word that ends there: letters, digits and what may stand inside: GD&ĐT, ảnh: */
static size_t word_start(const char *text, size_t end)
{
    size_t start = end;
    size_t at = end;
    for (utf8proc_int32_t code; (code = step_back(text, &at)) != 0 && end - start < LOOKUP_MAX_BYTES;)
        if (is_word_letter(code) || (code < 0x80 && strchr("0123456789&:-", code) != NULL))
            start = at;
        else
            break;
    return start;
}

/* Row of the longest phrase of the table that ends at `end`. */
static long find_phrase(const struct table *table, const char *text, size_t end)
{
    long found = TABLE_NONE;
    size_t at = end;
    for (size_t i = 0; i < MAX_WORDS; i++) {
        size_t start = word_start(text, at);
        if (start == at || end - start >= LOOKUP_MAX_BYTES)
            break;
        long row = lookup_row(table, (struct slice){text + start, end - start});
        found = row != TABLE_NONE ? row : found;
        if (start < 2 || !is_blank(text[start - 1]) || is_blank(text[start - 2]))
            break;
        at = start - 1;
    }
    return found;
}

static bool is_number(utf8proc_int32_t code)
{
    return code >= '0' && code <= '9';
}

/*
 * A capital word within a sentence, an abbreviation or a brand ends there: 'Hải Phương Nam Phú Nhuận', 'VW
 * Long Biên', 'Volkswagen Long Biên', 'MB24 Vinh'.
 */
static bool ends_name(const char *text, size_t end)
{
    size_t letters = 0;
    size_t capitals = 0;
    size_t digits = 0;
    size_t at = end;
    size_t start = end;
    utf8proc_int32_t first = 0;
    for (utf8proc_int32_t code; (code = step_back(text, &at)) != 0 &&
                                (is_word_letter(code) || code == '&' || is_number(code)) &&
                                end - start < LOOKUP_MAX_BYTES;) {
        letters += is_word_letter(code);
        capitals += is_capital(code);
        digits += is_number(code);
        first = code;
        start = at;
    }
    if (!is_capital(first) || letters < 2)
        return false;
    if (digits > 0 || letters > MAX_SYLLABLE || (letters == capitals && letters <= MAX_CAPITALS))
        return true;
    if (start < 2 || text[start - 1] != ' ')
        return false;
    at = start - 1;
    utf8proc_int32_t before = step_back(text, &at);
    return is_word_letter(before) || utf8proc_category(before) == UTF8PROC_CATEGORY_ND ||
           (before < 0x80 && strchr(",;)\"'(/", before) != NULL);
}

enum district_front district_front(const struct reading *reading, const struct table *table, size_t at)
{
    const char *text = reading->text;
    /* A name does not go on over a line's end: headings have no stop there. */
    bool begun = at >= 1 && text[at - 1] == ' ' && ends_name(text, at - 1);
    if (at < 2 || !is_blank(text[at - 1]) || is_blank(text[at - 2]))
        return FRONT_NOTHING;
    long row = find_phrase(table, text, at - 1);
    struct slice what = lookup_cell(table, row, COLUMN_WHAT);
    if (slice_is(what, "place"))
        return FRONT_PLACE;
    if (slice_is(what, "organ"))
        return FRONT_ORGAN;
    if (slice_is(what, "land") || slice_is(what, "person"))
        return FRONT_LAND;
    if (slice_is(what, "past"))
        return begun ? FRONT_BEGAN : FRONT_PAST;
    if (what.length > 0 && !slice_is(what, "open"))
        return FRONT_OTHER;
    return what.length == 0 && begun ? FRONT_BEGAN : FRONT_NOTHING;
}
