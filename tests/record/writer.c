/*
 * What the writer writes is XML that says what the records say: a parser makes the same tree of it as of what
 * libxml2's own writer gives for the same records.
 */
#include <criterion/criterion.h>
#include <libxml/parser.h>
#include <libxml/xmlwriter.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "../../extractor/base/buffer.h"
#include "../../extractor/trich.h"
#include "../thin.h"

static bool append(void *closure, const char *bytes, size_t length)
{
    struct buffer *buffer = closure;
    buffer_append(buffer, bytes, length);
    return !buffer->failed;
}

/* ---- the same with libxml2 ---- */

/* What XML can carry of a string, by the grammar of XML 1.0 (production Char): the rest is U+FFFD. */
static xmlChar *carried(const char *string, size_t length)
{
    struct buffer buffer;
    buffer_init(&buffer);
    for (size_t i = 0; i < length;) {
        utf8proc_int32_t code;
        utf8proc_ssize_t step =
            utf8proc_iterate((const utf8proc_uint8_t *)string + i, (utf8proc_ssize_t)(length - i), &code);
        bool good =
            step > 0 && (code == 0x9 || code == 0xA || code == 0xD || (code >= 0x20 && code <= 0xD7FF) ||
                         (code >= 0xE000 && code <= 0xFFFD) || code >= 0x10000);
        if (good)
            buffer_append(&buffer, string + i, (size_t)step);
        else
            buffer_append_string(&buffer, "\xef\xbf\xbd");
        i += step > 0 ? (size_t)step : 1;
    }
    xmlChar *copy = xmlStrndup(BAD_CAST(buffer.data != NULL ? buffer.data : ""), (int)buffer.length);
    buffer_clear(&buffer);
    return copy;
}

static void libxml_attribute(xmlTextWriterPtr writer, const char *name, const char *value)
{
    xmlChar *clean = carried(value, strlen(value));
    cr_assert(xmlTextWriterWriteAttribute(writer, BAD_CAST name, clean) >= 0);
    xmlFree(clean);
}

static void libxml_record(xmlTextWriterPtr writer, const struct trich_article *article,
                          const struct trich_record *record)
{
    xmlChar *clean = carried(record->content, record->content_length);
    xmlTextWriterStartElement(writer, BAD_CAST record->kind);
    xmlTextWriterWriteFormatAttribute(writer, BAD_CAST "start", "%zu", record->start);
    xmlTextWriterWriteFormatAttribute(writer, BAD_CAST "end", "%zu", record->end);
    for (size_t i = 0; i < record->attribute_count; i++)
        libxml_attribute(writer, record->attributes[i].name, record->attributes[i].value);
    if (record->same_as > 0)
        xmlTextWriterWriteFormatAttribute(writer, BAD_CAST "same-as", "%zu",
                                          article->records[record->same_as - 1].start);
    xmlTextWriterWriteString(writer, clean);
    xmlTextWriterEndElement(writer);
    xmlFree(clean);
}

static xmlDocPtr by_libxml(const struct trich_article *articles, size_t count)
{
    static const char *const from[] = {NULL, "option", "metadata", "text"};
    xmlBufferPtr buffer = xmlBufferCreate();
    xmlTextWriterPtr writer = xmlNewTextWriterMemory(buffer, 0);
    xmlTextWriterStartDocument(writer, NULL, "UTF-8", NULL);
    xmlTextWriterStartElementNS(writer, NULL, BAD_CAST "records", BAD_CAST TRICH_NAMESPACE);
    for (size_t i = 0; i < count; i++) {
        const struct trich_article *article = &articles[i];
        xmlTextWriterStartElement(writer, BAD_CAST "article");
        if (*article->source != '\0')
            libxml_attribute(writer, "source", article->source);
        if (article->date != NULL) {
            libxml_attribute(writer, "date", article->date);
            libxml_attribute(writer, "date-from", from[article->date_from]);
        }
        for (size_t j = 0; j < article->record_count; j++)
            libxml_record(writer, article, &article->records[j]);
        xmlTextWriterEndElement(writer);
    }
    xmlTextWriterEndDocument(writer);
    xmlFreeTextWriter(writer);
    xmlDocPtr document = xmlReadMemory((const char *)xmlBufferContent(buffer), xmlBufferLength(buffer),
                                       "libxml2's", NULL, XML_PARSE_NONET);
    xmlBufferFree(buffer);
    cr_assert_not_null(document);
    return document;
}

