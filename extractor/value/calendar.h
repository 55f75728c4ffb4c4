/* calendar.h - arithmetic of the Gregorian calendar, counted back and forth without end. */
#ifndef TRICH_VALUE_CALENDAR_H
#define TRICH_VALUE_CALENDAR_H

#include "value.h"

bool calendar_is_leap(int year);
/* Days of a month; year 0 in a day means unknown, so February has 29 there: use calendar_is_day. */
int calendar_month_length(int year, int month);
/* Whether there is such a day; with has_year false, whether any year has it. */
bool calendar_is_day(bool has_year, int year, int month, int day);
/* Days since 1970-01-01, and back. */
long calendar_number(struct day day);
struct day calendar_from_number(long number);
struct day calendar_add_days(struct day day, long days);
/* The same month so many months on; day becomes 1. */
struct day calendar_add_months(struct day day, int months);
/* 1 Monday … 7 Sunday. */
int calendar_weekday(struct day day);

#endif
