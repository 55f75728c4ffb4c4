/*
 * Every unit of rules/districts.tsv in eight sentences, through the public interface: its code, or exactly
 * the codes that stay possible. What is expected is worked out here from the table alone.
 */
#include "../../extractor/trich.h"
#include "../thin.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { MAX_UNITS = 1000, MAX_CELLS = 10, LINE = 1024 };

enum { NAME, CODE, TYPE, PROVINCE, PROVINCE_CODE, VALID_FROM, VALID_TO, SUCCESSOR, BARE, NOTE };

struct unit {
    char line[LINE];
    char *cells[MAX_CELLS];
    char day[11]; /* one on which it was so */
};

static struct unit units[MAX_UNITS];
static size_t unit_count;

/* A day within the period: its last one, or its first. */
static void choose_day(struct unit *unit)
{
    const char *day = unit->cells[VALID_TO][0] != '\0'     ? unit->cells[VALID_TO]
                      : unit->cells[VALID_FROM][0] != '\0' ? unit->cells[VALID_FROM]
                                                           : "2020-01-01";
    (void)snprintf(unit->day, sizeof unit->day, "%s", day);
}

static void read_units(const char *path)
{
    FILE *file = fopen(path, "r");
    cr_assert(file != NULL, "%s: run from the project's top", path);
    char line[LINE];
    bool header = true;
    while (fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#')
            continue;
        if (header) {
            header = false;
            continue;
        }
        cr_assert(unit_count < MAX_UNITS);
        struct unit *unit = &units[unit_count++];
        line[strcspn(line, "\n")] = '\0';
        memcpy(unit->line, line, strlen(line) + 1);
        char *cell = unit->line;
        for (size_t i = 0; i < MAX_CELLS && cell != NULL; i++) {
            unit->cells[i] = cell;
            cell = strchr(cell, '\t');
            if (cell != NULL)
                *cell++ = '\0';
        }
        cr_assert(unit->cells[NOTE] != NULL, "%s: too few cells: %s", path, unit->line);
        choose_day(unit);
    }
    (void)fclose(file);
}

static bool is_numbered(const struct unit *unit)
{
    return unit->cells[NAME][0] >= '0' && unit->cells[NAME][0] <= '9';
}

static bool holds(const struct unit *unit, const char *day)
{
    return strcmp(unit->cells[VALID_FROM], day) <= 0 &&
           (unit->cells[VALID_TO][0] == '\0' || strcmp(unit->cells[VALID_TO], day) >= 0);
}

/* Codes of that name and type on that day, in order, with blanks in between. */
static void possible_codes(const struct unit *unit, char *codes, size_t room)
{
    bool possible[1000] = {false};
    for (size_t i = 0; i < unit_count; i++) {
        char *const *cells = units[i].cells;
        if (strcmp(cells[NAME], unit->cells[NAME]) == 0 && strcmp(cells[TYPE], unit->cells[TYPE]) == 0 &&
            holds(&units[i], unit->day))
            possible[strtoul(cells[CODE], NULL, 10) % 1000] = true;
    }
    codes[0] = '\0';
    for (int code = 1; code < 1000; code++)
        if (possible[code]) {
            size_t used = strlen(codes);
            (void)snprintf(codes + used, room - used, "%s%03d", used > 0 ? " " : "", code);
        }
}

static const char *short_type(const struct unit *unit)
{
    const char *type = unit->cells[TYPE];
    return strcmp(type, "huyện") == 0    ? "H. "
           : strcmp(type, "quận") == 0   ? "Q."
           : strcmp(type, "thị xã") == 0 ? "TX "
                                         : "TP.";
}

static const char *organ(const struct unit *unit)
{
    const char *type = unit->cells[TYPE];
    return strcmp(type, "huyện") == 0    ? "Huyện ủy "
           : strcmp(type, "quận") == 0   ? "Quận ủy "
           : strcmp(type, "thị xã") == 0 ? "Thị ủy "
                                         : "Thành ủy ";
}

