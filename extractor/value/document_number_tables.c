/* The tables that document numbers are read by, and letters of either case. */
#include <utf8proc.h>

#include "../base/utf8.h"
#include "document_number.h"
#include "words.h"

static long column(const struct table *table, enum column_id id)
{
    return table != NULL ? table_known_column(table, id) : TABLE_NONE;
}

void document_tables_find(struct document_tables *tables, const struct rules *rules)
{
    const struct table *types = rules_known(rules, TABLE_DOCUMENT_TYPES);
    const struct table *issuers = rules_known(rules, TABLE_ISSUERS);
    const struct table *names = rules_known(rules, TABLE_DOCUMENT_NAMES);
    const struct table *abbreviations = rules_known(rules, TABLE_ABBREVIATIONS);
    const struct table *bodies = rules_known(rules, TABLE_DOCUMENT_BODIES);
    *tables = (struct document_tables){
        .types = types,
        .issuers = issuers,
        .names = names,
        .abbreviations = abbreviations,
        .bodies = bodies,
        .words = words_table(rules),
        .type_system = column(types, COLUMN_SYSTEM),
        .type_type = column(types, COLUMN_TYPE),
        .type_name = column(types, COLUMN_NAME),
        .type_normative = column(types, COLUMN_NORMATIVE),
        .type_strong = column(types, COLUMN_STRONG),
        .type_joint = column(types, COLUMN_JOINT),
        .type_behind = column(types, COLUMN_BEHIND),
        .type_foreign = column(types, COLUMN_FOREIGN),
        .issuer_system = column(issuers, COLUMN_SYSTEM),
        .issuer_name = column(issuers, COLUMN_NAME),
        .issuer_local = column(issuers, COLUMN_LOCAL),
        .issuer_written = column(issuers, COLUMN_WRITTEN),
        .name_type = column(names, COLUMN_TYPE),
        .name_system = column(names, COLUMN_SYSTEM),
        .abbreviation_expansion = column(abbreviations, COLUMN_EXPANSION),
        .abbreviation_party = column(abbreviations, COLUMN_PARTY),
        .body_name = column(bodies, COLUMN_NAME),
        .body_class = column(bodies, COLUMN_CLASS),
        .body_system = column(bodies, COLUMN_SYSTEM),
    };
}

long document_row(const struct table *table, struct slice key)
{
    return table != NULL ? table_find(table, key) : TABLE_NONE;
}

const char *document_cell(struct reading *reading, const struct table *table, long row, long column)
{
    struct slice cell = table_cell(table, (size_t)row, column);
    return cell.length > 0 ? reading_string(reading, cell) : NULL;
}

/* ---- letters -------------------------------------------------------------------------------------- */

static size_t next_code(struct slice text, size_t at, utf8proc_int32_t *code)
{
    size_t length;
    *code = utf8_decode((const unsigned char *)text.data + at, &length);
    return length;
}

bool document_same_letters(struct slice a, struct slice b)
{
    size_t i = 0;
    size_t j = 0;
    while (i < a.length && j < b.length) {
        utf8proc_int32_t left;
        utf8proc_int32_t right;
        i += next_code(a, i, &left);
        j += next_code(b, j, &right);
        if (left != right && utf8_lower(left) != utf8_lower(right))
            return false;
    }
    return i == a.length && j == b.length;
}

static char *map_letters(struct reading *reading, struct slice letters, int32_t (*map)(int32_t))
{
    /* a letter's other case can be one byte longer; four bytes are the most for any */
    char *result = arena_alloc(reading->arena, letters.length * 2 + 5);
    reading->failed = reading->failed || result == NULL;
    if (result == NULL)
        return NULL;
    size_t length = 0;
    for (size_t i = 0; i < letters.length && length < letters.length * 2;) {
        utf8proc_int32_t code;
        i += next_code(letters, i, &code);
        length += (size_t)utf8proc_encode_char(map(code), (utf8proc_uint8_t *)result + length);
    }
    result[length] = '\0';
    return result;
}

char *document_upper(struct reading *reading, struct slice letters)
{
    return map_letters(reading, letters, utf8_upper);
}

char *document_lower(struct reading *reading, struct slice letters)
{
    return map_letters(reading, letters, utf8_lower);
}

bool document_has_capital(struct slice letters)
{
    for (size_t i = 0; i < letters.length;) {
        utf8proc_int32_t code;
        i += next_code(letters, i, &code);
        if (utf8_lower(code) != code)
            return true;
    }
    return false;
}
