/*
 * date.h - the working value of a date item (struct item's data).
 *
 * date.c reads what the expression itself says, context.c finds the day the article speaks from,
 * date_resolve.c fills in what the expression leaves out, date_format.c writes the attributes.
 */
#ifndef TRICH_VALUE_DATE_H
#define TRICH_VALUE_DATE_H

#include "value.h"

enum date_unit {
    DATE_NO_UNIT,
    DATE_CENTURY,
    DATE_DECADE,
    DATE_YEAR,
    DATE_SEASON,
    DATE_QUARTER,
    DATE_MONTH,
    DATE_WEEK,
    DATE_DAY
};

/* A place on the calendar, as fine as its unit says; what is unknown is 0 (hour, minute, second: -1). */
struct moment {
    enum date_unit unit;
    bool has_year;   /* year counts as astronomers do: 0 is 1 BC */
    bool two_digits; /* of the year only the last two are given */
    int year;
    int month, day;
    int quarter, season; /* season: 21 spring … 24 winter */
    int hour, minute, second;
    struct slice zone; /* as the text has it; {NULL, 0} */
};

enum date_form {
    DATE_FORM_POINT,
    DATE_FORM_RANGE,
    DATE_FORM_OPEN,
    DATE_FORM_STRETCH,
    DATE_FORM_HALF,
    DATE_FORM_DECADE,
    DATE_FORM_CENTURY,
    DATE_FORM_SEASON,
    DATE_FORM_SEXAGENARY,
    DATE_FORM_WORD,
    DATE_FORM_EDGE,
    DATE_FORM_WEEKDAY,
    DATE_FORM_LUNAR
};

struct date {
    enum date_form form;
    bool stamp;   /* tells when the article was written */
    bool span;    /* from start to end; else start alone */
    bool context; /* a part of the value does not stand in the expression */
    bool lunar;
    bool night;         /* a night and the morning behind it */
    bool year_given;    /* by the expression itself */
    bool before_christ; /* of a century */
    struct moment start, end;
    const struct table *words; /* deictic.tsv; NULL if the rules have none */
    long word, word2;          /* rows of it, TABLE_NONE */
    int weekday;               /* 1 Monday … 7 Sunday, 0 none */
    int count;                 /* of a stretch */
    enum date_unit unit;       /* of a stretch, half or edge */
    enum date_unit of;         /* what a stretch is the beginning or end of */
    bool last;                 /* a stretch or half at the end, not the beginning */
    struct slice mod, part;    /* values of the attributes */
};

/* What the text has settled so far while the dates are resolved in their order. */
struct date_state {
    struct reading *reading;
    struct day today;    /* the article's day for words like "today"; later parts may be 0 */
    size_t index;        /* of the item in hand */
    bool generic;        /* a regulation: "the year before" is any year's */
    struct day last_day; /* the last day named before it, year 0 if none */
    int last_year;       /* the last year named before it, 0 if none */
};

static inline struct date *date_of(const struct item *item)
{
    return item->data;
}

/* context.c: settles reading->date if the text gives it, and today. */
void context_settle(struct date_state *state);
/* Resolves one item; fills start and end. */
void date_resolve_item(struct date_state *state, struct item *item);
/* The year that a month (and day, 0 for none) without year falls in; false if nothing tells. */
bool date_find_year(struct date_state *state, const struct item *item, int month, int day, int *year);
/* Whether the item is no date in this article after all: "quý trước" in a regulation. */
bool date_is_generic(const struct date_state *state, const struct item *item);
/* date_format.c: value, resolved, mod, part, calendar, first-day, last-day. */
void date_set_attributes(struct reading *reading, struct item *item);
/* A year of two digits, near the given one (0: unknown). */
int date_widen_year(int two_digits, int near);

#endif
