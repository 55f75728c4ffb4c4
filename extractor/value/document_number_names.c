/* What a document's type and issuers are called in full, once its system and body are known. */
#include "../base/buffer.h"
#include "document_number.h"

static const char *name_type(struct reading *reading, const struct document_tables *tables,
                             struct document *document)
{
    struct slice named = {NULL, 0};
    if (document->name_row != TABLE_NONE)
        named = table_cell(tables->names, (size_t)document->name_row, 0);
    long best = TABLE_NONE;
    int best_score = -1;
    for (long row = document_row(tables->types, slice_from(document->type)); row != TABLE_NONE;
         row = table_next(tables->types, row)) {
        int score = 0;
        if (document->system != NULL &&
            slice_is(table_cell(tables->types, (size_t)row, tables->type_system), document->system))
            score += 2;
        if (named.data != NULL &&
            document_same_letters(named, table_cell(tables->types, (size_t)row, tables->type_name)))
            score += 1;
        if (score > best_score) {
            best = row;
            best_score = score;
        }
    }
    if (best == TABLE_NONE)
        return NULL;
    document->normative = table_cell(tables->types, (size_t)best, tables->type_normative).length > 0;
    return document_cell(reading, tables->types, best, tables->type_name);
}

static bool body_names(struct reading *reading, const char *body, struct slice name)
{
    if (body == NULL || name.length == 0)
        return false;
    const char *haystack = document_lower(reading, slice_from(body));
    const char *needle = document_lower(reading, name);
    return haystack != NULL && needle != NULL && strstr(haystack, needle) != NULL;
}

static const char *name_issuer(struct reading *reading, const struct document_tables *tables,
                               const char *body, struct slice issuer, const char *system)
{
    long best = TABLE_NONE;
    for (long row = document_row(tables->issuers, issuer); row != TABLE_NONE;
         row = table_next(tables->issuers, row)) {
        struct slice row_system = table_cell(tables->issuers, (size_t)row, tables->issuer_system);
        if (system != NULL && !slice_is(row_system, system))
            continue;
        if (best == TABLE_NONE ||
            body_names(reading, body, table_cell(tables->issuers, (size_t)row, tables->issuer_name)))
            best = row;
    }
    return best != TABLE_NONE ? document_cell(reading, tables->issuers, best, tables->issuer_name) : NULL;
}

/* The names of all bodies of a joint document in a row; NULL if one is not known. */
static const char *name_joint(struct reading *reading, const struct document_tables *tables,
                              const struct document *document)
{
    const char *joined = NULL;
    struct buffer names;
    buffer_init(&names);
    size_t i = 1;
    for (; i < document->segment_count; i++) {
        const char *name = name_issuer(reading, tables, document->by, document->segments[i], NULL);
        if (name == NULL)
            break;
        if (i > 1)
            buffer_append_slice(&names, SLICE(", "));
        buffer_append_slice(&names, slice_from(name));
    }
    if (i > 1 && i == document->segment_count && !names.failed)
        joined = reading_string(reading, buffer_slice(&names));
    reading->failed = reading->failed || names.failed;
    buffer_clear(&names);
    return joined;
}

void document_name_parts(struct reading *reading, const struct document_tables *tables,
                         struct document *document)
{
    const char *system = document->system;
    if (document->type_name == NULL && document->type_row != TABLE_NONE &&
        (document->type == NULL || strcmp(document->system != NULL ? document->system : "", "court") == 0))
        document->type_name = document_cell(reading, tables->types, document->type_row, tables->type_name);
    if (document->type_name == NULL && document->type != NULL)
        document->type_name = name_type(reading, tables, document);
    if (document->issuer == NULL || document->issuer_name != NULL)
        return;
    if (system != NULL && strcmp(system, "standard") == 0)
        system = "state";
    document->issuer_name = name_issuer(reading, tables, document->by, slice_from(document->issuer), system);
    if (document->issuer_name != NULL || !document->joint)
        return;
    document->issuer_name = name_joint(reading, tables, document);
}
