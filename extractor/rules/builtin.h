/* builtin.h - the rule files and tables that the build puts into the library (see Makefile). */
#ifndef TRICH_RULES_BUILTIN_H
#define TRICH_RULES_BUILTIN_H

struct builtin_file {
    const char *name; /* without directory; NULL ends the list */
    const char *bytes, *end;
};

extern const struct builtin_file builtin_files[];

#endif