static void to_capitals(const char *string, char *result, size_t room)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)string;
    size_t length = 0;
    while (*bytes != '\0' && length + 5 < room) {
        utf8proc_int32_t code;
        bytes += utf8proc_iterate(bytes, -1, &code);
        length += (size_t)utf8proc_encode_char(utf8proc_toupper(code), (utf8proc_uint8_t *)result + length);
    }
    result[length] = '\0';
}

/* hòa, thủy as they were written before: hoà, thuỷ. */
static void to_old_marks(const char *string, char *result, size_t room)
{
    static const char *const pairs[][2] = {
        {"òa", "oà"}, {"óa", "oá"}, {"ỏa", "oả"}, {"õa", "oã"}, {"ọa", "oạ"}, {"òe", "oè"}, {"óe", "oé"},
        {"ỏe", "oẻ"}, {"ùy", "uỳ"}, {"úy", "uý"}, {"ủy", "uỷ"}, {"ũy", "uỹ"}, {"ụy", "uỵ"}};
    size_t length = 0;
    while (*string != '\0' && length + 5 < room) {
        size_t pair = 0;
        while (pair < sizeof pairs / sizeof *pairs &&
               strncmp(string, pairs[pair][0], strlen(pairs[pair][0])) != 0)
            pair++;
        if (pair == sizeof pairs / sizeof *pairs) {
            result[length++] = *string++;
            continue;
        }
        string += strlen(pairs[pair][0]);
        length += (size_t)snprintf(result + length, room - length, "%s", pairs[pair][1]);
    }
    result[length] = '\0';
}

static const struct trich_article *extract(trich_extractor *extractor, const char *text, const char *day)
{
    struct trich_error error;
    struct trich_input input = {.bytes = text, .length = strlen(text), .date = day};
    const struct trich_article *article = trich_extract(extractor, &input, &error);
    cr_assert(article != NULL, "%s: %s", text, error.message);
    return article;
}

static const struct trich_record *district(const struct trich_article *article, size_t index)
{
    for (size_t i = 0; i < article->record_count; i++)
        if (strcmp(article->records[i].kind, "district") == 0 && index-- == 0)
            return &article->records[i];
    return NULL;
}

/* The district of that index in the text is written so, has just these codes, and the unit's name. */
static void expect_at(trich_extractor *extractor, const struct unit *unit, const char *text,
                      const char *written, const char *codes, size_t index)
{
    const struct trich_record *record = district(extract(extractor, text, unit->day), index);
    cr_expect(record != NULL, "%s: '%s' gives nothing", unit->day, text);
    if (record == NULL)
        return;
    cr_expect(record->content_length == strlen(written) &&
                  memcmp(record->content, written, record->content_length) == 0,
              "'%s': from %zu to %zu", text, record->start, record->end);
    const char *code = trich_record_get(record, "code");
    const char *candidates = trich_record_get(record, "candidates");
    const char *got = code != NULL ? code : candidates != NULL ? candidates : "";
    const char *name = trich_record_get(record, "name");
    const char *type = trich_record_get(record, "type");
    cr_expect(strcmp(got, codes) == 0 && (code == NULL) != (candidates == NULL),
              "%s: '%s': expected %s, got %s", unit->day, text, codes, got);
    cr_expect(name != NULL && strcmp(name, unit->cells[NAME]) == 0, "'%s': name %s", text, name);
    cr_expect(type != NULL && strcmp(type, unit->cells[TYPE]) == 0, "'%s': type %s", text, type);
    const char *province = trich_record_get(record, "province");
    cr_expect(code == NULL || (province != NULL && strcmp(province, unit->cells[PROVINCE]) == 0),
              "'%s': province %s", text, province);
    const char *successor = trich_record_get(record, "successor");
    cr_expect(code == NULL || strcmp(successor != NULL ? successor : "", unit->cells[SUCCESSOR]) == 0,
              "'%s': successor %s", text, successor);
}

static void expect_codes(trich_extractor *extractor, const struct unit *unit, const char *text,
                         const char *written, const char *codes)
{
    expect_at(extractor, unit, text, written, codes, 0);
}

