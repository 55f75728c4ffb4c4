/*
 * What an article settles about its districts: whether a bare name is one, and which of several units it
 * means.
 */
#include "district_evidence.h"
#include "words.h"

enum {
    SURNAME_REACH = 10, /* bytes: 'Nguyễn' */
    NEEDED = 2          /* points that make a bare name a record */
};

static struct slice group(const struct place *place, int id)
{
    return item_group(place->item, id);
}

/* ---- names that are a province's too ---------------------------------------------------------------- */

/* 'huyện Tân Lạc, huyện Hòa Bình' for the province Hòa Bình, where no district has its name. */
static bool is_province_in_chain(const struct district_tables *tables, const struct place *place)
{
    int province = district_province(tables, place->province_row);
    const struct place *front = place->before;
    return front != NULL && place_is_district(front) && place_only_province(front) == province &&
           !place_in_province(tables, place, province);
}

/* 'Tuần Giáo, Điện Biên, Điện Biên Đông': a huyện among others of its province, where the list goes on. */
static bool is_amid(const struct district_tables *tables, const struct place *place)
{
    const struct place *next = place->behind;
    struct place country = *place;
    int own = place_only_province(place);
    return next != NULL && next->linked && next->row_count > 0 && next->province_row == TABLE_NONE &&
           own != 0 && place_only_province(next) == own && place_only_province(place->before) == own &&
           (place->said_fits || place_keep_type(&country, district_type(tables, SLICE("h."))));
}

/* 'Vinh (Nghệ An), Hà Tĩnh (Hà Tĩnh)': the city, with its province in brackets. */
static bool is_own_city(const struct places *places, const struct place *place)
{
    const struct place *province = place->behind;
    if (province == NULL || province->province_row != place->province_row || place->row_count == 0)
        return false;
    const char *text = places->reading->text;
    size_t start = place->item->match.end;
    return province->item->match.start == start + 2 && memcmp(text + start, " (", 2) == 0 &&
           text[province->item->match.end] == ')';
}

/* Sets apart what names its province: in a list of cities 'Vinh và Hà Tĩnh' the city is meant. */
static void tell_from_province(struct places *places, struct place *place)
{
    const struct district_tables *tables = places->tables;
    if (!district_is_province(tables, place->province_row, places->span)) {
        /* Huế, which became one in 2025 */
        place->sort = group(place, DISTRICT_province).data != NULL ? PLACE_PROVINCE : PLACE_DISTRICT;
        return;
    }
    if (place->form == PLACE_TYPED || place->form == PLACE_SKELETON || place->form == PLACE_PLURAL) {
        if (district_is_city(tables, place->province_row, place->said) ||
            (place->said.length > 0 && !place->said_fits) || is_province_in_chain(tables, place))
            place->sort = PLACE_PROVINCE;
        return;
    }
    if (is_own_city(places, place)) {
        place->sort = PLACE_DISTRICT;
        return;
    }
    struct place *front = place->before;
    bool listed = place->linked && front != NULL && place_is_district(front);
    place->sort = PLACE_PROVINCE;
    if (!listed || place->row_count == 0)
        return;
    if (is_amid(tables, place)) {
        place->sort = PLACE_DISTRICT;
        return;
    }
    if (!front->plural)
        return;
    /* Behind a comma it can be the province of the list, behind 'và' it is one of the list. */
    bool joined = group(place, DISTRICT_joined).data != NULL;
    int own = place_only_province(place);
    int theirs = place_only_province(front);
    bool namesake = own == district_province(tables, place->province_row);
    if (namesake ? front->cities || (place->said_fits && (joined || theirs != own))
                 : own == theirs && own != 0)
        place->sort = PLACE_DISTRICT;
}

/* ---- first pass: what the words themselves say ------------------------------------------------------- */

/*
 * 'huyện Hoài Đức và Sơn Tây', 'huyện Sơn Tây, huyện Phúc Thọ': the thị xã of the neighbour's province, not a
 * huyện Sơn Tây elsewhere.
 */
