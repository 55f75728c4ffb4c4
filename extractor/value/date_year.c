/* The year of a date that has none: from its list, the article's day, or other dates of the text. */
#include "date.h"
#include "words.h"

#include <string.h>

/* How far from the article's day a date without year is still of the same year; days. */
enum { FAR_AHEAD = 240, FAR_BACK = 300, MID_MONTH = 15, MONTH_DAYS = 31, HALF_YEAR = 6 };

static long number_in(int year, int month, int day)
{
    return calendar_number((struct day){year, month != 0 ? month : 1, day != 0 ? day : MID_MONTH});
}

/* What gives the year, if the expression itself does and it says something of the article's time. */
static const struct moment *year_of(const struct item *item)
{
    const struct date *date = date_of(item);
    if (item->dropped || !date->year_given || date_is_apart(item))
        return NULL;
    /* nhiệm kỳ 2016 - 2021, giai đoạn 2021-2025: any of its years may be the present one */
    if (date->span && date->start.has_year && date->end.has_year && date->end.unit == DATE_YEAR &&
        date->end.year > date->start.year + 1)
        return NULL;
    const struct moment *moment = date->span && date->end.has_year ? &date->end : &date->start;
    return moment->has_year && moment->unit >= DATE_YEAR && !moment->two_digits ? moment : NULL;
}

void date_year_prepare(struct date_state *state)
{
    int article = state->reading->date.year;
    for (size_t i = 0; i < state->date_count; i++) {
        const struct moment *moment = year_of(state->dates[i]);
        if (moment == NULL || moment->month == 0 || date_of(state->dates[i])->span ||
            (article != 0 && moment->year > article + 1))
            continue;
        if (article == 0 || moment->year < article - 1) {
            state->told_long_ago[moment->month][moment->day] = (short)moment->year;
            continue;
        }
        short *told = &state->told[moment->month][moment->day];
        if (*told == 0)
            *told = (short)moment->year;
        short *month_told = &state->month_told[moment->month];
        *month_told = *month_told == 0 || *month_told == moment->year ? (short)moment->year : -1;
    }
}

void date_year_note(struct date_state *state, const struct item *item)
{
    if (year_of(item) != NULL && !state->compared)
        state->year_before = item;
}

/* ---- lists ---- */

static bool goes_on(const struct item *item)
{
    return item->match.rule->role == RULE_AFTER;
}

static bool gives_list_year(const struct item *item)
{
    const struct moment *start = &date_of(item)->start;
    return date_of(item)->year_given && start->unit != DATE_YEAR && start->has_year && !start->two_digits;
}

/* The next member behind the one in hand that gives its year; NULL if the list has none. */
static const struct moment *list_ahead(struct date_state *state)
{
    if (state->list_stop <= state->index) {
        size_t k = state->index + 1;
        while (k < state->date_count && goes_on(state->dates[k]) && !gives_list_year(state->dates[k]))
            k++;
        state->list_stop = k;
    }
    size_t stop = state->list_stop;
    return stop < state->date_count && goes_on(state->dates[stop]) ? &date_of(state->dates[stop])->start
                                                                   : NULL;
}

/* ngày 5/3, 7/3 và 10/4/2022: a list has the year of its last member; behind a year it goes on in it. Half a
 * year or more out of order is the turn of the year: ngày 30, 31/12 và 1/1/2023. */
static bool list_year(struct date_state *state, const struct item *item, int month, int *year)
{
    const struct moment *other = list_ahead(state);
    if (other != NULL) {
        int other_month = moment_first_month(other);
        *year = other->year - (month != 0 && other_month != 0 && month - other_month >= HALF_YEAR);
        return true;
    }
    if (!goes_on(item) || state->index == 0)
        return false;
    const struct date *before = date_of(state->dates[state->index - 1]);
    other = before->span ? &before->end : &before->start;
    *year = other->year + (month != 0 && other->month != 0 && other->month - month >= HALF_YEAR);
    return other->has_year;
}

