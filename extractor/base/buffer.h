/*
 * buffer.h - bytes that grow.
 *
 * Appending never fails on the spot: when memory runs out the buffer is marked as failed and keeps what it
 * has, and the caller looks once, at the end (the model is cmark's strbuf, with an error instead of abort).
 */
#ifndef TRICH_BASE_BUFFER_H
#define TRICH_BASE_BUFFER_H

#include "slice.h"

struct buffer {
    char *data; /* NUL-terminated whenever it is not NULL */
    size_t length, capacity;
    bool failed;
};

void buffer_init(struct buffer *buffer);
void buffer_clear(struct buffer *buffer);
/* Empties it and keeps the memory; also forgets a failure. */
void buffer_reset(struct buffer *buffer);
/* Room for so many more bytes (and a NUL); false when out of memory. */
bool buffer_reserve(struct buffer *buffer, size_t more);
void buffer_append(struct buffer *buffer, const char *bytes, size_t length);
static inline void buffer_append_byte(struct buffer *buffer, char byte)
{
    if (buffer->failed || buffer->capacity - buffer->length < 2) {
        buffer_append(buffer, &byte, 1);
        return;
    }
    buffer->data[buffer->length++] = byte;
    buffer->data[buffer->length] = '\0';
}
void buffer_append_string(struct buffer *buffer, const char *string);
void buffer_append_slice(struct buffer *buffer, struct slice slice);
void buffer_append_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
struct slice buffer_slice(const struct buffer *buffer);

#endif
