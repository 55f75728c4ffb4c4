#include "bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "options.h"

enum { KEEP = 1 << 20 }; /* the capacity that bytes_reset keeps */

static void *checked(void *memory)
{
    if (memory == NULL) {
        fputs("trich: out of memory\n", stderr);
        /* Not exit(): another thread may be in the middle of an article. */
        _exit(EXIT_TROUBLE);
    }
    return memory;
}

void *memory_get(size_t size)
{
    return checked(malloc(size > 0 ? size : 1));
}

static void *memory_resize(void *memory, size_t size)
{
    return checked(realloc(memory, size > 0 ? size : 1));
}

char *memory_copy(const char *string)
{
    return checked(strdup(string));
}

void *memory_grow(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    *capacity = *capacity > 0 ? 2 * *capacity : 64;
    return memory_resize(items, *capacity * size);
}

void bytes_reserve(struct bytes *bytes, size_t more)
{
    if (bytes->capacity - bytes->length >= more && bytes->data != NULL)
        return;
    size_t capacity = bytes->capacity < 4096 ? 4096 : bytes->capacity;
    while (capacity - bytes->length < more) {
        if (capacity > (size_t)-1 / 2)
            checked(NULL);
        capacity *= 2;
    }
    bytes->data = memory_resize(bytes->data, capacity);
    bytes->capacity = capacity;
}

void bytes_append(struct bytes *bytes, const char *data, size_t length)
{
    if (length > 0) {
        bytes_reserve(bytes, length);
        memcpy(bytes->data + bytes->length, data, length);
        bytes->length += length;
    }
}

void bytes_append_string(struct bytes *bytes, const char *string)
{
    bytes_append(bytes, string, strlen(string));
}

void bytes_append_arguments(struct bytes *bytes, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (length > 0) {
        bytes_reserve(bytes, (size_t)length + 1);
        vsnprintf(bytes->data + bytes->length, (size_t)length + 1, format, arguments);
        bytes->length += (size_t)length;
    }
}

void bytes_append_format(struct bytes *bytes, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    bytes_append_arguments(bytes, format, arguments);
    va_end(arguments);
}

void bytes_reset(struct bytes *bytes)
{
    if (bytes->capacity > KEEP)
        bytes_clear(bytes);
    bytes->length = 0;
}

void bytes_clear(struct bytes *bytes)
{
    free(bytes->data);
    *bytes = (struct bytes){0};
}
