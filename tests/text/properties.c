/*
 * What holds for any bytes: no crash; the normal form is normal; maps never decrease, never point inside a
 * character, and between splices the texts are equal; both ways of scanning see the same.
 */
#include "../../extractor/text/map.h"
#include "../../extractor/text/scan.h"
#include "../../extractor/text/text.h"
#include "../thin.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <utf8proc.h>

enum { TEXT_MAX = 400, TURNS = 20000, SPANS = 20 };

static uint32_t state = 20240101;

/* A number below limit; the same ones in every run (xorshift). */
static uint32_t random_below(uint32_t limit)
{
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state % limit;
}

/* What the normalizer looks at, its neighbours, and what is no UTF-8. */
static const char *const pieces[] = {
    "a", "e", "o", "u", "y", "q", "g", "n", "Q", "U", "Y", "O", "A", "t", "th", "đ", "Đ", "ð", "Ð", "Ɖ", "ơ",
    "ư", "ă", "â", "ê", "à", "á", "ả", "ã", "ạ", "è", "ẻ", "ý", "ỳ", "ỷ", "Ỷ", "Ạ", "òa", "oà", "uỷ", "hoà",
    "khoẻ", "quý", "ế", "1", "23", ".", ",", "/", "-", "-", "-\n", "-\r\n", "\xE2\x80\x90\n", "\xC2\xAD\n",
    " ", " ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\v", "\f", "\xC2\xA0", "\xC2\x85", "\xE3\x80\x80",
    "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\x8B", "\xE2\x80\x8D", "\xEF\xBB\xBF", "\xC2\xAD",
    "\xE2\x80\x93", "\xE2\x88\x92", "\xE2\x80\x9C", "\xE2\x80\x99", "\xEF\xBC\x91", "\xEF\xBD\x81",
    "\xEF\xBC\xA1", "\xCC\x80", "\xCC\x81", "\xCC\x89", "\xCC\x83", "\xCC\xA3", "\xCC\x82", "\xCC\x86",
    "\xCC\x9B", "\xCD\x80", "\xE1\x84\x92", "\xE1\x85\xA1", "\xE1\x86\xAB", "\xF0\x9F\x98\x80",
    "\xF0\x9D\x90\x80", "\xE4\xB8\xAD", "\xE2\x84\xAB", "\xE0\xA4\xA8", "\xE0\xA4\xBC", "&", "&nbsp;",
    "&agrave;", "&#7911;", "&#x301;", "&#10;", "&#8203;", "&#xD800;", "&bogus;", "&#", "&amp", "\x01", "\x7F",
    "\xEF\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF",
    /* broken */
    "\x80", "\xBF", "\xC0\x80", "\xC3", "\xE1", "\xE1\xBA", "\xE0\x80\x80", "\xED\xA0\x80",
    "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF0\x9F", "\xF0\x9F\x98", "\xFE", "\xFF"};
enum { PIECES = sizeof pieces / sizeof pieces[0], BROKEN = 14 };

static size_t random_text(char *text, bool broken)
{
    size_t count = random_below(60);
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        if (random_below(40) == 0) {
            text[length++] = '\0';
            continue;
        }
        uint32_t kinds = broken && random_below(8) == 0 ? PIECES : PIECES - BROKEN;
        const char *piece = pieces[random_below(kinds)];
        memcpy(text + length, piece, strlen(piece));
        length += strlen(piece);
    }
    return length;
}

/* Where the text stops being UTF-8, by another library. */
static size_t valid_length(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        int32_t code;
        utf8proc_ssize_t size =
            utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(length - at), &code);
        if (size <= 0)
            break;
        at += (size_t)size;
    }
    return at;
}

static bool is_boundary(const char *text, size_t length, size_t at)
{
    return at == length || (at < length && ((unsigned char)text[at] & 0xC0) != 0x80);
}

static void check_map(const struct text_map *map, const char *new, size_t new_length, const char *old,
                      size_t old_length, bool old_utf8)
{
    size_t new_at = 0;
    size_t old_at = 0;
    for (size_t i = 0; i < map->count; i++) {
        const struct text_splice *s = &map->splices[i];
        cr_assert(s->new_start >= new_at && s->old_start >= old_at && s->new_end >= s->new_start &&
                  s->old_end > s->old_start && s->new_end <= new_length && s->old_end <= old_length);
        cr_assert_eq(s->new_start - new_at, s->old_start - old_at);
        cr_assert(memcmp(new + new_at, old + old_at, s->new_start - new_at) == 0);
        cr_assert(is_boundary(new, new_length, s->new_start) && is_boundary(new, new_length, s->new_end));
        if (old_utf8)
            cr_assert(is_boundary(old, old_length, s->old_start) && is_boundary(old, old_length, s->old_end));
        new_at = s->new_end;
        old_at = s->old_end;
    }
    cr_assert(new_length - new_at <= old_length - old_at);
    cr_assert(memcmp(new + new_at, old + old_at, new_length - new_at) == 0);
}