/* ---- comparing trees ---- */

/* Blanks between elements; of a record they are what it holds. */
static bool is_layout(const xmlNode *node)
{
    return node->type == XML_TEXT_NODE && xmlIsBlankNode(node) &&
           (xmlStrEqual(node->parent->name, BAD_CAST "article") ||
            xmlStrEqual(node->parent->name, BAD_CAST "records"));
}

static const xmlNode *skip_layout(const xmlNode *node)
{
    while (node != NULL && is_layout(node))
        node = node->next;
    return node;
}

static void same_attributes(const xmlNode *a, const xmlNode *b)
{
    const xmlAttr *p = a->properties;
    const xmlAttr *q = b->properties;
    for (; p != NULL && q != NULL; p = p->next, q = q->next) {
        xmlChar *one = xmlNodeListGetString(a->doc, p->children, 1);
        xmlChar *other = xmlNodeListGetString(b->doc, q->children, 1);
        cr_assert(xmlStrEqual(p->name, q->name), "attribute %s is not %s", p->name, q->name);
        cr_assert(xmlStrEqual(one, other), "%s=\"%s\" is not \"%s\"", p->name, one, other);
        xmlFree(one);
        xmlFree(other);
    }
    cr_assert(p == NULL && q == NULL, "<%s>: an attribute more", a->name);
}

static void same_tree(const xmlNode *a, const xmlNode *b)
{
    cr_assert_eq(a->type, b->type);
    if (a->type == XML_TEXT_NODE) {
        cr_assert(xmlStrEqual(a->content, b->content), "'%s' is not '%s'", a->content, b->content);
        return;
    }
    cr_assert(xmlStrEqual(a->name, b->name), "<%s> is not <%s>", a->name, b->name);
    cr_assert(a->ns != NULL && b->ns != NULL && xmlStrEqual(a->ns->href, b->ns->href));
    same_attributes(a, b);
    const xmlNode *p = skip_layout(a->children);
    const xmlNode *q = skip_layout(b->children);
    for (; p != NULL && q != NULL; p = skip_layout(p->next), q = skip_layout(q->next))
        same_tree(p, q);
    cr_assert(p == NULL && q == NULL, "<%s>: a child more", a->name);
}

static xmlDocPtr parse(const struct buffer *buffer)
{
    cr_assert(!buffer->failed);
    xmlDocPtr document = xmlReadMemory(buffer->data, (int)buffer->length, "ours", NULL, XML_PARSE_NONET);
    cr_assert(document != NULL, "no well-formed XML: %s", buffer->data);
    return document;
}

static void check(const struct trich_article *articles, size_t count)
{
    struct buffer buffer;
    buffer_init(&buffer);
    cr_assert(trich_write_head(append, &buffer));
    for (size_t i = 0; i < count; i++)
        cr_assert(trich_write_article(&articles[i], append, &buffer));
    cr_assert(trich_write_tail(append, &buffer));
    xmlDocPtr ours = parse(&buffer);
    xmlDocPtr theirs = by_libxml(articles, count);
    same_tree(xmlDocGetRootElement(ours), xmlDocGetRootElement(theirs));
    xmlFreeDoc(ours);
    xmlFreeDoc(theirs);
    for (size_t i = 0; i < count; i++) {
        buffer_reset(&buffer);
        cr_assert(trich_write_line(&articles[i], append, &buffer));
        cr_assert(strchr(buffer.data, '\n') == buffer.data + buffer.length - 1, "more than one line: %s",
                  buffer.data);
        ours = parse(&buffer);
        theirs = by_libxml(&articles[i], 1);
        same_tree(xmlDocGetRootElement(ours), xmlDocGetRootElement(theirs));
        xmlFreeDoc(ours);
        xmlFreeDoc(theirs);
    }
    buffer_clear(&buffer);
}

/* ---- the cases ---- */

static struct trich_record record_of(const char *content, size_t length)
{
    return (struct trich_record){
        .kind = "plate", .start = 7, .end = 19, .content = content, .content_length = length};
}

