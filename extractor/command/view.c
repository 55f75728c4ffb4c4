/*
 * view.c - `trich view`: an article as a page to read, its records marked by kind, with a table of them.
 *
 * Without script and without anything from outside. What a colour says the line under the record says too,
 * for those who do not see it and for paper; each record is a link to its row in the table and the other way
 * round, so that the keyboard reaches them, and says its kind and value to a screen reader.
 */
#include <libxml/HTMLtree.h>
#include <libxml/tree.h>
#include <libxml/xmlsave.h>
#include <libxml/xmlstring.h>
#include <stdio.h>
#include <string.h>

#include "../trich.h"
#include "file.h"
#include "kinds.h"
#include "message.h"
#include "options.h"
#include "setup.h"

static const char style[] =
    "\n:root { color-scheme: light dark; --page: #fff; --ink: #1b1b1b; --soft: #595959; --rule: #c8c8c8;\n"
    "  --document-number: #ffe9a8; --date: #cfe8ff; --district: #d4f2d2; --figure: #f6dcf3; --other: "
    "#e4e4e4; }\n"
    "@media (prefers-color-scheme: dark) { :root { --page: #16181a; --ink: #e8e8e8; --soft: #a8a8a8; --rule: "
    "#4a4d50;\n"
    "  --document-number: #564305; --date: #173f63; --district: #1d4220; --figure: #542a50; --other: "
    "#3d4043; } }\n"
    "body { background: var(--page); color: var(--ink); font: 1.05rem/1.7 Georgia, 'Noto Serif', serif;\n"
    "  margin: 2rem auto; max-width: 44rem; padding: 0 1rem; overflow-wrap: anywhere; }\n"
    "h1, h2, nav, table { font-family: system-ui, sans-serif; } h1 { font-size: 1.3rem; } h2 { font-size: "
    "1.1rem; }\n"
    "article p { white-space: pre-line; }\n"
    ".soft { color: var(--soft); }\n"
    ".record { color: inherit; text-decoration: none; background: var(--other); border-bottom: 2px solid;\n"
    "  border-radius: .2em; padding: 0 .15em; position: relative; }\n"
    ".document-number { background: var(--document-number); border-bottom-style: double; "
    "border-bottom-width: 3px; }\n"
    ".date { background: var(--date); border-bottom-style: dashed; }\n"
    ".district { background: var(--district); border-bottom-style: solid; }\n"
    ".figure { background: var(--figure); border-bottom-style: dotted; }\n"
    ".record:focus-visible, .record:target, tr:target { outline: 3px solid var(--ink); }\n"
    /* What hovering shows, for the keyboard. */
    ".record:focus-visible::after { content: attr(title); position: absolute; left: 0; top: 100%; z-index: "
    "1;\n"
    "  background: var(--ink); color: var(--page); font: .85rem/1.4 system-ui, sans-serif; padding: .3em "
    ".6em;\n"
    "  width: max-content; max-width: 18rem; }\n"
    "nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1rem; font-size: "
    ".9rem; }\n"
    ".wide { overflow-x: auto; }\n"
    "table { border-collapse: collapse; font-size: .85rem; line-height: 1.4; width: 100%; }\n"
    "caption { text-align: left; font-weight: bold; padding: .3rem 0; }\n"
    "th, td { border-bottom: 1px solid var(--rule); padding: .25rem .7rem .25rem 0; text-align: left;\n"
    "  vertical-align: top; } td.place { white-space: nowrap; } td.kind { overflow-wrap: normal; }\n"
    "tbody th { font-weight: normal; min-width: 6rem; } td.values { min-width: 9.5rem; } th a { color: "
    "inherit; }\n"
    "@media print { body { max-width: none; margin: 0; font-size: 10.5pt; } nav { display: none; }\n"
    "  .record { print-color-adjust: exact; -webkit-print-color-adjust: exact; } tr { break-inside: avoid; "
    "}\n"
    "  thead { display: table-header-group; } }\n";

