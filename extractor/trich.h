/*
 * trich.h - the public interface of libtrich.
 *
 * libtrich reads Vietnamese news and administrative text and finds its document numbers, dates, districts
 * and figures. Rules (immutable, shared by threads) and an extractor (one per thread, reused from article
 * to article) give an article: records with byte offsets into the input as it came in.
 *
 * Conventions. Offsets and lengths are in bytes, half-open [start, end), unless said otherwise. Strings are
 * UTF-8 and NUL-terminated. A function that can fail returns false or NULL and fills the struct trich_error
 * given last (which may be NULL, and says nothing when all went well). Every _free function takes NULL. What
 * a callback is given is valid during the call. The library neither prints nor exits.
 *
 *     trich_rules *rules = trich_rules_builtin(&error);
 *     trich_extractor *extractor = trich_extractor_new(rules, &error);
 *     struct trich_input input = {.bytes = text, .length = length};
 *     const struct trich_article *article = trich_extract(extractor, &input, &error);
 *     for (size_t i = 0; i < article->record_count; i++)
 *         print(article->records[i].kind, trich_record_get(&article->records[i], "value"));
 *
 * This header is also the vocabulary inside the library: every folder may include it.
 */
#ifndef TRICH_H
#define TRICH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TRICH_VERSION_MAJOR 0
#define TRICH_VERSION_MINOR 1
#define TRICH_VERSION_PATCH 0
#define TRICH_VERSION "0.1.0"
#define TRICH_NAMESPACE "urn:trich:records:1"

#if defined(__GNUC__)
#define TRICH_API __attribute__((visibility("default")))
#else
#define TRICH_API
#endif

/* TRICH_VERSION of the library at hand, for programs built with another one's header, or with none. */
TRICH_API const char *trich_version(void);

enum trich_status {
    TRICH_OK,
    TRICH_ERROR_MEMORY,   /* out of memory */
    TRICH_ERROR_IO,       /* a file could not be read or written */
    TRICH_ERROR_ENCODING, /* bytes that are not text in the encoding given or found */
    TRICH_ERROR_RULES,    /* a rule file or table is wrong */
    TRICH_ERROR_RECORDS,  /* a file of expected records is wrong */
    TRICH_ERROR_ARGUMENT, /* a bad option, date or name */
    TRICH_ERROR_LIMIT,    /* input larger than the library takes */
    TRICH_ERROR_FORMAT    /* no text: a PDF, an office document, something compressed, a picture */
};

/* What went wrong and where. line and column count from 1, 0 means unknown; column counts bytes. */
struct trich_error {
    enum trich_status status;
    size_t line, column;
    size_t offset;     /* byte offset in the file, for TRICH_ERROR_ENCODING */
    char file[512];    /* "" if no file is concerned */
    char message[512]; /* one line: what is wrong and how to mend it, without file and line */
};

/* ---- articles and records ------------------------------------------------------------------------- */

enum trich_date_from { TRICH_DATE_NONE, TRICH_DATE_OPTION, TRICH_DATE_METADATA, TRICH_DATE_TEXT };

struct trich_attribute {
    const char *name;
    const char *value;
};

struct trich_record {
    const char *kind;    /* element name: "document-number", "date", "district", "figure", or a custom kind */
    size_t start, end;   /* bytes of the input as it came in */
    const char *content; /* that slice as UTF-8; not NUL-terminated */
    size_t content_length;
    const char *rule; /* id of the rule that made it; NULL for a record read from a file */
    const struct trich_attribute *attributes; /* in the order in which they are written */
    size_t attribute_count;
    /* A document named before: 1 + index of the record that names it first, else 0. Written as
     * same-as="START". */
    size_t same_as;
};

struct trich_article {
    const char *source; /* the input's; "" if it has none */
    const char *date;   /* the day, month or year the article speaks from; NULL if unknown */
    enum trich_date_from date_from;
    const char *encoding;               /* the encoding that was taken, e.g. "UTF-8" */
    size_t invalid_count;               /* bytes replaced by U+FFFD */
    size_t limit_count;                 /* matches given up because a match limit was hit */
    const char *limit_rule;             /* id of the last rule that hit it, or NULL */
    const struct trich_record *records; /* in order of start, without overlap */
    size_t record_count;
};

/* Value of the attribute of that name, or NULL. */
TRICH_API const char *trich_record_get(const struct trich_record *record, const char *name);

/* ---- rules ---------------------------------------------------------------------------------------- */

/* Compiled rules and tables: immutable, shared by any number of extractors and threads. */
typedef struct trich_rules trich_rules;

/* The rules built into the library. The caller frees them. */
TRICH_API trich_rules *trich_rules_builtin(struct trich_error *error);
/* The rules of a directory: every *.xml in it, in order of name, with the *.tsv tables they name. */
TRICH_API trich_rules *trich_rules_load(const char *directory, struct trich_error *error);
TRICH_API void trich_rules_free(trich_rules *rules);
/* A number that (as good as certainly) is another one when a rule file or table is. */
TRICH_API uint64_t trich_rules_fingerprint(const trich_rules *rules);

