#include "error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "utf8.h"

bool error_set(struct trich_error *error, enum trich_status status, const char *file, size_t line,
               size_t column, const char *format, ...)
{
    static const char more[] = "...";
    if (error == NULL)
        return false;
    error->status = status;
    error->line = line;
    error->column = column;
    error->offset = 0;
    error->file[0] = '\0';
    if (file != NULL) {
        size_t length = strlen(file);
        if (length < sizeof error->file)
            memcpy(error->file, file, length + 1);
        else
            (void)snprintf(error->file, sizeof error->file, "...%s", file + length - sizeof error->file + 4);
    }
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    if (length >= (int)sizeof error->message) {
        size_t most = sizeof error->message - sizeof more;
        memcpy(error->message + utf8_cut(error->message, sizeof error->message, most), more, sizeof more);
    }
    return false;
}

bool error_memory(struct trich_error *error)
{
    return error_set(error, TRICH_ERROR_MEMORY, NULL, 0, 0, "out of memory");
}

void error_clear(struct trich_error *error)
{
    if (error != NULL)
        *error = (struct trich_error){.status = TRICH_OK};
}
