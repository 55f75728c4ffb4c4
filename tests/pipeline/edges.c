/*
 * A text may begin and end anywhere, at the edge of the memory that may be read: whatever looks at what
 * stands next to a word has to ask first whether anything does. Beginnings and ends of articles, cut at their
 * words, stand between pages that may not be touched; one byte too far ends the test.
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../../extractor/trich.h"
#include "../thin.h"

enum { ROOM = 1 << 16, STRIDE = 3 };

struct bench {
    trich_rules *rules;
    trich_extractor *extractor;
    char *room; /* of ROOM bytes between two pages that may not be touched */
};

static struct bench begin(void)
{
    struct trich_error error;
    struct bench bench = {.rules = trich_rules_builtin(&error)};
    cr_assert_not_null(bench.rules, "%s", error.message);
    bench.extractor = trich_extractor_new(bench.rules, &error);
    cr_assert_not_null(bench.extractor, "%s", error.message);
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    cr_assert(ROOM % page == 0);
    int zeros = open("/dev/zero", O_RDWR);
    char *pages = mmap(NULL, ROOM + 2 * page, PROT_NONE, MAP_PRIVATE, zeros, 0);
    cr_assert(pages != MAP_FAILED && close(zeros) == 0);
    bench.room = pages + page;
    cr_assert(mprotect(bench.room, ROOM, PROT_READ | PROT_WRITE) == 0);
    return bench;
}

static void end(struct bench *bench)
{
    trich_extractor_free(bench->extractor);
    trich_rules_free(bench->rules);
}

/* The records of the text, the last byte of which is the last of the room, or the first byte the first. */
static size_t extract(const struct bench *bench, const char *text, size_t length, bool last)
{
    struct trich_error error;
    char *bytes = last ? bench->room + ROOM - length : bench->room;
    memcpy(bytes, text, length);
    struct trich_input input = {.bytes = bytes, .length = length};
    const struct trich_article *article = trich_extract(bench->extractor, &input, &error);
    cr_assert_not_null(article, "%.*s: %s", (int)length, text, error.message);
    size_t done = 0;
    for (size_t i = 0; i < article->record_count; i++) {
        const struct trich_record *record = &article->records[i];
        cr_assert(record->start >= done && record->end > record->start && record->end <= length,
                  "%.*s: %s at %zu-%zu", (int)length, text, record->kind, record->start, record->end);
        done = record->end;
    }
    return article->record_count;
}

/* Whether a word or a number begins or ends at text[at]; not inside a character. */
static bool is_edge(const char *text, size_t at)
{
    return strchr(" \n.,;:()/-\"%", text[at]) != NULL || strchr(" \n.,;:()/-\"%", text[at - 1]) != NULL;
}

static size_t cut(const struct bench *bench, const char *text, size_t length)
{
    size_t records = 0;
    size_t number = 0;
    for (size_t at = 1; at < length; at++)
        if (is_edge(text, at) && number++ % (STRIDE * thin()) == 0) {
            records += extract(bench, text, at, true);
            records += extract(bench, text + at, length - at, false);
        }
    return records;
}

Test(edges, of_articles, .timeout = 300)
{
    struct bench bench = begin();
    struct dirent **entries;
    int count = scandir("samples", &entries, NULL, alphasort);
    cr_assert(count > 0, "run from the project's top");
    size_t records = 0;
    for (int i = 0; i < count; i++) {
        const char *dot = strrchr(entries[i]->d_name, '.');
        if (dot != NULL && strcmp(dot, ".txt") == 0) {
            static char text[ROOM];
            char path[512];
            (void)snprintf(path, sizeof path, "samples/%s", entries[i]->d_name);
            FILE *file = fopen(path, "r");
            cr_assert_not_null(file, "%s", path);
            size_t length = fread(text, 1, sizeof text, file);
            (void)fclose(file);
            records += cut(&bench, text, length);
        }
        free(entries[i]);
    }
    free(entries);
    cr_assert(records > 0);
    end(&bench);
}

/* What asks for more than a word next to it: rows of tables, numbers in brackets, lists, formulas, ranges. */
Test(edges, of_what_looks_around)
{
    static const char *const texts[] = {
        "ĐVT: triệu đồng STT Mẫu xe Giá bán 1 Camry 1.383 2 Vios 622 3 Fortuner 1.026",
        "Xuân Lộc (6 người), Hòa Bình (5), Hòa Thắng (12) và Hòa Trị (7)",
        "Đội có 6 câu lạc bộ ở Anh, 3 ở Ý, 2 ở Pháp và 1 ở Đức",
        "1,5 x 115.000 đồng = 172.500 đồng; 3x4 m, 3×4 m; ≥ 12 tấn, ≤30 kg",
        "Có 400 'khủng bố', 4 \"Mái ấm\", 3 (người), 16 xe/1.000 dân và 10.000 đồng/kg",
        "Điện thoại: (028) 3512 0000, 0273.3826.514, 1900 1234; nhà 86 Triệu Việt Vương có 4 người",
        "từ 20-22h30 ngày 12, 13 và 14/3/2023 đến rằm tháng Giêng năm Quý Mão (5/2/2023)",
        "Nghị định số 02/2017/NĐ-CP, 12/2018/NĐ-CP; Quyết định 1085/QĐ-UBND ngày 6/11 và số 13-QLKH",
        "Quận 1, 3, 5 và Q.10 (TP.HCM), huyện Châu Thành (Bến Tre); Nguyễn Văn Ba (32, ở Hà Nội)",
    };
    struct bench bench = begin();
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        size_t length = strlen(texts[i]);
        cr_expect(extract(&bench, texts[i], length, true) > 0, "%s", texts[i]);
        for (size_t at = 1; at < length; at++)
            if (((unsigned char)texts[i][at] & 0xc0) != 0x80) {
                (void)extract(&bench, texts[i], at, true);
                (void)extract(&bench, texts[i] + at, length - at, false);
            }
    }
    end(&bench);
}

/* Refused by its length alone, before a byte is looked at. */
Test(edges, of_what_is_taken)
{
    struct bench bench = begin();
    struct trich_error error;
    struct trich_input input = {.bytes = "", .length = TRICH_INPUT_MOST + 1, .source = "long"};
    cr_expect_null(trich_extract(bench.extractor, &input, &error));
    cr_expect(error.status == TRICH_ERROR_LIMIT && strcmp(error.file, "long") == 0, "%s", error.message);
    end(&bench);
}
