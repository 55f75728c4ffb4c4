/*
 * bytes.h - bytes that grow, for the command: what is read, what is to be written, messages that wait their
 * turn.
 *
 * Out of memory ends the program with a message here: the command has nothing better to do then.
 */
#ifndef TRICH_COMMAND_BYTES_H
#define TRICH_COMMAND_BYTES_H

#include <stdarg.h>
#include <stddef.h>

struct bytes {
    char *data; /* NULL as long as nothing was asked of it */
    size_t length, capacity;
};

/* Room for so many more bytes. */
void bytes_reserve(struct bytes *bytes, size_t more);
void bytes_append(struct bytes *bytes, const char *data, size_t length);
void bytes_append_string(struct bytes *bytes, const char *string);
void bytes_append_format(struct bytes *bytes, const char *format, ...) __attribute__((format(printf, 2, 3)));
void bytes_append_arguments(struct bytes *bytes, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
/* Empties it; memory beyond what many articles need is given back. */
void bytes_reset(struct bytes *bytes);
void bytes_clear(struct bytes *bytes);

/* malloc and strdup that end the program with a message instead of returning NULL. */
void *memory_get(size_t size);
char *memory_copy(const char *string);
/* items, grown if need be so that one more goes behind the count that are there. */
void *memory_grow(void *items, size_t count, size_t *capacity, size_t size);

#endif
