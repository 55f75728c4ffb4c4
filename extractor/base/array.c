#include "array.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ITEMS = 256 };

bool array_grow(void *items, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity)
        return true;
    void *old; /* copied, as the caller's is a pointer of another type */
    memcpy(&old, items, sizeof old);
    size_t larger = *capacity == 0 ? FIRST_ITEMS : *capacity;
    while (larger < needed)
        larger *= 2;
    void *grown = realloc(old, larger * size);
    if (grown == NULL)
        return false;
    memcpy(items, &grown, sizeof grown);
    *capacity = larger;
    return true;
}

void *array_one_more(void *items, size_t count, size_t size)
{
    if (count != 0 && (count & (count - 1)) != 0) /* there is room to the next power of two */
        return items;
    return realloc(items, (count == 0 ? 1 : count * 2) * size);
}
