/* calendar.h - arithmetic of the Gregorian calendar, counted back and forth without end. */
#ifndef TRICH_BASE_CALENDAR_H
#define TRICH_BASE_CALENDAR_H

#include <stdbool.h>

#include "slice.h"

/* A calendar date of which the later parts may be unknown (0). */
struct day {
    int year, month, day;
};

/* month from 1 to 12. Year 0 is a leap year: whether a day of an unknown year can be, ask calendar_is_day. */
int calendar_month_length(int year, int month);
/* Whether there is such a day; with has_year false, whether any year has it. */
bool calendar_is_day(bool has_year, int year, int month, int day);
/* Reads YYYY, YYYY-MM or YYYY-MM-DD (ISO 8601), from year 100 on; false if it is none, or no such day. */
bool calendar_read(struct slice text, struct day *day);
/* Days since 1970-01-01. */
long calendar_number(struct day day);
struct day calendar_add_days(struct day day, long days);
/* The same month so many months on; day becomes 1. */
struct day calendar_add_months(struct day day, int months);
/* 1 Monday … 7 Sunday. */
int calendar_weekday(struct day day);

#endif
