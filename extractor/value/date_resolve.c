#include "calendar.h"
#include "date.h"
#include "lookup.h"
#include "words.h"

enum { MONTHS_OF_QUARTER = 3, DAYS_OF_WEEK = 7, DECEMBER = 12 };

/* A year of two digits, near the given one (0: unknown). */
static int widen_year(int two_digits, int near)
{
    enum { FUTURE = 10, UNKNOWN_NEAR = 2020 };
    int limit = (near != 0 ? near : UNKNOWN_NEAR) + FUTURE;
    int year = limit / 100 * 100 + two_digits;
    return year > limit ? year - 100 : year;
}

static void widen(const struct date_state *state, struct date *date, struct moment *moment)
{
    if (!moment->has_year || !moment->two_digits)
        return;
    moment->year = widen_year(moment->year, state->reading->date.year);
    moment->two_digits = false;
    date->context = true;
}

void date_widen_years(struct date_state *state)
{
    for (size_t i = 0; i < state->date_count; i++) {
        struct date *date = date_of(state->dates[i]);
        widen(state, date, &date->start);
        widen(state, date, &date->end);
    }
}

static void set_day(struct moment *moment, struct day day)
{
    moment->unit = DATE_DAY;
    moment->has_year = day.year != 0;
    moment->year = day.year;
    moment->month = day.month;
    moment->day = day.month != 0 ? day.day : 0;
}

static struct moment day_moment(struct day day)
{
    struct moment moment = {.hour = -1, .minute = -1, .second = -1};
    set_day(&moment, day);
    return moment;
}

static struct moment month_moment(bool has_year, int year, int month)
{
    return (struct moment){.unit = DATE_MONTH,
                           .has_year = has_year,
                           .year = year,
                           .month = month,
                           .hour = -1,
                           .minute = -1,
                           .second = -1};
}

/* The article's month: today's, else that of the date given. */
static struct day article_month(const struct date_state *state)
{
    return state->today.month != 0 ? state->today : state->reading->date;
}

/* "This month" and its beginning or end: else the month last named in that year. */
static struct day this_month(const struct date_state *state)
{
    struct day month = article_month(state);
    return month.month == 0 && state->last_month.year == month.year ? state->last_month : month;
}

/* How far back "the past week, month, year" lies: near its end the present one is meant. */
static int past_shift(enum date_unit unit, struct day today)
{
    enum { FRIDAY = 5, LATE_IN_MONTH = 20, NOVEMBER = 11 };
    switch (unit) {
    case DATE_WEEK:
        return today.day != 0 && calendar_weekday(today) >= FRIDAY ? 0 : -1;
    case DATE_MONTH:
        return today.day == 0 || today.day >= LATE_IN_MONTH ? 0 : -1;
    case DATE_YEAR:
        return today.month >= NOVEMBER ? 0 : -1;
    default:
        return -1;
    }
}

/* So many days on; of a day without year none is made up. */
static struct day days_on(struct day base, int shift)
{
    if (base.day == 0)
        return base;
    struct day day = calendar_add_days(base, shift);
    if (base.year == 0)
        day.year = 0;
    return day;
}

/* The unit around base, so many on; start and end (equal units: a point). */
static void set_unit(enum date_unit unit, struct day base, int shift, struct date *date)
{
    struct moment *start = &date->start;
    struct day day;
    date->span = unit == DATE_WEEK || unit == DATE_QUARTER;
    switch (unit) {
    case DATE_DAY:
        set_day(start, days_on(base, shift));
        break;
    case DATE_WEEK:
        if (base.day == 0) { /* some week of that year */
            date->span = false;
            set_day(start, (struct day){base.year, base.month, 0});
            break;
        }
        day = calendar_add_days(base, 1 - calendar_weekday(base) + (long)DAYS_OF_WEEK * shift);
        *start = day_moment(day);
        date->end = day_moment(calendar_add_days(day, DAYS_OF_WEEK - 1));
        break;
    case DATE_MONTH:
    case DATE_QUARTER:
        if (base.month == 0) {
            *start = month_moment(base.year != 0, base.year, 0);
            date->end = *start;
            break;
        }
        if (unit == DATE_QUARTER) {
            base.month = (base.month - 1) / MONTHS_OF_QUARTER * MONTHS_OF_QUARTER + 1;
            shift *= MONTHS_OF_QUARTER;
        }
        day = calendar_add_months(base, shift);
        *start = month_moment(true, day.year, day.month);
        day = calendar_add_months(day, MONTHS_OF_QUARTER - 1);
        date->end = month_moment(true, day.year, day.month);
        break;
    default:
        start->unit = DATE_YEAR;
        start->has_year = base.year != 0;
        start->year = base.year + shift;
        break;
    }
}

