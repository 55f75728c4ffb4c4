/* What stands around a document's number: the type's name in front of it, the body behind it. */
#include "../base/buffer.h"
#include "../base/utf8.h"
#include "character.h"
#include "document_number.h"
#include "words.h"

enum {
    NAME_REACH = 240,
    FRONT_REACH = 120,
    NAME_MAX_WORDS = 4,
    TITLE_REACH = 48,
    BODY_MAX_WORDS = 9,
    BODY_MAX = 512
};

static bool is_word_byte(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || c == '&';
}

/* End of the sentence before `end`: a name there has nothing to do with the number. */
static bool ends_clause(const char *text, size_t at, bool commas)
{
    switch (text[at]) {
    case ';':
    case ':':
        return true;
    case '.':
        return text[at + 1] == ' ' || text[at + 1] == '\n';
    case ',':
    case '(':
    case ')':
        return !commas;
    case '\n':
        return text[at + 1] == '\n';
    default:
        return false;
    }
}

/* Row of the longest name that starts at `start` of the lowered text; *name_end is its end. */
static long name_at(const struct document_tables *tables, const char *text, size_t start, size_t end,
                    size_t *name_end)
{
    long found = TABLE_NONE;
    size_t at = start;
    for (size_t words = 0; words < NAME_MAX_WORDS && at < end; words++) {
        while (at < end && is_word_byte(text[at]))
            at++;
        long row = table_find(tables->names, (struct slice){text + start, at - start});
        if (row != TABLE_NONE) {
            found = row;
            *name_end = at;
        }
        if (at >= end || (text[at] != ' ' && text[at] != '\n'))
            break;
        at++;
    }
    return found;
}

/* What a decision is about: phương án in quyết định phê duyệt phương án bồi thường số 12. A name right before
 * số is the number's own all the same. */
static bool is_object(const struct table *words, const char *lower, size_t at, const char *behind)
{
    return behind[0] == ' ' && words_end(words, (struct slice){lower, at}, TRAIT_APPROVE) &&
           !words_begin(words, slice_from(behind), TRAIT_NUMBER_SIGN);
}

/* The last name in a stretch of text; of quyết định kháng nghị the whole, not kháng nghị. */
static long last_name(struct reading *reading, const struct document_tables *tables, struct slice stretch)
{
    char *lower = document_lower(reading, stretch);
    if (lower == NULL || tables->names == NULL)
        return TABLE_NONE;
    for (char *c = lower; (c = strchr(c, '\n')) != NULL;)
        *c = ' ';
    size_t length = strlen(lower);
    size_t end = 0;
    size_t words = 0; /* further words to look at, once a name is found */
    long found = TABLE_NONE;
    for (size_t at = length; at-- > 0 && words < NAME_MAX_WORDS;) {
        if (!is_word_byte(lower[at]) || (at > 0 && is_word_byte(lower[at - 1])))
            continue;
        size_t name_end = 0;
        long row = name_at(tables, lower, at, length, &name_end);
        if (row != TABLE_NONE && name_end >= end && !is_object(tables->words, lower, at, lower + name_end)) {
            found = row;
            end = name_end;
        }
        if (found != TABLE_NONE)
            words++;
    }
    return found;
}

long document_name_row(struct reading *reading, const struct document_tables *tables, const struct item *item)
{
    struct slice name = item_group(item, DOCUMENT_name);
    size_t start = (size_t)(name.data - reading->text);
    /* Words may stand between the name and the number, and among them a nearer name. */
    long row = last_name(reading, tables, (struct slice){name.data, item->match.start - start});
    /* abbreviations (NĐ, QĐ) stand in capitals in the table */
    return row != TABLE_NONE || tables->names == NULL ? row : table_find(tables->names, name);
}

/* Where the clause that goes on to `end` begins, at `start` or behind it. */
static size_t clause_in(const char *text, size_t start, size_t end, bool commas)
{
    for (size_t at = end; at-- > start;)
        if (ends_clause(text, at, commas))
            return at + 1;
    return start;
}

/* Where the clause in front of the item begins, or the text behind the number before it. */
static size_t clause_start(const struct reading *reading, const struct item *item, bool commas)
{
    size_t end = item->match.whole_start;
    size_t start = end > NAME_REACH ? end - NAME_REACH : 0;
    for (size_t i = reading->item_count; i-- > 0;) {
        const struct item *before = reading->items[i];
        if (before->match.end <= start)
            break;
        if (before->kind == KIND_DOCUMENT_NUMBER && before->match.end <= end) {
            start = before->match.end;
            break;
        }
    }
    return clause_in(reading->text, start, end, commas);
}

/* The name in a line of its own, where a title goes on in the next paragraph, the clause: NGHỊ ĐỊNH and below
 * CỦA HỘI ĐỒNG BỘ TRƯỞNG SỐ 326-HĐBT. */
