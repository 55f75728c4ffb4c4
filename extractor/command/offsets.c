#include "offsets.h"

#include <string.h>

#include "utf8.h"

/* A place in the input, in both countings. Records are in order, so it only moves on. */
struct place {
    const char *bytes;
    size_t length;
    size_t byte, chars;
};

/* high: which byte of a unit is the high one. */
static size_t utf16_length(const char *c, size_t left, size_t high)
{
    return left >= 4 && (c[high] & 0xfc) == 0xd8 && (c[high + 2] & 0xfc) == 0xdc ? 4 : 2;
}

static void move(struct place *place, size_t to, const char *encoding)
{
    size_t high = strcmp(encoding, "UTF-16BE") == 0 ? 0 : 1;
    bool utf8 = strcmp(encoding, "UTF-8") == 0;
    bool valid;
    while (place->byte < to) {
        const char *c = place->bytes + place->byte;
        size_t left = place->length - place->byte;
        place->byte += utf8 ? utf8_step(c, left, &valid) : utf16_length(c, left, high);
        place->chars++;
    }
}

void offsets_to_chars(struct trich_record *records, size_t count, const struct trich_input *input,
                      const char *encoding)
{
    struct place place = {.bytes = input->bytes, .length = input->length};
    if (strcmp(encoding, "UTF-8") != 0 && strncmp(encoding, "UTF-16", 6) != 0)
        return; /* the old Vietnamese encodings: a byte is a character to whoever has no table of them */
    for (size_t i = 0; i < count; i++) {
        move(&place, records[i].start, encoding);
        records[i].start = place.chars;
        move(&place, records[i].end, encoding);
        records[i].end = place.chars;
    }
}
