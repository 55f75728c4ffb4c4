/* Writing the built-in rule files out, ready to be changed. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "builtin.h"
#include "rules.h"

static const char already_there[] = "is there already: nothing is written; name a new directory";

static bool cannot(struct trich_error *error, const char *path, int reason)
{
    return error_set(error, TRICH_ERROR_IO, path, 0, 0, "cannot be written: %s", strerror(reason));
}

static bool write_all(int descriptor, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(descriptor, bytes, length);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    return true;
}

static bool refuse_present(const char *path, const struct builtin_file *file, struct trich_error *error)
{
    struct stat present;
    (void)file;
    return lstat(path, &present) != 0 || error_set(error, TRICH_ERROR_IO, path, 0, 0, already_there);
}

static bool write_file(const char *path, const struct builtin_file *file, struct trich_error *error)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return errno == EEXIST ? error_set(error, TRICH_ERROR_IO, path, 0, 0, already_there)
                               : cannot(error, path, errno);
    bool done = write_all(descriptor, file->bytes, (size_t)(file->end - file->bytes));
    int reason = errno;
    if (close(descriptor) != 0 && done) {
        done = false;
        reason = errno;
    }
    return done || cannot(error, path, reason);
}

static bool for_each_file(const char *directory,
                          bool (*act)(const char *, const struct builtin_file *, struct trich_error *),
                          struct trich_error *error)
{
    for (const struct builtin_file *file = builtin_files; file->name != NULL; file++) {
        size_t length = strlen(directory) + strlen(file->name) + 2;
        char *path = malloc(length);
        if (path == NULL)
            return error_memory(error);
        (void)snprintf(path, length, "%s/%s", directory, file->name);
        bool done = act(path, file, error);
        free(path);
        if (!done)
            return false;
    }
    return true;
}

bool rules_export(const char *directory, struct trich_error *error)
{
    if (mkdir(directory, 0777) != 0 && errno != EEXIST)
        return error_set(error, TRICH_ERROR_IO, directory, 0, 0, "cannot be made: %s", strerror(errno));
    /* All or nothing: half a set of rules beside someone's own would be loaded as if it were whole. */
    return for_each_file(directory, refuse_present, error) && for_each_file(directory, write_file, error);
}
