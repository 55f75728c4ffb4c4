/*
 * The year that a text without a date speaks from, where the text tells it without saying so.
 *
 * A year told is no later than the article's, and news names the years of what lies back, so the latest one
 * is not simply it. What tells it: this year named beside its word; a day that stands once with its year and
 * once without; an anniversary; figures of the first months of a year or compared with those of the year
 * before; a full day shortly before the first one without year; a year beside the one before it; a school
 * year; the year of the title.
 */
#include "date.h"
#include "lookup.h"
#include "words.h"

bool date_names_day(const struct date *date)
{
    bool one = !date->span || date->word != TABLE_NONE; /* or đêm nay (17/6) đến 20/6 */
    return date->form != DATE_FORM_OPEN && date->form != DATE_FORM_LUNAR && !date->lunar && one &&
           date->start.day != 0 && date->start.month != 0;
}

struct day date_start_day(const struct date *date)
{
    return (struct day){date->start.year, date->start.month, date->start.day};
}

/* Whether the date has a word that counts from the article's day, in that unit. */
static bool counts_from_article(const struct date *date, const char *unit)
{
    return (date->form == DATE_FORM_WORD || date->form == DATE_FORM_RANGE) && date->word != TABLE_NONE &&
           slice_is(lookup_cell(date->words, date->word, COLUMN_FROM), "article") &&
           slice_is(lookup_cell(date->words, date->word, COLUMN_UNIT), unit);
}

bool date_counts_days(const struct date *date)
{
    return counts_from_article(date, "day");
}

/* What the dates of the text tell of the article's year; years are 0 where nothing tells. */
struct evidence {
    struct day latest;      /* the latest day told with its year, a document's too */
    size_t latest_end;      /* where that ends */
    int told;               /* the latest year told of with its month or day or as a stretch */
    int issued;             /* the latest in which a document of the text was issued */
    int named;              /* năm nay (2017) */
    int compared;           /* the one behind the latest of cùng kỳ năm 2016 */
    int stretch;            /* the latest of 6 tháng đầu năm 2017, 10 ngày đầu tháng 5/2017 */
    int months;             /* the latest of 6 tháng đầu năm 2017 */
    int quarter;            /* the latest of quý I/2017 */
    int begun;              /* the latest of đầu năm 2017 */
    int title;              /* the latest in the first words */
    int coming;             /* the latest of ngày 14/5/2017 tới */
    struct day recent;      /* the latest of tháng 2/2017 vừa qua */
    int as_of;              /* the latest of tính đến 30/6/2021, not at the year's end */
    int since;              /* the latest of kể từ đầu năm 2017 */
    int anniversary;        /* the latest of 15/6/1957 - 15/6/2017 */
    int year, year_count;   /* the latest of năm 2017, how often it stands */
    bool year_before;       /* the one before it does, too */
    int season;             /* the first of the latest năm học 2017-2018 */
    const struct item *day; /* the first without year, not a deadline */
    size_t goal_end;        /* where the last goal ends */
    bool word;              /* a word like hôm nay, hôm thứ Hai, tháng tới */
    size_t first_year;      /* where the first date with a year stands */
    short full[DATE_MONTHS + 1][DATE_DAYS_OF_MONTH + 1]; /* the latest year told of each day */
};

static int later_of(int a, int b)
{
    return a > b ? a : b;
}

/* tính đến 30/6/2021: figures of a day just gone */
static bool is_as_of(const struct reading *reading, const struct item *item)
{
    struct slice front = {reading->text, item->match.start};
    return words_end(words_table(reading->rules), front, TRAIT_AS_OF);
}

bool date_is_goal(const struct reading *reading, const struct item *item)
{
    struct slice front = {reading->text, item->match.start};
    return (words_end(words_table(reading->rules), front, TRAIT_GOAL) && !is_as_of(reading, item)) ||
           date_is_ahead(item);
}

