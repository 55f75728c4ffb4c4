/* Custom kinds: rule files alone make a new kind of record, as those of samples/kinds do. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../../extractor/trich.h"
#include "written.h"

static void fail_on(void *closure, const struct trich_error *problem)
{
    const char *own = closure; /* only problems of the kind's own file count here */
    if (strstr(problem->file, own) != NULL)
        cr_expect_fail("%s:%zu: %s", problem->file, problem->line, problem->message);
}

/* The records of a kind that the rules, which are freed, find in a text, as "content name=value …; " each. */
static const char *found_by(trich_rules *rules, const char *kind, const char *text)
{
    static char found[2000];
    struct trich_error error;
    found[0] = '\0';
    trich_extractor *extractor = trich_extractor_new(rules, &error);
    struct trich_input input = {.bytes = text, .length = strlen(text)};
    const struct trich_article *article = trich_extract(extractor, &input, &error);
    cr_assert_not_null(article);
    for (size_t i = 0; i < article->record_count; i++) {
        const struct trich_record *record = &article->records[i];
        if (strcmp(record->kind, kind) != 0)
            continue;
        size_t used = strlen(found);
        used += (size_t)snprintf(found + used, sizeof found - used, "%.*s", (int)record->content_length,
                                 record->content);
        for (size_t k = 0; k < record->attribute_count; k++)
            used += (size_t)snprintf(found + used, sizeof found - used, " %s=%s", record->attributes[k].name,
                                     record->attributes[k].value);
        (void)snprintf(found + used, sizeof found - used, "; ");
    }
    trich_extractor_free(extractor);
    trich_rules_free(rules);
    return found;
}

/* The same with the rules of a directory, which must pass their check. */
static const char *records(const char *directory, const char *kind, const char *text)
{
    struct trich_error error;
    trich_rules *rules = trich_rules_load(directory, &error);
    cr_assert_not_null(rules, "%s:%zu: %s", error.file, error.line, error.message);
    size_t count;
    cr_assert(trich_rules_check(rules, fail_on, (void *)directory, &count, &error));
    return found_by(rules, kind, text);
}

Test(custom, vehicle_plates_stand_beside_the_built_in_kinds)
{
    cr_assert_str_eq(records("samples/kinds/vehicle-plate", "vehicle-plate",
                             "Ô tô 30A-123.45 va chạm với xe máy 15-B2 345.67 trên Quốc lộ 5."),
                     "30A-123.45 province=Hà Nội series=A number=12345; "
                     "15-B2 345.67 province=Hải Phòng series=B2 number=34567; ");
}

Test(custom, phone_numbers_by_themselves)
{
    cr_assert_str_eq(
        records("samples/kinds/phone-number", "phone-number",
                "Bạn đọc gọi 0912.345.678 hoặc tổng đài 1900 1234, số (024) 3825 1234."),
        "0912.345.678 number=0912345678; 1900 1234 number=19001234; (024) 3825 1234 number=02438251234; ");
}

Test(custom, every_normalizer)
{
    static const char rules[] =
        "<attribute group='a' normalize='collapse'/><attribute group='b' normalize='digits'/>"
        "<attribute group='c' normalize='number'/><attribute group='d' normalize='date'/>"
        "<attribute group='e' normalize='upper'/><attribute group='f' normalize='lower'/>"
        "<rule id='r'><pattern>A: (?'a'[^;]+); (?'b'[^;]+); (?'c'[^;]+); (?'d'[^;]+); (?'e'[^;]+); "
        "(?'f'[^;]+);"
        "</pattern></rule>";
    static const char text[] = "A: 12 x\nY; 0912-345 (6); 1.234.567,50; 7/11/2023; ủy ban; ĐỒNG Ý;";
    static const char no_dates[] = "A: x; 1; 2; 29/2/2023; ả; Ả; A: x; 1; 2; 29.2.2024; ả; Ả;";
    cr_assert_str_eq(found_by(rules_written(rules), "k", text),
                     "A: 12 x\nY; 0912-345 (6); 1.234.567,50; 7/11/2023; ủy ban; ĐỒNG Ý; "
                     "a=12xY b=09123456 c=1234567.50 d=2023-11-07 e=ỦY BAN f=đồng ý; ");
    /* What is no day gives no attribute. */
    cr_assert_str_eq(found_by(rules_written(rules), "k", no_dates),
                     "A: x; 1; 2; 29/2/2023; ả; Ả; a=x b=1 c=2 e=Ả f=ả; "
                     "A: x; 1; 2; 29.2.2024; ả; Ả; a=x b=1 c=2 d=2024-02-29 e=Ả f=ả; ");
}
