/* What an expression leaves out of its moments, by its form and what the text told before. */
#include "character.h"
#include "date.h"
#include "lookup.h"
#include "words.h"

#include <string.h>

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

/* Năm 938 … năm 40: among years of old times one of two digits is whole. */
static void keep_early(const struct moment *told, struct date *date)
{
    enum { FIRST_WIDENED = 1000 };
    struct moment *start = &date->start;
    if (start->two_digits && told != NULL && told->year < FIRST_WIDENED && start->month == 0 && !date->span)
        start->two_digits = false;
}

void date_widen_years(struct date_state *state)
{
    const struct moment *told = NULL; /* the last year before it that was given in full */
    for (size_t i = 0; i < state->date_count; i++) {
        struct date *date = date_of(state->dates[i]);
        keep_early(told, date);
        const struct moment *last = date->span ? &date->end : &date->start;
        if (date->year_given && last->has_year && last->unit >= DATE_YEAR && !last->two_digits)
            told = last;
        widen(state, date, &date->start);
        widen(state, date, &date->end);
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

/* "ngày 24" alone: of the month that the text speaks of. */
static void find_month(const struct date_state *state, struct date *date, struct moment *moment)
{
    if (moment->day == 0 || moment->month != 0)
        return;
    struct day month = state->last_month;
    if (month.month == 0 || (state->reading->date.year != 0 && month.year != state->reading->date.year))
        month = date_article_month(state);
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
    if (!date->any_year)
        date_apply_word(state, date, date->word, &date->start);
    find_month(state, date, &date->start);
    date_fill_year(state, item, &date->start);
}

/* tháng 10 năm trước đến tháng 2 năm sau: of every year. */
static bool is_of_any_year(const struct date *date)
{
    return date->word != TABLE_NONE && date->word2 != TABLE_NONE && date->start.month != 0 &&
           date->end.month != 0 && date_word_unit(date, date->word) == DATE_YEAR &&
           slice_is(lookup_cell(date->words, date->word, COLUMN_USE), "generic") &&
           slice_is(lookup_cell(date->words, date->word2, COLUMN_USE), "generic");
}

/* 7h ngày 17/6 đến 19h cùng ngày: the end's word goes back to the start. */
static void tell_start(struct date_state *state, const struct item *item)
{
    struct date *date = date_of(item);
    struct moment *start = &date->start;
    if (date->word2 == TABLE_NONE || date_word_unit(date, date->word2) != DATE_DAY || start->day == 0)
        return;
    date_fill_year(state, item, start);
    if (start->has_year)
        state->last_day = (struct day){start->year, start->month, start->day};
}

/* 7h đến 9h ngày 5/3: the day is said once. */
static void share_day(const struct moment *start, struct moment *end)
{
    struct moment clock = *end;
    *end = *start;
    end->hour = clock.hour;
    end->minute = clock.minute;
    end->second = -1;
}

/* The year that one of them has, or that the text tells, is the other's too, or the one beside it. */
static void share_year(struct date_state *state, const struct item *item, struct moment *start,
                       struct moment *end)
{
    bool turn = is_later(start, end); /* tháng 11 đến tháng 2 */
    if (!start->has_year && !end->has_year)
        date_fill_year(state, item, turn ? start : end);
    if (!end->has_year && start->has_year) {
        end->has_year = true;
        end->year = start->year + turn;
    } else if (!start->has_year && end->has_year) {
        start->has_year = true;
        start->year = end->year - turn;
    }
}

static void resolve_range(struct date_state *state, const struct item *item)
{
    struct date *date = date_of(item);
    struct moment *start = &date->start;
    struct moment *end = &date->end;
    if (is_of_any_year(date)) {
        date->context = true;
        return;
    }
    date_apply_word(state, date, date->word, start);
    tell_start(state, item);
    date_apply_word(state, date, date->word2, end);
    find_month(state, date, end);
    if (start->day != 0 && start->month == 0)
        start->month = end->month;
    if (end->unit == DATE_NO_UNIT)
        share_day(start, end);
    share_year(state, item, start, end);
    if (date->lunar) { /* of lunar days the solar year is told */
        *start = moment_of_year(start->has_year, start->year);
        date->span = false;
    }
}

/* The year that a stretch, half or edge lies in. */
static void stretch_year(struct date_state *state, const struct item *item, struct moment *moment)
{
    struct date *date = date_of(item);
    date_apply_word(state, date, date->word, moment);
    if (moment->has_year)
        return;
    date->context = true;
    moment->has_year = date_find_year(state, item, 0, 0, &moment->year);
}

static void set_months(struct date *date, int first, int last)
{
    struct moment base = date->start;
    date->start = moment_of_month(base.has_year, base.year, first);
    date->end = moment_of_month(base.has_year, base.year, last);
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
    date->start = moment_of_day(first);
    date->end = moment_of_day(last);
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
        start->month = date_this_month(state).month;
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
        start->month = date_this_month(state).month;
    if (date->unit == DATE_MONTH && start->month == 0) {
        start->unit = DATE_MONTH; /* of some month */
        return;
    }
    if (start->month == 0) {
        set_months(date, date->last ? HALF_YEAR + 1 : 1, date->last ? DECEMBER : HALF_YEAR);
        return;
    }
    int length = calendar_month_length(start->has_year ? start->year : 1, start->month);
    set_days(date, date->last ? length - HALF_MONTH : HALF_MONTH);
}

/* tuần 43/2022: the first week of a year is that of its 4 January. */
static void resolve_week(struct date *date)
{
    struct day fourth = {date->start.year, 1, 4};
    struct day monday =
        calendar_add_days(fourth, 1 - calendar_weekday(fourth) + (long)DAYS_OF_WEEK * (date->count - 1));
    date->start = moment_of_day(monday);
    date->end = moment_of_day(calendar_add_days(monday, DAYS_OF_WEEK - 1));
    date->span = true;
}

static void resolve_season(struct date_state *state, const struct item *item)
{
    struct date *date = date_of(item);
    date_apply_word(state, date, date->word, &date->start);
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

/* Of lunar days the solar year, or the solar day where the text gives it too. */
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
        date_fill_year(state, item, start);
        return;
    }
    date_apply_word(state, date, date->word, start);
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
            date_article_month(state).month >= OCTOBER && start->year == date_article_month(state).year)
            start->year++;
    }
    *start = moment_of_year(start->has_year, start->year);
}

