/*
 * The day that words like "today" count from, where only the article's month or year is given, if that.
 *
 * A day that such a word names itself (hôm nay, 6/2) tells it, or the byline. Else the first day named
 * without its year stands for it, as news does for days close by, gone by or today's own; else a day at the
 * head. Other days with a year are no evidence, nor are days to come: they are deadlines and issue dates.
 * Weeks and months can be told by such a day; "hôm qua" only where it surely is today: the latest one that
 * the text tells of, named in the lead, with the part of the day that a word for today has, too, or by the
 * reporter.
 */
#include "date.h"
#include "lookup.h"
#include "words.h"

enum { HEAD_BYTES = 700, LEAD_BYTES = 400 };

struct search {
    const struct date_state *state;
    struct day given;         /* the article's */
    bool said;                /* a word like "today" stands in the text */
    unsigned today_parts;     /* of its days, as bits: those with a word for today, sáng nay */
    unsigned yesterday_parts; /* tối qua */
    bool today_said, tomorrow_said;
    bool ahead[DATE_MONTHS + 1][DATE_DAYS_OF_MONTH + 1]; /* said to come, here or elsewhere */
    const struct item *told;                             /* the day that stands for today */
    struct day told_day, foretold, head;
    bool tonight;      /* the day foretold is today: sẽ diễn ra tối 27/5 … tối nay */
    struct day latest; /* told of */
    bool sure;         /* today is the latest */
    int shift;         /* or so many days behind it */
};

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

/* Sáng 17/6, phóng viên có mặt: what happened is told of with the day at the sentence's head. */
static bool is_told_first(const struct reading *reading, const struct item *item)
{
    return date_opens_sentence(reading, item) && !date_is_told_as_to_come(reading, item);
}

/* Whether the article may speak from the day of one that is foretold, if any is. */
static bool is_shortly_before(struct day day, struct day foretold)
{
    enum { SHORTLY = 31 };
    long distance = calendar_number(foretold) - calendar_number(day);
    return foretold.month == 0 || (distance >= 0 && distance <= SHORTLY);
}