/* Another unit of the province and day whose name no other unit has. */
static const struct unit *neighbour(const struct unit *unit)
{
    const struct unit *found = NULL;
    for (size_t i = 0; i < unit_count; i++) {
        const struct unit *other = &units[i];
        bool alone = strcmp(other->cells[NAME], unit->cells[NAME]) != 0 && holds(other, unit->day) &&
                     strcmp(other->cells[PROVINCE], unit->cells[PROVINCE]) == 0 &&
                     strcmp(other->cells[NAME], other->cells[PROVINCE]) != 0;
        for (size_t k = 0; k < unit_count && alone; k++)
            alone = strcmp(units[k].cells[NAME], other->cells[NAME]) != 0 ||
                    strcmp(units[k].cells[CODE], other->cells[CODE]) == 0;
        bool same = alone && strcmp(other->cells[TYPE], unit->cells[TYPE]) == 0;
        if (same || (alone && found == NULL))
            found = other;
        if (same)
            break;
    }
    return found;
}

/* 'hai huyện A và B', 'thành phố A và huyện B': the neighbour says which B it is. */
static void in_a_list(trich_extractor *extractor, const struct unit *unit)
{
    char text[LINE];
    const struct unit *other = neighbour(unit);
    cr_assert(other != NULL, "%s stands alone", unit->cells[NAME]);
    bool same = strcmp(other->cells[TYPE], unit->cells[TYPE]) == 0;
    (void)snprintf(text, sizeof text, "tại %s%s %s và %s%s%s đã xong.", same ? "hai " : "",
                   other->cells[TYPE], other->cells[NAME], same ? "" : unit->cells[TYPE], same ? "" : " ",
                   unit->cells[NAME]);
    expect_at(extractor, unit, text, unit->cells[NAME], unit->cells[CODE], 1);
}

static void eight_sentences(trich_extractor *extractor, const struct unit *unit)
{
    char text[LINE];
    char other[LINE];
    char written[LINE];
    char codes[200];
    const char *name = unit->cells[NAME];
    const char *type = unit->cells[TYPE];
    const char *province = unit->cells[PROVINCE];
    bool city = strcmp(province, "Hà Nội") == 0 || strcmp(province, "Hồ Chí Minh") == 0;
    possible_codes(unit, codes, sizeof codes);

    (void)snprintf(text, sizeof text, "Đoàn đã làm việc tại %s %s về kết quả.", type, name);
    expect_codes(extractor, unit, text, name, codes);
    (void)snprintf(text, sizeof text, "Công an %s%s đang điều tra.", short_type(unit), name);
    expect_codes(extractor, unit, text, name, codes);
    (void)snprintf(text, sizeof text, "trú tại xã Thượng Sơn Lâm, %s %s, %s %s.", type, name,
                   city ? "TP" : "tỉnh", province);
    expect_codes(extractor, unit, text, name, unit->cells[CODE]);
    in_a_list(extractor, unit);
    (void)snprintf(text, sizeof text, "Ban Thường vụ %s%s họp.", organ(unit), name);
    expect_codes(extractor, unit, text, name, codes);

    (void)snprintf(other, sizeof other, "%s %s", type, name);
    to_capitals(other, text, sizeof text);
    to_capitals(name, written, sizeof written);
    expect_codes(extractor, unit, text, written, codes);
    (void)snprintf(other, sizeof other, "Đoàn đã làm việc tại %s %s về kết quả.", type, name);
    to_old_marks(other, text, sizeof text);
    to_old_marks(name, written, sizeof written);
    expect_codes(extractor, unit, text, written, codes);
    utf8proc_uint8_t *decomposed = utf8proc_NFD((const utf8proc_uint8_t *)other);
    utf8proc_uint8_t *decomposed_name = utf8proc_NFD((const utf8proc_uint8_t *)name);
    cr_assert(decomposed != NULL && decomposed_name != NULL);
    expect_codes(extractor, unit, (const char *)decomposed, (const char *)decomposed_name, codes);
    free(decomposed);
    free(decomposed_name);
}

static trich_extractor *open_extractor(trich_rules **rules)
{
    struct trich_error error;
    *rules = trich_rules_builtin(&error);
    cr_assert(*rules != NULL, "%s:%zu: %s", error.file, error.line, error.message);
    trich_extractor *extractor = trich_extractor_new(*rules, &error);
    cr_assert(extractor != NULL, "%s", error.message);
    return extractor;
}

