/* main.c - which command is meant. */
#include <locale.h>
#include <signal.h>

#include "../trich.h"
#include "message.h"
#include "options.h"

static int help(const struct options *options)
{
    const char *what = options->operands.items[0];
    if (options->operands.count > 1) {
        message_say(NULL, "help: use it as 'trich help %s'", options_command_usage(COMMAND_HELP));
        return EXIT_TROUBLE;
    }
    enum command command = options_find_command(what);
    if (command != COMMAND_COUNT) {
        options_help(command, stdout);
    } else if (!options_special_help(what, stdout)) {
        message_say(NULL, "help: there is no command '%s': see 'trich --help'", what);
        return EXIT_TROUBLE;
    }
    return EXIT_GOOD;
}

static int run(const struct options *options)
{
    if (options->version) {
        puts("trich " TRICH_VERSION);
        return EXIT_GOOD;
    }
    if (options->command == COMMAND_HELP && options->operands.count > 0)
        return help(options);
    if (options->help || options->command == COMMAND_HELP) {
        options_help(options->command, stdout);
        return EXIT_GOOD;
    }
    switch (options->command) {
    case COMMAND_EXTRACT:
        return extract_command(options);
    case COMMAND_VALIDATE:
        return validate_command(options);
    case COMMAND_EXPLAIN:
        return explain_command(options);
    case COMMAND_RULES:
        return rules_command(options);
    case COMMAND_VIEW:
        return view_command(options);
    case COMMAND_HELP:
    case COMMAND_COUNT:
        break; /* done above */
    }
    return EXIT_TROUBLE;
}

int main(int argc, char **argv)
{
    struct options options;
    int status = EXIT_TROUBLE;

    /* For messages of the system in the user's language; nothing else here depends on it. */
    setlocale(LC_MESSAGES, "");
    /* A limit on the size of files is a failure to write, told like a full disk, not a sudden end. */
    signal(SIGXFSZ, SIG_IGN);
    if (options_parse(&options, argc, argv))
        status = run(&options);
    options_clear(&options);
    return message_close_output() ? status : EXIT_TROUBLE;
}
