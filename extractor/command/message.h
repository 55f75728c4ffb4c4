/*
 * message.h - what the command says on standard error: `trich: FILE:LINE:COLUMN: what`, one line each.
 *
 * Each function appends to bytes or, if that is NULL, prints at once; messages of parallel work are kept and
 * printed in order. Control characters of file names are shown escaped: a name with a line break cannot pass
 * for two messages.
 */
#ifndef TRICH_COMMAND_MESSAGE_H
#define TRICH_COMMAND_MESSAGE_H

#include "../trich.h"
#include "bytes.h"

/* Appends a file's name as messages have it. */
void message_name(struct bytes *bytes, const char *name);
/* `trich: what` */
void message_say(struct bytes *into, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* `trich: FILE: what`; "-", "" and NULL are standard input. */
void message_file(struct bytes *into, const char *file, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* `trich: FILE:LINE:COLUMN: what`, as far as they are known; and which options help where the library says in
 * words what to do. */
void message_error(struct bytes *into, const struct trich_error *error);
/* The same of a file whose name may be longer than the error has room for. */
void message_about(struct bytes *into, const char *file, const struct trich_error *error);

/* Writes to standard output; if that fails, message_close_output will say why. */
void message_output(const char *data, size_t length);
/*
 * Writes out what standard output still holds and closes it. False, with a message, if any byte of it could
 * not be written, also earlier: a full disk, a closed pipe.
 */
bool message_close_output(void);

#endif