struct trich_rule_info {
    const char *id, *kind, *form; /* form: "" if none */
    const char *role;             /* "rule", "after", "context-start" or "context-end" */
    bool reject;
    const char *file;
    size_t line;
    const char *pattern; /* as given to PCRE2 */
    size_t example_count;
};

TRICH_API size_t trich_rules_count(const trich_rules *rules);
/* index < trich_rules_count; the strings belong to the rules. */
TRICH_API struct trich_rule_info trich_rules_get(const trich_rules *rules, size_t index);

typedef void trich_problem(void *closure, const struct trich_error *problem);

/*
 * Runs every example and counter-example and looks for what cannot be meant: unused parts, patterns that
 * match the empty string or are not in normal form, rules without an example, misspelt forms, groups and
 * words of tables. Each problem is reported.
 * report and problem_count may be NULL. False only when the check itself could not be done.
 */
TRICH_API bool trich_rules_check(const trich_rules *rules, trich_problem *report, void *closure,
                                 size_t *problem_count, struct trich_error *error);
/* Writes the built-in rule files and tables, their schemas and README.md, which describes them, into a
 * directory, which is made. All or nothing: if one is there already, or cannot be written, none is. */
TRICH_API bool trich_rules_export(const char *directory, struct trich_error *error);

/* ---- extraction ----------------------------------------------------------------------------------- */

/* Everything one thread needs to extract; not to be shared between threads while in use. */
typedef struct trich_extractor trich_extractor;

enum trich_format { TRICH_FORMAT_TEXT, TRICH_FORMAT_HTML };

/*
 * What stands in front of an article that is a part of a file, so that errors name the place in the file (the
 * records' offsets count from the article): bytes, whole lines, and bytes of the line that it begins in.
 */
struct trich_before {
    size_t bytes, lines, columns;
};

#define TRICH_INPUT_MOST ((size_t)1 << 30) /* bytes of one article; more are TRICH_ERROR_LIMIT */

struct trich_input {
    const char *bytes; /* borrowed, as source is, until the next call with this extractor */
    size_t length;
    const char *source;   /* a name for errors and the article; NULL means "" */
    const char *date;     /* YYYY, YYYY-MM or YYYY-MM-DD, or NULL: find it in the text */
    const char *encoding; /* NULL or "auto": recognize it; utf-8, utf-16, windows-1258, viscii, tcvn3, vni */
    bool replace_invalid; /* U+FFFD for invalid bytes instead of an error */
    enum trich_format format; /* HTML: markup is skipped, metadata may give the date */
    bool every_rule;          /* try every rule at every place by PCRE2: slow, to check what is fast */
    struct trich_before before;
};

/* rules are borrowed and must outlive the extractor. */
TRICH_API trich_extractor *trich_extractor_new(const trich_rules *rules, struct trich_error *error);
TRICH_API void trich_extractor_free(trich_extractor *extractor);
/* The article belongs to the extractor and is valid until its next call. NULL on error. */
TRICH_API const struct trich_article *
trich_extract(trich_extractor *extractor, const struct trich_input *input, struct trich_error *error);

/* The text of the extractor's last article as UTF-8, before normalization: what the records' contents are cut
 * from. Empty if the last call failed. Borrows from the input; valid until the next call; not NUL-terminated.
 */
TRICH_API const char *trich_extractor_text(const trich_extractor *extractor, size_t *length);
/* Where in that text the byte of the input at offset stands; with offsets beyond the input, its length. */
TRICH_API size_t trich_extractor_place(const trich_extractor *extractor, size_t offset);

/* ---- why: what became of each candidate, and what each rule costs ----------------------------------- */

enum trich_fate {
    TRICH_TAKEN,
    TRICH_OUTDONE,  /* by a candidate at the same place with higher priority, longer, or of an earlier rule */
    TRICH_REJECTED, /* by a context pattern */
    TRICH_REFUSED,  /* its value is none: 31/02 is no date */
    TRICH_DROPPED   /* the article as a whole spoke against it */
};

struct trich_candidate {
    enum trich_fate fate;
    const char *rule, *kind;
    const char *by;      /* the rule or context that outdid or rejected it; NULL for the other fates */
    size_t start, end;   /* bytes of the input */
    const char *content; /* not NUL-terminated */
    size_t content_length;
    const struct trich_attribute *groups; /* what the pattern's groups captured */
    size_t group_count;
};

typedef void trich_observe(void *closure, const struct trich_candidate *candidate);

/* From now on each extraction tells of its candidates, in the order of the text; NULL ends it. */
TRICH_API void trich_extractor_observe(trich_extractor *extractor, trich_observe *observe, void *closure);

