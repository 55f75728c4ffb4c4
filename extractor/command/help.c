/*
 * help.c - what the table of options says, in four forms: help, manual page, completion for bash and for zsh.
 */
#include <string.h>

#include "table.h"

/* Calls print for every option of a command. */
static void each_option(enum command command, FILE *out, void (*print)(const struct option_entry *, FILE *))
{
    for (const struct option_entry *entry = option_entries; entry < option_entries + option_entry_count;
         entry++)
        if ((entry->commands & (1U << command)) != 0)
            print(entry, out);
}

static void print_help(const struct option_entry *entry, FILE *out)
{
    int width = 23 - (int)strlen(entry->name);
    if (entry->letter != '\0')
        fprintf(out, "  -%c, --%s", entry->letter, entry->name);
    else
        fprintf(out, "      --%s", entry->name);
    fprintf(out, "%s%-*s %s\n", entry->argument != NULL ? "=" : "",
            entry->argument != NULL ? width - 1 : width, entry->argument != NULL ? entry->argument : "",
            entry->help);
}

void options_help(enum command command, FILE *out)
{
    if (command == COMMAND_EXTRACT || command == COMMAND_HELP) {
        command = COMMAND_EXTRACT;
        fprintf(out, "Usage: trich %s\n       trich ", command_entries[command].usage);
        for (int i = COMMAND_VALIDATE; i < COMMAND_COUNT; i++)
            fprintf(out, "%s%s", command_entries[i].name, i + 1 < COMMAND_COUNT ? " | " : " ...\n");
        fputs("Find document numbers, dates, districts and figures in Vietnamese text (FILE -:\n"
              "standard input), write XML records. 'trich help validate' and so on for more.\n",
              out);
    } else {
        fprintf(out, "Usage: trich %s %s\n", command_entries[command].name, command_entries[command].usage);
        fprintf(out, "%c%s.\n\n", command_entries[command].help[0] - 'a' + 'A',
                command_entries[command].help + 1);
    }
    each_option(command, out, print_help);
    fputs("Exit status: 0 good, 1 a validation or check fell short, 2 misuse or a failure.\n", out);
}

/* ---- the manual page's lists (mdoc) ---- */

static void print_mdoc(const struct option_entry *entry, FILE *out)
{
    fputs(".It ", out);
    if (entry->letter != '\0')
        fprintf(out, "Fl %c , ", entry->letter);
    fprintf(out, "Fl Fl %s", entry->name);
    if (entry->argument != NULL)
        fprintf(out, " Ns = Ns Ar %s", entry->argument);
    fprintf(out, "\n%s\n", entry->help);
}

/* For each command the options that extract does not have. */
static void print_manual(FILE *out)
{
    fputs(".Ss Options\nWithout a command; the others take those that make sense for them:\n.Bl -tag -width "
          "Ds\n",
          out);
    each_option(COMMAND_EXTRACT, out, print_mdoc);
    fputs(".El\n", out);
    for (int i = COMMAND_VALIDATE; i < COMMAND_HELP; i++) {
        fprintf(out, ".Ss Options of trich %s\n%c%s.\n", command_entries[i].name,
                command_entries[i].help[0] - 'a' + 'A', command_entries[i].help + 1);
        bool any = false;
        for (size_t j = 0; j < option_entry_count; j++) {
            unsigned commands = option_entries[j].commands;
            if ((commands & (1U << i)) != 0 && (commands & (1U << COMMAND_EXTRACT)) == 0) {
                fputs(any ? "" : ".Bl -tag -width Ds\n", out);
                any = true;
                print_mdoc(&option_entries[j], out);
            }
        }
        fputs(any ? ".El\n" : "", out);
    }
}

/* ---- completion ---- */

static bool takes_directory(const struct option_entry *entry)
{
    return entry->argument != NULL && strcmp(entry->argument, "DIR") == 0;
}

/* The words of "one|two", with blanks between. */
static void print_words(const char *choices, FILE *out)
{
    for (; *choices != '\0'; choices++)
        putc(*choices == '|' ? ' ' : *choices, out);
}

static void print_commands(FILE *out)
{
    for (int i = COMMAND_VALIDATE; i < COMMAND_COUNT; i++)
        fprintf(out, "%s ", command_entries[i].name);
}

static void print_bash_name(const struct option_entry *entry, FILE *out)
{
    fprintf(out, " --%s%s", entry->name, entry->argument != NULL ? "=" : "");
}

/* What an option takes, as branches of a case. */
static void print_bash_arguments(FILE *out)
{
    for (size_t i = 0; i < option_entry_count; i++) {
        const struct option_entry *entry = &option_entries[i];
        if (entry->argument == NULL)
            continue;
        fprintf(out, "    --%s", entry->name);
        if (entry->letter != '\0')
            fprintf(out, " | -%c", entry->letter);
        fputs(") ", out);
        if (entry->type == OPTION_CHOICE) {
            fputs("COMPREPLY=($(compgen -W '", out);
            print_words(entry->argument, out);
            fputs("' -- \"$cur\")); ", out);
        } else if (takes_directory(entry)) {
            fputs("compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- \"$cur\"); ",
                  out);
        }
        fputs("return ;;\n", out);
    }
}

