/* file.h - a file as a string, which the test frees. */
#ifndef TESTS_FILE_H
#define TESTS_FILE_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

/* Its first bytes, at most so many, and a NUL behind them; NULL if it cannot be opened. */
static inline char *file_read(const char *path, size_t most, size_t *length)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return NULL;
    char *bytes = malloc(most + 1);
    cr_assert_not_null(bytes);
    *length = fread(bytes, 1, most, file);
    bytes[*length] = '\0';
    (void)fclose(file);
    return bytes;
}

#endif
