#include "text.h"

#include "decode.h"
#include "html.h"
#include "map.h"
#include "normalize.h"

void text_init(struct text *text)
{
    *text = (struct text){.input = "", .decoded = "", .bytes = "", .encoding = "UTF-8"};
    buffer_init(&text->decoded_buffer);
    buffer_init(&text->html_buffer);
    buffer_init(&text->normal_buffer);
    scan_init(&text->scan);
}

void text_clear(struct text *text)
{
    map_clear(&text->decoding);
    map_clear(&text->normalization);
    buffer_clear(&text->decoded_buffer);
    buffer_clear(&text->html_buffer);
    buffer_clear(&text->normal_buffer);
    map_clear(&text->html);
    scan_clear(&text->scan);
    text_init(text);
}

void text_reset(struct text *text)
{
    text->input = text->decoded = text->bytes = "";
    text->input_length = text->decoded_length = text->length = 0;
    text->invalid_count = 0;
    text->metadata_date[0] = '\0';
    map_reset(&text->decoding);
    map_reset(&text->normalization);
    buffer_reset(&text->decoded_buffer);
}

/* From here on the page's main text is the decoded text. */
static bool read_html(struct text *text)
{
    buffer_reset(&text->html_buffer);
    map_reset(&text->html);
    html_date(text->decoded, text->decoded_length, text->metadata_date);
    if (!html_text(text->decoded, text->decoded_length, &text->html_buffer, &text->html) ||
        !map_compose(&text->decoding, &text->html))
        return false;
    text->decoded = text->html_buffer.data != NULL ? text->html_buffer.data : "";
    text->decoded_length = text->html_buffer.length;
    return scan_text(&text->scan, text->decoded, text->decoded_length);
}

bool text_read(struct text *text, const char *input, size_t length, const struct text_options *options,
               struct trich_error *error)
{
    text_reset(text);
    text->input = input;
    text->input_length = length;
    if (!decode_input(text, options, error))
        return false;
    if (options->html && !read_html(text))
        return error_memory(error);
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
