/*
 * date.h - the working value of a date item (struct item's data).
 *
 * date.c reads what the expression itself says, date_context.c finds the day the article speaks from (where
 * nothing says it, date_present.c the year, date_today.c the day), date_resolve.c fills in what the
 * expression leaves out, with date_word.c for words like "today" and date_year.c for the year; date_format.c
 * writes the attributes.
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
    DATE_FORM_WEEK,
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
    bool byline;  /* so does that of its author's line, wherever it stands */
    bool span;    /* from start to end; else start alone */
    bool context; /* a part of the value does not stand in the expression */
    bool lunar;
    bool night;         /* a night and the morning behind it */
    bool year_given;    /* by the expression itself */
    bool any_year;      /* of every year: ngày 31 tháng 1 năm sau, in a regulation */
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
    int paper_year;            /* of the document issued then, by its symbol; 0 if it is none's */
};

enum { DATE_MONTHS = 12, DATE_DAYS_OF_MONTH = 31 };

/* What the text has settled so far while the dates are resolved in their order. */
struct date_state {
    struct reading *reading;
    struct item **dates; /* those of the article, in order */
    size_t date_count;
    size_t index;     /* of the one in hand */
    struct day today; /* the article's day for words like "today"; later parts may be 0 */
    bool news;        /* without a date, yet it speaks from a day: no year is that of its days unless told */
    bool generic;     /* a regulation, or perhaps one: "the year before" is any year's */
    bool weighed;     /* whether it is one */
    bool today_told;  /* the day of today was named before it: named again it is of no other story */
    bool gone_by;     /* today is near, and after, the day that stands for it: hôm 10/6 */
    struct day last_day;              /* the last day named before it, month 0 if none; not a deadline */
    struct day this_month;            /* the last one named so before it: tháng 7 này; month 0 if none */
    struct day last_month;            /* the last month or day named before it, not in a comparison */
    size_t last_month_end;            /* where that stands */
    bool compared;                    /* the one in hand: so với tháng trước */
    const struct item *last_day_item; /* names last_day */
    struct day day_before_last;       /* named before that, another one */
    bool festive, festive_known;      /* the text tells of the lunar year's feasts */
    int last_year;                    /* the last year named before it, 0 if none */
    int told_year;   /* the last year that the text gave itself, not in a comparison; 0 if none */
    size_t told_end; /* where that stands */

    /* Where its year may come from; kept up to date as the index goes on, so that no text is read twice. */
    const struct item *year_before; /* the last date before it that gives its year */
    size_t year_behind;             /* the first one behind it that does */
    size_t list_stop;               /* behind it in its list, one that does, or the end */
    size_t paragraph_from, paragraph_to, paragraph_scanned; /* of the paragraph it stands in */
    /* Years of months (day 0) and days that the text names in full, near the article's; 0 if it names none.
     */
    short told[DATE_MONTHS + 1][DATE_DAYS_OF_MONTH + 1];
    short told_long_ago[DATE_MONTHS + 1][DATE_DAYS_OF_MONTH +
                                         1]; /* in years before those, or any if the article's is unknown */
    /* Days named before it whose year nothing told: named again it is the same one's. */
    bool open_day[DATE_MONTHS + 1][DATE_DAYS_OF_MONTH + 1];
    short month_told[DATE_MONTHS + 1]; /* the year of all that it names in the month, -1 if they differ */
};

static inline struct date *date_of(const struct item *item)
{
    return item->data;
}

/* A document's issue date, a birth year: says nothing of the article's time. */
static inline bool date_is_apart(const struct item *item)
{
    return match_has(&item->match, DATE_apart);
}

/* A deadline or a day said to come. */
static inline bool date_is_ahead(const struct item *item)
{
    return match_has(&item->match, DATE_ahead) || slice_is(date_of(item)->mod, "before");
}

/* The month, or the first one of the quarter; 0 if there is none. */
static inline int moment_first_month(const struct moment *moment)
{
    enum { MONTHS_OF_QUARTER = 3 };
    return moment->quarter != 0 ? (moment->quarter - 1) * MONTHS_OF_QUARTER + 1 : moment->month;
}

