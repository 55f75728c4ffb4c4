/* What the article settles: the day it speaks from. */
#include "date.h"
#include "lookup.h"
#include "words.h"

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

/* Whether the text speaks from a day: hôm qua, hôm 10/6, năm ngoái. A regulation does not. */
static bool speaks_from_a_day(const struct date_state *state)
{
    for (size_t i = 0; i < state->date_count; i++) {
        const struct date *date = date_of(state->dates[i]);
        if (date_names_day(date) && date_is_gone_by(state->reading, state->dates[i]))
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
        state->today = date_find_today(state, &state->gone_by);
    state->today.year = reading->date.year; /* the day before 1/1 of an unknown year is of none either */
}
