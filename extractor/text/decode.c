#include "decode.h"

#include "../base/utf8.h"
#include "encodings.h"
#include "map.h"
#include "recognize.h"

#include <stdint.h>
#include <stdio.h>
#include <strings.h>
#include <utf8proc.h>

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* What people take for a text that is none, by the bytes that it begins with: told what to do, since no
 * encoding would help. */
static const char *no_text(const struct text *text)
{
    static const struct {
        const char *begin, *what;
    } formats[] = {{"%PDF-", "a PDF: make a text of it first, with pdftotext for example"},
                   {"PK\x03\x04", "an office document or zip archive: save it as plain text or HTML first"},
                   {"\xD0\xCF\x11\xE0", "an office document: save it as plain text or HTML first"},
                   {"\x1F\x8B", "something compressed: unpack it first, with zcat for example"},
                   {"BZh", "something compressed: unpack it first, with bzcat for example"},
                   {"\xFD\x37zXZ", "something compressed: unpack it first, with xzcat for example"},
                   {"\x89PNG", "a picture"},
                   {"\xFF\xD8\xFF", "a picture"}};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        size_t length = strlen(formats[i].begin);
        if (text->input_length >= length && memcmp(text->input, formats[i].begin, length) == 0)
            return formats[i].what;
    }
    return NULL;
}

/* The input is not what it should be at offset; line is counted from the newlines (as bytes) before it. */
static bool invalid(const struct text *text, const struct text_options *options, const char *encoding,
                    size_t offset, size_t bad, struct trich_error *error)
{
    size_t line = 1;
    size_t line_start = 0;
    const char *what = options->before.bytes == 0 ? no_text(text) : NULL;
    if (what != NULL)
        return error_set(error, TRICH_ERROR_FORMAT, options->source, 0, 0, "this is no text but %s", what);
    for (size_t i = 0; i < offset; i++)
        if (text->input[i] == '\n') {
            line++;
            line_start = i + 1;
        }
    char bytes[16] = "";
    for (size_t i = 0; i < bad && i < 4; i++)
        (void)snprintf(bytes + 3 * i, sizeof bytes - 3 * i, " %02X", (unsigned char)text->input[offset + i]);
    size_t column = offset - line_start + 1 + (line == 1 ? options->before.columns : 0);
    (void)error_set(error, TRICH_ERROR_ENCODING, options->source, options->before.lines + line, column,
                    "%s%s at byte %zu %s not %s; give %s encoding, or have invalid bytes replaced",
                    bad == 1 ? "byte" : "bytes", bytes, options->before.bytes + offset,
                    bad == 1 ? "is" : "are", encoding, options->encoding == NULL ? "the" : "another");
    if (error != NULL)
        error->offset = options->before.bytes + offset;
    return false;
}

/* How many bytes one U+FFFD stands for: the longest start of a character, at least one byte (Unicode 3.9). */
static size_t invalid_length(const unsigned char *bytes, size_t length)
{
    for (size_t size = length < 3 ? length : 3; size > 1; size--) {
        /* They are a start if something behind them makes a character of them. */
        unsigned char tried[4] = {bytes[0], bytes[1], size > 2 ? bytes[2] : 0x80, 0x80};
        if (utf8_character(tried, sizeof tried) > size)
            return size;
    }
    return 1;
}

/* The decoded text is what the buffer holds. */
static bool finish(struct text *text, struct trich_error *error)
{
    const struct buffer *buffer = &text->decoded_buffer;
    text->decoded = buffer->data != NULL ? buffer->data : "";
    text->decoded_length = buffer->length;
    return (!buffer->failed && scan_text(&text->scan, text->decoded, text->decoded_length)) ||
           error_memory(error);
}

/* An 8-bit encoding, or its bytes as Latin-1 characters in valid UTF-8. */
static bool decode_bytes(struct text *text, const struct text_options *options,
                         const struct encoding *encoding, bool in_utf8, size_t start,
                         struct trich_error *error)
{
    struct buffer *buffer = &text->decoded_buffer;
    text->encoding = in_utf8 ? encoding->name_in_utf8 : encoding->name;
    (void)buffer_reserve(buffer, text->input_length + text->input_length / 2);
    if (start > 0 && !map_add(&text->decoding, 0, 0, 0, start))
        return error_memory(error);
    const char *input = text->input + start;
    struct encodings_reader reader = encodings_reader(encoding, in_utf8, input, text->input_length - start);
    while (reader.at < reader.length) {
        size_t at = reader.at;
        int32_t code = encodings_read(&reader);
        size_t size = reader.at - at;
        if (code < 0) {
            if (!options->replace_invalid)
                return invalid(text, options, text->encoding, start + at, size, error);
            text->invalid_count += size;
            code = 0xFFFD;
        }
        char encoded[4];
        size_t count = (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)encoded);
        size_t new_start = buffer->length;
        buffer_append(buffer, encoded, count);
        if ((count != size || memcmp(encoded, input + at, size) != 0) &&
            !map_add(&text->decoding, new_start, buffer->length, start + at, start + at + size))
            return error_memory(error);
    }
    return finish(text, error);
}

