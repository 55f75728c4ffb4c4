/*
 * Records files, read with libxml2: expected records of samples, or what an earlier run wrote.
 *
 * The form is checked here and not by the schema, because the messages can then say what to do.
 */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <libxml/SAX2.h>
#include <libxml/parser.h>

#include "../base/arena.h"
#include "../base/buffer.h"
#include "../base/calendar.h"
#include "../base/error.h"
#include "../base/file.h"
#include "../base/xml.h"

struct trich_records {
    struct arena arena;
    struct trich_article *articles;
    size_t **lines; /* per article, of each record */
    size_t count;
};

struct reader {
    struct trich_records *records;
    const char *name; /* of the file */
    struct trich_error *error;
};

/* Of an element: the line that its start tag ends in. */
static size_t line_of(xmlNodePtr node)
{
    return (size_t)(intptr_t)node->_private;
}

__attribute__((format(printf, 3, 4))) static bool complain(const struct reader *reader, xmlNodePtr node,
                                                           const char *format, ...)
{
    char message[sizeof reader->error->message];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return error_set(reader->error, TRICH_ERROR_RECORDS, reader->name, line_of(node), 0, "%s", message);
}

static bool is_ours(xmlNodePtr node)
{
    return node->ns != NULL && strcmp((const char *)node->ns->href, TRICH_NAMESPACE) == 0;
}

/* A copy of what libxml2 gave, which is freed. NULL when out of memory. */
static char *keep(const struct reader *reader, xmlChar *string)
{
    char *copy = NULL;
    if (string != NULL)
        copy = arena_string(&reader->records->arena, slice_from((const char *)string));
    xmlFree(string);
    return copy;
}

static char *attribute_value(const struct reader *reader, xmlAttrPtr attribute)
{
    /* NULL for an empty value. */
    xmlChar *value = xmlNodeListGetString(attribute->doc, attribute->children, 1);
    return keep(reader, value != NULL ? value : xmlStrdup(BAD_CAST ""));
}

/* The next element; *stray is set if anything but blanks, comments and elements comes before it. */
static xmlNodePtr next_element(xmlNodePtr node, xmlNodePtr *stray)
{
    for (; node != NULL && node->type != XML_ELEMENT_NODE; node = node->next)
        if (node->type != XML_COMMENT_NODE && node->type != XML_PI_NODE && !xmlIsBlankNode(node))
            *stray = node;
    return node;
}

static size_t count_elements(xmlNodePtr node)
{
    size_t count = 0;
    for (; node != NULL; node = node->next)
        count += node->type == XML_ELEMENT_NODE;
    return count;
}

static bool read_offset(const struct reader *reader, xmlNodePtr node, const char *name, const char *value,
                        size_t *offset)
{
    char *end = NULL;
    errno = 0;
    unsigned long long number = *value >= '0' && *value <= '9' ? strtoull(value, &end, 10) : 0;
    if (end == NULL || *end != '\0' || errno != 0 || number > SIZE_MAX)
        return complain(reader, node, "%s=\"%s\" is no offset: give a number of bytes", name, value);
    *offset = (size_t)number;
    return true;
}

/* same-as="START": the record in front that starts there. */
static bool read_same_as(const struct reader *reader, xmlNodePtr node, const char *value,
                         const struct trich_record *list, struct trich_record *record)
{
    size_t start = 0;
    if (!read_offset(reader, node, "same-as", value, &start))
        return false;
    size_t i = 0;
    size_t count = (size_t)(record - list);
    for (size_t end = count; i < end;) { /* records are in order of start */
        size_t middle = i + (end - i) / 2;
        if (list[middle].start < start)
            i = middle + 1;
        else
            end = middle;
    }
    if (i == count || list[i].start != start)
        return complain(reader, node, "same-as=\"%s\": no record in front of this one starts there", value);
    record->same_as = i + 1;
    return true;
}

/* list: the article's records, of which record is the last so far. */
static bool read_attributes(const struct reader *reader, xmlNodePtr node, const struct trich_record *list,
                            struct trich_record *record)
{
    struct arena *arena = &reader->records->arena;
    bool has_start = false;
    bool has_end = false;
    size_t count = 0;
    for (xmlAttrPtr a = node->properties; a != NULL; a = a->next)
        count++;
    struct trich_attribute *attributes = arena_calloc(arena, count + 1, sizeof *attributes);
    if (attributes == NULL)
        return error_memory(reader->error);
    record->attributes = attributes;
    for (xmlAttrPtr a = node->properties; a != NULL; a = a->next) {
        const char *name = (const char *)a->name;
        if (a->ns != NULL)
            return complain(reader, node, "the attribute '%s' is in a namespace: no attribute of a record is",
                            name);
        const char *value = attribute_value(reader, a);
        if (value == NULL)
            return error_memory(reader->error);
        if (strcmp(name, "start") == 0) {
            has_start = true;
            if (!read_offset(reader, node, name, value, &record->start))
                return false;
        } else if (strcmp(name, "end") == 0) {
            has_end = true;
            if (!read_offset(reader, node, name, value, &record->end))
                return false;
        } else if (strcmp(name, "same-as") == 0) {
            if (!read_same_as(reader, node, value, list, record))
                return false;
        } else {
            struct trich_attribute *attribute = &attributes[record->attribute_count++];
            attribute->name = arena_string(arena, slice_from(name));
            attribute->value = value;
            if (attribute->name == NULL)
                return error_memory(reader->error);
        }
    }
    if (!has_start || !has_end)
        return complain(reader, node, "<%s> has no %s", record->kind, has_start ? "end" : "start");
    return true;
}

