/*
 * What an article settles about its districts: whether a bare name is one, and which of several units it
 * means.
 *
 * Evidence are the provinces that the text names and the units that are certain by themselves. What stands
 * right behind a name, in its list, its sentence and its paragraph counts more than the rest.
 */
#include "district.h"

enum {
    WEIGHT_LIST = 200,
    WEIGHT_SENTENCE = 20,
    WEIGHT_PARAGRAPH = 5,
    WEIGHT_ARTICLE = 1,
    WEIGHT_SAME_NAME = 40,
    SENTENCE_REACH = 300, /* bytes */
    REMARK_REACH = 40,
    MAX_PROVINCE = 100,
    NEEDED = 2 /* points that make a bare name a record */
};

static struct slice group(const struct place *place, int id)
{
    return item_group(place->item, id);
}

static bool is_district(const struct place *place)
{
    return place->sort == PLACE_DISTRICT && place->row_count > 0;
}

/* The province that a place speaks for: its own if it is one, else that of all units it can be. 0: none. */
static int province_of(const struct places *places, const struct place *place)
{
    if (place->sort == PLACE_PROVINCE)
        return district_province(&places->tables, place->province_row);
    return is_district(place) && place->accepted ? place_only_province(place) : 0;
}

/* ---- neighbours ----------------------------------------------------------------------------------- */

/* Behind a remark in brackets: ' (118,5mm)'. */
static size_t skip_remark(const char *text, size_t start, size_t end)
{
    if (start + 1 >= end || text[start] != ' ' || text[start + 1] != '(')
        return start;
    const char *close = memchr(text + start, ')', end - start);
    return close != NULL && close + 1 < text + end && *(close + 1) == ',' ? (size_t)(close - text) + 1
                                                                          : start;
}

/* Nothing but blanks and at most one sign that joins the parts of a list or an address. */
static bool is_joint(const char *text, size_t start, size_t end)
{
    size_t signs = 0;
    if (end - start > 5 && end - start < REMARK_REACH)
        start = skip_remark(text, start, end);
    for (size_t i = start; i < end; i++) {
        if (text[i] == ' ' || (text[i] == '\n' && i + 1 < end && text[i + 1] != '\n'))
            continue;
        if (text[i] == '\0' || strchr(",-;(/", text[i]) == NULL || ++signs > 1)
            return false;
    }
    return end - start <= 5;
}

static void join_neighbours(struct places *places)
{
    const char *text = places->reading->text;
    for (size_t i = 1; i < places->count; i++) {
        struct place *first = places->places[i - 1];
        struct place *second = places->places[i];
        if (second->linked || is_joint(text, first->item->match.end, second->item->match.whole_start)) {
            first->behind = second;
            second->before = first;
        }
    }
}

/* 'A, B và C (tỉnh X)', 'huyện A, tỉnh X': the province right behind, also behind the rest of the list. */
static void name_provinces(struct places *places)
{
    for (size_t i = places->count; i-- > 0;) {
        struct place *place = places->places[i];
        struct place *behind = place->behind;
        if (!is_district(place) || behind == NULL)
            continue;
        int province = behind->sort == PLACE_PROVINCE
                           ? district_province(&places->tables, behind->province_row)
                       : behind->sort == PLACE_DISTRICT ? behind->province
                                                        : 0;
        if (province != 0 &&
            (behind->sort == PLACE_PROVINCE || place_in_province(&places->tables, place, province)))
            place->province = province;
    }
}

/* ---- names that are a province's too ---------------------------------------------------------------- */

/* Sets apart what names its province: in a list of cities 'Vinh và Hà Tĩnh' the city is meant. */
static void tell_from_province(struct places *places, struct place *place)
{
    const struct district_tables *tables = &places->tables;
    if (!district_is_province(tables, place->province_row, places->span)) {
        /* Huế, which became one in 2025 */
        place->sort = group(place, DISTRICT_province).data != NULL ? PLACE_PROVINCE : PLACE_DISTRICT;
        return;
    }
    if (place->form == PLACE_TYPED || place->form == PLACE_SKELETON || place->form == PLACE_PLURAL) {
        if (district_is_city(tables, place->province_row, place->said) ||
            (place->said.length > 0 && !place->said_fits))
            place->sort = PLACE_PROVINCE;
        return;
    }
    struct place *front = place->before;
    bool listed = place->linked && front != NULL && is_district(front) && front->plural;
    place->sort = PLACE_PROVINCE;
    if (!listed || place->row_count == 0)
        return;
    /* Behind a comma it can be the province of the list, behind 'và' it is one of the list. */
    bool joined = group(place, DISTRICT_joined).data != NULL;
    int own = place_only_province(place);
    int theirs = place_only_province(front);
    bool namesake = own == district_province(tables, place->province_row);
    if (namesake ? place->said_fits && (joined || theirs != own) : own == theirs && own != 0)
        place->sort = PLACE_DISTRICT;
}