static bool is_compared(const struct reading *reading, const struct item *item)
{
    struct slice front = {reading->text, item->match.start};
    return words_end(words_table(reading->rules), front, TRAIT_SAME_PERIOD);
}

/* A day with its year. */
static void weigh_full_day(const struct reading *reading, struct evidence *evidence, const struct item *item,
                           const struct moment *moment)
{
    struct day day = {moment->year, moment->month, moment->day};
    struct slice front = {reading->text, item->match.start};
    enum { MARCH = 3 }; /* what comes before it may be told of in the year before */
    if (match_has(&item->match, DATE_ahead) && day.month >= MARCH)
        evidence->coming = later_of(evidence->coming, day.year);
    if (date_is_ahead(item) || words_end(words_table(reading->rules), front, TRAIT_BIRTH))
        return;
    if (evidence->latest.year == 0 || calendar_number(day) > calendar_number(evidence->latest)) {
        evidence->latest = day;
        evidence->latest_end = item->match.end;
    }
    short *full = &evidence->full[day.month][day.day];
    *full = (short)later_of(*full, day.year);
    if (date_is_apart(item))
        evidence->issued = later_of(evidence->issued, day.year);
}

/* A year alone. */
static void weigh_bare_year(struct evidence *evidence, int year)
{
    if (year > evidence->year) {
        evidence->year_before = evidence->year == year - 1;
        evidence->year = year;
        evidence->year_count = 0;
    }
    evidence->year_count += evidence->year == year;
    evidence->year_before = evidence->year_before || evidence->year == year + 1;
}

/* đến năm 2025 và năm 2030: a list goes on with goals. */
static bool is_to_come(const struct reading *reading, struct evidence *evidence, const struct item *item)
{
    enum { LIST_GAP = 6 };
    bool list = evidence->goal_end != 0 && item->match.start - evidence->goal_end <= LIST_GAP;
    if (!list && !date_is_goal(reading, item))
        return false;
    evidence->goal_end = item->match.end;
    return true;
}

/* 6 tháng đầu năm 2017: told of or planned, it is of the article's year. */
static bool is_stretch(const struct date *date)
{
    return date->form == DATE_FORM_STRETCH || date->form == DATE_FORM_HALF;
}

/* (15/6/1957 - 15/6/2017) */
static bool is_anniversary(const struct date *date)
{
    const struct moment *start = &date->start;
    const struct moment *end = &date->end;
    return date->span && start->unit == DATE_DAY && end->unit == DATE_DAY && start->month != 0 &&
           start->has_year && start->day == end->day && start->month == end->month;
}

/* kể từ đầu năm 2017: till now */
static bool is_since_new_year(const struct reading *reading, const struct item *item)
{
    const struct date *date = date_of(item);
    struct slice front = {reading->text, item->match.start};
    return date->form == DATE_FORM_POINT && date->start.unit == DATE_YEAR && slice_is(date->mod, "start") &&
           words_end(words_table(reading->rules), front, TRAIT_SINCE);
}

/* A year told of, not to come. */
static void weigh_told(const struct reading *reading, struct evidence *evidence, const struct item *item,
                       const struct moment *moment)
{
    const struct date *date = date_of(item);
    enum { TITLE_BYTES = 200 };
    int year = moment->year;
    if (evidence->day == NULL && moment->unit != DATE_DAY && item->match.start < TITLE_BYTES &&
        !words_end(words_table(reading->rules), (struct slice){reading->text, item->match.start},
                   TRAIT_COMPARE))
        evidence->title = later_of(evidence->title, year);
    if (moment->unit == DATE_YEAR && slice_is(date->mod, "start"))
        evidence->begun = later_of(evidence->begun, year);
    if (match_has(&item->match, DATE_past) && moment->month != 0 && year >= evidence->recent.year)
        evidence->recent = (struct day){year, moment->month, moment->day};
    if (is_compared(reading, item))
        evidence->compared = later_of(evidence->compared, year + 1);
    if (moment->quarter != 0)
        evidence->quarter = later_of(evidence->quarter, year);
    if (moment->unit == DATE_YEAR && !is_stretch(date))
        weigh_bare_year(evidence, year);
    else
        evidence->told = later_of(evidence->told, year);
}

