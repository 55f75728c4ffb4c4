/* array.h - arrays that grow. */
#ifndef TRICH_BASE_ARRAY_H
#define TRICH_BASE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

/* Makes room for `needed` items of that size, by powers of two; false when out of memory, and all is as it
 * was. */
bool array_grow(void **items, size_t *capacity, size_t needed, size_t size);

#endif
