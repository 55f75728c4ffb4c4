#include "table.h"

#define EXTRACT (1U << COMMAND_EXTRACT)
#define VALIDATE (1U << COMMAND_VALIDATE)
#define RULES (1U << COMMAND_RULES)
#define EXPLAIN (1U << COMMAND_EXPLAIN)
#define VIEW (1U << COMMAND_VIEW)
#define READING (EXTRACT | EXPLAIN | VIEW) /* commands that read one article after the other */
#define ALL (EXTRACT | VALIDATE | RULES | EXPLAIN | VIEW | (1U << COMMAND_HELP))

#define AT(member) offsetof(struct options, member)

const struct option_entry option_entries[] = {
    {'o', "output", "DIR", "write NAME.xml into DIR, in the input's tree", EXTRACT, OPTION_STRING,
     AT(output)},
    {'d', "date", "DATE", "the article's day: YYYY, YYYY-MM or YYYY-MM-DD", READING, OPTION_STRING, AT(date)},
    {'i', "include", "GLOB", "names to read in directories (*.txt); repeatable", EXTRACT | EXPLAIN | RULES,
     OPTION_LIST, AT(include)},
    {'e', "encoding", "NAME", "utf-8, utf-16, windows-1258, viscii, tcvn3, vni", READING | VALIDATE | RULES,
     OPTION_STRING, AT(encoding)},
    {0, "replace-invalid", NULL, "U+FFFD for bytes that are no text", READING | VALIDATE | RULES, OPTION_FLAG,
     AT(replace_invalid)},
    {0, "html", NULL, "the input is HTML, whatever its name says", READING, OPTION_FLAG, AT(html)},
    {0, "split", "line|formfeed|nul", "an input holds many articles, ended by this", EXTRACT | RULES,
     OPTION_CHOICE, AT(split)},
    {0, "fields", NULL, "a line is ID<TAB>DATE<TAB>TEXT (--split=line)", EXTRACT, OPTION_FLAG, AT(fields)},
    {0, "each", NULL, "a whole XML document per article, on one line", EXTRACT, OPTION_FLAG, AT(each)},
    {0, "offsets", "bytes|chars", "what start and end count (bytes)", EXTRACT, OPTION_CHOICE, AT(offsets)},
    {'j', "jobs", "N", "articles worked on at a time (all processors)", EXTRACT, OPTION_NUMBER, AT(jobs)},
    {0, "resume", NULL, "skip what --output has and has not changed", EXTRACT, OPTION_FLAG, AT(resume)},
    {0, "fsync", NULL, "have outputs on the disk before they get names", EXTRACT, OPTION_FLAG, AT(fsync)},
    {0, "min-f1", "KIND=N", "fall short if F1 of KIND is under N percent", VALIDATE, OPTION_LIST, AT(min_f1)},
    {0, "report", "text|xml|tap|html", "form of the report (text)", VALIDATE, OPTION_CHOICE, AT(report)},
    {0, "accept", NULL, "show differences, then expect what came out", VALIDATE, OPTION_FLAG, AT(accept)},
    {'R', "rules", "DIR", "rules from DIR instead of the built-in ones", ALL, OPTION_STRING, AT(rules)},
    {'q', "quiet", NULL, "no progress, no summary", ALL, OPTION_FLAG, AT(quiet)},
    {'v', "verbose", NULL, "a summary also where there is no terminal", ALL, OPTION_FLAG, AT(verbose)},
    {'h', "help", NULL, "print this and exit", ALL, OPTION_FLAG, AT(help)},
    {'V', "version", NULL, "print the version and exit", ALL, OPTION_FLAG, AT(version)},
};

const size_t option_entry_count = sizeof option_entries / sizeof option_entries[0];
_Static_assert(sizeof option_entries / sizeof option_entries[0] <= OPTION_MAX, "OPTION_MAX");

const struct command_entry command_entries[COMMAND_COUNT] = {
    [COMMAND_EXTRACT] = {"extract", "[OPTION]... [FILE | DIRECTORY]...",
                         "find the records of articles (done when no command is named)"},
    [COMMAND_VALIDATE] = {"validate", "[OPTION]... DIRECTORY...",
                          "compare with the expected records, NAME.xml beside NAME.txt"},
    [COMMAND_RULES] = {"rules", "[check [DIR] | list [DIR] | export DIR | profile FILE...]",
                       "try the rules' examples, list the rules, export them, time each on articles"},
    [COMMAND_EXPLAIN] = {"explain", "[OPTION]... [FILE | DIRECTORY]...", "show which rule made each record"},
    [COMMAND_VIEW] = {"view", "[OPTION]... FILE", "an HTML page of an article with its records marked"},
    [COMMAND_HELP] = {"help", "[COMMAND | bash | zsh]", "the help of a command, or completions for a shell"},
};