static void close_extractor(trich_rules *rules, trich_extractor *extractor)
{
    trich_extractor_free(extractor);
    trich_rules_free(rules);
}

Test(district, every_unit_in_eight_sentences)
{
    trich_rules *rules;
    trich_extractor *extractor = open_extractor(&rules);
    read_units("rules/districts.tsv");
    cr_expect(unit_count > 840, "%zu rows", unit_count);
    for (size_t i = 0; i < unit_count; i += thin())
        eight_sentences(extractor, &units[i]);
    close_extractor(rules, extractor);
}

Test(district, numbered)
{
    trich_rules *rules;
    trich_extractor *extractor = open_extractor(&rules);
    read_units("rules/districts-numbered.tsv");
    for (size_t i = 0; i < unit_count; i++) {
        static const char *const sentences[] = {"ở quận %s.", "Công an Quận %s", "ngụ Q.%s, TP.HCM",
                                                "phường 5, quận %s, TP.HCM", "QUẬN %s"};
        static const char *const types[] = {"quận ", "Quận ", "Q.", "quận ", "QUẬN "};
        cr_expect(is_numbered(&units[i]));
        for (size_t k = 0; k < sizeof sentences / sizeof *sentences; k++) {
            char text[LINE];
            /* The pattern is one of the above. */
            const char *hole = strstr(sentences[k], "%s");
            (void)snprintf(text, sizeof text, "%.*s%s%s", (int)(hole - sentences[k]), sentences[k],
                           units[i].cells[NAME], hole + 2);
            char written[LINE];
            (void)snprintf(written, sizeof written, "%s%s", types[k], units[i].cells[NAME]);
            expect_codes(extractor, &units[i], text, written, units[i].cells[CODE]);
        }
    }
    cr_expect(unit_count == 12, "%zu", unit_count);
    close_extractor(rules, extractor);
}

/* ---- tables of spellings, files of cases -------------------------------------------------------------- */

/* Calls each for the lines of a file that are no comments, cut at tabs. */
static size_t each_line(const char *path, size_t cell_count, void (*each)(trich_extractor *, char **))
{
    trich_rules *rules;
    trich_extractor *extractor = open_extractor(&rules);
    FILE *file = fopen(path, "r");
    cr_assert(file != NULL, "%s: run from the project's top", path);
    char line[4 * LINE];
    size_t count = 0;
    while (fgets(line, sizeof line, file) != NULL) {
        char *cells[4] = {line, NULL, NULL, NULL};
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' || line[0] == '\0')
            continue;
        for (size_t i = 1; i < cell_count; i++) {
            cells[i] = strchr(cells[i - 1], '\t');
            cr_assert(cells[i] != NULL, "%s: too few cells in '%s'", path, line);
            *cells[i]++ = '\0';
        }
        if (count++ > 0 || cell_count != 2) /* a table's first line is its header */
            each(extractor, cells);
    }
    (void)fclose(file);
    close_extractor(rules, extractor);
    return count;
}

static bool is_name(const char *name, const char *other)
{
    return other != NULL && strcmp(name, other) == 0;
}

static void spelling(trich_extractor *extractor, char **cells)
{
    static const char *const types[] = {"huyện", "quận", "thị xã", "thành phố"};
    char text[LINE];
    bool found = false;
    for (size_t i = 0; i < 4 && !found; i++) {
        (void)snprintf(text, sizeof text, "tại %s %s.", types[i], cells[0]);
        const struct trich_record *record = district(extract(extractor, text, NULL), 0);
        found = record != NULL && is_name(cells[1], trich_record_get(record, "name")) &&
                record->content_length == strlen(cells[0]);
    }
    cr_expect(found, "'%s' is not taken for %s", cells[0], cells[1]);
}

Test(district, other_spellings)
{
    cr_expect(each_line("rules/district-spellings.tsv", 2, spelling) > 300);
}