static void check_normal(const struct text *text, bool entities)
{
    const char *b = text->bytes;
    size_t n = text->length;
    cr_assert_eq(valid_length(b, n), n);
    cr_assert(n == 0 || (b[0] != ' ' && b[0] != '\n' && b[n - 1] != ' ' && b[n - 1] != '\n'));
    for (size_t i = 0; i < n; i++) {
        cr_assert((unsigned char)b[i] >= ' ' || b[i] == '\n', "control character %02X", b[i]);
        if (i == 0)
            continue;
        cr_assert(!(b[i] == ' ' && (b[i - 1] == ' ' || b[i - 1] == '\n')));
        cr_assert(!(b[i] == '\n' && b[i - 1] == ' '));
        cr_assert(!(b[i] == '\n' && b[i - 1] == '\n' && i > 1 && b[i - 2] == '\n'));
    }
    if (n == 0 || entities)
        return;
    utf8proc_uint8_t *nfc = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)b, (utf8proc_ssize_t)n, &nfc,
                                           UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    cr_assert(length == (utf8proc_ssize_t)n && memcmp(nfc, b, n) == 0, "not NFC: '%.*s'", (int)n, b);
    free(nfc);
}

static void check_spans(const struct text *text, bool utf8)
{
    for (int i = 0; i < SPANS && text->length > 0; i++) {
        size_t start = random_below((uint32_t)text->length);
        size_t end = start + 1 + random_below((uint32_t)(text->length - start));
        while (!is_boundary(text->bytes, text->length, start))
            start--;
        while (!is_boundary(text->bytes, text->length, end))
            end++;
        size_t decoded_start;
        size_t decoded_end;
        size_t input_start;
        size_t input_end;
        text_decoded_span(text, start, end, &decoded_start, &decoded_end);
        text_input_span(text, start, end, &input_start, &input_end);
        cr_assert(decoded_start < decoded_end && decoded_end <= text->decoded_length);
        cr_assert(input_start < input_end && input_end <= text->input_length);
        cr_assert(is_boundary(text->decoded, text->decoded_length, decoded_start) &&
                  is_boundary(text->decoded, text->decoded_length, decoded_end));
        if (utf8 && text->invalid_count == 0)
            cr_assert(is_boundary(text->input, text->input_length, input_start) &&
                      is_boundary(text->input, text->input_length, input_end));
        /* A longer span never begins later or ends sooner. */
        size_t whole_start;
        size_t whole_end;
        text_input_span(text, 0, text->length, &whole_start, &whole_end);
        cr_assert(whole_start <= input_start && whole_end >= input_end);
    }
}

static void check_scans(const char *bytes, size_t length)
{
    struct scan a;
    struct scan b;
    scan_init(&a);
    scan_init(&b);
    cr_assert(scan_text(&a, bytes, length) && scan_text_portable(&b, bytes, length));
    cr_assert_eq(a.valid, valid_length(bytes, length));
    cr_assert(a.valid == b.valid && a.count == b.count);
    for (size_t i = 0; i < a.count; i++)
        cr_assert(a.places[i].base == b.places[i].base && a.places[i].mask == b.places[i].mask);
    scan_clear(&a);
    scan_clear(&b);
}

Test(properties, utf8)
{
    struct text text;
    text_init(&text);
    char input[TEXT_MAX * 2];
    for (size_t turn = 0; turn < TURNS / thin(); turn++) {
        bool broken = turn % 2 == 1;
        size_t length = random_text(input, broken);
        /* Its own memory, so that a sanitizer sees a byte too far. */
        char *copy = malloc(length > 0 ? length : 1);
        cr_assert_not_null(copy);
        memcpy(copy, input, length);
        check_scans(copy, length);
        size_t start = length >= 3 && memcmp(copy, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        size_t valid = valid_length(copy + start, length - start) + start;
        struct text_options options = {.source = "random", .encoding = "utf-8"};
        struct trich_error error;
        bool read = text_read(&text, copy, length, &options, &error);
        cr_assert_eq(read, valid == length);
        if (!read) {
            cr_assert(error.status == TRICH_ERROR_ENCODING && error.offset == valid && error.line > 0);
            options.replace_invalid = true;
            cr_assert(text_read(&text, copy, length, &options, &error));
            cr_assert(text.invalid_count > 0);
        }
        check_map(&text.decoding, text.decoded, text.decoded_length, copy, length, read);
        check_map(&text.normalization, text.bytes, text.length, text.decoded, text.decoded_length, true);
        check_normal(&text, memchr(input, '&', length) != NULL);
        check_spans(&text, true);
        free(copy);
    }
    text_clear(&text);
}

Test(properties, other_encodings)
{
    static const char *const names[] = {NULL, "utf-16", "utf-16be", "windows-1258", "viscii", "tcvn3", "vni"};
    struct text text;
    text_init(&text);
    char input[TEXT_MAX * 2];
    for (size_t turn = 0; turn < TURNS / 4 / thin(); turn++) {
        size_t length = random_text(input, turn % 2 == 1);
        if (turn % 3 == 0)
            for (size_t i = 0; i < length; i++)
                input[i] = (char)random_below(256);
        char *copy = malloc(length > 0 ? length : 1);
        cr_assert_not_null(copy);
        memcpy(copy, input, length);
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            struct text_options options = {.encoding = names[i], .replace_invalid = true};
            cr_assert(text_read(&text, copy, length, &options, NULL));
            cr_assert_eq(valid_length(text.decoded, text.decoded_length), text.decoded_length);
            check_map(&text.decoding, text.decoded, text.decoded_length, copy, length, false);
            check_map(&text.normalization, text.bytes, text.length, text.decoded, text.decoded_length, true);
            check_normal(&text, memchr(text.decoded, '&', text.decoded_length) != NULL);
            check_spans(&text, false);
        }
        free(copy);
    }
    text_clear(&text);
}

