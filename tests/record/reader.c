/* What the reader takes, and what it says of what it does not take. */
#include "../../extractor/trich.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPEN "<records xmlns='urn:trich:records:1'>\n<article>\n"
#define CLOSE "\n</article>\n</records>"

static trich_records *parse(const char *text, struct trich_error *error)
{
    return trich_records_parse(text, strlen(text), "x.xml", error);
}

Test(reader, article)
{
    struct trich_error error;
    trich_records *records =
        parse("<?xml version='1.0'?><!-- c --><r:records xmlns:r='urn:trich:records:1'>\n"
              "<r:article source='a&amp;b' date='2022' date-from='text'><?pi?>\n"
              "<!-- c --><r:date start='3' value='2022-11' end='08'>7<![CDATA[/]]><!-- c -->1&#49;</r:date>\n"
              "<r:plate start='8' end='18446744073709551615'/>"
              "</r:article>\n<r:article/></r:records>",
              &error);
    cr_assert(records != NULL, "%s:%zu: %s", error.file, error.line, error.message);
    cr_assert_eq(trich_records_count(records), 2);
    const struct trich_article *article = trich_records_get(records, 0);
    cr_assert_str_eq(article->source, "a&b");
    cr_assert_str_eq(article->date, "2022");
    cr_assert_eq(article->date_from, TRICH_DATE_TEXT);
    cr_assert_eq(article->record_count, 2);
    const struct trich_record *record = &article->records[0];
    cr_assert_str_eq(record->kind, "date");
    cr_assert_eq(record->start, 3);
    cr_assert_eq(record->end, 8);
    cr_assert_eq(record->content_length, 4);
    cr_assert_arr_eq(record->content, "7/11", 4);
    cr_assert_eq(record->attribute_count, 1);
    cr_assert_str_eq(trich_record_get(record, "value"), "2022-11");
    cr_assert_eq(trich_record_get(record, "start"), NULL);
    cr_assert_eq(trich_records_line(records, 0, 0), 3);
    cr_assert_eq(article->records[1].content_length, 0);
    article = trich_records_get(records, 1);
    cr_assert_eq(article->record_count, 0);
    cr_assert_str_eq(article->source, "");
    cr_assert_eq(article->date, NULL);
    trich_records_free(records);
}

Test(reader, repeated_document)
{
    struct trich_error error;
    trich_records *records =
        parse(OPEN "<document-number start='3' end='5'/><document-number start='7' end='9' "
                   "same-as='3'/>" CLOSE,
              &error);
    cr_assert(records != NULL, "%s", error.message);
    const struct trich_article *article = trich_records_get(records, 0);
    cr_assert_eq(article->records[0].same_as, 0);
    cr_assert_eq(article->records[1].same_as, 1);
    cr_assert_eq(article->records[1].attribute_count, 0);
    trich_records_free(records);
}

