#include "file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

bool file_load(const char *path, struct buffer *buffer, struct trich_error *error)
{
    enum { STEP = 65536 };
    FILE *file = fopen(path, "rbe");
    if (file == NULL)
        return error_set(error, TRICH_ERROR_IO, path, 0, 0, "%s", strerror(errno));
    size_t got = 1;
    errno = 0;
    while (got > 0 && buffer_reserve(buffer, STEP)) {
        got = fread(buffer->data + buffer->length, 1, STEP, file);
        buffer->length += got;
        buffer->data[buffer->length] = '\0';
    }
    bool good = true;
    if (ferror(file))
        good = error_set(error, TRICH_ERROR_IO, path, 0, 0, "%s", strerror(errno));
    else if (buffer->failed)
        good = error_memory(error);
    (void)fclose(file);
    return good;
}
