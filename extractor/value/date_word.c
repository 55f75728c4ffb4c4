/* What words tell of a date, counted from the article's day or from the date before: hôm nay, tháng trước,
 * thứ Hai. */
#include "date.h"
#include "lookup.h"

enum { MONTHS_OF_QUARTER = 3, DAYS_OF_WEEK = 7, HALF_WEEK = 3 };

static void moment_set_day(struct moment *moment, struct day day)
{
    moment->unit = DATE_DAY;
    moment->has_year = day.year != 0;
    moment->year = day.year;
    moment->month = day.month;
    moment->day = day.month != 0 ? day.day : 0;
}

struct moment moment_of_day(struct day day)
{
    struct moment moment = {.hour = -1, .minute = -1, .second = -1};
    moment_set_day(&moment, day);
    return moment;
}

struct moment moment_of_year(bool has_year, int year)
{
    return (struct moment){
        .unit = DATE_YEAR, .has_year = has_year, .year = year, .hour = -1, .minute = -1, .second = -1};
}

struct moment moment_of_month(bool has_year, int year, int month)
{
    return (struct moment){.unit = DATE_MONTH,
                           .has_year = has_year,
                           .year = year,
                           .month = month,
                           .hour = -1,
                           .minute = -1,
                           .second = -1};
}

struct day date_article_month(const struct date_state *state)
{
    return state->today.month != 0 ? state->today : state->reading->date;
}

