/*
 * scan.h - one look at every byte: is it UTF-8, and where may the normal form differ from it?
 *
 * A suspicious place is a character that the normalizer has to look at; most text has one in a thousand
 * bytes. The scan may name places where nothing changes, but never misses one.
 */
#ifndef TRICH_TEXT_SCAN_H
#define TRICH_TEXT_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* How many bytes the valid UTF-8 character at bytes has (1-4); 0 if there is none. */
size_t scan_character(const unsigned char *bytes, size_t length);
/* Length of the valid UTF-8 at the start of bytes: length itself if all is well. */
size_t scan_valid(const unsigned char *bytes, size_t length);
/*
 * The first suspicious place at or after from, or length. It may lie inside of a character or of a run of
 * white space, never behind it.
 */
size_t scan_suspicious(const unsigned char *bytes, size_t length, size_t from);

#endif
