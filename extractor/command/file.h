/* file.h - reading a file whole, and writing one so that it appears whole or not at all. */
#ifndef TRICH_COMMAND_FILE_H
#define TRICH_COMMAND_FILE_H

#include <stdbool.h>
#include <sys/stat.h>

#include "../trich.h"
#include "bytes.h"

/* "-" is standard input. Opens for reading; -1 with error filled, also if it is what standard output goes
 * into. */
int file_open(const char *path, struct trich_error *error);
/* Appends what read() gives to bytes, up to most; false with error filled. *end: the end was reached. */
bool file_read_some(int descriptor, const char *path, struct bytes *bytes, size_t most, bool *end,
                    struct trich_error *error);
/* Appends the whole file to bytes, unless it is longer than an article may be; stat (may be NULL) as the file
 * was when it was opened. */
bool file_read(const char *path, struct bytes *bytes, struct stat *stat, struct trich_error *error);

/*
 * Writes path by way of path.part, which is renamed when all of it is there; missing folders above it are
 * made. A .part that a killed run left is taken over; one that a living process is writing is waited for, and
 * is an error after two seconds. The file gets the modification time given (may be NULL). sync: the data and
 * the name are on the disk on return. On failure errno says why.
 */
bool file_write(const char *path, const struct bytes *bytes, const struct timespec *modified, bool sync,
                struct trich_error *error);

/* Removes a .part of path that a killed run left. */
void file_clean(const char *path);

/* Makes a folder, and those above it, unless it is there; false if it cannot be made or written into. */
bool file_make_folder(const char *path, struct trich_error *error);

#endif
