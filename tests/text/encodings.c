/* Which encoding is taken for what, and what is said of bytes that are none of it. */
#include "../../extractor/text/text.h"
#include "forms.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void expect_reading(const char *bytes, size_t length, const char *encoding, const char *taken,
                           const char *as)
{
    struct text text;
    struct trich_error error;
    struct text_options options = {.encoding = encoding};
    text_init(&text);
    cr_assert(text_read(&text, bytes, length, &options, &error), "%s: %s", as, error.message);
    cr_expect_str_eq(text.encoding, taken);
    cr_expect(text.decoded_length == strlen(as) && memcmp(text.decoded, as, strlen(as)) == 0,
              "%s: expected '%s', got '%.*s'", taken, as, (int)text.decoded_length, text.decoded);
    text_clear(&text);
}

#define READ(bytes, taken, as) expect_reading(bytes, sizeof(bytes) - 1, NULL, taken, as)

Test(encodings, recognized)
{
    READ("Hà Nội", "UTF-8", "Hà Nội");
    READ("\xEF\xBB\xBFHà Nội", "UTF-8", "Hà Nội");
    READ("\xFF\xFEH\0\xE0\0 \0N\0\xD9\x1Ei\0", "UTF-16LE", "Hà Nội");
    READ("\xFE\xFF\0H\0\xE0\0 \0N\x1E\xD9\0i", "UTF-16BE", "Hà Nội");
    READ("H\0\xE0\0 \0N\0\xD9\x1Ei\0", "UTF-16LE", "Hà Nội");
    READ("\0H\0\xE0\0 \0N\x1E\xD9\0i", "UTF-16BE", "Hà Nội");
    READ("\xFF\xFE\x3D\xD8\x00\xDE", "UTF-16LE", "\xF0\x9F\x98\x80");
    READ("S\xBE"
         "C L\xD6NH",
         "TCVN3", "SẮC LỆNH");
    READ("S¾C LÖNH", "TCVN3 as Latin-1 in UTF-8", "SẮC LỆNH");
    READ("\xEF\xBB\xBFS¾C LÖNH", "TCVN3 as Latin-1 in UTF-8", "SẮC LỆNH");
    READ("ë Hµ NéI, ngµy 5 th¸ng 9 n¨m 1995 “S¾C LÖNH”", "TCVN3 as Latin-1 in UTF-8",
         "Ở HÀ NỘI, ngày 5 tháng 9 năm 1995 “SẮC LỆNH”");
    READ("Coäng hoøa xaõ hoäi chuû nghóa VIEÄT NAM, ÑOÄC LAÄP – Töï do", "VNI as Latin-1 in UTF-8",
         "Cộng hòa xã hội chủ nghĩa VIỆT NAM, ĐỘC LẬP – Tự do");
    READ("Co\xE4ng ho\xF8"
         "a \x93Tha\xFAng lo\x93\x94",
         "VNI", "Cộng hòa “Thẳng lo“”");
    READ("Vi\xEA\xF2t Nam, \xD0"
         "\xF4\xF2"
         "c l\xE2\xF2p",
         "windows-1258",
         "Viê\xCC\xA3t Nam, Đô\xCC\xA3"
         "c lâ\xCC\xA3p");
    READ("Vi\xAEt Nam, \xD0\xB5"
         "c l\xA7p. \x05"
         "n",
         "VISCII", "Việt Nam, Độc lập. Ẵn");
}

