/*
 * text.h - one article's text: the input as it came in, the same as UTF-8, and its normal form for matching.
 *
 * input bytes -decode-> decoded (UTF-8 as the article has it) -normalize-> bytes (what rules see)
 *
 * The normal form: NFC with modern tone marks; every run of blanks within a line is one ' '; a single line
 * break (with the blanks around it) is one '\n'; a paragraph break (an empty line) is "\n\n"; dashes are '-',
 * quotes are ASCII, zero-width characters and soft hyphens are gone, control characters (NUL too) are U+FFFD.
 * Case stays.
 * Where nothing changes nothing is copied: bytes == decoded == input for UTF-8 in normal form.
 */
#ifndef TRICH_TEXT_TEXT_H
#define TRICH_TEXT_TEXT_H

#include "../base/buffer.h"
#include "../base/error.h"
#include "scan.h"

/* A place where the new text differs from the old; between splices the two are equal byte for byte. */
struct text_splice {
    size_t new_start, new_end;
    size_t old_start, old_end;
};

struct text_map {
    struct text_splice *splices; /* in order; neither side overlaps */
    size_t count, capacity;
};

struct text {
    const char *input; /* borrowed */
    size_t input_length;
    const char *decoded;
    size_t decoded_length;
    const char *bytes; /* normal form; not NUL-terminated */
    size_t length;
    struct text_map decoding;      /* decoded -> input */
    struct text_map normalization; /* bytes -> decoded */
    struct buffer decoded_buffer, html_buffer, normal_buffer;
    struct text_map html;   /* main text -> page, while reading */
    struct scan scan;       /* of the decoded text */
    const char *encoding;   /* static string: what was taken; decode.h lists them */
    size_t invalid_count;   /* bytes replaced by U+FFFD */
    char metadata_date[16]; /* from HTML metadata, "" if there is none */
};

struct text_options {
    const char *source;   /* for errors; may be NULL */
    const char *encoding; /* NULL or "auto": recognize; utf-8, utf-16, windows-1258, viscii, tcvn3, vni */
    bool replace_invalid;
    bool html;
    struct trich_before before; /* for errors */
};

void text_init(struct text *text);
void text_clear(struct text *text);
/* An empty text, which borrows nothing; the buffers stay for the next one. */
void text_reset(struct text *text);
/* Reads one article; buffers are reused from call to call. The input is borrowed as long as text is used. */
bool text_read(struct text *text, const char *input, size_t length, const struct text_options *options,
               struct trich_error *error);

/*
 * The stretch of the decoded text / of the input that [start, end) of the normal form came from. Always whole
 * characters; a splice that is cut in two is taken whole. start < end.
 */
void text_decoded_span(const struct text *text, size_t start, size_t end, size_t *decoded_start,
                       size_t *decoded_end);
void text_input_span(const struct text *text, size_t start, size_t end, size_t *input_start,
                     size_t *input_end);

#endif
