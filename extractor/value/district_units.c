/* Units of the district level in the tables: names in any spelling, periods, provinces. */
#include "../base/utf8.h"
#include "district.h"
#include "lookup.h"
#include "unmarked.h"

/* No letter beyond ASCII at all; quotation marks and dashes are none. */
static bool has_no_marks(const struct reading *reading)
{
    for (size_t i = 0; i < reading->length; i++) {
        unsigned char first = (unsigned char)reading->text[i];
        if ((first >= 0xc3 && first <= 0xc6) || first == 0xe1) /* U+00C0 to U+01BF, U+1000 to U+1FFF */
            return false;
    }
    return true;
}

const struct district_tables *district_tables(struct reading *reading)
{
    if (reading->districts != NULL)
        return reading->districts;
    struct district_tables *tables = arena_alloc(reading->arena, sizeof *tables);
    if (tables == NULL) {
        reading->failed = true;
        return NULL;
    }
    const struct rules *rules = reading->rules;
    bool unmarked = has_no_marks(reading);
    *tables = (struct district_tables){.districts = rules_known(rules, TABLE_DISTRICTS),
                                       .numbered = rules_known(rules, TABLE_DISTRICTS_NUMBERED),
                                       .former = rules_known(rules, TABLE_DISTRICTS_FORMER),
                                       .spellings = rules_known(rules, TABLE_DISTRICT_SPELLINGS),
                                       .skeletons = rules_known(rules, TABLE_DISTRICT_SKELETONS),
                                       .types = rules_known(rules, TABLE_DISTRICT_TYPES),
                                       .provinces = rules_known(rules, TABLE_PROVINCES),
                                       .in_front = unmarked ? unmarked_fronts(rules)
                                                            : rules_known(rules, TABLE_BEFORE_DISTRICTS),
                                       .unmarked = unmarked};
    reading->failed =
        reading->failed || (tables->in_front == NULL && rules_known(rules, TABLE_BEFORE_DISTRICTS) != NULL);
    reading->districts = tables;
    return tables;
}

/* ---- names ---------------------------------------------------------------------------------------- */

/* One capital at the head of each word. */
static int32_t title_letter(int32_t code, int32_t before)
{
    return before == ' ' || before == '-' ? utf8_upper(code) : utf8_lower(code);
}

static enum place_bare bare_value(struct slice cell)
{
    return slice_is(cell, "clear") ? BARE_CLEAR : slice_is(cell, "vague") ? BARE_VAGUE : BARE_USUAL;
}

static bool add_rows(struct place *place, const struct table *table, struct slice name)
{
    if (table == NULL || name.data == NULL)
        return false;
    long first = table_find(table, name);
    for (long row = first; row != TABLE_NONE && place->row_count < PLACE_MAX_ROWS;
         row = table_next(table, row))
        place->rows[place->row_count++] = row;
    if (first == TABLE_NONE)
        return false;
    place->table = table;
    place->bare = bare_value(lookup_cell(table, first, COLUMN_BARE));
    return true;
}

bool district_add_named(const struct district_tables *tables, struct place *place, struct slice name)
{
    return add_rows(place, tables->districts, name);
}

/* By a table from other spellings to names; several names may be written alike. */
static bool add_respelled(struct place *place, const struct district_tables *tables,
                          const struct table *spellings, struct slice key)
{
    bool found = false;
    if (spellings == NULL || key.data == NULL)
        return false;
    for (long row = table_find(spellings, key); row != TABLE_NONE; row = table_next(spellings, row))
        found = add_rows(place, tables->districts, lookup_cell(spellings, row, COLUMN_NAME)) || found;
    return found;
}

/* What the name alone says when it is written without marks: 'Nha Trang' may be Nhà Trắng. */
static void weigh_unmarked(const struct district_tables *tables, struct place *place, struct slice title)
{
    char bare[LOOKUP_MAX_BYTES];
    struct slice key = lookup_rewrite(title, unmarked_letter, bare);
    if (tables->skeletons == NULL || key.data == NULL)
        return;
    struct slice cell = lookup_cell(tables->skeletons, table_find(tables->skeletons, key), COLUMN_BARE);
    if (cell.length > 0)
        place->bare = bare_value(cell);
}

static bool find_name(const struct district_tables *tables, struct place *place, struct slice name)
{
    return add_rows(place, tables->districts, name) ||
           add_respelled(place, tables, tables->spellings, name) || add_rows(place, tables->former, name);
}

