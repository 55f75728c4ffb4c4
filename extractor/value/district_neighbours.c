/* Districts: what stands beside a place: the parts of a list or an address, the lines of a list, the province
 * right behind. */
#include "character.h"
#include "district.h"
#include "words.h"

enum {
    REMARK_REACH = 40,
    MARK_REACH = 4 /* '12. ' */
};

/* Behind a remark in brackets: ' (118,5mm)'. */
static size_t skip_remark(const char *text, size_t start, size_t end)
{
    if (start + 1 >= end || text[start] != ' ' || text[start + 1] != '(')
        return start;
    const char *close = memchr(text + start, ')', end - start);
    return close != NULL && close + 1 < text + end && *(close + 1) == ',' ? (size_t)(close - text) + 1
                                                                          : start;
}

/* Behind a measure that stands with each name of a list: 'Vinh 37,5 độ, Tương Dương 37,1 độ'. */
static size_t skip_measure(const char *text, size_t start, size_t end)
{
    if (end - start > REMARK_REACH || end - start < 5 || text[start] != ' ' || text[start + 1] < '0' ||
        text[start + 1] > '9' || text[end - 1] != ' ' || strchr(",;", text[end - 2]) == NULL)
        return start;
    for (size_t i = start + 1; i < end - 2; i++)
        if ((text[i + 1] == ' ' && strchr(",;.", text[i]) != NULL) || strchr("\n()", text[i]) != NULL)
            return start;
    return end - 2;
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

/* 'huyện Châu Thành của Bến Tre', 'thuộc Bến Tre' */
static bool is_of_province(const struct places *places, const struct place *first, const struct place *second)
{
    const char *gap = places->reading->text + first->item->match.end;
    size_t length = second->item->match.whole_start - first->item->match.end;
    return second->province_row != TABLE_NONE && first->sort == PLACE_DISTRICT && length > 2 &&
           is_blank(gap[0]) && is_blank(gap[length - 1]) &&
           words_are(words_table(places->reading->rules), (struct slice){gap + 1, length - 2}, TRAIT_OF);
}

void places_join_neighbours(struct places *places)
{
    const char *text = places->reading->text;
    for (size_t i = 1; i < places->count; i++) {
        struct place *first = places->places[i - 1];
        struct place *second = places->places[i];
        size_t start = first->item->match.end;
        size_t end = second->item->match.whole_start;
        if (first->sort == PLACE_DISTRICT && second->sort == PLACE_DISTRICT)
            start = skip_measure(text, start, end);
        if (second->linked || is_joint(text, start, end) || is_of_province(places, first, second)) {
            first->behind = second;
            second->before = first;
        }
    }
}

/* Nothing in front on its line but a list's mark: '- ', '3. ', 'b) '. */
bool place_is_line_head(const char *text, size_t at)
{
    while (at > 0 && text[at - 1] == ' ')
        at--;
    size_t end = at;
    while (at > 0 && end - at < MARK_REACH && text[at - 1] != '\n' && text[at - 1] != ' ')
        at--;
    if (at > 0 && text[at - 1] != '\n')
        return false;
    return at == end || strchr("-+*.)", text[end - 1]) != NULL;
}

/* Districts that begin lines one after another are a list. */
void places_join_lines(struct places *places)
{
    const char *text = places->reading->text;
    struct place *above = NULL;
    for (size_t i = 0; i < places->count; i++) {
        struct place *place = places->places[i];
        if (place->sort != PLACE_DISTRICT || !place_is_line_head(text, place->item->match.whole_start))
            continue;
        size_t start = above != NULL ? above->item->match.end : 0;
        size_t end = place->item->match.whole_start;
        const char *line = above != NULL ? memchr(text + start, '\n', end - start) : NULL;
        if (line != NULL)
            line += line[1] == '\n' ? 2 : 1;
        if (line != NULL && memchr(line, '\n', (size_t)(text + end - line)) == NULL) {
            above->below = place;
            place->above = above;
        }
        above = place;
    }
}

/* 'Huế và Đà Nẵng', 'từ Huế đi Lạng Sơn': a word links the place to the one before it. */
static bool is_linked_by_word(const struct place *place)
{
    const struct match *match = &place->item->match;
    if (place->before == NULL || match->whole_start != place->before->item->match.end)
        return false; /* in '(tỉnh X)' the word belongs to the name */
    for (size_t i = match->whole_start; i < match->start; i++)
        if (strchr(" \n,-;(/&", match->text[i]) == NULL)
            return true;
    return false;
}

/* 'Nghĩa Hưng, Vĩnh Tường, Vĩnh Phúc': a commune, its district and the province, with a comma each. */
static bool is_address(const char *text, const struct place *first, const struct place *second)
{
    const struct place *third = second->behind;
    const struct place *const parts[] = {first, second, third};
    if (second->sort != PLACE_DISTRICT || third == NULL || third->sort != PLACE_PROVINCE)
        return false;
    for (size_t i = 0; i < 2; i++) {
        size_t end = parts[i]->item->match.end;
        if (parts[i + 1]->item->match.start - end != 2 || memcmp(text + end, ", ", 2) != 0)
            return false;
    }
    return true;
}

/* 'A, B và C (tỉnh X)', 'huyện A, tỉnh X': the province right behind, also behind the rest of the list. */
void places_name_provinces(struct places *places)
{
    for (size_t i = places->count; i-- > 0;) {
        struct place *place = places->places[i];
        struct place *behind = place->behind;
        if (!place_is_district(place) || behind == NULL)
            continue;
        int province =
            behind->sort == PLACE_PROVINCE
                ? (is_linked_by_word(behind) ? 0 : district_province(places->tables, behind->province_row))
            : behind->sort == PLACE_DISTRICT ? behind->province
                                             : 0;
        /* In 'Phú Quốc, Đà Nẵng, Nha Trang' it is one of the list. */
        bool chain = (behind->sort == PLACE_PROVINCE && behind->behind == NULL) ||
                     is_address(places->reading->text, place, behind);
        if (province != 0 && (chain || place_in_province(places->tables, place, province)))
            place->province = province;
    }
}
