/* Document numbers: the record put together from the match, what stands around it, and the rest of the
 * article. */
#include "document_number.h"
#include "words.h"

#include <stdio.h>

enum { LIST_GAP = 16, MOST_NAMESAKES = 256 };

static bool equal(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static struct document *document_of(const struct item *item)
{
    return item->kind == KIND_DOCUMENT_NUMBER && !item->dropped ? item->data : NULL;
}

/* The type that the name in front gives, where the symbol names none. */
static void take_named_type(struct reading *reading, const struct document_tables *tables,
                            struct document *document)
{
    struct slice type = table_cell(tables->names, (size_t)document->name_row, tables->name_type);
    if (document->type != NULL || type.length == 0)
        return;
    document->type = reading_string(reading, type);
    document->type_named = true;
}

/* 45/2019/QH14 is a law or a resolution by what stands in front, if need be at some distance; a law by
 * default. */
static void find_type(struct reading *reading, const struct document_tables *tables, const struct item *item,
                      struct document *document)
{
    bool with_word = item->match.whole_start < item->match.start; /* số in front: some name must be there */
    bool by_issuer = document->year != NULL && document->segment_count > 0;
    if (document->name_row != TABLE_NONE)
        take_named_type(reading, tables, document);
    if (document->type != NULL || document->bare ||
        (document->system != NULL &&
         (strcmp(document->system, "court") == 0 || strcmp(document->system, "standard") == 0)))
        return;
    if (document->name_row == TABLE_NONE && (with_word || by_issuer))
        document->name_row = document_find_name(reading, tables, item, by_issuer);
    if (document->name_row != TABLE_NONE)
        take_named_type(reading, tables, document);
    if (document->type == NULL && by_issuer)
        document_default_type(reading, tables, document);
}

/* Công điện 01/CĐ-TW is no Party paper although the Party's centre writes TW too: such telegrams are the
 * state's. Nor is Thông tư 05-NV for its dash: the Party's symbols name their type. */
static void take_named_system(struct reading *reading, const struct document_tables *tables,
                              struct document *document)
{
    if (document->name_row == TABLE_NONE || document->bare || document->system == NULL ||
        strcmp(document->system, "party") != 0 || (document->dashed && document->type_row != TABLE_NONE))
        return;
    struct slice system = table_cell(tables->names, (size_t)document->name_row, tables->name_system);
    if (slice_is(system, "state"))
        document->system = reading_string(reading, system);
}

bool document_number_read(struct reading *reading, struct item *item)
{
    struct document_tables tables;
    struct document *document = arena_calloc(reading->arena, 1, sizeof *document);
    if (document == NULL) {
        reading->failed = true;
        return false;
    }
    document_tables_find(&tables, reading->rules);
    document->type_row = document->name_row = TABLE_NONE;
    if (match_has(&item->match, DOCUMENT_name))
        document->name_row = document_name_row(reading, &tables, item);
    if (!document_read_symbol(reading, &tables, item, document))
        return false;
    find_type(reading, &tables, item, document);
    take_named_system(reading, &tables, document);
    item->data = document;
    return !reading->failed;
}

/* ---- lists ---------------------------------------------------------------------------------------- */

/* Is there but a comma or a word or two between the two, so that they stand in one list? */
static bool goes_on(const struct reading *reading, const struct item *item, const struct item *next)
{
    size_t from = item->match.end;
    size_t to = next->match.start;
    if (document_of(next) == NULL || item_group(next, DOCUMENT_name).data != NULL || to < from ||
        to - from > LIST_GAP)
        return false;
    for (size_t i = from; i < to; i++)
        if (strchr("0123456789.()", reading->text[i]) != NULL ||
            (reading->text[i] == '\n' && reading->text[i + 1] == '\n'))
            return false;
    return true;
}

/* The document whose list the item at index goes on, if need be past its date: số 12-QLKH ngày 6/11/1980 và
 * số 13-QLKH; NULL if there is none. */
static const struct document *document_before(const struct reading *reading, size_t index)
{
    const struct item *item = reading->items[index];
    const struct item *before = reading->items[index - 1];
    if (!goes_on(reading, before, item))
        return NULL;
    if (before->kind == KIND_DATE && index > 1) {
        const struct item *dated = reading->items[index - 2];
        if (document_of(dated) != NULL && match_has(&dated->match, DOCUMENT_issued) &&
            match_group_start(&dated->match, DOCUMENT_issued) == before->match.start)
            return document_of(dated);
    }
    return document_of(before);
}

static void inherit(struct document *document, const struct document *from)
{
    if (document->type == NULL) {
        document->type = from->type;
        document->type_row = from->type_row;
        document->name_row = from->name_row;
    }
    if (document->issuer == NULL)
        document->issuer = from->issuer;
    document->joint = from->joint;
    memcpy(document->segments, from->segments, sizeof document->segments);
    document->segment_count = from->segment_count;
    if (document->system == NULL)
        document->system = from->system;
}

/* Nghị quyết số 18, 19-NQ/TW: a bare number takes type and issuer from the next symbol in its list. */
static void share_symbols(struct reading *reading)
{
    for (size_t i = reading->item_count; i-- > 0;) {
        struct document *document = document_of(reading->items[i]);
        if (document == NULL || !document->bare || i + 1 == reading->item_count)
            continue;
        if (!goes_on(reading, reading->items[i], reading->items[i + 1]))
            continue;
        const struct document *next = document_of(reading->items[i + 1]);
        if (next->issuer == NULL)
            continue;
        /* the name is short for that of joint documents: Thông tư 20, 21/2015/TTLT-… */
        if (document->type != NULL && next->type != NULL && next->joint &&
            strncmp(next->type, document->type, strlen(document->type)) == 0)
            document->type = NULL;
        if (document->type == NULL || next->type == NULL || strcmp(document->type, next->type) == 0)
            inherit(document, next);
    }
    for (size_t i = 1; i < reading->item_count; i++) {
        struct document *document = document_of(reading->items[i]);
        if (document == NULL || document->type != NULL)
            continue;
        const struct document *before = document_before(reading, i);
        if (before == NULL)
            continue;
        if (document->bare) {
            inherit(document, before);
        } else if (before->type_named) {
            /* công văn số 12/UBND-NC, 13/UBND-TH; but not 12/QĐ-UBND, 13/UBND-TH */
            document->type = before->type;
            document->name_row = before->name_row;
            document->type_named = true;
        }
    }
}

/* ---- what stands behind --------------------------------------------------------------------------- */

/* The value of the date record that starts at the marked place, if it is known to the day or month. */
static void read_issued(const struct reading *reading, size_t index, struct document *document)
{
    const struct item *item = reading->items[index];
    if (!match_has(&item->match, DOCUMENT_issued))
        return;
    size_t place = match_group_start(&item->match, DOCUMENT_issued);
    for (size_t i = index + 1; i < reading->item_count && reading->items[i]->match.start <= place; i++) {
        const struct item *date = reading->items[i];
        if (date->match.start != place || date->kind != KIND_DATE || date->dropped)
            continue;
        const char *value = item_get(date, "value");
        if (value != NULL && strlen(value) == 10 && strchr(value, 'X') == NULL && strchr(value, '/') == NULL)
            document->issued = value;
    }
}

static void read_surroundings(struct reading *reading, const struct document_tables *tables, size_t index)
{
    const struct item *item = reading->items[index];
    struct document *document = document_of(item);
    struct slice by = item_group(item, document_is_joint(tables, document) ? DOCUMENT_bodies : DOCUMENT_by);
    struct slice about = item_group(item, DOCUMENT_about);
    read_issued(reading, index, document);
    if (by.data != NULL)
        document->by = document_expand_body(
            reading, tables, by, document->system != NULL && strcmp(document->system, "party") == 0);
    /* a type alone (159-TB) says no more than a bare number */
    bool open = document->bare ? document->system == NULL
                               : document->issuer == NULL && equal(document->system, "state");
    if (open) {
        struct slice system = document->by != NULL ? document_body_system(reading, tables, document->by)
                                                   : document_front_system(reading, tables, item);
        if (system.length > 0)
            document->system = reading_string(reading, system);
    }
    if (about.data != NULL) {
        while (about.length > 0 && strchr(" \n,", about.data[about.length - 1]) != NULL)
            about.length--;
        char *subject = reading_string(reading, about);
        for (char *c = subject; c != NULL && (c = strchr(c, '\n')) != NULL;)
            *c = ' ';
        document->about = subject;
    }
}

/* ---- systems of bare numbers ---------------------------------------------------------------------- */

/* A word such as và with a blank at either side. */
static bool is_and(const struct document_tables *tables, struct slice between)
{
    return between.length > 2 && between.data[0] == ' ' && between.data[between.length - 1] == ' ' &&
           words_are(tables->words, (struct slice){between.data + 1, between.length - 2}, TRAIT_AND);
}

/* Does the text between the two hold but a comma or và, and the second's own name? */
static bool named_in_a_row(const struct reading *reading, const struct document_tables *tables,
                           const struct item *item, const struct item *next)
{
    size_t from = item->match.end;
    size_t to = next->match.whole_start;
    if (document_of(next) == NULL || to < from || to - from > LIST_GAP)
        return false;
    struct slice between = {reading->text + from, to - from};
    return slice_is(between, ", ") || slice_is(between, "; ") || is_and(tables, between);
}

/* Nghị quyết 32, Kết luận 72 của Bộ Chính trị, Nghị quyết 57, 59 và 66 của …: the last's body is that of all.
 */
static void share_systems(struct reading *reading, const struct document_tables *tables)
{
    for (size_t i = reading->item_count; i-- > 1;) {
        struct document *document = document_of(reading->items[i - 1]);
        if (document == NULL || !document->bare || document->system != NULL ||
            !(named_in_a_row(reading, tables, reading->items[i - 1], reading->items[i]) ||
              goes_on(reading, reading->items[i - 1], reading->items[i])))
            continue;
        const struct document *next = document_of(reading->items[i]);
        if (next->bare)
            document->system = next->system;
    }
}

/* ---- the same document again ---------------------------------------------------------------------- */

/* Unless both are known and differ. */
static bool agree(const char *a, const char *b)
{
    return a == NULL || b == NULL || strcmp(a, b) == 0;
}

static bool is_same(const struct document *a, const struct document *b)
{
    if (!agree(a->issued, b->issued))
        return false;
    if (!a->bare && !b->bare)
        return strcmp(a->value, b->value) == 0;
    return equal(a->number, b->number) && equal(a->type, b->type) && agree(a->year, b->year) &&
           agree(a->issuer, b->issuer) && agree(a->system, b->system);
}

static void join(struct item *first, struct document *before, struct document *document)
{
    document->same_as = before->same_as != NULL ? before->same_as : first;
    if (document->bare && document->system == NULL)
        document->system = before->system;
    else if (before->bare && before->system == NULL)
        before->system = document->system;
}

/* The last document so far of each running number, and of each document the one before it with its number:
 * two mentions of one document have the number in common. */
struct numbers {
    struct item **last; /* by the number's hash */
    size_t mask;
};

static struct item **last_of_number(const struct numbers *numbers, const char *number)
{
    return &numbers->last[slice_hash(slice_from(number)) & numbers->mask];
}

/* The nearest mention before decides, so that of two documents 19 the one in hand is meant. Not too many are
 * looked at: a register of thousands of papers, all of them no. 1, must not take the square of its length. */
static void find_same(struct reading *reading)
{
    struct numbers numbers = {.mask = 15};
    while (numbers.mask < reading->item_count)
        numbers.mask = numbers.mask * 2 + 1;
    numbers.last = arena_calloc(reading->arena, numbers.mask + 1, sizeof(struct item *));
    if (numbers.last == NULL) {
        reading->failed = true;
        return;
    }
    for (size_t i = 0; i < reading->item_count; i++) {
        struct document *document = document_of(reading->items[i]);
        if (document == NULL)
            continue;
        struct item **last = last_of_number(&numbers, document->number);
        struct item *before = *last;
        size_t looked_at = 0;
        while (before != NULL && looked_at < MOST_NAMESAKES && !is_same(document, before->data)) {
            before = ((struct document *)before->data)->same_number;
            looked_at++;
        }
        if (before != NULL && looked_at < MOST_NAMESAKES)
            join(before, before->data, document);
        document->same_number = *last;
        *last = reading->items[i];
    }
}

/* A bare number's system, where nothing else told: by its type, else the state's. */
static void settle_system(const struct document_tables *tables, struct reading *reading,
                          struct document *document)
{
    if (document->system != NULL || !document->bare)
        return;
    struct slice system = {NULL, 0};
    if (document->name_row != TABLE_NONE)
        system = table_cell(tables->names, (size_t)document->name_row, tables->name_system);
    document->system = system.length > 0 ? reading_string(reading, system) : "state";
}

static void set(struct reading *reading, struct item *item, const char *name, const char *value)
{
    if (value != NULL && value[0] != '\0')
        item_set_kept(reading, item, name, value);
}

static void set_attributes(struct reading *reading, struct item *item, const struct document *document)
{
    set(reading, item, "value", document->value);
    set(reading, item, "number", document->number);
    set(reading, item, "year", document->year);
    set(reading, item, "type", document->type);
    set(reading, item, "type-name", document->type_name);
    set(reading, item, "issuer", document->issuer);
    set(reading, item, "issuer-name", document->issuer_name);
    set(reading, item, "system", document->system);
    set(reading, item, "issued", document->issued);
    set(reading, item, "by", document->by);
    set(reading, item, "about", document->about);
    set(reading, item, "urn", document->urn);
}

void document_number_resolve(struct reading *reading)
{
    struct document_tables tables;
    document_tables_find(&tables, reading->rules);
    share_symbols(reading);
    for (size_t i = 0; i < reading->item_count; i++)
        if (document_of(reading->items[i]) != NULL)
            read_surroundings(reading, &tables, i);
    share_systems(reading, &tables);
    find_same(reading);
    for (size_t i = 0; i < reading->item_count && !reading->failed; i++) {
        struct item *item = reading->items[i];
        struct document *document = document_of(item);
        if (document == NULL)
            continue;
        settle_system(&tables, reading, document);
        document_name_parts(reading, &tables, document);
        item->same_as = document->same_as;
        document->urn = document_urn(reading, &tables, document);
        set_attributes(reading, item, document);
    }
}
