/* array.h - arrays that grow. */
#ifndef TRICH_BASE_ARRAY_H
#define TRICH_BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/* Makes room for `needed` items of that size, by powers of two, where *items, a pointer of any type, points;
 * false when out of memory, and all is as it was. */
bool array_grow(void *items, size_t *capacity, size_t needed, size_t size);

/* The same for lists without a capacity of their own: room for one item behind the count that are there. What
 * is returned takes the place of items; NULL when out of memory, and all is as it was. */
void *array_one_more(void *items, size_t count, size_t size);

#endif