/* ---- first pass: what the words themselves say ------------------------------------------------------- */

static void read_words(struct places *places, struct place *place)
{
    place->said_fits = false;
    if (place->said.length > 0) {
        struct place trial = *place;
        place->said_fits = place_keep_type(&trial, place->said);
    }
    if (place->said_fits)
        (void)place_keep_type(place, place->said);
    if (place->province_row != TABLE_NONE)
        tell_from_province(places, place);
    if (!is_district(place))
        return;
    place->sure = place->form == PLACE_TYPED || place->form == PLACE_PLURAL ||
                  place->form == PLACE_SKELETON || place->form == PLACE_NUMBER_LIST;
}

static size_t count_codes(const struct place *place)
{
    struct slice codes[PLACE_MAX_CODES];
    return place_codes(place, codes);
}

/* ---- evidence for one of several units ---------------------------------------------------------------- */

static bool contains(const char *text, size_t start, size_t end, const char *what)
{
    size_t length = strlen(what);
    for (size_t i = start; i + length <= end; i++)
        if (memcmp(text + i, what, length) == 0)
            return true;
    return false;
}

static int weight_of(const struct places *places, const struct place *place, const struct place *evidence)
{
    size_t start = place->item->match.end;
    size_t end = evidence->item->match.start;
    if (evidence->item->match.start < place->item->match.start) {
        start = evidence->item->match.end;
        end = place->item->match.start;
    }
    const char *text = places->reading->text;
    if (end < start || contains(text, start, end, "\n\n"))
        return WEIGHT_ARTICLE;
    if (end - start > SENTENCE_REACH || contains(text, start, end, ". "))
        return WEIGHT_PARAGRAPH;
    return WEIGHT_SENTENCE;
}

/* Places that hang together with it by commas, words of lists, brackets. */
static bool in_one_list(const struct place *place, const struct place *other)
{
    for (const struct place *next = place->behind; next != NULL && is_district(next); next = next->behind)
        if (next == other)
            return true;
    for (const struct place *next = place->before; next != NULL && is_district(next); next = next->before)
        if (next == other)
            return true;
    return false;
}

/* Which province the article speaks for, among those of the place's units; 0 if it does not tell. */
static int weigh(const struct places *places, const struct place *place)
{
    int weights[MAX_PROVINCE] = {0};
    for (size_t i = 0; i < places->count; i++) {
        const struct place *other = places->places[i];
        int province = other != place ? province_of(places, other) : 0;
        if (province <= 0 || province >= MAX_PROVINCE)
            continue;
        bool same_name = is_district(other) && other->row_count > 0 && other->table == place->table &&
                         slice_equal(place_cell(other, 0, "name"), place_cell(place, 0, "name"));
        weights[province] += same_name                   ? WEIGHT_SAME_NAME
                             : in_one_list(place, other) ? WEIGHT_LIST
                                                         : weight_of(places, place, other);
    }
    int best = 0;
    bool tie = false;
    for (int province = 1; province < MAX_PROVINCE; province++) {
        if (weights[province] == 0 || !place_in_province(&places->tables, place, province))
            continue;
        tie = best != 0 && weights[province] == weights[best];
        if (best == 0 || weights[province] > weights[best])
            best = province;
    }
    return tie ? 0 : best;
}

/* The unit that the same name means where its type word tells: 'huyện Kỳ Anh' … 'Kỳ Anh'. */
static void follow_namesake(const struct places *places, struct place *place)
{
    struct slice only = {NULL, 0};
    for (size_t i = 0; i < places->count; i++) {
        struct place *other = places->places[i];
        struct slice codes[PLACE_MAX_CODES];
        if (other == place || !other->sure || !is_district(other) || other->table != place->table ||
            place_codes(other, codes) != 1 ||
            !slice_equal(place_cell(other, 0, "name"), place_cell(place, 0, "name")))
            continue;
        if (only.data != NULL && !slice_equal(only, codes[0]))
            return;
        only = codes[0];
    }
    if (only.data != NULL)
        (void)place_keep_code(place, only);
}

static void choose_unit(const struct places *places, struct place *place)
{
    if (place->province != 0)
        (void)place_keep_province(&places->tables, place, place->province);
    if (count_codes(place) > 1 && place_only_province(place) == 0) {
        int province = weigh(places, place);
        if (province != 0)
            (void)place_keep_province(&places->tables, place, province);
    }
    if (count_codes(place) > 1 && !place->said_fits)
        follow_namesake(places, place);
    if (count_codes(place) > 1)
        (void)place_keep_period(place, places->span);
}

