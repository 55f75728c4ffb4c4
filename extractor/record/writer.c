/*
 * Records as XML. A writer of its own, because it is asked for millions of small elements: libxml2's would
 * allocate for each. Bytes are gathered on the stack and handed on a few kilobytes at a time.
 */
#include "../base/slice.h"
#include "../base/utf8.h"
#include "../trich.h"

#include <utf8proc.h>

#define EACH_BYTE UINT64_C(0x0101010101010101)
#define ROOT "<records xmlns=\"" TRICH_NAMESPACE "\">"
#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

/* Most pieces are a few bytes long: they are copied byte by byte, which is faster than calling memcpy for
 * each. */
struct sink {
    char *p;           /* where the next byte goes */
    const char *limit; /* p may be here and SLACK bytes will still fit */
    trich_write *write;
    void *closure;
    bool failed;
    char bytes[8192];
};

enum { SLACK = 64 };

static void start(struct sink *sink, trich_write *write, void *closure)
{
    sink->p = sink->bytes;
    sink->limit = sink->bytes + sizeof sink->bytes - SLACK;
    sink->write = write;
    sink->closure = closure;
    sink->failed = false;
}

static void flush(struct sink *sink)
{
    size_t length = (size_t)(sink->p - sink->bytes);
    if (length > 0 && !sink->failed)
        sink->failed = !sink->write(sink->closure, sink->bytes, length);
    sink->p = sink->bytes;
}

static bool finish(struct sink *sink)
{
    flush(sink);
    return !sink->failed;
}

/* At most SLACK bytes. */
static inline void put(struct sink *sink, const char *bytes, size_t length)
{
    if (sink->p > sink->limit)
        flush(sink);
    memcpy(sink->p, bytes, length);
    sink->p += length;
}

#define PUT(sink, literal) put(sink, literal, sizeof(literal) - 1)

static void put_string(struct sink *sink, const char *string)
{
    /* A local pointer: bytes written through sink->p could be part of *sink, as far as the compiler knows. */
    char *p = sink->p;
    for (; *string != '\0'; string++) {
        if (p > sink->limit) {
            sink->p = p;
            flush(sink);
            p = sink->p;
        }
        *p++ = *string;
    }
    sink->p = p;
}

static void put_number(struct sink *sink, size_t number)
{
    char digits[24];
    char *p = digits + sizeof digits;
    do
        *--p = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    put(sink, p, (size_t)(digits + sizeof digits - p));
}

enum place { IN_TEXT, IN_ATTRIBUTE, IN_LINE }; /* IN_LINE: text of a document that is to be one line */

/* What stands for the character at p in XML; {NULL, 0} if it stands for itself. *step: its bytes. */
static struct slice replacement(const char *p, size_t left, enum place place, size_t *step)
{
    static const struct slice itself;
    unsigned char c = (unsigned char)*p;
    *step = 1;
    if (c >= 0x80) {
        utf8proc_int32_t code;
        utf8proc_ssize_t length =
            utf8proc_iterate((const utf8proc_uint8_t *)p, (utf8proc_ssize_t)left, &code);
        if (length > 0)
            *step = (size_t)length;
        return length <= 0 || code == 0xfffe || code == 0xffff ? SLICE(REPLACEMENT) : itself;
    }
    switch (c) {
    case '&':
        return SLICE("&amp;");
    case '<':
        return SLICE("&lt;");
    case '>':
        return SLICE("&gt;");
    case '"':
        return place == IN_ATTRIBUTE ? SLICE("&quot;") : itself;
    case '\t': /* a parser makes a blank of it, and of a line break, in an attribute */
        return place == IN_ATTRIBUTE ? SLICE("&#9;") : itself;
    case '\n':
        return place == IN_TEXT ? itself : SLICE("&#10;");
    case '\r':
        return SLICE("&#13;");
    default:
        return c < 0x20 ? SLICE(REPLACEMENT) : itself;
    }
}

/*
 * How a character begins: 0: with a byte that stands for itself everywhere; 2, 3: with one that leads so
 * many, whatever the others are, as long as they continue it; 1: look closer.
 */
static unsigned char lead_of(unsigned char c)
{
    static const unsigned char ascii[0x80] = {
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,         1,         1,         1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, ['"'] = 1, ['&'] = 1, ['<'] = 1, ['>'] = 1,
    };
    if (c < 0x80)
        return ascii[c];
    if (c >= 0xc2 && c <= 0xdf)
        return 2;
    return c >= 0xe1 && c <= 0xee && c != 0xed ? 3 : 1;
}

/* Whether a byte is zero among eight; where one is, those above it may be taken for zero too. */
static uint64_t zero_bytes(uint64_t bytes)
{
    return (bytes - 0x01 * EACH_BYTE) & ~bytes & 0x80 * EACH_BYTE;
}

