#include "split.h"

#include <stdio.h>
#include <string.h>

char split_separator(enum split_mode mode)
{
    static const char separators[] = {[SPLIT_LINE] = '\n', [SPLIT_FORMFEED] = '\f', [SPLIT_NUL] = '\0'};
    return separators[mode];
}

void split_pass(struct trich_before *before, const char *bytes, size_t length)
{
    const char *end = bytes + length;
    before->bytes += length;
    before->columns += length;
    for (const char *p = bytes; (p = memchr(p, '\n', (size_t)(end - p))) != NULL;) {
        before->lines++;
        before->columns = (size_t)(end - ++p);
    }
}

bool split_take_fields(struct trich_input *input, char *item, struct trich_error *error)
{
    char *date = memchr(item, '\t', input->length);
    char *text = date != NULL ? memchr(date + 1, '\t', input->length - (size_t)(date + 1 - item)) : NULL;
    if (text == NULL) {
        *error = (struct trich_error){.status = TRICH_ERROR_ARGUMENT, .line = input->before.lines + 1};
        snprintf(error->file, sizeof error->file, "%s", input->source);
        snprintf(error->message, sizeof error->message, "no ID<TAB>DATE<TAB>TEXT in this line");
        return false;
    }
    *date++ = '\0';
    *text++ = '\0';
    if (*item != '\0')
        input->source = item;
    if (*date != '\0')
        input->date = date;
    input->before.bytes += (size_t)(text - item);
    input->before.columns += (size_t)(text - item);
    input->length -= (size_t)(text - item);
    input->bytes = text;
    return true;
}
