/*
 * scan.h - one look at every byte: is it UTF-8, and where may the normal form differ from it?
 *
 * A suspicious place is a character that the normalizer has to look at; news has about one in a thousand
 * bytes. The scan may name places where nothing changes, but never misses one. 64 bytes are looked at
 * together, with SSE2 where there is SSE2; a vector and a portable path give the same places.
 */
#ifndef TRICH_TEXT_SCAN_H
#define TRICH_TEXT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Suspicious places among 64 bytes: bit i is the byte at base + i, which may be inside its character. */
struct scan_places {
    size_t base;
    uint64_t mask; /* not 0 */
};

struct scan {
    struct scan_places *places;
    size_t count, capacity;
    size_t valid; /* how many bytes are valid UTF-8; places end there */
};

void scan_init(struct scan *scan);
void scan_clear(struct scan *scan);
/* Fills scan; false when out of memory. */
bool scan_text(struct scan *scan, const char *bytes, size_t length);
bool scan_text_portable(struct scan *scan, const char *bytes, size_t length);

/* The number of the lowest bit set; mask is not 0. */
static inline unsigned scan_lowest(uint64_t mask)
{
#if defined(__GNUC__)
    return (unsigned)__builtin_ctzll(mask);
#else
    unsigned bit = 0;
    while (!(mask >> bit & 1))
        bit++;
    return bit;
#endif
}

#endif
