/* How a date is written: EDTF and its first and last day. */
#include "date.h"

enum { MOMENT_MAX_BYTES = 64, YEAR_DIGITS = 4, CENTURY = 100, DECADE = 10, ZONE_MAX_BYTES = 8 };

/* At least so many digits; returns where they end. By hand, since a text has a hundred such numbers. */
static char *put_number(char *to, int number, int digits)
{
    char reversed[16];
    int count = 0;
    for (; count < digits || number > 0; number /= 10)
        reversed[count++] = (char)('0' + number % 10);
    while (count > 0)
        *to++ = reversed[--count];
    return to;
}

static char *put_text(char *to, const char *text)
{
    while (*text != '\0')
        *to++ = *text++;
    return to;
}

static char *put_year(char *to, const struct moment *moment)
{
    if (!moment->has_year)
        return put_text(to, "XXXX");
    if (moment->year < 0)
        *to++ = '-';
    return put_number(to, moment->year < 0 ? -moment->year : moment->year, YEAR_DIGITS);
}

static char *put_part(char *to, char separator, int part)
{
    *to++ = separator;
    return part != 0 ? put_number(to, part, 2) : put_text(to, "XX");
}

static char *put_clock(char *to, const struct moment *moment)
{
    *to++ = 'T';
    to = put_number(to, moment->hour, 2);
    *to++ = ':';
    to = put_number(to, moment->minute, 2);
    if (moment->second >= 0) {
        *to++ = ':';
        to = put_number(to, moment->second, 2);
    }
    size_t at = 0;
    while (at < moment->zone.length && (moment->zone.data[at] == ' ' || moment->zone.data[at] == '\n'))
        at++;
    for (size_t i = 0; i < ZONE_MAX_BYTES && at + i < moment->zone.length; i++)
        *to++ = moment->zone.data[at + i];
    return to;
}

/* Where it ends; there is a NUL. */
static char *put_moment(char *to, const struct moment *moment, bool before_christ)
{
    if (moment->unit == DATE_CENTURY) {
        if (before_christ)
            *to++ = '-';
        to = put_text(put_number(to, moment->year / CENTURY % CENTURY, 2), "XX");
    } else if (moment->unit == DATE_DECADE) {
        to = put_text(put_number(to, moment->year / DECADE % 1000, 3), "X");
    } else {
        to = put_year(to, moment);
        if (moment->unit == DATE_SEASON)
            to = put_part(to, '-', moment->season);
        if (moment->unit == DATE_MONTH || moment->unit == DATE_DAY)
            to = put_part(to, '-', moment->month);
        if (moment->unit == DATE_DAY)
            to = put_part(to, '-', moment->day);
        if (moment->unit == DATE_DAY && moment->hour >= 0)
            to = put_clock(to, moment);
    }
    *to = '\0';
    return to;
}

/* First and last day of what a moment covers; false if a part of it is unknown. */
static bool cover(const struct moment *moment, struct day *first, struct day *last)
{
    enum { SPRING = 21, FIRST_MONTH_OF_SPRING = 3, MONTHS_OF_SEASON = 3, DECEMBER = 12 };
    if (!moment->has_year || moment->year < 0)
        return false;
    *first = (struct day){moment->year, 1, 1};
    *last = (struct day){moment->year, DECEMBER, 31};
    switch (moment->unit) {
    case DATE_CENTURY:
        last->year += 99;
        return true;
    case DATE_DECADE:
        last->year += 9;
        return true;
    case DATE_YEAR:
        return true;
    case DATE_SEASON:
        first->month = FIRST_MONTH_OF_SPRING + (moment->season - SPRING) * MONTHS_OF_SEASON;
        *last = calendar_add_days(calendar_add_months(*first, MONTHS_OF_SEASON), -1);
        return true;
    case DATE_MONTH:
        first->month = last->month = moment->month;
        if (moment->month != 0)
            last->day = calendar_month_length(moment->year, moment->month);
        return moment->month != 0;
    case DATE_DAY:
        *first = *last = (struct day){moment->year, moment->month, moment->day};
        return moment->month != 0 && moment->day != 0 &&
               calendar_is_day(true, moment->year, moment->month, moment->day);
    default:
        return false;
    }
}

static void set_day(struct reading *reading, struct item *item, const char *name, struct day day)
{
    char value[MOMENT_MAX_BYTES];
    char *end = put_part(put_part(put_number(value, day.year, YEAR_DIGITS), '-', day.month), '-', day.day);
    item_set(reading, item, name, (struct slice){value, (size_t)(end - value)});
}

static void set_cover(struct reading *reading, struct item *item)
{
    const struct date *date = date_of(item);
    struct day first;
    struct day last;
    struct day ignored;
    if (date->before_christ || !cover(&date->start, &first, date->span ? &ignored : &last) ||
        (date->span && !cover(&date->end, &ignored, &last)))
        return;
    set_day(reading, item, "first-day", first);
    set_day(reading, item, "last-day", last);
}

void date_set_attributes(struct reading *reading, struct item *item)
{
    const struct date *date = date_of(item);
    char value[2 * MOMENT_MAX_BYTES];
    char *end = put_moment(value, &date->start, date->before_christ);
    if (date->span) {
        *end++ = '/';
        end = put_moment(end, &date->end, false);
    }
    item_set(reading, item, "value", (struct slice){value, (size_t)(end - value)});
    if (date->context)
        item_set_kept(reading, item, "resolved", "context");
    /* Of a span the words stand at one of its ends and say little of the whole. */
    bool whole = date->form != DATE_FORM_RANGE || date->night;
    if (whole && date->mod.length > 0)
        item_set(reading, item, "mod", date->mod);
    if (whole && date->part.length > 0)
        item_set(reading, item, "part", date->part);
    if (date->lunar)
        item_set_kept(reading, item, "calendar", "lunar");
    set_cover(reading, item);
}
