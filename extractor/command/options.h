/*
 * options.h - the command line: one table of options, from which it is parsed and the help is written.
 *
 * A command (validate, rules, …) is the first operand if it is the name of one; without one it is extract.
 * Options may stand before and behind operands; "--" ends them.
 */
#ifndef TRICH_COMMAND_OPTIONS_H
#define TRICH_COMMAND_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Exit statuses of every command. */
enum {
    EXIT_GOOD = 0,
    EXIT_SHORT = 1,  /* a validation fell short */
    EXIT_TROUBLE = 2 /* misuse, bad rules, or an input that could not be read */
};

enum command {
    COMMAND_EXTRACT,
    COMMAND_VALIDATE,
    COMMAND_RULES,
    COMMAND_EXPLAIN,
    COMMAND_VIEW,
    COMMAND_HELP,
    COMMAND_COUNT
};

/* A repeatable option's arguments. */
struct option_list {
    const char **items;
    size_t count;
};

enum split_mode { SPLIT_NONE, SPLIT_LINE, SPLIT_FORMFEED, SPLIT_NUL };
enum offset_unit { OFFSETS_BYTES, OFFSETS_CHARS };
enum report_format { REPORT_TEXT, REPORT_XML, REPORT_TAP, REPORT_HTML };

/* All strings are borrowed from argv. */
struct options {
    enum command command;
    struct option_list operands; /* without the command's name */

    bool help, version, quiet, verbose;
    const char *rules; /* directory, or NULL for the built-in rules */

    /* how an article is read */
    const char *date, *encoding;
    bool replace_invalid, html;
    struct option_list include;

    /* extract */
    const char *output;
    bool resume, fsync, each, fields;
    size_t jobs; /* 0: as many as there are processors */
    int split;   /* enum split_mode */
    int offsets; /* enum offset_unit */

    /* validate */
    struct option_list min_f1; /* "KIND=NUMBER" */
    int report;                /* enum report_format */
    bool accept;
};

/* Fills options; on misuse prints what is wrong to standard error and returns false. */
bool options_parse(struct options *options, int argc, char **argv);
void options_clear(struct options *options);

/* The help of a command. */
void options_help(enum command command, FILE *out);
/* What `trich help bash`, `zsh` and `mdoc` print: completions, the lists of the manual page. False: none of
 * these. */
bool options_special_help(const char *what, FILE *out);
/* The command of that name; COMMAND_COUNT if there is none. */
enum command options_find_command(const char *name);
/* What is written behind the name of a command. */
const char *options_command_usage(enum command command);

/* The commands. Each returns an exit status. */
int extract_command(const struct options *options);
int validate_command(const struct options *options);
int rules_command(const struct options *options);
int profile_command(const struct options *options); /* of rules */
int explain_command(const struct options *options);
int view_command(const struct options *options);

#endif
