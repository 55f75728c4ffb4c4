/* The day of publication, from what pages tell search engines; libxml2 reads the page. */
#include "html.h"

#include "../base/calendar.h"
#include "../base/xml.h"

#include <libxml/HTMLparser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VIETNAM = 7 * 60, DAY = 24 * 60 }; /* minutes */

/* What may say the day, the most trustworthy first. */
enum source { META, JSON_LD, TIME, SOURCES };

/* One to `most` digits; *at is then behind them. */
static bool take_number(const char **at, size_t most, int *number)
{
    const char *start = *at;
    for (*number = 0; **at >= '0' && **at <= '9' && (size_t)(*at - start) < most; ++*at)
        *number = *number * 10 + (**at - '0');
    return *at > start;
}

/* One of these characters. */
static bool take_one(const char **at, const char *characters)
{
    if (**at == '\0' || strchr(characters, **at) == NULL)
        return false;
    ++*at;
    return true;
}

/* Minutes east of Greenwich, from what stands behind a time's minutes: seconds, then Z, +07:00, +0700,
 * nothing.
 */
static int zone_of(const char *at)
{
    int hour;
    int minute;
    at += strspn(at, ":.0123456789 ");
    if (*at == 'Z' || *at == 'z')
        return 0;
    bool west = *at == '-';
    if (!take_one(&at, "+-") || !take_number(&at, 2, &hour))
        return VIETNAM;
    (void)take_one(&at, ":");
    if (!take_number(&at, 2, &minute))
        minute = 0;
    return (west ? -1 : 1) * (hour * 60 + minute);
}

/* The day in Vietnam of an ISO 8601 date or time (without a zone it is Vietnam's); false if it is none. */
static bool read_day(const char *text, char date[16])
{
    struct day day;
    int hour;
    int minute;
    const char *at = text + strspn(text, " \t\r\n");
    if (!take_number(&at, 4, &day.year) || !take_one(&at, "-/") || !take_number(&at, 2, &day.month) ||
        !take_one(&at, "-/") || !take_number(&at, 2, &day.day) || day.year < 1000 ||
        !calendar_is_day(true, day.year, day.month, day.day))
        return false;
    if (take_one(&at, "T ") && take_number(&at, 2, &hour) && take_one(&at, ":") &&
        take_number(&at, 2, &minute) && hour <= 24 && minute < 60) {
        int local = hour * 60 + minute - zone_of(at) + VIETNAM;
        day = calendar_add_days(day, local >= DAY ? 1 : local < 0 ? -1 : 0);
    }
    (void)snprintf(date, 16, "%04d-%02d-%02d", day.year % 10000, day.month, day.day);
    return true;
}

static bool attribute_is(xmlNode *node, const char *attribute, const char *list)
{
    char *value = (char *)xmlGetProp(node, (const xmlChar *)attribute);
    bool found = false;
    if (value != NULL && strlen(value) < 40) {
        char key[64];
        (void)snprintf(key, sizeof key, " %s ", value);
        for (char *c = key; *c != '\0'; c++)
            *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 0x20 : *c);
        found = strstr(list, key) != NULL;
    }
    xmlFree(value);
    return found;
}

static bool day_of_attribute(xmlNode *node, const char *attribute, char date[16])
{
    char *value = (char *)xmlGetProp(node, (const xmlChar *)attribute);
    bool found = value != NULL && read_day(value, date);
    xmlFree(value);
    return found;
}

/* "datePublished": "..." */
static bool day_of_json(xmlNode *node, char date[16])
{
    static const char key[] = "\"datePublished\"";
    char *json = (char *)xmlNodeGetContent(node);
    bool found = false;
    for (char *at = json; !found && at != NULL && (at = strstr(at, key)) != NULL;) {
        at += sizeof key - 1;
        at += strspn(at, " \t\r\n:");
        found = *at == '"' && read_day(at + 1, date);
    }
    xmlFree(json);
    return found;
}

static void look_at(xmlNode *node, char dates[SOURCES][16])
{
    static const char names[] = " article:published_time article:published datepublished pubdate publishdate "
                                "publish-date publish_date og:published_time dc.date.issued dcterms.issued ";
    if (node->type != XML_ELEMENT_NODE)
        return;
    const char *name = (const char *)node->name;
    char date[16];
    if (strcmp(name, "meta") == 0) {
        if (dates[META][0] == '\0' &&
            (attribute_is(node, "property", names) || attribute_is(node, "name", names) ||
             attribute_is(node, "itemprop", names)) &&
            day_of_attribute(node, "content", date))
            memcpy(dates[META], date, sizeof date);
    } else if (strcmp(name, "script") == 0) {
        if (dates[JSON_LD][0] == '\0' && attribute_is(node, "type", " application/ld+json ") &&
            day_of_json(node, date))
            memcpy(dates[JSON_LD], date, sizeof date);
    } else if (strcmp(name, "time") == 0) {
        if (dates[TIME][0] == '\0' && day_of_attribute(node, "datetime", date))
            memcpy(dates[TIME], date, sizeof date);
    }
}

void html_date(const char *page, size_t length, char date[16])
{
    date[0] = '\0';
    if (length == 0 || length > INT32_MAX)
        return;
    xml_start();
    htmlDocPtr document =
        htmlReadMemory(page, (int)length, NULL, "UTF-8",
                       HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET);
    if (document == NULL)
        return;
    char dates[SOURCES][16] = {"", "", ""};
    /* Each node in the order of the page, without recursion: pages can be nested deeply. */
    for (xmlNode *node = xmlDocGetRootElement(document); node != NULL;) {
        look_at(node, dates);
        if (node->children != NULL)
            node = node->children;
        else {
            while (node != NULL && node->next == NULL)
                node = node->parent;
            node = node != NULL ? node->next : NULL;
        }
    }
    xmlFreeDoc(document);
    for (size_t i = 0; i < SOURCES && date[0] == '\0'; i++)
        memcpy(date, dates[i], 16);
}