/* Whether what the item in hand is compared with may count from the month named before it: tháng 4 tăng 2 %
 * so với tháng trước. */
static bool month_is_near(const struct date_state *state)
{
    enum { NEAR_BYTES = 250 };
    return state->last_month.month != 0 &&
           state->dates[state->index]->match.start - state->last_month_end < NEAR_BYTES;
}

/* What a row of deictic.tsv counts from, and how many units on. */
static struct day word_base(const struct date_state *state, const struct date *date, long row,
                            enum date_unit unit, int *shift)
{
    struct slice from = lookup_cell(date->words, row, COLUMN_FROM);
    struct day base = unit == DATE_DAY || unit == DATE_WEEK ? state->today : article_month(state);
    *shift = lookup_number(date->words, row, COLUMN_SHIFT, 0);
    if (state->compared && unit >= DATE_QUARTER && unit <= DATE_MONTH && *shift < 0 && month_is_near(state))
        return state->last_month;
    if (slice_is(from, "past"))
        *shift = past_shift(unit, unit == DATE_WEEK ? state->today : state->reading->date);
    if (slice_is(from, "last") && unit == DATE_YEAR && state->last_year != 0)
        base = (struct day){state->last_year, 0, 0};
    else if (slice_is(from, "last") &&
             (unit == DATE_DAY || (unit == DATE_WEEK && state->last_day.year != 0)) &&
             state->last_day.month != 0)
        base = state->last_day;
    else if (slice_is(from, "last") && state->last_month.year != 0)
        base = state->last_month;
    return unit == DATE_MONTH && base.month == 0 && *shift == 0 ? this_month(state) : base;
}

static enum date_unit word_unit(const struct date *date, long row)
{
    struct slice unit = lookup_cell(date->words, row, COLUMN_UNIT);
    return slice_is(unit, "day")       ? DATE_DAY
           : slice_is(unit, "week")    ? DATE_WEEK
           : slice_is(unit, "month")   ? DATE_MONTH
           : slice_is(unit, "quarter") ? DATE_QUARTER
                                       : DATE_YEAR;
}

/* Fills in one end of a date that has a word: "ngày 5/4 năm ngoái", "ngày 20 tháng trước", "hôm nay". */
static void apply_word(const struct date_state *state, struct date *date, long row, struct moment *moment)
{
    if (row == TABLE_NONE)
        return;
    int shift;
    enum date_unit unit = word_unit(date, row);
    struct day base = word_base(state, date, row, unit, &shift);
    date->context = true;
    if (unit == DATE_YEAR && !moment->has_year) {
        moment->has_year = base.year != 0;
        moment->year = base.year + shift;
        if (moment->unit == DATE_NO_UNIT)
            moment->unit = DATE_YEAR;
    } else if (unit == DATE_MONTH && moment->month == 0) {
        struct day month = base.month != 0 ? calendar_add_months(base, shift) : base;
        moment->has_year = month.year != 0;
        moment->year = month.year;
        moment->month = month.month;
        if (moment->unit == DATE_NO_UNIT)
            moment->unit = DATE_MONTH;
    } else if (unit == DATE_DAY && moment->day == 0) {
        set_day(moment, days_on(base, shift));
    }
}

/* Within a year: whether a comes after b. */
static bool is_later(const struct moment *a, const struct moment *b)
{
    int month_a = moment_first_month(a);
    int month_b = moment_first_month(b);
    if (month_a == 0 || month_b == 0)
        return false;
    return month_a != month_b ? month_a > month_b : a->day != 0 && b->day != 0 && a->day > b->day;
}

static void find_year(struct date_state *state, const struct item *item, struct moment *moment)
{
    struct date *date = date_of(item);
    if (moment->has_year)
        return;
    date->context = true;
    moment->has_year = date_find_year(state, item, moment_first_month(moment), moment->day, &moment->year);
    enum { YEARS_BETWEEN_LEAPS = 8 }; /* 29/2: of the last year that has one */
    for (int back = 0; back < YEARS_BETWEEN_LEAPS && moment->has_year && moment->day != 0 &&
                       moment->month != 0 && !calendar_is_day(true, moment->year, moment->month, moment->day);
         back++)
        moment->year--;
}