static void stay_in_province(const struct places *places, struct place *place, const struct place *neighbour)
{
    if (place->said.length == 0 || neighbour == NULL || !place_is_district(neighbour))
        return;
    int province = place_province_at(neighbour, places->span);
    if (province == 0 || !place_in_province(places->tables, place, province))
        return;
    struct place trial = *place;
    (void)place_keep_province(places->tables, &trial, province);
    if (place_keep_period(&trial, places->span) && !place_keep_type(&trial, place->said))
        (void)place_keep_province(places->tables, place, province);
}

/* 'các huyện Tủa Chùa, Mường Lay' when there is no huyện Mường Lay any more, but a thị xã. */
static bool is_of_the_past(const struct places *places, const struct place *place, const struct place *typed)
{
    struct place some = *typed;
    struct place all = *place;
    return place->form == PLACE_LIST && !place_keep_period(&some, places->span) &&
           place_keep_period(&all, places->span);
}

static void read_words(struct places *places, struct place *place)
{
    place->said_fits = false;
    stay_in_province(places, place, place->before);
    stay_in_province(places, place, place->behind);
    if (place->said.length > 0) {
        struct place trial = *place;
        place->said_fits = place_keep_type(&trial, place->said) && !is_of_the_past(places, place, &trial);
    }
    if (place->said_fits)
        (void)place_keep_type(place, place->said);
    if (place->province_row != TABLE_NONE && place->sort != PLACE_LAND)
        tell_from_province(places, place);
    if (!place_is_district(place))
        return;
    place->sure = place->form == PLACE_TYPED || place->form == PLACE_PLURAL ||
                  (place->form == PLACE_SKELETON && !place->misprinted) || place->form == PLACE_NUMBER_LIST;
}

static bool is_former(const struct place *place)
{
    return group(place, DISTRICT_former).data != NULL;
}

/* 'Việt Yên vốn là một huyện' */
static bool is_called(const struct place *place)
{
    return group(place, DISTRICT_called).data != NULL;
}

static size_t count_codes(const struct place *place)
{
    struct slice codes[PLACE_MAX_CODES];
    return place_codes(place, codes);
}

/* ---- one of several units ---------------------------------------------------------------------------- */

/* No more between them than ' và '. */
static bool is_close(const struct place *place, const struct place *other)
{
    const struct match *first = &place->item->match;
    const struct match *second = &other->item->match;
    size_t gap =
        first->start < second->start ? second->whole_start - first->end : first->whole_start - second->end;
    return gap <= sizeof " và " - 1;
}

/* 'Kỳ Anh và thị xã Kỳ Anh': the one is not the other. */
static void differ_from(const struct places *places, struct place *place, size_t index)
{
    struct slice codes[PLACE_MAX_CODES];
    const struct place *neighbour = index < places->count ? places->places[index] : NULL;
    if (place->said_fits || neighbour == NULL || !neighbour->said_fits || !is_close(place, neighbour) ||
        neighbour->namesakes != place->namesakes || place_codes(neighbour, codes) != 1)
        return;
    place_drop_code(place, codes[0]);
}

static void choose_unit(const struct places *places, struct evidence *evidence, size_t index)
{
    struct place *place = places->places[index];
    if (place->province != 0)
        (void)place_keep_province(places->tables, place, place->province);
    if (index > 0)
        differ_from(places, place, index - 1);
    differ_from(places, place, index + 1);
    if (count_codes(place) > 1 && place_only_province(place) == 0) {
        int province = evidence_weigh(evidence, index);
        if (province != 0)
            (void)place_keep_province(places->tables, place, province);
    }
    /* The unit that the same name means where its type word tells: 'huyện Kỳ Anh' … 'Kỳ Anh'. */
    if (count_codes(place) > 1 && !place->said_fits) {
        struct slice code = evidence_code(place);
        if (code.data != NULL)
            (void)place_keep_code(place, code);
    }
    if (count_codes(place) > 1)
        (void)place_keep_period(place, places->span);
}

/* ---- whether a bare name is a district ---------------------------------------------------------------- */

static bool is_accepted(const struct place *place)
{
    return place != NULL && place_is_district(place) && place->accepted;
}

