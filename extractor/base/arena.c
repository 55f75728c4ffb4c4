#include "arena.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_BLOCK = 64 * 1024 };

struct arena_block {
    struct arena_block *older;
    size_t size; /* of bytes */
    max_align_t bytes[];
};

void arena_init(struct arena *arena)
{
    *arena = (struct arena){NULL, 0};
}

static struct arena_block *add_block(struct arena *arena, size_t size)
{
    size_t wanted = arena->block != NULL ? arena->block->size * 2 : FIRST_BLOCK;
    if (wanted < size)
        wanted = size;
    if (wanted > SIZE_MAX - sizeof(struct arena_block))
        return NULL;
    struct arena_block *block = malloc(sizeof *block + wanted);
    if (block == NULL)
        return NULL;
    block->older = arena->block;
    block->size = wanted;
    arena->block = block;
    arena->used = 0;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = sizeof(max_align_t);
    if (size > SIZE_MAX / 4)
        return NULL;
    size = size == 0 ? align : (size + align - 1) / align * align;
    if (arena->block == NULL || arena->block->size - arena->used < size) {
        if (add_block(arena, size) == NULL)
            return NULL;
    }
    void *result = (char *)arena->block->bytes + arena->used;
    arena->used += size;
    return result;
}

void *arena_calloc(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / 4 / size)
        return NULL;
    void *result = arena_alloc(arena, count * size);
    if (result != NULL)
        memset(result, 0, count * size);
    return result;
}

void *arena_grow(struct arena *arena, const void *items, size_t count, size_t wanted, size_t size)
{
    void *result = arena_alloc(arena, wanted * size);
    if (result != NULL && count > 0)
        memcpy(result, items, count * size);
    return result;
}

char *arena_string(struct arena *arena, struct slice slice)
{
    char *copy = arena_alloc(arena, slice.length + 1);
    if (copy == NULL)
        return NULL;
    if (slice.length > 0)
        memcpy(copy, slice.data, slice.length);
    copy[slice.length] = '\0';
    return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments;
    va_list again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *result = length < 0 ? NULL : arena_alloc(arena, (size_t)length + 1);
    if (result != NULL)
        (void)vsnprintf(result, (size_t)length + 1, format, again);
    va_end(again);
    return result;
}

void arena_reset(struct arena *arena)
{
    if (arena->block != NULL) {
        struct arena_block *older = arena->block->older;
        while (older != NULL) {
            struct arena_block *next = older->older;
            free(older);
            older = next;
        }
        arena->block->older = NULL;
    }
    arena->used = 0;
}

void arena_clear(struct arena *arena)
{
    arena_reset(arena);
    free(arena->block);
    arena_init(arena);
}
