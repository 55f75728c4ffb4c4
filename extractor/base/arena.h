/*
 * arena.h - memory that is given back all at once.
 *
 * All that belongs to one article is allocated here and dies with arena_reset, which keeps the largest
 * block, so that a long run of articles settles on one block and no calls of malloc.
 */
#ifndef TRICH_BASE_ARENA_H
#define TRICH_BASE_ARENA_H

#include "slice.h"

struct arena_block;

struct arena {
    struct arena_block *block; /* the one in use; older ones behind it */
    size_t used;               /* bytes used of it */
};

void arena_init(struct arena *arena);
/* Aligned for any object, not zeroed. NULL when out of memory. */
void *arena_alloc(struct arena *arena, size_t size);
/* The same for count objects, zeroed; NULL also when count * size overflows. */
void *arena_calloc(struct arena *arena, size_t count, size_t size);
/* Room for `wanted` items of that size, of which the first `count` are those there are, which stay as they
 * were; NULL when out of memory. */
void *arena_grow(struct arena *arena, const void *items, size_t count, size_t wanted, size_t size);
/* A NUL-terminated copy. */
char *arena_string(struct arena *arena, struct slice slice);
char *arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_reset(struct arena *arena);
void arena_clear(struct arena *arena);

#endif
