/* slice.h - a stretch of bytes that somebody else owns. */
#ifndef TRICH_BASE_SLICE_H
#define TRICH_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
    const char *data; /* not NUL-terminated; NULL for "not there" */
    size_t length;
};

/* A slice of a string literal. */
#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})

static inline struct slice slice_from(const char *string)
{
    return (struct slice){string, string != NULL ? strlen(string) : 0};
}

static inline bool slice_equal(struct slice a, struct slice b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* For tables that an article makes and forgets: Bernstein's, of few and short names. */
static inline size_t slice_hash(struct slice slice)
{
    size_t hash = 5381;
    for (size_t i = 0; i < slice.length; i++)
        hash = hash * 33 + (unsigned char)slice.data[i];
    return hash;
}

static inline bool slice_is(struct slice a, const char *string)
{
    return slice_equal(a, slice_from(string));
}

#endif
