#include "expand.h"

#include <stdio.h>
#include <stdlib.h>

#include "../base/array.h"
#include "../base/utf8.h"

enum { MAX_DEPTH = 16, MAX_EXPANDED = 1 << 20 };

/* A blank and a line break are the only white space of a normalized text; an empty line is two breaks. */
static const char white_space[] = "[ \\n]";

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int compare_keys(const void *left, const void *right)
{
    const struct slice *a = left;
    const struct slice *b = right;
    size_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->data, b->data, shorter);
    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

static void append_literal(struct buffer *result, const char *character, size_t length)
{
    if (*character == ' ') {
        buffer_append_string(result, white_space);
        return;
    }
    if (length == 1 && !is_letter(*character) && !(*character >= '0' && *character <= '9'))
        buffer_append_byte(result, '\\');
    buffer_append(result, character, length);
}

/* Sorted keys that agree up to `from`. */
static void append_trie(const struct slice *keys, size_t count, size_t from, struct buffer *result)
{
    bool ends = keys[0].length == from;
    if (ends) {
        keys++;
        count--;
        if (count == 0)
            return;
    }
    bool group = ends;
    size_t length = utf8_length(keys[0].data[from]);
    for (size_t i = 1; i < count && !group; i++)
        group = memcmp(keys[0].data + from, keys[i].data + from, length) != 0;
    if (group)
        buffer_append_string(result, "(?:");
    for (size_t i = 0; i < count;) {
        length = utf8_length(keys[i].data[from]);
        size_t same = i + 1;
        while (same < count && memcmp(keys[i].data + from, keys[same].data + from, length) == 0)
            same++;
        if (i > 0)
            buffer_append_byte(result, '|');
        append_literal(result, keys[i].data + from, length);
        append_trie(keys + i, same - i, from + length, result);
        i = same;
    }
    if (group)
        buffer_append_string(result, ends ? ")?" : ")");
}

/* Appends an alternation of the keys (a trie, so that the longest is tried first and common beginnings are
 * tried once), words not followed by a letter. Sorts keys. */
static bool expand_keys(struct slice *keys, size_t count, struct buffer *result)
{
    qsort(keys, count, sizeof *keys, compare_keys);
    size_t unique = 0;
    for (size_t i = 0; i < count; i++)
        if (keys[i].length > 0 && (unique == 0 || !slice_equal(keys[unique - 1], keys[i])))
            keys[unique++] = keys[i];
    if (unique == 0) {
        buffer_append_string(result, "(?!)");
        return !result->failed;
    }
    buffer_append_string(result, "(?:");
    append_trie(keys, unique, 0, result);
    /* A word is not cut; a key that ends in a digit or sign may be followed by anything. */
    size_t words = 0;
    for (size_t i = 0; i < unique; i++) {
        unsigned char last = (unsigned char)keys[i].data[keys[i].length - 1];
        words += last >= 0x80 || is_letter((char)last);
    }
    buffer_append_string(result, words == unique ? ")(?![\\p{L}\\p{M}])"
                                 : words == 0    ? ")"
                                                 : ")(?!(?<=\\p{L})[\\p{L}\\p{M}])");
    return !result->failed;
}

struct place {
    const struct expansion *expansion;
    const char *file;
    size_t line;
    struct buffer *result;
    struct trich_error *error;
};

static bool fail(const struct place *place, const char *what, struct slice name)
{
    return error_set(place->error, TRICH_ERROR_RULES, place->file, place->line, 0, what, (int)name.length,
                     name.data);
}

struct slice choice_next(struct slice *values)
{
    const char *bar = memchr(values->data, '|', values->length);
    size_t length = bar != NULL ? (size_t)(bar - values->data) : values->length;
    size_t taken = length + (bar != NULL);
    struct slice value = {values->data, length};
    *values = (struct slice){values->data + taken, values->length - taken};
    return value;
}

static bool cell_is_one_of(struct slice cell, struct slice values)
{
    while (values.length > 0)
        if (slice_equal(cell, choice_next(&values)))
            return true;
    return false;
}

/* The values of a choice that is of that table and column; {NULL, 0} if it is not. */
static struct slice values_of(const char *choice, const char *table, struct slice column)
{
    size_t length = strlen(table);
    if (strncmp(choice, table, length) != 0 || choice[length] != ':' ||
        strncmp(choice + length + 1, column.data, column.length) != 0 ||
        choice[length + 1 + column.length] != '=')
        return (struct slice){NULL, 0};
    return slice_from(choice + length + 1 + column.length + 1);
}