/*
 * libxml2 says that memory ran out by returning NULL, and takes NULL for a parent to mean none: what is made
 * then is lost. So the last node of all is looked at, and the page is not written if one was missing.
 */
struct page {
    xmlDocPtr document;
    bool failed;
};

static xmlNodePtr element(struct page *page, xmlNodePtr parent, const char *name)
{
    xmlNodePtr node = parent != NULL ? xmlNewChild(parent, NULL, BAD_CAST name, NULL) : NULL;
    page->failed = page->failed || node == NULL;
    return node;
}

static void attribute(struct page *page, xmlNodePtr node, const char *name, const char *value)
{
    page->failed = page->failed || node == NULL || xmlNewProp(node, BAD_CAST name, BAD_CAST value) == NULL;
}

/* UTF-8 bytes; characters that no HTML page may hold are shown as U+FFFD. */
static void text(struct page *page, xmlNodePtr node, const char *bytes, size_t length)
{
    struct bytes clean = {0};
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
            bytes_append_string(&clean, c == '\r' ? "" : "\xef\xbf\xbd");
        else
            bytes_append(&clean, bytes + i, 1);
    }
    xmlNodePtr made = xmlNewDocTextLen(page->document, BAD_CAST clean.data, (int)clean.length);
    if (made == NULL || node == NULL || xmlAddChild(node, made) == NULL)
        page->failed = true;
    bytes_clear(&clean);
}

static void string(struct page *page, xmlNodePtr node, const char *bytes)
{
    text(page, node, bytes, strlen(bytes));
}

static xmlNodePtr element_string(struct page *page, xmlNodePtr parent, const char *name, const char *content)
{
    xmlNodePtr node = element(page, parent, name);
    string(page, node, content);
    return node;
}

/* The name of a file as UTF-8, whatever it is, NUL-terminated. */
static void name_of(struct bytes *bytes, const char *source)
{
    bool utf8 = xmlCheckUTF8(BAD_CAST source);
    for (const char *p = *source != '\0' ? source : "standard input"; *p != '\0'; p++)
        bytes_append_string(bytes, utf8 || (unsigned char)*p < 0x80 ? (char[]){*p, '\0'} : "\xef\xbf\xbd");
    bytes_append(bytes, "", 1);
}

static const char *class_of(size_t kind)
{
    return kind < KIND_COUNT ? kind_names[kind] : "other";
}

/* "date: value 2023-11-07, resolved context", NUL-terminated. */
static void describe(struct bytes *bytes, const struct trich_record *record, bool with_kind)
{
    bytes->length = 0;
    if (with_kind)
        bytes_append_format(bytes, "%s: ", record->kind);
    for (size_t i = 0; i < record->attribute_count; i++)
        bytes_append_format(bytes, "%s%s %s", i > 0 ? ", " : "", record->attributes[i].name,
                            record->attributes[i].value);
    bytes_append(bytes, "", 1);
}

static void add_head(struct page *page, xmlNodePtr root, const char *title)
{
    xmlNodePtr head = element(page, root, "head");
    /* The encoding is named when the page is saved. */
    xmlNodePtr meta = element(page, head, "meta");
    attribute(page, meta, "name", "viewport");
    attribute(page, meta, "content", "width=device-width, initial-scale=1");
    meta = element(page, head, "meta");
    attribute(page, meta, "http-equiv", "Content-Security-Policy");
    attribute(page, meta, "content", "default-src 'none'; style-src 'unsafe-inline'");
    element_string(page, head, "title", title);
    string(page, element(page, head, "style"), style);
}