/* 'ở Ba Vì (Sơn Tây)': two names, either of which could be something else, of one province. */
static bool are_pair(const struct places *places, const struct place *place, const struct place *other)
{
    int province = place_province_at(place, places->span);
    return place->bare != BARE_VAGUE && other->bare != BARE_VAGUE && place_is_district(other) &&
           province != 0 && place_in_province(places->tables, other, province);
}

static int points_of_neighbour(const struct places *places, const struct place *place,
                               const struct place *other)
{
    if (!is_accepted(other))
        return other != NULL && are_pair(places, place, other) ? 1 : 0;
    int province = other->counted;
    bool near = province == 0 || place_in_province(places->tables, place, province);
    return other->plural ? 3 : near ? 2 : place->bare == BARE_CLEAR || other->linked || place->linked ? 1 : 0;
}

/*
 * 'xã A, B' and 'xã A (B)' are an address, 'phường A - B' may be a road. In an article on other provinces
 * they may be two communes.
 */
static int points_of_commune(const struct places *places, const struct evidence *evidence,
                             const struct place *place)
{
    if (group(place, DISTRICT_commune).data == NULL)
        return 0;
    size_t before = place->item->match.start - 1;
    const char *text = places->reading->text;
    if (place->bare == BARE_VAGUE && evidence_against(evidence, place))
        return 1;
    return text[before] == '-' || text[before - 1] == '-' ? 2 : 3;
}

static size_t skip_blanks_back(const char *text, size_t at)
{
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\n'))
        at--;
    return at;
}

static bool ends_sentence(const char *text, size_t at)
{
    return at > 0 && strchr(".!?\")", text[at - 1]) != NULL;
}

/* Alone behind the last sentence, or behind a surname there: whoever wrote it. */
static bool is_byline(const struct places *places, const struct place *place)
{
    const char *text = places->reading->text;
    size_t start = skip_blanks_back(text, place->item->match.start);
    size_t end = place->item->match.end;
    while (end < places->reading->length && text[end] == ' ')
        end++;
    if (end < places->reading->length && text[end] != '\n')
        return false;
    size_t word = start;
    while (word > 0 && start - word < SURNAME_REACH && strchr(" \n.!?\")", text[word - 1]) == NULL)
        word--;
    size_t gap = skip_blanks_back(text, word); /* none in 'Q.1, Q3' */
    return ends_sentence(text, start) || (!place->place_word && gap < word && ends_sentence(text, gap));
}

/* Between names that are no districts, of streets perhaps; or in capitals, where little can be told. */
static bool is_in_other_list(const struct places *places, const struct place *place)
{
    const char *text = places->reading->text;
    size_t start = place->item->match.start;
    size_t end = place->item->match.end;
    bool listed = start > 2 && text[start - 1] == ' ' && text[start - 2] == ',' &&
                  end < places->reading->length && text[end] == ',';
    return place->form == PLACE_CAPITALS ||
           (listed && !is_accepted(place->before) && !is_accepted(place->behind));
}

/* 'phố Nguyễn Trãi (Thanh Xuân)' */
static bool is_in_brackets(const struct places *places, const struct place *place)
{
    const char *text = places->reading->text;
    size_t start = place->item->match.start;
    size_t end = place->item->match.end;
    return start > 0 && text[start - 1] == '(' && end < places->reading->length && text[end] == ')';
}

/* 'Bàu Bàng (huyện Phong Điền)', 'Lộc Hà, huyện Bảo Lâm, tỉnh Lâm Đồng': a commune or the like there. */
static bool is_part_of(const struct places *places, const struct place *place)
{
    const struct place *whole = place->behind;
    if (whole == NULL || whole->form != PLACE_TYPED || !place_is_district(whole))
        return false;
    const char *text = places->reading->text + place->item->match.end;
    size_t gap = whole->item->match.start - place->item->match.end;
    if (memchr(text, '(', gap) != NULL && memchr(text, ')', gap) == NULL)
        return true;
    int province = place_province_at(whole, places->span);
    return place->bare != BARE_CLEAR && province != 0 && !place_in_province(places->tables, place, province);
}

