#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A pipe would be waited for, a device never end. */
static int open_regular(const char *path, struct trich_error *error)
{
    struct stat stat;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool known = file >= 0 && fstat(file, &stat) == 0;
    if (known && S_ISREG(stat.st_mode))
        return file;
    if (!known || S_ISDIR(stat.st_mode))
        error_set(error, TRICH_ERROR_IO, path, 0, 0, "%s", strerror(known ? EISDIR : errno));
    else
        error_set(error, TRICH_ERROR_IO, path, 0, 0, "no regular file, so not read");
    if (file >= 0)
        (void)close(file);
    return -1;
}

bool file_load(const char *path, struct buffer *buffer, struct trich_error *error)
{
    enum { STEP = 65536 };
    int file = open_regular(path, error);
    if (file < 0)
        return false;
    bool good = true;
    for (ssize_t got = 1; good && got != 0;) {
        if (!buffer_reserve(buffer, STEP)) {
            good = error_memory(error);
            break;
        }
        got = read(file, buffer->data + buffer->length, STEP);
        if (got > 0)
            buffer->length += (size_t)got;
        else if (got < 0 && errno != EINTR)
            good = error_set(error, TRICH_ERROR_IO, path, 0, 0, "%s", strerror(errno));
        buffer->data[buffer->length] = '\0';
    }
    (void)close(file);
    return good;
}
