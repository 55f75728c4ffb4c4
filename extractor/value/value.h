/*
 * value.h - from matches to attributes: what each match says, and what the article as a whole settles.
 *
 * Two steps for each kind. <kind>_read is called as soon as a candidate is found, in the order of the text:
 * it refuses what is none after all (31/02) and keeps what the match itself says. <kind>_resolve is called
 * once, when all is found: it fills in from the context and sets the attributes.
 */
#ifndef TRICH_VALUE_VALUE_H
#define TRICH_VALUE_VALUE_H

#include "../base/arena.h"
#include "../base/calendar.h"
#include "../base/error.h"
#include "../match/match.h"

/* An accepted match on its way to become a record. */
struct item {
    struct match match; /* groups are slices of the normalized text */
    enum kind kind;
    bool dropped;                       /* set by resolve: no record after all */
    const struct item *same_as;         /* the item that first names the same thing, NULL if this one does */
    size_t record;                      /* 1 + place among the article's records; 0: none, or not yet */
    void *data;                         /* the kind's own working value, in the arena */
    struct trich_attribute *attributes; /* normalized UTF-8; they and their list are in the arena */
    unsigned attribute_count, attribute_capacity;
};

struct district_tables;
struct figure_head;

struct reading {
    const struct rules *rules;
    struct arena *arena;
    const char *text; /* normal form */
    size_t length;
    struct item **items; /* in order of start */
    size_t item_count, item_capacity;
    struct item *refused;  /* the last one, for the next to use; NULL if there is none */
    size_t refused_groups; /* that it has room for */
    struct day date;       /* the article's */
    enum trich_date_from date_from;
    bool failed;                             /* out of memory */
    const struct district_tables *districts; /* looked up at the first of them, in the arena */
    struct figure_head *head;                /* of the table of figures being read, in the arena, or NULL */
};

/* Start of an article. date: the article's by option or metadata, all 0 if unknown. */
void reading_init(struct reading *reading, const struct rules *rules, struct arena *arena, const char *text,
                  size_t length, struct day date, enum trich_date_from date_from);
/* match_accept for match_text, closure is the reading. */
bool reading_accept(void *closure, const struct match *match);
/* All found: attributes are set, some items dropped, the article's date is known or not. */
bool reading_resolve(struct reading *reading, struct trich_error *error);
/* A copy that lives as long as the article; NULL, and the reading has failed, when out of memory. */
char *reading_string(struct reading *reading, struct slice text);

/* item.c. Adds or replaces an attribute; value is copied into the arena. */
void item_set(struct reading *reading, struct item *item, const char *name, struct slice value);
/* The same for a value without line breaks that lives as long as the item: it is not copied. NULL: out of
 * memory. */
void item_set_kept(struct reading *reading, struct item *item, const char *name, const char *value);
void item_set_format(struct reading *reading, struct item *item, const char *name, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* The attribute's value or NULL. */
const char *item_get(const struct item *item, const char *name);
struct slice item_group(const struct item *item, int id);

/* The kinds. _read: false means it is none; it may look at the items before it. */
bool custom_read(struct reading *reading, struct item *item); /* its groups, through their normalizers */
bool document_number_read(struct reading *reading, struct item *item);
void document_number_resolve(struct reading *reading);
bool date_read(struct reading *reading, struct item *item);
/* Also settles reading->date if it was unknown and the text gives it. Runs first. */
void date_resolve(struct reading *reading);
bool district_read(struct reading *reading, struct item *item);
void district_resolve(struct reading *reading);
bool figure_read(struct reading *reading, struct item *item);
void figure_resolve(struct reading *reading);

#endif