Test(properties, html)
{
    static const char *const tags[] = {
        "<p>",       "</p>",       "<br>",     "<b>",       "</b>",        "<nav>",
        "</nav>",    "<td>",       "<script>", "</script>", "<!--",        "-->",
        "<article>", "</article>", "<main>",   "</main>",   "<a href='>'", "<",
        "<pre>",     "</pre>",     ">",        "<head>",    "</head>",     "<time datetime=\"2020-01-01T",
        "\">"};
    struct text text;
    text_init(&text);
    char input[TEXT_MAX * 20];
    for (size_t turn = 0; turn < TURNS / 4 / thin(); turn++) {
        size_t length = 0;
        for (uint32_t i = random_below(8); i > 0; i--) {
            size_t more = random_text(input + length, false);
            size_t kept = more / 4;
            while (!is_boundary(input + length, more, kept))
                kept--;
            length += kept;
            const char *tag = tags[random_below(sizeof tags / sizeof tags[0])];
            memcpy(input + length, tag, strlen(tag));
            length += strlen(tag);
        }
        char *copy = malloc(length > 0 ? length : 1);
        cr_assert_not_null(copy);
        memcpy(copy, input, length);
        struct text_options options = {.encoding = "utf-8", .html = true};
        cr_assert(text_read(&text, copy, length, &options, NULL));
        check_map(&text.decoding, text.decoded, text.decoded_length, copy, length, true);
        check_map(&text.normalization, text.bytes, text.length, text.decoded, text.decoded_length, true);
        check_normal(&text, true);
        check_spans(&text, true);
        free(copy);
    }
    text_clear(&text);
}

/* A map whose old text has old_length bytes; the new text's length. */
static size_t random_map(struct text_map *map, size_t old_length)
{
    size_t new_at = 0;
    size_t old_at = 0;
    map_reset(map);
    for (;;) {
        size_t skip = random_below(6);
        size_t old = 1 + random_below(4);
        size_t new = random_below(4);
        if (old_at + skip + old > old_length)
            return new_at + (old_length - old_at);
        cr_assert(map_add(map, new_at + skip, new_at + skip + new, old_at + skip, old_at + skip + old));
        new_at += skip + new;
        old_at += skip + old;
    }
}

Test(properties, composed_maps)
{
    struct text_map first = {NULL, 0, 0};
    struct text_map second = {NULL, 0, 0};
    for (size_t turn = 0; turn < TURNS / 4 / thin(); turn++) {
        size_t oldest = random_below(60);
        size_t middle = random_map(&first, oldest);
        size_t newest = random_map(&second, middle);
        struct text_map both = {NULL, 0, 0};
        for (size_t i = 0; i < first.count; i++)
            cr_assert(map_add(&both, first.splices[i].new_start, first.splices[i].new_end,
                              first.splices[i].old_start, first.splices[i].old_end));
        cr_assert(map_compose(&both, &second));
        size_t before = 0;
        for (size_t start = 0; start < newest; start++) {
            cr_assert(map_start(&both, start) >= before);
            before = map_start(&both, start);
            for (size_t end = start + 1; end <= newest; end++) {
                size_t middle_start = map_start(&second, start);
                size_t middle_end = map_end(&second, end);
                /* Where both maps cut, the composed splice is wider; it never loses anything. */
                cr_assert(map_start(&both, start) <= map_start(&first, middle_start));
                cr_assert(map_end(&both, end) >= map_end(&first, middle_end));
                cr_assert(map_end(&both, end) <= oldest);
            }
        }
        map_clear(&both);
    }
    map_clear(&first);
    map_clear(&second);
}
