/*
 * An identifier in the manner of RFC 9676 (URN:LEX) for normative documents:
 *
 *     urn:lex:vn:AUTHORITY:MEASURE:DATE;NUMBER
 *
 * with small letters without marks, words joined by dots, bodies of a joint document by '+'. DATE is the date
 * of issue, or the year inside the number if the text gives no date; NUMBER is the whole symbol with '-' for
 * '/'. Example: urn:lex:vn:chinh.phu:nghi.dinh:2020-03-05;30-2020-nd-cp
 */
#include "../base/buffer.h"
#include "../base/utf8.h"
#include "document_number.h"

#include <utf8proc.h>

enum {
    MAX_LETTERS = 8, /* that one character is written with when it is taken apart */
    USUAL_BYTES = 120
};

/* The small letters without marks that a character is; how many. */
static utf8proc_ssize_t take_apart(utf8proc_int32_t code, utf8proc_int32_t letters[MAX_LETTERS])
{
    enum { SMALL_D = 0x111, CAPITAL_D = 0x110 }; /* the one Vietnamese letter that has no decomposition */
    letters[0] = code == SMALL_D || code == CAPITAL_D ? 'd' : code >= 'A' && code <= 'Z' ? code + 32 : code;
    if (letters[0] < 0x80)
        return 1;
    utf8proc_ssize_t count = utf8proc_decompose_char(
        code, letters, MAX_LETTERS, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD, NULL);
    return count < MAX_LETTERS ? count : MAX_LETTERS;
}

static bool is_plain(utf8proc_int32_t letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
}

/* Letters and digits without marks, runs of anything else as one joiner. */
static void append_plain(struct buffer *urn, const char *string, char joiner)
{
    const unsigned char *bytes = (const unsigned char *)string;
    bool pending = false;
    bool any = false;
    while (*bytes != '\0') {
        bool small = (*bytes >= 'a' && *bytes <= 'z') || (*bytes >= '0' && *bytes <= '9');
        if (small && !pending) { /* most are */
            buffer_append_byte(urn, (char)*bytes++);
            any = true;
            continue;
        }
        size_t length;
        utf8proc_int32_t code = utf8_decode(bytes, &length);
        utf8proc_int32_t letters[MAX_LETTERS];
        bytes += length;
        utf8proc_ssize_t count = take_apart(code, letters);
        for (utf8proc_ssize_t i = 0; i < count; i++) {
            if (!is_plain(letters[i])) {
                pending = true;
                continue;
            }
            if (pending && any)
                buffer_append_byte(urn, joiner);
            pending = false;
            any = true;
            buffer_append_byte(urn, (char)letters[i]);
        }
    }
}

/* Row of the issuer as a body of the state; QH14 is the same body as QH13. */
static long issuer_row(const struct document_tables *tables, struct slice issuer)
{
    while (issuer.length > 1 && issuer.data[issuer.length - 1] >= '0' &&
           issuer.data[issuer.length - 1] <= '9')
        issuer.length--;
    long row = tables->issuers != NULL ? table_find(tables->issuers, issuer) : TABLE_NONE;
    while (row != TABLE_NONE &&
           !slice_is(table_cell(tables->issuers, (size_t)row, tables->issuer_system), "state"))
        row = table_next(tables->issuers, row);
    return row;
}

/* A People's Committee is one of many: only the text can say of which place. */
static bool append_body(struct reading *reading, const struct document_tables *tables, struct slice issuer,
                        const char *by, struct buffer *urn)
{
    long row = issuer_row(tables, issuer);
    if (row == TABLE_NONE)
        return false;
    char *name = reading_string(reading, table_cell(tables->issuers, (size_t)row, tables->issuer_name));
    if (name == NULL)
        return false;
    if (table_cell(tables->issuers, (size_t)row, tables->issuer_local).length == 0) {
        append_plain(urn, name, '.');
        return true;
    }
    const char *place = by != NULL ? strstr(by, name) : NULL;
    if (place == NULL || strchr(place + strlen(name), ' ') == NULL ||
        strchr(strchr(place + strlen(name), ' ') + 1, ' ') == NULL)
        return false;
    append_plain(urn, place, '.');
    return true;
}

static bool append_authority(struct reading *reading, const struct document_tables *tables,
                             const struct document *document, struct buffer *urn)
{
    const char *issuer = document->issuer;
    for (;;) {
        const char *end = document->joint ? strchr(issuer, '-') : NULL;
        struct slice body = {issuer, end != NULL ? (size_t)(end - issuer) : strlen(issuer)};
        if (!append_body(reading, tables, body, document->by, urn))
            return false;
        if (end == NULL)
            return true;
        buffer_append_byte(urn, '+');
        issuer = end + 1;
    }
}

const char *document_urn(struct reading *reading, const struct document_tables *tables,
                         const struct document *document)
{
    if (!document->normative || document->year == NULL || document->type_name == NULL ||
        document->issuer == NULL)
        return NULL;
    struct buffer urn;
    buffer_init(&urn);
    buffer_reserve(&urn, USUAL_BYTES);
    buffer_append_string(&urn, "urn:lex:vn:");
    bool known = append_authority(reading, tables, document, &urn);
    buffer_append_byte(&urn, ':');
    append_plain(&urn, document->type_name, '.');
    buffer_append_byte(&urn, ':');
    buffer_append_string(&urn, document->issued != NULL ? document->issued : document->year);
    buffer_append_byte(&urn, ';');
    append_plain(&urn, document->value, '-');
    const char *result = urn.failed || !known ? NULL : reading_string(reading, buffer_slice(&urn));
    reading->failed = reading->failed || urn.failed;
    buffer_clear(&urn);
    return result;
}
