/* The files that rules come from. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/file.h"
#include "builtin.h"
#include "loader.h"

/* FNV-1a; the NUL behind a name counts. */
static uint64_t mix(uint64_t hash, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3U;
    return hash;
}

static uint64_t mix_file(uint64_t hash, const char *path, const char *bytes, size_t length)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    return mix(mix(hash, name, strlen(name) + 1), bytes, length);
}

/* Not the schema, nor the description of the language. */
static bool holds_rules(const char *name)
{
    return loader_ends_with(name, ".xml") || loader_ends_with(name, ".tsv");
}

uint64_t rules_fingerprint(const struct rules *rules)
{
    uint64_t hash = 0xcbf29ce484222325U;
    if (!rules->prepared)
        return rules->fingerprint;
    for (const struct builtin_file *file = builtin_files; file->name != NULL; file++)
        if (holds_rules(file->name))
            hash = mix_file(hash, file->name, file->bytes, (size_t)(file->end - file->bytes));
    return hash;
}

static bool add_file(struct loader *loader, const char *name, const char *bytes, size_t length, bool builtin)
{
    struct source_file *files = array_one_more(loader->files, loader->file_count, sizeof *files);
    if (files == NULL)
        return error_memory(loader->error);
    loader->files = files;
    struct source_file *file = &files[loader->file_count];
    *file = (struct source_file){
        .name = strdup(name), .bytes = malloc(length + 1), .length = length, .builtin = builtin};
    loader->file_count++;
    if (file->name == NULL || file->bytes == NULL)
        return error_memory(loader->error);
    memcpy(file->bytes, bytes, length);
    file->bytes[length] = '\0';
    loader->rules->fingerprint = mix_file(loader->rules->fingerprint, name, bytes, length);
    return true;
}

bool loader_ends_with(const char *name, const char *end)
{
    size_t length = strlen(name);
    size_t end_length = strlen(end);
    return length > end_length && strcmp(name + length - end_length, end) == 0;
}

static bool read_file(struct loader *loader, const char *path, struct trich_error *error)
{
    struct buffer bytes;
    buffer_init(&bytes);
    bool done = file_load(path, &bytes, error) &&
                (add_file(loader, path, bytes.data != NULL ? bytes.data : "", bytes.length, false) ||
                 error_memory(error));
    buffer_clear(&bytes);
    return done;
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

bool loader_add_directory(struct loader *loader, const char *directory)
{
    DIR *stream = opendir(directory);
    if (stream == NULL)
        return error_set(loader->error, TRICH_ERROR_IO, directory, 0, 0,
                         "cannot be opened as a directory of rules: %s", strerror(errno));
    char **names = NULL;
    size_t count = 0;
    bool done = true;
    for (const struct dirent *entry; done && (entry = readdir(stream)) != NULL;) {
        if (entry->d_name[0] == '.' || !holds_rules(entry->d_name))
            continue;
        char **grown = array_one_more(names, count, sizeof *names);
        size_t length = strlen(directory) + strlen(entry->d_name) + 2;
        char *path = malloc(length);
        if (grown != NULL)
            names = grown;
        if (grown == NULL || path == NULL) {
            free(path);
            done = error_memory(loader->error);
            break;
        }
        (void)snprintf(path, length, "%s/%s", directory, entry->d_name);
        names[count++] = path;
    }
    (void)closedir(stream);
    if (count > 0)
        qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 0; i < count; i++) {
        done = done && read_file(loader, names[i], loader->error);
        free(names[i]);
    }
    free(names);
    bool rules = false; /* tables alone would find nothing, without a word */
    for (size_t i = 0; done && i < loader->file_count; i++)
        rules = rules || loader_ends_with(loader->files[i].name, ".xml");
    if (done && !rules)
        return error_set(
            loader->error, TRICH_ERROR_RULES, directory, 0, 0,
            "there is no rule file (*.xml) in this directory: put one there; beside tables that take "
            "built-in ones' place <rules xmlns=\"urn:trich:rules:1\" kind=\"none\"><include "
            "rules=\"built-in\"/></rules> is enough");
    return done;
}

bool loader_add_builtin(struct loader *loader)
{
    for (const struct builtin_file *file = builtin_files; file->name != NULL; file++)
        if (holds_rules(file->name) &&
            !add_file(loader, file->name, file->bytes, (size_t)(file->end - file->bytes), true))
            return false;
    return true;
}

static bool leads_out(const char *href)
{
    if (href[0] == '/' || href[0] == '\0' || strchr(href, ':') != NULL || strchr(href, '\\') != NULL)
        return true;
    for (const char *part = href; part != NULL; part = strchr(part, '/')) {
        if (*part == '/')
            part++;
        if (part[0] == '.' && part[1] == '.' && (part[2] == '/' || part[2] == '\0'))
            return true;
    }
    return false;
}

bool loader_add_included(struct loader *loader, const char *from, size_t line, const char *href)
{
    if (leads_out(href))
        return error_set(loader->error, TRICH_ERROR_RULES, from, line, 0,
                         "'%s' leads out of the rules' directory: include only files inside it", href);
    const char *slash = strrchr(from, '/');
    size_t folder = slash != NULL ? (size_t)(slash - from) + 1 : 0;
    size_t length = folder + strlen(href) + 1;
    char *path = malloc(length);
    if (path == NULL)
        return error_memory(loader->error);
    (void)snprintf(path, length, "%.*s%s", (int)folder, from, href);
    bool done = true;
    bool known = false;
    for (size_t i = 0; i < loader->file_count; i++)
        known = known || strcmp(loader->files[i].name, path) == 0;
    struct trich_error problem = {.status = TRICH_OK};
    if (!known) /* all *.xml and *.tsv of the directory itself are there already */
        done = read_file(loader, path, &problem);
    free(path);
    if (done)
        return true;
    return problem.status == TRICH_ERROR_MEMORY
               ? error_memory(loader->error)
               : error_set(loader->error, TRICH_ERROR_RULES, from, line, 0,
                           "'%s' cannot be included: %s: mend the name or put the file there", href,
                           problem.message);
}