bool choices_have_column(const struct choices *choices, const char *table, struct slice column)
{
    for (size_t i = 0; i < choices->count; i++)
        if (values_of(choices->list[i].reference, table, column).data != NULL)
            return true;
    return false;
}

bool choices_have(const struct choices *choices, const char *table, struct slice column, struct slice value)
{
    for (size_t i = 0; i < choices->count; i++)
        if (cell_is_one_of(value, values_of(choices->list[i].reference, table, column)))
            return true;
    return false;
}

void choices_clear(struct choices *choices)
{
    for (size_t i = 0; i < choices->count; i++)
        free(choices->list[i].reference);
    free(choices->list);
    *choices = (struct choices){NULL, 0};
}

static bool keep_choice(const struct place *place, struct slice reference)
{
    struct choices *choices = place->expansion->choices;
    struct choice *list = array_one_more(choices->list, choices->count, sizeof *list);
    char *copy = strndup(reference.data, reference.length);
    if (list != NULL)
        choices->list = list;
    if (list == NULL || copy == NULL) {
        free(copy);
        return false;
    }
    list[choices->count++] = (struct choice){copy, place->file, place->line};
    return true;
}

bool choice_parts(struct slice reference, struct slice *table, struct slice *column, struct slice *values)
{
    const char *colon = memchr(reference.data, ':', reference.length);
    *table = reference;
    *column = *values = (struct slice){NULL, 0};
    if (colon == NULL)
        return true;
    table->length = (size_t)(colon - reference.data);
    const char *equals = memchr(colon, '=', reference.length - table->length);
    if (equals == NULL)
        return false;
    *column = (struct slice){colon + 1, (size_t)(equals - colon - 1)};
    *values = (struct slice){equals + 1, (size_t)(reference.data + reference.length - equals - 1)};
    return true;
}

/* NAME or NAME:COLUMN=VALUE|VALUE */
static bool append_table(const struct place *place, struct slice reference)
{
    struct slice name;
    struct slice column;
    struct slice values;
    if (!choice_parts(reference, &name, &column, &values))
        return fail(place, "{table:%.*s} has no '=': write {table:NAME:COLUMN=VALUE}", reference);
    const struct table *table = table_named(place->expansion->tables, place->expansion->table_count, name);
    if (table == NULL)
        return error_set(place->error, TRICH_ERROR_RULES, place->file, place->line, 0,
                         "{table:%.*s} is of no table: put %.*s.tsv beside the rule files, or mend the name",
                         (int)reference.length, reference.data, (int)name.length, name.data);
    long number = table_column(table, column);
    if (column.data != NULL && number == TABLE_NONE)
        return error_set(
            place->error, TRICH_ERROR_RULES, place->file, place->line, 0,
            "the table %s has no column '%.*s', but %.*s: mend the name here or the table's header",
            table->file, (int)column.length, column.data, (int)table_header_row(table).length,
            table_header_row(table).data);
    if (column.data != NULL && place->expansion->choices != NULL && !keep_choice(place, reference))
        return error_memory(place->error);
    struct slice *keys = malloc((table->row_count + 1) * sizeof *keys);
    if (keys == NULL)
        return error_memory(place->error);
    size_t count = 0;
    for (size_t row = 0; row < table->row_count; row++)
        if (number == TABLE_NONE || cell_is_one_of(table_cell(table, row, number), values))
            keys[count++] = table_cell(table, row, 0);
    bool done = expand_keys(keys, count, place->result);
    free(keys);
    return done || error_memory(place->error);
}

/* One of them is a part of the other, or has a letter more, less or changed, or two letters swapped. */
static bool is_nearly(const char *name, const char *other)
{
    enum { SHORTEST = 3 };
    if (strstr(other, name) != NULL || (strlen(other) >= SHORTEST && strstr(name, other) != NULL))
        return true;
    size_t front = 0;
    size_t left = strlen(name);
    size_t right = strlen(other);
    while (name[front] == other[front]) /* not to the end: they are not equal */
        front++;
    while (left > front && right > front && name[left - 1] == other[right - 1]) {
        left--;
        right--;
    }
    bool swapped = left == front + 2 && right == front + 2 && name[front] == other[front + 1] &&
                   name[front + 1] == other[front];
    return left > 1 && right > 1 && (swapped || (left <= front + 1 && right <= front + 1));
}