static void print_bash(FILE *out)
{
    fputs(
        "# bash completion for trich, made by 'trich help bash'\n"
        "_trich()\n{\n"
        "    local cur=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD-1]} command= options= word\n"
        "    COMPREPLY=()\n"
        "    # --name=value comes as three words\n"
        "    if [[ $cur == = ]]; then cur=\n"
        "    elif [[ $option == = ]]; then option=${COMP_WORDS[COMP_CWORD-2]}\n"
        "    fi\n"
        "    case $option in\n",
        out);
    print_bash_arguments(out);
    fputs("    esac\n"
          "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
          "        [[ $word == -* || -n $command ]] || command=$word\n"
          "    done\n"
          "    case $command in\n",
          out);
    for (int i = COMMAND_COUNT - 1; i >= 0; i--) {
        fprintf(out, "    %s) options='", i == COMMAND_EXTRACT ? "*" : command_entries[i].name);
        each_option((enum command)i, out, print_bash_name);
        fputs("' ;;\n", out);
    }
    fputs("    esac\n"
          "    if [[ $cur == -* ]]; then\n"
          "        COMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
          "        [[ ${COMPREPLY[0]} != *= ]] || compopt -o nospace 2>/dev/null\n"
          "        return\n"
          "    fi\n"
          "    compopt -o filenames 2>/dev/null\n"
          "    [[ -n $command ]] || COMPREPLY=($(compgen -W '",
          out);
    print_commands(out);
    fputs("' -- \"$cur\"))\n"
          "    case $option in\n"
          "    rules) COMPREPLY=($(compgen -W 'check list export profile' -- \"$cur\")) ;;\n"
          "    help) COMPREPLY=($(compgen -W '",
          out);
    print_commands(out);
    fputs("bash zsh' -- \"$cur\")); return ;;\n"
          "    esac\n"
          "    local files\n"
          "    mapfile -t files < <(compgen -f -- \"$cur\")\n"
          "    COMPREPLY+=(\"${files[@]}\")\n"
          "}\n"
          "complete -F _trich trich\n",
          out);
}

static void print_zsh_option(const struct option_entry *entry, FILE *out)
{
    const char *many = entry->type == OPTION_LIST ? "*" : "";
    for (int i = entry->letter != '\0' ? 0 : 1; i < 2; i++) {
        fprintf(out, "      '%s", many);
        if (i == 0)
            fprintf(out, "-%c%s", entry->letter, entry->type != OPTION_FLAG ? "+" : "");
        else
            fprintf(out, "--%s%s", entry->name, entry->type != OPTION_FLAG ? "=" : "");
        putc('[', out);
        for (const char *p = entry->help; *p != '\0'; p++)
            fputs(*p == '\''                            ? "'\\''"
                  : *p == '[' || *p == ']' || *p == ':' ? (char[]){'\\', *p, '\0'}
                                                        : (char[]){*p, '\0'},
                  out);
        putc(']', out);
        if (entry->type == OPTION_CHOICE) {
            fputs(":value:(", out);
            print_words(entry->argument, out);
            putc(')', out);
        } else if (entry->type != OPTION_FLAG) {
            fprintf(out, ":%s:%s", entry->argument, takes_directory(entry) ? "_directories" : " ");
        }
        fputs("'\n", out);
    }
}

static void print_zsh(FILE *out)
{
    fputs("#compdef trich\n"
          "# zsh completion for trich, made by 'trich help zsh'\n"
          "_trich() {\n"
          "  local -a options commands\n"
          "  local command=${${words[2,CURRENT-1]:#-*}[1]}\n"
          "  commands=(",
          out);
    print_commands(out);
    fputs(")\n  case $command in\n", out);
    for (int i = COMMAND_COUNT - 1; i >= 0; i--) {
        fprintf(out, "  %s) options=(\n", i == COMMAND_EXTRACT ? "*" : command_entries[i].name);
        each_option((enum command)i, out, print_zsh_option);
        fputs("    ) ;;\n", out);
    }
    fputs("  esac\n"
          "  [[ $PREFIX == -* || -n $command ]] || compadd -a commands\n"
          "  case $words[CURRENT-1] in\n"
          "  rules) compadd check list export profile ;;\n"
          "  help) compadd -a commands; compadd bash zsh; return ;;\n"
          "  esac\n"
          "  _arguments -s $options '*:file:_files'\n"
          "}\n"
          "_trich \"$@\"\n",
          out);
}

bool options_special_help(const char *what, FILE *out)
{
    static const struct {
        const char *name;
        void (*print)(FILE *out);
    } forms[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"mdoc", print_manual}};
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (strcmp(what, forms[i].name) == 0) {
            forms[i].print(out);
            return true;
        }
    }
    return false;
}