static void weigh_year(const struct reading *reading, struct evidence *evidence, const struct item *item)
{
    const struct date *date = date_of(item);
    const struct moment *moment = date->span ? &date->end : &date->start;
    if (!moment->has_year || moment->two_digits || moment->unit < DATE_YEAR)
        return;
    if (moment->unit == DATE_DAY && moment->month != 0)
        weigh_full_day(reading, evidence, item, moment);
    if (date_is_apart(item))
        return;
    if (evidence->first_year > item->match.start)
        evidence->first_year = item->match.start;
    enum { LATE_MONTH = 11 }; /* told of in the next year, too */
    if (moment->month != 0 && moment->month < LATE_MONTH && is_as_of(reading, item))
        evidence->as_of = later_of(evidence->as_of, moment->year);
    if (is_since_new_year(reading, item))
        evidence->since = later_of(evidence->since, moment->year);
    if (is_anniversary(date))
        evidence->anniversary = later_of(evidence->anniversary, moment->year);
    if (is_stretch(date) && date->start.month == 0)
        evidence->months = later_of(evidence->months, moment->year);
    if (is_stretch(date))
        evidence->stretch = later_of(evidence->stretch, moment->year);
    bool years = date->span && moment->unit == DATE_YEAR; /* a plan's or a term's */
    if (years && date->start.year == moment->year - 1)
        evidence->season = later_of(evidence->season, date->start.year);
    if (!is_to_come(reading, evidence, item) && !years)
        weigh_told(reading, evidence, item, moment);
}

/* Whether the date speaks from the article's day: hôm nay, năm ngoái, hôm thứ Hai, tháng 5 vừa qua. */
static bool is_spoken(const struct item *item)
{
    const struct date *date = date_of(item);
    if (match_has(&item->match, DATE_ahead) || match_has(&item->match, DATE_past) ||
        match_has(&item->match, DATE_same) || date->form == DATE_FORM_WEEKDAY)
        return true;
    return date->word != TABLE_NONE && !slice_is(lookup_cell(date->words, date->word, COLUMN_FROM), "last") &&
           !slice_is(lookup_cell(date->words, date->word, COLUMN_USE), "generic");
}

static void weigh_open_day(struct evidence *evidence, const struct item *item)
{
    const struct date *date = date_of(item);
    evidence->word = evidence->word || is_spoken(item);
    if (date->start.has_year || !date_names_day(date) || date_is_apart(item) || date_is_ahead(item) ||
        match_has(&item->match, DATE_every))
        return;
    if (evidence->day == NULL)
        evidence->day = item;
}

static void weigh_dates(const struct date_state *state, struct evidence *evidence)
{
    for (size_t i = 0; i < state->date_count; i++) {
        const struct item *item = state->dates[i];
        const struct date *date = date_of(item);
        if (date->year_given && date->start.has_year && counts_from_article(date, "year"))
            evidence->named = date->start.year - lookup_number(date->words, date->word, COLUMN_SHIFT, 0);
        if (date->year_given)
            weigh_year(state->reading, evidence, item);
        weigh_open_day(evidence, item);
    }
}

/* A day without year that the text names with its year, too: the latest of their years. */
static int same_day_year(const struct date_state *state, const struct evidence *evidence)
{
    int year = 0;
    for (size_t i = 0; i < state->date_count; i++) {
        const struct item *item = state->dates[i];
        const struct date *date = date_of(item);
        if (!date->start.has_year && date_names_day(date) && !match_has(&item->match, DATE_every))
            year = later_of(year, evidence->full[date->start.month][date->start.day]);
    }
    return year;
}