static const struct {
    const char *text;
    size_t line;
    const char *message; /* a part of it */
} bad[] = {
    {"", 1, "no well-formed XML"},
    {"no XML", 1, "no well-formed XML: Start tag expected"},
    {"<records xmlns='urn:trich:records:1'>\n<article>\n</records>", 3,
     "no well-formed XML: Opening and ending"},
    {"<records/>", 1, "the root element must be <records xmlns=\"urn:trich:records:1\">"},
    {"<article xmlns='urn:trich:records:1'/>", 1, "the root element must be"},
    {"<records xmlns='urn:trich:records:2'/>", 1, "the root element must be"},
    {"<records xmlns='urn:trich:records:1' version='1'/>", 1, "<records> has no attribute 'version'"},
    {"<records xmlns='urn:trich:records:1'>\n<date/></records>", 2, "<date> is no <article>"},
    {"<records xmlns='urn:trich:records:1'>\nx<article/></records>", 1, "there is text between the articles"},
    {"<records xmlns='urn:trich:records:1'>\n<article id='1'/></records>", 2, "no attribute 'id'"},
    {"<records xmlns='urn:trich:records:1'><article date='2022'/></records>", 1, "go together"},
    {"<records xmlns='urn:trich:records:1'><article date-from='text'/></records>", 1, "go together"},
    {"<records xmlns='urn:trich:records:1'><article date='22' date-from='text'/></records>", 1,
     "date=\"22\" is no date"},
    {"<records xmlns='urn:trich:records:1'><article date='2022-' date-from='text'/></records>", 1,
     "date=\"2022-\" is no date"},
    {"<records xmlns='urn:trich:records:1'><article date='2022' date-from='me'/></records>", 1,
     "date-from=\"me\": write option, metadata or text"},
    {OPEN "<date start='1' end='2' xmlns=''/>" CLOSE, 3, "<date> is not in the namespace"},
    {OPEN "<article/>" CLOSE, 3, "<article> is no record"},
    {OPEN "\n<date end='2'/>" CLOSE, 4, "<date> has no start"},
    {OPEN "<date start='2'/>" CLOSE, 3, "<date> has no end"},
    {OPEN "<date start='-1' end='2'/>" CLOSE, 3, "start=\"-1\" is no offset"},
    {OPEN "<date start=' 1' end='2'/>" CLOSE, 3, "start=\" 1\" is no offset"},
    {OPEN "<date start='1' end='2x'/>" CLOSE, 3, "end=\"2x\" is no offset"},
    {OPEN "<date start='1' end=''/>" CLOSE, 3, "end=\"\" is no offset"},
    {OPEN "<date start='1' end='18446744073709551616'/>" CLOSE, 3, "is no offset"},
    {OPEN "<date start='2' end='2'/>" CLOSE, 3, "<date> ends at 2, which is not behind its start 2"},
    {OPEN "<date start='2' end='5'><b/></date>" CLOSE, 3, "<date> holds another element"},
    {OPEN "<date start='2' end='5' xml:lang='vi'/>" CLOSE, 3, "the attribute 'lang' is in a namespace"},
    {OPEN "<date start='2' end='5'/>\n<date start='4' end='7'/>" CLOSE, 4,
     "<date> at 4 begins before the record in front of it ends, at 5"},
    {OPEN "<date start='2' end='5'/>\n<date start='0' end='1'/>" CLOSE, 4, "<date> at 0 begins before"},
    {OPEN "<date start='2' end='5'/>,<date start='6' end='7'/>" CLOSE, 2,
     "there is text between the records"},
    {OPEN "<date start='2' end='5' same-as='2'/>" CLOSE, 3, "same-as=\"2\": no record in front"},
    {OPEN "<date start='2' end='5' same-as='x'/>" CLOSE, 3, "same-as=\"x\" is no offset"},
    {"<!DOCTYPE records [<!ENTITY e 'x'>]>\n<records xmlns='urn:trich:records:1'/>", 2, "no DOCTYPE"},
    {"<!DOCTYPE records SYSTEM 'file:///etc/passwd'>\n<records xmlns='urn:trich:records:1'/>", 2,
     "no DOCTYPE"},
};

Test(reader, what_it_refuses)
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct trich_error error = {.status = TRICH_OK};
        trich_records *records = parse(bad[i].text, &error);
        cr_expect(records == NULL, "taken: %s", bad[i].text);
        cr_expect_eq(error.status, TRICH_ERROR_RECORDS);
        cr_expect_str_eq(error.file, "x.xml");
        cr_expect_eq(error.line, bad[i].line, "line %zu instead of %zu: %s", error.line, bad[i].line,
                     bad[i].text);
        cr_expect(strstr(error.message, bad[i].message) != NULL, "'%s' instead of '%s'", error.message,
                  bad[i].message);
        cr_expect(strchr(error.message, '\n') == NULL);
        trich_records_free(records);
        cr_expect(parse(bad[i].text, NULL) == NULL);
    }
}

Test(reader, line_beyond_65535)
{
    enum { SIZE = 71000 };
    char *text = malloc(SIZE);
    cr_assert(text != NULL);
    memset(text, '\n', SIZE);
    memcpy(text, OPEN, strlen(OPEN));
    snprintf(text + strlen(OPEN) + 70000, SIZE - strlen(OPEN) - 70000, "<date/>%s", CLOSE);
    struct trich_error error;
    cr_assert(parse(text, &error) == NULL);
    cr_assert_eq(error.line, 70003);
    free(text);
}

Test(reader, files)
{
    struct trich_error error;
    cr_assert(trich_records_load("nowhere/x.xml", &error) == NULL);
    cr_assert_eq(error.status, TRICH_ERROR_IO);
    cr_assert_str_eq(error.file, "nowhere/x.xml");
    cr_assert(trich_records_load("tests", &error) == NULL);
    cr_assert_eq(error.status, TRICH_ERROR_IO);
    trich_records *records = trich_records_load("samples/agency-ca-mau.xml", &error);
    cr_assert(records != NULL, "%s", error.message);
    cr_assert(trich_records_get(records, 0)->record_count > 5);
    trich_records_free(records);
}
