#include "outputs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void outputs_clear(struct outputs *outputs)
{
    free(outputs->hashes);
    *outputs = (struct outputs){0};
}

void outputs_name(struct bytes *name, const char *directory, const char *relative)
{
    const char *slash = strrchr(relative, '/');
    const char *base = slash != NULL ? slash + 1 : relative;
    const char *dot = strrchr(base, '.');
    size_t length = dot != NULL && dot > base ? (size_t)(dot - relative) : strlen(relative);
    name->length = 0;
    bytes_append_format(name, "%s/", directory);
    bytes_append(name, relative, length);
    bytes_append(name, ".xml", sizeof ".xml");
}

bool outputs_done(const char *path, const char *name)
{
    struct stat in, out;
    return stat(path, &in) == 0 && stat(name, &out) == 0 && in.st_mtim.tv_sec == out.st_mtim.tv_sec &&
           in.st_mtim.tv_nsec == out.st_mtim.tv_nsec;
}

/* FNV-1a of a name; never 0. */
static uint64_t hash(const char *name)
{
    uint64_t value = 14695981039346656037U;
    for (; *name != '\0'; name++)
        value = (value ^ (unsigned char)*name) * 1099511628211U;
    return value != 0 ? value : 1;
}

static void insert(uint64_t *table, size_t capacity, uint64_t value)
{
    size_t i = value & (capacity - 1);
    while (table[i] != 0)
        i = (i + 1) & (capacity - 1);
    table[i] = value;
}

bool outputs_claim(struct outputs *outputs, const char *name)
{
    uint64_t value = hash(name);
    size_t capacity = outputs->capacity;
    if (2 * outputs->count >= capacity) {
        size_t larger = capacity > 0 ? 2 * capacity : 1024;
        uint64_t *table = memory_get(larger * sizeof *table);
        memset(table, 0, larger * sizeof *table);
        for (size_t i = 0; i < capacity; i++)
            if (outputs->hashes[i] != 0)
                insert(table, larger, outputs->hashes[i]);
        free(outputs->hashes);
        outputs->hashes = table;
        outputs->capacity = capacity = larger;
    }
    for (size_t i = value & (capacity - 1); outputs->hashes[i] != 0; i = (i + 1) & (capacity - 1))
        if (outputs->hashes[i] == value)
            return false;
    insert(outputs->hashes, capacity, value);
    outputs->count++;
    return true;
}
