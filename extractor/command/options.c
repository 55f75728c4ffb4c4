/* getopt_long does the parsing (permuted operands, abbreviations, --name=value); this file gives it the
 * table. */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../trich.h"
#include "message.h"

#define EXTRACT (1U << COMMAND_EXTRACT)
#define VALIDATE (1U << COMMAND_VALIDATE)
#define RULES (1U << COMMAND_RULES)
#define EXPLAIN (1U << COMMAND_EXPLAIN)
#define VIEW (1U << COMMAND_VIEW)
#define READING (EXTRACT | EXPLAIN | VIEW) /* commands that read one article after the other */
#define ALL (EXTRACT | VALIDATE | RULES | EXPLAIN | VIEW | (1U << COMMAND_HELP))

enum option_type {
    OPTION_FLAG,   /* bool */
    OPTION_STRING, /* const char * */
    OPTION_LIST,   /* struct option_list */
    OPTION_NUMBER, /* size_t, at least 1 */
    OPTION_CHOICE  /* int: the place of the argument among the words of the argument's name */
};

struct option_entry {
    char letter; /* '\0' if there is only the long name */
    const char *name;
    const char *argument; /* its name in the help; NULL if it takes none */
    const char *help;
    unsigned commands; /* that know it */
    enum option_type type;
    size_t offset; /* in struct options */
};

#define AT(member) offsetof(struct options, member)

static const struct option_entry entries[] = {
    {'o', "output", "DIR", "write NAME.xml into DIR, in the same tree as the input", EXTRACT, OPTION_STRING,
     AT(output)},
    {'d', "date", "DATE", "the day the article speaks from: YYYY, YYYY-MM or YYYY-MM-DD", READING,
     OPTION_STRING, AT(date)},
    {'i', "include", "GLOB", "in directories, read files of this name (*.txt); may be repeated", EXTRACT,
     OPTION_LIST, AT(include)},
    {'e', "encoding", "NAME", "utf-8, utf-16, windows-1258, viscii, tcvn3, vni, or auto", READING,
     OPTION_STRING, AT(encoding)},
    {0, "replace-invalid", NULL, "put U+FFFD in place of bytes that are no text", READING, OPTION_FLAG,
     AT(replace_invalid)},
    {0, "html", NULL, "the input is HTML, whatever its name says", READING, OPTION_FLAG, AT(html)},
    {0, "split", "line|formfeed|nul", "an input holds many articles, each ended by this", EXTRACT | RULES,
     OPTION_CHOICE, AT(split)},
    {0, "fields", NULL, "a line is ID<TAB>DATE<TAB>TEXT (with --split=line)", EXTRACT, OPTION_FLAG,
     AT(fields)},
    {0, "each", NULL, "a complete XML document for each article, on one line", EXTRACT, OPTION_FLAG,
     AT(each)},
    {0, "offsets", "bytes|chars", "what start and end count (bytes)", EXTRACT, OPTION_CHOICE, AT(offsets)},
    {'j', "jobs", "N", "work on N articles at a time (the number of processors)", EXTRACT, OPTION_NUMBER,
     AT(jobs)},
    {0, "resume", NULL, "skip what --output has already and has not changed since", EXTRACT, OPTION_FLAG,
     AT(resume)},
    {0, "fsync", NULL, "have each output file on the disk before it gets its name", EXTRACT, OPTION_FLAG,
     AT(fsync)},
    {0, "min-f1", "KIND=N", "fall short if F1 of KIND (or of all) is under N percent", VALIDATE, OPTION_LIST,
     AT(min_f1)},
    {0, "report", "text|xml|tap|html", "form of the report (text)", VALIDATE, OPTION_CHOICE, AT(report)},
    {0, "accept", NULL, "show the differences, then write the output as expected records", VALIDATE,
     OPTION_FLAG, AT(accept)},
    {'R', "rules", "DIR", "rules and tables from DIR instead of the built-in ones", ALL, OPTION_STRING,
     AT(rules)},
    {'q', "quiet", NULL, "no progress, no summary", ALL, OPTION_FLAG, AT(quiet)},
    {'v', "verbose", NULL, "a summary also where standard error is no terminal", ALL, OPTION_FLAG,
     AT(verbose)},
    {'h', "help", NULL, "print this and exit", ALL, OPTION_FLAG, AT(help)},
    {'V', "version", NULL, "print the version and exit", ALL, OPTION_FLAG, AT(version)},
};

