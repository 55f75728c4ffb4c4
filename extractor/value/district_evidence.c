/*
 * Evidence for one of several units are the provinces that the text names and the units that are certain by
 * themselves. What stands in the same list, sentence and paragraph counts more than the rest, and so does the
 * same name. The weights add up.
 */
#include "district_evidence.h"

enum {
    WEIGHT_LIST = 200,
    WEIGHT_SAME_NAME = 40,
    WEIGHT_SENTENCE = 15,
    WEIGHT_PARAGRAPH = 4,
    WEIGHT_ARTICLE = 1,
    SENTENCE_REACH = 300 /* bytes */
};

static bool is_counted(size_t province)
{
    return province > 0 && province < EVIDENCE_MAX_PROVINCE;
}

/* The province that a place speaks for: its own if it is one, else that of all units it can be. 0: none. */
static int province_of(const struct places *places, const struct place *place)
{
    int province = 0;
    if (place->sort == PLACE_PROVINCE)
        province = district_province(places->tables, place->province_row);
    else if (place_is_district(place) && place->accepted)
        province = place_province_at(place, places->span);
    return province > 0 && province < EVIDENCE_MAX_PROVINCE ? province : 0;
}

/* ---- names ----------------------------------------------------------------------------------------- */

/* The entry of the name, or the free one where it belongs. */
static struct namesakes **find_entry(const struct evidence *evidence, const struct table *table,
                                     struct slice name)
{
    for (size_t i = slice_hash(name);; i++) {
        struct namesakes **entry = &evidence->index[i & (evidence->index_size - 1)];
        if (*entry == NULL || ((*entry)->table == table && slice_equal((*entry)->name, name)))
            return entry;
    }
}

/* NULL when out of memory. */
static struct namesakes *find_namesakes(const struct evidence *evidence, const struct place *place)
{
    struct slice name = place_cell(place, 0, COLUMN_NAME);
    struct namesakes **entry = find_entry(evidence, place->table, name);
    if (*entry == NULL) {
        *entry = arena_calloc(evidence->places->reading->arena, 1, sizeof **entry);
        if (*entry != NULL)
            **entry = (struct namesakes){.table = place->table, .name = name};
    }
    return *entry;
}

/* 'phường Hà Đông': what stands behind the commune's word, as far as it or a list of communes goes. */
static void name_communes(const struct evidence *evidence, const struct place *place)
{
    struct slice head = item_group(place->item, DISTRICT_commune);
    const struct table *table = evidence->places->tables->districts;
    const char *end = evidence->places->reading->text + place->item->match.whole_end;
    if (head.data == NULL || table == NULL)
        return;
    for (const char *at = head.data + head.length; at < end;) {
        const char *stop = memchr(at, ',', (size_t)(end - at));
        struct slice name = {at, (size_t)((stop != NULL ? stop : end) - at)};
        struct namesakes *namesakes = *find_entry(evidence, table, name);
        if (namesakes != NULL)
            namesakes->commune = true;
        at += name.length + 1;
        while (at < end && *at == ' ')
            at++;
    }
}

bool evidence_of_commune(const struct place *place)
{
    return place->namesakes->commune;
}

static void count_name(struct namesakes *namesakes, int province, bool more)
{
    size_t i = 0;
    while (i < namesakes->province_count && namesakes->provinces[i][0] != (size_t)province)
        i++;
    if (province == 0 || i == PLACE_MAX_CODES)
        return;
    if (i == namesakes->province_count)
        namesakes->provinces[namesakes->province_count++][0] = (size_t)province;
    namesakes->provinces[i][1] = more ? namesakes->provinces[i][1] + 1 : namesakes->provinces[i][1] - 1;
}

bool evidence_of_name(const struct place *place)
{
    return place->namesakes->sure > (place->sure ? 1 : 0);
}

bool evidence_of_land(const struct place *place)
{
    return place->namesakes->lands > 0;
}

void evidence_learn(const struct place *place)
{
    struct namesakes *namesakes = place->namesakes;
    struct slice codes[PLACE_MAX_CODES];
    if (!place_is_district(place) || !place->sure || place_codes(place, codes) != 1)
        return;
    if (namesakes->code.data != NULL && !slice_equal(namesakes->code, codes[0]))
        namesakes->differ = true;
    namesakes->code = codes[0];
}

