/* The symbol of a document's number: its groups, their customary letters, and what they say by the tables. */
#include "character.h"
#include "document_number.h"

enum { MAX_SEGMENT = 64, MAX_VALUE = 256 };

/* ---- tables --------------------------------------------------------------------------------------- */

/* Whether something stands in that column, one of those that say yes, of a type's row. */
static bool type_has(const struct document_tables *tables, long row, long column)
{
    return table_cell(tables->types, (size_t)row, column).length > 0;
}

static bool is_one_group(struct slice key)
{
    return memchr(key.data, '-', key.length) == NULL && memchr(key.data, '/', key.length) == NULL &&
           memchr(key.data, '*', key.length) == NULL;
}

static struct slice find_letters(const struct table *table, struct slice segment)
{
    for (size_t row = 0; table != NULL && row < table->row_count; row++) {
        struct slice key = table_cell(table, row, 0);
        if (key.length == segment.length && is_one_group(key) && document_same_letters(key, segment))
            return key;
    }
    return (struct slice){NULL, 0};
}

/* Row of a key with a star: QH* for its beginning, *TW for its end. The longest wins. */
static long find_star(const struct table *table, struct slice segment)
{
    char key[MAX_SEGMENT + 2];
    if (table == NULL || segment.length >= MAX_SEGMENT)
        return TABLE_NONE;
    for (size_t length = segment.length; length > 0; length--) {
        memcpy(key, segment.data, length);
        key[length] = '*';
        long row = table_find(table, (struct slice){key, length + 1});
        if (row != TABLE_NONE)
            return row;
        key[0] = '*';
        memcpy(key + 1, segment.data + segment.length - length, length);
        row = table_find(table, (struct slice){key, length + 1});
        if (row != TABLE_NONE)
            return row;
    }
    return TABLE_NONE;
}

static bool is_known(const struct document_tables *tables, struct slice segment)
{
    return document_row(tables->types, segment) != TABLE_NONE ||
           document_row(tables->issuers, segment) != TABLE_NONE;
}

/* The group as papers have it where newspapers spell it otherwise: TW for TƯ, BTGTW for BTGTƯ. */
static struct slice written_segment(struct reading *reading, const struct document_tables *tables,
                                    struct slice segment)
{
    long row = document_row(tables->issuers, segment);
    if (row == TABLE_NONE)
        row = find_star(tables->issuers, segment);
    struct slice written = {NULL, 0};
    if (row != TABLE_NONE)
        written = table_cell(tables->issuers, (size_t)row, tables->issuer_written);
    if (written.length == 0)
        return segment;
    if (written.data[0] != '*')
        return written;
    char letters[MAX_SEGMENT * 2]; /* no segment that find_star knows is longer than MAX_SEGMENT */
    size_t tail = table_cell(tables->issuers, (size_t)row, 0).length - 1;
    size_t head = segment.length - tail;
    if (head + written.length > sizeof letters)
        return segment;
    memcpy(letters, segment.data, head);
    memcpy(letters + head, written.data + 1, written.length - 1);
    return slice_from(reading_string(reading, (struct slice){letters, head + written.length - 1}));
}

/* The group in its customary letters: CTr for Ctr, NĐ for nđ. Behind the first a group in capitals is no
 * type: CTR is the unit for solid waste in 45/TCMT-CTR. */
static struct slice canonical_segment(struct reading *reading, const struct document_tables *tables,
                                      struct slice segment, bool first)
{
    if (is_known(tables, segment))
        return segment;
    struct slice key = {NULL, 0};
    if (first || !document_has_capital(segment))
        key = find_letters(tables->types, segment);
    if (key.data == NULL)
        key = find_letters(tables->issuers, segment);
    if (key.data != NULL)
        return key;
    return document_has_capital(segment) ? segment : slice_from(document_upper(reading, segment));
}

/* ---- the groups ----------------------------------------------------------------------------------- */

struct spelling {
    char text[MAX_VALUE];
    size_t length;
};

static void spell(struct spelling *spelling, struct slice letters)
{
    if (letters.length >= sizeof spelling->text - spelling->length)
        letters.length = sizeof spelling->text - spelling->length - 1;
    memcpy(spelling->text + spelling->length, letters.data, letters.length);
    spelling->length += letters.length;
}

static bool is_separator(char c)
{
    return c == '-' || c == '/' || c == '\\' || c == '.' || is_blank(c);
}

/* The other stroke is a slip of the finger: 473-QĐ\HĐNN8. */
static char stroke(char c)
{
    return c == '\\' ? '/' : c;
}

