/* Kinds that are not there yet find nothing; each goes when its own file comes. */
#include "value.h"

#define PENDING(kind)                                                                                        \
    __attribute__((weak)) bool kind##_read(struct reading *reading, struct item *item)                       \
    {                                                                                                        \
        (void)reading;                                                                                       \
        (void)item;                                                                                          \
        return false;                                                                                        \
    }                                                                                                        \
    __attribute__((weak)) void kind##_resolve(struct reading *reading)                                       \
    {                                                                                                        \
        (void)reading;                                                                                       \
    }

PENDING(document_number)
PENDING(district)
PENDING(figure)
