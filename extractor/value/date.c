#include "date.h"

#include "lookup.h"
#include "numeral.h"

/* Groups of one end of a span: those of a date or a span's start, and those of a span's end. */
struct end_groups {
    int hour, minute, second, day, month, quarter, year, deictic, part;
};
static const struct end_groups start_groups = {DATE_hour,    DATE_minute, DATE_second,  DATE_day, DATE_month,
                                               DATE_quarter, DATE_year,   DATE_deictic, DATE_part};
static const struct end_groups end_groups = {DATE_hour2, DATE_minute2,  -1,
                                             DATE_day2,  DATE_month2,   DATE_quarter2,
                                             DATE_year2, DATE_deictic2, DATE_part2};

static const struct moment no_moment = {.hour = -1, .minute = -1, .second = -1};

static bool find_form(struct slice name, struct date *date)
{
    static const struct {
        const char *name;
        enum date_form form;
    } forms[] = {
        {"point", DATE_FORM_POINT},     {"stamp", DATE_FORM_POINT},      {"byline", DATE_FORM_POINT},
        {"next-year", DATE_FORM_POINT}, {"open", DATE_FORM_OPEN},        {"range", DATE_FORM_RANGE},
        {"stretch", DATE_FORM_STRETCH}, {"half", DATE_FORM_HALF},        {"decade", DATE_FORM_DECADE},
        {"century", DATE_FORM_CENTURY}, {"early-year", DATE_FORM_POINT}, {"night", DATE_FORM_RANGE},
        {"season", DATE_FORM_SEASON},   {"word", DATE_FORM_WORD},        {"edge", DATE_FORM_EDGE},
        {"weekday", DATE_FORM_WEEKDAY}, {"lunar", DATE_FORM_LUNAR},      {"sexagenary", DATE_FORM_SEXAGENARY},
        {"week", DATE_FORM_WEEK},
    };
    date->stamp = slice_is(name, "stamp");
    date->byline = slice_is(name, "byline");
    date->night = slice_is(name, "night");
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (slice_is(name, forms[i].name)) {
            date->form = forms[i].form;
            return true;
        }
    return false;
}

/* The number of a group; fallback if it took no part; -2 if it is no number. */
static int group_number(const struct reading *reading, const struct item *item, int group, int fallback)
{
    struct slice words = group >= 0 ? item_group(item, group) : (struct slice){NULL, 0};
    int value;
    if (words.data == NULL)
        return fallback;
    return numeral_read(reading->rules, words, &value) ? value : -2;
}

/* The cell of the table's row whose key the group captured. */
static struct slice group_cell(const struct reading *reading, const struct item *item, int group,
                               enum table_id table, enum column_id column)
{
    const struct table *rows = rules_known(reading->rules, table);
    return lookup_cell(rows, lookup_row(rows, item_group(item, group)), column);
}

static int group_row_number(const struct reading *reading, const struct item *item, int group,
                            enum table_id table, enum column_id column)
{
    const struct table *rows = rules_known(reading->rules, table);
    return lookup_number(rows, lookup_row(rows, item_group(item, group)), column, 0);
}

