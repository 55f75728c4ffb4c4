#include "table.h"

#include <limits.h>
#include <stdlib.h>

#include "../base/buffer.h"
#include "../base/utf8.h"
#include "spelling.h"

/* A key may be broken over two lines in a text. */
static char same_blank(char c)
{
    return c == '\n' ? ' ' : c;
}

static bool keys_equal(struct slice a, struct slice b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (same_blank(a.data[i]) != same_blank(b.data[i]))
            return false;
    return true;
}

/* Eight bytes with a blank for each line break. */
static uint64_t same_blanks(uint64_t bytes)
{
    static const uint64_t low = UINT64_C(0x7f7f7f7f7f7f7f7f);
    static const uint64_t breaks = UINT64_C(0x0a0a0a0a0a0a0a0a);
    uint64_t other = bytes ^ breaks;
    uint64_t is_break = ~(((other & low) + low) | other | low) >> 7; /* 1 in each byte that is one */
    return bytes ^ is_break * ('\n' ^ ' ');
}

static uint64_t mix(uint64_t hash, uint64_t bytes)
{
    hash = (hash ^ same_blanks(bytes)) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 32;
}

/* The last one to eight bytes, some of them twice, which is faster than taking just so many. */
static uint64_t last_bytes(const char *bytes, size_t count)
{
    uint32_t front = 0;
    uint32_t back = 0;
    if (count < sizeof front)
        return (uint64_t)(unsigned char)bytes[0] << 16 | (uint64_t)(unsigned char)bytes[count / 2] << 8 |
               (unsigned char)bytes[count - 1];
    memcpy(&front, bytes, sizeof front);
    memcpy(&back, bytes + count - sizeof back, sizeof back);
    return (uint64_t)front << 32 | back;
}

static uint32_t hash_slice(struct slice slice)
{
    uint64_t hash = slice.length;
    uint64_t bytes;
    size_t i = 0;
    for (; slice.length - i > sizeof bytes; i += sizeof bytes) {
        memcpy(&bytes, slice.data + i, sizeof bytes);
        hash = mix(hash, bytes);
    }
    if (slice.length > 0)
        hash = mix(hash, last_bytes(slice.data + i, slice.length - i));
    return (uint32_t)hash;
}

static char *copy_bytes(const char *bytes, size_t length)
{
    char *copy = malloc(length + 1);
    if (copy != NULL) {
        memcpy(copy, bytes, length);
        copy[length] = '\0';
    }
    return copy;
}

/* The line at *position, without its line break; false at the end. */
static bool next_line(const struct slice bytes, size_t *position, struct slice *line)
{
    if (*position >= bytes.length)
        return false;
    const char *start = bytes.data + *position;
    const char *end = memchr(start, '\n', bytes.length - *position);
    line->data = start;
    line->length = end != NULL ? (size_t)(end - start) : bytes.length - *position;
    *position += line->length + 1;
    if (line->length > 0 && start[line->length - 1] == '\r')
        line->length--;
    return true;
}

static bool is_row(struct slice line)
{
    return line.length > 0 && line.data[0] != '#';
}

/* Of the table that is being read: where its bytes' cells are. */
static size_t split_cells(const struct table *table, struct slice line, struct table_span *cells, size_t room)
{
    size_t count = 0;
    const char *start = line.data;
    const char *end = line.data + line.length;
    for (;;) {
        const char *tab = memchr(start, '\t', (size_t)(end - start));
        const char *stop = tab != NULL ? tab : end;
        if (count < room)
            cells[count] = (struct table_span){(uint32_t)(start - table->bytes), (uint32_t)(stop - start)};
        count++;
        if (tab == NULL)
            return count;
        start = tab + 1;
    }
}

static struct slice span(const struct table *table, struct table_span span)
{
    return (struct slice){table->bytes + span.start, span.length};
}

static struct slice cell(const struct table *table, size_t row, size_t column)
{
    return span(table, table->cells[(row + 1) * table->column_count + column]);
}

/* The place of the key's first row, or of the free entry where it would be. */
static const struct table_head *find_head(const struct table *table, struct slice key, uint32_t hash)
{
    size_t place = hash & (table->head_count - 1);
    for (;; place = (place + 1) & (table->head_count - 1)) {
        const struct table_head *head = &table->heads[place];
        if (head->row == 0 || (head->hash == hash && keys_equal(span(table, head->key), key)))
            return head;
    }
}