static void add_segment(struct document *document, struct slice segment, char separator)
{
    if (document->segment_count == DOCUMENT_MAX_SEGMENTS)
        return;
    document->separators[document->segment_count] = separator;
    document->segments[document->segment_count++] = segment;
}

static bool is_no_issuer(const struct document_tables *tables, struct slice segment)
{
    long row = document_row(tables->issuers, segment);
    return row != TABLE_NONE &&
           slice_is(table_cell(tables->issuers, (size_t)row, tables->issuer_system), "none");
}

/* Length of the type at the head of glued groups (TTLTBCA, NQTW) when an issuer is the rest; 0 if none is. */
static size_t glued_type(const struct document_tables *tables, struct slice segment)
{
    for (size_t length = segment.length - 1; length > 0; length--) {
        struct slice head = {segment.data, length};
        struct slice rest = {segment.data + length, segment.length - length};
        long row = document_row(tables->types, head);
        if (row != TABLE_NONE && type_has(tables, row, tables->type_strong) &&
            document_row(tables->issuers, rest) != TABLE_NONE && !is_no_issuer(tables, rest))
            return length;
    }
    return 0;
}

static size_t glued_issuer(const struct document_tables *tables, struct slice segment)
{
    for (size_t length = segment.length - 1; length > 1; length--)
        if (document_row(tables->issuers, (struct slice){segment.data, length}) != TABLE_NONE &&
            document_row(tables->issuers, (struct slice){segment.data + length, segment.length - length}) !=
                TABLE_NONE)
            return length;
    return 0;
}

static bool is_joint(const struct document_tables *tables, struct slice segment)
{
    long row = document_row(tables->types, segment);
    return row != TABLE_NONE && type_has(tables, row, tables->type_joint);
}

bool document_is_joint(const struct document_tables *tables, const struct document *document)
{
    return document->joint || (document->type != NULL && is_joint(tables, slice_from(document->type)));
}

enum style { STYLE_SLASH, STYLE_DASH, STYLE_TYPE_BEHIND };

static const char *system_of(const struct document_tables *tables, struct slice issuer, enum style style);

/* Adds a group to the document and to the value's spelling, torn apart where two were printed as one. */
static void read_segment(struct reading *reading, const struct document_tables *tables,
                         struct document *document, struct slice printed, char separator,
                         struct spelling *value)
{
    struct slice segment = canonical_segment(reading, tables, printed, document->segment_count == 0);
    segment = written_segment(reading, tables, segment);
    size_t head = 0;
    if (!is_known(tables, segment)) {
        if (document->segment_count == 0)
            head = glued_type(tables, segment);
        else if (is_joint(tables, document->segments[0]))
            head = glued_issuer(tables, segment);
    }
    if (head > 0) {
        struct slice rest = {segment.data + head, segment.length - head};
        const char *system = system_of(tables, rest, document->dashed ? STYLE_DASH : STYLE_SLASH);
        segment.length = head;
        add_segment(document, segment, separator);
        spell(value, segment);
        separator = document->dashed && system != NULL && strcmp(system, "party") == 0 ? '/' : '-';
        spell(value, (struct slice){&separator, 1});
        segment = rest;
    }
    add_segment(document, segment, separator);
    spell(value, segment);
}

/* End of the group that starts there. A point ends it too, but where newspapers spell an issuer so: T.Ư */
static size_t segment_end(const struct document_tables *tables, struct slice symbol, size_t start)
{
    size_t end = start;
    while (end < symbol.length && !is_separator(symbol.data[end]))
        end++;
    if (end >= symbol.length || symbol.data[end] != '.')
        return end;
    size_t whole = end + 1;
    while (whole < symbol.length && !is_separator(symbol.data[whole]))
        whole++;
    long row = document_row(tables->issuers, (struct slice){symbol.data + start, whole - start});
    bool spelled =
        row != TABLE_NONE && table_cell(tables->issuers, (size_t)row, tables->issuer_written).length > 0;
    return spelled ? whole : end;
}

static void read_segments(struct reading *reading, const struct document_tables *tables,
                          struct document *document, struct slice symbol, struct spelling *value)
{
    char separator = document->dashed ? '-' : '/';
    for (size_t i = 0; i < symbol.length;) {
        size_t start = i;
        i = segment_end(tables, symbol, start);
        if (i > start)
            read_segment(reading, tables, document, (struct slice){symbol.data + start, i - start}, separator,
                         value);
        separator = ' ';
        for (; i < symbol.length && is_separator(symbol.data[i]); i++)
            if (!is_blank(symbol.data[i])) {
                separator = stroke(symbol.data[i]);
                spell(value, (struct slice){&separator, 1});
            }
    }
}

