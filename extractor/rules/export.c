/* Writing the built-in rule files out, ready to be changed. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "builtin.h"
#include "rules.h"

static bool write_file(const char *path, const char *bytes, size_t length, struct trich_error *error)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0)
        return error_set(error, TRICH_ERROR_IO, path, 0, 0,
                         errno == EEXIST ? "is there already: it is not overwritten"
                                         : "cannot be written: %s",
                         strerror(errno));
    while (length > 0) {
        ssize_t written = write(file, bytes, length);
        if (written < 0 && errno != EINTR) {
            int reason = errno;
            (void)close(file);
            return error_set(error, TRICH_ERROR_IO, path, 0, 0, "cannot be written: %s", strerror(reason));
        }
        if (written > 0) {
            bytes += written;
            length -= (size_t)written;
        }
    }
    if (close(file) != 0)
        return error_set(error, TRICH_ERROR_IO, path, 0, 0, "cannot be written: %s", strerror(errno));
    return true;
}

bool rules_export(const char *directory, struct trich_error *error)
{
    if (mkdir(directory, 0777) != 0 && errno != EEXIST)
        return error_set(error, TRICH_ERROR_IO, directory, 0, 0, "cannot be made: %s", strerror(errno));
    for (const struct builtin_file *file = builtin_files; file->name != NULL; file++) {
        size_t length = strlen(directory) + strlen(file->name) + 2;
        char *path = malloc(length);
        if (path == NULL)
            return error_memory(error);
        (void)snprintf(path, length, "%s/%s", directory, file->name);
        bool done = write_file(path, file->bytes, (size_t)(file->end - file->bytes), error);
        free(path);
        if (!done)
            return false;
    }
    return true;
}