/* Of a Bloom filter with one hash. */
static uint64_t part_bit(uint32_t hash, size_t *word)
{
    hash = (hash ^ hash >> 15) % TABLE_PART_BITS;
    *word = hash / 64;
    return (uint64_t)1 << hash % 64;
}

static void note_part(uint64_t *parts, struct slice words)
{
    size_t word;
    uint64_t bit = part_bit(hash_slice(words), &word);
    parts[word] |= bit;
}

static void note_parts(uint64_t *beginnings, uint64_t *endings, struct slice key)
{
    for (size_t i = 1; i < key.length; i++)
        if (key.data[i] == ' ') {
            note_part(beginnings, (struct slice){key.data, i});
            note_part(endings, (struct slice){key.data + i + 1, key.length - i - 1});
        }
    note_part(beginnings, key);
    note_part(endings, key);
}

static bool index_rows(struct table *table)
{
    table->head_count = 16;
    while (table->head_count < table->row_count * 2)
        table->head_count *= 2;
    struct table_head *heads = calloc(table->head_count, sizeof *heads);
    uint32_t *next = calloc(table->row_count + 1, sizeof *next);
    uint64_t *beginnings = calloc(TABLE_PART_BITS / 64, sizeof *beginnings);
    uint64_t *endings = calloc(TABLE_PART_BITS / 64, sizeof *endings);
    table->heads = heads;
    table->next = next;
    table->parts[TABLE_BEGINNING] = beginnings;
    table->parts[TABLE_ENDING] = endings;
    if (heads == NULL || next == NULL || beginnings == NULL || endings == NULL)
        return false;
    for (size_t row = table->row_count; row-- > 0;) { /* from the end: chains keep the file's order */
        struct slice key = cell(table, row, 0);
        struct table_span stretch = {(uint32_t)(key.data - table->bytes), (uint32_t)key.length};
        uint32_t hash = hash_slice(key);
        struct table_head *head = heads + (find_head(table, key, hash) - heads);
        note_parts(beginnings, endings, key);
        next[row] = head->row;
        *head = (struct table_head){hash, (uint32_t)row + 1, stretch};
    }
    return true;
}

/* A misspelt trait would silently say nothing. */
static bool refuse_trait(const struct table *table, size_t line_number, size_t row, struct slice unknown,
                         struct trich_error *error)
{
    return error_set(error, TRICH_ERROR_RULES, table->file, line_number,
                     (size_t)(unknown.data - cell(table, row, 0).data) + 1,
                     "'%.*s' says nothing here: use one of the words that the table's head explains",
                     (int)unknown.length, unknown.data);
}

static bool read_trait_column(const struct table *table, size_t column, const size_t *lines, traits *all,
                              struct trich_error *error)
{
    bool all_known;
    if (!vocabulary_has_traits(table_header(table, column), &all_known))
        return true;
    for (size_t row = 0; row < table->row_count; row++) {
        struct slice unknown;
        add_traits(&all[row], vocabulary_traits(cell(table, row, column), &unknown));
        if (unknown.data != NULL && all_known && vocabulary_has_table(table->name))
            return refuse_trait(table, lines[row], row, unknown, error);
    }
    return true;
}

/* What value/ knows of the columns, by name. lines: the rows' line numbers. */
static bool read_columns(struct table *table, const size_t *lines, struct trich_error *error)
{
    traits *all = calloc(table->row_count + 1, sizeof *all);
    table->traits = all;
    if (all == NULL)
        return error_memory(error);
    for (size_t i = 0; i < table->column_count; i++) {
        enum column_id id = vocabulary_column(table_header(table, i));
        if (id < COLUMN_IDS && i < UCHAR_MAX)
            table->columns[id] = (unsigned char)(i + 1);
        if (!read_trait_column(table, i, lines, all, error))
            return false;
    }
    return true;
}

static bool check_header(const struct table *table, size_t line_number, struct trich_error *error)
{
    for (size_t i = 0; i < table->column_count; i++) {
        struct slice name = table_header(table, i);
        size_t column = (size_t)(name.data - table_header(table, 0).data) + 1;
        if (name.length == 0)
            return error_set(error, TRICH_ERROR_RULES, table->file, line_number, column,
                             "column %zu has no name: give every column one", i + 1);
        for (size_t k = 0; k < i; k++)
            if (slice_equal(name, table_header(table, k)))
                return error_set(error, TRICH_ERROR_RULES, table->file, line_number, column,
                                 "there are two columns named '%.*s': rename one", (int)name.length,
                                 name.data);
    }
    return true;
}

