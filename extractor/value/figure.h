/* figure.h - the working value of a figure, between figure.c (what is read), figure_unit.c (units,
 * durations) and figure_resolve.c (attributes).
 */
#ifndef TRICH_VALUE_FIGURE_H
#define TRICH_VALUE_FIGURE_H

#include "figure_context.h"
#include "quantity.h"

#define FIGURE_KIND_COUNT "count"
#define FIGURE_KIND_MONEY "money"
#define FIGURE_KIND_MEASURE "measure"
#define FIGURE_KIND_PERCENT "percent"
#define FIGURE_KIND_DURATION "duration"
#define FIGURE_KIND_AGE "age"

struct figure {
    struct decimal value; /* the smaller one of a range */
    struct decimal other; /* the larger one of a range, or the total */
    bool range, total;
    bool bare;         /* an amount of money without its currency */
    bool millions;     /* a bare amount of millions */
    bool sum;          /* says what was named before, without a noun: điểm chuẩn là 18 */
    bool named;        /* its noun is said with the one in front: Nội khoa 53 bác sĩ, Ngoại khoa 35 */
    bool tally;        /* a large number without its noun: dân số 1,4 tỷ */
    const char *kind;  /* static */
    struct slice unit; /* symbol or currency code; {NULL, 0} for a count */
    struct slice per;
    struct slice of;
    struct slice mod;
};

/* A match being read. */
struct figure_candidate {
    struct reading *reading;
    struct item *item;
    struct figure *figure;
    struct figure_before before;
    size_t start, end;
    bool factor; /* stands beside a multiplication sign: 3x4 m */
};

/* Reads a group of the match as a number. */
bool figure_quantity(const struct figure_candidate *candidate, int group, bool whole,
                     struct quantity *quantity);

/* 12/14 xã, ½ củ: the forms fraction, scale and vulgar, in figure_fraction.c. */
bool figure_read_fraction(struct figure_candidate *candidate);
bool figure_read_vulgar(struct figure_candidate *candidate);

/* Sets kind, unit and per by the units' and currencies' tables; per may be {NULL, 0}. */
bool figure_unit_set(struct figure_candidate *candidate, struct slice word, struct slice per);
/* Whether the unit comes only whole, so that 1,500 of it are fifteen hundred. */
bool figure_unit_is_whole(const struct figure *figure);
bool figure_unit_is_span(const struct figure *figure);
/* " 34 phút 12 giây" behind "21 giờ": the value becomes that of all, in the smallest unit. */
bool figure_unit_add_rest(struct figure_candidate *candidate, struct slice unit, struct slice rest);
/* The ends of a range, in units that differ, become those of the smaller unit; false if they cannot. */
bool figure_unit_to_smaller(struct figure_candidate *candidate, struct slice first, struct slice second);
bool figure_unit_add_half(struct decimal *value);
/*
 * Whether hours are a time of day: no more than 24 whole ones without words that speak of their length. No
 * hint at all is taken as the table of units says: 3 giờ may be a time of day, 20h mostly is.
 */
bool figure_unit_is_clock(const struct figure_candidate *candidate, const struct quantity *quantity,
                          struct slice unit);
/* "34 phút" behind "14 giờ", which was a time of day. */
bool figure_unit_follows_hours(const struct figure_candidate *candidate);

/* Sets mod, once kind and value are; bare: the figure ends with its digits. */
void figure_set_mod(struct figure_candidate *candidate, bool bare);

/* Whether the candidate is part of a longer number, word or code at its start, or at its end. */
bool figure_starts_inside(const struct figure_candidate *candidate);
bool figure_ends_inside(const struct figure_candidate *candidate);
/* A factor or result: 1,5 x 115.000 đồng = 172.500 đồng */
bool figure_is_in_formula(const struct figure_candidate *candidate);
/* Nothing stands behind it in its line: "Tổng số ca: 38.623" */
bool figure_stands_alone(const struct figure_candidate *candidate);
/* Whether it is in capitals with what stands beside it, which then say nothing. */
bool figure_is_in_heading(const struct figure_candidate *candidate, const struct figure_behind *behind);
/* The figure read last, with nothing but districts behind it, if it ends close in front; NULL if there is
 * none. */
const struct item *figure_in_front(const struct figure_candidate *candidate);

/* ---- numbers without a unit, in figure_count.c and figure_money.c --------------------------------- */

/* Whether it may be an ordinal or part of a name (khoản 5, điểm 1.2): no magnitude, thousands, decimal comma.
 */
bool figure_can_be_name(const struct quantity *quantity);
/* Whether the words in front say that it is one. */
bool figure_is_named(const struct figure_candidate *candidate, const struct quantity *quantity);
/* vài ba, hàng trăm; and một, which is an article more often than a number. */
bool figure_is_vague(const struct figure_candidate *candidate, const struct quantity *quantity);
/* 1900 … 2099, printed as years are. */
bool figure_looks_like_year(const struct quantity *quantity);
/* The noun behind; a deed is a verb behind "cả hai", and behind what has numbers (khu vực 1 phát hiện). */
struct figure_behind figure_noun_behind(const struct figure_candidate *candidate);
/* Whether the number counts something, by the words around it. */
bool figure_counts(const struct figure_candidate *candidate, const struct quantity *quantity,
                   const struct figure_behind *behind);
/* Whether a number with a magnitude (61 triệu) is money; sets `tally` if it is not. */
bool figure_is_bare_money(struct figure_candidate *candidate, const struct quantity *quantity,
                          const struct figure_behind *behind);
/* Whether a number of thousands (150.000) is. */
bool figure_is_price(const struct figure_candidate *candidate, const struct quantity *quantity,
                     const struct figure_behind *behind);

/* ---- tables whose head says the unit, in figure_table.c ------------------------------------------- */

/* Begins a table whose cells have the candidate's unit, times ten to the power. */
void figure_table_begin(struct figure_candidate *candidate, int power);

enum figure_cell {
    CELL_NONE,
    CELL_ROW /* the number of a row, no figure */,
    CELL_AMOUNT /* figure is set */
};

enum figure_cell figure_table_cell(struct figure_candidate *candidate, const struct quantity *quantity);

/* ---- series, in figure_series.c ------------------------------------------------------------------- */

/* Whether the number [start, end) counts because it stands behind a place's name in a series of such items.
 */
bool figure_series_counts(const struct reading *reading, size_t start, size_t end);
/* Or in one of tallies of any things: vi phạm tốc độ 26, chở quá số người 1, vi phạm khác 16. */
bool figure_series_tallies(const struct reading *reading, size_t start, size_t end);
/* Or in one whose noun was said before: Nội khoa 53 bác sĩ, Truyền nhiễm 35, Nhi khoa 20. */
bool figure_series_goes_on(const struct figure_candidate *candidate);

#endif
