/*
 * map.h - the offset map of one step: which bytes of the new text came from which bytes of the old.
 *
 * Only differences are kept. The map is built while the step runs, in order; positions are found by
 * bisection.
 */
#ifndef TRICH_TEXT_MAP_H
#define TRICH_TEXT_MAP_H

#include "text.h"

void map_reset(struct text_map *map);
void map_clear(struct text_map *map);
/* Appends a splice; false when out of memory. */
bool map_add(struct text_map *map, size_t new_start, size_t new_end, size_t old_start, size_t old_end);
/*
 * Where a stretch that begins (ends) at position of the new text begins (ends) in the old one. What was
 * dropped at its border stays outside; a splice that the position cuts in two is taken whole.
 */
size_t map_start(const struct text_map *map, size_t position);
size_t map_end(const struct text_map *map, size_t position);
/* first becomes the map of both steps: newest -> middle (second), middle -> oldest (first). */
bool map_compose(struct text_map *first, const struct text_map *second);

#endif