struct trich_rule_profile {
    size_t calls, matches, limit_hits;
    double seconds;
};

/* From now on the extractor counts and times every pattern (which makes it slower). False: out of memory. */
TRICH_API bool trich_extractor_profile(trich_extractor *extractor, struct trich_error *error);
/* index as for trich_rules_get; all zero if no profile was asked for. */
TRICH_API struct trich_rule_profile trich_extractor_rule_profile(const trich_extractor *extractor,
                                                                 size_t index);

/* ---- writing records -------------------------------------------------------------------------------- */

/* Takes bytes of a document in turn, a few kilobytes at a time; false ends the writing. */
typedef bool trich_write(void *closure, const char *bytes, size_t length);

/*
 * Records as XML: a head, any number of articles, a tail. Characters that XML cannot carry, and bytes that
 * are no UTF-8 (of a file's name), become U+FFFD. Each is false only when write was.
 */
TRICH_API bool trich_write_head(trich_write *write, void *closure);
TRICH_API bool trich_write_article(const struct trich_article *article, trich_write *write, void *closure);
TRICH_API bool trich_write_tail(trich_write *write, void *closure);
/* A document of its own, on one line; article NULL: one without articles. */
TRICH_API bool trich_write_line(const struct trich_article *article, trich_write *write, void *closure);

/* ---- expected records ------------------------------------------------------------------------------- */

/* The articles of a records file, with all that belongs to them; immutable. */
typedef struct trich_records trich_records;

/*
 * Reads a file of records in the form that extraction writes. Errors are TRICH_ERROR_RECORDS with file and
 * line: no such XML, an element without start and end, records out of order or one upon the other.
 */
TRICH_API trich_records *trich_records_load(const char *file, struct trich_error *error);
/* The same from memory; name is for errors, may be NULL. Nothing is borrowed. */
TRICH_API trich_records *trich_records_parse(const char *bytes, size_t length, const char *name,
                                             struct trich_error *error);
TRICH_API void trich_records_free(trich_records *records);
TRICH_API size_t trich_records_count(const trich_records *records);
/* index < trich_records_count. Of the article source, date, date_from and the records are filled. */
TRICH_API const struct trich_article *trich_records_get(const trich_records *records, size_t index);
/* The line of the file that a record of that article stands in. */
TRICH_API size_t trich_records_line(const trich_records *records, size_t article, size_t record);

/* ---- scoring: how extracted records agree with expected ones ---------------------------------------- */

/* Counts over any number of articles. */
typedef struct trich_score trich_score;

/* What became of a record. Only records of one kind are compared with each other. */
enum trich_verdict {
    TRICH_EXACT,   /* start, end and the required attributes agree */
    TRICH_VALUE,   /* the two overlap and the required attributes agree */
    TRICH_EXTENT,  /* start and end agree */
    TRICH_OVERLAP, /* the two overlap, and that is all */
    TRICH_MISS,    /* expected, and nothing of that kind is near */
    TRICH_SURPLUS  /* extracted, and nothing of that kind was expected there */
};

struct trich_comparison {
    enum trich_verdict verdict;
    const struct trich_record *expected; /* NULL for surplus */
    const struct trich_record *got;      /* NULL for a miss */
    bool same;                           /* all attributes agree, the optional ones too */
};

typedef void trich_compare(void *closure, const struct trich_comparison *comparison);

TRICH_API trich_score *trich_score_new(struct trich_error *error);
TRICH_API void trich_score_free(trich_score *score);
/*
 * Compares an article and adds to the counts. Each record of both is told of once, in the order of the text;
 * compare may be NULL. The articles are needed only during the call.
 */
TRICH_API bool trich_score_add(trich_score *score, const struct trich_article *expected,
                               const struct trich_article *got, trich_compare *compare, void *closure,
                               struct trich_error *error);

struct trich_tally {
    const char *kind; /* NULL: all kinds together */
    size_t expected, got;
    size_t exact, value, extent; /* how many agree; what is exact counts in all three */
};

/* The four kinds come first, whether they occur or not, then custom ones by name, at last all together. */
TRICH_API size_t trich_score_count(const trich_score *score);
TRICH_API struct trich_tally trich_score_get(const trich_score *score, size_t index);

/* An attribute that is not required, over the records that agree in extent; and `date` of `article`, where an
 * expected one was not given as an option. */
struct trich_attribute_tally {
    const char *kind, *name;
    size_t expected, got, right;
};

/* Those that occur, in order of kind and name. */
TRICH_API size_t trich_score_attribute_count(const trich_score *score);
TRICH_API struct trich_attribute_tally trich_score_attribute(const trich_score *score, size_t index);

/* In percent; 0 where nothing was expected or got. */
struct trich_rates {
    double precision, recall, f1;
};
TRICH_API struct trich_rates trich_rates(size_t right, size_t expected, size_t got);

#ifdef __cplusplus
}
#endif
#endif
