/*
 * slots.h - finds the things of an array by what they are: a hash table of their numbers.
 *
 * The things stay in the array of whoever asks, who also says which are the same:
 *
 *     size_t place = slots_place(&slots, hash);
 *     for (uint32_t number; (number = slots_next(&slots, hash, &place)) != SLOTS_NONE;)
 *         if (same(&things[number], wanted))
 *             return number;
 *     slots_put(&slots, hash, count) ...
 */
#ifndef TRICH_BASE_SLOTS_H
#define TRICH_BASE_SLOTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SLOTS_NONE = 0xffffffff };

struct slots {
    struct slot {
        uint32_t hash;   /* so that few things are compared, and none when the table grows */
        uint32_t number; /* + 1; 0: free */
    } * list;
    size_t size; /* a power of two; at least half of them are free */
    size_t count;
};

void slots_init(struct slots *slots);
void slots_clear(struct slots *slots);
/* Forgets all, keeps the memory. */
void slots_reset(struct slots *slots);
/* Adds a number below SLOTS_NONE, which is not there; false when out of memory. */
bool slots_put(struct slots *slots, uint32_t hash, uint32_t number);

/* Where to begin to look. */
static inline size_t slots_place(const struct slots *slots, uint32_t hash)
{
    return slots->size > 0 ? hash & (slots->size - 1) : 0;
}

/* The next number with that hash from the place on, which moves behind it; SLOTS_NONE if there is none. */
static inline uint32_t slots_next(const struct slots *slots, uint32_t hash, size_t *place)
{
    while (slots->size > 0 && slots->list[*place].number != 0) {
        struct slot slot = slots->list[*place];
        *place = (*place + 1) & (slots->size - 1);
        if (slot.hash == hash)
            return slot.number - 1;
    }
    return SLOTS_NONE;
}

#endif