/* What a text without a date tells of the time it speaks from. */
struct present {
    int year;  /* 0 unknown */
    bool news; /* it speaks from a day, as news does */
};

/* date_context.c: settles reading->date if the text gives it, and today. */
void date_settle_context(struct date_state *state);
/* Whether the item is no date in this article after all: "quý trước" in a regulation. */
bool date_is_generic(struct date_state *state, const struct item *item);

/* date_clause.c: the clause that the item stands in, up to it and behind it. */
struct slice date_clause_before(const struct reading *reading, const struct item *item);
struct slice date_clause_behind(const struct reading *reading, const struct item *item);
bool date_opens_sentence(const struct reading *reading, const struct item *item);
/* bão sẽ đổ bộ vào ngày 28/10: a day to come, by what its clause says before it. */
bool date_is_foretold(const struct reading *reading, const struct item *item);
/* Sáng 28/10, bão sẽ đổ bộ: by what it says behind it. */
bool date_is_told_as_to_come(const struct reading *reading, const struct item *item);
/* hôm 10/6, ngày 8/10 vừa qua: a day gone by; today is near it, but not it. */
bool date_is_gone_by(const struct reading *reading, const struct item *item);
/* Hàng năm, cứ vào tháng 5: of every year, by what its clause says before it. */
bool date_recurs(const struct reading *reading, const struct item *item);

/* date_today.c: gone_by: today is near that day, and after it. */
struct day date_find_today(const struct date_state *state, bool *gone_by);

/* date_present.c */
struct present date_find_present(const struct date_state *state);
/* A day with month named by the expression itself. */
bool date_names_day(const struct date *date);
struct day date_start_day(const struct date *date);
/* A word that counts days from the article's: hôm qua. */
bool date_counts_days(const struct date *date);
/* đến năm 2020, sau năm 2020, tầm nhìn 2030: a year to come. */
bool date_is_goal(const struct reading *reading, const struct item *item);

/* date_resolve.c: years of two digits become full ones, near the article's. */
void date_widen_years(struct date_state *state);
/* Resolves one item; fills start and end. */
void date_resolve_item(struct date_state *state, struct item *item);

/* date_year.c: once, when the article's date is settled. */
void date_year_prepare(struct date_state *state);
/* When the item in hand is resolved. */
void date_year_note(struct date_state *state, const struct item *item);
/* The year that a month (and day, 0 for none) without year falls in; false if nothing tells. */
bool date_find_year(struct date_state *state, const struct item *item, int month, int day, int *year);
/* Gives the moment its year if it has none. */
void date_fill_year(struct date_state *state, const struct item *item, struct moment *moment);
/* Whether a sentence ends in the text. */
bool date_ends_sentence(struct slice text);

/* date_word.c */
struct moment moment_of_day(struct day day);
struct moment moment_of_year(bool has_year, int year);
struct moment moment_of_month(bool has_year, int year, int month);
/* The article's month: today's, else that of the date given. */
struct day date_article_month(const struct date_state *state);
/* "This month" and its beginning or end: else the month last named in that year. */
struct day date_this_month(const struct date_state *state);
enum date_unit date_word_unit(const struct date *date, long row);
/* Fills in one end of a date that has a word: "ngày 5/4 năm ngoái", "ngày 20 tháng trước", "hôm nay". */
void date_apply_word(const struct date_state *state, struct date *date, long row, struct moment *moment);
void date_resolve_edge(struct date_state *state, const struct item *item);
void date_resolve_word(struct date_state *state, struct item *item);
void date_resolve_weekday(struct date_state *state, struct item *item);
/* tháng trước, quý qua: told of in passing, the text goes on with the present one. */
bool date_is_month_before(const struct date *date);

/* date_format.c: value, resolved, mod, part, calendar, first-day, last-day. */
void date_set_attributes(struct reading *reading, struct item *item);

#endif