/* What the marks mean, and how many there are of each. */
static void add_legend(struct page *page, xmlNodePtr body, const struct trich_article *article)
{
    size_t counts[KIND_COUNT + 1] = {0};
    for (size_t i = 0; i < article->record_count; i++)
        counts[kind_number(article->records[i].kind)]++;
    xmlNodePtr navigation = element(page, body, "nav");
    attribute(page, navigation, "aria-label", "Records");
    xmlNodePtr list = element(page, navigation, "ul");
    for (size_t kind = 0; kind <= KIND_COUNT; kind++) {
        if (counts[kind] == 0)
            continue;
        char number[32];
        xmlNodePtr item = element(page, list, "li");
        xmlNodePtr mark = element_string(page, item, "span", kind_plurals[kind]);
        char class[64];
        snprintf(class, sizeof class, "record %s", class_of(kind));
        attribute(page, mark, "class", class);
        snprintf(number, sizeof number, " %zu", counts[kind]);
        string(page, item, number);
    }
    xmlNodePtr link = element_string(page, element(page, list, "li"), "a", "Table of the records");
    attribute(page, link, "href", "#records");
}

static void add_record(struct page *page, xmlNodePtr parent, const struct trich_record *record, size_t number)
{
    struct bytes words = {0};
    char id[64];
    xmlNodePtr link = element(page, parent, "a");
    snprintf(id, sizeof id, "record %s", class_of(kind_number(record->kind)));
    attribute(page, link, "class", id);
    snprintf(id, sizeof id, "t%zu", number);
    attribute(page, link, "id", id);
    snprintf(id, sizeof id, "#r%zu", number);
    attribute(page, link, "href", id);
    describe(&words, record, true);
    attribute(page, link, "title", words.data);
    text(page, link, record->content, record->content_length);
    bytes_clear(&words);
}

/* The text from to to end, in paragraphs as empty lines part it: *paragraph is the one begun, NULL if none
 * is. */
static void add_text(struct page *page, xmlNodePtr body, xmlNodePtr *paragraph, const char *from,
                     const char *end)
{
    while (from < end) {
        const char *stop = from;
        while (stop < end && !(*stop == '\n' && stop + 1 < end && (stop[1] == '\n' || stop[1] == '\r')))
            stop++;
        if (*paragraph == NULL)
            *paragraph = element(page, body, "p");
        text(page, *paragraph, from, (size_t)(stop - from));
        if (stop == end)
            return;
        while (stop < end && (*stop == '\n' || *stop == '\r'))
            stop++;
        *paragraph = NULL;
        from = stop;
    }
}

static void add_article(struct page *page, xmlNodePtr body, const struct trich_article *article,
                        const char *all, size_t length)
{
    const char *done = all;
    xmlNodePtr paragraph = NULL;
    xmlNodePtr node = element(page, body, "article");
    attribute(page, node, "lang", "vi");
    for (size_t i = 0; i < article->record_count; i++) {
        const struct trich_record *record = &article->records[i];
        add_text(page, node, &paragraph, done, record->content);
        if (paragraph == NULL)
            paragraph = element(page, node, "p");
        add_record(page, paragraph, record, i + 1);
        done = record->content + record->content_length;
    }
    add_text(page, node, &paragraph, done, all + length);
}

static void add_table(struct page *page, xmlNodePtr body, const struct trich_article *article)
{
    static const char *const titles[] = {"Record", "Kind", "Values", "Bytes"};
    struct bytes words = {0};
    xmlNodePtr wide = element(page, body, "div");
    attribute(page, wide, "class", "wide");
    xmlNodePtr table = element(page, wide, "table");
    attribute(page, table, "id", "records");
    element_string(page, table, "caption", "Records in the order of the text");
    xmlNodePtr row = element(page, element(page, table, "thead"), "tr");
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        attribute(page, element_string(page, row, "th", titles[i]), "scope", "col");
    xmlNodePtr rows = element(page, table, "tbody");
    for (size_t i = 0; i < article->record_count; i++) {
        const struct trich_record *record = &article->records[i];
        char id[64];
        row = element(page, rows, "tr");
        snprintf(id, sizeof id, "r%zu", i + 1);
        attribute(page, row, "id", id);
        xmlNodePtr cell = element(page, row, "th");
        attribute(page, cell, "scope", "row");
        xmlNodePtr link = element(page, cell, "a");
        snprintf(id, sizeof id, "#t%zu", i + 1);
        attribute(page, link, "href", id);
        attribute(page, link, "lang", "vi");
        text(page, link, record->content, record->content_length);
        attribute(page, element_string(page, row, "td", record->kind), "class", "kind");
        describe(&words, record, false);
        attribute(page, element_string(page, row, "td", words.data), "class", "values");
        snprintf(id, sizeof id, "%zu-%zu", record->start, record->end);
        attribute(page, element_string(page, row, "td", id), "class", "place");
    }
    bytes_clear(&words);
}