/* ---- with the article's date ---- */

/* "Ảnh:", "Nguồn:" between two dates: one of them is a picture's. */
static bool has_caption(const struct reading *reading, const char *text, size_t length)
{
    return words_include(words_table(reading->rules), (struct slice){text, length}, TRAIT_CAPTION);
}

static bool has_paragraph_end(const char *text, size_t length)
{
    for (size_t i = 0; i + 1 < length; i++)
        if (text[i] == '\n' && text[i + 1] == '\n')
            return true;
    return false;
}

bool date_ends_sentence(struct slice text)
{
    for (size_t i = 0; i + 1 < text.length; i++)
        if (text.data[i + 1] == ' ' &&
            (memchr(".!?:;", text.data[i], 5) != NULL || (i >= 2 && memcmp(text.data + i - 2, "…", 3) == 0)))
            return true;
    return false;
}

/* tháng 5 vừa qua, tháng 11 tới: from the article's day. */
static bool is_spoken(const struct item *item)
{
    return match_has(&item->match, DATE_ahead) || match_has(&item->match, DATE_past) ||
           match_has(&item->match, DATE_same);
}

/* Whether it would come well after the day that the text takes for today: what it tells of is past. */
static bool is_ahead_of_today(const struct date_state *state, int year, int month, int day)
{
    enum { WELL_AFTER = 14 };
    struct day today = state->today;
    return today.day != 0 && today.year == year &&
           number_in(year, month, day) - calendar_number(today) > WELL_AFTER;
}

static bool is_today(const struct date_state *state, int month, int day)
{
    return day != 0 && day == state->today.day && month == state->today.month;
}

/* Whether the date goes on with the story of the one right before it, which is of an earlier year. */
static bool continues_story(const struct date_state *state, const struct item *item, int month, int day,
                            int *year)
{
    enum { NEAR_BYTES = 300, FAR_BYTES = 2000, NEAR_DAYS = 60 };
    if (state->index == 0 || is_spoken(item) || (state->today_told && is_today(state, month, day)))
        return false;
    const struct item *before = state->dates[state->index - 1];
    const struct moment *moment = year_of(before);
    size_t bytes = is_ahead_of_today(state, *year, month, day) ? FAR_BYTES : NEAR_BYTES;
    if (moment == NULL || moment->month == 0 || moment->year >= *year ||
        item->match.start - before->match.end > bytes)
        return false;
    const char *between = state->reading->text + before->match.end;
    size_t length = item->match.start - before->match.end;
    long later = number_in(moment->year, month, day) - number_in(moment->year, moment->month, moment->day);
    if (later < 0 || later > NEAR_DAYS || has_paragraph_end(between, length) ||
        has_caption(state->reading, between, length))
        return false;
    *year = moment->year;
    return true;
}

/* Whether the text names the day with its year, too, and the date right before it is of that year. The same
 * day again at the head of a sentence may be its anniversary: Ngày 27/7, tỉnh làm lễ. */
static bool is_of_old_story(const struct date_state *state, const struct item *item, int month, int day,
                            int *year)
{
    int told = state->told_long_ago[month][day];
    if (day == 0 || told == 0 || state->index == 0 || is_spoken(item))
        return false;
    const struct item *before = state->dates[state->index - 1];
    const struct moment *moment = &date_of(before)->start;
    bool again = moment->month == month && moment->day == day && date_opens_sentence(state->reading, item);
    if (before->dropped || !moment->has_year || moment->month == 0 || moment->year != told || again)
        return false;
    *year = told;
    return true;
}

/* Years that the rest of the text speaks for, where the article's own does not settle it: the same month or
 * day elsewhere with its year, or a story. */
