#include "table.h"

#include <limits.h>
#include <stdlib.h>

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

static uint32_t hash_slice(struct slice slice)
{
    uint64_t hash = slice.length;
    for (size_t i = 0; i < slice.length; i += sizeof hash) {
        uint64_t bytes = 0;
        size_t left = slice.length - i;
        memcpy(&bytes, slice.data + i, left < sizeof bytes ? left : sizeof bytes);
        hash = (hash ^ same_blanks(bytes)) * 0x9e3779b97f4a7c15u;
        hash ^= hash >> 32;
    }
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

static size_t split_cells(struct slice line, struct slice *cells, size_t room)
{
    size_t count = 0;
    const char *start = line.data;
    const char *end = line.data + line.length;
    for (;;) {
        const char *tab = memchr(start, '\t', (size_t)(end - start));
        const char *stop = tab != NULL ? tab : end;
        if (count < room)
            cells[count] = (struct slice){start, (size_t)(stop - start)};
        count++;
        if (tab == NULL)
            return count;
        start = tab + 1;
    }
}

/* The place of the key's first row, or of the free entry where it would be. */
static struct table_head *find_head(const struct table *table, struct slice key, uint32_t hash)
{
    size_t place = hash & (table->head_count - 1);
    for (;; place = (place + 1) & (table->head_count - 1)) {
        struct table_head *head = &table->heads[place];
        if (head->row == 0 ||
            (head->hash == hash && keys_equal(table->cells[(head->row - 1) * table->column_count], key)))
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

static void note_part(struct table *table, enum table_edge edge, struct slice words)
{
    size_t word;
    uint64_t bit = part_bit(hash_slice(words), &word);
    table->parts[edge][word] |= bit;
}

static void note_parts(struct table *table, struct slice key)
{
    for (size_t i = 1; i < key.length; i++)
        if (key.data[i] == ' ') {
            note_part(table, TABLE_BEGINNING, (struct slice){key.data, i});
            note_part(table, TABLE_ENDING, (struct slice){key.data + i + 1, key.length - i - 1});
        }
    note_part(table, TABLE_BEGINNING, key);
    note_part(table, TABLE_ENDING, key);
}

static bool index_rows(struct table *table)
{
    table->head_count = 16;
    while (table->head_count < table->row_count * 2)
        table->head_count *= 2;
    table->heads = calloc(table->head_count, sizeof *table->heads);
    table->next = calloc(table->row_count + 1, sizeof *table->next);
    if (table->heads == NULL || table->next == NULL || table->cells == NULL)
        return false;
    for (size_t row = table->row_count; row-- > 0;) { /* from the end: chains keep the file's order */
        struct slice key = table->cells[row * table->column_count];
        uint32_t hash = hash_slice(key);
        struct table_head *head = find_head(table, key, hash);
        note_parts(table, key);
        table->next[row] = head->row;
        *head = (struct table_head){hash, (uint32_t)row + 1};
    }
    return true;
}

/* A misspelt trait would silently say nothing. */
static bool refuse_trait(const struct table *table, size_t row, struct slice unknown,
                         struct trich_error *error)
{
    size_t column = (size_t)(unknown.data - table->cells[row * table->column_count].data) + 1;
    return error_set(error, TRICH_ERROR_RULES, table->file, table->lines[row], column,
                     "'%.*s' says nothing here: use one of the words that the table's head explains",
                     (int)unknown.length, unknown.data);
}

static bool read_trait_column(struct table *table, size_t column, struct trich_error *error)
{
    bool all_known;
    if (!vocabulary_has_traits(table->header[column], &all_known))
        return true;
    for (size_t row = 0; row < table->row_count; row++) {
        struct slice unknown;
        table->traits[row] |= vocabulary_traits(table->cells[row * table->column_count + column], &unknown);
        if (unknown.data != NULL && all_known && vocabulary_has_table(table->name))
            return refuse_trait(table, row, unknown, error);
    }
    return true;
}

/* What value/ knows of the columns, by name. */
static bool read_columns(struct table *table, struct trich_error *error)
{
    table->traits = calloc(table->row_count + 1, sizeof *table->traits);
    if (table->traits == NULL)
        return error_memory(error);
    for (size_t i = 0; i < table->column_count; i++) {
        enum column_id id = vocabulary_column(table->header[i]);
        if (id < COLUMN_IDS && i < UCHAR_MAX)
            table->columns[id] = (unsigned char)(i + 1);
        if (!read_trait_column(table, i, error))
            return false;
    }
    return true;
}

static bool check_header(const struct table *table, size_t line_number, struct trich_error *error)
{
    for (size_t i = 0; i < table->column_count; i++) {
        size_t column = (size_t)(table->header[i].data - table->header[0].data) + 1;
        if (table->header[i].length == 0)
            return error_set(error, TRICH_ERROR_RULES, table->file, line_number, column,
                             "column %zu has no name: give every column one", i + 1);
        for (size_t k = 0; k < i; k++)
            if (slice_equal(table->header[i], table->header[k]))
                return error_set(error, TRICH_ERROR_RULES, table->file, line_number, column,
                                 "there are two columns named '%.*s': rename one",
                                 (int)table->header[i].length, table->header[i].data);
    }
    return true;
}

static bool is_utf8(struct slice line, size_t *column)
{
    for (size_t i = 0; i < line.length;) {
        unsigned char lead = (unsigned char)line.data[i];
        size_t more = lead < 0x80                   ? 0
                      : lead >= 0xc2 && lead < 0xe0 ? 1
                      : lead >= 0xe0 && lead < 0xf0 ? 2
                      : lead >= 0xf0 && lead < 0xf5 ? 3
                                                    : 9;
        *column = i + 1;
        if (more == 9 || i + more >= line.length)
            return false;
        for (size_t k = 1; k <= more; k++)
            if (((unsigned char)line.data[i + k] & 0xc0) != 0x80)
                return false;
        i += more + 1;
    }
    return true;
}

static bool read_rows(struct table *table, struct slice bytes, struct trich_error *error)
{
    size_t position = 0;
    size_t line_number = 0;
    size_t rows = 0;
    struct slice line;
    while (next_line(bytes, &position, &line)) {
        line_number++;
        if (!is_row(line))
            continue;
        size_t column;
        if (!is_utf8(line, &column))
            return error_set(error, TRICH_ERROR_RULES, table->file, line_number, column,
                             "not UTF-8: save the table as UTF-8");
        if (table->header == NULL) {
            table->column_count = split_cells(line, NULL, 0);
            table->header = calloc(table->column_count, sizeof *table->header);
            table->cells = calloc(table->row_count * table->column_count + 1, sizeof *table->cells);
            table->lines = calloc(table->row_count + 1, sizeof *table->lines);
            if (table->header == NULL || table->cells == NULL || table->lines == NULL)
                return error_memory(error);
            split_cells(line, table->header, table->column_count);
            if (!check_header(table, line_number, error))
                return false;
            continue;
        }
        struct slice *cells = table->cells + rows * table->column_count;
        size_t count = split_cells(line, cells, table->column_count);
        if (count != table->column_count)
            return error_set(error, TRICH_ERROR_RULES, table->file, line_number, 0,
                             "%zu cells where the header has %zu: separate them by single tabs", count,
                             table->column_count);
        if (cells[0].length == 0)
            return error_set(error, TRICH_ERROR_RULES, table->file, line_number, 1,
                             "the first column, the key, is empty: fill it or remove the row");
        table->lines[rows++] = line_number;
    }
    if (table->header == NULL) {
        error_set(error, TRICH_ERROR_RULES, table->file, 1, 0,
                  "no header row: name the columns in the first row");
        return false;
    }
    table->row_count = rows;
    return true;
}

/* It borrows from the bytes. */
static bool fill(struct table *table, struct slice all, struct trich_error *error)
{
    struct slice line;
    size_t position = 0;
    while (next_line(all, &position, &line))
        table->row_count += is_row(line);
    return read_rows(table, all, error) && read_columns(table, error) &&
           (index_rows(table) || error_memory(error));
}

struct table *table_read(const char *name, const char *file, const char *bytes, size_t length,
                         struct trich_error *error)
{
    struct table *table = table_defer(name, file, NULL, 0);
    if (table != NULL)
        table->bytes = copy_bytes(bytes, length);
    if (table == NULL || table->bytes == NULL) {
        error_memory(error);
        table_free(table);
        return NULL;
    }
    if (!fill(table, (struct slice){table->bytes, length}, error)) {
        table_free(table);
        return NULL;
    }
    atomic_store(&table->ready, true);
    return table;
}

struct table *table_defer(const char *name, const char *file, const char *bytes, size_t length)
{
    struct table *table = calloc(1, sizeof *table);
    if (table == NULL)
        return NULL;
    table->unread = (struct slice){bytes, length};
    table->name = copy_bytes(name, strlen(name));
    table->file = copy_bytes(file, strlen(file));
    if (table->name != NULL && table->file != NULL)
        return table;
    table_free(table);
    return NULL;
}

bool table_fill(struct table *table, struct trich_error *error)
{
    bool done = fill(table, table->unread, error);
    if (!done)
        table->row_count = 0;
    else
        atomic_store_explicit(&table->ready, true, memory_order_release);
    return done;
}

void table_free(struct table *table)
{
    if (table == NULL)
        return;
    free(table->name);
    free(table->file);
    free(table->bytes);
    free(table->cells);
    free(table->header);
    free(table->lines);
    free(table->heads);
    free(table->next);
    free(table->traits);
    free(table);
}

long table_column(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (slice_is(table->header[i], name))
            return (long)i;
    return TABLE_NONE;
}

struct slice table_cell(const struct table *table, size_t row, long column)
{
    if (column < 0 || (size_t)column >= table->column_count || row >= table->row_count)
        return (struct slice){NULL, 0};
    return table->cells[row * table->column_count + (size_t)column];
}

long table_find(const struct table *table, struct slice key)
{
    return (long)find_head(table, key, hash_slice(key))->row - 1;
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