/* All that is UTF-8 and makes sense stays UTF-8, also where it could be read otherwise. */
Test(encodings, utf8_stays)
{
    static const char *const texts[] = {"",
                                        "Covid",
                                        "Quê tôi ở đâu",
                                        "Quê tôi",
                                        "tôi là công nhân",
                                        "môt", /* misspelt; the bytes are một in TCVN3 */
                                        "Neàng",
                                        "Ðà",
                                        "Ðông Hà, xã Tân Hà",
                                        "L'été à la plage, où il a déjà été élevé",
                                        "Die Übergrößen für Mädchen schön",
                                        "El niño español mañana está aquí, corazón",
                                        "São Paulo, não é português, coração",
                                        "35°C, 12 m², 3½ giờ, «a», £5 ± 2",
                                        "café, naïve, Müller, Beyoncé, Pelé"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect_reading(texts[i], strlen(texts[i]), "auto", "UTF-8", texts[i]);
}

static const char article[] = "UBND tỉnh Hưng Yên vừa ban hành Quyết định số 28/QĐ-UBND ngày 03/11/2022 về "
                              "hỗ trợ người dân vùng lũ, trị giá 1,5 tỷ đồng. Đồng chí Nguyễn Văn An đã ký.";

/* Every letter, every way: named and recognized. */
Test(encodings, all_forms)
{
    static const char alphabet[] =
        "aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự "
        "yỳỷỹýỵ đ AÀẢÃÁẠ ĂẰẲẴẮẶ ÂẦẨẪẤẬ EÈẺẼÉẸ ÊỀỂỄẾỆ IÌỈĨÍỊ OÒỎÕÓỌ ÔỒỔỖỐỘ ƠỜỞỠỚỢ UÙỦŨÚỤ "
        "ƯỪỬỮỨỰ YỲỶỸÝỴ Đ";
    static const struct {
        enum forms_form form;
        const char *name, *taken;
    } encodings[] = {{FORMS_UTF16LE, "UTF-16", "UTF-16LE"},
                     {FORMS_WINDOWS_1258, "cp1258", "windows-1258"},
                     {FORMS_VISCII, "VISCII", "VISCII"},
                     {FORMS_TCVN3, "abc", "TCVN3"},
                     {FORMS_TCVN3_IN_UTF8, "TCVN3", "TCVN3 as Latin-1 in UTF-8"},
                     {FORMS_VNI, "vni", "VNI"},
                     {FORMS_VNI_IN_UTF8, "VNI-Windows", "VNI as Latin-1 in UTF-8"}};
    struct text text;
    text_init(&text);
    for (size_t i = 0; i < sizeof encodings / sizeof encodings[0]; i++)
        for (int recognized = 0; recognized < 2; recognized++) {
            const char *original = recognized ? article : alphabet;
            struct forms_text made = forms_convert(encodings[i].form, original);
            struct text_options options = {.encoding = recognized ? NULL : encodings[i].name};
            struct trich_error error;
            cr_assert(text_read(&text, made.bytes, made.length, &options, &error), "%s", error.message);
            cr_expect_str_eq(text.encoding, encodings[i].taken);
            /* Single capitals amid small letters lose their tone marks' case in TCVN3. */
            bool tcvn3 = encodings[i].form == FORMS_TCVN3 || encodings[i].form == FORMS_TCVN3_IN_UTF8;
            size_t length = strlen(original);
            if (!recognized && tcvn3)
                length = (size_t)(strstr(original, " AÀ") - original);
            cr_expect(length <= text.length && memcmp(text.bytes, original, length) == 0, "%s: '%.*s'",
                      encodings[i].taken, (int)text.length, text.bytes);
            forms_clear(&made);
        }
    text_clear(&text);
}

static void expect_error(const char *bytes, size_t length, const char *encoding, size_t line, size_t column,
                         size_t offset, const char *message)
{
    struct text text;
    struct trich_error error = {.status = TRICH_OK};
    struct text_options options = {.source = "a.txt", .encoding = encoding};
    text_init(&text);
    cr_assert_not(text_read(&text, bytes, length, &options, &error));
    cr_expect_eq(error.status, TRICH_ERROR_ENCODING);
    cr_expect_str_eq(error.file, "a.txt");
    cr_expect(error.line == line && error.column == column && error.offset == offset, "%zu:%zu, byte %zu",
              error.line, error.column, error.offset);
    cr_expect(strncmp(error.message, message, strlen(message)) == 0, "'%s'", error.message);
    text_clear(&text);
}

#define FAIL(bytes, encoding, line, column, offset, message)                                                 \
    expect_error(bytes, sizeof(bytes) - 1, encoding, line, column, offset, message)

Test(encodings, errors)
{
    FAIL("Hà Nội\nngày\xFF", NULL, 2, 6, 15, "byte FF at byte 15 is not UTF-8");
    FAIL("Hà N\xE1\xBBi", NULL, 1, 6, 5, "bytes E1 BB at byte 5 are not UTF-8");
    FAIL("\xEF\xBB\xBF\xC0\x80", NULL, 1, 4, 3, "byte C0 at byte 3 is not UTF-8");
    FAIL("a\xED\xA0\x80", "utf-8", 1, 2, 1, "byte ED at byte 1 is not UTF-8");
    FAIL("a\n\x81", "windows-1258", 2, 1, 2, "byte 81 at byte 2 is not windows-1258");
    FAIL("\xFF\xFE\x41\x00\x00\xDC", NULL, 1, 5, 4, "bytes 00 DC at byte 4 are not UTF-16LE");
    FAIL("\xFE\xFF\x00", NULL, 1, 3, 2, "byte 00 at byte 2 is not UTF-16BE");

    struct trich_error error;
    struct text_options options = {.encoding = "latin-5"};
    struct text text;
    text_init(&text);
    cr_expect_not(text_read(&text, "a", 1, &options, &error));
    cr_expect_eq(error.status, TRICH_ERROR_ARGUMENT);
    text_clear(&text);
}

/* How many U+FFFD: the example of the Unicode Standard, table 3-8 and those around it. */
Test(encodings, replacement)
{
    struct text text;
    struct text_options options = {.replace_invalid = true};
    static const char input[] = "a\xF1\x80\x80\xE1\x80\xC2"
                                "b\x80"
                                "c\x80\xBF"
                                "d\xE2\x80";
    static const char expected[] = "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd\uFFFD";
    text_init(&text);
    cr_assert(text_read(&text, input, sizeof input - 1, &options, NULL));
    cr_expect(text.decoded_length == sizeof expected - 1 &&
                  memcmp(text.decoded, expected, text.decoded_length) == 0,
              "'%.*s'", (int)text.decoded_length, text.decoded);
    cr_expect_eq(text.invalid_count, 11);
    size_t start;
    size_t end;
    text_input_span(&text, 10, 11, &start, &end);
    cr_expect(start == 7 && end == 8);
    text_clear(&text);
}
