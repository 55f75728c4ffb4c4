/*
 * document_number.h - what the files that read document numbers share.
 *
 * document_number.c puts a record together; document_number_tables.c finds its tables;
 * document_number_symbol.c reads its symbol by the tables of types and issuers, document_number_names.c gives
 * the names that they stand for; document_number_context.c settles what stands around it: the type's name in
 * front, the date and the body behind, lists that share a symbol, mentions of the same document;
 * document_number_urn.c names it by URN:LEX.
 */
#ifndef TRICH_VALUE_DOCUMENT_NUMBER_H
#define TRICH_VALUE_DOCUMENT_NUMBER_H

#include "value.h"

enum { DOCUMENT_MAX_SEGMENTS = 12 };

/* Tables and columns, looked up once for an article. Any table may be missing (other rules in use). */
struct document_tables {
    const struct table *types, *issuers, *names, *abbreviations, *bodies, *words;
    long type_system, type_type, type_name, type_normative, type_strong, type_joint, type_behind,
        type_foreign;
    long issuer_system, issuer_name, issuer_local, issuer_written;
    long name_type, name_system;
    long abbreviation_expansion, abbreviation_party;
    long body_name, body_class, body_system;
};

/* A document's number as read; all strings are NUL-terminated in the arena, NULL if unknown. */
struct document {
    const char *value, *number, *year;
    const char *type, *type_name;
    const char *issuer, *issuer_name;
    const char *system;
    const char *issued, *by, *about, *urn;
    bool dashed;           /* the number is joined to its symbol by a dash: the Party's way */
    bool bare;             /* no symbol */
    bool type_named;       /* the type is that of the name in front, not the symbol's */
    bool normative, joint; /* as the type's row says */
    long type_row;         /* in the table of types, TABLE_NONE if unknown */
    long name_row;         /* in the table of names: the type's name in front */
    struct slice segments[DOCUMENT_MAX_SEGMENTS]; /* canonical groups of the symbol */
    char separators[DOCUMENT_MAX_SEGMENTS]; /* in front of each group; of the first that behind the number */
    size_t segment_count;
    struct item *same_as;     /* the first mention, NULL if this is it */
    struct item *same_number; /* the document before this that has its running number */
};

void document_tables_find(struct document_tables *tables, const struct rules *rules);

/* Row of the key; TABLE_NONE also where the rules have no such table. */
long document_row(const struct table *table, struct slice key);
/* A copy of the cell, NULL if it is empty. */
const char *document_cell(struct reading *reading, const struct table *table, long row, long column);

/* Fills in what the match itself says: value, number, year, and what the symbol tells of type, issuer,
 * system. */
bool document_read_symbol(struct reading *reading, const struct document_tables *tables, struct item *item,
                          struct document *document);

/* Settles type_name and issuer_name once type, system and body are known. */
void document_name_parts(struct reading *reading, const struct document_tables *tables,
                         struct document *document);

/* The body as printed behind a number, abbreviations expanded. party: read BTC as Ban Tổ chức, not Bộ Tài
 * chính. */
const char *document_expand_body(struct reading *reading, const struct document_tables *tables,
                                 struct slice body, bool party);

/* The system of a body, by the phrase it begins with; {NULL, 0} if it is not known. */
struct slice document_body_system(struct reading *reading, const struct document_tables *tables,
                                  const char *body);

/* The system of the body that stands in front as the maker: Bộ Chính trị đã ban hành Nghị quyết …; {NULL, 0}
 * if there is none. */
struct slice document_front_system(struct reading *reading, const struct document_tables *tables,
                                   const struct item *item);

/* The type of documents numbered N/YYYY/ISSUER, by their issuer. */
void document_default_type(struct reading *reading, const struct document_tables *tables,
                           struct document *document);

/* NULL unless the document is normative and its year is known. */
const char *document_urn(struct reading *reading, const struct document_tables *tables,
                         const struct document *document);

/* Row of the type's name nearest in front of the item within its clause, or TABLE_NONE. commas: look past
 * them. */
long document_find_name(struct reading *reading, const struct document_tables *tables,
                        const struct item *item, bool commas);
/* Row of the name that the match itself has in front of the number. */
long document_name_row(struct reading *reading, const struct document_tables *tables,
                       const struct item *item);
/* Do the type's documents have several issuers (thông tư liên tịch)? */
bool document_is_joint(const struct document_tables *tables, const struct document *document);

/* Letters without regard to case. */
bool document_same_letters(struct slice a, struct slice b);
bool document_has_capital(struct slice letters);
/* A copy in capitals / small letters, as reading_string makes it. */
char *document_upper(struct reading *reading, struct slice letters);
char *document_lower(struct reading *reading, struct slice letters);

#endif
