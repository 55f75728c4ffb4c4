#include "calendar.h"

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int calendar_month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && is_leap(year));
}

bool calendar_is_day(bool has_year, int year, int month, int day)
{
    enum { SOME_LEAP_YEAR = 2000 };
    return month >= 1 && month <= 12 && day >= 1 &&
           day <= calendar_month_length(has_year ? year : SOME_LEAP_YEAR, month);
}

/* Years are counted from March, so that the leap day is the last one, in eras of 400 years. */
enum { ERA_YEARS = 400, ERA_DAYS = 146097, YEAR_DAYS = 365, EPOCH = 719468 };

/* The two digits at `at`; -1 if there are none. */
static int two_digits(struct slice text, size_t at)
{
    if (at + 2 > text.length || text.data[at] < '0' || text.data[at] > '9' || text.data[at + 1] < '0' ||
        text.data[at + 1] > '9')
        return -1;
    return (text.data[at] - '0') * 10 + text.data[at + 1] - '0';
}

bool calendar_read(struct slice text, struct day *day)
{
    enum { YEAR_END = 4, MONTH_END = 7, DAY_END = 10 };
    int century = two_digits(text, 0);
    int year = two_digits(text, 2);
    *day = (struct day){0, 0, 0};
    if (century < 1 || year < 0)
        return false;
    day->year = century * 100 + year;
    if (text.length == YEAR_END)
        return true;
    day->month = two_digits(text, YEAR_END + 1);
    if (text.data[YEAR_END] != '-' || day->month < 1 || day->month > 12)
        return false;
    if (text.length == MONTH_END)
        return true;
    day->day = two_digits(text, MONTH_END + 1);
    return text.length == DAY_END && text.data[MONTH_END] == '-' && day->day > 0 &&
           calendar_is_day(true, day->year, day->month, day->day);
}

long calendar_number(struct day day)
{
    long year = day.month <= 2 ? (long)day.year - 1 : day.year;
    long era = (year >= 0 ? year : year - (ERA_YEARS - 1)) / ERA_YEARS;
    long year_of_era = year - era * ERA_YEARS;
    long month = day.month > 2 ? day.month - 3 : day.month + 9;
    long day_of_year = (153 * month + 2) / 5 + day.day - 1;
    return era * ERA_DAYS + year_of_era * YEAR_DAYS + year_of_era / 4 - year_of_era / 100 + day_of_year -
           EPOCH;
}

/* Back from calendar_number. */
static struct day from_number(long number)
{
    number += EPOCH;
    long era = (number >= 0 ? number : number - (ERA_DAYS - 1)) / ERA_DAYS;
    long day_of_era = number - era * ERA_DAYS;
    long year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / (ERA_DAYS - 1)) / YEAR_DAYS;
    long day_of_year = day_of_era - (YEAR_DAYS * year_of_era + year_of_era / 4 - year_of_era / 100);
    long month = (5 * day_of_year + 2) / 153;
    struct day day;
    day.day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    day.month = (int)(month < 10 ? month + 3 : month - 9);
    day.year = (int)(year_of_era + era * ERA_YEARS + (day.month <= 2));
    return day;
}

struct day calendar_add_days(struct day day, long days)
{
    return from_number(calendar_number(day) + days);
}

struct day calendar_add_months(struct day day, int months)
{
    int count = day.year * 12 + day.month - 1 + months;
    int year = (count >= 0 ? count : count - 11) / 12;
    return (struct day){year, count - year * 12 + 1, 1};
}

int calendar_weekday(struct day day)
{
    enum { THURSDAY = 3 }; /* of 1970-01-01, counted from Monday 0 */
    long weekday = (calendar_number(day) + THURSDAY) % 7;
    return (int)(weekday < 0 ? weekday + 7 : weekday) + 1;
}
