/* file.h - reading a file whole. */
#ifndef TRICH_BASE_FILE_H
#define TRICH_BASE_FILE_H

#include "buffer.h"
#include "error.h"

/* Appends the file, which must be a regular one, to the buffer; false with error filled. */
bool file_load(const char *path, struct buffer *buffer, struct trich_error *error);

#endif