struct day date_this_month(const struct date_state *state)
{
    struct day month = date_article_month(state);
    struct day told = state->this_month.month != 0 ? state->this_month : state->last_month;
    return month.month == 0 && told.year == month.year ? told : month;
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
        moment_set_day(start, days_on(base, shift));
        break;
    case DATE_WEEK:
        if (base.day == 0 || base.year == 0) { /* some week of that year */
            date->span = false;
            moment_set_day(start, (struct day){base.year, base.year != 0 ? base.month : 0, 0});
            break;
        }
        day = calendar_add_days(base, 1 - calendar_weekday(base) + (long)DAYS_OF_WEEK * shift);
        *start = moment_of_day(day);
        date->end = moment_of_day(calendar_add_days(day, DAYS_OF_WEEK - 1));
        break;
    case DATE_MONTH:
    case DATE_QUARTER:
        if (base.month == 0) {
            *start = moment_of_month(base.year != 0, base.year, 0);
            date->end = *start;
            break;
        }
        if (unit == DATE_QUARTER) {
            base.month = (base.month - 1) / MONTHS_OF_QUARTER * MONTHS_OF_QUARTER + 1;
            shift *= MONTHS_OF_QUARTER;
        }
        day = calendar_add_months(base, shift);
        *start = moment_of_month(base.year != 0, day.year, day.month);
        day = calendar_add_months(day, MONTHS_OF_QUARTER - 1);
        date->end = moment_of_month(base.year != 0, day.year, day.month);
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

/* năm 2015 lãi 5 tỷ, tăng 10 % so với năm trước: before the year told of in the same sentence. "Năm ngoái" is
 * always the one before the article's. */
static bool year_is_near(const struct date_state *state, const struct date *date, long row)
{
    enum { NEAR_BYTES = 250 };
    size_t at = state->dates[state->index]->match.start;
    if (!state->compared || state->told_year == 0 || at - state->told_end > NEAR_BYTES ||
        !slice_is(lookup_cell(date->words, row, COLUMN_USE), "generic"))
        return false;
    return !date_ends_sentence((struct slice){state->reading->text + state->told_end, at - state->told_end});
}

/* Ngày 26/5, tỉnh họp … dự kiến mở vào ngày 25/6 … Cùng ngày, at a sentence's head: not of what is planned.
 */
static bool is_beside_plan(const struct date_state *state)
{
    const struct reading *reading = state->reading;
    const struct item *item = state->dates[state->index];
    char first = reading->text[item->match.start];
    return first >= 'A' && first <= 'Z' && state->day_before_last.month != 0 &&
           state->last_day_item != NULL &&
           calendar_number(state->last_day) > calendar_number(state->day_before_last) &&
           date_is_foretold(reading, state->last_day_item) && !date_is_told_as_to_come(reading, item);
}

/* What a row of deictic.tsv counts from, and how many units on. */
static struct day word_base(const struct date_state *state, const struct date *date, long row,
                            enum date_unit unit, int *shift)
{
    struct slice from = lookup_cell(date->words, row, COLUMN_FROM);
    struct day base = unit == DATE_DAY || unit == DATE_WEEK ? state->today : date_article_month(state);
    *shift = lookup_number(date->words, row, COLUMN_SHIFT, 0);
    bool month_known = base.month != 0 || unit != DATE_MONTH;
    if (state->compared && unit >= DATE_QUARTER && unit <= DATE_MONTH && *shift < 0 &&
        (month_is_near(state) || (!month_known && state->last_month.year == base.year)))
        return state->last_month;
    if (unit == DATE_YEAR && *shift < 0 && year_is_near(state, date, row))
        return (struct day){state->told_year, 0, 0};
    if (unit == DATE_DAY && state->gone_by && !slice_is(from, "last"))
        base = state->reading->date;
    if (slice_is(from, "past"))
        *shift = past_shift(unit, unit == DATE_WEEK ? state->today : state->reading->date);
    if (slice_is(from, "last") && unit == DATE_YEAR && state->last_year != 0)
        base = (struct day){state->last_year, 0, 0};
    else if (slice_is(from, "last") &&
             (unit == DATE_DAY || (unit == DATE_WEEK && state->last_day.year != 0)) &&
             state->last_day.month != 0)
        base = *shift == 0 && is_beside_plan(state) ? state->day_before_last : state->last_day;
    else if (slice_is(from, "last") && state->last_month.year != 0)
        base = state->last_month;
    return unit == DATE_MONTH && base.month == 0 && *shift == 0 ? date_this_month(state) : base;
}

enum date_unit date_word_unit(const struct date *date, long row)
{
    struct slice unit = lookup_cell(date->words, row, COLUMN_UNIT);
    return slice_is(unit, "day")       ? DATE_DAY
           : slice_is(unit, "week")    ? DATE_WEEK
           : slice_is(unit, "month")   ? DATE_MONTH
           : slice_is(unit, "quarter") ? DATE_QUARTER
                                       : DATE_YEAR;
}

void date_apply_word(const struct date_state *state, struct date *date, long row, struct moment *moment)
{
    if (row == TABLE_NONE)
        return;
    int shift;
    enum date_unit unit = date_word_unit(date, row);
    struct day base = word_base(state, date, row, unit, &shift);
    date->context = true;
    if (unit == DATE_YEAR && !moment->has_year) {
        moment->has_year = base.year != 0;
        moment->year = base.year + shift;
        if (moment->unit == DATE_NO_UNIT)
            moment->unit = DATE_YEAR;
    } else if (unit == DATE_MONTH && moment->month == 0) {
        struct day month = base.month != 0 ? calendar_add_months(base, shift) : base;
        moment->has_year = base.year != 0;
        moment->year = month.year;
        moment->month = month.month;
        if (moment->unit == DATE_NO_UNIT)
            moment->unit = DATE_MONTH;
    } else if (unit == DATE_DAY && moment->day == 0) {
        moment_set_day(moment, days_on(base, shift));
    }
}

void date_resolve_edge(struct date_state *state, const struct item *item)
{
    struct date *date = date_of(item);
    struct day base = date->unit == DATE_WEEK ? state->today : date_this_month(state);
    date->context = true;
    if (date->unit == DATE_YEAR && base.year == 0)
        (void)date_find_year(state, item, 0, 0, &base.year);
    set_unit(date->unit, base, 0, date);
}

/* năm học này: from autumn to the summer of the next year. */
static void set_school_year(struct day base, int shift, struct date *date)
{
    enum { AUGUST = 8 };
    struct moment year = {.unit = DATE_YEAR, .hour = -1, .minute = -1, .second = -1};
    year.has_year = base.year != 0;
    year.year = base.year + shift - (base.month < AUGUST);
    date->start = date->end = year;
    date->end.year++;
    date->span = true;
}

void date_resolve_word(struct date_state *state, struct item *item)
{
    struct date *date = date_of(item);
    struct moment *start = &date->start;
    if (start->unit != DATE_NO_UNIT) { /* said again in full */
        date_fill_year(state, item, start);
        return;
    }
    int shift;
    enum date_unit unit = date_word_unit(date, date->word);
    struct day base = word_base(state, date, date->word, unit, &shift);
    struct moment clock = *start;
    date->context = true;
    if (slice_is(lookup_cell(date->words, date->word, COLUMN_UNIT), "school-year")) {
        set_school_year(base, shift, date);
        return;
    }
    set_unit(unit, base, shift, date);
    if (unit == DATE_DAY) {
        start->hour = clock.hour;
        start->minute = clock.minute;
        start->second = clock.second;
    }
}

void date_resolve_weekday(struct date_state *state, struct item *item)
{
    struct date *date = date_of(item);
    struct moment *start = &date->start;
    if (start->day != 0) {
        date_fill_year(state, item, start);
        return;
    }
    date->context = true;
    struct day today = state->today;
    if (today.day == 0 || today.year == 0) {
        moment_set_day(start, (struct day){today.year, today.year != 0 ? today.month : 0, 0});
        return;
    }
    int ahead = date->weekday - calendar_weekday(today); /* within this week */
    bool near = state->gone_by && !match_has(&item->match, DATE_past);
    if (date->word != TABLE_NONE) {
        int shift;
        (void)word_base(state, date, date->word, DATE_WEEK, &shift);
        ahead += shift * DAYS_OF_WEEK;
    } else if (match_has(&item->match, DATE_ahead) || match_has(&item->match, DATE_same)) {
        ahead += ahead <= 0 ? DAYS_OF_WEEK : 0;
    } else if (near && (ahead > HALF_WEEK || ahead < -HALF_WEEK)) { /* near the day told of */
        ahead += ahead > 0 ? -DAYS_OF_WEEK : DAYS_OF_WEEK;
    } else if (!near && ahead > 0) { /* news tells what was */
        ahead -= DAYS_OF_WEEK;
    }
    moment_set_day(start, calendar_add_days(today, ahead));
}

bool date_is_month_before(const struct date *date)
{
    if (date->form != DATE_FORM_WORD || date->word == TABLE_NONE)
        return false;
    enum date_unit unit = date_word_unit(date, date->word);
    return (unit == DATE_MONTH || unit == DATE_QUARTER) &&
           slice_is(lookup_cell(date->words, date->word, COLUMN_FROM), "article") &&
           lookup_number(date->words, date->word, COLUMN_SHIFT, 0) < 0;
}