/* ---- whether a bare name is a district ---------------------------------------------------------------- */

static bool shares_name(const struct place *place, const struct place *other)
{
    return is_district(other) && other->table == place->table &&
           slice_equal(place_cell(other, 0, "name"), place_cell(place, 0, "name"));
}

static int points_of_neighbour(const struct places *places, const struct place *place,
                               const struct place *other)
{
    if (other == NULL || !is_district(other) || !other->accepted)
        return 0;
    int province = place_only_province(other);
    bool near = province == 0 || place_in_province(&places->tables, place, province);
    return other->plural ? 3 : near ? 2 : 1;
}

/* 'xã A, B' and 'xã A (B)' are an address, 'phường A - B' may be a road. */
static int points_of_commune(const struct places *places, const struct place *place)
{
    if (group(place, DISTRICT_commune).data == NULL)
        return 0;
    size_t before = place->item->match.start - 1;
    const char *text = places->reading->text;
    return text[before] == '-' || text[before - 1] == '-' ? 2 : 3;
}

/* Alone behind the last sentence: whoever wrote it. */
static bool is_byline(const struct places *places, const struct place *place)
{
    const char *text = places->reading->text;
    size_t start = place->item->match.start;
    size_t end = place->item->match.end;
    while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\n'))
        start--;
    while (end < places->reading->length && text[end] == ' ')
        end++;
    return start > 0 && strchr(".!?\")", text[start - 1]) != NULL &&
           (end == places->reading->length || text[end] == '\n');
}

static bool is_former(const struct place *place)
{
    return group(place, DISTRICT_former).data != NULL;
}

static int points(const struct places *places, const struct place *place)
{
    int sum = place->bare == BARE_CLEAR ? 2 : place->bare == BARE_VAGUE ? -1 : 0;
    bool namesake = false;
    bool province = false;
    for (size_t i = 0; i < places->count; i++) {
        const struct place *other = places->places[i];
        if (other == place)
            continue;
        namesake = namesake || (other->sure && shares_name(place, other));
        int theirs = province_of(places, other);
        province = province || (theirs != 0 && place_in_province(&places->tables, place, theirs));
    }
    sum += namesake ? 2 : 0;
    sum += province ? 1 : 0;
    sum += group(place, DISTRICT_place).data != NULL ? 1 : 0;
    sum += points_of_commune(places, place);
    sum += is_former(place) ? 2 : 0;
    if (place->province != 0)
        sum += place_in_province(&places->tables, place, place->province) ? 3 : -3;
    int before = points_of_neighbour(places, place, place->before);
    int behind = points_of_neighbour(places, place, place->behind);
    return sum + (before > behind ? before : behind);
}

/* A capital name counts only with what else the article says. */
static int needed(const struct place *place)
{
    return place->form == PLACE_CAPITALS ? NEEDED + 2 : NEEDED;
}

/* 'thành phố Trùng Khánh': none of that name was ever a city here, so it is elsewhere unless the text says.
 */
static bool is_elsewhere(const struct places *places, const struct place *place)
{
    if (place->said.length == 0 || place->said_fits || place->bare != BARE_VAGUE)
        return false;
    for (size_t i = 0; i < places->count; i++) {
        int province = places->places[i] != place ? province_of(places, places->places[i]) : 0;
        if (province != 0 && place_in_province(&places->tables, place, province))
            return false;
    }
    return true;
}

static void accept_bare(struct places *places)
{
    bool changed = true;
    for (int round = 0; changed && round < 4; round++) {
        changed = false;
        for (size_t i = 0; i < places->count; i++) {
            struct place *place = places->places[i];
            if (place->accepted || place->sure || !is_district(place) ||
                points(places, place) < needed(place) || is_byline(places, place))
                continue;
            place->accepted = changed = true;
        }
    }
}

void places_settle(struct places *places)
{
    join_neighbours(places);
    for (size_t i = 0; i < places->count; i++)
        read_words(places, places->places[i]);
    name_provinces(places);
    for (size_t i = 0; i < places->count; i++)
        places->places[i]->accepted = is_district(places->places[i]) && places->places[i]->sure;
    for (size_t i = 0; i < places->count; i++)
        if (places->places[i]->accepted && is_elsewhere(places, places->places[i]))
            places->places[i]->accepted = places->places[i]->sure = false;
    accept_bare(places);
    for (size_t i = 0; i < places->count; i++)
        if (places->places[i]->accepted && places->places[i]->province != 0)
            (void)place_keep_province(&places->tables, places->places[i], places->places[i]->province);
    for (size_t i = 0; i < places->count; i++)
        if (places->places[i]->accepted)
            choose_unit(places, places->places[i]);
}
