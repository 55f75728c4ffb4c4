/*
 * vocabulary.h - what value/ knows by name of the tables under rules/: tables, columns, and the words that
 * some columns hold (traits). They are found once for each table, not again at each number of a text.
 */
#ifndef TRICH_RULES_VOCABULARY_H
#define TRICH_RULES_VOCABULARY_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/slice.h"

#define VOCABULARY_TABLES(X)                                                                                 \
    X(ABBREVIATIONS, "abbreviations")                                                                        \
    X(BARE_AMOUNTS, "bare-amounts")                                                                          \
    X(BEFORE_DISTRICTS, "before-districts")                                                                  \
    X(BEFORE_FIGURES, "before-figures")                                                                      \
    X(BEHIND_FIGURES, "behind-figures")                                                                      \
    X(COUNTED_NOUNS, "counted-nouns")                                                                        \
    X(CURRENCIES, "currencies")                                                                              \
    X(DATE_MODS, "date-mods")                                                                                \
    X(DATE_UNITS, "date-units")                                                                              \
    X(DAY_PARTS, "day-parts")                                                                                \
    X(DEICTIC, "deictic")                                                                                    \
    X(DISTRICTS, "districts")                                                                                \
    X(DISTRICTS_NUMBERED, "districts-numbered")                                                              \
    X(DISTRICTS_FORMER, "districts-former")                                                                  \
    X(DISTRICT_SKELETONS, "district-skeletons")                                                              \
    X(DISTRICT_SPELLINGS, "district-spellings")                                                              \
    X(DISTRICT_TYPES, "district-types")                                                                      \
    X(DOCUMENT_BODIES, "document-bodies")                                                                    \
    X(DOCUMENT_NAMES, "document-names")                                                                      \
    X(DOCUMENT_TYPES, "document-types")                                                                      \
    X(ISSUERS, "issuers")                                                                                    \
    X(MAGNITUDES, "magnitudes")                                                                              \
    X(MONTH_NAMES, "month-names")                                                                            \
    X(NUMERALS, "numerals")                                                                                  \
    X(PROVINCES, "provinces")                                                                                \
    X(ROMAN, "roman")                                                                                        \
    X(SEASONS, "seasons")                                                                                    \
    X(SEXAGENARY_YEARS, "sexagenary-years")                                                                  \
    X(UNITS, "units")                                                                                        \
    X(WEEKDAYS, "weekdays")                                                                                  \
    X(WORDS, "words")

#define VOCABULARY_COLUMNS(X)                                                                                \
    X(BARE, "bare")                                                                                          \
    X(BEHIND, "behind")                                                                                      \
    X(CALENDAR, "calendar")                                                                                  \
    X(CLASS, "class")                                                                                        \
    X(CLOCK, "clock")                                                                                        \
    X(CODE, "code")                                                                                          \
    X(DIVISOR, "divisor")                                                                                    \
    X(EXPANSION, "expansion")                                                                                \
    X(FOREIGN, "foreign")                                                                                    \
    X(FROM, "from")                                                                                          \
    X(JOINT, "joint")                                                                                        \
    X(KIND, "kind")                                                                                          \
    X(WRITTEN, "written")                                                                                    \
    X(LOCAL, "local")                                                                                        \
    X(MARKS, "marks")                                                                                        \
    X(MOD, "mod")                                                                                            \
    X(MONTH, "month")                                                                                        \
    X(MONTHS, "months")                                                                                      \
    X(NAME, "name")                                                                                          \
    X(NORMATIVE, "normative")                                                                                \
    X(PART, "part")                                                                                          \
    X(PARTY, "party")                                                                                        \
    X(POWER, "power")                                                                                        \
    X(PROVINCE, "province")                                                                                  \
    X(PROVINCE_CODE, "province-code")                                                                        \
    X(ROLE, "role")                                                                                          \
    X(SEASON, "season")                                                                                      \
    X(WORTH, "worth")                                                                                        \
    X(SHIFT, "shift")                                                                                        \
    X(STRONG, "strong")                                                                                      \
    X(SUCCESSOR, "successor")                                                                                \
    X(SYMBOL, "symbol")                                                                                      \
    X(SYSTEM, "system")                                                                                      \
    X(TYPE, "type")                                                                                          \
    X(UNIT, "unit")                                                                                          \
    X(USE, "use")                                                                                            \
    X(VALID_FROM, "valid-from")                                                                              \
    X(VALID_TO, "valid-to")                                                                                  \
    X(VALUE, "value")                                                                                        \
    X(WEEKDAY, "weekday")                                                                                    \
    X(WHAT, "what")                                                                                          \
    X(YEAR, "year")

