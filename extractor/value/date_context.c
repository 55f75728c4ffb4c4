/* What the article settles: the day it speaks from. */
#include "date.h"
#include "lookup.h"
#include "words.h"

#include <string.h>

/* ---- the article's date, from the text ---- */

enum { HEAD_BYTES = 700, LEAD_BYTES = 500 };

/* A day of the lead: its year is its own, else the one that the text speaks from. */
static bool lead_day(const struct present *present, const struct date *date, struct day *day)
{
    *day = date_start_day(date);
    if (date->start.has_year)
        return !date->start.two_digits;
    day->year = present->year;
    return day->year != 0 && calendar_is_day(true, day->year, day->month, day->day);
}

/* "hôm qua (6/2)": the article's day is what the word counts from. */
static bool word_day(const struct present *present, const struct date *date, struct day *day)
{
    if (!date_counts_days(date) || !date_names_day(date))
        return false;
    if (!lead_day(present, date, day))
        return false;
    *day = calendar_add_days(*day, -lookup_number(date->words, date->word, COLUMN_SHIFT, 0));
    return true;
}

/* Hà Nội, ngày 5/3/2024 - : the dateline of news, not of a document. */
static bool opens_news(const struct reading *reading, const struct item *item)
{
    size_t at = item->match.end;
    while (at < reading->length && (reading->text[at] == ' ' || reading->text[at] == ')'))
        at++;
    return at < reading->length && (reading->text[at] == '-' || reading->text[at] == ':');
}

static bool find_text_date(const struct date_state *state, const struct present *present, struct day *day,
                           bool *signed_document)
{
    *signed_document = false;
    const struct item *dateline = NULL;
    const struct item *lead = NULL;
    for (size_t i = 0; i < state->date_count; i++) {
        const struct item *item = state->dates[i];
        const struct date *date = date_of(item);
        bool told = date->byline || (date->stamp && item->match.start < HEAD_BYTES);
        if (told && date->start.month != 0) {
            *day = date_start_day(date);
            return true;
        }
        if (word_day(present, date, day))
            return true;
        if (dateline == NULL && match_has(&item->match, DATE_dateline))
            dateline = item;
        if (lead == NULL && date_names_day(date) && !date_is_apart(item) && item->match.start < LEAD_BYTES &&
            match_has(&item->match, DATE_lead))
            lead = item;
    }
    if (dateline != NULL) {
        *day = date_start_day(date_of(dateline));
        *signed_document = !opens_news(state->reading, dateline);
        return true;
    }
    *signed_document = lead == NULL;
    return lead != NULL && lead_day(present, date_of(lead), day);
}

/* hôm 10/6, ngày 8/10 vừa qua: a day gone by; today is near it, but not it. */
static bool is_gone_by(const struct reading *reading, const struct item *item)
{
    struct slice said = {reading->text + item->match.start, item->match.end - item->match.start};
    return match_has(&item->match, DATE_past) || words_include(words_table(reading->rules), said, TRAIT_GONE);
}

/* Whether the text speaks from a day: hôm qua, hôm 10/6, năm ngoái. A regulation does not. */
static bool speaks_from_a_day(const struct date_state *state)
{
    for (size_t i = 0; i < state->date_count; i++) {
        const struct date *date = date_of(state->dates[i]);
        if (date_names_day(date) && is_gone_by(state->reading, state->dates[i]))
            return true;
        if (date->form == DATE_FORM_WORD && date->word != TABLE_NONE &&
            !slice_is(lookup_cell(date->words, date->word, COLUMN_FROM), "last") &&
            !slice_is(lookup_cell(date->words, date->word, COLUMN_USE), "generic"))
            return true;
    }
    return false;
}

/* Of a text without a date: whether it is a piece of a regulation. */
static bool regulates(const struct date_state *state)
{
    struct slice text = {state->reading->text, state->reading->length};
    return !speaks_from_a_day(state) &&
           words_include(words_table(state->reading->rules), text, TRAIT_REGULATION);
}

/* A word or edge that means any year's in a regulation: quý trước, cuối năm, ngày 20 tháng sau. */
static bool may_be_generic(const struct item *item)
{
    const struct date *date = date_of(item);
    if (date->form == DATE_FORM_EDGE)
        return date->start.unit == DATE_NO_UNIT;
    bool counts = (date->form == DATE_FORM_WORD && date->start.unit == DATE_NO_UNIT) ||
                  (date->form == DATE_FORM_POINT && !date->year_given);
    return counts && slice_is(lookup_cell(date->words, date->word, COLUMN_USE), "generic");
}

