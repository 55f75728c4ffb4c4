/* Districts: reading a mention, and the attributes of those that the article settles as records. */
#include "district.h"
#include "district_front.h"
#include "lookup.h"
#include "words.h"

static enum place_form form_of(const struct item *item)
{
    static const struct {
        const char *name;
        enum place_form form;
    } forms[] = {{"typed", PLACE_TYPED},        {"plural", PLACE_PLURAL},
                 {"list", PLACE_LIST},          {"number-list", PLACE_NUMBER_LIST},
                 {"evidence", PLACE_EVIDENCE},  {"capitals", PLACE_CAPITALS},
                 {"skeleton", PLACE_SKELETON},  {"unmarked-list", PLACE_LIST},
                 {"unmarked-bare", PLACE_BARE}, {"unmarked-evidence", PLACE_EVIDENCE}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(item->match.rule->form, forms[i].name) == 0)
            return forms[i].form;
    return PLACE_BARE;
}

static bool is_unmarked(const struct item *item)
{
    static const char prefix[] = "unmarked-";
    return strncmp(item->match.rule->form, prefix, sizeof prefix - 1) == 0;
}

/* The place that ends where this match begins. */
static struct place *place_in_front(const struct reading *reading, const struct item *item)
{
    if (reading->item_count == 0)
        return NULL;
    struct item *last = reading->items[reading->item_count - 1];
    return last->kind == KIND_DISTRICT && last->match.end == item->match.whole_start ? last->data : NULL;
}

static bool is_numbered(const struct place *place, const struct district_tables *tables)
{
    return place->table != NULL && place->table == tables->numbered;
}

/* In 'các quận 1, 3, 5' and 'Quận 1, 3, 5.' the others are districts too, in 'Quận 1, 3 người' not, nor in
 * '2 thành phố: Hạ Long và Móng Cái; 2 thị xã'. */
static bool number_goes_on(const struct place *place, const struct place *front,
                           const struct district_tables *tables)
{
    if (front == NULL)
        return false;
    bool numbered_type =
        front->said.length == 0 || slice_equal(front->said, district_type(tables, SLICE("q.")));
    if (!is_numbered(front, tables) && !(front->plural && numbered_type))
        return false;
    return front->plural || item_group(place->item, DISTRICT_plural).data != NULL;
}

/*
 * A number behind the name counts there when it does behind the name before: in 'Yên Minh 10, Vị Xuyên 3',
 * but not in 'Nhơn Trạch 2, Nhơn Trạch 3'.
 */
static bool is_tallied(const struct match *match)
{
    size_t length = match->end - match->start;
    size_t at = match->start;
    if (at < 3 || match->text[at - 1] != ' ' || strchr(",;", match->text[at - 2]) == NULL)
        return false;
    at -= 2;
    size_t digits = at;
    while (at > 0 && match->text[at - 1] >= '0' && match->text[at - 1] <= '9')
        at--;
    bool same = at > length && memcmp(match->text + at - 1 - length, match->text + match->start, length) == 0;
    return at < digits && at > 0 && match->text[at - 1] == ' ' && !same;
}

/* Whether what stands in front of a name without a type word leaves it a district's. */
static bool read_front(const struct reading *reading, const struct district_tables *tables,
                       struct place *place)
{
    if (place->form != PLACE_BARE && place->form != PLACE_CAPITALS)
        return true;
    enum district_front front = district_front(reading, tables->in_front, place->item->match.start);
    place->place_word = front == FRONT_PLACE || front == FRONT_ORGAN;
    place->organ = front == FRONT_ORGAN;
    place->past = front == FRONT_PAST;
    if (front == FRONT_LAND)
        place->sort = PLACE_LAND;
    return front != FRONT_OTHER && (front != FRONT_BEGAN || place->form == PLACE_CAPITALS);
}

/* 'các huyện, thành phố:' */
static bool names_cities(const struct reading *reading, const struct item *item)
{
    const struct match *match = &item->match;
    struct slice head = {match->text + match->whole_start, match->start - match->whole_start};
    return words_include(words_table(reading->rules), head, TRAIT_CITIES);
}

/* What a list carries on from its head or the member before: NULL if this is no member of one. */
static const struct place *read_list(const struct reading *reading, const struct item *item,
                                     struct place *place)
{
    bool list = place->form == PLACE_LIST || place->form == PLACE_NUMBER_LIST;
    const struct place *front = list ? place_in_front(reading, item) : NULL;
    place->linked = front != NULL;
    place->plural = item_group(item, DISTRICT_plural).data != NULL || place->form == PLACE_PLURAL ||
                    (front != NULL && front->plural);
    place->cities =
        (place->form == PLACE_PLURAL && names_cities(reading, item)) || (front != NULL && front->cities);
    return front;
}