/* A heading or a line of a list begins with it: 'Thạch Thành phấn đấu về đích'. */
static bool is_at_head(const struct places *places, const struct place *place)
{
    return place->bare != BARE_VAGUE &&
           place_is_line_head(places->reading->text, place->item->match.whole_start);
}

/*
 * After the level's end the communes that bear a district's name are what it means, unless the text speaks of
 * the district too, or of districts as if they went on. Of cities one goes on speaking by their names.
 */
static bool is_of_communes(const struct places *places, const struct evidence *evidence,
                           const struct place *place)
{
    if (places->span.first <= DISTRICT_LEVEL_END || place->said.length > 0 || place->plural ||
        is_former(place) || is_called(place) || evidence_of_name(place))
        return false;
    if (!evidence_of_commune(place) &&
        (evidence->in_force || (place->bare == BARE_CLEAR && place->place_word)))
        return false;
    struct place city = *place;
    (void)place_keep_period(&city, (struct day_span){DISTRICT_LEVEL_END, DISTRICT_LEVEL_END});
    return !place_type_lasts(places->tables, &city);
}

/* 'huyện Vũng Liên, tỉnh Vĩnh Long': of that type and province there is one with a name so like it. */
static bool is_misprint(const struct places *places, const struct evidence *evidence,
                        const struct place *place)
{
    struct place trial = *place;
    const struct reading *reading = places->reading;
    size_t end = place->item->match.end;
    /* one that we do not know: 'huyện Mường Mày, tỉnh Phong Sa Lỳ' */
    bool other =
        end < reading->length && reading->text[end] == ',' &&
        words_begin(words_table(reading->rules),
                    (struct slice){reading->text + end + 1, reading->length - end - 1}, TRAIT_PROVINCE);
    bool here = place->province != 0 ? place_in_province(places->tables, place, place->province)
                                     : evidence_of_province(evidence, place) && !other;
    if (place->province != 0)
        (void)place_keep_province(places->tables, &trial, place->province);
    return here && place->said_fits && count_codes(&trial) == 1;
}

static int points(const struct places *places, const struct evidence *evidence, size_t index)
{
    const struct place *place = places->places[index];
    if (is_part_of(places, place))
        return 0;
    if (place_period(place).first > places->span.last)
        return 0; /* 'Thuận Hóa', 'Phú Xuân' long before there were quận of that name */
    if (is_of_communes(places, evidence, place))
        return 0;
    if (place->misprinted)
        return is_misprint(places, evidence, place) ? NEEDED : 0;
    int sum = place->bare == BARE_CLEAR ? 2 : place->bare == BARE_VAGUE ? -1 : 0;
    sum += evidence_of_name(place) ? 2 : 0;
    if (evidence_of_province(evidence, place))
        sum += is_in_brackets(places, place) || is_at_head(places, place) ? 2 : 1;
    sum -= evidence_of_land(place) ? 1 : 0;
    sum += is_in_other_list(places, place)         ? 0
           : evidence_of_company(evidence, index)  ? 2
           : evidence_of_sentence(evidence, index) ? 1
                                                   : 0;
    sum += place->organ ? 3 : place->place_word ? 1 : 0;
    sum += points_of_commune(places, evidence, place);
    sum += is_former(place) ? 2 : 0;
    sum += is_called(place) ? 3 : 0;
    /* 'Vĩnh Lộc, Đồng Nai' is a commune there, 'Nha Trang, Đồng Nai' are two places. */
    if (place->province != 0)
        sum += place_in_province(places->tables, place, place->province) ? 3
               : place->bare == BARE_CLEAR                               ? 0
                                                                         : -3;
    int before = points_of_neighbour(places, place, place->before);
    int behind = points_of_neighbour(places, place, place->behind);
    int above = points_of_neighbour(places, place, place->above);
    int below = points_of_neighbour(places, place, place->below);
    before = above > before ? above : before;
    behind = below > behind ? below : behind;
    return sum + (before > behind ? before : behind);
}