/* "ngày 24" alone: of the month that the text speaks of. */
static void find_month(const struct date_state *state, struct date *date, struct moment *moment)
{
    if (moment->day == 0 || moment->month != 0)
        return;
    struct day month = state->last_month;
    if (month.month == 0 || (state->reading->date.year != 0 && month.year != state->reading->date.year))
        month = article_month(state);
    if (month.month == 0 || !calendar_is_day(month.year != 0, month.year, month.month, moment->day))
        return;
    date->context = true;
    moment->has_year = month.year != 0;
    moment->year = month.year;
    moment->month = month.month;
}

static void resolve_point(struct date_state *state, const struct item *item)
{
    struct date *date = date_of(item);
    apply_word(state, date, date->word, &date->start);
    find_month(state, date, &date->start);
    find_year(state, item, &date->start);
}

static void resolve_range(struct date_state *state, const struct item *item)
{
    struct date *date = date_of(item);
    struct moment *start = &date->start;
    struct moment *end = &date->end;
    apply_word(state, date, date->word, start);
    if (date->word2 != TABLE_NONE && word_unit(date, date->word2) == DATE_DAY &&
        start->day != 0) { /* 7h ngày 17/6 đến 19h cùng ngày */
        find_year(state, item, start);
        if (start->has_year)
            state->last_day = (struct day){start->year, start->month, start->day};
    }
    apply_word(state, date, date->word2, end);
    find_month(state, date, end);
    if (start->day != 0 && start->month == 0)
        start->month = end->month;
    if (end->unit == DATE_NO_UNIT) { /* 7h đến 9h ngày 5/3: the day is said once */
        struct moment clock = *end;
        *end = *start;
        end->hour = clock.hour;
        end->minute = clock.minute;
        end->second = -1;
    }
    if (!start->has_year && !end->has_year) {
        if (is_later(start, end))
            find_year(state, item, start);
        else
            find_year(state, item, end);
    }
    if (!end->has_year && start->has_year) {
        end->has_year = true;
        end->year = start->year + (is_later(start, end) ? 1 : 0);
    } else if (!start->has_year && end->has_year) {
        start->has_year = true;
        start->year = end->year - (is_later(start, end) ? 1 : 0);
    }
    if (date->lunar) { /* of lunar days the solar year is told */
        *start = (struct moment){.unit = DATE_YEAR,
                                 .has_year = start->has_year,
                                 .year = start->year,
                                 .hour = -1,
                                 .minute = -1,
                                 .second = -1};
        date->span = false;
    }
}

/* The year that a stretch, half or edge lies in. */
static void stretch_year(struct date_state *state, const struct item *item, struct moment *moment)
{
    struct date *date = date_of(item);
    apply_word(state, date, date->word, moment);
    if (moment->has_year)
        return;
    date->context = true;
    moment->has_year = date_find_year(state, item, 0, 0, &moment->year);
}

static void set_months(struct date *date, int first, int last)
{
    struct moment base = date->start;
    date->start = month_moment(base.has_year, base.year, first);
    date->end = month_moment(base.has_year, base.year, last);
    date->span = first != last;
}

/* So many days from the first or up to the last of the month or year in start. */
static void set_days(struct date *date, int days)
{
    struct moment base = date->start;
    struct day first = {base.year, base.month != 0 ? base.month : 1, 1};
    struct day last = {base.year, base.month != 0 ? base.month : DECEMBER, 0};
    last.day = calendar_month_length(base.has_year ? base.year : 1, last.month);
    if (date->last)
        first = calendar_add_days(last, 1 - days);
    else
        last = calendar_add_days(first, days - 1);
    date->start = day_moment(first);
    date->end = day_moment(last);
    date->start.has_year = date->end.has_year = base.has_year;
    date->span = days > 1;
}

static void resolve_stretch(struct date_state *state, const struct item *item)
{
    struct date *date = date_of(item);
    struct moment *start = &date->start;
    bool of_month = start->month != 0 || date->of == DATE_MONTH;
    stretch_year(state, item, start);
    if (of_month && start->month == 0) {
        start->month = this_month(state).month;
        date->context = true;
    }
    if (date->unit == DATE_MONTH || date->unit == DATE_QUARTER) {
        int months = date->unit == DATE_QUARTER ? date->count * MONTHS_OF_QUARTER : date->count;
        if (date->last)
            set_months(date, DECEMBER + 1 - months, DECEMBER);
        else
            set_months(date, 1, months);
    } else if (of_month && start->month == 0) {
        start->unit = DATE_MONTH; /* some month */
    } else {
        set_days(date, date->unit == DATE_WEEK ? date->count * DAYS_OF_WEEK : date->count);
    }
}