static bool read_record(const struct reader *reader, xmlNodePtr node, const struct trich_record *list,
                        struct trich_record *record)
{
    record->kind = arena_string(&reader->records->arena, slice_from((const char *)node->name));
    if (record->kind == NULL)
        return error_memory(reader->error);
    if (!read_attributes(reader, node, list, record))
        return false;
    if (record->start >= record->end)
        return complain(reader, node, "<%s> ends at %zu, which is not behind its start %zu", record->kind,
                        record->end, record->start);
    if (count_elements(node->children) > 0)
        return complain(reader, node, "<%s> holds another element: records do not nest", record->kind);
    record->content = keep(reader, xmlNodeGetContent(node));
    if (record->content == NULL)
        return error_memory(reader->error);
    record->content_length = strlen(record->content);
    return true;
}

static bool read_head(const struct reader *reader, xmlNodePtr node, struct trich_article *article)
{
    static const char *const sources[] = {"", "option", "metadata", "text"};
    struct day date;
    article->source = "";
    for (xmlAttrPtr a = node->properties; a != NULL; a = a->next) {
        const char *name = (const char *)a->name;
        const char *value = attribute_value(reader, a);
        if (value == NULL)
            return error_memory(reader->error);
        if (strcmp(name, "source") == 0) {
            article->source = value;
        } else if (strcmp(name, "date") == 0) {
            if (!calendar_read(slice_from(value), &date))
                return complain(reader, node, "date=\"%s\" is no date: write YYYY, YYYY-MM or YYYY-MM-DD",
                                value);
            article->date = value;
        } else if (strcmp(name, "date-from") == 0) {
            int from = TRICH_DATE_TEXT;
            while (from > TRICH_DATE_NONE && strcmp(value, sources[from]) != 0)
                from--;
            if (from == TRICH_DATE_NONE)
                return complain(reader, node, "date-from=\"%s\": write option, metadata or text", value);
            article->date_from = (enum trich_date_from)from;
        } else {
            return complain(reader, node, "<article> has no attribute '%s'", name);
        }
    }
    if ((article->date != NULL) != (article->date_from != TRICH_DATE_NONE))
        return complain(reader, node, "date and date-from go together: give both or none");
    return true;
}

static bool read_article(const struct reader *reader, xmlNodePtr node, struct trich_article *article,
                         size_t **lines)
{
    struct arena *arena = &reader->records->arena;
    size_t count = count_elements(node->children);
    struct trich_record *list = arena_calloc(arena, count + 1, sizeof *list);
    *lines = arena_calloc(arena, count + 1, sizeof **lines);
    if (list == NULL || *lines == NULL)
        return error_memory(reader->error);
    article->records = list;
    if (!read_head(reader, node, article))
        return false;
    xmlNodePtr stray = NULL;
    for (xmlNodePtr child = node->children; (child = next_element(child, &stray)) != NULL;
         child = child->next) {
        struct trich_record *record = &list[article->record_count];
        const char *name = (const char *)child->name;
        if (!is_ours(child))
            return complain(reader, child, "<%s> is not in the namespace %s", name, TRICH_NAMESPACE);
        if (strcmp(name, "article") == 0 || strcmp(name, "records") == 0)
            return complain(reader, child, "<%s> is no record", name);
        if (!read_record(reader, child, list, record))
            return false;
        if (article->record_count > 0 && record->start < record[-1].end)
            return complain(reader, child, "<%s> at %zu begins before the record in front of it ends, at %zu",
                            record->kind, record->start, record[-1].end);
        (*lines)[article->record_count++] = line_of(child);
    }
    if (stray != NULL)
        return complain(reader, node, "there is text between the records");
    return true;
}