/* To standard output; false if memory ran out. */
static bool write_page(const struct trich_article *article, const char *all, size_t length)
{
    struct bytes title = {0};
    struct page page = {.document = htmlNewDocNoDtD(NULL, NULL)};
    xmlNodePtr root =
        page.document != NULL ? xmlNewDocNode(page.document, NULL, BAD_CAST "html", NULL) : NULL;
    if (root == NULL) {
        xmlFreeDoc(page.document);
        return false;
    }
    name_of(&title, article->source);
    xmlDocSetRootElement(page.document, root);
    page.failed = xmlCreateIntSubset(page.document, BAD_CAST "html", NULL, NULL) == NULL;
    attribute(&page, root, "lang", "en");
    add_head(&page, root, title.data);
    xmlNodePtr body = element(&page, root, "body");
    element_string(&page, body, "h1", title.data);
    if (article->date != NULL) {
        char date[64];
        static const char *const from[] = {"", "as told", "by the page", "by the text"};
        snprintf(date, sizeof date, "%s (%s)", article->date, from[article->date_from]);
        attribute(&page, element_string(&page, body, "p", date), "class", "soft");
    }
    add_legend(&page, body, article);
    xmlNodePtr content = element(&page, body, "main");
    add_article(&page, content, article, all, length);
    add_table(&page, content, article);

    xmlBufferPtr buffer = xmlBufferCreate();
    xmlSaveCtxtPtr save =
        buffer != NULL && !page.failed ? xmlSaveToBuffer(buffer, "UTF-8", XML_SAVE_AS_HTML) : NULL;
    bool good = save != NULL && xmlSaveDoc(save, page.document) >= 0;
    good = save != NULL && xmlSaveClose(save) >= 0 && good;
    if (good)
        message_output((const char *)xmlBufferContent(buffer), (size_t)xmlBufferLength(buffer));
    xmlBufferFree(buffer);
    bytes_clear(&title);
    xmlFreeDoc(page.document);
    return good;
}

int view_command(const struct options *options)
{
    const char *path = options->operands.count > 0 ? options->operands.items[0] : "-";
    struct bytes input_bytes = {0};
    struct trich_error error;
    const struct trich_article *article = NULL;
    if (options->operands.count > 1) {
        message_say(NULL, "view: one file makes one page");
        return EXIT_TROUBLE;
    }
    trich_rules *rules = setup_rules(options);
    if (rules == NULL)
        return EXIT_TROUBLE;
    trich_extractor *extractor = setup_extractor(options, rules);
    if (extractor != NULL) {
        if (file_read(path, &input_bytes, NULL, &error)) {
            struct trich_input input = setup_input(options, path, input_bytes.data, input_bytes.length);
            article = trich_extract(extractor, &input, &error);
        }
        if (article == NULL)
            message_error(NULL, &error);
    }
    bool good = article != NULL;
    if (good) {
        size_t length;
        const char *all = trich_extractor_text(extractor, &length);
        good = write_page(article, all, length);
        if (!good)
            message_file(NULL, path, "out of memory");
    }
    trich_extractor_free(extractor);
    trich_rules_free(rules);
    bytes_clear(&input_bytes);
    return good ? EXIT_GOOD : EXIT_TROUBLE;
}
