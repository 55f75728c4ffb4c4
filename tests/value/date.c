/*
 * The table of dates (tests/data/dates.tsv) through the public interface: what each text gives, value and
 * extent of every date in it, and the further attributes where the table names them; then what holds of all
 * dates.
 */
#include "../../extractor/trich.h"
#include "../thin.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 2048, COLUMNS = 5 };
enum { TEXT, ON, VALUE, EXTENT, ATTRIBUTES };

static const char path[] = "tests/data/dates.tsv";

struct fixture {
    trich_rules *rules;
    trich_extractor *extractor;
};

static struct fixture open_fixture(void)
{
    struct trich_error error;
    struct fixture fixture;
    fixture.rules = trich_rules_builtin(&error);
    cr_assert(fixture.rules != NULL, "%s", error.message);
    fixture.extractor = trich_extractor_new(fixture.rules, &error);
    cr_assert(fixture.extractor != NULL, "%s", error.message);
    return fixture;
}

static void close_fixture(struct fixture *fixture)
{
    trich_extractor_free(fixture->extractor);
    trich_rules_free(fixture->rules);
}

static const struct trich_article *extract(struct fixture *fixture, const char *text, const char *on)
{
    struct trich_error error;
    struct trich_input input = {
        .bytes = text, .length = strlen(text), .date = on[0] != '\0' ? on : NULL, .encoding = "UTF-8"};
    const struct trich_article *article = trich_extract(fixture->extractor, &input, &error);
    cr_assert(article != NULL, "%s: %s", text, error.message);
    return article;
}

static const char *attribute(const struct trich_record *record, const char *name)
{
    const char *value = trich_record_get(record, name);
    return value != NULL ? value : "";
}

static bool is_date(const struct trich_record *record)
{
    return strcmp(record->kind, "date") == 0;
}

/* Of all dates, joined by " | ": values, or extents with blanks for line breaks. */
static void join(const struct trich_article *article, bool extents, char *result, size_t size)
{
    size_t used = 0;
    result[0] = '\0';
    for (size_t i = 0; i < article->record_count; i++) {
        const struct trich_record *record = &article->records[i];
        if (!is_date(record))
            continue;
        const char *separator = used > 0 ? " | " : "";
        int length =
            extents ? snprintf(result + used, size - used, "%s%.*s", separator, (int)record->content_length,
                               record->content)
                    : snprintf(result + used, size - used, "%s%s", separator, attribute(record, "value"));
        used += (size_t)length;
        cr_assert(used < size);
    }
    for (char *c = result; (c = strchr(c, '\n')) != NULL;)
        *c = ' ';
}

/* In place: every ⏎ becomes a line break. */
static void break_lines(char *text)
{
    static const char sign[] = "\xe2\x8f\x8e";
    for (char *place; (place = strstr(text, sign)) != NULL;) {
        *place = '\n';
        memmove(place + 1, place + 3, strlen(place + 3) + 1);
    }
}

static size_t check_attributes(const struct trich_article *article, const char *text, char *wanted)
{
    size_t wrong = 0;
    const struct trich_record *record = NULL;
    for (size_t i = 0; i < article->record_count && record == NULL; i++)
        if (is_date(&article->records[i]))
            record = &article->records[i];
    for (char *pair = strtok(wanted, " "); pair != NULL; pair = strtok(NULL, " ")) {
        char *equals = strchr(pair, '=');
        cr_assert(equals != NULL && record != NULL, "%s: %s", text, pair);
        *equals = '\0';
        if (strcmp(attribute(record, pair), equals + 1) != 0) {
            wrong++;
            cr_log_error("%s: %s is '%s', not '%s'", text, pair, attribute(record, pair), equals + 1);
        }
    }
    return wrong;
}