static bool read_document(const struct reader *reader, xmlDocPtr document)
{
    struct trich_records *records = reader->records;
    xmlNodePtr root = xmlDocGetRootElement(document);
    if (document->intSubset != NULL)
        return complain(reader, root, "a records file has no DOCTYPE and no entities of its own: remove it");
    if (!is_ours(root) || strcmp((const char *)root->name, "records") != 0)
        return complain(reader, root, "the root element must be <records xmlns=\"%s\">", TRICH_NAMESPACE);
    if (root->properties != NULL)
        return complain(reader, root, "<records> has no attribute '%s'",
                        (const char *)root->properties->name);
    size_t count = count_elements(root->children);
    records->articles = arena_calloc(&records->arena, count + 1, sizeof *records->articles);
    records->lines = arena_calloc(&records->arena, count + 1, sizeof *records->lines);
    if (records->articles == NULL || records->lines == NULL)
        return error_memory(reader->error);
    xmlNodePtr stray = NULL;
    for (xmlNodePtr child = root->children; (child = next_element(child, &stray)) != NULL;
         child = child->next) {
        if (!is_ours(child) || strcmp((const char *)child->name, "article") != 0)
            return complain(reader, child, "<%s> is no <article> in the namespace %s",
                            (const char *)child->name, TRICH_NAMESPACE);
        if (!read_article(reader, child, &records->articles[records->count], &records->lines[records->count]))
            return false;
        records->count++;
    }
    if (stray != NULL)
        return complain(reader, root, "there is text between the articles");
    return true;
}

/* libxml2's own line of a node ends at 65535, so it is kept beside. */
static void start_element(void *closure, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                          int namespace_count, const xmlChar **namespaces, int attribute_count,
                          int default_count, const xmlChar **attributes)
{
    xmlParserCtxtPtr context = closure;
    xmlSAX2StartElementNs(closure, name, prefix, uri, namespace_count, namespaces, attribute_count,
                          default_count, attributes);
    if (context->node !=
        NULL) /* NOLINTNEXTLINE(performance-no-int-to-ptr): a number where a pointer would be */
        context->node->_private = (void *)(intptr_t)context->input->line;
}

/* Keeps the first complaint: those behind it are mostly its consequences. */
static void keep_complaint(void *closure, xmlErrorPtr complaint)
{
    xmlParserCtxtPtr context = closure;
    const struct reader *reader = context->_private;
    if (complaint->level < XML_ERR_ERROR || reader->error == NULL || reader->error->status != TRICH_OK)
        return;
    if (complaint->code == XML_ERR_NO_MEMORY)
        error_memory(reader->error);
    else
        error_set(reader->error, TRICH_ERROR_RECORDS, reader->name,
                  complaint->line > 0 ? (size_t)complaint->line : 1,
                  complaint->int2 > 0 ? (size_t)complaint->int2 : 0, "no well-formed XML: %.*s",
                  complaint->message != NULL ? (int)strcspn(complaint->message, "\n") : 0,
                  complaint->message != NULL ? complaint->message : "");
}

/* NULL with error filled. */
static xmlDocPtr parse(struct reader *reader, const char *bytes, size_t length)
{
    xml_start();
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    if (context == NULL) {
        error_memory(reader->error);
        return NULL;
    }
    error_clear(reader->error);
    context->_private = reader;
    context->sax->startElementNs = start_element;
    context->sax->serror = keep_complaint;
    /* Without XML_PARSE_NOENT and _DTDLOAD nothing beside these bytes is read, whatever they ask for. */
    xmlDocPtr document = xmlCtxtReadMemory(context, bytes, (int)length, reader->name, NULL,
                                           XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (document == NULL && reader->error != NULL && reader->error->status == TRICH_OK)
        error_set(reader->error, TRICH_ERROR_RECORDS, reader->name, 1, 0, "no well-formed XML");
    xmlFreeParserCtxt(context);
    return document;
}

trich_records *trich_records_parse(const char *bytes, size_t length, const char *name,
                                   struct trich_error *error)
{
    struct reader reader = {NULL, name, error};
    if (length > INT_MAX) {
        error_set(error, TRICH_ERROR_LIMIT, name, 0, 0, "longer than 2 GB");
        return NULL;
    }
    xmlDocPtr document = parse(&reader, bytes, length);
    if (document == NULL)
        return NULL;
    struct trich_records *records = calloc(1, sizeof *records);
    bool good = false;
    if (records == NULL) {
        error_memory(error);
    } else {
        arena_init(&records->arena);
        reader.records = records;
        good = read_document(&reader, document);
    }
    xmlFreeDoc(document);
    if (!good) {
        trich_records_free(records);
        return NULL;
    }
    return records;
}

trich_records *trich_records_load(const char *file, struct trich_error *error)
{
    trich_records *records = NULL;
    struct buffer buffer;
    buffer_init(&buffer);
    if (file_load(file, &buffer, error))
        records = trich_records_parse(buffer.data, buffer.length, file, error);
    buffer_clear(&buffer);
    return records;
}

void trich_records_free(trich_records *records)
{
    if (records == NULL)
        return;
    arena_clear(&records->arena);
    free(records);
}

size_t trich_records_count(const trich_records *records)
{
    return records->count;
}

const struct trich_article *trich_records_get(const trich_records *records, size_t index)
{
    return &records->articles[index];
}

size_t trich_records_line(const trich_records *records, size_t article, size_t record)
{
    return records->lines[article][record];
}
