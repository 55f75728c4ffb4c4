/*
 * district_evidence.h - what the places of an article say for each other, counted once; inside value/ only.
 *
 * A place speaks for its province. The counts are kept up as places become records and their units known, so
 * that a question about one place costs the same however many there are.
 */
#ifndef TRICH_VALUE_DISTRICT_EVIDENCE_H
#define TRICH_VALUE_DISTRICT_EVIDENCE_H

#include "district.h"

enum { EVIDENCE_MAX_PROVINCE = 100 };

/* The districts of one name. */
struct namesakes {
    const struct table *table; /* of the name */
    struct slice name;
    size_t sure;
    size_t lands;                         /* lakes, teams, persons that bear it */
    bool commune;                         /* as a commune of the article does */
    struct slice code;                    /* the unit that the sure ones mean */
    bool differ;                          /* they mean several */
    size_t provinces[PLACE_MAX_CODES][2]; /* number and how often it is meant */
    size_t province_count;
};

/* Places that follow each other and what they speak for. */
struct stretch {
    size_t start, end; /* of the places, half-open */
    size_t provinces[EVIDENCE_MAX_PROVINCE];
};

struct evidence {
    const struct places *places;
    struct namesakes **index; /* hash of the names; NULL: a free entry */
    size_t index_size;
    size_t provinces[EVIDENCE_MAX_PROVINCE]; /* of the whole article */
    struct stretch paragraph, list;          /* around the place weighed last */
    bool in_force; /* some district is named with its type and not as a former one */
};

/* Counts all places, by their rows and whether they are accepted and sure. False when out of memory. */
bool evidence_init(struct evidence *evidence, const struct places *places);
/* To be called when the place was accepted or not after all, or lost rows. */
void evidence_update(struct evidence *evidence, size_t index);
/* Whether another place speaks for a province that the place may be in. */
bool evidence_of_province(const struct evidence *evidence, const struct place *place);
/* Whether the others speak for provinces that the place cannot be in, and none for one that it can. */
bool evidence_against(const struct evidence *evidence, const struct place *place);
/* Whether a district of such a province stands in the same sentence. */
bool evidence_of_sentence(const struct evidence *evidence, size_t index);
/* Whether two more names of a province that the place may be in stand in the same sentence, records or not.
 */
bool evidence_of_company(const struct evidence *evidence, size_t index);
/* Whether the name stands elsewhere with its type. */
bool evidence_of_name(const struct place *place);
/* Whether a lake, a team, a person of the article bears the name. */
bool evidence_of_land(const struct place *place);
/* Whether a commune of the article bears the name. */
bool evidence_of_commune(const struct place *place);
/* Has the namesakes learn the unit that the place means. */
void evidence_learn(const struct place *place);
/* The unit that all namesakes mean whose type word tells; {NULL, 0} if none or several. */
struct slice evidence_code(const struct place *place);
/* The province that the places speak for, among those that the place may be in; 0 if they do not tell. Places
 * are weighed from the first to the last. */
int evidence_weigh(struct evidence *evidence, size_t index);

#endif