static bool read_row(struct table *table, struct slice line, size_t line_number, struct table_span *cells,
                     struct trich_error *error)
{
    size_t valid = utf8_valid((const unsigned char *)line.data, line.length);
    if (valid < line.length)
        return error_set(error, TRICH_ERROR_RULES, table->file, line_number, valid + 1,
                         "not UTF-8: save the table as UTF-8");
    size_t count = split_cells(table, line, cells, table->column_count);
    if (count != table->column_count)
        return error_set(error, TRICH_ERROR_RULES, table->file, line_number, 0,
                         "%zu cells where the header has %zu: write empty ones too, single tabs between them",
                         count, table->column_count);
    if (cells[0].length == 0 && cells != table->cells)
        return error_set(error, TRICH_ERROR_RULES, table->file, line_number, 1,
                         "the first column, the key, is empty: fill it or remove the row");
    return true;
}

/* rows: how many there may be, the header among them. */
static bool read_rows(struct table *table, struct slice all, size_t rows, size_t *lines,
                      struct trich_error *error)
{
    struct table_span *cells = NULL;
    size_t position = 0;
    size_t read = 0;
    struct slice line;
    for (size_t line_number = 1; next_line(all, &position, &line); line_number++) {
        if (!is_row(line))
            continue;
        if (cells == NULL) {
            table->column_count = split_cells(table, line, NULL, 0);
            table->cells = cells = calloc(rows * table->column_count + 1, sizeof *cells);
            if (cells == NULL)
                return error_memory(error);
        }
        if (!read_row(table, line, line_number, cells + read * table->column_count, error) ||
            (read == 0 && !check_header(table, line_number, error)))
            return false;
        if (read > 0)
            lines[read - 1] = line_number;
        read++;
    }
    if (read == 0)
        return error_set(error, TRICH_ERROR_RULES, table->file, 1, 0,
                         "no header row: name the columns in the first row");
    table->row_count = read - 1;
    return true;
}

/* Reads the rows out of the table's bytes. */
static bool fill(struct table *table, struct slice all, struct trich_error *error)
{
    struct slice line;
    size_t position = 0;
    size_t rows = 0;
    if (all.length >= 3 && memcmp(all.data, "\xEF\xBB\xBF", 3) == 0) /* of a spreadsheet */
        all = (struct slice){all.data + 3, all.length - 3};
    if (all.length > UINT32_MAX)
        return error_set(error, TRICH_ERROR_RULES, table->file, 0, 0, "larger than 4 GB: split the table");
    while (next_line(all, &position, &line))
        rows += is_row(line);
    size_t *lines = calloc(rows + 1, sizeof *lines);
    if (lines == NULL)
        return error_memory(error);
    bool done = read_rows(table, all, rows, lines, error) && read_columns(table, lines, error) &&
                (index_rows(table) || error_memory(error));
    free(lines);
    return done;
}

static void clear_rows(struct table *table)
{
    free((struct table_span *)table->cells);
    free((struct table_head *)table->heads);
    free((uint32_t *)table->next);
    free((traits *)table->traits);
    free((uint64_t *)table->parts[TABLE_BEGINNING]);
    free((uint64_t *)table->parts[TABLE_ENDING]);
}

/* Words are spelled in more than one way, names and symbols are not. */
static bool holds_words(const struct table *table)
{
    if (table->cells == NULL)
        return false;
    struct slice first = table_header(table, 0);
    return slice_is(first, "word") || slice_is(first, "words");
}

/* Appends a row for each spelling of the row's words that has none of its own. */
static void append_respelled(const struct table *table, size_t row, struct buffer *rows)
{
    struct slice key = cell(table, row, 0);
    struct slice last = cell(table, row, table->column_count - 1);
    const char *rest = key.data + key.length;
    char other[SPELLING_MAX_BYTES];
    for (unsigned number = 1; spelling_other(key, number, other); number++) {
        struct slice words = slice_from(other);
        if (find_head(table, words, hash_slice(words))->row != 0)
            continue;
        buffer_append_byte(rows, '\n');
        buffer_append(rows, words.data, words.length);
        buffer_append(rows, rest, (size_t)(last.data + last.length - rest));
    }
}