/* Names those that are called nearly so. */
static bool refuse_part(const struct place *place, struct slice reference)
{
    enum { MOST = 6 };
    char like[300] = "";
    size_t count = 0;
    char name[64];
    (void)snprintf(name, sizeof name, "%.*s", (int)reference.length, reference.data);
    for (size_t i = 0; i < place->expansion->part_count && count < MOST; i++) {
        const char *other = place->expansion->parts[i].name;
        size_t used = strlen(like);
        if (!is_nearly(name, other))
            continue;
        (void)snprintf(like + used, sizeof like - used, "%s%s", count > 0 ? ", " : " (there is ", other);
        count++;
    }
    return error_set(place->error, TRICH_ERROR_RULES, place->file, place->line, 0,
                     "there is no part {%s}%s%s: mend the name or add a <part>", name, like,
                     count > 0 ? ")" : "");
}

static bool append_pattern(const struct place *place, const char *source, int depth);

static bool append_reference(const struct place *place, struct slice reference, int depth)
{
    static const char table_prefix[] = "table:";
    const size_t prefix = sizeof table_prefix - 1;
    if (depth >= MAX_DEPTH)
        return fail(place, "parts are nested too deeply at {%.*s}: does it contain itself?", reference);
    if (reference.length > prefix && memcmp(reference.data, table_prefix, prefix) == 0)
        return append_table(place, (struct slice){reference.data + prefix, reference.length - prefix});
    for (size_t i = 0; i < place->expansion->part_count; i++) {
        struct part *part = &place->expansion->parts[i];
        if (!slice_is(reference, part->name))
            continue;
        part->used = true;
        buffer_append_string(place->result, "(?:");
        struct place inside = *place; /* what is wrong in a part is wrong where the part is */
        inside.file = part->file;
        inside.line = part->line;
        if (!append_pattern(&inside, part->source, depth + 1))
            return false;
        buffer_append_byte(place->result, ')');
        return true;
    }
    return refuse_part(place, reference);
}

/* Length of {name} or {table:…} at source, 0 if it is a quantifier or a plain brace. */
static size_t reference_length(const char *source)
{
    if (source[0] != '{' || !is_letter(source[1]))
        return 0;
    const char *end = strchr(source, '}');
    if (end == NULL)
        return 0;
    if (strncmp(source, "{table:", 7) != 0)
        for (const char *c = source + 1; c < end; c++)
            if (!is_name_byte(*c))
                return 0;
    return (size_t)(end - source) + 1;
}

/* White space at source: blanks around a line break are layout, other blanks are meant. */
static const char *append_blank(const char *source, bool in_class, bool at_start, struct buffer *result)
{
    bool layout = at_start && strchr("\n\r", *source) != NULL;
    const char *end = source;
    while (*end == ' ' || *end == '\t' || *end == '\n' || *end == '\r') {
        layout = layout || *end == '\n';
        end++;
    }
    if (!layout)
        buffer_append_string(result, in_class ? " \\n" : white_space);
    return end;
}

static bool append_pattern(const struct place *place, const char *source, int depth)
{
    bool in_class = false;
    const char *c = source;
    while (*c != '\0') {
        size_t length;
        if (place->result->length > MAX_EXPANDED)
            return fail(place, "the pattern grows beyond 1 MB when parts are put in%.*s", SLICE(""));
        if (*c == '\\' && c[1] != '\0') {
            /* \p{Lu} and \x{…} have braces of their own */
            length = 2;
            if (strchr("pPxNoug", c[1]) != NULL && c[2] == '{' && strchr(c, '}') != NULL)
                length = (size_t)(strchr(c, '}') - c) + 1;
            buffer_append(place->result, c, length);
            c += length;
        } else if (*c == ' ' || *c == '\t' || *c == '\n' || *c == '\r') {
            c = append_blank(c, in_class, c == source, place->result);
        } else if (!in_class && (length = reference_length(c)) > 0) {
            if (!append_reference(place, (struct slice){c + 1, length - 2}, depth))
                return false;
            c += length;
        } else {
            if (*c == '[' && !in_class) {
                in_class = true;
                /* a ']' right behind '[' or '[^' is a literal one */
                buffer_append_byte(place->result, *c++);
                if (*c == '^')
                    buffer_append_byte(place->result, *c++);
                if (*c != ']')
                    continue;
            } else if (*c == ']') {
                in_class = false;
            }
            buffer_append_byte(place->result, *c++);
        }
    }
    return true;
}

bool expand_pattern(const struct expansion *expansion, const char *source, const char *file, size_t line,
                    struct buffer *result, struct trich_error *error)
{
    struct place place = {expansion, file, line, result, error};
    return append_pattern(&place, source, 0) && (!result->failed || error_memory(error));
}