static long name_above(struct reading *reading, const struct document_tables *tables, struct slice clause)
{
    const char *text = reading->text;
    size_t end = (size_t)(clause.data - text);
    while (clause.length > 1 && is_blank(clause.data[1]))
        clause = (struct slice){clause.data + 1, clause.length - 1};
    if (!words_begin(tables->words, clause, TRAIT_OF))
        return TABLE_NONE;
    while (end > 0 && is_blank(text[end - 1]))
        end--;
    size_t line = end;
    while (line > 0 && text[line - 1] != '\n' && end - line < TITLE_REACH)
        line--;
    const char *name = document_lower(reading, (struct slice){text + line, end - line});
    return name != NULL && tables->names != NULL ? table_find(tables->names, slice_from(name)) : TABLE_NONE;
}

long document_find_name(struct reading *reading, const struct document_tables *tables,
                        const struct item *item, bool commas)
{
    size_t start = clause_start(reading, item, commas);
    struct slice clause = {reading->text + start, item->match.whole_start - start};
    long row = last_name(reading, tables, clause);
    return row == TABLE_NONE && start > 0 && reading->text[start - 1] == '\n'
               ? name_above(reading, tables, clause)
               : row;
}

/* ---- the body ------------------------------------------------------------------------------------- */

struct body {
    const struct document_tables *tables;
    const char *printed, *lower; /* one blank between words; same length, or lower is not used */
    size_t length;
    bool capitals; /* all in capitals, as in headings */
    bool party;
    struct buffer result;
};

static bool is_all_capitals(const char *printed, const char *upper)
{
    return strchr(printed, ' ') != NULL && strcmp(printed, upper) == 0;
}

static size_t word_end(const struct body *body, size_t at)
{
    while (at < body->length && body->printed[at] != ' ' && body->printed[at] != ',')
        at++;
    return at;
}

/* Replaces the longest phrase of the table that starts here; the place behind it, or `at` if there is none.
 */
static size_t expand_phrase(struct body *body, size_t at)
{
    size_t best = at;
    long best_row = TABLE_NONE;
    size_t end = at;
    for (size_t words = 0; words < BODY_MAX_WORDS && end < body->length; words++) {
        while (end < body->length && body->printed[end] == ' ')
            end++;
        end = word_end(body, end);
        long row = table_find(body->tables->bodies, (struct slice){body->lower + at, end - at});
        if (row != TABLE_NONE) {
            best = end;
            best_row = row;
        }
        while (end < body->length && body->printed[end] == ',')
            end++;
    }
    if (best_row == TABLE_NONE)
        return at;
    struct slice printed = {body->printed + at, best - at};
    struct slice name = table_cell(body->tables->bodies, (size_t)best_row, body->tables->body_name);
    /* the reader's own letters stay, unless they are an abbreviation's or a heading's */
    buffer_append_slice(&body->result,
                        !body->capitals && document_same_letters(printed, name) ? printed : name);
    return best;
}

static size_t expand_abbreviation(struct body *body, size_t at)
{
    const struct table *table = body->tables->abbreviations;
    size_t end = word_end(body, at);
    for (; end > at && table != NULL; end--) {
        if (end < body->length && is_word_byte(body->printed[end]) && body->printed[end - 1] != '.')
            continue;
        long row = table_find(table, (struct slice){body->printed + at, end - at});
        if (row == TABLE_NONE)
            continue;
        struct slice name = table_cell(table, (size_t)row, body->tables->abbreviation_party);
        if (!body->party || name.length == 0)
            name = table_cell(table, (size_t)row, body->tables->abbreviation_expansion);
        buffer_append_slice(&body->result, name);
        if (body->printed[end - 1] == '.' && end < body->length && body->printed[end] != ' ')
            buffer_append_byte(&body->result, ' ');
        return end;
    }
    return at;
}

/* A word of a heading: its first letter stays, the rest becomes small. */
static void append_word(struct body *body, size_t at, size_t end)
{
    if (!body->capitals) {
        buffer_append(&body->result, body->printed + at, end - at);
        return;
    }
    size_t head = at + 1;
    while (head < end && utf8_is_inside(body->printed[head]))
        head++;
    buffer_append(&body->result, body->printed + at, head - at);
    buffer_append(&body->result, body->lower + head, end - head);
}

static const char *one_line(struct reading *reading, struct slice body)
{
    char *copy = reading_string(reading, body);
    if (copy == NULL)
        return NULL;
    size_t length = 0;
    for (size_t i = 0; i < body.length; i++) {
        char c = copy[i] == '\n' ? ' ' : copy[i];
        if (c != ' ' || (length > 0 && copy[length - 1] != ' '))
            copy[length++] = c;
    }
    while (length > 0 && (copy[length - 1] == ' ' || copy[length - 1] == ','))
        length--;
    copy[length] = '\0';
    return copy;
}