bool district_find(const struct district_tables *tables, struct place *place, struct slice name)
{
    char title[LOOKUP_MAX_BYTES];
    char bare[LOOKUP_MAX_BYTES];
    place->row_count = 0;
    if (name.length > 0 && name.data[0] >= '0' && name.data[0] <= '9')
        return add_rows(place, tables->numbered, name);
    bool found = find_name(tables, place, name);
    if (found && !tables->unmarked)
        return true;
    struct slice key = lookup_rewrite(name, title_letter, title);
    found = found || find_name(tables, place, key);
    if (!found && (place->form == PLACE_SKELETON || place->unmarked) && key.data != NULL)
        found = add_respelled(place, tables, tables->skeletons, lookup_rewrite(key, unmarked_letter, bare));
    if (found && tables->unmarked)
        weigh_unmarked(tables, place, key);
    return found;
}

struct slice district_type(const struct district_tables *tables, struct slice words)
{
    while (words.length > 0 && words.data[words.length - 1] == ' ')
        words.length--;
    long row = lookup_row(tables->types, words);
    return lookup_cell(tables->types, row, COLUMN_TYPE);
}

bool place_type_lasts(const struct district_tables *tables, const struct place *place)
{
    for (size_t i = 0; i < place->row_count; i++) {
        long row = lookup_row(tables->types, place_cell(place, i, COLUMN_TYPE));
        if (has_trait(lookup_traits(tables->types, row), TRAIT_LASTING))
            return true;
    }
    return false;
}

/* ---- rows ----------------------------------------------------------------------------------------- */

struct slice place_cell(const struct place *place, size_t index, enum column_id column)
{
    return lookup_cell(place->table, place->rows[index], column);
}

bool place_is_district(const struct place *place)
{
    return place->sort == PLACE_DISTRICT && place->row_count > 0;
}

static int place_province(const struct place *place, size_t index)
{
    return lookup_number(place->table, place->rows[index], COLUMN_PROVINCE_CODE, 0);
}

size_t place_codes(const struct place *place, struct slice *codes)
{
    size_t count = 0;
    for (size_t i = 0; i < place->row_count; i++) {
        struct slice code = place_cell(place, i, COLUMN_CODE);
        size_t at = 0;
        while (at < count && memcmp(codes[at].data, code.data, code.length) < 0)
            at++;
        if ((at < count && slice_equal(codes[at], code)) || count == PLACE_MAX_CODES)
            continue;
        for (size_t k = count++; k > at; k--)
            codes[k] = codes[k - 1];
        codes[at] = code;
    }
    return count;
}

/* Keeps the rows marked, unless none is. */
static bool keep(struct place *place, const bool *marked)
{
    size_t count = 0;
    for (size_t i = 0; i < place->row_count; i++)
        count += marked[i];
    if (count == 0)
        return false;
    count = 0;
    for (size_t i = 0; i < place->row_count; i++)
        if (marked[i])
            place->rows[count++] = place->rows[i];
    place->row_count = count;
    return true;
}

static bool keep_equal(struct place *place, enum column_id column, struct slice value)
{
    bool marked[PLACE_MAX_ROWS];
    for (size_t i = 0; i < place->row_count; i++)
        marked[i] = slice_equal(place_cell(place, i, column), value);
    return keep(place, marked);
}

bool place_keep_type(struct place *place, struct slice type)
{
    return keep_equal(place, COLUMN_TYPE, type);
}

bool place_keep_code(struct place *place, struct slice code)
{
    return keep_equal(place, COLUMN_CODE, code);
}

void place_drop_code(struct place *place, struct slice code)
{
    bool marked[PLACE_MAX_ROWS];
    for (size_t i = 0; i < place->row_count; i++)
        marked[i] = !slice_equal(place_cell(place, i, COLUMN_CODE), code);
    (void)keep(place, marked);
}

/* YYYY-MM-DD as a number. */
static int day_number(struct slice day, int fallback)
{
    if (day.length != 10)
        return fallback;
    int number = 0;
    for (size_t i = 0; i < day.length; i++)
        if (day.data[i] != '-')
            number = number * 10 + (day.data[i] - '0');
    return number;
}

struct day_span district_day_span(struct day date)
{
    if (date.year == 0)
        return (struct day_span){DISTRICT_RECENT, 99999999};
    int first = date.year * 10000 + (date.month != 0 ? date.month : 1) * 100 + (date.day != 0 ? date.day : 1);
    int last =
        date.year * 10000 + (date.month != 0 ? date.month : 12) * 100 + (date.day != 0 ? date.day : 31);
    return (struct day_span){first, last};
}

