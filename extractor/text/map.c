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
    if (!array_grow(&map->splices, &map->capacity, map->count + 1, sizeof *map->splices))
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

/* Two maps while they are composed. */
struct composition {
    const struct text_map *first, *second;
    size_t i, k;                   /* their splices taken so far */
    size_t newest, middle, oldest; /* the ends of the last cluster in the three texts */
};

/* Whether a splice belongs to the cluster [start, end) of the middle text. One that begins at its end does
 * only where the cluster is empty so far, or was on that side. */
static bool joins(size_t splice_start, size_t start, size_t end)
{
    return splice_start < end || splice_start == start;
}

/*
 * A splice of the composed map is a cluster of splices of both maps that touch or overlap in the middle text;
 * between clusters all three texts are equal, so the distance to the last cluster gives the other positions.
 */
static struct text_splice next_cluster(struct composition *c)
{
    const struct text_map *first = c->first;
    const struct text_map *second = c->second;
    size_t a = c->i < first->count ? first->splices[c->i].new_start : SIZE_MAX;
    size_t b = c->k < second->count ? second->splices[c->k].old_start : SIZE_MAX;
    size_t start = a < b ? a : b;
    size_t end = start;
    struct text_splice cluster = {.new_start = c->newest + (start - c->middle),
                                  .old_start = c->oldest + (start - c->middle)};
    size_t newest_end = cluster.new_start;
    size_t oldest_end = cluster.old_start;
    size_t newest_known = start; /* the middle positions that newest_end and oldest_end belong to */
    size_t oldest_known = start;
    for (;;) {
        if (c->i < first->count && joins(first->splices[c->i].new_start, start, end)) {
            const struct text_splice *s = &first->splices[c->i++];
            oldest_end = s->old_end;
            oldest_known = s->new_end;
            end = s->new_end > end ? s->new_end : end;
        } else if (c->k < second->count && joins(second->splices[c->k].old_start, start, end)) {
            const struct text_splice *s = &second->splices[c->k++];
            newest_end = s->new_end;
            newest_known = s->old_end;
            end = s->old_end > end ? s->old_end : end;
        } else {
            break;
        }
    }
    c->newest = cluster.new_end = newest_end + (end - newest_known);
    c->oldest = cluster.old_end = oldest_end + (end - oldest_known);
    c->middle = end;
    return cluster;
}

bool map_compose(struct text_map *first, const struct text_map *second)
{
    if (second->count == 0)
        return true;
    struct text_map both = {NULL, 0, 0};
    struct composition composition = {.first = first, .second = second};
    while (composition.i < first->count || composition.k < second->count) {
        struct text_splice cluster = next_cluster(&composition);
        if (!map_add(&both, cluster.new_start, cluster.new_end, cluster.old_start, cluster.old_end)) {
            map_clear(&both);
            return false;
        }
    }
    map_clear(first);
    *first = both;
    return true;
}
