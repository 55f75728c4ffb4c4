#include "outputs.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* FNV-1a; never 0. */
static uint64_t hash(const char *string)
{
    uint64_t value = 14695981039346656037U;
    for (; *string != '\0'; string++)
        value = (value ^ (unsigned char)*string) * 1099511628211U;
    return value != 0 ? value : 1;
}

uint64_t outputs_settings(const struct options *options, const trich_rules *rules)
{
    struct bytes all = {0};
    bytes_append_format(&all, "%s %" PRIx64 " %d%d%d %s %s", TRICH_VERSION, trich_rules_fingerprint(rules),
                        options->replace_invalid, options->html, options->offsets,
                        options->date != NULL ? options->date : "",
                        options->encoding != NULL ? options->encoding : "");
    bytes_append(&all, "", 1);
    uint64_t settings = hash(all.data);
    bytes_clear(&all);
    return settings;
}

void outputs_mark(struct bytes *output, uint64_t settings, const char *path, off_t size)
{
    struct bytes all = {0};
    bytes_append_format(&all, "%" PRIx64 " %jd %s", settings, (intmax_t)size, path);
    bytes_append(&all, "", 1);
    bytes_append_format(output, "<?trich-made %016" PRIx64 "?>\n", hash(all.data));
    bytes_clear(&all);
}

bool outputs_done(const char *path, const char *name, uint64_t settings)
{
    struct stat in, out;
    if (stat(path, &in) != 0)
        return false;
    int descriptor = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool done = descriptor >= 0 && fstat(descriptor, &out) == 0 && in.st_mtim.tv_sec == out.st_mtim.tv_sec &&
                in.st_mtim.tv_nsec == out.st_mtim.tv_nsec;
    if (done) {
        struct bytes mark = {0};
        char end[64];
        outputs_mark(&mark, settings, path, in.st_size);
        done =
            out.st_size >= (off_t)mark.length &&
            pread(descriptor, end, mark.length, out.st_size - (off_t)mark.length) == (ssize_t)mark.length &&
            memcmp(end, mark.data, mark.length) == 0;
        bytes_clear(&mark);
    }
    if (descriptor >= 0)
        close(descriptor);
    return done;
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