bool place_keep_period(struct place *place, struct day_span span)
{
    bool marked[PLACE_MAX_ROWS];
    for (size_t i = 0; i < place->row_count; i++)
        marked[i] = day_number(place_cell(place, i, COLUMN_VALID_FROM), 0) <= span.last &&
                    day_number(place_cell(place, i, COLUMN_VALID_TO), 99999999) >= span.first;
    return keep(place, marked);
}

struct day_span place_period(const struct place *place)
{
    struct day_span period = {99999999, 0};
    for (size_t i = 0; i < place->row_count; i++) {
        int first = day_number(place_cell(place, i, COLUMN_VALID_FROM), 0);
        int last = day_number(place_cell(place, i, COLUMN_VALID_TO), 99999999);
        period.first = first < period.first ? first : period.first;
        period.last = last > period.last ? last : period.last;
    }
    return period;
}

/* ---- provinces ------------------------------------------------------------------------------------ */

long district_find_province(const struct district_tables *tables, struct slice name)
{
    char title[LOOKUP_MAX_BYTES];
    long row = lookup_row(tables->provinces, name);
    if (row != TABLE_NONE)
        return row;
    return lookup_row(tables->provinces, lookup_rewrite(name, title_letter, title));
}

int district_province(const struct district_tables *tables, long province_row)
{
    return lookup_number(tables->provinces, province_row, COLUMN_CODE, 0);
}

bool district_is_province(const struct district_tables *tables, long province_row, struct day_span span)
{
    int from = day_number(lookup_cell(tables->provinces, province_row, COLUMN_VALID_FROM), 0);
    return span.first >= from;
}

int district_province_end(const struct district_tables *tables, long province_row)
{
    return day_number(lookup_cell(tables->provinces, province_row, COLUMN_VALID_TO), 99999999);
}

bool district_is_city(const struct district_tables *tables, long province_row, struct slice type)
{
    return type.length > 0 && slice_equal(lookup_cell(tables->provinces, province_row, COLUMN_TYPE), type);
}

/* The province that the land of the row's unit has gone to, or 0. */
static int successor_of(const struct district_tables *tables, const struct place *place, size_t index)
{
    struct slice successor = place_cell(place, index, COLUMN_SUCCESSOR);
    if (successor.length == 0 || tables->provinces == NULL)
        return 0;
    return district_province(tables, table_find(tables->provinces, successor));
}

/* The rows whose province it was; where none was, those whose land has gone to it. */
static void mark_province(const struct district_tables *tables, const struct place *place, int province,
                          bool *marked)
{
    bool any = false;
    for (size_t i = 0; i < place->row_count; i++) {
        marked[i] = place_province(place, i) == province;
        any = any || marked[i];
    }
    for (size_t i = 0; i < place->row_count && !any; i++)
        marked[i] = successor_of(tables, place, i) == province;
}

bool place_keep_province(const struct district_tables *tables, struct place *place, int province)
{
    bool marked[PLACE_MAX_ROWS];
    mark_province(tables, place, province, marked);
    return keep(place, marked);
}

bool place_in_province(const struct district_tables *tables, const struct place *place, int province)
{
    bool marked[PLACE_MAX_ROWS];
    mark_province(tables, place, province, marked);
    for (size_t i = 0; i < place->row_count; i++)
        if (marked[i])
            return true;
    return false;
}

static size_t add_province(int *provinces, size_t count, int province)
{
    for (size_t i = 0; i < count; i++)
        if (provinces[i] == province)
            return count;
    if (province != 0)
        provinces[count++] = province;
    return count;
}

size_t place_provinces(const struct district_tables *tables, const struct place *place, int *provinces)
{
    size_t count = 0;
    for (size_t i = 0; i < place->row_count; i++) {
        count = add_province(provinces, count, place_province(place, i));
        count = add_province(provinces, count, successor_of(tables, place, i));
    }
    return count;
}

int place_only_province(const struct place *place)
{
    int only = place->row_count > 0 ? place_province(place, 0) : 0;
    for (size_t i = 1; i < place->row_count; i++)
        if (place_province(place, i) != only)
            return 0;
    return only;
}

int place_province_at(const struct place *place, struct day_span span)
{
    struct slice codes[PLACE_MAX_CODES];
    int province = place_only_province(place);
    if (province != 0 || place_codes(place, codes) != 1)
        return province;
    struct place then = *place;
    (void)place_keep_period(&then, span);
    return place_only_province(&then);
}