/* Every byte, every character that something in XML is special about, and ill-formed UTF-8 of each sort. */
static const char *const hard[] = {
    "plain",
    "",
    " blanks  around ",
    "<a>&amp;&#10;]]>\"'</a><!-- -- --><![CDATA[",
    "tab\tbreak\nreturn\rboth\r\nend\n",
    "ngày 7 tháng 11 năm 2022 \xe2\x80\x93 Đắk Lắk, thị xã Ủy",
    "nga\xcc\x80y \xf0\x9f\x8c\x8a wave",
    "U+FFFE \xef\xbf\xbe U+FFFF \xef\xbf\xbf U+FFFD \xef\xbf\xbd U+FEFF \xef\xbb\xbf U+FFFC \xef\xbf\xbc",
    "C1 \xc2\x80 \xc2\x85 \xc2\x9f DEL \x7f line separator \xe2\x80\xa8",
    "Latin-1 \xf4 \xe9",
    "overlong \xc0\xaf \xe0\x80\xaf",
    "surrogate \xed\xa0\x80 beyond \xf4\x90\x80\x80 last \xf4\x8f\xbf\xbf",
    "cut \xe1\xbb",
    "lone \x80 continuation",
};
enum { HARD_COUNT = sizeof hard / sizeof hard[0] };

Test(writer, hard_strings_are_carried_in_content_attribute_and_name)
{
    for (size_t i = 0; i < HARD_COUNT; i++) {
        struct trich_attribute attributes[] = {{"first", hard[i]}, {"second", "2"}};
        struct trich_record record = record_of(hard[i], strlen(hard[i]));
        record.attributes = attributes;
        record.attribute_count = 2;
        struct trich_article article = {.source = hard[i], .records = &record, .record_count = 1};
        check(&article, 1);
    }
}

Test(writer, every_ascii_character_is_carried_or_replaced)
{
    char all[0x80];
    char named[0x80]; /* without NUL, which ends a string */
    for (int c = 0; c < 0x80; c++)
        all[c] = (char)c;
    memcpy(named, all + 1, 0x7f);
    named[0x7f] = '\0';
    struct trich_attribute attribute = {"all", named};
    struct trich_record record = record_of(all, sizeof all);
    record.attributes = &attribute;
    record.attribute_count = 1;
    struct trich_article article = {.source = named, .records = &record, .record_count = 1};
    check(&article, 1);
}

/* Bytes are looked at several at once. */
Test(writer, a_byte_is_seen_wherever_it_stands)
{
    enum { PLACES = 18, BYTES = 256 };
    static char strings[BYTES][PLACES + 1];
    static struct trich_attribute attributes[BYTES];
    static struct trich_record records[BYTES];
    for (size_t place = 0; place < PLACES; place++) {
        for (size_t byte = 1; byte < BYTES; byte++) {
            memset(strings[byte], '!' + (char)(byte % 0x40), PLACES);
            strings[byte][place] = (char)byte;
            attributes[byte] = (struct trich_attribute){"value", strings[byte]};
            records[byte] = record_of(strings[byte], PLACES);
            records[byte].attributes = &attributes[byte];
            records[byte].attribute_count = 1;
        }
        struct trich_article article = {.source = "", .records = records + 1, .record_count = BYTES - 1};
        check(&article, 1);
    }
}

Test(writer, articles_with_and_without_everything)
{
    static const struct trich_attribute attributes[] = {{"value", "2022-11-07"}, {"resolved", "context"}};
    struct trich_record records[] = {
        {.kind = "document-number", .start = 0, .end = 9, .content = "28-CTr/TU", .content_length = 9},
        {.kind = "date",
         .start = 10,
         .end = 15,
         .content = "07/11",
         .content_length = 5,
         .attributes = attributes,
         .attribute_count = 2},
        {.kind = "document-number",
         .start = (size_t)-2,
         .end = (size_t)-1,
         .content = "28",
         .content_length = 2,
         .same_as = 1},
    };
    struct trich_article articles[] = {
        {.source = ""},
        {.source = "a.txt",
         .date = "2022",
         .date_from = TRICH_DATE_OPTION,
         .records = records,
         .record_count = 3},
        {.source = "b.txt", .date = "2022-11", .date_from = TRICH_DATE_METADATA},
        {.source = "",
         .date = "2022-11-07",
         .date_from = TRICH_DATE_TEXT,
         .records = records,
         .record_count = 2},
    };
    check(articles, sizeof articles / sizeof articles[0]);
    check(articles, 0);
}

