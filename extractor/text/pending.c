/* UTF-8 as it is, until the text stage comes: goes then. */
#include "text.h"
#define WEAK __attribute__((weak))
WEAK void text_init(struct text *text)
{
    *text = (struct text){0};
}
WEAK void text_clear(struct text *text)
{
    (void)text;
}
WEAK bool text_read(struct text *text, const char *input, size_t length, const struct text_options *options,
                    struct trich_error *error)
{
    (void)options;
    (void)error;
    text->input = text->decoded = text->bytes = input;
    text->input_length = text->decoded_length = text->length = length;
    text->encoding = "UTF-8";
    return true;
}
WEAK void text_decoded_span(const struct text *text, size_t start, size_t end, size_t *decoded_start,
                            size_t *decoded_end)
{
    (void)text;
    *decoded_start = start;
    *decoded_end = end;
}
WEAK void text_input_span(const struct text *text, size_t start, size_t end, size_t *input_start,
                          size_t *input_end)
{
    (void)text;
    *input_start = start;
    *input_end = end;
}