static void resolve_half(struct date_state *state, const struct item *item)
{
    enum { HALF_MONTH = 15, HALF_YEAR = 6 };
    struct date *date = date_of(item);
    struct moment *start = &date->start;
    stretch_year(state, item, start);
    if (date->unit == DATE_MONTH && start->month == 0)
        start->month = this_month(state).month;
    if (start->month == 0) {
        set_months(date, date->last ? HALF_YEAR + 1 : 1, date->last ? DECEMBER : HALF_YEAR);
        return;
    }
    int length = calendar_month_length(start->has_year ? start->year : 1, start->month);
    set_days(date, date->last ? length - HALF_MONTH : HALF_MONTH);
}

static void resolve_edge(struct date_state *state, const struct item *item)
{
    struct date *date = date_of(item);
    struct day base = date->unit == DATE_WEEK ? state->today : this_month(state);
    date->context = true;
    if (date->unit == DATE_YEAR && base.year == 0)
        (void)date_find_year(state, item, 0, 0, &base.year);
    set_unit(date->unit, base, 0, date);
}

static void resolve_word(struct date_state *state, struct item *item)
{
    struct date *date = date_of(item);
    struct moment *start = &date->start;
    if (start->unit != DATE_NO_UNIT) { /* said again in full */
        find_year(state, item, start);
        return;
    }
    int shift;
    enum date_unit unit = word_unit(date, date->word);
    struct day base = word_base(state, date, date->word, unit, &shift);
    struct moment clock = *start;
    date->context = true;
    set_unit(unit, base, shift, date);
    if (unit == DATE_DAY) {
        start->hour = clock.hour;
        start->minute = clock.minute;
        start->second = clock.second;
    }
}

static void resolve_weekday(struct date_state *state, struct item *item)
{
    struct date *date = date_of(item);
    struct moment *start = &date->start;
    if (start->day != 0) {
        find_year(state, item, start);
        return;
    }
    date->context = true;
    struct day today = state->today;
    if (today.day == 0) {
        set_day(start, today);
        return;
    }
    int ahead = date->weekday - calendar_weekday(today); /* within this week */
    if (date->word != TABLE_NONE) {
        int shift;
        (void)word_base(state, date, date->word, DATE_WEEK, &shift);
        ahead += shift * DAYS_OF_WEEK;
    } else if (match_has(&item->match, DATE_ahead) || match_has(&item->match, DATE_same)) {
        ahead += ahead <= 0 ? DAYS_OF_WEEK : 0;
    } else if (ahead > 0) { /* news tells what was */
        ahead -= DAYS_OF_WEEK;
    }
    set_day(start, calendar_add_days(today, ahead));
}

static void resolve_season(struct date_state *state, const struct item *item)
{
    struct date *date = date_of(item);
    apply_word(state, date, date->word, &date->start);
    if (!date->start.has_year) {
        date->context = true;
        date->start.has_year = date_find_year(state, item, 0, 0, &date->start.year);
    }
}

/* The year of that name (năm Giáp Ngọ) nearest to the article's. */
static bool named_year(const struct date_state *state, const struct item *item, int *year)
{
    enum { CYCLE = 60, UNKNOWN_NEAR = 2015 };
    const struct table *names = rules_known(state->reading->rules, TABLE_SEXAGENARY_YEARS);
    long row = lookup_row(names, item_group(item, DATE_sexagenary));
    if (row == TABLE_NONE)
        return false;
    int near = state->reading->date.year != 0 ? state->reading->date.year : UNKNOWN_NEAR;
    *year = lookup_number(names, row, COLUMN_YEAR, 0);
    while (*year - near > CYCLE / 2)
        *year -= CYCLE;
    while (near - *year > CYCLE / 2)
        *year += CYCLE;
    return true;
}

/* Of lunar days the solar year is told, or the solar day where the text gives it too. */
static void resolve_lunar(struct date_state *state, struct item *item)
{
    enum { OCTOBER = 10, MIDDLE = 15 };
    struct date *date = date_of(item);
    struct moment *start = &date->start;
    if (date->end.day != 0) {
        struct moment solar = date->end;
        solar.hour = start->hour;
        solar.minute = start->minute;
        *start = solar;
        date->lunar = false;
        find_year(state, item, start);
        return;
    }
    apply_word(state, date, date->word, start);
    int month = start->month;
    if (!start->has_year) {
        date->context = true;
        /* A lunar month lies about a month later in the solar year, the twelfth in the next one. */
        int solar_month = month != 0 && state->reading->date.month != 0 ? month % DECEMBER + 1 : 0;
        start->has_year =
            named_year(state, item, &start->year) ||
            date_find_year(state, item, solar_month, solar_month != 0 ? MIDDLE : 0, &start->year);
        /* At the year's end people speak of the Tết to come. */
        bool of_tet = month == DECEMBER || (month <= 1 && date->form == DATE_FORM_LUNAR);
        if (start->has_year && !match_has(&item->match, DATE_sexagenary) && of_tet &&
            article_month(state).month >= OCTOBER && start->year == article_month(state).year)
            start->year++;
    }
    *start = (struct moment){.unit = DATE_YEAR,
                             .has_year = start->has_year,
                             .year = start->year,
                             .hour = -1,
                             .minute = -1,
                             .second = -1};
}

