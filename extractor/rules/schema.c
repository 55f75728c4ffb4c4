/*
 * Rule files as XML: parsed, and held against rules.rng.
 *
 * libxml2 says "Element rule failed to validate attributes" and no more. So what does not fit is looked up in
 * the schema once more, element by element: which attributes and children one may have, and of which values.
 */
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <stdlib.h>

#include "../base/xml.h"
#include "builtin.h"
#include "loader.h"

#define RULES_NAMESPACE "urn:trich:rules:1"

enum { LEAST_PRIORITY = -100, MOST_PRIORITY = 100 }; /* as the schema says */

static bool is(xmlNodePtr node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, BAD_CAST name);
}

static bool is_named(xmlNodePtr node, const char *name)
{
    xmlChar *own = xmlGetNoNsProp(node, BAD_CAST "name");
    bool same = own != NULL && xmlStrEqual(own, BAD_CAST name);
    xmlFree(own);
    return same;
}

/* The first <element name="NAME"> or <define name="NAME"> below from. */
static xmlNodePtr find(xmlNodePtr from, const char *element, const char *name)
{
    for (xmlNodePtr node = from->children; node != NULL; node = node->next) {
        if (is(node, element) && is_named(node, name))
            return node;
        xmlNodePtr found = node->type == XML_ELEMENT_NODE ? find(node, element, name) : NULL;
        if (found != NULL)
            return found;
    }
    return NULL;
}

static xmlNodePtr follow(xmlNodePtr grammar, xmlNodePtr reference)
{
    xmlChar *name = xmlGetNoNsProp(reference, BAD_CAST "name");
    xmlNodePtr found = name != NULL ? find(grammar, "define", (const char *)name) : NULL;
    xmlFree(name);
    return found;
}

enum need { OPTIONAL, ONE_OF, REQUIRED };

/* What an element may have: the declarations of its attributes or of its children. */
struct declarations {
    const char *type; /* "attribute" or "element" */
    xmlNodePtr list[32];
    enum need needs[32];
    size_t count;
    bool any; /* of any name */
};

static void declare(struct declarations *declarations, xmlNodePtr grammar, xmlNodePtr content, enum need need)
{
    for (xmlNodePtr node = content->children; node != NULL; node = node->next) {
        if (is(node, "ref")) {
            xmlNodePtr definition = follow(grammar, node);
            if (definition != NULL)
                declare(declarations, grammar, definition, need);
        } else if (is(node, declarations->type)) {
            if (xmlHasProp(node, BAD_CAST "name") == NULL) {
                declarations->any = true;
            } else if (declarations->count < sizeof declarations->list / sizeof declarations->list[0]) {
                declarations->list[declarations->count] = node;
                declarations->needs[declarations->count++] = need;
            }
        } else if (node->type == XML_ELEMENT_NODE && !is(node, "element") && !is(node, "attribute")) {
            bool may = is(node, "optional") || is(node, "zeroOrMore") || need == OPTIONAL;
            declare(declarations, grammar, node, may ? OPTIONAL : is(node, "choice") ? ONE_OF : need);
        }
    }
}

static xmlNodePtr find_declaration(const struct declarations *declarations, const xmlChar *name)
{
    for (size_t i = 0; i < declarations->count; i++)
        if (is_named(declarations->list[i], (const char *)name))
            return declarations->list[i];
    return NULL;
}

static void append_names(const struct declarations *declarations, struct buffer *message)
{
    for (size_t i = 0; i < declarations->count; i++) {
        xmlChar *name = xmlGetNoNsProp(declarations->list[i], BAD_CAST "name");
        buffer_append_format(message, "%s%s", i > 0 ? ", " : "", (const char *)name);
        xmlFree(name);
    }
}

static bool is_name(const char *value)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    static const char others[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
    return *value != '\0' && strchr(letters, *value) != NULL && value[strspn(value, others)] == '\0';
}

