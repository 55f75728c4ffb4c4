/* What the article settles: the day it speaks from. */
#include "calendar.h"
#include "date.h"
#include "lookup.h"
#include "words.h"

#include <string.h>

/* A day with month named by the expression itself. */
static bool names_day(const struct date *date)
{
    bool one = !date->span || date->word != TABLE_NONE; /* or đêm nay (17/6) đến 20/6 */
    return date->form != DATE_FORM_OPEN && date->form != DATE_FORM_LUNAR && !date->lunar && one &&
           date->start.day != 0 && date->start.month != 0;
}

static struct day start_day(const struct date *date)
{
    return (struct day){date->start.year, date->start.month, date->start.day};
}

/* ---- the article's date, from the text ---- */

enum { HEAD_BYTES = 700, LEAD_BYTES = 500 };

/* The latest day with a year in the text; year 0 if there is none. */
static struct day latest_day(const struct date_state *state)
{
    struct day latest = {0, 0, 0};
    for (size_t i = 0; i < state->date_count; i++) {
        const struct item *item = state->dates[i];
        const struct date *date = date_of(item);
        const struct moment *moment = date->span ? &date->end : &date->start;
        if (!moment->has_year || moment->two_digits || moment->unit != DATE_DAY || moment->month == 0)
            continue;
        struct day day = {moment->year, moment->month, moment->day};
        if (latest.year == 0 || calendar_number(day) > calendar_number(latest))
            latest = day;
    }
    return latest;
}

/* The latest day on which a document of the text was issued: the article is not older. */
static struct day latest_issue(const struct date_state *state)
{
    struct day latest = {0, 0, 0};
    for (size_t i = 0; i < state->date_count; i++) {
        const struct item *item = state->dates[i];
        if (!date_is_apart(item) || !names_day(date_of(item)) || !date_of(item)->start.has_year)
            continue;
        struct day day = start_day(date_of(item));
        if (!date_of(item)->start.two_digits &&
            (latest.year == 0 || calendar_number(day) > calendar_number(latest)))
            latest = day;
    }
    return latest;
}

/* đến năm 2020, sau năm 2020, tầm nhìn 2030: a year to come. */
static bool is_goal(const struct reading *reading, const struct item *item)
{
    struct slice front = {reading->text, item->match.start};
    return words_end(words_table(reading->rules), front, TRAIT_GOAL) || date_is_ahead(item);
}

/* The latest year or month that the text speaks of, not as a goal; year 0 if there is none. */
static struct day latest_told(const struct date_state *state)
{
    struct day latest = {0, 0, 0};
    for (size_t i = 0; i < state->date_count; i++) {
        const struct item *item = state->dates[i];
        const struct moment *start = &date_of(item)->start;
        if (date_of(item)->form == DATE_FORM_RANGE || !start->has_year || start->two_digits ||
            start->unit < DATE_YEAR || date_is_apart(item) || is_goal(state->reading, item))
            continue;
        int month = start->unit == DATE_MONTH ? start->month : 0;
        if (start->year > latest.year)
            latest = (struct day){start->year, month, 0};
        else if (start->year == latest.year && month > latest.month)
            latest.month = month;
    }
    return latest;
}

/* What the dates with a year tell of the article's time; each found once. */
struct known_days {
    struct day latest, issue, told;
};

/* A day of the lead: its year is its own, else that of the latest day named, or of the latest year if that is
 * a little later, or the next if a document is later. */
static bool lead_day(const struct known_days *known, const struct date *date, struct day *day)
{
    *day = start_day(date);
    if (date->start.has_year)
        return !date->start.two_digits;
    if (known->latest.year == 0)
        return false;
    enum { FEW_YEARS = 3 }; /* a report of a year's crimes, say, names its own year too */
    day->year = known->latest.year;
    if (known->told.year > day->year && known->told.year - day->year <= FEW_YEARS)
        day->year = known->told.year;
    if (known->told.year == day->year && known->told.month > day->month) /* a month told of is past */
        day->year++;
    if (known->issue.year == day->year && calendar_number(*day) < calendar_number(known->issue))
        day->year++;
    return calendar_is_day(true, day->year, day->month, day->day);
}