static enum date_unit unit_from_name(struct slice name)
{
    static const struct {
        const char *name;
        enum date_unit unit;
    } units[] = {{"year", DATE_YEAR}, {"quarter", DATE_QUARTER}, {"month", DATE_MONTH},
                 {"week", DATE_WEEK}, {"day", DATE_DAY},         {"century", DATE_CENTURY}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (slice_is(name, units[i].name))
            return units[i].unit;
    return DATE_NO_UNIT;
}

static bool read_year(const struct reading *reading, const struct item *item, int group,
                      struct moment *moment)
{
    struct slice words = item_group(item, group);
    if (words.data == NULL)
        return true;
    if (words.length > 0 && words.data[0] == '\'') {
        words.data++;
        words.length--;
    }
    int year;
    if (!numeral_read(reading->rules, words, &year))
        return false;
    moment->has_year = true;
    moment->year = year;
    moment->two_digits = words.length == 2 && words.data[0] >= '0' && words.data[0] <= '9';
    if (match_has(&item->match, DATE_bc)) {
        moment->year = 1 - year;
        moment->two_digits = false;
    }
    return true;
}

static bool read_month(const struct reading *reading, const struct item *item, int group,
                       struct moment *moment, struct date *date)
{
    struct slice words = item_group(item, group);
    if (words.data == NULL)
        return true;
    const struct table *names = rules_known(reading->rules, TABLE_MONTH_NAMES);
    long row = lookup_row(names, words);
    if (row != TABLE_NONE) {
        moment->month = lookup_number(names, row, COLUMN_MONTH, 0);
        date->lunar = date->lunar || slice_is(lookup_cell(names, row, COLUMN_CALENDAR), "lunar");
    } else {
        moment->month = group_number(reading, item, group, 0);
    }
    return moment->month >= 1 && moment->month <= 12;
}

/* Twelve hours of the afternoon and evening become 13 to 24: 7 giờ tối, 10:15 PM. */
static void shift_hour(struct moment *moment, struct slice part, bool after_noon)
{
    if (moment->hour < 0 || moment->hour > 12)
        return;
    bool late = after_noon || slice_is(part, "afternoon") || slice_is(part, "evening");
    if (slice_is(part, "noon") && moment->hour <= 2)
        late = true;
    if (slice_is(part, "night") && moment->hour >= 6)
        late = true;
    if (late && moment->hour < 12)
        moment->hour += 12;
    else if (late && moment->hour == 12 && slice_is(part, "night"))
        moment->hour = 24;
}

static bool read_clock(const struct reading *reading, const struct item *item,
                       const struct end_groups *groups, struct moment *moment)
{
    moment->hour = group_number(reading, item, groups->hour, -1);
    if (moment->hour == -1)
        return true;
    enum { HALF_PAST = 30 };
    moment->minute = group_number(reading, item, groups->minute, 0);
    if (moment->minute == -2 &&
        slice_is(group_cell(reading, item, groups->minute, TABLE_NUMERALS, COLUMN_ROLE), "half"))
        moment->minute = HALF_PAST;
    moment->second = group_number(reading, item, groups->second, -1);
    struct slice half = item_group(item, DATE_half);
    bool after_noon = half.data != NULL && (half.data[0] == 'P' || half.data[0] == 'p' ||
                                            half.data[0] == 'C' || half.data[0] == 'c'); /* PM, CH */
    shift_hour(moment, group_cell(reading, item, groups->part, TABLE_DAY_PARTS, COLUMN_PART), after_noon);
    if (groups->second >= 0)
        moment->zone = item_group(item, DATE_zone);
    return moment->hour >= 0 && moment->hour <= 24 && moment->minute >= 0 && moment->minute < 60 &&
           (moment->hour < 24 || moment->minute == 0);
}

static enum date_unit finest_unit(const struct moment *moment)
{
    return moment->day != 0       ? DATE_DAY
           : moment->month != 0   ? DATE_MONTH
           : moment->quarter != 0 ? DATE_QUARTER
           : moment->has_year     ? DATE_YEAR
                                  : DATE_NO_UNIT;
}

static bool read_moment(const struct reading *reading, const struct item *item,
                        const struct end_groups *groups, struct moment *moment, struct date *date)
{
    *moment = no_moment;
    if (!read_year(reading, item, groups->year, moment) ||
        !read_month(reading, item, groups->month, moment, date) || !read_clock(reading, item, groups, moment))
        return false;
    moment->day = group_number(reading, item, groups->day, 0);
    moment->quarter = group_number(reading, item, groups->quarter, 0);
    if (moment->quarter == -2) /* "nhất" */
        moment->quarter = 1;
    moment->unit = finest_unit(moment);
    if (moment->quarter < 0 || moment->quarter > 4 || moment->day < 0 || moment->day > 31)
        return false;
    if (moment->day != 0 && moment->month != 0 && !date->lunar)
        return calendar_is_day(moment->has_year && !moment->two_digits, moment->year, moment->month,
                               moment->day);
    return true;
}

/* ngày 28 đến 3/5, đêm 30, rạng sáng 1/7: the start is of the month before. */
static void start_month_before(struct date *date)
{
    enum { LATE = 20, EARLY = 15, MONTHS = 12 };
    struct moment *start = &date->start;
    const struct moment *end = &date->end;
    if (start->unit == DATE_DAY && start->month == 0 && end->month != 0 && start->day > end->day &&
        (date->night || (start->day >= LATE && end->day <= EARLY)))
        start->month = end->month == 1 ? MONTHS : end->month - 1;
}

/* Of a span, a two-digit end takes the start's century (2013/14), and the end is not before the start. */
static bool check_span(struct date *date)
{
    struct moment *start = &date->start;
    struct moment *end = &date->end;
    if (start->has_year && end->has_year) {
        if (end->two_digits && !start->two_digits) {
            end->year += start->year / 100 * 100;
            if (end->year < start->year)
                end->year += 100;
            end->two_digits = false;
        } else if (start->two_digits && !end->two_digits) {
            start->year += end->year / 100 * 100;
            start->two_digits = false;
        }
        enum { LONGEST_SPAN = 1000 };
        if (end->year < start->year || end->year - start->year > LONGEST_SPAN)
            return false;
        if (start->unit == DATE_YEAR && end->unit == DATE_YEAR && end->year == start->year)
            return false;
    }
    start_month_before(date);
    bool same_year = !start->has_year || !end->has_year || start->year == end->year;
    if (same_year && start->unit == DATE_DAY && end->unit == DATE_DAY && start->hour < 0) {
        int start_month = start->month != 0 ? start->month : end->month;
        if (start_month == end->month && start->day >= end->day)
            return false;
        enum { AUTUMN = 9, SPRING = 3 }; /* a span over the turn of the year is short: 1/3 - 1/2 is none */
        if (!start->has_year && start_month > end->month && (start_month < AUTUMN || end->month > SPRING))
            return false;
        if (start->month == 0 && end->month != 0 &&
            !calendar_is_day(end->has_year, end->year, end->month, start->day))
            return false;
    }
    if (start->unit == DATE_QUARTER && end->unit == DATE_QUARTER && same_year &&
        start->quarter >= end->quarter)
        return false;
    if (start->has_year && end->has_year && start->year == end->year && start->month != 0 &&
        end->month != 0 && start->month > end->month)
        return false;
    return true;
}

static bool read_stretch(const struct reading *reading, const struct item *item, struct date *date)
{
    static const int most[] = {[DATE_MONTH] = 12, [DATE_QUARTER] = 4, [DATE_WEEK] = 52, [DATE_DAY] = 366};
    date->count = group_number(reading, item, DATE_count, 1);
    date->unit = unit_from_name(group_cell(reading, item, DATE_unit, TABLE_DATE_UNITS, COLUMN_UNIT));
    date->last = slice_is(group_cell(reading, item, DATE_edge, TABLE_DATE_MODS, COLUMN_MOD), "end");
    date->of = unit_from_name(group_cell(reading, item, DATE_of, TABLE_DATE_UNITS, COLUMN_UNIT));
    if (date->form == DATE_FORM_HALF)
        return true;
    return date->unit >= DATE_QUARTER && date->count >= 1 && date->count <= most[date->unit];
}

static bool read_long(const struct reading *reading, const struct item *item, struct date *date)
{
    int number = group_number(reading, item, DATE_century, 0);
    if (number < 0 || number > 30)
        return false;
    date->before_christ = match_has(&item->match, DATE_bc);
    date->start.has_year = true;
    if (date->form == DATE_FORM_CENTURY) {
        date->start.unit = DATE_CENTURY;
        date->start.year = number * 100 - 100;
        date->start.has_year = number != 0; /* else by a word: the last century */
        int last = group_number(reading, item, DATE_century2, 0);
        date->span = last != 0; /* thế kỷ XV-XVI */
        date->end = date->start;
        date->end.year = last * 100 - 100;
        return last == 0 || last > number;
    }
    enum { LAST_CENTURY = 1900, DECADE = 10 };
    int first_of_century = number > 0 ? number * 100 - 100 : LAST_CENTURY;
    int decade = group_number(reading, item, DATE_decade, -1);
    if (decade < 0)
        return false;
    date->start.unit = DATE_DECADE;
    date->start.year = decade < 100 ? first_of_century + decade : decade;
    date->context = decade < 100 && number == 0; /* những năm 90: which century's is not said */
    decade = group_number(reading, item, DATE_decade2, -1);
    if (decade == -1)
        return true;
    date->span = true; /* những năm 70-80 */
    date->end.unit = DATE_DECADE;
    date->end.has_year = true;
    date->end.year = decade < 100 ? date->start.year / 100 * 100 + decade : decade;
    return date->end.year >= date->start.year + DECADE && date->end.year <= date->start.year + 100;
}

/* đầu năm đến tháng 6, tháng 7 đến hết năm: the year's first or last month. */
static void read_end_of_year(const struct item *item, struct date *date)
{
    if (!match_has(&item->match, DATE_unit))
        return;
    bool from = date->start.unit == DATE_NO_UNIT;
    struct moment *end = from ? &date->start : &date->end;
    *end = no_moment;
    end->unit = DATE_MONTH;
    end->month = from ? 1 : DATE_MONTHS;
}

static bool read_groups(struct reading *reading, struct item *item, struct date *date)
{
    date->lunar = date->form == DATE_FORM_LUNAR || date->form == DATE_FORM_SEXAGENARY ||
                  match_has(&item->match, DATE_lunar);
    date->words = rules_known(reading->rules, TABLE_DEICTIC);
    date->word = lookup_row(date->words, item_group(item, DATE_deictic));
    date->word2 = lookup_row(date->words, item_group(item, DATE_deictic2));
    date->weekday = group_row_number(reading, item, DATE_weekday, TABLE_WEEKDAYS, COLUMN_WEEKDAY);
    if (!read_moment(reading, item, &start_groups, &date->start, date) ||
        !read_moment(reading, item, &end_groups, &date->end, date))
        return false;
    if (slice_is(slice_from(item->match.rule->form), "early-year"))
        date->start.two_digits = false;
    date->year_given = date->start.has_year || date->end.has_year;
    switch (date->form) {
    case DATE_FORM_RANGE:
        date->span = true;
        read_end_of_year(item, date);
        return check_span(date);
    case DATE_FORM_STRETCH:
    case DATE_FORM_HALF:
    case DATE_FORM_EDGE:
        return read_stretch(reading, item, date) || date->form == DATE_FORM_EDGE;
    case DATE_FORM_DECADE:
    case DATE_FORM_CENTURY:
        return read_long(reading, item, date);
    case DATE_FORM_WEEK:
        date->count = group_number(reading, item, DATE_week, 0);
        return date->start.has_year && date->count > 0;
    case DATE_FORM_SEASON:
        date->start.season = group_row_number(reading, item, DATE_season, TABLE_SEASONS, COLUMN_SEASON);
        date->start.unit = DATE_SEASON;
        return date->start.season != 0;
    case DATE_FORM_OPEN: /* what a list's last member gives is not this one's own */
        date->year_given = false;
        date->context = true;
        date->start.has_year = date->start.two_digits = false;
        return date->start.unit != DATE_NO_UNIT;
    case DATE_FORM_POINT:
        return date->start.unit != DATE_NO_UNIT;
    default:
        return true;
    }
}

/* A list goes on with the same sort of thing: years behind years. */
static bool continues_list(const struct reading *reading, const struct item *item, const struct date *date)
{
    if (item->match.rule->role != RULE_AFTER || reading->item_count == 0)
        return true;
    const struct item *before = reading->items[reading->item_count - 1];
    if (before->kind != KIND_DATE || before->data == NULL)
        return false;
    const struct date *other = date_of(before);
    const struct moment *from = other->span ? &other->end : &other->start;
    if (date->form == DATE_FORM_SEXAGENARY)
        return other->form == DATE_FORM_SEXAGENARY;
    if (date->start.unit == DATE_YEAR) {
        enum { WIDEST_LIST = 60 };
        int apart = date->start.year - from->year;
        return from->unit == DATE_YEAR && from->has_year && other->form != DATE_FORM_WORD && apart != 0 &&
               apart > -WIDEST_LIST && apart < WIDEST_LIST && from->year >= 1900;
    }
    if (date->start.unit == DATE_DAY)
        return from->unit == DATE_DAY;
    return from->unit == date->start.unit;
}

/* Nghị định 56/2017/NĐ-CP ngày 9/5: the year in the symbol of the document whose day of issue this is. */
static int read_paper_year(const struct reading *reading, const struct item *item)
{
    enum { REACH = 4 }; /* items: districts of the body may stand between */
    for (size_t i = reading->item_count; i > 0 && i + REACH > reading->item_count; i--) {
        const struct item *paper = reading->items[i - 1];
        if (paper->kind != KIND_DOCUMENT_NUMBER)
            continue;
        struct slice year = item_group(paper, DOCUMENT_year);
        if (!match_has(&paper->match, DOCUMENT_issued) || year.length != 4 ||
            match_group_start(&paper->match, DOCUMENT_issued) != item->match.start)
            return 0;
        return (year.data[0] - '0') * 1000 + (year.data[1] - '0') * 100 + (year.data[2] - '0') * 10 +
               (year.data[3] - '0');
    }
    return 0;
}

bool date_read(struct reading *reading, struct item *item)
{
    struct date *date = arena_calloc(reading->arena, 1, sizeof *date);
    if (date == NULL) {
        reading->failed = true;
        return true;
    }
    if (!find_form(slice_from(item->match.rule->form), date) || !read_groups(reading, item, date) ||
        !continues_list(reading, item, date))
        return false;
    date->part = group_cell(reading, item, DATE_part, TABLE_DAY_PARTS, COLUMN_PART);
    date->mod = group_cell(reading, item, DATE_mod, TABLE_DATE_MODS, COLUMN_MOD);
    if (date->mod.length == 0)
        date->mod = group_cell(reading, item, DATE_part, TABLE_DAY_PARTS, COLUMN_MOD);
    date->paper_year = read_paper_year(reading, item);
    item->data = date;
    return true;
}

static bool list_dates(struct date_state *state)
{
    const struct reading *reading = state->reading;
    state->dates = arena_calloc(reading->arena, reading->item_count + 1, sizeof(struct item *));
    for (size_t i = 0; state->dates != NULL && i < reading->item_count; i++)
        if (reading->items[i]->kind == KIND_DATE && !reading->items[i]->dropped)
            state->dates[state->date_count++] = reading->items[i];
    return state->dates != NULL;
}

void date_resolve(struct reading *reading)
{
    struct date_state state = {.reading = reading};
    if (!list_dates(&state)) {
        reading->failed = true;
        return;
    }
    date_settle_context(&state);
    date_widen_years(&state);
    date_year_prepare(&state);
    for (; state.index < state.date_count && !reading->failed; state.index++) {
        struct item *item = state.dates[state.index];
        if (date_is_generic(&state, item)) {
            struct date *date = date_of(item);
            date->any_year = date->form == DATE_FORM_POINT && date->start.month != 0;
            item->dropped = !date->any_year;
        }
        if (item->dropped)
            continue;
        date_resolve_item(&state, item);
        date_set_attributes(reading, item);
    }
}
