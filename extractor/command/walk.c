/* fts does the walking: it sorts, notices loops of symbolic links and reports what it cannot read. */
#define _DEFAULT_SOURCE /* fts */
#include "walk.h"

#include <errno.h>
#include <fnmatch.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message.h"

static int by_name(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* A glob with a slash is held against the path below the operand, another one against the name alone. */
static bool included(const struct walk *walk, const char *relative, const char *name)
{
    if (walk->include->count == 0) {
        const char *dot = strrchr(name, '.');
        return dot != NULL && strcasecmp(dot, ".txt") == 0; /* TXT is what old systems write */
    }
    for (size_t i = 0; i < walk->include->count; i++) {
        const char *glob = walk->include->items[i];
        if (fnmatch(glob, strchr(glob, '/') != NULL ? relative : name, 0) == 0)
            return true;
    }
    return false;
}

/* One thing that fts found. */
static bool visit_entry(const struct walk *walk, FTS *fts, FTSENT *entry, size_t prefix,
                        const struct stat *skip, size_t *found)
{
    const char *relative = entry->fts_path + prefix;
    while (*relative == '/')
        relative++;
    bool is_directory = entry->fts_info == FTS_D || entry->fts_info == FTS_DP;
    bool is_meant = !is_directory && included(walk, relative, entry->fts_name);
    bool is_told = entry->fts_info == FTS_DC || entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR;
    *found += is_meant || is_told;
    switch (entry->fts_info) {
    case FTS_D:
        if (skip != NULL && entry->fts_level > 0 && entry->fts_statp->st_ino == skip->st_ino &&
            entry->fts_statp->st_dev == skip->st_dev)
            fts_set(fts, entry, FTS_SKIP);
        return true;
    case FTS_F:
        if (is_meant) {
            struct walk_file file = {entry->fts_path, relative, (size_t)entry->fts_statp->st_size};
            return walk->visit(walk->closure, &file);
        }
        if (walk->others != NULL)
            ++*walk->others;
        return true;
    case FTS_DC:
        walk->trouble(walk->closure, entry->fts_path, "a loop of symbolic links, not followed again");
        return true;
    case FTS_DNR:
    case FTS_ERR:
        walk->trouble(walk->closure, entry->fts_path, strerror(entry->fts_errno));
        return true;
    case FTS_NS:
    case FTS_SLNONE: /* a symbolic link to nothing, or to itself */
        if (is_meant) {
            struct stat none;
            int number = stat(entry->fts_path, &none) != 0 ? errno : ENOENT;
            walk->trouble(walk->closure, entry->fts_path, strerror(number));
        }
        return true;
    case FTS_DEFAULT: /* a pipe, a socket, a device: reading one may wait for ever */
        if (is_meant)
            walk->trouble(walk->closure, entry->fts_path,
                          "no regular file, so not read: name it itself to have it read");
        return true;
    default: /* directories on the way out */
        return true;
    }
}

static bool walk_directory(const struct walk *walk, const char *directory, const struct stat *skip)
{
    char *name = memory_copy(directory);
    char *paths[] = {name, NULL};
    bool go_on = true;
    size_t found = 0;
    FTS *fts = fts_open(paths, FTS_LOGICAL | FTS_NOCHDIR, by_name);
    if (fts == NULL) {
        walk->trouble(walk->closure, directory, strerror(errno));
    } else {
        FTSENT *entry;
        while (go_on && (errno = 0, entry = fts_read(fts)) != NULL)
            go_on = visit_entry(walk, fts, entry, strlen(directory), skip, &found);
        if (go_on && errno != 0)
            walk->trouble(walk->closure, directory, strerror(errno));
        else if (found == 0 && !walk->silent)
            message_file(NULL, directory, "nothing in it is called %s",
                         walk->include->count > 0 ? "as --include says" : "*.txt: see --include");
        fts_close(fts);
    }
    free(name);
    return go_on;
}

void walk_files(const struct walk *walk)
{
    static const char *standard_input[] = {"-"};
    bool none = walk->operand_count == 0;
    const char **operands = none ? standard_input : walk->operands;
    size_t count = none ? 1 : walk->operand_count;
    struct stat skip, stat_of;
    if (none && !walk->silent && isatty(STDIN_FILENO))
        message_say(NULL, "reading from the terminal: end the text with Ctrl-D, or see 'trich --help'");
    bool skipping = walk->skip != NULL && stat(walk->skip, &skip) == 0;

    for (size_t i = 0; i < count; i++) {
        const char *path = operands[i];
        bool known = strcmp(path, "-") != 0 && stat(path, &stat_of) == 0;
        if (known && S_ISDIR(stat_of.st_mode)) {
            if (!walk_directory(walk, path, skipping ? &skip : NULL))
                return;
            continue;
        }
        /* A file that is not there is found out when it is opened, like one that cannot be read. */
        const char *slash = strrchr(path, '/');
        struct walk_file file = {path, slash != NULL ? slash + 1 : path,
                                 known && S_ISREG(stat_of.st_mode) ? (size_t)stat_of.st_size : 0};
        if (!walk->visit(walk->closure, &file))
            return;
    }
}
