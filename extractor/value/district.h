/*
 * district.h - units of the district level as an article mentions them; inside value/ only.
 *
 * A mention is a place: a district, or a province, commune or lake, which are evidence and no records. The
 * table has a row for each period of a unit; what is known of a place are the rows that stay possible.
 */
#ifndef TRICH_VALUE_DISTRICT_H
#define TRICH_VALUE_DISTRICT_H

#include "value.h"

enum { PLACE_MAX_ROWS = 40, PLACE_MAX_CODES = 16, PLACE_MAX_PROVINCES = 2 * PLACE_MAX_ROWS };

/* What the tables give, as columns. */
struct district_tables {
    const struct table *districts, *numbered, *former, *spellings, *skeletons, *types, *provinces, *in_front;
    bool unmarked; /* the article has no Vietnamese marks, so names have none either */
};

enum place_sort { PLACE_DISTRICT, PLACE_PROVINCE, PLACE_COMMUNE, PLACE_LAND };

enum place_form {
    PLACE_TYPED,
    PLACE_PLURAL,
    PLACE_LIST,
    PLACE_NUMBER_LIST,
    PLACE_EVIDENCE, /* a province, or a commune with or without its district */
    PLACE_BARE,
    PLACE_CAPITALS,
    PLACE_SKELETON
};

/* How surely the name alone, without a type word, is the unit's. */
enum place_bare { BARE_VAGUE, BARE_USUAL, BARE_CLEAR };

struct place {
    struct item *item;
    enum place_sort sort;
    enum place_form form;
    enum place_bare bare;
    bool misprinted;           /* with a wrong letter, so that more has to speak for it */
    bool unmarked;             /* may be written without marks, in an article that has none */
    const struct table *table; /* of the rows */
    long rows[PLACE_MAX_ROWS]; /* periods of the units that stay possible */
    size_t row_count;
    long province_row; /* of the table of provinces, if the name is also a province's; else TABLE_NONE */
    struct slice said; /* the type that the text gives, as in the table; {NULL, 0} if none */
    bool said_fits;    /* some unit of the name was of that type once */
    bool plural;       /* its head is a plural */
    bool cities;       /* which names cities among other types */
    bool place_word;   /* a word in front stands before places */
    bool organ;        /* it is an organ that units of this level have */
    bool past;         /* a word in front speaks of a dynasty or a capital of old */
    bool linked;       /* goes on a list behind the place before it */
    bool accepted;     /* a record */
    bool sure;         /* by its own words, not by evidence */
    int province;      /* the one that the text gives right behind, or 0 */
    struct place *above, *below;   /* districts at the heads of the lines before and behind */
    struct place *before, *behind; /* neighbours with nothing but punctuation, or a list's word, in between */
    /* of district_evidence.c */
    struct namesakes *namesakes; /* the districts of its name; NULL if it is none */
    int counted;                 /* the province that it is counted for; 0: none */
    bool counted_sure;
};

/* Of an article without a date it is only taken that it is no older than this and, unless it names what came
 * later, from before the units of the last months. */
enum { DISTRICT_RECENT = 20140101, DISTRICT_USUAL_END = 20241130, DISTRICT_LEVEL_END = 20250630 };

/* First and last day that the article may speak from, as YYYYMMDD. */
struct day_span {
    int first, last;
};

/* ---- district_units.c: what the tables say ---- */

/* Of the reading's rules; NULL when out of memory. */
const struct district_tables *district_tables(struct reading *reading);
/* Fills in the rows of the units with that name, in whatever spelling; false if there is none. */
bool district_find(const struct district_tables *tables, struct place *place, struct slice name);
/* Adds the rows of that official name. */
bool district_add_named(const struct district_tables *tables, struct place *place, struct slice name);
/* Fills in the rows of the units whose name differs by a letter; false if there are none
 * (district_misprint.c). */
bool district_find_misprint(const struct district_tables *tables, struct place *place, struct slice name);
/* The type that words of the text stand for. */
struct slice district_type(const struct district_tables *tables, struct slice words);
struct day_span district_day_span(struct day date);

bool place_is_district(const struct place *place);
struct slice place_cell(const struct place *place, size_t index, enum column_id column);
/* Different codes among the rows, in order, at most PLACE_MAX_CODES of them. */
size_t place_codes(const struct place *place, struct slice *codes);
/* Whether one goes on speaking by the names of its type after the level's end. */
bool place_type_lasts(const struct district_tables *tables, const struct place *place);
/* Keep the rows that fit, if any does; true if some did. */
bool place_keep_type(struct place *place, struct slice type);
bool place_keep_code(struct place *place, struct slice code);
void place_drop_code(struct place *place, struct slice code);
bool place_keep_period(struct place *place, struct day_span span);
/* From the first to the last day of the rows. */
struct day_span place_period(const struct place *place);
/* The province by its number; successors count where none was itself that province. */
bool place_keep_province(const struct district_tables *tables, struct place *place, int province);
bool place_in_province(const struct district_tables *tables, const struct place *place, int province);
/* Different provinces for which place_in_province is true, at most PLACE_MAX_PROVINCES. */
size_t place_provinces(const struct district_tables *tables, const struct place *place, int *provinces);
/* The one province of all rows, or 0. */
int place_only_province(const struct place *place);
/* The same; of one unit that has changed it, Hà Đông, the one that it was in then. */
int place_province_at(const struct place *place, struct day_span span);
/* Row of the table of provinces, also for a name in capitals; TABLE_NONE if there is none. */
long district_find_province(const struct district_tables *tables, struct slice name);
/* Number of the province in that row of the table of provinces. */
int district_province(const struct district_tables *tables, long province_row);
/* Whether it was a province, or a centrally run city, when the article speaks. */
bool district_is_province(const struct district_tables *tables, long province_row, struct day_span span);
/* Its last day as YYYYMMDD; far off if it went on. */
int district_province_end(const struct district_tables *tables, long province_row);
/* Whether it is a centrally run city and type a city's. */
bool district_is_city(const struct district_tables *tables, long province_row, struct slice type);

/* ---- all places of an article ---- */

struct places {
    struct place **places; /* in order of the text */
    size_t count;
    const struct reading *reading;
    const struct district_tables *tables;
    struct day_span span;
};

/* ---- district_neighbours.c: what stands beside a place ---- */

/* Links the places of a list or an address to each other. */
void places_join_neighbours(struct places *places);
/* Links the districts that begin lines one after another. */
void places_join_lines(struct places *places);
/* Gives the places the province that stands right behind them or behind the rest of their list. */
void places_name_provinces(struct places *places);
/* Nothing in front on its line but a list's mark. */
bool place_is_line_head(const char *text, size_t at);

/* ---- district_context.c: what the article settles ---- */

/* Settles for each place whether it is a record and which rows stay possible. False when out of memory. */
bool places_settle(struct places *places);

#endif