enum { ENTRY_COUNT = sizeof entries / sizeof entries[0] };

static const struct {
    const char *name;
    const char *usage; /* behind the name */
    const char *help;
} commands[COMMAND_COUNT] = {
    [COMMAND_EXTRACT] = {"extract", "[OPTION]... [FILE | DIRECTORY]...",
                         "find the records of articles (done when no command is named)"},
    [COMMAND_VALIDATE] = {"validate", "[OPTION]... DIRECTORY...",
                          "compare with the expected records, NAME.xml beside NAME.txt"},
    [COMMAND_RULES] = {"rules", "[check | list | export DIR | profile FILE...]",
                       "try the rules' examples, list the rules, write them out"},
    [COMMAND_EXPLAIN] = {"explain", "[OPTION]... [FILE | DIRECTORY]...", "show which rule made each record"},
    [COMMAND_VIEW] = {"view", "[OPTION]... FILE", "an HTML page of an article with its records marked"},
    [COMMAND_HELP] = {"help", "[COMMAND]", "the same as COMMAND --help"},
};

const char *options_command_name(enum command command)
{
    return commands[command].name;
}

const char *options_command_usage(enum command command)
{
    return commands[command].usage;
}

void options_help(enum command command, FILE *out)
{
    if (command == COMMAND_EXTRACT || command == COMMAND_HELP) {
        command = COMMAND_EXTRACT;
        fprintf(out, "Usage: trich %s\n", commands[command].usage);
        for (int i = COMMAND_VALIDATE; i < COMMAND_COUNT; i++)
            fprintf(out, "       trich %s %s\n", commands[i].name, commands[i].usage);
        fputs("Find document numbers, dates, districts and figures in Vietnamese text; write XML records.\n"
              "Without FILE, or where it is -, read standard input.\n\n",
              out);
    } else {
        fprintf(out, "Usage: trich %s %s\n", commands[command].name, commands[command].usage);
        fprintf(out, "%c%s.\n\n", commands[command].help[0] - 'a' + 'A', commands[command].help + 1);
    }
    for (const struct option_entry *entry = entries; entry < entries + ENTRY_COUNT; entry++) {
        if ((entry->commands & (1U << command)) == 0)
            continue;
        char left[64];
        snprintf(left, sizeof left, "%s%s%s", entry->name, entry->argument != NULL ? "=" : "",
                 entry->argument != NULL ? entry->argument : "");
        if (entry->letter != '\0')
            fprintf(out, "  -%c, ", entry->letter);
        else
            fputs("      ", out);
        fprintf(out, "--%-24s %s\n", left, entry->help);
    }
    fputs("\nExit status: 0 all good; 1 a validation fell short; 2 misuse, bad rules, or unreadable input.\n",
          out);
}

static bool append(struct option_list *list, const char *item)
{
    const char **items = realloc(list->items, (list->count + 1) * sizeof *items);
    if (items == NULL) {
        message_say(NULL, "out of memory");
        return false;
    }
    list->items = items;
    list->items[list->count++] = item;
    return true;
}

/* The place of word among the words of "one|two|three", from 0; -1 if it is none of them. */
static int choice(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (int place = 0;; place++) {
        const char *end = words + strcspn(words, "|");
        if ((size_t)(end - words) == length && memcmp(words, word, length) == 0)
            return place;
        if (*end == '\0')
            return -1;
        words = end + 1;
    }
}

static bool store(struct options *options, const struct option_entry *entry, const char *argument)
{
    void *place = (char *)options + entry->offset;
    switch (entry->type) {
    case OPTION_FLAG:
        *(bool *)place = true;
        return true;
    case OPTION_STRING:
        *(const char **)place = argument;
        return true;
    case OPTION_LIST:
        return append(place, argument);
    case OPTION_NUMBER: {
        char *end;
        errno = 0;
        unsigned long number = strtoul(argument, &end, 10);
        if (*argument < '0' || *argument > '9' || *end != '\0' || errno != 0 || number < 1 ||
            number > 10000) {
            message_say(NULL, "--%s: '%s' is no number from 1 to 10000", entry->name, argument);
            return false;
        }
        *(size_t *)place = number;
        return true;
    }
    case OPTION_CHOICE: {
        int chosen = choice(entry->argument, argument);
        if (chosen < 0) {
            message_say(NULL, "--%s: '%s' is none of %s", entry->name, argument, entry->argument);
            return false;
        }
        /* enum split_mode has a value for "not given" in front. */
        *(int *)place = chosen + (entry->offset == AT(split) ? 1 : 0);
        return true;
    }
    }
    return false;
}

