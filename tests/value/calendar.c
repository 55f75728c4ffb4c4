#include <criterion/criterion.h>

#include "../../extractor/base/calendar.h"

/* What stands in options, metadata and tables; the value of what is refused says nothing. */
Test(calendar, a_day_is_read_as_iso_8601_writes_it)
{
    static const struct {
        const char *text;
        struct day day;
    } good[] = {{"2022", {2022, 0, 0}},
                {"2022-11", {2022, 11, 0}},
                {"2022-11-07", {2022, 11, 7}},
                {"2024-02-29", {2024, 2, 29}},
                {"0100", {100, 0, 0}}};
    static const char *const bad[] = {
        "",           "2",          "202",        "0022",        "2022-",      "2022-1",
        "2022-00",    "2022-13",    "2022-11-",   "2022-11-0",   "2022-11-00", "2022-11-31",
        "2023-02-29", "2022/11/07", "2022-11/07", "2022-11-071", "20a2",       "2022 "};
    struct day day;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        cr_assert(calendar_read(slice_from(good[i].text), &day), "%s", good[i].text);
        cr_assert(day.year == good[i].day.year && day.month == good[i].day.month &&
                      day.day == good[i].day.day,
                  "%s", good[i].text);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_assert_not(calendar_read(slice_from(bad[i]), &day), "%s", bad[i]);
}
