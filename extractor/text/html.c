#include "html.h"

#include "../base/utf8.h"
#include "entities.h"
#include "map.h"

#include <strings.h>
#include <utf8proc.h>

enum { NAME_LENGTH = 12 }; /* no element's name that matters here is longer */

struct tag {
    char name[NAME_LENGTH + 1]; /* in small letters; "" for comments and declarations */
    bool closing;
    size_t end; /* behind it */
};

struct page {
    const char *bytes;
    size_t length;
    size_t unclosed; /* elements left open: looking for the ends of many of them would take forever */
};
enum { UNCLOSED_MAX = 50 };

/* ---- markup --------------------------------------------------------------------------------------- */

static bool is_ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_white(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* Is the element one of these? The list's words stand between blanks. */
static bool is_one_of(const char *name, const char *list)
{
    char key[NAME_LENGTH + 3];
    size_t length = strlen(name);
    if (length == 0)
        return false;
    key[0] = ' ';
    memcpy(key + 1, name, length);
    memcpy(key + 1 + length, " ", 2);
    return strstr(list, key) != NULL;
}

static const char blocks[] =
    " address article aside blockquote body br caption center dd details div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe li main nav ol option p pre "
    "section select summary table tbody td tfoot th thead title tr ul ";
/* What is between their tags is not markup. */
static const char raw[] = " script style title textarea iframe noscript xmp ";
static const char left_out[] = " head nav aside footer form button select template svg ";

static size_t find(struct page *page, size_t at, const char *needle)
{
    size_t length = strlen(needle);
    for (; at + length <= page->length; at++) {
        const char *found = memchr(page->bytes + at, needle[0], page->length - at - length + 1);
        if (found == NULL)
            break;
        at = (size_t)(found - page->bytes);
        if (memcmp(found, needle, length) == 0)
            return at + length;
    }
    return page->length;
}

/* The tag, comment or declaration that begins at at (a <); false if this is but a sign. */
static bool read_tag(struct page *page, size_t at, struct tag *tag)
{
    const char *b = page->bytes;
    *tag = (struct tag){.name = ""};
    if (at + 1 >= page->length)
        return false;
    size_t i = at + 1;
    if (b[i] == '!' || b[i] == '?') {
        bool comment = page->length - at >= 4 && memcmp(b + at, "<!--", 4) == 0;
        tag->end = comment ? find(page, at + 2, "-->") : find(page, at, ">");
        return true;
    }
    if (b[i] == '/') {
        tag->closing = true;
        i++;
    }
    if (i >= page->length || !is_ascii_letter(b[i]))
        return false;
    size_t length = 0;
    for (; i < page->length && b[i] != '>' && b[i] != '/' && !is_white(b[i]); i++, length++)
        if (length < NAME_LENGTH)
            tag->name[length] = (char)utf8_lower((unsigned char)b[i]);
    tag->name[length <= NAME_LENGTH ? length : 0] = '\0';
    /* A > inside of a quoted value does not end the tag. */
    char quote = 0;
    bool value = false; /* a quote counts only behind = */
    for (; i < page->length && (quote != 0 || b[i] != '>'); i++) {
        if (quote != 0)
            quote = b[i] == quote ? 0 : quote;
        else if ((b[i] == '"' || b[i] == '\'') && value)
            quote = b[i];
        if (!is_white(b[i]))
            value = b[i] == '=';
    }
    tag->end = i < page->length ? i + 1 : i;
    return true;
}

/* Behind the closing tag that belongs to the element whose content begins at at; 0 if there is none. */
static size_t find_end(struct page *page, size_t at, const char *name)
{
    bool is_raw = is_one_of(name, raw);
    if (!is_raw && page->unclosed > UNCLOSED_MAX)
        return 0;
    size_t depth = 1;
    while (at < page->length) {
        const char *next = memchr(page->bytes + at, '<', page->length - at);
        if (next == NULL)
            break;
        at = (size_t)(next - page->bytes);
        struct tag tag;
        bool closes = at + 1 < page->length && next[1] == '/';
        if ((is_raw && !closes) || !read_tag(page, at, &tag)) {
            at++;
            continue;
        }
        at = tag.end;
        if (strcmp(tag.name, name) == 0 && (depth = tag.closing ? depth - 1 : depth + 1) == 0)
            return at;
        if (!is_raw && !tag.closing && is_one_of(tag.name, raw)) {
            size_t end = find_end(page, at, tag.name);
            at = end > 0 ? end : page->length;
        }
    }
    page->unclosed++;
    return 0;
}

/* Where to go on behind an opening tag: behind the whole element if it is left out. */
static size_t skip_element(struct page *page, const struct tag *tag)
{
    if (tag->closing)
        return tag->end;
    bool is_raw = is_one_of(tag->name, raw);
    if (!is_raw && !is_one_of(tag->name, left_out))
        return tag->end;
    size_t end = find_end(page, tag->end, tag->name);
    if (end > 0)
        return end;
    /* Never closed: of a script nothing behind it is text, of anything else the tag is a mistake. */
    return is_raw ? page->length : tag->end;
}

/* ---- the article's place -------------------------------------------------------------------------- */

/* How many bytes of text, not counting white space, are between two places. */
static size_t count_text(struct page *page, size_t at, size_t end)
{
    size_t count = 0;
    while (at < end) {
        struct tag tag;
        if (page->bytes[at] == '<' && read_tag(page, at, &tag)) {
            at = skip_element(page, &tag);
            continue;
        }
        count += !is_white(page->bytes[at]);
        at++;
    }
    return count;
}

/*
 * Narrows [start, end) to the element of that name that holds most of the text that such elements hold. A
 * list of many articles is no article.
 */
static bool find_main(struct page *page, const char *name, size_t *start, size_t *end)
{
    size_t most = 0;
    size_t all = 0;
    for (size_t at = 0; at < page->length;) {
        const char *next = memchr(page->bytes + at, '<', page->length - at);
        struct tag tag;
        if (next == NULL)
            break;
        at = (size_t)(next - page->bytes);
        if (!read_tag(page, at, &tag)) {
            at++;
            continue;
        }
        size_t behind;
        if (!tag.closing && strcmp(tag.name, name) == 0 && (behind = find_end(page, tag.end, name)) > 0) {
            size_t count = count_text(page, tag.end, behind);
            all += count;
            if (count > most) {
                most = count;
                *start = tag.end;
                *end = behind;
            }
        } else
            behind = skip_element(page, &tag);
        at = behind > at ? behind : tag.end;
    }
    return most > 0 && most * 3 >= all * 2;
}

/* ---- text ----------------------------------------------------------------------------------------- */

/* Markup and white space since the last character of text. */
struct gap {
    size_t start, end;
    size_t breaks;
    bool white, paragraph;
};

struct writer {
    struct page *page;
    struct buffer *buffer;
    struct text_map *map;
    struct gap gap;
    size_t base;         /* of the buffer */
    size_t preformatted; /* elements open in which line breaks count */
    bool failed;
};

static void put(struct writer *writer, const char *bytes, size_t length, size_t start, size_t end)
{
    size_t new_start = writer->buffer->length - writer->base;
    buffer_append(writer->buffer, bytes, length);
    if (end - start == length && memcmp(writer->page->bytes + start, bytes, length) == 0)
        return;
    if (!map_add(writer->map, new_start, writer->buffer->length - writer->base, start, end))
        writer->failed = true;
}

/* Text follows at at: what is between it and the text before becomes a blank, a break or nothing. */
static void end_gap(struct writer *writer, size_t at)
{
    struct gap *gap = &writer->gap;
    if (gap->end > gap->start) {
        const char *as = gap->paragraph || gap->breaks > 1 ? "\n\n"
                         : gap->breaks > 0                 ? "\n"
                         : gap->white                      ? " "
                                                           : "";
        if (writer->buffer->length == writer->base)
            as = "";
        put(writer, as, strlen(as), gap->start, gap->end);
    }
    *gap = (struct gap){.start = at, .end = at};
}

static void add_gap(struct writer *writer, size_t start, size_t end)
{
    if (writer->gap.end == writer->gap.start)
        writer->gap.start = start;
    writer->gap.end = end;
}

/* A tag, comment or declaration is a gap; where to go on. */
static size_t pass_tag(struct writer *writer, size_t at, const struct tag *tag)
{
    size_t next = skip_element(writer->page, tag);
    add_gap(writer, at, next);
    if (strcmp(tag->name, "br") == 0)
        writer->gap.breaks++;
    else if (is_one_of(tag->name, blocks))
        writer->gap.paragraph = true;
    if (strcmp(tag->name, "pre") == 0 && !tag->closing)
        writer->preformatted++;
    else if (strcmp(tag->name, "pre") == 0 && writer->preformatted > 0)
        writer->preformatted--;
    return next;
}

static size_t pass_white(struct writer *writer, size_t at)
{
    add_gap(writer, at, at + 1);
    if (writer->page->bytes[at] == '\n' && writer->preformatted > 0)
        writer->gap.breaks++;
    writer->gap.white = true;
    return at + 1;
}

/* A character reference, or characters up to what may be none; where to go on. */
static size_t take_text(struct writer *writer, size_t at, size_t end)
{
    const char *bytes = writer->page->bytes;
    int32_t code;
    end_gap(writer, at);
    size_t size = bytes[at] == '&' ? entities_read((const unsigned char *)bytes + at, end - at, &code) : 0;
    if (size > 0) {
        char encoded[4];
        size_t count = (size_t)utf8proc_encode_char(code, (utf8proc_uint8_t *)encoded);
        put(writer, encoded, count, at, at + size);
        return at + size;
    }
    size_t text_end = at + 1;
    while (text_end < end && bytes[text_end] != '<' && bytes[text_end] != '&' && !is_white(bytes[text_end]))
        text_end++;
    buffer_append(writer->buffer, bytes + at, text_end - at);
    return text_end;
}

bool html_text(const char *bytes, size_t length, struct buffer *buffer, struct text_map *map)
{
    struct page page = {bytes, length, 0};
    size_t start = 0;
    size_t end = length;
    if (!find_main(&page, "article", &start, &end) && !find_main(&page, "main", &start, &end)) {
        start = 0;
        end = length;
    }
    struct writer writer = {.page = &page, .buffer = buffer, .map = map, .base = buffer->length};
    add_gap(&writer, 0, start);
    for (size_t at = start; at < end && !writer.failed;) {
        struct tag tag;
        if (bytes[at] == '<' && read_tag(&page, at, &tag))
            at = pass_tag(&writer, at, &tag);
        else if (is_white(bytes[at]))
            at = pass_white(&writer, at);
        else
            at = take_text(&writer, at, end);
    }
    return !writer.failed && !buffer->failed;
}