/* A capital name counts only with what else the article says. */
static int needed(const struct place *place)
{
    return place->form == PLACE_CAPITALS ? NEEDED + 2 : NEEDED;
}

/* 'thành phố Trùng Khánh': none of that name was ever a city here, so it is elsewhere unless the text says.
 */
static bool is_elsewhere(const struct evidence *evidence, const struct place *place)
{
    return place->said.length > 0 && !place->said_fits && place->bare == BARE_VAGUE &&
           !evidence_of_province(evidence, place);
}

static void accept_sure(struct places *places, struct evidence *evidence)
{
    for (size_t i = 0; i < places->count; i++) {
        struct place *place = places->places[i];
        if (!place->accepted || !is_elsewhere(evidence, place))
            continue;
        place->accepted = place->sure = false;
        evidence_update(evidence, i);
    }
}

static void accept_bare(struct places *places, struct evidence *evidence)
{
    bool changed = true;
    for (int round = 0; changed && round < 4; round++) {
        changed = false;
        for (size_t i = 0; i < places->count; i++) {
            struct place *place = places->places[i];
            if (place->accepted || place->sure || !place_is_district(place) ||
                points(places, evidence, i) < needed(place) || is_byline(places, place))
                continue;
            place->accepted = changed = true;
            /* 'Vinh (Nghệ An)' and 'Vinh là thành phố' say what Vinh is as 'thành phố Vinh' does. */
            place->sure = (place->province != 0 && !evidence_of_land(place) &&
                           place_in_province(places->tables, place, place->province)) ||
                          is_called(place);
            evidence_update(evidence, i);
        }
    }
}

static void choose_units(struct places *places, struct evidence *evidence)
{
    for (size_t i = 0; i < places->count; i++) {
        struct place *place = places->places[i];
        if (place->accepted && place->province != 0)
            (void)place_keep_province(places->tables, place, place->province);
        evidence_learn(place);
        evidence_update(evidence, i);
    }
    for (size_t i = 0; i < places->count; i++) {
        if (!places->places[i]->accepted)
            continue;
        choose_unit(places, evidence, i);
        evidence_learn(places->places[i]);
        evidence_update(evidence, i);
    }
}

/* When the text speaks by what it names: a province that ended, a unit by the type that it had then. */
static struct day_span period_named(const struct places *places, const struct place *place)
{
    struct day_span always = {0, 99999999};
    if (place->sort == PLACE_PROVINCE)
        return (struct day_span){0, district_province_end(places->tables, place->province_row)};
    if (!place_is_district(place) || !place->sure || !place->said_fits || is_former(place) ||
        count_codes(place) != 1)
        return always;
    return place_period(place);
}

/* An article without a date that names tỉnh Thừa Thiên Huế or quận Thủ Đức is no younger than these. */
static void narrow_span(struct places *places)
{
    struct day_span span = places->span;
    if (places->reading->date.year != 0)
        return;
    for (size_t i = 0; i < places->count; i++) {
        struct day_span named = period_named(places, places->places[i]);
        if (named.last < DISTRICT_RECENT) /* remembered */
            continue;
        span.first = named.first > span.first ? named.first : span.first;
        span.last = named.last < span.last ? named.last : span.last;
    }
    if (span.first <= span.last)
        places->span = span;
    if (places->span.last > DISTRICT_USUAL_END && places->span.first <= DISTRICT_USUAL_END)
        places->span.last = DISTRICT_USUAL_END;
}

bool places_settle(struct places *places)
{
    struct evidence evidence;
    places_join_neighbours(places);
    places_join_lines(places);
    for (size_t i = 0; i < places->count; i++)
        read_words(places, places->places[i]);
    narrow_span(places);
    places_name_provinces(places);
    for (size_t i = 0; i < places->count; i++)
        places->places[i]->accepted = place_is_district(places->places[i]) && places->places[i]->sure;
    if (!evidence_init(&evidence, places))
        return false;
    accept_sure(places, &evidence);
    accept_bare(places, &evidence);
    choose_units(places, &evidence);
    return true;
}