/* ---- what they say -------------------------------------------------------------------------------- */

static bool is_listed(const struct document_tables *tables, struct slice issuer)
{
    return document_row(tables->issuers, issuer) != TABLE_NONE ||
           find_star(tables->issuers, issuer) != TABLE_NONE;
}

/*
 * The system of an issuer. The same letters may stand in several (BTC is a ministry and a Party committee's
 * department): the Party joins number and type by a dash, the others by a slash. The state puts the type in
 * front of the issuer; who puts it behind (45/TCMT-GGT) is rather the journal of an organisation than a
 * general department.
 */
static const char *system_of(const struct document_tables *tables, struct slice issuer, enum style style)
{
    static const char *const orders[][3] = {[STYLE_SLASH] = {"state", "mass", "party"},
                                            [STYLE_DASH] = {"party", "mass", "state"},
                                            [STYLE_TYPE_BEHIND] = {"mass", "state", "party"}};
    const char *const *order = orders[style];
    long first = document_row(tables->issuers, issuer);
    if (first == TABLE_NONE)
        first = find_star(tables->issuers, issuer);
    if (first == TABLE_NONE)
        return order[0];
    for (size_t i = 0; i < 3; i++)
        for (long row = first; row != TABLE_NONE; row = table_next(tables->issuers, row))
            if (slice_is(table_cell(tables->issuers, (size_t)row, tables->issuer_system), order[i]))
                return order[i];
    return NULL; /* a religious body, a company, or no issuer at all */
}

static bool is_of_party(const struct document_tables *tables, struct slice issuer)
{
    const char *system = is_listed(tables, issuer) ? system_of(tables, issuer, STYLE_DASH) : NULL;
    return system != NULL && strcmp(system, "party") == 0;
}

static struct slice pair_key(const struct document *document, size_t first, char separator, char *key)
{
    struct slice a = document->segments[first];
    struct slice b = document->segments[first + 1];
    if (a.length + b.length + 1 > MAX_SEGMENT)
        return (struct slice){key, 0};
    memcpy(key, a.data, a.length);
    key[a.length] = separator;
    memcpy(key + a.length + 1, b.data, b.length);
    return (struct slice){key, a.length + b.length + 1};
}

static long find_pair(const struct document *document, const struct table *table, size_t first,
                      char separator)
{
    char key[MAX_SEGMENT];
    if (table == NULL || first + 1 >= document->segment_count || document->separators[first + 1] != separator)
        return TABLE_NONE;
    return table_find(table, pair_key(document, first, separator, key));
}

static bool is_strong(const struct document_tables *tables, long row)
{
    return type_has(tables, row, tables->type_strong);
}

/* Does the name in front say another type than the symbol's? */
static bool is_named_otherwise(const struct document_tables *tables, const struct document *document)
{
    if (document->name_row == TABLE_NONE)
        return false;
    struct slice named = table_cell(tables->names, (size_t)document->name_row, tables->name_type);
    struct slice type = table_cell(tables->types, (size_t)document->type_row, tables->type_type);
    return named.length > 0 && !slice_equal(named, type);
}

/* CT is a directive, but the name in front may tell that it stands for Chủ tịch (Quyết định 268-CT) or for a
 * tax department's own symbol; TC is the finance ministry in Thông tư 30-TC/TCT. */
static bool is_issuer_after_all(const struct document_tables *tables, const struct document *document)
{
    bool is_issuer = document_row(tables->issuers, document->segments[0]) != TABLE_NONE;
    bool strong = is_strong(tables, document->type_row);
    bool otherwise = is_named_otherwise(tables, document);
    if (document->segment_count < 2) /* 100/2015/QH: a type alone is only believed when it is sure */
        return is_issuer && (!strong || otherwise);
    long second = document_row(tables->issuers, document->segments[1]);
    if (second == TABLE_NONE)
        return strong ? otherwise && is_issuer : otherwise || is_issuer;
    /* unnamed, as in a letter's head, it is the issuer before one of its departments: Số: 49-TC/TCT */
    if (is_issuer && !strong && document->name_row == TABLE_NONE &&
        table_cell(tables->issuers, (size_t)second, tables->issuer_local).length == 0)
        otherwise = true;
    return otherwise && !strong && !is_of_party(tables, document->segments[1]); /* 12-QH/TW */
}