static size_t check_line(struct fixture *fixture, char *line)
{
    char *cells[COLUMNS];
    char got[LINE];
    size_t wrong = 0;
    for (size_t i = 0; i < COLUMNS; i++) {
        cells[i] = line;
        line = line != NULL ? strchr(line, '\t') : NULL;
        cr_assert(i == COLUMNS - 1 || line != NULL, "%s: a line with too few cells: %s", path, cells[0]);
        if (line != NULL)
            *line++ = '\0';
    }
    break_lines(cells[TEXT]);
    const struct trich_article *article = extract(fixture, cells[TEXT], cells[ON]);
    bool none = strcmp(cells[VALUE], "-") == 0;
    join(article, false, got, sizeof got);
    if (strcmp(got, none ? "" : cells[VALUE]) != 0) {
        wrong++;
        cr_log_error("%s (%s): value '%s', not '%s'", cells[TEXT], cells[ON], got, cells[VALUE]);
    }
    const char *extent = none || cells[EXTENT][0] != '\0' ? cells[EXTENT] : cells[TEXT];
    join(article, true, got, sizeof got);
    if (strcmp(got, extent) != 0) {
        wrong++;
        cr_log_error("%s (%s): extent '%s', not '%s'", cells[TEXT], cells[ON], got, extent);
    }
    return wrong + check_attributes(article, cells[TEXT], cells[ATTRIBUTES]);
}

Test(date, table)
{
    struct fixture fixture = open_fixture();
    char line[LINE];
    bool header = true;
    size_t count = 0;
    size_t wrong = 0;
    FILE *file = fopen(path, "r");
    cr_assert(file != NULL, "%s: run from the project's top", path);
    while (fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' && line[1] == ' ' && strchr(line, '\t') == NULL)
            continue;
        if (header) {
            header = false;
            continue;
        }
        count++;
        wrong += check_line(&fixture, line);
    }
    fclose(file);
    close_fixture(&fixture);
    cr_assert_geq(count, 500, "the table is cut short: %zu lines", count);
    cr_assert_eq(wrong, 0, "%zu differences", wrong);
}

/* ---- every day of four hundred years, in three forms ---- */

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return lengths[month - 1] + (month == 2 && leap);
}

static void check_day(struct fixture *fixture, int year, int month, int day, bool exists)
{
    static const char *const forms[] = {"ngày %02d/%02d/%04d", "ngày %d tháng %d năm %d", "%d-%d-%d"};
    char text[96];
    char value[48];
    const char *form = forms[(year + month + day) % 3];
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    (void)snprintf(text, sizeof text, form, day, month, year);
#pragma GCC diagnostic pop
    (void)snprintf(value, sizeof value, "%04d-%02d-%02d", year, month, day);
    const struct trich_article *article = extract(fixture, text, "");
    bool found = article->record_count == 1 && strcmp(attribute(&article->records[0], "value"), value) == 0 &&
                 article->records[0].start == 0 && article->records[0].end == strlen(text);
    cr_assert_eq(found, exists, "%s", text);
}

Test(date, calendar)
{
    struct fixture fixture = open_fixture();
    for (int year = 1800; year < 2200; year += (int)thin())
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 31; day += day < 28 ? 9 : 1)
                check_day(&fixture, year, month, day, day <= month_length(year, month));
    close_fixture(&fixture);
}

/* Words that count days agree with each other across every day of eight years. */
Test(date, words_count_days)
{
    struct fixture fixture = open_fixture();
    char before[11] = "";
    for (int year = 2015; year < 2023; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= month_length(year, month); day++) {
                char on[48];
                (void)snprintf(on, sizeof on, "%04d-%02d-%02d", year, month, day);
                const struct trich_article *article = extract(&fixture, "hôm qua; hôm nay; ngày mai", on);
                cr_assert_eq(article->record_count, 3, "%s", on);
                if (before[0] != '\0')
                    cr_assert_str_eq(attribute(&article->records[0], "value"), before);
                cr_assert_str_eq(attribute(&article->records[1], "value"), on);
                (void)snprintf(before, sizeof before, "%.10s", on);
            }
    close_fixture(&fixture);
}

Test(date, order_of_attributes)
{
    static const char *const names[] = {"value",    "resolved",  "mod",     "part",
                                        "calendar", "first-day", "last-day"};
    struct fixture fixture = open_fixture();
    const struct trich_article *article =
        extract(&fixture, "đầu giờ chiều 1/5, mùng 3 Tết, năm 2015", "2021");
    cr_assert_eq(article->record_count, 3);
    for (size_t i = 0; i < article->record_count; i++) {
        size_t place = 0;
        for (size_t k = 0; k < article->records[i].attribute_count; k++) {
            while (place < 7 && strcmp(names[place], article->records[i].attributes[k].name) != 0)
                place++;
            cr_assert_lt(place, 7, "%s stands out of order", article->records[i].attributes[k].name);
        }
    }
    close_fixture(&fixture);
}

