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
#include "table.h"

/* What getopt_long returns for an operand, and for the first entry's long name. */
enum { OPERAND = 1, FIRST_LONG = 256 };

const char *options_command_usage(enum command command)
{
    return command_entries[command].usage;
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
    if (entry->type != OPTION_FLAG && *argument == '\0') {
        message_say(NULL, "--%s: its argument is empty", entry->name);
        return false;
    }
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
        *(int *)place = chosen + (entry->offset == offsetof(struct options, split) ? 1 : 0);
        return true;
    }
    }
    return false;
}

/* In front of a command, or where none is known yet, the help of all. */
static bool misuse(enum command command)
{
    fprintf(stderr, "Try 'trich%s%s --help'.\n", command != COMMAND_EXTRACT ? " " : "",
            command != COMMAND_EXTRACT ? command_entries[command].name : "");
    return false;
}

enum command options_find_command(const char *name)
{
    enum command command = COMMAND_EXTRACT;
    while (command < COMMAND_COUNT && strcmp(name, command_entries[command].name) != 0)
        command++;
    return command;
}

/* What belongs together. */
static bool check(const struct options *options)
{
    for (size_t i = 0; i < options->operands.count; i++) {
        if (*options->operands.items[i] == '\0') {
            message_say(NULL, "operand %zu is empty: name a file or directory, or - for standard input",
                        i + 1);
            return false;
        }
    }
    if (options->operands.count == 0 && options->command == COMMAND_VALIDATE && !options->help &&
        !options->version) {
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

/* What getopt_long wants to know of the table. shorts has room for two characters an entry and three more. */
static void list_options(struct option *longs, char *shorts)
{
    *shorts++ = '-'; /* operands are told of in their order */
    *shorts++ = ':'; /* and an argument that is missing is told from an unknown option */
    for (size_t i = 0; i < option_entry_count; i++) {
        bool argument = option_entries[i].argument != NULL;
        /* Beyond all letters, so that the entry is known without looking for it. */
        longs[i] = (struct option){option_entries[i].name, argument ? required_argument : no_argument, NULL,
                                   FIRST_LONG + (int)i};
        if (option_entries[i].letter != '\0') {
            *shorts++ = option_entries[i].letter;
            if (argument)
                *shorts++ = ':';
        }
    }
    *shorts = '\0';
    longs[option_entry_count] = (struct option){0};
}

/* A long option may be cut short. Tells what it may have been cut from, if anything. */
static void refuse_long(const char *word)
{
    size_t length = strcspn(word + 2, "=");
    struct bytes like = {0};
    for (size_t i = 0; i < option_entry_count; i++)
        if (strncmp(option_entries[i].name, word + 2, length) == 0)
            bytes_append_format(&like, "%s--%s", like.length > 0 ? ", " : "", option_entries[i].name);
    if (like.length > 0)
        message_say(NULL, "option '%s' is ambiguous: %.*s", word, (int)like.length, like.data);
    else
        message_say(NULL, "unknown option '%s'", word);
    bytes_clear(&like);
}

/* What getopt_long could not make sense of: c is what it returned. */
static void refuse(int c, const char *word)
{
    if (c == ':')
        message_say(NULL, "option '%s' needs an argument", word);
    else if (optopt >= FIRST_LONG)
        message_say(NULL, "option '--%s' takes no argument", option_entries[optopt - FIRST_LONG].name);
    else if (optopt != 0)
        message_say(NULL, "unknown option '-%c'", optopt);
    else
        refuse_long(word);
}

/* An option that is another command's. */
static void refuse_foreign(enum command command, const struct option_entry *entry)
{
    size_t other = COMMAND_EXTRACT;
    while ((entry->commands & (1U << other)) == 0)
        other++;
    bool plain = command == COMMAND_EXTRACT;
    message_say(NULL, "%s%sthere is no option '--%s'%s: 'trich%s%s' has it",
                plain ? "" : command_entries[command].name, plain ? "" : ": ", entry->name,
                plain ? " without a command" : "", other == COMMAND_EXTRACT ? "" : " ",
                other == COMMAND_EXTRACT ? "" : command_entries[other].name);
}

/* Which entry getopt_long has found. */
static size_t entry_of(int c)
{
    size_t i = 0;
    if (c >= FIRST_LONG)
        return (size_t)(c - FIRST_LONG);
    while (option_entries[i].letter != c)
        i++;
    return i;
}

/* The first operand may name a command: not behind "--", where there are only files, one of which may be
 * called as a command is. */
static bool take_operand(struct options *options, const char *operand, bool *first, bool behind_dashes)
{
    enum command command = *first && !behind_dashes ? options_find_command(operand) : COMMAND_COUNT;
    *first = false;
    if (command == COMMAND_COUNT)
        return append(&options->operands, operand);
    options->command = command;
    return true;
}

/* In the order of the arguments, so that a wrong option leads to the help of the command in front of it. */
static bool take_arguments(struct options *options, int argc, char **argv, bool given[OPTION_MAX])
{
    struct option longs[OPTION_MAX + 1];
    char shorts[2 * OPTION_MAX + 3];
    bool first = true;
    list_options(longs, shorts);
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
        if (c == '?' || c == ':') {
            refuse(c, argv[optind - 1]);
            return false;
        }
        if (c == OPERAND) {
            if (!take_operand(options, optarg, &first, false))
                return false;
            continue;
        }
        size_t i = entry_of(c);
        given[i] = true;
        if (!store(options, &option_entries[i], optarg))
            return false;
    }
    for (; optind < argc; optind++)
        if (!take_operand(options, argv[optind], &first, true))
            return false;
    return true;
}

bool options_parse(struct options *options, int argc, char **argv)
{
    bool given[OPTION_MAX] = {false};
    *options = (struct options){.command = COMMAND_EXTRACT};
    if (!take_arguments(options, argc, argv, given))
        return misuse(options->command);
    for (size_t i = 0; i < option_entry_count; i++) {
        if (given[i] && (option_entries[i].commands & (1U << options->command)) == 0) {
            refuse_foreign(options->command, &option_entries[i]);
            return misuse(options->command);
        }
    }
    return check(options) || misuse(options->command);
}

void options_clear(struct options *options)
{
    free(options->operands.items);
    free(options->include.items);
    free(options->min_f1.items);
}