/* hồi đầu tháng: told of, in whatever text. */
static bool is_told(const struct reading *reading, const struct item *item)
{
    struct slice front = {reading->text, item->match.start};
    return words_end(words_table(reading->rules), front, TRAIT_TOLD);
}

bool date_is_generic(struct date_state *state, const struct item *item)
{
    if (!state->generic || !may_be_generic(item) || is_told(state->reading, item))
        return false;
    if (!state->weighed) { /* only now: most texts have no such word */
        state->weighed = true;
        state->generic = regulates(state);
    }
    return state->generic;
}

/* ---- the article's day, where only its month or year is given ---- */

/* Whether a day can be the article's; fills in the year. */
static bool fits(struct day given, struct day *day)
{
    if (day->year == 0)
        day->year = given.year;
    return day->year == given.year && (given.month == 0 || day->month == given.month) &&
           calendar_is_day(true, day->year, day->month, day->day);
}

/* Giá vàng ngày 6/2/2017 … hôm nay: a full day told of at the head, not a document's or one to come. */
static bool may_head(const struct date_state *state, const struct item *item)
{
    const struct date *date = date_of(item);
    return date->start.has_year && date->form == DATE_FORM_POINT && item->match.start < HEAD_BYTES &&
           !date_is_goal(state->reading, item);
}

/* Whether a clause ends at the place: with a sign that a blank follows, or the paragraph. */
static bool ends_clause(const struct reading *reading, size_t at)
{
    const char *text = reading->text;
    if (at + 1 >= reading->length)
        return true;
    if (text[at] == '\n')
        return text[at + 1] == '\n';
    return strchr(".;:!?", text[at]) != NULL && (text[at + 1] == ' ' || text[at + 1] == '\n');
}

/* bão sẽ đổ bộ vào ngày 28/10: a day to come, by what its clause says before it. */
static bool is_foretold(const struct reading *reading, const struct item *item)
{
    enum { CLAUSE_BYTES = 100 };
    size_t from = item->match.start > CLAUSE_BYTES ? item->match.start - CLAUSE_BYTES : 0;
    for (size_t at = item->match.start; at-- > from;)
        if (ends_clause(reading, at))
            from = at + 1;
    struct slice clause = {reading->text + from, item->match.start - from};
    return words_include(words_table(reading->rules), clause, TRAIT_WILL);
}

static bool opens_sentence(const struct reading *reading, const struct item *item)
{
    size_t start = item->match.start;
    return start < 2 || strchr(".!?\n", reading->text[start - 2]) != NULL;
}

/* Sáng 17/6, phóng viên có mặt: what happened is told of with the day at the sentence's head. */
static bool is_told_first(const struct reading *reading, const struct item *item)
{
    enum { CLAUSE_BYTES = 100 };
    size_t end = item->match.end;
    while (end < reading->length && end - item->match.end < CLAUSE_BYTES && !ends_clause(reading, end))
        end++;
    struct slice clause = {reading->text + item->match.end, end - item->match.end};
    return opens_sentence(reading, item) && !words_include(words_table(reading->rules), clause, TRAIT_WILL);
}

/* Whether the article may speak from the day of one that is foretold, if any is. */
static bool is_shortly_before(struct day day, struct day foretold)
{
    enum { SHORTLY = 31 };
    long distance = calendar_number(foretold) - calendar_number(day);
    return foretold.month == 0 || (distance >= 0 && distance <= SHORTLY);
}

/* Whether one of the first dates is a word for the same part of the day so many days from today (tối qua:
 * -1). */
static bool has_same_part(const struct date_state *state, const struct item *item, int shift)
{
    enum { FIRST_DATES = 12 };
    struct slice part = date_of(item)->part;
    const struct table *words = words_table(state->reading->rules);
    for (size_t i = 0; part.length > 0 && i < state->date_count && i < FIRST_DATES; i++) {
        const struct date *date = date_of(state->dates[i]);
        struct slice front = {state->reading->text, state->dates[i]->match.start};
        if (date->form == DATE_FORM_WORD && date_counts_days(date) && date->start.day == 0 &&
            lookup_number(date->words, date->word, COLUMN_SHIFT, 0) == shift &&
            slice_equal(date->part, part) && !words_end(words, front, TRAIT_COMPARE))
            return true;
    }
    return false;
}