/* The article's own date, from its text. */
Test(date, date_of_the_article)
{
    static const struct {
        const char *text, *date;
    } cases[] = {
        {"Hà Nội, ngày 02 tháng 12 năm 2010\n\nTHÔNG TƯ", "2010-12-02"},
        {"# date = 20210501\n14 ca mắc mới", "2021-05-01"},
        {"Thứ Hai, 21/10/2013, 10:15 (GMT+7)\n\nGiá than tăng", "2013-10-21"},
        {"Hôm nay (23/6/2017), đoàn đi", "2017-06-23"},
        {"Ngày 07/11, Đoàn giám sát làm việc.\n\nKế hoạch số 68-KH/HU ngày 08/12/2022; đến ngày 30/10/2023",
         "2023-11-07"},
        {"Cà Mau, ngày 18/9/2025 - Ban Thường vụ họp", "2025-09-18"},
        {"Nghị định số 08/2023/NĐ-CP ngày 5/3/2023 của Chính phủ", NULL},
        {"Chiều nay (24/4), đại hội của năm 2021. Nợ ngày 31/12/2020 là 5%", "2021-04-24"},
        {"Ngày 22/6, tòa xử vụ án. Bị cáo bị bắt ngày 19/2/2015, phiên tòa hồi tháng 9/2016 bị hoãn", NULL},
        {"Đại hội năm nay (2019) đông hơn năm ngoái", "2019"},
        {"Chiều 7/6, tòa xử tiếp. Trước đó, ngày 18/5, tòa hoãn.\n\nBiên bản ngày 18/5/2017, thư ngày "
         "3/2/2015",
         "2017-06-07"},
        {"Lễ giỗ ngày 7/2. Ông vào đảng ngày 7/2/1955, năm 2012 ông mất", NULL},
        {"Hôm nay, xã bàn nhiệm vụ 3 tháng cuối năm 2019, đến hết năm 2025", "2019"},
        {"Kết quả 6 tháng đầu năm 2017 khá hơn. Hôm qua, xã họp", "2017"},
        {"Bán được ít hơn cùng kỳ năm 2016. Hôm qua, xã họp", "2017"},
        {"Ngày 5/2, xã họp. Ngày 25/12/2016, dân đã kiến nghị", "2017-02-05"},
        {"Năm học 2017-2018 sắp bắt đầu. Ngày 20/8, trường họp", "2017"},
        {"Ngày 5/2, xã họp. Trong khi đó, cũng theo ông, ngôi chợ lớn nhất của vùng này nằm bên bờ sông, nơi "
         "nhiều người dân các xã lân cận vẫn hay lui tới mua bán mỗi khi rảnh rỗi, đã được dân làng xây năm "
         "2004",
         NULL},
        {"Lễ hội xã năm 2021 đông vui. Ngày 5/2, xã họp", "2021"},
        {"Ngày 5/3, tỉnh họp về kế hoạch ngày 7/2/2017, mục tiêu đến năm 2020", "2017-03-05"},
        {"Ông sinh năm 1950", NULL},
        {"Ngày 10/7, hội bầu ông A, sinh ngày 3/6/1961, làm chủ tịch", NULL},
    };
    struct fixture fixture = open_fixture();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct trich_article *article = extract(&fixture, cases[i].text, "");
        if (cases[i].date == NULL)
            cr_assert(article->date == NULL, "%s: %s", cases[i].text, article->date);
        else
            cr_assert(article->date != NULL && strcmp(article->date, cases[i].date) == 0, "%s: %s",
                      cases[i].text, article->date != NULL ? article->date : "none");
        cr_assert_eq(article->date_from, cases[i].date != NULL ? TRICH_DATE_TEXT : TRICH_DATE_NONE);
    }
    close_fixture(&fixture);
}
