#include "map.h"

#include <stdint.h>
#include <stdlib.h>

#include "../base/array.h"

void map_reset(struct text_map *map)
{
    map->count = 0;
}

void map_clear(struct text_map *map)
{
    free(map->splices);
    *map = (struct text_map){NULL, 0, 0};
}

bool map_add(struct text_map *map, size_t new_start, size_t new_end, size_t old_start, size_t old_end)
{
    if (!array_grow((void **)&map->splices, &map->capacity, map->count + 1, sizeof *map->splices))
        return false;
    map->splices[map->count++] = (struct text_splice){new_start, new_end, old_start, old_end};
    return true;
}

/* How many splices begin before position of the new text (or at it, if at is true). */
static size_t splices_before(const struct text_map *map, size_t position, bool at)
{
    size_t low = 0;
    size_t high = map->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        size_t start = map->splices[middle].new_start;
        if (start < position || (at && start == position))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t map_start(const struct text_map *map, size_t position)
{
    size_t count = splices_before(map, position, true);
    if (count == 0)
        return position;
    const struct text_splice *splice = &map->splices[count - 1];
    return position < splice->new_end ? splice->old_start : splice->old_end + (position - splice->new_end);
}

size_t map_end(const struct text_map *map, size_t position)
{
    size_t count = splices_before(map, position, false);
    if (count == 0)
        return position;
    const struct text_splice *splice = &map->splices[count - 1];
    return position < splice->new_end ? splice->old_end : splice->old_end + (position - splice->new_end);
}

/*
 * A splice of the composed map is a cluster of splices of both maps that touch or overlap in the middle text;
 * between clusters all three texts are equal, so the distance to the last cluster gives the other positions.
 */
bool map_compose(struct text_map *first, const struct text_map *second)
{
    if (second->count == 0)
        return true;
    struct text_map both = {NULL, 0, 0};
    size_t i = 0;
    size_t k = 0;
    size_t newest = 0; /* the ends of the last cluster in the three texts */
    size_t middle = 0;
    size_t oldest = 0;
    while (i < first->count || k < second->count) {
        size_t a = i < first->count ? first->splices[i].new_start : SIZE_MAX;
        size_t b = k < second->count ? second->splices[k].old_start : SIZE_MAX;
        size_t start = a < b ? a : b;
        size_t end = start;
        size_t newest_start = newest + (start - middle);
        size_t oldest_start = oldest + (start - middle);
        size_t newest_end = newest_start;
        size_t oldest_end = oldest_start;
        size_t newest_known = start; /* the middle positions that newest_end and oldest_end belong to */
        size_t oldest_known = start;
        for (bool taken = true; taken;) {
            taken = false;
            /* A splice that begins at end joins only an empty cluster or when it is empty on that side. */
            if (i < first->count &&
                (first->splices[i].new_start < end || first->splices[i].new_start == start)) {
                const struct text_splice *s = &first->splices[i++];
                oldest_end = s->old_end;
                oldest_known = s->new_end;
                end = s->new_end > end ? s->new_end : end;
                taken = true;
            } else if (k < second->count &&
                       (second->splices[k].old_start < end || second->splices[k].old_start == start)) {
                const struct text_splice *s = &second->splices[k++];
                newest_end = s->new_end;
                newest_known = s->old_end;
                end = s->old_end > end ? s->old_end : end;
                taken = true;
            }
        }
        newest = newest_end + (end - newest_known);
        oldest = oldest_end + (end - oldest_known);
        middle = end;
        if (!map_add(&both, newest_start, newest, oldest_start, oldest)) {
            map_clear(&both);
            return false;
        }
    }
    map_clear(first);
    *first = both;
    return true;
}
