#include "kinds.h"

#include <string.h>

const char *const kind_names[KIND_COUNT] = {"document-number", "date", "district", "figure"};
const char *const kind_plurals[KIND_COUNT + 1] = {"document numbers", "dates", "districts", "figures",
                                                  "others"};

size_t kind_number(const char *name)
{
    size_t number = 0;
    while (number < KIND_COUNT && strcmp(name, kind_names[number]) != 0)
        number++;
    return number;
}
