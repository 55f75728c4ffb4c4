/* entities.h - HTML character references: &nbsp; &aacute; &#7911; &#x1EE7; */
#ifndef TRICH_TEXT_ENTITIES_H
#define TRICH_TEXT_ENTITIES_H

#include <stddef.h>
#include <stdint.h>

/* The length of the reference that begins at bytes (an &), its character in *code; 0 if there is none. */
size_t entities_read(const unsigned char *bytes, size_t length, int32_t *code);

#endif