/* Tối 7/2, hai đội đá giao hữu … trận tối qua: the evening told of is that of yesterday. A morning is often
 * the one before. */
static bool is_yesterday(const struct date_state *state, const struct item *item)
{
    return !slice_is(date_of(item)->part, "morning") && has_same_part(state, item, -1);
}

/*
 * A day that "today" or the like names in the text, or its byline; else the first day named without its year,
 * as news does for days close by, gone by or today's own; else a day at the head. Other days with a year are
 * no evidence, nor are days to come: they are deadlines and issue dates.
 */
static struct day find_today(const struct date_state *state, struct day given, bool *gone_by)
{
    enum { NEXT_DAYS = 7 };
    const struct item *told = NULL;
    struct day told_day = {0, 0, 0}, foretold = {0, 0, 0}, head = {0, 0, 0};
    bool tonight = false; /* the day foretold is today: sẽ diễn ra tối 27/5 … tối nay */
    bool ahead[DATE_MONTHS + 1][DATE_DAYS_OF_MONTH + 1] = {{false}}; /* said to come, here or elsewhere */
    *gone_by = false;
    for (size_t i = 0; i < state->date_count; i++)
        if (match_has(&state->dates[i]->match, DATE_ahead) && date_names_day(date_of(state->dates[i])))
            ahead[date_of(state->dates[i])->start.month][date_of(state->dates[i])->start.day] = true;
    for (size_t i = 0; i < state->date_count; i++) {
        const struct item *item = state->dates[i];
        const struct date *date = date_of(item);
        if (!date_names_day(date) || date_is_apart(item) || date_is_ahead(item))
            continue;
        struct day day = date_start_day(date);
        if (date->start.two_digits || !fits(given, &day))
            continue;
        if (date_counts_days(date) || date->byline) {
            int shift = date->byline ? 0 : lookup_number(date->words, date->word, COLUMN_SHIFT, 0);
            return calendar_add_days(day, -shift);
        }
        if (told == NULL && head.month == 0 && may_head(state, item))
            head = day;
        if (date->start.has_year || date->form == DATE_FORM_WORD || ahead[day.month][day.day])
            continue;
        if (told != NULL) {
            long later = calendar_number(day) - calendar_number(told_day);
            if (later > 0 && later <= NEXT_DAYS && !opens_sentence(state->reading, told) &&
                is_told_first(state->reading, item)) {
                told = item;
                told_day = day;
            }
            continue;
        }
        if (is_foretold(state->reading, item)) {
            if (foretold.month == 0) {
                foretold = day;
                tonight = has_same_part(state, item, 0);
            }
        } else if (is_shortly_before(day, foretold)) {
            told = item;
            told_day = day;
        }
    }
    if (told == NULL || tonight) {
        *gone_by = head.month == 0 && foretold.month != 0 && !tonight;
        return head.month != 0 ? head : foretold.month != 0 ? foretold : given;
    }
    *gone_by = is_gone_by(state->reading, told) || match_has(&told->match, DATE_before) ||
               date_of(told)->form == DATE_FORM_WEEKDAY;
    return is_yesterday(state, told) ? calendar_add_days(told_day, 1) : told_day;
}

/* Of a text that comes without a date. */
static void settle_from_text(struct date_state *state)
{
    struct reading *reading = state->reading;
    const struct present present = date_find_present(state);
    struct day day;
    state->news = present.news;
    if (find_text_date(state, &present, &day, &state->generic))
        state->weighed = true;
    else if (present.year != 0)
        day = (struct day){present.year, 0, 0};
    else
        return;
    reading->date = day;
    reading->date_from = TRICH_DATE_TEXT;
}

void date_settle_context(struct date_state *state)
{
    struct reading *reading = state->reading;
    if (reading->date_from == TRICH_DATE_NONE)
        settle_from_text(state);
    state->today = reading->date;
    if (reading->date.day == 0 && (reading->date.year != 0 || state->news))
        state->today = find_today(state, reading->date, &state->gone_by);
    state->today.year = reading->date.year; /* the day before 1/1 of an unknown year is of none either */
}