static void skeleton(trich_extractor *extractor, char **cells)
{
    static const char *const types[] = {"huyen", "quan", "thi xa", "thanh pho"};
    char text[LINE];
    if (strcmp(cells[0], "skeleton") == 0) /* the header */
        return;
    for (size_t i = 0; i < 4; i++) {
        (void)snprintf(text, sizeof text, "tai %s %s.", types[i], cells[0]);
        const struct trich_record *record = district(extract(extractor, text, NULL), 0);
        if (record != NULL && record->content_length == strlen(cells[0]))
            return;
    }
    cr_expect(false, "'%s' for %s gives nothing", cells[0], cells[1]);
}

/* Each name has its row of the table of names without marks. */
static bool has_skeleton(const char *table, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = table; (at = strstr(at, name)) != NULL; at += length)
        if (at > table && at[-1] == '\t' && at[length] == '\t')
            return true;
    return false;
}

Test(district, without_marks)
{
    static char table[1 << 17];
    FILE *file = fopen("rules/district-skeletons.tsv", "r");
    cr_assert(file != NULL);
    table[fread(table, 1, sizeof table - 1, file)] = '\0';
    (void)fclose(file);
    read_units("rules/districts.tsv");
    for (size_t i = 0; i < unit_count; i++)
        cr_expect(has_skeleton(table, units[i].cells[NAME]), "%s", units[i].cells[NAME]);
    cr_expect(each_line("rules/district-skeletons.tsv", 3, skeleton) > 680);
}

static void nothing(trich_extractor *extractor, char **cells)
{
    const struct trich_article *article = extract(extractor, cells[0], "2019-06-15");
    const struct trich_record *record = district(article, 0);
    cr_expect(record == NULL, "'%s' gives '%.*s' by %s", cells[0],
              record != NULL ? (int)record->content_length : 0, record != NULL ? record->content : "",
              record != NULL ? record->rule : "");
}

Test(district, sentences_without)
{
    cr_expect(each_line("tests/data/districts-none.tsv", 1, nothing) >= 150);
}

/* date, sentence, its districts: Văn Giang=326; Châu Thành=708 905 */
static void sentence(trich_extractor *extractor, char **cells)
{
    char got[LINE] = "";
    const struct trich_article *article = extract(extractor, cells[1], cells[0][0] != '\0' ? cells[0] : NULL);
    for (size_t i = 0; district(article, i) != NULL; i++) {
        const struct trich_record *record = district(article, i);
        const char *code = trich_record_get(record, "code");
        const char *candidates = trich_record_get(record, "candidates");
        size_t used = strlen(got);
        (void)snprintf(got + used, sizeof got - used, "%s%.*s=%s", used > 0 ? "; " : "",
                       (int)record->content_length, record->content,
                       code != NULL         ? code
                       : candidates != NULL ? candidates
                                            : ""); /* none: it ended before there were codes */
    }
    cr_expect(strcmp(got, cells[2]) == 0, "%s '%s': expected %s, got %s", cells[0], cells[1], cells[2], got);
}

Test(district, sentences)
{
    cr_expect(each_line("tests/data/districts.tsv", 3, sentence) >= 60);
}

static size_t count_in(trich_extractor *extractor, const char *text)
{
    const struct trich_article *article = extract(extractor, text, "2022");
    size_t count = 0;
    while (district(article, count) != NULL)
        count++;
    return count;
}

/* A heading has no stop: the name on the next line is not the rest of it. */
Test(district, line_ends)
{
    trich_rules *rules;
    trich_extractor *extractor = open_extractor(&rules);
    cr_expect(count_in(extractor, "Tin Việt Yên\nViệt Yên (Bắc Giang): Lúa chín") == 2);
    cr_expect(count_in(extractor, "Ra khỏi Tin Việt Yên (Bắc Giang): Lúa chín") == 0);
    /* The lines of a list, which vague names need. */
    cr_expect(count_in(extractor, "Tỉnh Phú Thọ có 347 ca\n1. Yên Lập 80 ca\n2. Thanh Ba 52 ca\n"
                                  "3. Thanh Sơn 14 ca") == 3);
    cr_expect(count_in(extractor, "Tỉnh Phú Thọ có 347 ca\nÔng đi. Thanh Sơn hát") == 0);
    close_extractor(rules, extractor);
}
