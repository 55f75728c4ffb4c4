#include "message.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void message_name(struct bytes *bytes, const char *name)
{
    if (name == NULL || *name == '\0' || strcmp(name, "-") == 0) {
        bytes_append_string(bytes, "standard input");
        return;
    }
    for (const unsigned char *p = (const unsigned char *)name; *p != '\0'; p++) {
        /* U+0080-9F, some of which move a cursor too */
        bool c1 = p[0] == 0xC2 && p[1] >= 0x80 && p[1] < 0xA0;
        if (*p == '\n')
            bytes_append_string(bytes, "\\n");
        else if (*p < 0x20 || *p == 0x7f || c1)
            bytes_append_format(bytes, "\\x%02x", *p);
        else
            bytes_append(bytes, (const char *)p, 1);
        if (c1)
            bytes_append_format(bytes, "\\x%02x", *++p);
    }
}

/* Ends the message and prints it if it is not to be kept. */
static void end(struct bytes *message, struct bytes *into)
{
    bytes_append(message, "\n", 1);
    if (into == NULL)
        fwrite(message->data, 1, message->length, stderr);
    else
        bytes_append(into, message->data, message->length);
    bytes_clear(message);
}

void message_say(struct bytes *into, const char *format, ...)
{
    struct bytes message = {0};
    va_list arguments;
    bytes_append_string(&message, "trich: ");
    va_start(arguments, format);
    bytes_append_arguments(&message, format, arguments);
    va_end(arguments);
    end(&message, into);
}

void message_file(struct bytes *into, const char *file, const char *format, ...)
{
    struct bytes message = {0};
    va_list arguments;
    bytes_append_string(&message, "trich: ");
    message_name(&message, file);
    bytes_append_string(&message, ": ");
    va_start(arguments, format);
    bytes_append_arguments(&message, format, arguments);
    va_end(arguments);
    end(&message, into);
}

void message_about(struct bytes *into, const char *file, const struct trich_error *error)
{
    struct bytes message = {0};
    bytes_append_string(&message, "trich: ");
    /* Only what is wrong with an input comes with a place and without a file's name: standard input then. */
    if (*file != '\0' || error->line > 0) {
        message_name(&message, file);
        if (error->line > 0)
            bytes_append_format(&message, ":%zu", error->line);
        if (error->line > 0 && error->column > 0)
            bytes_append_format(&message, ":%zu", error->column);
        bytes_append_string(&message, ": ");
    }
    bytes_append_string(&message, error->message);
    if (error->status == TRICH_ERROR_ENCODING)
        bytes_append_string(&message, " (--encoding, --replace-invalid)");
    end(&message, into);
}

void message_error(struct bytes *into, const struct trich_error *error)
{
    message_about(into, error->file, error);
}

static int output_problem; /* errno of the first write that failed; a later one need not say the same */

void message_output(const char *data, size_t length)
{
    errno = 0;
    if (length > 0 && fwrite(data, 1, length, stdout) < length && output_problem == 0)
        output_problem = errno;
}

bool message_close_output(void)
{
    bool failed_before = ferror(stdout) != 0;
    errno = 0;
    if (fclose(stdout) != 0 || failed_before) {
        int number = output_problem != 0 ? output_problem : errno;
        message_say(NULL, "standard output: %s", number != 0 ? strerror(number) : "write error");
        return false;
    }
    return true;
}
