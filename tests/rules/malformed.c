/* Malformed rule files and tables: each gives the message that tests/data/malformed-rules.txt says. */
#include <criterion/criterion.h>
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../extractor/trich.h"

struct kept {
    char text[16384];
};

static void keep(void *closure, const struct trich_error *problem)
{
    struct kept *kept = closure;
    size_t used = strlen(kept->text);
    (void)snprintf(kept->text + used, sizeof kept->text - used, "%s:%zu:%zu: %s\n", problem->file,
                   problem->line, problem->column, problem->message);
}

/* Loads (and checks) the directory; what it says, without the directory's name. */
static void outcome(const char *directory, bool check, struct kept *kept)
{
    struct trich_error error = {.status = TRICH_OK};
    kept->text[0] = '\0';
    trich_rules *rules = trich_rules_load(directory, &error);
    size_t count = 0;
    if (rules == NULL || (check && !trich_rules_check(rules, keep, kept, &count, &error)))
        keep(kept, &error);
    if (rules != NULL && !check)
        (void)strcpy(kept->text, "no complaint");
    trich_rules_free(rules);
    size_t prefix = strlen(directory) + 1;
    for (char *place; (place = strstr(kept->text, directory)) != NULL;)
        memmove(place, place + prefix, strlen(place + prefix) + 1);
}

static void write_line(FILE *file, const char *line)
{
    for (const char *c = line; *c != '\0'; c++)
        if (c[0] == '\\' && c[1] == 'x' && isxdigit((unsigned char)c[2]) && isxdigit((unsigned char)c[3])) {
            const char digits[] = {c[2], c[3], '\0'};
            (void)putc((int)strtoul(digits, NULL, 16), file);
            c += 3;
        } else
            (void)putc(*c, file);
}

static void remove_directory(const char *directory)
{
    char path[400];
    DIR *stream = opendir(directory);
    for (const struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        (void)snprintf(path, sizeof path, "%s/%s", directory, entry->d_name);
        if (entry->d_name[0] != '.')
            (void)unlink(path);
    }
    if (stream != NULL)
        (void)closedir(stream);
    (void)rmdir(directory);
}

Test(malformed, every_case_gives_its_message, .timeout = 120)
{
    FILE *cases = fopen("tests/data/malformed-rules.txt", "r");
    cr_assert_not_null(cases, "run the tests from the project's root");
    char *line = NULL;
    size_t room = 0;
    char name[100] = "";
    char directory[] = "/tmp/trich-malformed-XXXXXX";
    FILE *file = NULL;
    bool check = false;
    size_t count = 0;
    static struct kept kept;
    while (getline(&line, &room, cases) > 0) {
        if (strncmp(line, "=== ", 4) == 0) {
            check = strstr(line, " check") != NULL;
            (void)sscanf(line, "=== %99s", name);
            (void)strcpy(directory, "/tmp/trich-malformed-XXXXXX");
            cr_assert_not_null(mkdtemp(directory));
        } else if (strncmp(line, "--- ", 4) == 0) {
            char path[200];
            if (file != NULL)
                (void)fclose(file);
            (void)snprintf(path, sizeof path, "%s/%.*s", directory, (int)strcspn(line + 4, "\n"), line + 4);
            file = fopen(path, "w");
            cr_assert_not_null(file);
        } else if (strncmp(line, ">>> ", 4) == 0) {
            (void)fclose(file);
            file = NULL;
            line[strcspn(line, "\n")] = '\0';
            outcome(directory, check, &kept);
            cr_expect(strstr(kept.text, line + 4) != NULL, "%s: expected '%s', got '%s'", name, line + 4,
                      kept.text);
            remove_directory(directory);
            count++;
        } else if (file != NULL)
            write_line(file, line);
    }
    free(line);
    (void)fclose(cases);
    cr_assert_geq(count, 60);
}
