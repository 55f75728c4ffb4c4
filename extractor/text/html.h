/*
 * html.h - the main text of an HTML page, with its map, and the day it was published.
 *
 * Markup is dropped where it stands, so that the map is exact: blocks end paragraphs, <br> ends a line, other
 * tags leave nothing, entities are characters, white space is one blank as a browser shows it. Scripts,
 * styles, the head, navigation, asides, footers and forms are left out; of a page whose article is marked as
 * such, all around it.
 */
#ifndef TRICH_TEXT_HTML_H
#define TRICH_TEXT_HTML_H

#include "text.h"

/*
 * The text of page (UTF-8) is appended to buffer, map (new: that text, old: page) is filled. False when out
 * of memory.
 */
bool html_text(const char *page, size_t length, struct buffer *buffer, struct text_map *map);
/* The day of publication in Vietnam's time, YYYY-MM-DD, from the page's metadata; "" if there is none. */
void html_date(const char *page, size_t length, char date[16]);

#endif