/* A word that counts days from the article's: hôm qua. */
static bool counts_days(const struct date *date)
{
    return (date->form == DATE_FORM_WORD || date->form == DATE_FORM_RANGE) && date->word != TABLE_NONE &&
           slice_is(lookup_cell(date->words, date->word, COLUMN_FROM), "article") &&
           slice_is(lookup_cell(date->words, date->word, COLUMN_UNIT), "day");
}

/* "hôm qua (6/2)": the article's day is what the word counts from. */
static bool word_day(const struct known_days *known, const struct date *date, struct day *day)
{
    if (!counts_days(date) || !names_day(date))
        return false;
    if (!lead_day(known, date, day))
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

static bool find_text_date(const struct date_state *state, struct day *day, bool *signed_document)
{
    *signed_document = false;
    const struct known_days known = {latest_day(state), latest_issue(state), latest_told(state)};
    const struct item *dateline = NULL;
    const struct item *lead = NULL;
    for (size_t i = 0; i < state->date_count; i++) {
        const struct item *item = state->dates[i];
        const struct date *date = date_of(item);
        if (date->stamp && item->match.start < HEAD_BYTES && date->start.day != 0) {
            *day = start_day(date);
            return true;
        }
        if (word_day(&known, date, day))
            return true;
        if (dateline == NULL && match_has(&item->match, DATE_dateline))
            dateline = item;
        if (lead == NULL && names_day(date) && !date_is_apart(item) && item->match.start < LEAD_BYTES &&
            match_has(&item->match, DATE_lead))
            lead = item;
    }
    if (dateline != NULL) {
        *day = start_day(date_of(dateline));
        *signed_document = !opens_news(state->reading, dateline);
        return true;
    }
    *signed_document = lead == NULL;
    return lead != NULL && lead_day(&known, date_of(lead), day);
}

/* Whether the text speaks from a day: hôm qua, năm ngoái. A regulation does not. */
static bool speaks_from_a_day(const struct date_state *state)
{
    for (size_t i = 0; i < state->date_count; i++) {
        const struct date *date = date_of(state->dates[i]);
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

bool date_is_generic(struct date_state *state, const struct item *item)
{
    if (!state->generic || !may_be_generic(item))
        return false;
    if (!state->weighed) { /* only now: most texts have no such word */
        state->weighed = true;
        state->generic = state->reading->date_from != TRICH_DATE_NONE || regulates(state);
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

/*
 * A day that "today" or the like names in the text; else the first day named without its year, as news does
 * for days close by. Days with a year are no evidence, nor are days to come: they are deadlines and issue
 * dates.
 */
static struct day find_today(const struct date_state *state, struct day given)
{
    struct day today = given;
    bool found = false;
    for (size_t i = 0; i < state->date_count; i++) {
        const struct item *item = state->dates[i];
        const struct date *date = date_of(item);
        if (!names_day(date) || date_is_apart(item) || date_is_ahead(item))
            continue;
        struct day day = start_day(date);
        if (date->start.two_digits || !fits(given, &day))
            continue;
        if (counts_days(date))
            return calendar_add_days(day, -lookup_number(date->words, date->word, COLUMN_SHIFT, 0));
        if (!found && !date->start.has_year && date->form != DATE_FORM_WORD) {
            today = day;
            found = true;
        }
    }
    return today;
}

void context_settle(struct date_state *state)
{
    struct reading *reading = state->reading;
    struct day day;
    state->generic = reading->date_from == TRICH_DATE_NONE;
    if (reading->date_from == TRICH_DATE_NONE && find_text_date(state, &day, &state->generic)) {
        reading->date = day;
        reading->date_from = TRICH_DATE_TEXT;
    }
    state->today = reading->date;
    if (reading->date.year != 0 && reading->date.day == 0)
        state->today = find_today(state, reading->date);
}