/* Which group the issuer is in; the type's row is set. */
static size_t read_type(const struct document_tables *tables, struct document *document)
{
    document->type_row = find_pair(document, tables->types, 0, '-');
    if (document->type_row != TABLE_NONE)
        return 2;
    document->type_row = find_pair(document, tables->types, 0, '/');
    if (document->type_row != TABLE_NONE) {
        if (is_named_otherwise(tables,
                               document)) /* Pháp lệnh số 29-L/CTN was published by the same orders as laws */
            document->type_row = TABLE_NONE;
        return 1;
    }
    document->type_row = document_row(tables->types, document->segments[0]);
    if (document->type_row == TABLE_NONE)
        return 0;
    if (is_issuer_after_all(tables, document)) {
        document->type_row = TABLE_NONE;
        return 0;
    }
    return 1;
}

static const char *join_segments(struct reading *reading, const struct document *document, size_t first,
                                 size_t last)
{
    struct spelling joined = {.length = 0};
    for (size_t i = first; i < last; i++) {
        if (i > first)
            spell(&joined, document->separators[i] == '.' ? SLICE(".") : SLICE("-"));
        spell(&joined, document->segments[i]);
    }
    return reading_string(reading, (struct slice){joined.text, joined.length});
}

/* Decrees (NĐ, SL) are the state's alone, however they are written. */
static bool is_of_state_alone(const struct document_tables *tables, long row)
{
    struct slice type = table_cell(tables->types, (size_t)row, tables->type_type);
    if (!type_has(tables, row, tables->type_normative))
        return false;
    for (row = document_row(tables->types, type); row != TABLE_NONE; row = table_next(tables->types, row))
        if (!slice_is(table_cell(tables->types, (size_t)row, tables->type_system), "state"))
            return false;
    return true;
}

static enum style style_of_type_in_front(const struct document_tables *tables,
                                         const struct document *document)
{
    if (!document->dashed || is_of_state_alone(tables, document->type_row))
        return STYLE_SLASH;
    /* 101-TB-TV: the Party parts type and organ by a stroke */
    bool stroke = document->segment_count < 2 || document->separators[1] != '-';
    return stroke || is_of_party(tables, document->segments[document->segment_count - 1]) ? STYLE_DASH
                                                                                          : STYLE_SLASH;
}

/* The type behind the issuer, which then ends a group earlier: TCMT-GGT, UB-QĐ; of old also 1-LĐ/TT, which is
 * not the Party's way. */
static enum style read_type_behind(struct reading *reading, const struct document_tables *tables,
                                   struct document *document, size_t *issuer_end)
{
    size_t end = document->segment_count - 1;
    struct slice last = document->segments[end];
    long row = end > 0 ? document_row(tables->types, last) : TABLE_NONE;
    bool of_old =
        row != TABLE_NONE && document->dashed && is_strong(tables, row) && document->separators[end] == '/';
    if (row == TABLE_NONE ||
        (!of_old && !type_has(tables, row, tables->type_behind))) /* the Party names its types */
        return document->dashed && is_of_party(tables, last) ? STYLE_DASH : STYLE_SLASH;
    document->type = document_cell(reading, tables->types, row, tables->type_type);
    document->joint = type_has(tables, row, tables->type_joint);
    *issuer_end = end;
    if (of_old || is_of_state_alone(tables, row))
        return STYLE_SLASH;
    return document->dashed ? STYLE_DASH : STYLE_TYPE_BEHIND;
}

static void read_issuer(struct reading *reading, const struct document_tables *tables,
                        struct document *document, size_t first, size_t end, enum style style)
{
    size_t last = first + 1;
    if (document->joint)
        last = end;
    else if (find_pair(document, tables->issuers, first, '-') != TABLE_NONE ||
             find_pair(document, tables->issuers, first, '.') != TABLE_NONE) /* TT.HĐND */
        last = first + 2;
    document->issuer = join_segments(reading, document, first, last);
    document->system = system_of(tables, document->segments[first], style);
    /* CV before an unknown issuer is how companies write: the state's dispatches name no type */
    if (document->type_row != TABLE_NONE && !document->dashed &&
        !is_listed(tables, document->segments[first]) &&
        type_has(tables, document->type_row, tables->type_foreign))
        document->system = NULL;
}