static bool told_year(const struct date_state *state, const struct item *item, int month, int day, int *year)
{
    if (month == 0)
        return false;
    enum { MARCH = 3 }; /* of the next year only what is near */
    if (state->told[month][day] != 0 && (state->told[month][day] <= *year || month <= MARCH)) {
        *year = state->told[month][day];
        return true;
    }
    /* of a late month that the text names only in the year before: what is told of is past */
    enum { SEPTEMBER = 9 };
    if (state->reading->date.month == 0 && month >= SEPTEMBER && state->month_told[month] == *year - 1) {
        --*year;
        return true;
    }
    return is_of_old_story(state, item, month, day, year) || continues_story(state, item, month, day, year);
}

/* hồi đầu tháng 9, tháng 9 vừa qua: before the article's day. */
static bool is_gone(const struct reading *reading, const struct item *item)
{
    struct slice front = {reading->text, item->match.start};
    return match_has(&item->match, DATE_past) || words_end(words_table(reading->rules), front, TRAIT_TOLD);
}

/* With the article's year alone: of a day late in the year, told of early in it by the day that the text
 * takes for today; or of one that is said to be gone. */
static bool is_long_past(const struct date_state *state, const struct item *item, int month, int day)
{
    enum { SEPTEMBER = 9, GONE_AHEAD = 120 };
    struct day today = state->today;
    if (today.month == 0 || date_of(item)->lunar || match_has(&item->match, DATE_ahead))
        return false;
    long later = number_in(today.year, month, day) - number_in(today.year, today.month, today.day);
    return (later > FAR_AHEAD && month >= SEPTEMBER) || (later > GONE_AHEAD && is_gone(state->reading, item));
}

static void year_of_article(const struct date_state *state, const struct item *item, int month, int day,
                            int *year)
{
    enum { LATE_QUARTER = 7, LATE_MONTH = 9 };
    struct day article = state->reading->date;
    *year = article.year;
    if (month == 0 || match_has(&item->match, DATE_same))
        return;
    if (article.month == 0) {
        if (!told_year(state, item, month, day, year))
            *year -= is_long_past(state, item, month, day);
        return;
    }
    long distance = number_in(*year, month, day) - number_in(article.year, article.month, article.day);
    int months = month - article.month;
    if (match_has(&item->match, DATE_ahead)) {
        *year += distance < 0 && (day != 0 || months < 0);
        return;
    }
    bool past = match_has(&item->match, DATE_past);
    if (distance > MONTH_DAYS && !past && told_year(state, item, month, day, year))
        return;
    int late = date_of(item)->start.quarter != 0 ? LATE_QUARTER : LATE_MONTH;
    bool far_ahead = day != 0 ? distance > FAR_AHEAD : months >= late;
    if (far_ahead || (distance > MONTH_DAYS && is_gone(state->reading, item)))
        --*year;
    else if (day != 0 && distance < -FAR_BACK)
        ++*year;
}

/* ---- without ---- */

/* Finds where the paragraph of a place begins and ends; places are asked for in the order of the text. */
static void find_paragraph(struct date_state *state, size_t place)
{
    const struct reading *reading = state->reading;
    if (place < state->paragraph_to)
        return;
    size_t at = state->paragraph_to;
    const char *line;
    while ((line = memchr(reading->text + at, '\n', reading->length - at)) != NULL) {
        at = (size_t)(line - reading->text);
        bool empty_line = at + 1 < reading->length && line[1] == '\n';
        if (empty_line && at >= place)
            break;
        if (empty_line)
            state->paragraph_from = at + 1;
        at++;
    }
    state->paragraph_to = line != NULL ? at : reading->length;
}

/* Whether a year that stands alone is that of a month or day beside it: in its sentence, or behind one that
 * it opens (Năm 1945 … Ngày 19/8); not a goal's. */
static bool is_year_beside(const struct date_state *state, const struct item *year, const struct item *item)
{
    enum { SENTENCE_BYTES = 300, STORY_BYTES = 600 };
    const struct item *first = year->match.start < item->match.start ? year : item;
    const struct item *second = first == year ? item : year;
    size_t gap = second->match.start - first->match.end;
    if (date_is_goal(state->reading, year) || gap > STORY_BYTES)
        return false;
    if (first == year && date_opens_sentence(state->reading, year))
        return true;
    return gap <= SENTENCE_BYTES &&
           !date_ends_sentence((struct slice){state->reading->text + first->match.end, gap});
}