struct slice evidence_code(const struct place *place)
{
    return place->namesakes->differ ? (struct slice){NULL, 0} : place->namesakes->code;
}

/* ---- counts ---------------------------------------------------------------------------------------- */

static void count_in_stretch(struct stretch *stretch, size_t index, int province, bool more)
{
    if (index >= stretch->start && index < stretch->end)
        stretch->provinces[province] += more ? 1 : (size_t)-1;
}

static void count(struct evidence *evidence, size_t index, bool more)
{
    const struct place *place = evidence->places->places[index];
    int province = place->counted;
    if (place->namesakes != NULL) {
        place->namesakes->sure += !place->counted_sure ? 0 : more ? 1 : (size_t)-1;
        count_name(place->namesakes, province, more);
    }
    evidence->provinces[province] += more ? 1 : (size_t)-1;
    count_in_stretch(&evidence->paragraph, index, province, more);
    count_in_stretch(&evidence->list, index, province, more);
}

void evidence_update(struct evidence *evidence, size_t index)
{
    struct place *place = evidence->places->places[index];
    count(evidence, index, false);
    place->counted = province_of(evidence->places, place);
    place->counted_sure = place->sure;
    count(evidence, index, true);
}

/* 'quận Tây Hồ', but not 'quận Tây Hồ cũ' */
static bool is_in_force(const struct place *place)
{
    return place_is_district(place) && place->sure && place->form == PLACE_TYPED &&
           item_group(place->item, DISTRICT_former).data == NULL;
}

bool evidence_init(struct evidence *evidence, const struct places *places)
{
    *evidence = (struct evidence){.places = places, .index_size = 4};
    while (evidence->index_size < 2 * places->count)
        evidence->index_size *= 2;
    evidence->index = arena_calloc(places->reading->arena, evidence->index_size, sizeof *evidence->index);
    if (evidence->index == NULL)
        return false;
    for (size_t i = 0; i < places->count; i++) {
        struct place *place = places->places[i];
        bool named = place_is_district(place) || place->sort == PLACE_LAND;
        place->namesakes = named ? find_namesakes(evidence, place) : NULL;
        if (named && place->namesakes == NULL)
            return false;
        if (place->sort == PLACE_LAND)
            place->namesakes->lands++;
        place->counted = province_of(places, place);
        place->counted_sure = place->sure;
        count(evidence, i, true);
        evidence->in_force = evidence->in_force || is_in_force(place);
    }
    for (size_t i = 0; i < places->count; i++)
        name_communes(evidence, places->places[i]);
    return true;
}

/* ---- questions --------------------------------------------------------------------------------------- */

bool evidence_of_province(const struct evidence *evidence, const struct place *place)
{
    int provinces[PLACE_MAX_PROVINCES];
    size_t count = place_provinces(evidence->places->tables, place, provinces);
    for (size_t i = 0; i < count; i++)
        if (is_counted((size_t)provinces[i]) &&
            evidence->provinces[provinces[i]] > (place->counted == provinces[i] ? 1 : 0))
            return true;
    return false;
}

bool evidence_against(const struct evidence *evidence, const struct place *place)
{
    bool other = false;
    for (size_t i = 1; i < EVIDENCE_MAX_PROVINCE && !other; i++)
        other = evidence->provinces[i] > (place->counted == (int)i ? 1 : 0);
    return other && !evidence_of_province(evidence, place);
}

/* Whether the place stands in the paragraph of the one before it. */
static bool same_paragraph(const struct places *places, size_t index)
{
    const char *text = places->reading->text;
    size_t end = places->places[index]->item->match.start;
    for (size_t i = places->places[index - 1]->item->match.end; i + 1 < end; i++)
        if (text[i] == '\n' && text[i + 1] == '\n')
            return false;
    return true;
}

static bool same_list(const struct places *places, size_t index)
{
    const struct place *place = places->places[index];
    return place->before != NULL && place_is_district(place) && place_is_district(place->before);
}