/* Longer than what is gathered before it is handed on, and across that border at every place. */
Test(writer, length_does_not_matter)
{
    enum { LONG = 100000 };
    char *text = malloc(LONG + 1);
    cr_assert_not_null(text);
    for (size_t i = 0; i < LONG; i++)
        text[i] = "abc&<x\n\001"[i % 8];
    text[LONG] = '\0';
    for (size_t length = 8100; length < 8250; length += thin()) {
        struct trich_record record = record_of(text, length);
        struct trich_article article = {.source = "", .records = &record, .record_count = 1};
        check(&article, 1);
    }
    struct trich_attribute attribute = {"long", text};
    struct trich_record record = record_of(text, LONG);
    record.attributes = &attribute;
    record.attribute_count = 1;
    struct trich_article article = {.source = text, .records = &record, .record_count = 1};
    check(&article, 1);
    free(text);
}

Test(writer, random_bytes)
{
    srand(20221107);
    for (size_t round = 0; round < 2000 / thin(); round++) {
        char text[64];
        size_t length = (size_t)rand() % (sizeof text - 1);
        for (size_t i = 0; i < length; i++)
            text[i] = (char)(rand() % 4 != 0 ? rand() % 256 : "&<>\"\t\n\r\xef\xbf\xbe"[rand() % 10]);
        text[length] = '\0';
        struct trich_attribute attribute = {"random", text};
        struct trich_record record = record_of(text, length);
        record.attributes = &attribute;
        record.attribute_count = 1;
        struct trich_article article = {.source = text, .records = &record, .record_count = 1};
        check(&article, 1);
    }
}

/* Refuses from a certain call on. */
struct refusal {
    size_t calls, good;
};

static bool refuse(void *closure, const char *bytes, size_t length)
{
    struct refusal *refusal = closure;
    (void)bytes;
    cr_assert_gt(length, 0);
    return refusal->calls++ < refusal->good;
}

Test(writer, a_refusal_is_told_and_ends_it)
{
    enum { RECORDS = 2000 };
    struct trich_record *records = malloc(RECORDS * sizeof *records);
    cr_assert_not_null(records);
    for (size_t i = 0; i < RECORDS; i++)
        records[i] = record_of("29-A1 234.56", 12);
    struct trich_article article = {.source = "a.txt", .records = records, .record_count = RECORDS};
    struct refusal refusal = {0, 0};
    cr_assert_not(trich_write_head(refuse, &refusal));
    cr_assert_not(trich_write_tail(refuse, &refusal));
    cr_assert_not(trich_write_line(NULL, refuse, &refusal));
    struct refusal all = {0, (size_t)-1};
    cr_assert(trich_write_article(&article, refuse, &all));
    cr_assert_gt(all.calls, 3);
    for (size_t good = 0; good < all.calls; good++) {
        refusal = (struct refusal){0, good};
        cr_assert_not(trich_write_article(&article, refuse, &refusal));
        cr_assert_eq(refusal.calls, good + 1, "written on after a refusal");
    }
    free(records);
}

Test(writer, the_form_is_the_contracts)
{
    static const struct trich_attribute attributes[] = {{"value", "2023-11-07"}, {"resolved", "context"}};
    struct trich_record record = {.kind = "date",
                                  .start = 0,
                                  .end = 11,
                                  .content = "Ngày 07/11",
                                  .content_length = 11,
                                  .attributes = attributes,
                                  .attribute_count = 2};
    struct trich_article article = {.source = "seed.txt",
                                    .date = "2023-11-07",
                                    .date_from = TRICH_DATE_TEXT,
                                    .records = &record,
                                    .record_count = 1};
    struct buffer buffer;
    buffer_init(&buffer);
    trich_write_head(append, &buffer);
    trich_write_article(&article, append, &buffer);
    trich_write_tail(append, &buffer);
    cr_assert_str_eq(
        buffer.data,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<records xmlns=\"urn:trich:records:1\">\n"
        "  <article source=\"seed.txt\" date=\"2023-11-07\" date-from=\"text\">\n"
        "    <date start=\"0\" end=\"11\" value=\"2023-11-07\" resolved=\"context\">Ngày 07/11</date>\n"
        "  </article>\n"
        "</records>\n");
    buffer_reset(&buffer);
    trich_write_line(NULL, append, &buffer);
    cr_assert_str_eq(buffer.data, "<records xmlns=\"urn:trich:records:1\"></records>\n");
    buffer_clear(&buffer);
}
