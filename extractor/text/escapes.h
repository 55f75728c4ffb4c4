/* escapes.h - what JSON, SQL and Markdown write behind a backslash: \n \u1EE7 \/ \- */
#ifndef TRICH_TEXT_ESCAPES_H
#define TRICH_TEXT_ESCAPES_H

#include <stddef.h>
#include <stdint.h>

/* The length of the escape that begins at bytes (a backslash), its character in *code; 0 if there is none. */
size_t escapes_read(const unsigned char *bytes, size_t length, int32_t *code);

#endif
