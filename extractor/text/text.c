#include "text.h"

#include "decode.h"
#include "map.h"
#include "normalize.h"

void text_init(struct text *text)
{
    *text = (struct text){.input = "", .decoded = "", .bytes = "", .encoding = "UTF-8"};
    buffer_init(&text->decoded_buffer);
    buffer_init(&text->normal_buffer);
    scan_init(&text->scan);
}

void text_clear(struct text *text)
{
    map_clear(&text->decoding);
    map_clear(&text->normalization);
    buffer_clear(&text->decoded_buffer);
    buffer_clear(&text->normal_buffer);
    scan_clear(&text->scan);
    text_init(text);
}

bool text_read(struct text *text, const char *input, size_t length, const struct text_options *options,
               struct trich_error *error)
{
    text->input = input;
    text->input_length = length;
    text->decoded = text->bytes = "";
    text->decoded_length = text->length = 0;
    text->invalid_count = 0;
    text->metadata_date[0] = '\0';
    map_reset(&text->decoding);
    map_reset(&text->normalization);
    buffer_reset(&text->decoded_buffer);
    if (!decode_input(text, options, error))
        return false;
    if (!normalize_text(text))
        return error_memory(error);
    return true;
}

void text_decoded_span(const struct text *text, size_t start, size_t end, size_t *decoded_start,
                       size_t *decoded_end)
{
    *decoded_start = map_start(&text->normalization, start);
    *decoded_end = map_end(&text->normalization, end);
}

void text_input_span(const struct text *text, size_t start, size_t end, size_t *input_start,
                     size_t *input_end)
{
    size_t decoded_start;
    size_t decoded_end;
    text_decoded_span(text, start, end, &decoded_start, &decoded_end);
    *input_start = map_start(&text->decoding, decoded_start);
    *input_end = map_end(&text->decoding, decoded_end);
}
