/* What the article settles: the day it speaks from, and the year of a date that has none. */
#include "calendar.h"
#include "date.h"
#include "lookup.h"

/* How far from the article's day a date without year is still of the same year; days. */
enum { FAR_AHEAD = 240, FAR_BACK = 300, MID_MONTH = 15 };

static bool is_date(const struct item *item)
{
    return item->kind == KIND_DATE && !item->dropped && item->data != NULL;
}

/* A day with month named by the expression itself. */
static bool names_day(const struct date *date)
{
    return date->form != DATE_FORM_OPEN && date->form != DATE_FORM_LUNAR && !date->lunar && !date->span &&
           date->start.day != 0 && date->start.month != 0;
}

static bool is_apart(const struct item *item)
{
    return match_has(&item->match, DATE_apart);
}

static struct day start_day(const struct date *date)
{
    return (struct day){date->start.year, date->start.month, date->start.day};
}

/* ---- the article's date, from the text ---- */

enum { HEAD_BYTES = 700, LEAD_BYTES = 500 };

/* The latest day with a year in the text; year 0 if there is none. */
static struct day latest_day(const struct reading *reading)
{
    struct day latest = {0, 0, 0};
    for (size_t i = 0; i < reading->item_count; i++) {
        const struct item *item = reading->items[i];
        if (!is_date(item))
            continue;
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
static struct day latest_issue(const struct reading *reading)
{
    struct day latest = {0, 0, 0};
    for (size_t i = 0; i < reading->item_count; i++) {
        const struct item *item = reading->items[i];
        if (!is_date(item) || !is_apart(item) || !names_day(date_of(item)) || !date_of(item)->start.has_year)
            continue;
        struct day day = start_day(date_of(item));
        if (!date_of(item)->start.two_digits &&
            (latest.year == 0 || calendar_number(day) > calendar_number(latest)))
            latest = day;
    }
    return latest;
}

/* A day of the lead: its year is its own, else that of the latest day named, or the next if a document is
 * later. */
static bool lead_day(const struct reading *reading, const struct date *date, struct day *day)
{
    *day = start_day(date);
    if (date->start.has_year && !date->start.two_digits)
        return true;
    if (date->start.has_year)
        return false;
    struct day latest = latest_day(reading);
    struct day issue = latest_issue(reading);
    if (latest.year == 0)
        return false;
    day->year = latest.year;
    if (issue.year == day->year && calendar_number(*day) < calendar_number(issue))
        day->year++;
    return calendar_is_day(true, day->year, day->month, day->day);
}

/* "hôm qua (6/2)": the article's day is what the word counts from. */
static bool word_day(const struct reading *reading, const struct date *date, struct day *day)
{
    if (date->form != DATE_FORM_WORD || date->word == TABLE_NONE || !names_day(date) ||
        !slice_is(lookup_cell(date->words, date->word, "from"), "article"))
        return false;
    if (!lead_day(reading, date, day))
        return false;
    *day = calendar_add_days(*day, -lookup_number(date->words, date->word, "shift", 0));
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

static bool find_text_date(const struct reading *reading, struct day *day, bool *signed_document)
{
    *signed_document = false;
    const struct item *dateline = NULL;
    const struct item *lead = NULL;
    for (size_t i = 0; i < reading->item_count; i++) {
        const struct item *item = reading->items[i];
        if (!is_date(item))
            continue;
        const struct date *date = date_of(item);
        if (date->stamp && item->match.start < HEAD_BYTES && date->start.day != 0) {
            *day = start_day(date);
            return true;
        }
        if (word_day(reading, date, day))
            return true;
        if (dateline == NULL && match_has(&item->match, DATE_dateline))
            dateline = item;
        if (lead == NULL && names_day(date) && !is_apart(item) && item->match.start < LEAD_BYTES &&
            match_has(&item->match, DATE_lead))
            lead = item;
    }
    if (dateline != NULL) {
        *day = start_day(date_of(dateline));
        *signed_document = !opens_news(reading, dateline);
        return true;
    }
    *signed_document = lead == NULL;
    return lead != NULL && lead_day(reading, date_of(lead), day);
}

bool date_is_generic(const struct date_state *state, const struct item *item)
{
    const struct date *date = date_of(item);
    if (!state->generic || date->start.unit != DATE_NO_UNIT)
        return false;
    return date->form == DATE_FORM_EDGE ||
           (date->form == DATE_FORM_WORD && slice_is(lookup_cell(date->words, date->word, "use"), "generic"));
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
 * for days close by. Days with a year are no evidence: they are as often deadlines and issue dates.
 */
static struct day find_today(const struct reading *reading, struct day given)
{
    struct day today = given;
    bool found = false;
    for (size_t i = 0; i < reading->item_count; i++) {
        const struct item *item = reading->items[i];
        if (!is_date(item) || !names_day(date_of(item)) || is_apart(item))
            continue;
        const struct date *date = date_of(item);
        struct day day = start_day(date);
        if (date->start.two_digits || !fits(given, &day))
            continue;
        if (date->form == DATE_FORM_WORD) {
            if (date->word != TABLE_NONE && slice_is(lookup_cell(date->words, date->word, "from"), "article"))
                return calendar_add_days(day, -lookup_number(date->words, date->word, "shift", 0));
        } else if (!found && !date->start.has_year) {
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
    if (reading->date_from == TRICH_DATE_NONE && find_text_date(reading, &day, &state->generic)) {
        reading->date = day;
        reading->date_from = TRICH_DATE_TEXT;
    }
    state->today = reading->date;
    if (reading->date.year != 0 && reading->date.day == 0)
        state->today = find_today(reading, reading->date);
}

/* ---- the year of a date without one ---- */

static bool same_paragraph(const struct reading *reading, size_t from, size_t to)
{
    for (const char *c = reading->text + from; c + 1 < reading->text + to; c++)
        if (c[0] == '\n' && c[1] == '\n')
            return false;
    return true;
}

static const struct moment *year_of(const struct item *item)
{
    if (!is_date(item) || !date_of(item)->year_given || is_apart(item))
        return NULL;
    const struct date *date = date_of(item);
    const struct moment *moment = date->span && date->end.has_year ? &date->end : &date->start;
    return moment->has_year && moment->unit >= DATE_YEAR && !moment->two_digits ? moment : NULL;
}

/* ngày 5/3, 7/3 và 10/4/2022: a list has the year of its last member; behind a year it goes on in it. */
static bool list_year(const struct date_state *state, const struct item *item, int *year)
{
    const struct reading *reading = state->reading;
    size_t i = state->index;
    for (size_t k = i + 1; k < reading->item_count && reading->items[k]->match.rule->role == RULE_AFTER; k++)
        if (is_date(reading->items[k]) && date_of(reading->items[k])->year_given &&
            date_of(reading->items[k])->start.unit != DATE_YEAR &&
            date_of(reading->items[k])->start.has_year) {
            *year = date_of(reading->items[k])->start.year;
            return !date_of(reading->items[k])->start.two_digits;
        }
    if (item->match.rule->role != RULE_AFTER || i == 0 || !is_date(reading->items[i - 1]))
        return false;
    const struct date *before = date_of(reading->items[i - 1]);
    const struct moment *moment = before->span ? &before->end : &before->start;
    *year = moment->year;
    return moment->has_year;
}

static long number_in(int year, int month, int day)
{
    return calendar_number((struct day){year, month != 0 ? month : 1, day != 0 ? day : MID_MONTH});
}

/* Years that the rest of the text speaks for, where the article's own does not settle it. */
static bool told_year(const struct date_state *state, const struct item *item, int month, int day, int *year)
{
    enum { NEAR_BYTES = 300, NEAR_DAYS = 60 };
    const struct reading *reading = state->reading;
    if (month == 0)
        return false;
    for (size_t i = 0; i < reading->item_count; i++) { /* the same month or day, elsewhere with its year */
        const struct moment *moment = year_of(reading->items[i]);
        if (moment != NULL && moment->month == month && (day == 0) == (moment->day == 0) &&
            moment->day == day && !date_of(reading->items[i])->span && moment->year >= *year - 1 &&
            moment->year <= *year + 1) {
            *year = moment->year;
            return true;
        }
    }
    if (state->index == 0)
        return false;
    const struct item *before = reading->items[state->index - 1];
    const struct moment *moment = year_of(before);
    if (moment == NULL || moment->month == 0 || moment->year >= *year ||
        item->match.start - before->match.end > NEAR_BYTES ||
        !same_paragraph(reading, before->match.end, item->match.start))
        return false;
    long later = number_in(moment->year, month, day) - number_in(moment->year, moment->month, moment->day);
    if (later < 0 || later > NEAR_DAYS) /* a story that goes on from a day of an earlier year */
        return false;
    *year = moment->year;
    return true;
}

static void year_of_article(const struct date_state *state, const struct item *item, int month, int day,
                            int *year)
{
    enum { LATE_QUARTER = 7, LATE_MONTH = 9 };
    struct day article = state->reading->date;
    bool ahead = match_has(&item->match, DATE_ahead);
    *year = article.year;
    if (month == 0 || match_has(&item->match, DATE_same))
        return;
    if (article.month == 0) {
        (void)told_year(state, item, month, day, year);
        return;
    }
    long distance = number_in(*year, month, day) - number_in(article.year, article.month, article.day);
    if (ahead) {
        if (distance < 0 && (day != 0 || month < article.month))
            ++*year;
        return;
    }
    if (distance > MID_MONTH + 16 && match_has(&item->match, DATE_past)) {
        --*year;
        return;
    }
    if (distance > MID_MONTH + 16 && told_year(state, item, month, day, year))
        return;
    int late = date_of(item)->start.quarter != 0 ? LATE_QUARTER : LATE_MONTH;
    if (day != 0 ? distance > FAR_AHEAD : month - article.month >= late)
        --*year;
    else if (day != 0 && distance < -FAR_BACK)
        ++*year;
}

/* Without the article's year: that of the nearest date before, in the paragraph if there is one, else behind.
 */
static bool nearest_year(const struct date_state *state, const struct item *item, int month, int day,
                         int *year)
{
    const struct reading *reading = state->reading;
    const struct item *found = NULL;
    for (size_t i = state->index; i > 0 && found == NULL; i--)
        if (year_of(reading->items[i - 1]) != NULL)
            found = reading->items[i - 1];
    if (found == NULL || !same_paragraph(reading, found->match.end, item->match.start))
        for (size_t i = state->index + 1; i < reading->item_count; i++)
            if (year_of(reading->items[i]) != NULL) {
                if (found == NULL || same_paragraph(reading, item->match.end, reading->items[i]->match.start))
                    found = reading->items[i];
                break;
            }
    if (found == NULL)
        return false;
    const struct moment *moment = year_of(found);
    *year = moment->year;
    if (month != 0 && moment->month != 0 && found->match.start < item->match.start &&
        number_in(*year, month, day) - number_in(*year, moment->month, moment->day) < -FAR_BACK)
        ++*year;
    return true;
}

bool date_find_year(struct date_state *state, const struct item *item, int month, int day, int *year)
{
    if (match_has(&item->match, DATE_every))
        return false;
    if (list_year(state, item, year))
        return true;
    if (state->reading->date.year != 0) {
        year_of_article(state, item, month, day, year);
        return true;
    }
    return nearest_year(state, item, month, day, year);
}