const char *document_expand_body(struct reading *reading, const struct document_tables *tables,
                                 struct slice printed, bool party)
{
    const char *line = one_line(reading, printed);
    if (line == NULL || tables->bodies == NULL)
        return line;
    struct body body = {.tables = tables,
                        .printed = line,
                        .lower = document_lower(reading, slice_from(line)),
                        .length = strlen(line),
                        .party = party};
    const char *upper = document_upper(reading, slice_from(line));
    if (body.lower == NULL || upper == NULL || strlen(body.lower) != body.length)
        return line;
    body.capitals = is_all_capitals(line, upper);
    buffer_init(&body.result);
    for (size_t at = 0; at < body.length;) {
        if (line[at] == ' ' || line[at] == ',') {
            buffer_append_byte(&body.result, line[at++]);
            continue;
        }
        size_t next = expand_phrase(&body, at);
        if (next == at)
            next = expand_abbreviation(&body, at);
        if (next == at) {
            next = word_end(&body, at);
            append_word(&body, at, next);
        }
        at = next;
    }
    const char *result = body.result.failed ? NULL : reading_string(reading, buffer_slice(&body.result));
    reading->failed = reading->failed || body.result.failed;
    buffer_clear(&body.result);
    return result;
}

/* Row of the longest phrase that the stretch begins with, or TABLE_NONE. */
static long phrase_row(const struct table *bodies, struct slice stretch)
{
    size_t words = 0;
    long found = TABLE_NONE;
    for (size_t end = 0; end <= stretch.length && words < BODY_MAX_WORDS; end++) {
        if (end < stretch.length && stretch.data[end] != ' ' && stretch.data[end] != ',')
            continue;
        long row = table_find(bodies, (struct slice){stretch.data, end});
        if (row != TABLE_NONE)
            found = row;
        words++;
    }
    return found;
}

struct slice document_body_system(struct reading *reading, const struct document_tables *tables,
                                  const char *body)
{
    const struct slice unknown = {NULL, 0};
    const char *lower = document_lower(reading, slice_from(body));
    if (lower == NULL || tables->bodies == NULL)
        return unknown;
    size_t length = strlen(lower);
    for (size_t at = 0; at < length; at++) {
        if (at > 0 && lower[at - 1] != ' ')
            continue;
        long row = phrase_row(tables->bodies, (struct slice){lower + at, length - at});
        if (row == TABLE_NONE)
            continue;
        struct slice system = table_cell(tables->bodies, (size_t)row, tables->body_system);
        /* an office of a Party committee: Văn phòng Tỉnh ủy */
        if (system.length > 0 &&
            (at == 0 || slice_is(table_cell(tables->bodies, (size_t)row, tables->body_class), "committee")))
            return system;
    }
    return unknown;
}

static size_t word_start(const char *text, size_t end)
{
    size_t start = end;
    while (start > 0 && is_word_byte(text[start - 1]))
        start--;
    return start;
}

/* Do all words of the stretch begin with capitals: Yên Bái in Tỉnh ủy Yên Bái? Both are the same text; no
 * letter is longer than three bytes. */
static bool is_place(const char *letters, const char *lower, size_t from, size_t end)
{
    for (size_t at = from; at < end; at++)
        if ((at == from || lower[at - 1] == ' ') && lower[at] != ' ' &&
            strncmp(letters + at, lower + at, 3) == 0)
            return false;
    return true;
}

struct slice document_front_system(struct reading *reading, const struct document_tables *tables,
                                   const struct item *item)
{
    struct slice system = {NULL, 0};
    struct slice name = item_group(item, DOCUMENT_name);
    if (name.data == NULL || tables->bodies == NULL)
        return system;
    size_t place = (size_t)(name.data - reading->text);
    size_t start = clause_in(reading->text, place > FRONT_REACH ? place - FRONT_REACH : 0, place, false);
    const char *lower = document_lower(reading, (struct slice){reading->text + start, place - start});
    if (lower == NULL)
        return system;
    size_t end = strlen(lower);
    if (end != place - start) /* letters whose small forms are longer or shorter: not in Vietnamese */
        return system;
    bool linked = false; /* Bộ Chính trị đã ban hành các Nghị quyết … */
    for (;;) {
        while (end > 0 && lower[end - 1] == ' ')
            end--;
        size_t word = word_start(lower, end);
        if (word == end || !words_are(tables->words, (struct slice){lower + word, end - word}, TRAIT_MAKES))
            break;
        linked = true;
        end = word;
    }
    size_t at = end;
    for (size_t words = 0; linked && words < BODY_MAX_WORDS; words++) {
        size_t word = word_start(lower, at);
        long row = phrase_row(tables->bodies, (struct slice){lower + word, end - word});
        if (row != TABLE_NONE) {
            size_t length = table_cell(tables->bodies, (size_t)row, 0).length;
            struct slice found = table_cell(tables->bodies, (size_t)row, tables->body_system);
            if (found.length > 0 && is_place(reading->text + start, lower, word + length, end))
                system = found;
        }
        if (word == at || word == 0 || lower[word - 1] != ' ')
            break;
        at = word - 1;
    }
    return system;
}
