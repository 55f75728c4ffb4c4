/*
 * rules.h - rule files and tables, loaded, checked, compiled: immutable and shared by threads.
 *
 * The language is described in rules/README.md. A rule is a pattern that finds candidates; a context is a
 * pattern tried at an edge of a candidate, which adds groups to it or rejects it.
 */
#ifndef TRICH_RULES_RULES_H
#define TRICH_RULES_RULES_H

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <pthread.h>
#include <stdatomic.h>

#include "kinds.h"
#include "table.h"

enum { RULE_MAX_GROUPS = 32 };

/* A compiled pattern with its named groups; immutable once it is published. */
struct compiled {
    pcre2_code *code; /* anchored */
    bool jit;
    size_t size; /* bytes of code */
    struct {
        short id;     /* of the kind's closed set, or index into the custom kind's attributes */
        short number; /* PCRE2's */
    } groups[RULE_MAX_GROUPS];
    size_t group_count;
    struct compiled *older; /* the same without JIT, which other threads may still be using */
};

enum rule_role {
    RULE_FIND,     /* tried where its first words or digits stand */
    RULE_AFTER,    /* tried right behind an accepted record of its kind (lists) */
    CONTEXT_START, /* looked at, by lookbehind, where a candidate of its kind starts */
    CONTEXT_END    /* tried where a candidate of its kind ends */
};

struct rule_example {
    char *text;
    char *date;                         /* on="…": the article's date; NULL if not given */
    char *extent;                       /* the record's content; NULL if not given */
    struct trich_attribute *attributes; /* expected ones */
    size_t attribute_count;
    size_t line;
    bool counter;
    bool others; /* other records may stand in the text too */
};

struct rule {
    char *id;
    char *form; /* which reading value/ gives it; "" if none */
    char *file;
    size_t line;
    enum kind kind;
    size_t custom; /* index into rules->customs for KIND_CUSTOM */
    enum rule_role role;
    bool replaces, replaced;    /* stands for the built-in rule of the same id; that was found */
    bool reject;                /* a context that refuses the candidate */
    char *forms;                /* a context's for="…": only candidates of these forms, "" for all */
    int priority;               /* wins over length; 0 by default */
    size_t index;               /* place in rules->rules: file order */
    char *pattern;              /* as expanded for PCRE2 */
    const void *serialized;     /* compiled by the build, for pcre2_serialize_decode; NULL: it is not */
    struct rule **start, **end; /* the contexts that concern it, rejecting ones first; each ended by NULL */
    struct rule_example *examples;
    size_t example_count;
};

/* Whether it makes records; a context does not. */
static inline bool rule_finds(const struct rule *rule)
{
    return rule->role == RULE_FIND || rule->role == RULE_AFTER;
}

/* How a group of a custom kind becomes its attribute. */
struct custom_attribute {
    char *group;
    char *normalize;           /* collapse, number, digits, date, upper, lower, lookup */
    const struct table *table; /* lookup */
    long column;
    char *file;
    size_t line;
};

/* A kind that only rule files know: its groups are its attributes. */
struct custom_kind {
    char *name;
    char *groups[RULE_MAX_GROUPS]; /* [0] is "record" */
    size_t group_count;
    struct custom_attribute *attributes;
    size_t attribute_count;
};

struct automaton;
struct charset;
struct programs;

/* Something in a rule file that loads but cannot be meant: for the check of rules. */
struct rule_problem {
    char *file;
    size_t line;
    char *message;
};

struct rules {
    bool prepared; /* rules, after, automaton and programs are static */
    struct rule **rules;
    size_t rule_count;
    struct compiled *_Atomic *compiled; /* by the rule's index; NULL until first used */
    pthread_mutex_t lock;               /* of whoever compiles */
    size_t matcher_count;               /* that use the rules; under the lock */
    atomic_size_t jit_size;             /* bytes of machine code */
    struct table **tables;
    size_t table_count;
    const struct table *known[TABLE_IDS];
    struct table *_Atomic unmarked_fronts; /* made by value/ when first needed; NULL until then */
    struct rule **after[KIND_CUSTOM + 1];  /* RULE_AFTER by kind, each list ended by NULL */
    struct custom_kind *customs;
    size_t custom_count;
    struct rule_problem *problems;
    size_t problem_count;
    uint64_t fingerprint;              /* of the files read; not of prepared rules */
    const struct automaton *automaton; /* which rules can match where: dfa.h */
    const struct programs *programs;   /* how they match: program.h */
    struct charset *charsets;          /* of both; not of prepared rules */
    size_t charset_count;
};

/* The built-in rules as the build has prepared them: without examples and problems. */
struct rules *rules_builtin(struct trich_error *error);
/* The same from their files, with all that a check needs. */
struct rules *rules_builtin_files(struct trich_error *error);
struct rules *rules_load(const char *directory, struct trich_error *error);
void rules_free(struct rules *rules);

/* A number that is another one when a rule file or table is (as good as certainly). */
uint64_t rules_fingerprint(const struct rules *rules);

/*
 * The rule's compiled pattern, compiled now if it is the first use; any thread may call it. jit: the rule is
 * used often enough to be worth JIT, for which there is some memory (where several threads match, a fresh
 * copy is published; one already handed out stays as it is). NULL when out of memory.
 */
const struct compiled *rules_compile(const struct rules *rules, const struct rule *rule, bool jit);

/* A matcher begins, or ceases, to use the compiled patterns. */
void rules_join(const struct rules *rules);
void rules_leave(const struct rules *rules);

/* Column of the first character that is no blank in a line of a rule file (on disk or built in), 0 if
 * unknown. */
size_t rules_column(const char *file, size_t line);

/* Writes the built-in files into a directory, which is made; no file is overwritten. */
bool rules_export(const char *directory, struct trich_error *error);

/* names.c. The name of the rule's kind, and of a group of its kind by id; the id of the group of that name,
 * -1 if there is none. */
const char *rules_kind_name(const struct rules *rules, const struct rule *rule);
const char *rules_group_name(const struct rules *rules, const struct rule *rule, int id);
int rules_group(const struct rules *rules, const struct rule *rule, struct slice name);

/* NULL if there is no table of that name. */
const struct table *rules_table(const struct rules *rules, const char *name);
static inline const struct table *rules_known(const struct rules *rules, enum table_id id)
{
    return rules->known[id];
}

#endif
