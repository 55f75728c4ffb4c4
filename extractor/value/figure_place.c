/* Figures: whether a number stands alone, or inside a longer number, a word, a code, a formula or a heading.
 */
#include "character.h"
#include "figure.h"

static char byte_at(const struct reading *reading, size_t at)
{
    return at < reading->length ? reading->text[at] : '\0';
}

/* Words of two letters or more in lower case end in front of the stroke at `at`, or a size of memory:
 * 6GB/128GB. */
static bool is_rate(const char *text, size_t at)
{
    size_t start = at;
    while (start > 0 && is_letter(text[start - 1]))
        start--;
    bool memory =
        at - start == 2 && start > 0 && text[start + 1] == 'B' && strchr("GTM", text[start]) != NULL;
    return memory || (at - start > 1 && !figure_context_is_capital(text + start));
}

enum { PHONE_BYTES = 16, PHONE_DIGITS = 3 };

/* Behind the first groups of a telephone number: (028) 3512 0000, 024 3512 0000, 1900 1234. */
static bool goes_on_phone(const char *text, size_t at)
{
    if (at < 2 || strchr(" .-", text[at - 1]) == NULL || !(is_digit(text[at - 2]) || text[at - 2] == ')'))
        return false;
    size_t start = at;
    size_t digits = 0;
    while (start > 0 && at - start < PHONE_BYTES &&
           (is_digit(text[start - 1]) || strchr(" .-()", text[start - 1]) != NULL))
        digits += is_digit(text[--start]) ? 1 : 0;
    while (start < at && !is_digit(text[start]))
        start++;
    if (digits < PHONE_DIGITS ||
        (start > 1 && strchr(" ,", text[start - 1]) != NULL && is_digit(text[start - 2])))
        return false;
    size_t group = 0;
    while (start + group < at && is_digit(text[start + group]))
        group++;
    return (text[start] == '0' && group >= 2 && group <= 4) ||
           (group == 4 && text[start] == '1' && (text[start + 1] == '8' || text[start + 1] == '9') &&
            text[start + 2] == '0' && text[start + 3] == '0');
}

enum { URL_BYTES = 80 };

/* Behind a colon of an address: https://example.vn:443 */
static bool is_port(const char *text, size_t at)
{
    size_t start = at;
    while (start > 0 && at - start < URL_BYTES && !is_blank(text[start - 1]))
        start--;
    for (; start + 2 < at; start++)
        if (memcmp(text + start, "://", 3) == 0)
            return true;
    return false;
}

/* Part of a longer number, word or code: A2, 12.5 from its 5, 16/2013, 4x100. */
bool figure_starts_inside(const struct figure_candidate *candidate)
{
    const char *text = candidate->reading->text;
    size_t at = candidate->start;
    if (at == 0)
        return false;
    char before = text[at - 1];
    if (goes_on_phone(text, at) || (before == ':' && is_port(text, at)))
        return true;
    bool sign = before == '+' || before == '-';
    if (before == '=' || at < 2 || (sign && (is_blank(text[at - 2]) || text[at - 2] == '(')))
        return false;
    /* 12MP+13MP, 6 tỷ VNĐ/1 năm: amounts joined by a sign */
    if ((before == '+' || before == '/') && candidate->reading->item_count > 0 &&
        candidate->reading->items[candidate->reading->item_count - 1]->match.end == at - 1)
        return false;
    bool compares = at >= 3 && (memcmp(text + at - 3, "\xE2\x89\xA5", 3) == 0 ||
                                memcmp(text + at - 3, "\xE2\x89\xA4", 3) == 0); /* ≥, ≤ */
    if (compares)
        return false;
    if (candidate->factor && (before == 'x' || before == 'X' || (unsigned char)before == 0x97))
        return !is_digit(text[at - 2]) && !is_blank(text[at - 2]) &&
               (unsigned char)text[at - 2] != 0xc3; /* 3x4 m, 3×4 m */
    if (before == '/' && is_rate(text, at - 1)) /* 16 xe/1.000 dân, 1.000 đồng/20 cái; but f/2.0, NĐ/20 */
        return false;
    if (is_letter(before) || is_digit(before) || sign || strchr("_@#/\\&%", before) != NULL)
        return true;
    return (strchr(".,:", before) != NULL && is_digit(text[at - 2])) ||
           (before == '.' && is_letter(text[at - 2]));
}

/* 6 triệu…: its bytes look like a letter's */
static bool is_ellipsis(const struct reading *reading, size_t at)
{
    return at + 2 < reading->length && memcmp(reading->text + at, "\xE2\x80\xA6", 3) == 0;
}

bool figure_ends_inside(const struct figure_candidate *candidate)
{
    const struct reading *reading = candidate->reading;
    char behind = byte_at(reading, candidate->end);
    char next = byte_at(reading, candidate->end + 1);
    if (is_ellipsis(reading, candidate->end))
        return false;
    if (is_letter(behind) || is_digit(behind) || strchr("_@+\\&=", behind) != NULL)
        return behind != '\0';
    if (strchr("%$", behind) != NULL)
        return behind != '\0';
    if (behind == '/' && is_letter(reading->text[candidate->end - 1])) /* 61 triệu/chiếc */
        return false;
    return behind != '\0' && strchr(".,:-/", behind) != NULL &&
           (is_digit(next) || (is_letter(next) && behind != ',' && behind != '.'));
}

static bool is_operator(char c)
{
    return c == '=' || c == 'x';
}

/* A factor or result: 1,5 x 115.000 đồng = 172.500 đồng */
bool figure_is_in_formula(const struct figure_candidate *candidate)
{
    const char *text = candidate->reading->text;
    size_t end = candidate->end;
    size_t start = candidate->start;
    if (is_blank(byte_at(candidate->reading, end)) && is_operator(text[end + 1]) &&
        is_blank(byte_at(candidate->reading, end + 2)))
        return true;
    return start >= 3 && is_blank(text[start - 1]) && is_operator(text[start - 2]) &&
           is_blank(text[start - 3]);
}

/* "Tổng số ca: 38.623" with nothing behind in its line */
bool figure_stands_alone(const struct figure_candidate *candidate)
{
    char behind = byte_at(candidate->reading, candidate->end);
    char next = byte_at(candidate->reading, candidate->end + 1);
    return behind == '\0' || behind == '\n' ||
           (strchr(",;.", behind) != NULL && (next == '\0' || is_blank(next)));
}

/* In a heading capitals say nothing: CÔNG BỐ 01 THỦ TỤC, 15 TRIỆU NGƯỜI. */
bool figure_is_in_heading(const struct figure_candidate *candidate, const struct figure_behind *behind)
{
    const char *text = candidate->reading->text;
    size_t magnitude = candidate->end;
    while (magnitude > candidate->start && !is_blank(text[magnitude - 1]))
        magnitude--;
    return behind->shouted && (candidate->before.shouted ||
                               (magnitude > candidate->start && figure_context_is_capital(text + magnitude)));
}

enum { SERIES_BYTES = 80 };

const struct item *figure_in_front(const struct figure_candidate *candidate)
{
    const struct reading *reading = candidate->reading;
    for (size_t i = reading->item_count; i > 0; i--) {
        const struct item *item = reading->items[i - 1];
        if (candidate->start - item->match.end > SERIES_BYTES)
            break;
        if (item->kind != KIND_DISTRICT)
            return item->kind == KIND_FIGURE ? item : NULL;
    }
    return NULL;
}