/* The unit or units of the name; false if there are none, or what stands around it speaks against them. */
static bool read_name(const struct district_tables *tables, const struct item *item, struct place *place,
                      const struct place *front)
{
    struct slice name = item_group(item, DISTRICT_name);
    struct slice type = item_group(item, DISTRICT_type);
    bool found = district_find(tables, place, name) ||
                 (place->form == PLACE_SKELETON && district_find_misprint(tables, place, name));
    if (!found || (place->past && place->bare == BARE_VAGUE))
        return false;
    /* 'ở Vũng Tàu Đàn khỉ chạy': only of a clear name behind a word for places a new sentence is believed */
    if (item_group(item, DISTRICT_longer).data != NULL && !(place->place_word && place->bare == BARE_CLEAR))
        return false;
    if (item_group(item, DISTRICT_numbered).data != NULL && !is_tallied(&item->match))
        return false;
    if (place->form == PLACE_NUMBER_LIST && !number_goes_on(place, front, tables))
        return false;
    place->province_row = district_find_province(tables, name);
    if (type.data != NULL)
        place->said = district_type(tables, type);
    else if (front != NULL)
        place->said = front->said;
    return true;
}

bool district_read(struct reading *reading, struct item *item)
{
    const struct district_tables *tables = district_tables(reading);
    struct place *place = arena_calloc(reading->arena, 1, sizeof *place);
    if (place == NULL || tables == NULL) {
        reading->failed = true;
        return false;
    }
    *place = (struct place){.item = item, .form = form_of(item), .province_row = TABLE_NONE};
    item->data = place;
    place->unmarked = is_unmarked(item);
    if ((place->unmarked && !tables->unmarked) || !read_front(reading, tables, place))
        return false;
    const struct place *front = read_list(reading, item, place);
    struct slice province = item_group(item, DISTRICT_province);
    if (province.data != NULL) {
        place->province_row = district_find_province(tables, province);
        place->sort = PLACE_PROVINCE;
        (void)district_find(tables, place, province);
        return place->province_row != TABLE_NONE;
    }
    if (item_group(item, DISTRICT_name).data == NULL) {
        place->sort = PLACE_COMMUNE;
        return item_group(item, DISTRICT_commune).data != NULL;
    }
    return read_name(tables, item, place, front);
}

/* ---- attributes ----------------------------------------------------------------------------------- */

static bool same_cell(const struct place *place, enum column_id column)
{
    struct slice first = place_cell(place, 0, column);
    for (size_t i = 1; i < place->row_count; i++)
        if (!slice_equal(first, place_cell(place, i, column)))
            return false;
    return true;
}

static void set_if_known(struct reading *reading, const struct place *place, const char *attribute,
                         enum column_id column)
{
    struct slice value = place_cell(place, 0, column);
    if (value.length > 0 && same_cell(place, column))
        item_set(reading, place->item, attribute, value);
}

static void set_candidates(struct reading *reading, const struct place *place, const struct slice *codes,
                           size_t count)
{
    char list[PLACE_MAX_CODES * 8] = "";
    size_t length = 0;
    for (size_t i = 0; i < count && length + codes[i].length + 2 < sizeof list; i++) {
        if (i > 0)
            list[length++] = ' ';
        memcpy(list + length, codes[i].data, codes[i].length);
        length += codes[i].length;
    }
    item_set(reading, place->item, "candidates", (struct slice){list, length});
}

/* Of the periods of one unit the one that the article speaks from: in force then, else the last. */
static void choose_period(struct place *place, struct day_span span)
{
    (void)place_keep_period(place, span);
    for (size_t i = 1; i < place->row_count; i++)
        if (strncmp(place_cell(place, i, COLUMN_VALID_FROM).data,
                    place_cell(place, 0, COLUMN_VALID_FROM).data, 10) > 0)
            place->rows[0] = place->rows[i];
    place->row_count = 1;
}

static void set_attributes(struct reading *reading, struct place *place, struct day_span span)
{
    struct slice codes[PLACE_MAX_CODES];
    size_t count = place_codes(place, codes);
    struct slice said =
        place->form == PLACE_LIST && !place->said_fits ? (struct slice){NULL, 0} : place->said;
    if (count == 1)
        choose_period(place, span);
    item_set(reading, place->item, "name", place_cell(place, 0, COLUMN_NAME));
    if (said.length > 0)
        item_set(reading, place->item, "type", said);
    else
        set_if_known(reading, place, "type", COLUMN_TYPE);
    if (count == 1 && codes[0].length > 0) /* none of districts-former */
        item_set(reading, place->item, "code", codes[0]);
    set_if_known(reading, place, "province", COLUMN_PROVINCE);
    set_if_known(reading, place, "province-code", COLUMN_PROVINCE_CODE);
    if (count > 1)
        set_candidates(reading, place, codes, count);
    set_if_known(reading, place, "successor", COLUMN_SUCCESSOR);
}

void district_resolve(struct reading *reading)
{
    struct places places = {.reading = reading, .span = district_day_span(reading->date)};
    for (size_t i = 0; i < reading->item_count; i++)
        places.count += reading->items[i]->kind == KIND_DISTRICT;
    if (places.count == 0)
        return;
    places.tables = district_tables(reading);
    places.places = arena_alloc(reading->arena, places.count * sizeof(struct place *));
    if (places.tables == NULL || places.places == NULL) {
        reading->failed = true;
        return;
    }
    places.count = 0;
    for (size_t i = 0; i < reading->item_count; i++)
        if (reading->items[i]->kind == KIND_DISTRICT)
            places.places[places.count++] = reading->items[i]->data;
    if (!places_settle(&places)) {
        reading->failed = true;
        return;
    }
    for (size_t i = 0; i < places.count; i++) {
        struct place *place = places.places[i];
        place->item->dropped = !place->accepted;
        if (place->accepted)
            set_attributes(reading, place, places.span);
    }
}