/* Whether value is one of the <value>s below node; they are appended to message. */
static bool is_listed(xmlNodePtr node, const char *value, struct buffer *message)
{
    bool listed = false;
    for (xmlNodePtr child = node->children; child != NULL; child = child->next) {
        if (is(child, "choice"))
            return is_listed(child, value, message);
        if (!is(child, "value"))
            continue;
        xmlChar *text = xmlNodeGetContent(child);
        listed = listed || xmlStrEqual(text, BAD_CAST value);
        buffer_append_format(message, "%s%s", message->length > 0 ? " | " : "", (const char *)text);
        xmlFree(text);
    }
    return listed;
}

/* Whether value is what its declaration asks for; if not, message says what that is. */
static bool fits(xmlNodePtr declaration, const char *value, struct buffer *message)
{
    xmlNodePtr content = declaration->children;
    while (content != NULL && content->type != XML_ELEMENT_NODE)
        content = content->next;
    if (content == NULL || is(content, "list")) /* of names: the check of rules finds what is no form */
        return true;
    bool good = is_listed(declaration, value, message);
    if (!good && is(content, "ref")) {
        good = is_name(value);
        buffer_append_string(message, "a name: a letter from a to z, then such letters, digits, - and _");
    } else if (!good && is(content, "data")) {
        char *end;
        long number = strtol(value, &end, 10);
        good = end != value && *end == '\0' && number >= LEAST_PRIORITY && number <= MOST_PRIORITY;
        buffer_append_format(message, "a whole number from %d to %d", LEAST_PRIORITY, MOST_PRIORITY);
    }
    return good;
}

/* ---- what is wrong with an element ---- */

static bool explain_missing(xmlNodePtr element, const struct declarations *known, struct buffer *message)
{
    size_t choices = 0;
    size_t chosen = 0;
    bool missing = false;
    for (size_t i = 0; i < known->count && !missing; i++) {
        xmlChar *name = xmlGetNoNsProp(known->list[i], BAD_CAST "name");
        bool there = xmlHasProp(element, name) != NULL;
        choices += known->needs[i] == ONE_OF;
        chosen += known->needs[i] == ONE_OF && there;
        missing = known->needs[i] == REQUIRED && !there;
        if (missing)
            buffer_append_format(message, "<%s> has no %s=\"...\": give it one", element->name, name);
        xmlFree(name);
    }
    if (!missing && choices > 0 && chosen != 1) {
        buffer_append_format(message, "<%s> must have just one of ", element->name);
        append_names(known, message);
        missing = true;
    }
    return missing;
}

static bool explain_attributes(xmlNodePtr element, const struct declarations *known, struct buffer *message)
{
    struct buffer wanted;
    bool wrong = false;
    buffer_init(&wanted);
    for (xmlAttrPtr own = element->properties; own != NULL && !wrong; own = own->next) {
        xmlNodePtr declaration = find_declaration(known, own->name);
        if (declaration == NULL && known->any)
            continue;
        xmlChar *value = xmlNodeGetContent((xmlNodePtr)own);
        buffer_reset(&wanted);
        wrong = true;
        if (declaration == NULL) {
            buffer_append_format(message, "'%s' is no attribute of <%s>, which may have ", own->name,
                                 element->name);
            append_names(known, message);
        } else if (value != NULL && !fits(declaration, (const char *)value, &wanted)) {
            buffer_append_format(message, "the attribute %s is '%s', must be %s", own->name, value,
                                 wanted.data);
        } else {
            wrong = false;
        }
        xmlFree(value);
    }
    buffer_clear(&wanted);
    return wrong || explain_missing(element, known, message);
}

