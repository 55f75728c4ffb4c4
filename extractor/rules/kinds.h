/*
 * kinds.h - the kinds of records and the names of the groups that their rules may capture.
 *
 * The four built-in kinds have a closed set of groups, which value/ turns into attributes. KIND_NONE claims
 * text that is no record (a score, a road number). A custom kind's groups are its attributes' names.
 */
#ifndef TRICH_RULES_KINDS_H
#define TRICH_RULES_KINDS_H

#include "../base/slice.h"

enum kind { KIND_NONE, KIND_DOCUMENT_NUMBER, KIND_DATE, KIND_DISTRICT, KIND_FIGURE, KIND_CUSTOM };

enum { GROUP_RECORD = 0 }; /* in every kind: the extent, when it is less than the whole match */

#define DOCUMENT_NUMBER_GROUPS(X)                                                                            \
    X(DOCUMENT, number)                                                                                      \
    X(DOCUMENT, year)                                                                                        \
    X(DOCUMENT, symbol)                                                                                      \
    X(DOCUMENT, type)                                                                                        \
    X(DOCUMENT, issuer)                                                                                      \
    X(DOCUMENT, name)                                                                                        \
    X(DOCUMENT, issued)                                                                                      \
    X(DOCUMENT, by)                                                                                          \
    X(DOCUMENT, bodies)                                                                                      \
    X(DOCUMENT, about)

#define DATE_GROUPS(X)                                                                                       \
    X(DATE, hour)                                                                                            \
    X(DATE, minute)                                                                                          \
    X(DATE, second)                                                                                          \
    X(DATE, zone)                                                                                            \
    X(DATE, half)                                                                                            \
    X(DATE, part)                                                                                            \
    X(DATE, weekday)                                                                                         \
    X(DATE, day)                                                                                             \
    X(DATE, month)                                                                                           \
    X(DATE, quarter)                                                                                         \
    X(DATE, year)                                                                                            \
    X(DATE, mod)                                                                                             \
    X(DATE, deictic)                                                                                         \
    X(DATE, hour2)                                                                                           \
    X(DATE, minute2)                                                                                         \
    X(DATE, part2)                                                                                           \
    X(DATE, day2)                                                                                            \
    X(DATE, month2)                                                                                          \
    X(DATE, quarter2)                                                                                        \
    X(DATE, year2)                                                                                           \
    X(DATE, deictic2)                                                                                        \
    X(DATE, count)                                                                                           \
    X(DATE, unit)                                                                                            \
    X(DATE, of)                                                                                              \
    X(DATE, edge)                                                                                            \
    X(DATE, decade)                                                                                          \
    X(DATE, decade2)                                                                                         \
    X(DATE, century)                                                                                         \
    X(DATE, century2)                                                                                        \
    X(DATE, bc)                                                                                              \
    X(DATE, week)                                                                                            \
    X(DATE, season)                                                                                          \
    X(DATE, sexagenary)                                                                                      \
    X(DATE, lunar)                                                                                           \
    X(DATE, every)                                                                                           \
    X(DATE, ahead)                                                                                           \
    X(DATE, past)                                                                                            \
    X(DATE, same)                                                                                            \
    X(DATE, before)                                                                                          \
    X(DATE, apart)                                                                                           \
    X(DATE, dateline)                                                                                        \
    X(DATE, lead)

#define DISTRICT_GROUPS(X)                                                                                   \
    X(DISTRICT, name)                                                                                        \
    X(DISTRICT, type)                                                                                        \
    X(DISTRICT, province)                                                                                    \
    X(DISTRICT, plural)                                                                                      \
    X(DISTRICT, commune)                                                                                     \
    X(DISTRICT, former)                                                                                      \
    X(DISTRICT, called)                                                                                      \
    X(DISTRICT, numbered)                                                                                    \
    X(DISTRICT, longer)                                                                                      \
    X(DISTRICT, joined)

#define FIGURE_GROUPS(X)                                                                                     \
    X(FIGURE, number)                                                                                        \
    X(FIGURE, number2)                                                                                       \
    X(FIGURE, unit)                                                                                          \
    X(FIGURE, unit2)                                                                                         \
    X(FIGURE, per)                                                                                           \
    X(FIGURE, per2)                                                                                          \
    X(FIGURE, rest)                                                                                          \
    X(FIGURE, half)                                                                                          \
    X(FIGURE, total)                                                                                         \
    X(FIGURE, of)

#define KINDS_GROUP_ENUM(kind, name) kind##_##name,
enum document_number_group { DOCUMENT_record = GROUP_RECORD, DOCUMENT_NUMBER_GROUPS(KINDS_GROUP_ENUM) };
enum date_group { DATE_record = GROUP_RECORD, DATE_GROUPS(KINDS_GROUP_ENUM) };
enum district_group { DISTRICT_record = GROUP_RECORD, DISTRICT_GROUPS(KINDS_GROUP_ENUM) };
enum figure_group { FIGURE_record = GROUP_RECORD, FIGURE_GROUPS(KINDS_GROUP_ENUM) };

/* The kind that a rule file's kind="…" names; KIND_CUSTOM for any other name. */
enum kind kind_from_name(struct slice name);
/* Element name of a built-in kind. */
const char *kind_name(enum kind kind);
/* Index of a group in its kind's set, -1 if there is none of that name. Not for custom kinds. */
int kind_group(enum kind kind, struct slice name);
/* Name of group number index of a built-in kind, NULL past the last. */
const char *kind_group_name(enum kind kind, int index);

#endif