static bool decode_utf8(struct text *text, const struct text_options *options, bool automatic, size_t start,
                        struct trich_error *error)
{
    const unsigned char *bytes = (const unsigned char *)text->input;
    size_t length = text->input_length;
    text->encoding = "UTF-8";
    text->decoded = text->input + start;
    text->decoded_length = length - start;
    if (!scan_text(&text->scan, text->decoded, text->decoded_length))
        return error_memory(error);
    size_t at = start + text->scan.valid;
    if (automatic) {
        const struct encoding *encoding = at == length ? recognize_latin1(text->decoded, text->decoded_length)
                                                       : recognize_bytes(text->decoded, text->decoded_length);
        if (encoding != NULL)
            return decode_bytes(text, options, encoding, at == length, start, error);
    }
    if (start > 0 && !map_add(&text->decoding, 0, 0, 0, start))
        return error_memory(error);
    if (at == length)
        return true;
    struct buffer *buffer = &text->decoded_buffer;
    size_t copied = start;
    while (at < length) {
        size_t bad = invalid_length(bytes + at, length - at);
        if (!options->replace_invalid)
            return invalid(text, options, "UTF-8", at, bad, error);
        buffer_append(buffer, text->input + copied, at - copied);
        size_t new_start = buffer->length;
        buffer_append(buffer, replacement, 3);
        if (!map_add(&text->decoding, new_start, buffer->length, at, at + bad))
            return error_memory(error);
        text->invalid_count += bad;
        copied = at + bad;
        at = copied + utf8_valid(bytes + copied, length - copied);
    }
    buffer_append(buffer, text->input + copied, length - copied);
    return finish(text, error);
}

static bool decode_utf16(struct text *text, const struct text_options *options, size_t start, bool big,
                         struct trich_error *error)
{
    const unsigned char *bytes = (const unsigned char *)text->input;
    size_t length = text->input_length;
    struct buffer *buffer = &text->decoded_buffer;
    text->encoding = big ? "UTF-16BE" : "UTF-16LE";
    (void)buffer_reserve(buffer, length);
    if (start > 0 && !map_add(&text->decoding, 0, 0, 0, start))
        return error_memory(error);
    for (size_t at = start; at < length;) {
        uint32_t code = 0xFFFFFFFF;
        size_t size = length - at < 2 ? 1 : 2;
        if (size == 2) {
            code = (uint32_t)bytes[at + !big] << 8 | bytes[at + big];
            if (code >= 0xD800 && code < 0xDC00 && length - at >= 4) {
                uint32_t low = (uint32_t)bytes[at + 2 + !big] << 8 | bytes[at + 2 + big];
                if (low >= 0xDC00 && low < 0xE000) {
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                    size = 4;
                }
            }
        }
        char encoded[4];
        size_t count = 3;
        if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) {
            if (!options->replace_invalid)
                return invalid(text, options, text->encoding, at, size, error);
            memcpy(encoded, replacement, 3);
            text->invalid_count += size;
        } else
            count = (size_t)utf8proc_encode_char((utf8proc_int32_t)code, (utf8proc_uint8_t *)encoded);
        size_t new_start = buffer->length;
        buffer_append(buffer, encoded, count);
        if (!map_add(&text->decoding, new_start, buffer->length, at, at + size))
            return error_memory(error);
        at += size;
    }
    return finish(text, error);
}

static bool is_utf8(const unsigned char *bytes, size_t length)
{
    return utf8_valid(bytes, length) == length;
}

bool decode_input(struct text *text, const struct text_options *options, struct trich_error *error)
{
    const unsigned char *bytes = (const unsigned char *)text->input;
    size_t length = text->input_length;
    const char *name = options->encoding;
    bool automatic = name == NULL || strcasecmp(name, "auto") == 0;
    bool utf16 = !automatic && (strcasecmp(name, "utf-16") == 0 || strcasecmp(name, "utf16") == 0);
    bool little = utf16 || (!automatic && strcasecmp(name, "utf-16le") == 0);
    bool big = utf16 || (!automatic && strcasecmp(name, "utf-16be") == 0);
    bool mark_little = length >= 2 && bytes[0] == 0xFF && bytes[1] == 0xFE;
    bool mark_big = length >= 2 && bytes[0] == 0xFE && bytes[1] == 0xFF;
    if (mark_little && (automatic || little))
        return decode_utf16(text, options, 2, false, error);
    if (mark_big && (automatic || big))
        return decode_utf16(text, options, 2, true, error);
    if (little || big)
        return decode_utf16(text, options, 0, !little, error);
    char utf16_order = automatic ? recognize_utf16(text->input, length) : 0;
    if (utf16_order != 0)
        return decode_utf16(text, options, 0, utf16_order == 'B', error);
    if (automatic || strcasecmp(name, "utf-8") == 0 || strcasecmp(name, "utf8") == 0)
        return decode_utf8(text, options, automatic,
                           length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0, error);
    const struct encoding *encoding = encodings_find(name);
    if (encoding == NULL)
        return error_set(
            error, TRICH_ERROR_ARGUMENT, NULL, 0, 0,
            "unknown encoding '%s': give auto, utf-8, utf-16, windows-1258, viscii, tcvn3 or vni", name);
    /* Of TCVN3 and VNI both forms go by one name: what is UTF-8 beyond ASCII is no bytes of theirs. */
    bool in_utf8 = encoding->name_in_utf8 != NULL && is_utf8(bytes, length);
    return decode_bytes(text, options, encoding, in_utf8, 0, error);
}