/* Places before the stretch are done with: it starts anew at the place where it ended. */
static void move_to(const struct places *places, struct stretch *stretch, size_t index,
                    bool (*same)(const struct places *, size_t))
{
    while (index >= stretch->end) {
        *stretch = (struct stretch){.start = stretch->end, .end = stretch->end + 1};
        while (stretch->end < places->count && same(places, stretch->end))
            stretch->end++;
        for (size_t i = stretch->start; i < stretch->end; i++)
            stretch->provinces[places->places[i]->counted]++;
    }
}

/* Whether ". " or an empty line begins in that stretch of the text. */
static bool has_stop(const char *text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if ((text[i] == '.' && text[i + 1] == ' ') || (text[i] == '\n' && text[i + 1] == '\n'))
            return true;
    return false;
}

/* The places of the same sentence, no farther away than a sentence is long: from *first, before *end. */
static void find_sentence(const struct places *all, size_t index, size_t *first, size_t *end)
{
    struct place *const *places = all->places;
    const char *text = all->reading->text;
    size_t at = places[index]->item->match.end;
    size_t limit = at + SENTENCE_REACH;
    for (*end = index + 1; *end < all->count; ++*end) {
        size_t start = places[*end]->item->match.start;
        if (start > limit || has_stop(text, at, start - 1))
            break;
        at = start - 1;
    }
    size_t to = places[index]->item->match.start;
    at = to;
    for (*first = index; *first > 0; --*first) {
        size_t stop = places[*first - 1]->item->match.end;
        if (to - stop > SENTENCE_REACH || has_stop(text, stop, at - 1))
            break;
        at = stop + 1;
    }
}

bool evidence_of_sentence(const struct evidence *evidence, size_t index)
{
    const struct places *places = evidence->places;
    const struct place *place = places->places[index];
    size_t first;
    size_t end;
    find_sentence(places, index, &first, &end);
    for (size_t i = first; i < end; i++) {
        const struct place *other = places->places[i];
        if (i != index && place_is_district(other) && other->counted != 0 &&
            place_in_province(places->tables, place, other->counted))
            return true;
    }
    return false;
}

bool evidence_of_company(const struct evidence *evidence, size_t index)
{
    const struct places *places = evidence->places;
    const struct place *place = places->places[index];
    const struct namesakes *first_name = NULL;
    size_t first;
    size_t end;
    find_sentence(places, index, &first, &end);
    for (size_t i = first; i < end; i++) {
        const struct place *other = places->places[i];
        if (!place_is_district(other) || other->bare == BARE_VAGUE || other->namesakes == place->namesakes ||
            other->namesakes == first_name)
            continue;
        int province = place_only_province(other);
        if (province == 0 || !place_in_province(places->tables, place, province))
            continue;
        if (first_name != NULL)
            return true;
        first_name = other->namesakes;
    }
    return false;
}

int evidence_weigh(struct evidence *evidence, size_t index)
{
    const struct places *places = evidence->places;
    const struct place *place = places->places[index];
    size_t weights[EVIDENCE_MAX_PROVINCE];
    move_to(places, &evidence->paragraph, index, same_paragraph);
    move_to(places, &evidence->list, index, same_list);
    for (size_t i = 0; i < EVIDENCE_MAX_PROVINCE; i++)
        weights[i] = evidence->provinces[i] * WEIGHT_ARTICLE +
                     evidence->paragraph.provinces[i] * WEIGHT_PARAGRAPH +
                     evidence->list.provinces[i] * WEIGHT_LIST;
    size_t first;
    size_t end;
    find_sentence(places, index, &first, &end);
    for (size_t i = first; i < end; i++)
        weights[places->places[i]->counted] += WEIGHT_SENTENCE;
    for (size_t i = 0; i < place->namesakes->province_count; i++)
        weights[place->namesakes->provinces[i][0]] += place->namesakes->provinces[i][1] * WEIGHT_SAME_NAME;
    int provinces[PLACE_MAX_PROVINCES];
    size_t count = place_provinces(places->tables, place, provinces);
    size_t best = 0;
    int province = 0;
    for (size_t i = 0; i < count; i++) {
        size_t weight = is_counted((size_t)provinces[i]) ? weights[provinces[i]] : 0;
        if (weight > 0 && weight == best)
            province = 0;
        if (weight > best) {
            best = weight;
            province = provinces[i];
        }
    }
    return province;
}
