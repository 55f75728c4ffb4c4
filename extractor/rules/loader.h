/* loader.h - inside rules/: what the parts of loading share. */
#ifndef TRICH_RULES_LOADER_H
#define TRICH_RULES_LOADER_H

#include <libxml/tree.h>

#include "expand.h"
#include "rules.h"

struct source_file {
    char *name; /* for messages */
    char *bytes;
    size_t length;
    bool builtin; /* known to be good: not checked again */
    xmlDocPtr document;
};

struct removed_rule {
    char *id;
    const char *file; /* of a source_file */
    size_t line;
    bool found;
};

struct loader {
    struct source_file *files;
    size_t file_count;
    struct expansion expansion;
    struct choices choices;
    struct rules *rules;
    struct removed_rule *removed; /* by <remove id="…"/> */
    size_t removed_count;
    bool builtin_added;
    struct trich_error *error;
};

/* Empty; NULL when out of memory. */
struct rules *rules_new(void);
/* When all tables are there: makes rules_table find them. */
void rules_index_tables(struct rules *rules);

bool loader_ends_with(const char *name, const char *end);

/* The files of the library, or of a directory in order of name. */
bool loader_add_builtin(struct loader *loader);
bool loader_add_directory(struct loader *loader, const char *directory);
/* Another file beside the one that includes it; href may not lead out of that directory. */
bool loader_add_included(struct loader *loader, const char *from, size_t line, const char *href);
/* Parses an XML file and holds it against rules.rng, unless it is built in. */
bool loader_parse(struct loader *loader, struct source_file *file);
/* Gives the loader's error its column, and the line of what it names, from the text of the file. */
void loader_point(struct loader *loader);
/* Notes what loads but cannot be meant. */
bool loader_lint(struct loader *loader);
/* Ties rules to the contexts that concern them. */
bool loader_link(struct rules *rules, struct trich_error *error);
/* Works out what finding and matching need of the patterns. */
bool loader_derive(struct rules *rules, struct trich_error *error);

#endif
