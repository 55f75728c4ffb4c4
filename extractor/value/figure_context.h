/*
 * figure_context.h - the words in front of a number and behind it: whether it counts, what it counts, how
 * exactly it is meant. They stand in rules/before-figures.tsv, counted-nouns.tsv and behind-figures.tsv.
 */
#ifndef TRICH_VALUE_FIGURE_CONTEXT_H
#define TRICH_VALUE_FIGURE_CONTEXT_H

#include "value.h"

/* What before-figures.tsv says of the words in front. */
struct figure_before {
    struct slice mod; /* approx, more, less, min, max; {NULL, 0} if none */
    bool from;        /* từ: with "or more" behind, or alone before an amount, at least so much */
    bool on;          /* trên: more than a few, or on them */
    bool larger;      /* dài hơn: more, of a measure that is compared with nothing */
    bool older;       /* ngoài: more, of an age */
    bool term;        /* giai đoạn: names itself by a number, but spans of time behind are none */
    bool after;       /* sau: hours and minutes are a duration */
    bool during;      /* hours are a duration */
    bool clock;       /* hours are a time of day */
    bool counts;      /* cả: counts without a noun */
    bool age;         /* tuổi: a bare number is an age */
    bool ordinal;     /* thứ: whatever the number */
    bool name;        /* an ordinal or part of a name, however it is written */
    bool digits_name; /* so if written in digits */
    bool label;       /* so unless a counted noun follows */
    bool place;       /* a kind of place: xã, huyện */
    bool reaches;     /* là, bằng: says how much of what stands in front */
    bool vague;       /* vài, mấy: a spelled number behind is none */
    bool listed;      /* an item of a list of ordinals: Điều 5, 6 và 7 */
    bool capital;     /* a capitalized word that the table does not know: probably a name */
    bool shouted;     /* a word in capitals throughout */
    bool opened;      /* a bracket opens right in front */
    bool quoted;      /* a quotation mark stands right in front */
    bool colon;       /* a colon stands in front */
};

enum noun_class {
    NOUN_NONE,    /* a word that nothing is counted by, or no word */
    NOUN_CAPITAL, /* a capitalized word that the table does not know */
    NOUN_UNKNOWN, /* a word in lower case that the table does not know */
    NOUN_WEAK,
    NOUN_MONEY,
    NOUN_DEED, /* counted, but a verb behind "cả hai" */
    NOUN_COUNTED
};

struct figure_behind {
    enum noun_class class;
    bool folded;     /* the noun is capitalized against the table: 2 Ủy ban */
    bool named;      /* the noun bears a name: huyện Yên Mỹ */
    bool shouted;    /* its first word is in capitals throughout */
    bool street;     /* and is a street: 57 phố Hàng Bồ */
    bool quoted;     /* an unknown word in quotation marks */
    bool loose;      /* weak in digits, counted in words: hai phiên bản */
    struct slice of; /* the noun, with the word behind if it is a classifier */
};

struct figure_before figure_context_before(const struct reading *reading, size_t start);
struct figure_behind figure_context_behind(const struct reading *reading, size_t end);
/* What behind-figures.tsv says of the words at `at`, several of min, max, during, clock, to, than. */
traits figure_context_effect(const struct reading *reading, size_t at);
/* Whether the clause goes on to another amount, "to" (từ 3% (năm 2016) lên 5%), or compares, "than" (so với).
 */
bool figure_context_goes(const struct reading *reading, size_t at, enum trait effect);
/*
 * The mod that words such as "trở lên" give, at most a few words behind `at`: min or max, or {NULL, 0}.
 * Behind "từ" what is counted may be described at length; else they follow the noun.
 */
struct slice figure_context_mod_behind(const struct reading *reading, size_t at, bool from);

/* Whether the words in front say of a bare amount that it is none of money: dân số 1,4 tỷ. bare-amounts.tsv
 * has them. */
bool figure_context_is_tally(const struct reading *reading, size_t start);
/* So does the word behind: 870k theo dõi. */
bool figure_context_is_tally_of(const struct reading *reading, size_t end);
enum figure_sum { SUM_NONE, SUM_COUNT, SUM_AGE };
/* Whether they say that what the clause counts comes to the number (số vụ đã lên tới 30), or an age (độ tuổi
 * trung bình là 45); decimal: it is sure to say how much. */
enum figure_sum figure_context_sum(const struct reading *reading, size_t start, bool decimal);
/* What the nearest of these words in the clause says. */
traits figure_context_clause(const struct reading *reading, size_t start);

/* Of the first bytes of a letter. */
bool figure_context_is_capital(const char *letter);

/* Two letters or more, all of them capitals, as in headings. */
bool figure_context_is_shouted(struct slice words);
/* Step over what joins the items of a list, a comma, a semicolon or a word such as "và", with its blanks. */
bool figure_context_joint_before(const struct reading *reading, size_t *at);
bool figure_context_joint_behind(const struct reading *reading, size_t *at);

#endif
