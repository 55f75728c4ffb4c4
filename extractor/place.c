/* From offsets of the input back to the text as UTF-8, for those who show a text with its records marked. */
#include "internal.h"

const char *trich_extractor_text(const trich_extractor *extractor, size_t *length)
{
    *length = extractor->text.decoded_length;
    return extractor->text.decoded;
}

size_t trich_extractor_place(const trich_extractor *extractor, size_t offset)
{
    const struct text *text = &extractor->text;
    const struct text_map *map = &text->decoding;
    size_t low = 0;
    size_t high = map->count;
    if (offset >= text->input_length)
        return text->decoded_length;
    /* The last splice that begins at or before the offset. */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (map->splices[middle].old_start <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    size_t place = offset;
    if (low > 0) {
        const struct text_splice *splice = &map->splices[low - 1];
        place = offset < splice->old_end ? splice->new_start : splice->new_end + (offset - splice->old_end);
    }
    /* What a page has behind its text is in no splice. */
    return place < text->decoded_length ? place : text->decoded_length;
}