static void read_meaning(struct reading *reading, const struct document_tables *tables,
                         struct document *document)
{
    if (document->segment_count == 0)
        return;
    enum style style;
    size_t first = read_type(tables, document);
    size_t end = document->segment_count;
    if (document->type_row != TABLE_NONE) {
        document->type = document_cell(reading, tables->types, document->type_row, tables->type_type);
        document->normative = type_has(tables, document->type_row, tables->type_normative);
        document->joint = type_has(tables, document->type_row, tables->type_joint);
        if (slice_is(table_cell(tables->types, (size_t)document->type_row, tables->type_system), "court")) {
            document->system = "court";
            return;
        }
        style = style_of_type_in_front(tables, document);
    } else {
        style = read_type_behind(reading, tables, document, &end);
    }
    if (first >= document->segment_count || is_no_issuer(tables, document->segments[first]))
        document->system = "state";
    else
        read_issuer(reading, tables, document, first, end, style);
}

void document_default_type(struct reading *reading, const struct document_tables *tables,
                           struct document *document)
{
    long row = find_star(tables->types, document->segments[0]);
    if (row == TABLE_NONE)
        return;
    document->type_row = row;
    document->type = document_cell(reading, tables->types, row, tables->type_type);
}

/* ---- the whole number ----------------------------------------------------------------------------- */

/* A point that groups thousands (2.345/QĐ-UBND) has three digits behind it; in 66.25/2026/NQ-CP it is the
 * number's own. */
static bool groups_thousands(struct slice printed, size_t at)
{
    return printed.data[at] == '.' && printed.length - at == 4;
}

static const char *plain_number(struct reading *reading, struct slice printed)
{
    struct spelling number = {.length = 0};
    size_t i = 0;
    while (i + 1 < printed.length && printed.data[i] == '0' && printed.data[i + 1] >= '0' &&
           printed.data[i + 1] <= '9')
        i++;
    for (; i < printed.length; i++)
        if (!is_blank(printed.data[i]) && !groups_thousands(printed, i))
            spell(&number, (struct slice){printed.data + i, 1});
    return reading_string(reading, (struct slice){number.text, number.length});
}

static const char *full_year(struct reading *reading, struct slice printed)
{
    if (printed.length == 4)
        return reading_string(reading, printed);
    if (printed.length != 2)
        return NULL;
    /* two digits: the state has numbered its documents since 1945 */
    const char *century = printed.data[0] < '4' ? "20" : "19";
    const char year[] = {century[0], century[1], printed.data[0], printed.data[1]};
    return reading_string(reading, (struct slice){year, sizeof year});
}

bool document_read_symbol(struct reading *reading, const struct document_tables *tables, struct item *item,
                          struct document *document)
{
    struct slice record = {reading->text + item->match.start, item->match.end - item->match.start};
    struct slice number = item_group(item, DOCUMENT_number);
    struct slice symbol = item_group(item, DOCUMENT_symbol);
    struct slice year = item_group(item, DOCUMENT_year);
    struct slice type = item_group(item, DOCUMENT_type);
    struct slice issuer = item_group(item, DOCUMENT_issuer);
    struct spelling value = {.length = 0};
    if (number.data == NULL)
        return false;
    document->number = plain_number(reading, number);
    if (year.data != NULL)
        document->year = full_year(reading, year);
    document->bare = symbol.data == NULL && type.data == NULL && issuer.data == NULL;
    size_t head = symbol.data != NULL ? (size_t)(symbol.data - record.data) : record.length;
    char before = '\0';
    for (size_t i = 0; i < head; i++)
        if (!is_blank(record.data[i])) {
            before = stroke(record.data[i]);
            spell(&value, (struct slice){&before, 1});
        }
    document->dashed = before == '-' && year.data == NULL;
    if (symbol.data != NULL && head > 0 && before != '-' && before != '/') {
        /* the stroke was left out: 84 QĐ/TWĐTN, 67/2014 NĐ-CP */
        document->dashed = memchr(symbol.data, '/', symbol.length) != NULL;
        spell(&value, document->dashed ? SLICE("-") : SLICE("/"));
    }
    if (symbol.data != NULL) {
        read_segments(reading, tables, document, symbol, &value);
        for (size_t i = head + symbol.length; i < record.length; i++) /* 171/NĐ-CP/2013 */
            if (!is_blank(record.data[i]))
                spell(&value, (struct slice){record.data + i, 1});
        read_meaning(reading, tables, document);
    }
    if (type.data != NULL) {
        document->type = reading_string(reading, type);
        document->type_row = document_row(tables->types, type);
    }
    if (type.data != NULL || issuer.data != NULL) /* only standards have these groups */
        document->system = "standard";
    if (issuer.data != NULL)
        document->issuer = reading_string(reading, issuer);
    document->value = reading_string(reading, (struct slice){value.text, value.length});
    return true;
}
