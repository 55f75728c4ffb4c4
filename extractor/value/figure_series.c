/*
 * Numbers behind the names of places, without a noun: "Đà Nẵng (2), Hà Tĩnh (3) và Quảng Ninh (3)",
 * "các xã Sán Chải 1, Nàn Sán 1, Cán Hồ 2". What they count was said before, or is the text's subject.
 */
#include "character.h"
#include "figure.h"
#include "lookup.h"

enum { MAX_ITEMS = 24, MAX_NAME_WORDS = 4, PLAIN_ITEMS = 3, MAX_TALLY_WORDS = 8 };

/* An item: a name in capitals and a number, with or without brackets. */
struct series_item {
    size_t name_start, name_end;
};

/* The name that the number at start stands behind. */
static bool item_before(const struct reading *reading, size_t start, struct series_item *item)
{
    const char *text = reading->text;
    size_t at = start;
    if (at > 0 && text[at - 1] == '(')
        at--;
    if (at == 0 || !is_blank(text[at - 1]))
        return false;
    at -= at > 1 && text[at - 2] == ':' ? 2 : 1; /* Hưng Nguyên: 4, Quỳnh Lưu: 2 */
    item->name_end = at;
    item->name_start = at;
    for (int words = 0; words < MAX_NAME_WORDS; words++) {
        size_t word = at;
        while (word > 0 && is_letter(text[word - 1]))
            word--;
        if (word == at || !figure_context_is_capital(text + word))
            break;
        item->name_start = word;
        if (word == 0 || !is_blank(text[word - 1]))
            break;
        at = word - 1;
    }
    return item->name_start < item->name_end;
}

/* Steps back over ", ", "; " or " và " and the number before; false if no other item stands there. */
static bool step_back(const struct reading *reading, size_t *at)
{
    const char *text = reading->text;
    size_t end = *at;
    if (!figure_context_joint_before(reading, &end))
        return false;
    if (end > 0 && text[end - 1] == ')')
        end--;
    size_t start = end;
    while (start > 0 && (is_digit(text[start - 1]) || (text[start - 1] == '.' && end > start)))
        start--;
    *at = start;
    return start < end;
}

/* Steps over what joins, a name and its number to the number's end; false if no other item stands there. */
static bool step(const struct reading *reading, size_t *end, struct slice *name)
{
    const char *text = reading->text;
    size_t at = *end;
    if (at < reading->length && text[at] == ')')
        at++;
    if (!figure_context_joint_behind(reading, &at) || !figure_context_is_capital(text + at))
        return false;
    *name = (struct slice){text + at, 0};
    for (int words = 0; words <= MAX_NAME_WORDS && at < reading->length && is_letter(text[at]); words++) {
        while (at < reading->length && is_letter(text[at]))
            at++;
        name->length = (size_t)(text + at - name->data);
        at += at + 1 < reading->length && text[at] == ':' ? 1 : 0;
        if (at + 1 >= reading->length || !is_blank(text[at]))
            return false;
        at++;
    }
    if (at < reading->length && text[at] == '(')
        at++;
    *end = at;
    while (*end < reading->length && is_digit(text[*end]))
        ++*end;
    return *end > at;
}

static struct slice name_of(const struct reading *reading, const struct series_item *item)
{
    return (struct slice){reading->text + item->name_start, item->name_end - item->name_start};
}

/* The same words, over a line break or not. */
static bool is_same_name(struct slice a, struct slice b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (a.data[i] != b.data[i] && !(is_blank(a.data[i]) && is_blank(b.data[i])))
            return false;
    return true;
}

static bool is_place(const struct reading *reading, const struct series_item *item)
{
    static const enum table_id tables[] = {TABLE_PROVINCES, TABLE_DISTRICTS, TABLE_DISTRICT_SPELLINGS};
    struct slice name = name_of(reading, item);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (lookup_row(rules_known(reading->rules, tables[i]), name) != TABLE_NONE)
            return true;
    return false;
}

bool figure_series_counts(const struct reading *reading, size_t start, size_t end)
{
    struct series_item item;
    struct series_item other;
    if (!item_before(reading, start, &item))
        return false;
    bool own = is_place(reading, &item);
    bool place = own;
    int items = 1;
    for (struct slice name = {NULL, 0}; items < MAX_ITEMS && step(reading, &end, &name); items++)
        if (is_same_name(name_of(reading, &item), name)) /* Nhơn Trạch 2, Nhơn Trạch 3 are names */
            return false;
    size_t head = item.name_start;
    for (size_t at = head; items < MAX_ITEMS && step_back(reading, &at) && item_before(reading, at, &other);
         items++) {
        if (is_same_name(name_of(reading, &item), name_of(reading, &other)))
            return false;
        place = place || is_place(reading, &other);
        at = head = other.name_start;
    }
    place = place || figure_context_before(reading, head).place;
    return (own && items > 1) || (place && items >= PLAIN_ITEMS);
}

/* ---- tallies -------------------------------------------------------------------------------------- */

/* What may stand behind a tally: "không đội mũ bảo hiểm 06, vi phạm tốc độ 26." */
static bool ends_tally(const struct reading *reading, size_t at)
{
    return at >= reading->length || strchr(",;.)\n", reading->text[at]) != NULL;
}

