/* forms.h - an article in the forms that people have it in: made here by other means than the library reads
 * them. */
#ifndef TRICH_TESTS_TEXT_FORMS_H
#define TRICH_TESTS_TEXT_FORMS_H

#include <stdbool.h>
#include <stddef.h>

enum forms_form {
    FORMS_NFD,
    FORMS_OLD_TONES, /* hoà, khoẻ, uỷ */
    FORMS_NO_BREAK,  /* U+00A0 for blanks */
    FORMS_DASHES,    /* U+2013 for hyphens */
    FORMS_CRLF,
    FORMS_WRAPPED,  /* at 72 columns */
    FORMS_ENTITIES, /* &#7911; for all that is not ASCII */
    FORMS_HTML,     /* a page with paragraphs, line breaks and tags around blanks */
    FORMS_UTF16LE,
    FORMS_WINDOWS_1258,
    FORMS_VISCII,
    FORMS_TCVN3, /* capitals with tone marks become small letters */
    FORMS_TCVN3_IN_UTF8,
    FORMS_VNI,
    FORMS_VNI_IN_UTF8,
    FORMS_COUNT
};

extern const char *const forms_names[FORMS_COUNT];

struct forms_text {
    char *bytes;
    size_t length;
    size_t *positions; /* where each byte of the original came to; also for its end */
};

/*
 * The text (NFC, UTF-8) with all that the form cannot carry replaced: quotes and dashes by ASCII ones, other
 * characters by ?. To be freed. In *replaced the number of ?.
 */
char *forms_reduce(enum forms_form form, const char *text, size_t *replaced);
/* The reduced text in the form. */
struct forms_text forms_convert(enum forms_form form, const char *text);
void forms_clear(struct forms_text *text);

#endif
