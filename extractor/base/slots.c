#include "slots.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 1024 };

void slots_init(struct slots *slots)
{
    *slots = (struct slots){NULL, 0, 0};
}

void slots_clear(struct slots *slots)
{
    free(slots->list);
    slots_init(slots);
}

void slots_reset(struct slots *slots)
{
    if (slots->count > 0)
        memset(slots->list, 0, slots->size * sizeof *slots->list);
    slots->count = 0;
}

static void put(struct slots *slots, struct slot slot)
{
    size_t place = slots_place(slots, slot.hash);
    while (slots->list[place].number != 0)
        place = (place + 1) & (slots->size - 1);
    slots->list[place] = slot;
    slots->count++;
}

static bool grow(struct slots *slots)
{
    struct slots larger = {.size = slots->size > 0 ? 2 * slots->size : FIRST_SLOTS};
    larger.list = calloc(larger.size, sizeof *larger.list);
    if (larger.list == NULL)
        return false;
    for (size_t i = 0; i < slots->size; i++)
        if (slots->list[i].number != 0)
            put(&larger, slots->list[i]);
    free(slots->list);
    *slots = larger;
    return true;
}

bool slots_put(struct slots *slots, uint32_t hash, uint32_t number)
{
    if (2 * (slots->count + 1) > slots->size && !grow(slots))
        return false;
    put(slots, (struct slot){hash, number + 1});
    return true;
}