/* Whether eight bytes are ASCII and stand for themselves everywhere. */
static bool are_plain(uint64_t bytes)
{
    uint64_t control = bytes - 0x20 * EACH_BYTE; /* a borrow sets the highest bit */
    uint64_t angles = zero_bytes((bytes | ('<' ^ '>') * EACH_BYTE) ^ '>' * EACH_BYTE);
    uint64_t others = zero_bytes((bytes | ('"' ^ '&') * EACH_BYTE) ^ '&' * EACH_BYTE);
    return ((bytes | control | angles | others) & 0x80 * EACH_BYTE) == 0;
}

static void escape(struct sink *sink, const char *text, size_t length, enum place place)
{
    const char *limit = sink->limit;
    const char *end = text + length;
    char *p = sink->p;
    /* Numbers, days and identifiers are ASCII from their start on. */
    for (uint64_t bytes; end - text >= (ptrdiff_t)sizeof bytes; text += sizeof bytes) {
        memcpy(&bytes, text, sizeof bytes);
        if (p > limit || !are_plain(bytes))
            break;
        memcpy(p, &bytes, sizeof bytes);
        p += sizeof bytes;
    }
    while (text < end) {
        if (p > limit) {
            sink->p = p;
            flush(sink);
            p = sink->p;
        }
        const char *fits = (size_t)(end - text) > SLACK ? text + SLACK : end;
        const char *from = text;
        while (text < fits && lead_of((unsigned char)*text) == 0)
            *p++ = *text++;
        if (text > from)
            continue;
        unsigned char lead = lead_of((unsigned char)*text);
        size_t left = (size_t)(end - text);
        if (lead == 2 && left >= 2 && utf8_is_inside(text[1])) {
            *p++ = *text++;
            *p++ = *text++;
        } else if (lead == 3 && left >= 3 && utf8_is_inside(text[1]) && utf8_is_inside(text[2])) {
            *p++ = *text++;
            *p++ = *text++;
            *p++ = *text++;
        } else {
            size_t step;
            struct slice other = replacement(text, left, place, &step);
            if (other.data == NULL)
                other = (struct slice){text, step};
            memcpy(p, other.data, other.length);
            p += other.length;
            text += step;
        }
    }
    sink->p = p;
}

static void put_attribute(struct sink *sink, const char *name, const char *value)
{
    PUT(sink, " ");
    put_string(sink, name);
    PUT(sink, "=\"");
    escape(sink, value, strlen(value), IN_ATTRIBUTE);
    PUT(sink, "\"");
}

static void put_record(struct sink *sink, const struct trich_article *article,
                       const struct trich_record *record, enum place place)
{
    PUT(sink, "<");
    put_string(sink, record->kind);
    PUT(sink, " start=\"");
    put_number(sink, record->start);
    PUT(sink, "\" end=\"");
    put_number(sink, record->end);
    PUT(sink, "\"");
    for (size_t i = 0; i < record->attribute_count; i++)
        put_attribute(sink, record->attributes[i].name, record->attributes[i].value);
    if (record->same_as != 0) {
        PUT(sink, " same-as=\"");
        put_number(sink, article->records[record->same_as - 1].start);
        PUT(sink, "\"");
    }
    PUT(sink, ">");
    escape(sink, record->content, record->content_length, place);
    PUT(sink, "</");
    put_string(sink, record->kind);
    PUT(sink, ">");
}

static void put_article(struct sink *sink, const struct trich_article *article, bool one_line)
{
    static const char *const from[] = {"", "option", "metadata", "text"};
    PUT(sink, "<article");
    if (*article->source != '\0')
        put_attribute(sink, "source", article->source);
    if (article->date != NULL) {
        put_attribute(sink, "date", article->date);
        put_attribute(sink, "date-from", from[article->date_from]);
    }
    put_string(sink, one_line ? ">" : ">\n");
    for (size_t i = 0; i < article->record_count; i++) {
        if (!one_line)
            PUT(sink, "    ");
        put_record(sink, article, &article->records[i], one_line ? IN_LINE : IN_TEXT);
        if (!one_line)
            PUT(sink, "\n");
    }
    put_string(sink, one_line ? "</article>" : "  </article>\n");
}

static bool write_string(const char *string, trich_write *write, void *closure)
{
    return write(closure, string, strlen(string));
}

bool trich_write_head(trich_write *write, void *closure)
{
    return write_string("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" ROOT "\n", write, closure);
}

bool trich_write_tail(trich_write *write, void *closure)
{
    return write_string("</records>\n", write, closure);
}

bool trich_write_article(const struct trich_article *article, trich_write *write, void *closure)
{
    struct sink sink;
    start(&sink, write, closure);
    PUT(&sink, "  ");
    put_article(&sink, article, false);
    return finish(&sink);
}

bool trich_write_line(const struct trich_article *article, trich_write *write, void *closure)
{
    struct sink sink;
    start(&sink, write, closure);
    put_string(&sink, ROOT);
    if (article != NULL)
        put_article(&sink, article, true);
    PUT(&sink, "</records>\n");
    return finish(&sink);
}