/* Hồi tháng Giêng, MU đã mua anh: of a text that tells of no feast, in the solar calendar. */
static bool is_january(struct date_state *state, const struct item *item)
{
    const struct date *date = date_of(item);
    const struct reading *reading = state->reading;
    if (date->start.month != 1 || date->start.day != 0 || match_has(&item->match, DATE_lunar))
        return false;
    if (!state->festive_known) { /* only now: most texts have no such month */
        state->festive_known = true;
        state->festive = words_include(words_table(reading->rules),
                                       (struct slice){reading->text, reading->length}, TRAIT_EVENT);
    }
    return !state->festive;
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
        date_resolve_edge(state, item);
        break;
    case DATE_FORM_WORD:
        date_resolve_word(state, item);
        break;
    case DATE_FORM_WEEKDAY:
        date_resolve_weekday(state, item);
        break;
    case DATE_FORM_WEEK:
        resolve_week(date);
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
        date->lunar = date->lunar && !is_january(state, item);
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
        *end = moment_of_month(end->has_year, end->year, end->quarter * MONTHS_OF_QUARTER);
    if (start->unit == DATE_QUARTER)
        *start = moment_of_month(start->has_year, start->year, moment_first_month(start));
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

static bool is_same_day(const struct moment *a, const struct moment *b)
{
    return a->day == b->day && a->month == b->month && a->year == b->year;
}

/* Brasilia ngày 31/5. (Nguồn: AFP): a picture's day. */
static bool is_of_picture(const struct reading *reading, size_t end)
{
    while (end < reading->length && strchr(" .,(", reading->text[end]) != NULL)
        end++;
    size_t start = end;
    while (end < reading->length && is_letter(reading->text[end]))
        end++;
    return end < reading->length && reading->text[end] == ':' &&
           words_are(words_table(reading->rules), (struct slice){reading->text + start, end - start},
                     TRAIT_CAPTION);
}

/* What a sentence tells by the way: kể từ hôm 18/5; so với chốt phiên hôm qua; sau khi gặp nhau hôm 28/5 vừa
 * qua, but not Ngày 28/5 vừa qua, họ gặp nhau; diễn đàn (11-12/5). "Cùng ngày" behind it goes back to the day
 * before it. */
static bool is_by_the_way(const struct date_state *state, const struct item *item)
{
    const struct date *date = date_of(item);
    const char *text = state->reading->text;
    size_t start = item->match.start;
    const struct table *words = words_table(state->reading->rules);
    struct slice front = {text, start};
    if (state->last_day.month == 0)
        return false;
    if (is_of_picture(state->reading, item->match.end))
        return true;
    bool before = date->form == DATE_FORM_WORD && date->word != TABLE_NONE &&
                  lookup_number(date->words, date->word, COLUMN_SHIFT, 0) < 0;
    if (before && (slice_is(lookup_cell(date->words, date->word, COLUMN_FROM), "last") ||
                   words_end(words, front, TRAIT_SESSION))) /* so với phiên hôm trước */
        return true;
    if (date->form == DATE_FORM_RANGE && !is_same_day(&date->start, &date->end))
        return true;
    bool opens_clause =
        start < 2 || strchr(".,:;!?\n\"-)", text[start - 2]) != NULL || text[start - 1] == '\n';
    return (match_has(&item->match, DATE_past) && !opens_clause) || words_end(words, front, TRAIT_SINCE);
}

static void note_day(struct date_state *state, const struct item *item, struct day day)
{
    if (day.day != state->last_day.day || day.month != state->last_day.month)
        state->day_before_last = state->last_day;
    state->last_day = day;
    state->last_day_item = item;
}

void date_resolve_item(struct date_state *state, struct item *item)
{
    struct date *date = date_of(item);
    const struct reading *reading = state->reading;
    struct slice front = {reading->text, item->match.start};
    state->compared = words_end(words_table(reading->rules), front, TRAIT_COMPARE) ||
                      words_end(words_table(reading->rules), front, TRAIT_SAME_PERIOD);
    resolve_by_form(state, item);
    spread_quarters(date);
    date_year_note(state, item);
    if (match_has(&item->match, DATE_same) && date->start.month != 0)
        state->this_month = (struct day){date->start.year, date->start.month, 0};
    const struct moment *last = date->span ? &date->end : &date->start;
    if (last->has_year && last->unit >= DATE_YEAR)
        state->last_year = last->year;
    bool years = date->span && last->unit == DATE_YEAR; /* năm học 2017-2018 */
    if (date->year_given && last->has_year && last->unit >= DATE_YEAR && !years && !state->compared) {
        state->told_year = last->year;
        state->told_end = item->match.end;
    }
    if (last->unit >= DATE_MONTH && last->has_year && last->month != 0 && !state->compared &&
        !date_is_month_before(date)) {
        state->last_month = (struct day){last->year, last->month, 0};
        state->last_month_end = item->match.end;
    }
    if (last->unit == DATE_DAY && last->month != 0 && last->day != 0 && !is_plan(state, item, last) &&
        !is_by_the_way(state, item))
        note_day(state, item, (struct day){last->has_year ? last->year : 0, last->month, last->day});
}
