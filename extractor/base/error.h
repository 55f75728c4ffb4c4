/* error.h - filling in a struct trich_error. */
#ifndef TRICH_BASE_ERROR_H
#define TRICH_BASE_ERROR_H

#include "../trich.h"

/*
 * Fill error (may be NULL) and return false, so that a caller can write `return error_set(...)`.
 * file may be NULL; of a name too long for the struct the end is kept. line and column: 0 if unknown.
 */
bool error_set(struct trich_error *error, enum trich_status status, const char *file, size_t line,
               size_t column, const char *format, ...) __attribute__((format(printf, 6, 7)));

/* The same for a lack of memory. */
bool error_memory(struct trich_error *error);

void error_clear(struct trich_error *error);

#endif