static unsigned part_bit(struct slice part)
{
    static const char *const parts[] = {"morning", "noon", "afternoon", "evening", "night"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (slice_is(part, parts[i]))
            return 1U << i;
    return 0;
}

static int word_shift(const struct date *date)
{
    return lookup_number(date->words, date->word, COLUMN_SHIFT, 0);
}

/* What words like "today" the text has, which days it says to come. */
static void list_words(struct search *search)
{
    const struct date_state *state = search->state;
    const struct table *words = words_table(state->reading->rules);
    for (size_t i = 0; i < state->date_count; i++) {
        const struct item *item = state->dates[i];
        const struct date *date = date_of(item);
        struct slice front = {state->reading->text, item->match.start};
        if (match_has(&item->match, DATE_ahead) && date_names_day(date))
            search->ahead[date->start.month][date->start.day] = true;
        if (!date_counts_days(date) || date->start.day != 0)
            continue;
        search->said = true;
        if (words_end(words, front, TRAIT_COMPARE))
            continue;
        if (word_shift(date) == 0) {
            search->today_said = true;
            search->today_parts |= part_bit(date->part);
        } else if (word_shift(date) == 1) {
            search->tomorrow_said =
                search->tomorrow_said || (item->match.start < LEAD_BYTES && date->part.length == 0);
        } else if (word_shift(date) == -1 && !slice_is(date->part, "morning")) {
            search->yesterday_parts |= part_bit(date->part); /* a morning is often the one before */
        }
    }
}

/* Also behind a title without a stop, by its capital: … cho dân Ngày 6/2, tỉnh. */
static bool opens_sentence(const struct reading *reading, const struct item *item)
{
    char first = reading->text[item->match.start];
    return (first >= 'A' && first <= 'Z') || date_opens_sentence(reading, item);
}

/* Whether the latest day told of is surely today, or the day before it: tối 7/2 … tối qua. */
static bool is_sure(const struct search *search, const struct item *item, bool goal, int *shift)
{
    const struct reading *reading = search->state->reading;
    const struct date *date = date_of(item);
    unsigned part = part_bit(date->part);
    *shift = 0;
    if (date_is_gone_by(reading, item) ||
        words_include(words_table(reading->rules), date_clause_before(reading, item), TRAIT_GONE) ||
        match_has(&item->match, DATE_before) || date->form == DATE_FORM_WEEKDAY)
        return false;
    if ((part & search->today_parts) != 0)
        return true;
    if ((part & search->yesterday_parts) != 0) {
        *shift = 1;
        return true;
    }
    if (goal || (date->start.hour >= 0 && !search->today_said)) /* of what happened then */
        return false;
    bool opens = opens_sentence(reading, item);
    bool lead = item->match.start < LEAD_BYTES;
    return (lead && (part != 0 || search->today_said || opens)) ||
           (opens &&
            words_include(words_table(reading->rules), date_clause_behind(reading, item), TRAIT_REPORTS));
}

/* A day named without its year that is not to come. */
static void weigh_told(struct search *search, const struct item *item, struct day day)
{
    const struct reading *reading = search->state->reading;
    if (search->told == NULL) {
        search->told = item;
        search->told_day = day;
    } else {
        enum { NEXT_DAYS = 7 };
        long later = calendar_number(day) - calendar_number(search->told_day);
        if (later > 0 && later <= NEXT_DAYS && !date_opens_sentence(reading, search->told) &&
            is_told_first(reading, item)) {
            search->told = item;
            search->told_day = day;
        }
    }
    bool none = search->latest.month == 0;
    long later = none ? 0 : calendar_number(day) - calendar_number(search->latest);
    struct slice front = {reading->text, item->match.start};
    bool goal = date_is_goal(reading, item) && !words_end(words_table(reading->rules), front, TRAIT_ON);
    if (!search->said || later < 0 || (goal && later > 0))
        return;
    if (later > 0 || none) {
        search->latest = day;
        search->sure = false;
    }
    if (!search->sure)
        search->sure = is_sure(search, item, goal, &search->shift);
}

static bool is_to_come(const struct search *search, const struct item *item)
{
    const struct reading *reading = search->state->reading;
    if (date_is_foretold(reading, item))
        return true;
    return (search->told != NULL || search->tomorrow_said) && opens_sentence(reading, item) &&
           date_is_told_as_to_come(reading, item);
}

static void weigh_day(struct search *search, const struct item *item, struct day day)
{
    bool found = search->told != NULL && !search->said;
    long later = search->latest.month != 0 ? calendar_number(day) - calendar_number(search->latest) : 1;
    if (found || later < 0 || (later == 0 && search->sure))
        return;
    if (is_to_come(search, item)) {
        if (search->foretold.month == 0 && (search->told == NULL || search->tomorrow_said)) {
            search->foretold = day;
            search->tonight = (part_bit(date_of(item)->part) & search->today_parts) != 0;
        }
    } else if (search->told != NULL || is_shortly_before(day, search->foretold)) {
        weigh_told(search, item, day);
    }
}

/* Điểm tin tối 6/2: … */
static bool is_of_title(const struct reading *reading, const struct item *item)
{
    enum { TITLE_BYTES = 100 };
    return item->match.start < TITLE_BYTES && item->match.end < reading->length &&
           reading->text[item->match.end] == ':' && !date_is_foretold(reading, item);
}

/* Whether the day is today by itself: sáng nay (6/2), of the byline, of the title. */
static bool says_today(const struct reading *reading, const struct item *item, struct day *day)
{
    const struct date *date = date_of(item);
    if (!date_counts_days(date))
        return date->byline || is_of_title(reading, item);
    *day = calendar_add_days(*day, -word_shift(date));
    return true;
}

struct day date_find_today(const struct date_state *state, bool *gone_by)
{
    struct search search = {.state = state, .given = state->reading->date};
    *gone_by = false;
    list_words(&search);
    for (size_t i = 0; i < state->date_count; i++) {
        const struct item *item = state->dates[i];
        const struct date *date = date_of(item);
        if (!date_names_day(date) || date_is_apart(item) || date_is_ahead(item))
            continue;
        struct day day = date_start_day(date);
        if (date->start.two_digits || !fits(search.given, &day))
            continue;
        if (says_today(state->reading, item, &day))
            return day;
        if (search.told == NULL && search.head.month == 0 && may_head(state, item))
            search.head = day;
        if (!date->start.has_year && date->form != DATE_FORM_WORD && !search.ahead[day.month][day.day])
            weigh_day(&search, item, day);
    }
    if (!search.sure && !search.tonight && search.head.month == 0 && search.tomorrow_said &&
        search.foretold.month != 0) /* Ngày mai … Ngày 7/7, tỉnh sẽ họp */
        return calendar_add_days(search.foretold, -1);
    if (search.told == NULL || search.tonight) {
        *gone_by = search.head.month == 0 && search.foretold.month != 0 && !search.tonight;
        return search.head.month != 0       ? search.head
               : search.foretold.month != 0 ? search.foretold
                                            : search.given;
    }
    *gone_by = !search.sure;
    return search.sure ? calendar_add_days(search.latest, search.shift) : search.told_day;
}