/* The first day without year, shortly behind the latest one with it: in that year or the next; or just before
 * one at the head, the day on which it was published. */
static int year_shortly_behind(const struct evidence *evidence)
{
    enum { SHORTLY = 50, LEAD = 300, JUST_BEFORE = -5 };
    if (evidence->day == NULL || evidence->latest.year == 0)
        return 0;
    struct day day = date_start_day(date_of(evidence->day));
    bool lead =
        match_has(&evidence->day->match, DATE_lead); /* told of first, what it tells of is of its time */
    for (int next = 0; next <= 1; next++) {
        day.year = evidence->latest.year + next;
        long behind = calendar_number(day) - calendar_number(evidence->latest);
        bool from_head = evidence->latest_end < evidence->day->match.start;
        if (calendar_is_day(true, day.year, day.month, day.day) &&
            behind <= (lead && next == 0 ? LEAD : SHORTLY) && behind >= (from_head ? JUST_BEFORE : 0))
            return day.year;
    }
    return 0;
}

/* Năm 2017 … so với năm 2016: said more than once, or with a day of the year before. */
static int year_beside_another(const struct evidence *evidence)
{
    bool twice = evidence->year_before && evidence->year_count > 1;
    return twice || evidence->latest.year == evidence->year - 1 ? evidence->year : 0;
}

/* năm học 2017-2018: the first year's autumn or the second one's winter. */
static int year_of_season(const struct evidence *evidence)
{
    enum { APRIL = 4, AUGUST = 8 };
    if (evidence->day == NULL || evidence->season == 0)
        return 0;
    int month = date_of(evidence->day)->start.month;
    return month >= AUGUST ? evidence->season : month <= APRIL ? evidence->season + 1 : 0;
}

/* tháng 2/2017 vừa qua: its year, or the next one of a day earlier in the year. */
static int year_of_recent(const struct evidence *evidence)
{
    int year = evidence->recent.year;
    bool next = evidence->day != NULL && date_of(evidence->day)->start.month < evidence->recent.month;
    return year != 0 ? year + next : 0;
}

/* No year told of lies behind the article's; one that stands alone may, as a goal: seldom the next one, but
 * beside the figures of this year's first months. In winter those are the last year's. */
static bool may_be_present(const struct evidence *evidence, int year)
{
    enum { NEAREST_GOAL = 2, FARTHEST_GOAL = 15, MARCH = 3 };
    int ahead = evidence->year - year;
    bool winter = evidence->day != NULL && date_of(evidence->day)->start.month <= MARCH;
    int nearest = year == evidence->months && !winter ? 1 : NEAREST_GOAL;
    return year != 0 && year >= evidence->told && year >= evidence->issued &&
           (ahead <= 0 || (ahead >= nearest && ahead <= FARTHEST_GOAL));
}

struct present date_find_present(const struct date_state *state)
{
    enum { HEAD_BYTES = 500 };
    struct evidence evidence = {.first_year = SIZE_MAX};
    weigh_dates(state, &evidence);
    struct present present = {.year = evidence.named};
    const struct item *day = evidence.day;
    present.news = evidence.word ||
                   (day != NULL && (day->match.start < HEAD_BYTES || day->match.start < evidence.first_year));
    const int years[] = {same_day_year(state, &evidence),
                         evidence.anniversary,
                         evidence.stretch,
                         evidence.compared,
                         year_shortly_behind(&evidence),
                         year_beside_another(&evidence),
                         year_of_season(&evidence),
                         evidence.quarter,
                         evidence.begun,
                         evidence.coming,
                         evidence.as_of,
                         year_of_recent(&evidence),
                         evidence.title};
    for (size_t i = 0; present.year == 0 && i < sizeof years / sizeof years[0]; i++)
        if (may_be_present(&evidence, years[i]))
            present.year = years[i];
    if (present.year == 0 && evidence.since >= evidence.told && evidence.since >= evidence.issued)
        present.year = evidence.since;
    return present;
}