/* That of the nearest date before, in the paragraph if there is one, else behind. */
static bool nearest_year(struct date_state *state, const struct item *item, int month, int day, int *year)
{
    const struct item *found = state->year_before;
    find_paragraph(state, item->match.start);
    if (found == NULL || found->match.end < state->paragraph_from) {
        size_t k = state->year_behind > state->index ? state->year_behind : state->index + 1;
        while (k < state->date_count && year_of(state->dates[k]) == NULL)
            k++;
        state->year_behind = k;
        if (k < state->date_count && (found == NULL || state->dates[k]->match.start < state->paragraph_to))
            found = state->dates[k];
    }
    if (found == NULL)
        return false;
    const struct moment *moment = year_of(found);
    if (month != 0 && moment->unit == DATE_YEAR && !is_year_beside(state, found, item))
        return false;
    if (moment->month != 0 && day != 0 && state->open_day[month][day])
        return false;
    *year = moment->year;
    if (month != 0 && moment->month != 0 && found->match.start < item->match.start &&
        number_in(*year, month, day) - number_in(*year, moment->month, moment->day) < -FAR_BACK)
        ++*year;
    return true;
}

/* News whose year nothing tells: that of the date right before whose story it goes on with; of a year named
 * in the same sentence. */
static bool story_year(const struct date_state *state, const struct item *item, int month, int day, int *year)
{
    enum { NEAR_BYTES = 300, NEAR_DAYS = 60, BESIDE_BYTES = 60 };
    if (state->index == 0 || is_spoken(item) || month == 0)
        return false;
    const struct item *before = state->dates[state->index - 1];
    const struct moment *moment = date_of(before)->span ? &date_of(before)->end : &date_of(before)->start;
    if (before->dropped || date_is_apart(before) || !moment->has_year || moment->unit < DATE_YEAR ||
        item->match.start - before->match.end > NEAR_BYTES)
        return false;
    struct slice between = {state->reading->text + before->match.end, item->match.start - before->match.end};
    if (has_paragraph_end(between.data, between.length) ||
        has_caption(state->reading, between.data, between.length))
        return false;
    *year = moment->year;
    if (moment->month == 0)
        return !date_of(before)->span && between.length <= BESIDE_BYTES && !date_ends_sentence(between) &&
               !date_is_goal(state->reading, before);
    if (day != 0 && state->open_day[month][day])
        return false;
    long later = number_in(*year, month, day) - number_in(*year, moment->month, moment->day);
    return later >= 0 && later <= NEAR_DAYS;
}

bool date_find_year(struct date_state *state, const struct item *item, int month, int day, int *year)
{
    bool lunar = date_of(item)->lunar && !match_has(&item->match, DATE_sexagenary);
    bool bare_month =
        ((month != 0 && day == 0) || lunar) && !is_spoken(item) && date_of(item)->word == TABLE_NONE;
    if (match_has(&item->match, DATE_every) || date_of(item)->any_year ||
        (bare_month && date_recurs(state->reading, item)))
        return false;
    if (date_of(item)->paper_year != 0) {
        *year = date_of(item)->paper_year;
        return true;
    }
    if (list_year(state, item, month, year))
        return true;
    if (state->reading->date.year != 0) {
        year_of_article(state, item, month, day, year);
        state->today_told = state->today_told || (is_today(state, month, day) && *year == state->today.year);
        return true;
    }
    if (is_of_old_story(state, item, month, day, year))
        return true;
    bool told =
        state->news ? story_year(state, item, month, day, year) : nearest_year(state, item, month, day, year);
    if (!told && day != 0)
        state->open_day[month][day] = true;
    return told;
}

void date_fill_year(struct date_state *state, const struct item *item, struct moment *moment)
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