static bool misuse(void)
{
    fputs("Try 'trich --help'.\n", stderr);
    return false;
}

/* The command of that name; COMMAND_COUNT if there is none. */
static enum command find_command(const char *name)
{
    enum command command = COMMAND_EXTRACT;
    while (command < COMMAND_COUNT && strcmp(name, commands[command].name) != 0)
        command++;
    return command;
}

/* What belongs together. */
static bool check(const struct options *options)
{
    if (options->operand_count == 0 && options->command == COMMAND_VALIDATE && !options->help) {
        message_say(NULL, "validate: which directory?");
        return false;
    }
    if (options->fields && options->split != SPLIT_LINE) {
        message_say(NULL, "--fields needs --split=line");
        return false;
    }
    if (options->resume && options->output == NULL) {
        message_say(NULL, "--resume needs --output");
        return false;
    }
    if (options->output != NULL && (options->split != SPLIT_NONE || options->each)) {
        message_say(NULL, "--output writes a file for each file: not with --split or --each");
        return false;
    }
    return true;
}

bool options_parse(struct options *options, int argc, char **argv)
{
    struct option longs[ENTRY_COUNT + 1];
    char shorts[2 * ENTRY_COUNT + 2];
    char *s = shorts;
    bool given[ENTRY_COUNT] = {false};

    *options = (struct options){.command = COMMAND_EXTRACT};
    *s++ = ':';
    for (int i = 0; i < ENTRY_COUNT; i++) {
        bool argument = entries[i].argument != NULL;
        /* Beyond all letters, so that the entry is known without looking for it. */
        longs[i] =
            (struct option){entries[i].name, argument ? required_argument : no_argument, NULL, 256 + i};
        if (entries[i].letter != '\0') {
            *s++ = entries[i].letter;
            if (argument)
                *s++ = ':';
        }
    }
    *s = '\0';
    longs[ENTRY_COUNT] = (struct option){0};

    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
        int i = c - 256;
        if (c == '?' || c == ':') {
            const char *word = argv[optind - 1];
            if (c == ':')
                message_say(NULL, "option '%s' needs an argument", word);
            else if (optopt >= 256)
                message_say(NULL, "option '--%s' takes no argument", entries[optopt - 256].name);
            else if (optopt != 0)
                message_say(NULL, "unknown option '-%c'", optopt);
            else
                message_say(NULL, "unknown or ambiguous option '%s'", word);
            return misuse();
        }
        if (c < 256) {
            for (i = 0; entries[i].letter != c; i++) {
            }
        }
        given[i] = true;
        if (!store(options, &entries[i], optarg))
            return misuse();
    }

    options->operands = (const char **)(argv + optind);
    options->operand_count = (size_t)(argc - optind);
    /* Behind "--" there are only files: a file may be named as a command is. */
    bool after_dashes = optind > 1 && strcmp(argv[optind - 1], "--") == 0;
    if (options->operand_count > 0 && !after_dashes && find_command(options->operands[0]) != COMMAND_COUNT) {
        options->command = find_command(options->operands[0]);
        options->operands++;
        options->operand_count--;
    }
    for (int i = 0; i < ENTRY_COUNT; i++) {
        if (given[i] && (entries[i].commands & (1U << options->command)) == 0) {
            message_say(NULL, "%s: there is no option '--%s' here", commands[options->command].name,
                        entries[i].name);
            return misuse();
        }
    }
    if (options->command == COMMAND_HELP && options->operand_count > 0) {
        options->command = find_command(options->operands[0]);
        if (options->command == COMMAND_COUNT) {
            message_say(NULL, "help: there is no command '%s'", options->operands[0]);
            return misuse();
        }
        options->help = true;
    }
    return check(options) || misuse();
}

void options_clear(struct options *options)
{
    free(options->include.items);
    free(options->min_f1.items);
}
