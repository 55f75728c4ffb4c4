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

/* NULL when out of memory. */
static char *path_of(const char *directory, const struct builtin_file *file)
{
    size_t length = strlen(directory) + strlen(file->name) + 2;
    char *path = malloc(length);
    if (path != NULL)
        (void)snprintf(path, length, "%s/%s", directory, file->name);
    return path;
}

static bool refuse_present(const char *path, const struct builtin_file *file, struct trich_error *error)
{
    struct stat present;
    (void)file;
    return lstat(path, &present) != 0 || error_set(error, TRICH_ERROR_IO, path, 0, 0, already_there);
}

/* A file that could not be written whole is taken away again. */
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
    if (!done)
        (void)unlink(path);
    return done || cannot(error, path, reason);
}

/* Does something with each file; which one it could not be done with is in *stopped. */
static bool for_each_file(const char *directory,
                          bool (*act)(const char *, const struct builtin_file *, struct trich_error *),
                          const struct builtin_file **stopped, struct trich_error *error)
{
    for (const struct builtin_file *file = builtin_files; file->name != NULL; file++) {
        char *path = path_of(directory, file);
        *stopped = file;
        if (path == NULL)
            return error_memory(error);
        bool done = act(path, file, error);
        free(path);
        if (!done)
            return false;
    }
    return true;
}

static void remove_files(const char *directory, const struct builtin_file *end)
{
    for (const struct builtin_file *file = builtin_files; file < end; file++) {
        char *path = path_of(directory, file);
        if (path != NULL)
            (void)unlink(path);
        free(path);
    }
}

bool rules_export(const char *directory, struct trich_error *error)
{
    const struct builtin_file *stopped;
    bool made = mkdir(directory, 0777) == 0;
    if (!made && errno != EEXIST)
        return error_set(error, TRICH_ERROR_IO, directory, 0, 0, "cannot be made: %s", strerror(errno));
    if (!for_each_file(directory, refuse_present, &stopped, error))
        return false;
    if (for_each_file(directory, write_file, &stopped, error))
        return true;
    /* All or nothing: half a set of rules would be loaded as if it were whole. */
    remove_files(directory, stopped);
    if (made)
        (void)rmdir(directory);
    return false;
}