static xmlNodePtr explain_children(xmlNodePtr element, const struct declarations *known,
                                   struct buffer *message)
{
    for (xmlNodePtr child = element->children; child != NULL; child = child->next)
        if (child->type == XML_ELEMENT_NODE && find_declaration(known, child->name) == NULL) {
            buffer_append_format(message, "<%s> does not belong into <%s>", child->name, element->name);
            if (known->count > 0) {
                buffer_append_string(message, ", which may hold ");
                append_names(known, message);
            }
            return child;
        }
    for (size_t i = 0; i < known->count; i++) {
        size_t found = 0;
        for (xmlNodePtr child = element->children; child != NULL; child = child->next)
            found +=
                child->type == XML_ELEMENT_NODE && find_declaration(known, child->name) == known->list[i];
        if (known->needs[i] == REQUIRED && found != 1) {
            xmlChar *name = xmlGetNoNsProp(known->list[i], BAD_CAST "name");
            buffer_append_format(message, "<%s> has %zu <%s>: give it one", element->name, found, name);
            xmlFree(name);
            return element;
        }
    }
    return NULL;
}

/* The first element that is not as declared, with a message; NULL if none is found. */
static xmlNodePtr explain(xmlNodePtr grammar, xmlNodePtr element, struct buffer *message)
{
    xmlNodePtr own = find(grammar, "element", (const char *)element->name);
    if (own == NULL)
        return NULL;
    struct declarations attributes = {.type = "attribute"};
    struct declarations children = {.type = "element"};
    declare(&attributes, grammar, own, REQUIRED);
    declare(&children, grammar, own, REQUIRED);
    if (explain_attributes(element, &attributes, message))
        return element;
    xmlNodePtr wrong = explain_children(element, &children, message);
    for (xmlNodePtr child = element->children; child != NULL && wrong == NULL; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            wrong = explain(grammar, child, message);
    return wrong;
}

/* ---- files ---- */

static size_t line_of(xmlNodePtr node)
{
    long line = node != NULL ? xmlGetLineNo(node) : 0;
    return line > 0 ? (size_t)line : 1;
}

/* Where there is a better explanation than libxml2's, which is in the error, it takes its place. */
static void refuse(const struct builtin_file *schema, const struct source_file *file,
                   struct trich_error *error)
{
    struct buffer message;
    xmlDocPtr grammar = xmlReadMemory(schema->bytes, (int)(schema->end - schema->bytes), schema->name, NULL,
                                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    buffer_init(&message);
    if (grammar != NULL) {
        xmlNodePtr wrong =
            explain(xmlDocGetRootElement(grammar), xmlDocGetRootElement(file->document), &message);
        if (wrong != NULL && message.data != NULL)
            error_set(error, TRICH_ERROR_RULES, file->name, line_of(wrong), 0, "%s", message.data);
    }
    buffer_clear(&message);
    xmlFreeDoc(grammar);
}

/* Keeps the first complaint, which is the one that explains the others. */
static void keep_complaint(void *closure, xmlErrorPtr complaint)
{
    struct trich_error *kept = closure;
    if ((kept->status != TRICH_OK && kept->line != 0) || complaint->message == NULL)
        return;
    long line = complaint->line;
    if (line <= 0 && complaint->node != NULL)
        line = xmlGetLineNo(complaint->node);
    error_set(kept, TRICH_ERROR_RULES, complaint->file, line > 0 ? (size_t)line : 0, 0,
              "against the schema rules.rng: %.*s", (int)strcspn(complaint->message, "\n"),
              complaint->message);
}

static bool validate(struct loader *loader, const struct source_file *file)
{
    const struct builtin_file *schema_file = builtin_files;
    while (schema_file->name != NULL && strcmp(schema_file->name, "rules.rng") != 0)
        schema_file++;
    if (schema_file->name == NULL)
        return true;
    xmlRelaxNGParserCtxtPtr parser =
        xmlRelaxNGNewMemParserCtxt(schema_file->bytes, (int)(schema_file->end - schema_file->bytes));
    xmlRelaxNGPtr schema = parser != NULL ? xmlRelaxNGParse(parser) : NULL;
    xmlRelaxNGValidCtxtPtr context = schema != NULL ? xmlRelaxNGNewValidCtxt(schema) : NULL;
    struct trich_error complaint = {.status = TRICH_OK};
    int result = -1;
    if (context != NULL) {
        xmlRelaxNGSetValidStructuredErrors(context, keep_complaint, &complaint);
        result = xmlRelaxNGValidateDoc(context, file->document);
    }
    xmlRelaxNGFreeValidCtxt(context);
    xmlRelaxNGFree(schema);
    xmlRelaxNGFreeParserCtxt(parser);
    if (result == 0)
        return true;
    if (result < 0 || complaint.status == TRICH_OK)
        return error_set(loader->error, TRICH_ERROR_RULES, file->name, 0, 0,
                         "cannot be held against rules.rng");
    error_set(loader->error, TRICH_ERROR_RULES, file->name, complaint.line > 0 ? complaint.line : 1, 0, "%s",
              complaint.message);
    refuse(schema_file, file, loader->error);
    return false;
}

/* Keeps the first complaint: those behind it are mostly its consequences. */
static void keep_problem(void *closure, xmlErrorPtr problem)
{
    xmlParserCtxtPtr context = closure;
    struct trich_error *kept = context->_private;
    if (problem->level < XML_ERR_ERROR || kept->status != TRICH_OK)
        return;
    const char *message = problem->message != NULL ? problem->message : "";
    bool bare_sign = problem->code == XML_ERR_NAME_REQUIRED || problem->code == XML_ERR_LT_IN_ATTRIBUTE ||
                     problem->code == XML_ERR_ENTITYREF_SEMICOL_MISSING ||
                     problem->code == XML_ERR_TAG_NAME_MISMATCH; /* (?<name>...) */
    if (problem->code == XML_ERR_NO_MEMORY)
        error_memory(kept);
    else
        error_set(kept, TRICH_ERROR_RULES, NULL, problem->line > 0 ? (size_t)problem->line : 1,
                  problem->int2 > 0 ? (size_t)problem->int2 : 0, "no well-formed XML: %.*s%s",
                  (int)strcspn(message, "\n"), message,
                  bare_sign ? "; a '<' that is meant is written &lt;, a '&' &amp;" : "");
}

static xmlDocPtr parse(struct loader *loader, const struct source_file *file)
{
    struct trich_error problem = {.status = TRICH_OK};
    xml_start();
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    if (context == NULL) {
        error_memory(loader->error);
        return NULL;
    }
    context->_private = &problem;
    context->sax->serror = keep_problem;
    xmlDocPtr document =
        xmlCtxtReadMemory(context, file->bytes, (int)file->length, file->name, NULL,
                          XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES);
    xmlFreeParserCtxt(context);
    if (document == NULL && problem.status == TRICH_ERROR_MEMORY)
        error_memory(loader->error);
    else if (document == NULL)
        error_set(loader->error, TRICH_ERROR_RULES, file->name, problem.line > 0 ? problem.line : 1,
                  problem.column, "%s", problem.status != TRICH_OK ? problem.message : "no well-formed XML");
    return document;
}

bool loader_parse(struct loader *loader, struct source_file *file)
{
    file->document = parse(loader, file);
    if (file->document == NULL)
        return false;
    xmlNodePtr root = xmlDocGetRootElement(file->document);
    if (file->document->intSubset != NULL)
        return error_set(loader->error, TRICH_ERROR_RULES, file->name, 1, 1,
                         "a rule file has no DOCTYPE and no entities of its own: remove it");
    if (root == NULL || !xmlStrEqual(root->name, BAD_CAST "rules") || root->ns == NULL ||
        strcmp((const char *)root->ns->href, RULES_NAMESPACE) != 0)
        return error_set(loader->error, TRICH_ERROR_RULES, file->name, line_of(root), 0,
                         "the root element must be <rules xmlns=\"%s\">", RULES_NAMESPACE);
    return file->builtin || validate(loader, file);
}