/* The word in front of the number that starts at `start`. */
static struct slice word_before(const struct reading *reading, size_t start)
{
    size_t end = start - 1;
    size_t word = end;
    while (word > 0 && is_letter(reading->text[word - 1]))
        word--;
    return (struct slice){reading->text + word, end - word};
}

/* Neither an ordinal nor a name (khoản 3, tầng 5), nor behind the same word as another (tiêu chí 1, tiêu chí
 * 2). */
static bool is_tally(const struct reading *reading, size_t start, size_t other)
{
    if (start < 2 || !is_blank(reading->text[start - 1]) || !is_letter(reading->text[start - 2]))
        return false;
    struct figure_before before = figure_context_before(reading, start);
    struct slice word = word_before(reading, start);
    bool initials = word.length > 1 && word.data[1] >= 'A' && word.data[1] <= 'Z'; /* không có GPLX 02 */
    return !before.name && !before.label && !before.digits_name && (!before.capital || initials) &&
           !before.age && (start == other || !slice_equal(word, word_before(reading, other)));
}

/* Steps over a joint, words in lower case and their number to the number's end. */
static bool step_tally(const struct reading *reading, size_t *end, size_t other)
{
    const char *text = reading->text;
    size_t at = *end;
    if (at + 2 >= reading->length || (text[at] != ',' && text[at] != ';') || !is_blank(text[at + 1]) ||
        figure_context_is_capital(text + at + 2))
        return false;
    at += 2;
    for (int words = 0; words < MAX_TALLY_WORDS && at < reading->length && is_letter(text[at]); words++) {
        while (at < reading->length && is_letter(text[at]))
            at++;
        if (at + 1 >= reading->length || !is_blank(text[at]))
            return false;
        at++;
    }
    size_t number = at;
    while (at < reading->length && is_digit(text[at]))
        at++;
    *end = at;
    return at > number && ends_tally(reading, at) && is_tally(reading, number, other);
}

/* Steps back from a number over its words and a joint to the number in front. */
static bool step_tally_back(const struct reading *reading, size_t *start, size_t other)
{
    const char *text = reading->text;
    size_t at = *start;
    for (int words = 0; words < MAX_TALLY_WORDS && at > 1 && is_blank(text[at - 1]); words++) {
        size_t word = at - 1;
        while (word > 0 && is_letter(text[word - 1]))
            word--;
        if (word == at - 1)
            break;
        at = word;
    }
    if (at < 3 || at == *start || !is_blank(text[at - 1]) || (text[at - 2] != ',' && text[at - 2] != ';'))
        return false;
    at -= 2;
    size_t number = at;
    while (number > 0 && is_digit(text[number - 1]))
        number--;
    *start = number;
    return number < at && is_tally(reading, number, other);
}

bool figure_series_tallies(const struct reading *reading, size_t start, size_t end)
{
    if (!ends_tally(reading, end) || !is_tally(reading, start, start))
        return false;
    int items = 1;
    size_t first = start;
    while (items < PLAIN_ITEMS && step_tally(reading, &end, start))
        items++;
    while (items < PLAIN_ITEMS && step_tally_back(reading, &first, start))
        items++;
    return items >= PLAIN_ITEMS;
}

/* ---- series whose noun is left out ---------------------------------------------------------------- */

/* A name and a blank end where the number starts: a capital, then words, a few in all. */
static bool is_name_up_to(const struct reading *reading, size_t at, size_t start)
{
    const char *text = reading->text;
    if (at >= start || !figure_context_is_capital(text + at))
        return false;
    for (int words = 0; words <= MAX_NAME_WORDS; words++) {
        size_t word = at;
        while (at < start && is_letter(text[at]))
            at++;
        if (at == word || at >= start || !is_blank(text[at]))
            return false;
        if (++at == start)
            return true;
    }
    return false;
}

/* Words end in front of the number, the first of them with a capital. */
static bool is_behind_name(const struct reading *reading, size_t start)
{
    const char *text = reading->text;
    if (start > 0 && text[start - 1] == '(')
        start--;
    for (int words = 0; words < MAX_NAME_WORDS && start > 1 && is_blank(text[start - 1]); words++) {
        size_t word = start - 1;
        while (word > 0 && is_letter(text[word - 1]))
            word--;
        if (word == start - 1)
            return false;
        if (figure_context_is_capital(text + word))
            return true;
        start = word;
    }
    return false;
}

bool figure_series_goes_on(const struct figure_candidate *candidate)
{
    const struct reading *reading = candidate->reading;
    const char *text = reading->text;
    const struct item *front = figure_in_front(candidate);
    const struct figure *figure = front != NULL ? front->data : NULL;
    size_t start = candidate->start;
    bool bracket = start > 1 && text[start - 1] == '(' && candidate->end < reading->length &&
                   text[candidate->end] == ')'; /* Hull 7 điểm, Sunderland (5) */
    if (figure == NULL || figure->range || figure->total || figure->mod.data != NULL ||
        (figure->of.data == NULL && !figure->named) || !(bracket || figure_stands_alone(candidate)))
        return false;
    size_t at =
        figure->of.data != NULL ? (size_t)(figure->of.data + figure->of.length - text) : front->match.end;
    if (text[at] == ')')
        at++;
    start -= bracket ? 1 : 0;
    candidate->figure->named = at < start && is_behind_name(reading, front->match.start) &&
                               figure_context_joint_behind(reading, &at) && is_name_up_to(reading, at, start);
    return candidate->figure->named;
}