static void resolve_by_form(struct date_state *state, struct item *item)
{
    enum { LAST_CENTURY = 1900 };
    struct date *date = date_of(item);
    switch (date->form) {
    case DATE_FORM_RANGE:
        resolve_range(state, item);
        break;
    case DATE_FORM_STRETCH:
        resolve_stretch(state, item);
        break;
    case DATE_FORM_HALF:
        resolve_half(state, item);
        break;
    case DATE_FORM_EDGE:
        resolve_edge(state, item);
        break;
    case DATE_FORM_WORD:
        resolve_word(state, item);
        break;
    case DATE_FORM_WEEKDAY:
        resolve_weekday(state, item);
        break;
    case DATE_FORM_SEASON:
        resolve_season(state, item);
        break;
    case DATE_FORM_LUNAR:
    case DATE_FORM_SEXAGENARY:
        resolve_lunar(state, item);
        break;
    case DATE_FORM_CENTURY:
        if (!date->start.has_year) {
            date->start.has_year = date->context = true;
            date->start.year = LAST_CENTURY;
            if (match_has(&item->match, DATE_same)) /* thế kỷ này */
                date->start.year += 100;
        }
        break;
    case DATE_FORM_DECADE:
        break;
    default:
        if (date->lunar)
            resolve_lunar(state, item);
        else
            resolve_point(state, item);
        break;
    }
}

/* Quarters become their months. */
static void spread_quarters(struct date *date)
{
    struct moment *start = &date->start;
    struct moment *end = &date->end;
    if (!date->span && start->unit == DATE_QUARTER) {
        *end = *start;
        date->span = true;
    }
    if (date->span && end->unit == DATE_QUARTER)
        *end = month_moment(end->has_year, end->year, end->quarter * MONTHS_OF_QUARTER);
    if (start->unit == DATE_QUARTER)
        *start = month_moment(start->has_year, start->year, moment_first_month(start));
}

/* A deadline or a day to come: "cùng ngày" behind it goes back to the day before it that is told of. */
static bool is_plan(const struct date_state *state, const struct item *item, const struct moment *moment)
{
    const struct date *date = date_of(item);
    if (date->form == DATE_FORM_WORD && date->word != TABLE_NONE &&
        slice_is(lookup_cell(date->words, date->word, COLUMN_FROM), "article") &&
        lookup_number(date->words, date->word, COLUMN_SHIFT, 0) > 0)
        return true;
    struct day day = {moment->year, moment->month, moment->day};
    return date_is_ahead(item) &&
           (state->today.day == 0 || calendar_number(day) > calendar_number(state->today));
}

/* tháng trước, quý qua: told of in passing, the text goes on with the present one. */
static bool is_month_before(const struct date *date)
{
    if (date->form != DATE_FORM_WORD || date->word == TABLE_NONE)
        return false;
    enum date_unit unit = word_unit(date, date->word);
    return (unit == DATE_MONTH || unit == DATE_QUARTER) &&
           slice_is(lookup_cell(date->words, date->word, COLUMN_FROM), "article") &&
           lookup_number(date->words, date->word, COLUMN_SHIFT, 0) < 0;
}

void date_resolve_item(struct date_state *state, struct item *item)
{
    struct date *date = date_of(item);
    const struct reading *reading = state->reading;
    state->compared = words_end(words_table(reading->rules), (struct slice){reading->text, item->match.start},
                                TRAIT_COMPARE);
    resolve_by_form(state, item);
    spread_quarters(date);
    date_year_note(state, item);
    const struct moment *last = date->span ? &date->end : &date->start;
    if (last->has_year && last->unit >= DATE_YEAR)
        state->last_year = last->year;
    if (last->unit >= DATE_MONTH && last->has_year && last->month != 0 && !state->compared &&
        !is_month_before(date)) {
        state->last_month = (struct day){last->year, last->month, 0};
        state->last_month_end = item->match.end;
    }
    if (last->unit == DATE_DAY && last->month != 0 && last->day != 0 && !is_plan(state, item, last))
        state->last_day = (struct day){last->has_year ? last->year : 0, last->month, last->day};
}