/* Of the columns effect, class, traits, roles and kind: what a row says of the words that are its key. */
#define VOCABULARY_TRAITS(X)                                                                                 \
    X(ACT, "act")                                                                                            \
    X(AFTER, "after")                                                                                        \
    X(AGE, "age")                                                                                            \
    X(ALONE, "alone")                                                                                        \
    X(AND, "and")                                                                                            \
    X(APPROVE, "approve")                                                                                    \
    X(APPROX, "approx")                                                                                      \
    X(BIRTH, "birth")                                                                                        \
    X(CAPTION, "caption")                                                                                    \
    X(CITIES, "cities")                                                                                      \
    X(CLASSIFIER, "classifier")                                                                              \
    X(CLOCK, "clock")                                                                                        \
    X(COLON, "colon")                                                                                        \
    X(COMPARE, "compare")                                                                                    \
    X(COUNT, "count")                                                                                        \
    X(DEED, "deed")                                                                                          \
    X(DIGITS, "digits")                                                                                      \
    X(DURING, "during")                                                                                      \
    X(EVENT, "event")                                                                                        \
    X(EXACT, "exact")                                                                                        \
    X(FROM, "from")                                                                                          \
    X(GOAL, "goal")                                                                                          \
    X(GONE, "gone")                                                                                          \
    X(LABEL, "label")                                                                                        \
    X(LARGER, "larger")                                                                                      \
    X(LASTING, "lasting")                                                                                    \
    X(LESS, "less")                                                                                          \
    X(LOOSE, "loose")                                                                                        \
    X(MAKERS, "makers")                                                                                      \
    X(MAKES, "makes")                                                                                        \
    X(MAX, "max")                                                                                            \
    X(MIN, "min")                                                                                            \
    X(MONEY, "money")                                                                                        \
    X(MORE, "more")                                                                                          \
    X(NAME, "name")                                                                                          \
    X(NAMES, "names")                                                                                        \
    X(NONE, "none")                                                                                          \
    X(NOUN, "noun")                                                                                          \
    X(NUMBER_SIGN, "number-sign")                                                                            \
    X(OF, "of")                                                                                              \
    X(OLDER, "older")                                                                                        \
    X(ON, "on")                                                                                              \
    X(ORDINAL, "ordinal")                                                                                    \
    X(PAPER, "paper")                                                                                        \
    X(PART, "part")                                                                                          \
    X(PLACE, "place")                                                                                        \
    X(PROVINCE, "province")                                                                                  \
    X(REACHES, "reaches")                                                                                    \
    X(REGULATION, "regulation")                                                                              \
    X(REPORTS, "reports")                                                                                    \
    X(SAME_PERIOD, "same-period")                                                                            \
    X(AS_OF, "as-of")                                                                                        \
    X(WILL, "will")                                                                                          \
    X(SESSION, "session")                                                                                    \
    X(SINCE, "since")                                                                                        \
    X(SPAN, "span")                                                                                          \
    X(STREET, "street")                                                                                      \
    X(SUM, "sum")                                                                                            \
    X(TERM, "term")                                                                                          \
    X(THAN, "than")                                                                                          \
    X(TO, "to")                                                                                              \
    X(TOLD, "told")                                                                                          \
    X(VAGUE, "vague")                                                                                        \
    X(WEAK, "weak")

#define VOCABULARY_TABLE_ENUM(name, word) TABLE_##name,
#define VOCABULARY_COLUMN_ENUM(name, word) COLUMN_##name,
#define VOCABULARY_TRAIT_ENUM(name, word) TRAIT_##name,
enum table_id { VOCABULARY_TABLES(VOCABULARY_TABLE_ENUM) TABLE_IDS };
enum column_id { VOCABULARY_COLUMNS(VOCABULARY_COLUMN_ENUM) COLUMN_IDS };
enum trait { VOCABULARY_TRAITS(VOCABULARY_TRAIT_ENUM) TRAITS };

/* A set of traits. */
enum { TRAIT_WORDS = 2 };
typedef struct {
    uint64_t bits[TRAIT_WORDS];
} traits;
_Static_assert(TRAITS <= 64 * TRAIT_WORDS, "a trait is a bit: make TRAIT_WORDS larger");

static inline bool has_trait(traits set, enum trait trait)
{
    return (set.bits[trait / 64] >> trait % 64 & 1) != 0;
}

static inline void add_trait(traits *set, enum trait trait)
{
    set->bits[trait / 64] |= (uint64_t)1 << trait % 64;
}

static inline void add_traits(traits *set, traits other)
{
    for (int i = 0; i < TRAIT_WORDS; i++)
        set->bits[i] |= other.bits[i];
}

/* Whether they have one in common. */
static inline bool share_trait(traits set, traits other)
{
    uint64_t common = 0;
    for (int i = 0; i < TRAIT_WORDS; i++)
        common |= set.bits[i] & other.bits[i];
    return common != 0;
}

const char *vocabulary_table(enum table_id id);
/* COLUMN_IDS if the name is none that is known. */
enum column_id vocabulary_column(struct slice name);
/* Whether the column of that name holds traits; all_known: and nothing else, in a table of a known name. */
bool vocabulary_has_traits(struct slice column, bool *all_known);
bool vocabulary_has_table(const char *name);
/* Those that the blank-separated words name; *unknown is the last word that names none, {NULL, 0} if all do.
 */
traits vocabulary_traits(struct slice words, struct slice *unknown);

#endif