/* Behind the file's rows come those of other spellings, as if they were written there. */
static bool respell(struct table *table, struct slice all, struct trich_error *error)
{
    struct buffer rows;
    size_t written = table->row_count;
    buffer_init(&rows);
    for (size_t row = 0; row < written; row++)
        append_respelled(table, row, &rows);
    char *bytes = !rows.failed && rows.length > 0 ? malloc(all.length + rows.length + 1) : NULL;
    bool done = !rows.failed && (rows.length == 0 || bytes != NULL);
    if (bytes != NULL) {
        memcpy(bytes, all.data, all.length);
        memcpy(bytes + all.length, rows.data, rows.length);
        bytes[all.length + rows.length] = '\0';
        clear_rows(table);
        free((char *)table->bytes);
        *table = (struct table){.name = table->name, .file = table->file, .bytes = bytes};
        done = fill(table, (struct slice){bytes, all.length + rows.length}, error);
        table->written_count = written;
    } else if (!done) {
        error_memory(error);
    }
    buffer_clear(&rows);
    return done;
}

struct table *table_read(const char *name, const char *file, const char *bytes, size_t length,
                         struct trich_error *error)
{
    struct table *table = calloc(1, sizeof *table);
    if (table != NULL) {
        table->name = copy_bytes(name, strlen(name));
        table->file = copy_bytes(file, strlen(file));
        table->bytes = copy_bytes(bytes, length);
    }
    if (table == NULL || table->name == NULL || table->file == NULL || table->bytes == NULL) {
        error_memory(error);
        table_free(table);
        return NULL;
    }
    struct slice all = {table->bytes, length};
    bool done = fill(table, all, error);
    table->written_count = table->row_count;
    if (done && (!holds_words(table) || respell(table, all, error)))
        return table;
    table_free(table);
    return NULL;
}

void table_free(struct table *table)
{
    if (table == NULL || table->prepared)
        return;
    free((char *)table->name);
    free((char *)table->file);
    free((char *)table->bytes);
    clear_rows(table);
    free(table);
}

struct slice table_header(const struct table *table, size_t column)
{
    return span(table, table->cells[column]);
}

struct slice table_header_row(const struct table *table)
{
    struct slice first = table_header(table, 0);
    struct slice last = table_header(table, table->column_count - 1);
    return (struct slice){first.data, (size_t)(last.data + last.length - first.data)};
}

const struct table *table_named(struct table *const *tables, size_t count, struct slice name)
{
    for (size_t i = 0; i < count; i++)
        if (slice_is(name, tables[i]->name))
            return tables[i];
    return NULL;
}

long table_column(const struct table *table, struct slice name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (slice_equal(table_header(table, i), name))
            return (long)i;
    return TABLE_NONE;
}

struct slice table_cell(const struct table *table, size_t row, long column)
{
    if (column < 0 || (size_t)column >= table->column_count || row >= table->row_count)
        return (struct slice){NULL, 0};
    return cell(table, row, (size_t)column);
}

size_t table_line(const struct table *table, struct slice cell)
{
    size_t line = 1;
    for (const char *c = table->bytes; c < cell.data; c++)
        line += *c == '\n';
    return line;
}

/* Most words asked for are in no row: the bits tell, which are fewer than the heads and so in the cache. */
long table_find(const struct table *table, struct slice key)
{
    bool longer;
    return table_find_part(table, key, TABLE_BEGINNING, &longer);
}

long table_find_part(const struct table *table, struct slice words, enum table_edge edge, bool *longer)
{
    uint32_t hash = hash_slice(words);
    size_t word;
    uint64_t bit = part_bit(hash, &word);
    *longer = (table->parts[edge][word] & bit) != 0;
    return *longer ? (long)find_head(table, words, hash)->row - 1 : TABLE_NONE;
}

long table_next(const struct table *table, long row)
{
    return (long)table->next[row] - 1;
}

struct slice table_lookup(const struct table *table, struct slice key, long column)
{
    long row = table_find(table, key);
    return row == TABLE_NONE ? (struct slice){NULL, 0} : table_cell(table, (size_t)row, column);
}
