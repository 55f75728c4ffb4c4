#include "calendar.h"
#include "date.h"

#include <stdio.h>

enum { MOMENT_MAX_BYTES = 64 };

static int format_year(const struct moment *moment, char *result, size_t size)
{
    if (!moment->has_year)
        return snprintf(result, size, "XXXX");
    return snprintf(result, size, moment->year < 0 ? "-%04d" : "%04d",
                    moment->year < 0 ? -moment->year : moment->year);
}

static int format_part(char separator, int part, char *result, size_t size)
{
    return part != 0 ? snprintf(result, size, "%c%02d", separator, part)
                     : snprintf(result, size, "%cXX", separator);
}

static int format_clock(const struct moment *moment, char *result, size_t size)
{
    int length = snprintf(result, size, "T%02d:%02d", moment->hour, moment->minute);
    if (moment->second >= 0)
        length += snprintf(result + length, size - (size_t)length, ":%02d", moment->second);
    struct slice zone = moment->zone;
    while (zone.length > 0 && (*zone.data == ' ' || *zone.data == '\n')) {
        zone.data++;
        zone.length--;
    }
    return length + snprintf(result + length, size - (size_t)length, "%.*s",
                             (int)(zone.length < 8 ? zone.length : 8), zone.length > 0 ? zone.data : "");
}

static void format_moment(const struct moment *moment, bool before_christ, char *result)
{
    size_t size = MOMENT_MAX_BYTES;
    int length;
    switch (moment->unit) {
    case DATE_CENTURY:
        (void)snprintf(result, size, before_christ ? "-%02dXX" : "%02dXX", moment->year / 100 % 100);
        return;
    case DATE_DECADE:
        (void)snprintf(result, size, "%03dX", moment->year / 10 % 1000);
        return;
    default:
        length = format_year(moment, result, size);
    }
    if (moment->unit == DATE_SEASON)
        length += format_part('-', moment->season, result + length, size - (size_t)length);
    if (moment->unit == DATE_MONTH || moment->unit == DATE_DAY)
        length += format_part('-', moment->month, result + length, size - (size_t)length);
    if (moment->unit == DATE_DAY) {
        length += format_part('-', moment->day, result + length, size - (size_t)length);
        if (moment->hour >= 0)
            (void)format_clock(moment, result + length, size - (size_t)length);
    }
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

static void set_cover(struct reading *reading, struct item *item)
{
    const struct date *date = date_of(item);
    struct day first;
    struct day last;
    struct day ignored;
    if (date->before_christ || !cover(&date->start, &first, date->span ? &ignored : &last) ||
        (date->span && !cover(&date->end, &ignored, &last)))
        return;
    item_set_format(reading, item, "first-day", "%04d-%02d-%02d", first.year, first.month, first.day);
    item_set_format(reading, item, "last-day", "%04d-%02d-%02d", last.year, last.month, last.day);
}

void date_set_attributes(struct reading *reading, struct item *item)
{
    const struct date *date = date_of(item);
    char start[MOMENT_MAX_BYTES];
    char end[MOMENT_MAX_BYTES];
    format_moment(&date->start, date->before_christ, start);
    if (date->span) {
        format_moment(&date->end, false, end);
        item_set_format(reading, item, "value", "%s/%s", start, end);
    } else {
        item_set(reading, item, "value", slice_from(start));
    }
    if (date->context)
        item_set(reading, item, "resolved", SLICE("context"));
    /* Of a span the words stand at one of its ends and say little of the whole. */
    bool whole = date->form != DATE_FORM_RANGE || date->night;
    if (whole && date->mod.length > 0)
        item_set(reading, item, "mod", date->mod);
    if (whole && date->part.length > 0)
        item_set(reading, item, "part", date->part);
    if (date->lunar)
        item_set(reading, item, "calendar", SLICE("lunar"));
    set_cover(reading, item);
}
