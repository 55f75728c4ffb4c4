#include "figure_context.h"

#include "../base/utf8.h"
#include "character.h"
#include "lookup.h"
#include "words.h"

enum { MAX_PHRASE = 4, MAX_LIST = 8, MOD_WORDS = 8, MAX_BRACKET = 40, CLAUSE_WORDS = 12 };

/* ---- in front ------------------------------------------------------------------------------------- */

/* Steps back over one blank or line break; false at a paragraph's start. */
static bool skip_blank_back(const struct reading *reading, size_t *at)
{
    if (*at == 0 || !is_blank(reading->text[*at - 1]))
        return false;
    --*at;
    return *at > 0 && !is_blank(reading->text[*at - 1]);
}

/* An ellipsis or other sign of the block "general punctuation" starts here; its bytes look like a letter's.
 */
static bool is_punctuation(const struct reading *reading, size_t at)
{
    return at + 2 < reading->length && memcmp(reading->text + at, "\xE2\x80", 2) == 0;
}

static size_t letters_start(const struct reading *reading, size_t end)
{
    const char *text = reading->text;
    while (end > 0 && is_letter(text[end - 1]) &&
           !(utf8_is_inside(text[end - 1]) && end >= 3 && is_punctuation(reading, end - 3)))
        end--;
    return end;
}

static size_t number_start(const struct reading *reading, size_t end)
{
    const char *text = reading->text;
    while (end > 0 &&
           (is_digit(text[end - 1]) ||
            (end > 1 && (text[end - 1] == '.' || text[end - 1] == ',') && is_digit(text[end - 2]))))
        end--;
    return end;
}

/* Row of the longest phrase that ends at `end`, in any case; *start is where it begins. */
static long find_phrase_back(const struct table *table, const struct reading *reading, size_t end,
                             size_t *start)
{
    long found = TABLE_NONE;
    size_t at = end;
    bool longer = table != NULL;
    for (size_t count = 0; longer && count < MAX_PHRASE; count++) {
        size_t from = letters_start(reading, at);
        if (from == at)
            break;
        long row =
            lookup_part(table, (struct slice){reading->text + from, end - from}, TABLE_ENDING, &longer);
        if (row != TABLE_NONE || count == 0)
            *start = from;
        found = row != TABLE_NONE ? row : found;
        at = from;
        if (!skip_blank_back(reading, &at))
            break;
    }
    return found;
}

static void set_effects(struct figure_before *before, traits effects)
{
    static const struct {
        enum trait trait;
        const char *name;
    } mods[] = {{TRAIT_APPROX, "approx"},
                {TRAIT_MORE, "more"},
                {TRAIT_LESS, "less"},
                {TRAIT_MIN, "min"},
                {TRAIT_MAX, "max"}};
    for (size_t i = 0; i < sizeof mods / sizeof *mods; i++)
        if (has_trait(effects, mods[i].trait))
            before->mod = slice_from(mods[i].name);
    before->from = has_trait(effects, TRAIT_FROM);
    before->on = has_trait(effects, TRAIT_ON);
    before->larger = has_trait(effects, TRAIT_LARGER);
    before->older = has_trait(effects, TRAIT_OLDER);
    before->term = has_trait(effects, TRAIT_TERM);
    before->after = has_trait(effects, TRAIT_AFTER);
    before->during = has_trait(effects, TRAIT_DURING);
    before->clock = has_trait(effects, TRAIT_CLOCK);
    before->counts = has_trait(effects, TRAIT_COUNT);
    before->age = has_trait(effects, TRAIT_AGE);
    before->ordinal = has_trait(effects, TRAIT_ORDINAL);
    before->name = before->ordinal || has_trait(effects, TRAIT_NAME);
    before->digits_name = has_trait(effects, TRAIT_DIGITS);
    before->label = has_trait(effects, TRAIT_LABEL);
    before->vague = has_trait(effects, TRAIT_VAGUE);
    before->reaches = has_trait(effects, TRAIT_REACHES);
    before->place = has_trait(effects, TRAIT_PLACE);
}

/* "2 lớp 30 học sinh": what is counted itself labels nothing; but điểm 2 điều 38. */
static bool is_counted(const struct reading *reading, const struct table *table, size_t start)
{
    size_t phrase;
    if (!skip_blank_back(reading, &start) || !is_digit(reading->text[start - 1]))
        return false;
    size_t number = number_start(reading, start);
    if (!skip_blank_back(reading, &number))
        return true;
    traits front = lookup_traits(table, find_phrase_back(table, reading, number, &phrase));
    return !has_trait(front, TRAIT_NAME) && !has_trait(front, TRAIT_LABEL);
}

/* World Cup 2014 và 2 trận: a year and a small number make no list. */
static bool is_year_before_small(const struct reading *reading, size_t year, size_t end, size_t number)
{
    const char *text = reading->text;
    bool century =
        end - year == 4 && (memcmp(text + year, "19", 2) == 0 || memcmp(text + year, "20", 2) == 0);
    size_t digits = 0;
    while (number + digits < reading->length && is_digit(text[number + digits]))
        digits++;
    return century && digits < 3;
}

/*
 * Whether the number at start goes on a list whose head is an ordinal (Điều 5, 6 và 7): joined to the number
 * before by a comma, a dash or a word such as "và", and so on back to the head. *age: it is a list of ages (ở
 * tuổi 50, 60).
 */
static bool is_listed(const struct reading *reading, const struct table *table, size_t start, bool *age)
{
    const char *text = reading->text;
    for (int i = 0; i < MAX_LIST; i++) {
        size_t phrase;
        size_t at = start;
        (void)skip_blank_back(reading, &at);
        if (at > 0 && (text[at - 1] == ',' || text[at - 1] == '-' || text[at - 1] == '/')) {
            at--;
        } else {
            long joint = find_phrase_back(table, reading, at, &phrase);
            if (joint == TABLE_NONE || !has_trait(lookup_traits(table, joint), TRAIT_AND))
                break;
            at = phrase;
        }
        (void)skip_blank_back(reading, &at);
        size_t number = number_start(reading, at);
        if (number == at || is_year_before_small(reading, number, at, start))
            return false;
        start = number;
        if (!skip_blank_back(reading, &number))
            return false;
        long row = find_phrase_back(table, reading, number, &phrase);
        traits effects = lookup_traits(table, row);
        if (has_trait(effects, TRAIT_NAME) || has_trait(effects, TRAIT_LABEL) ||
            has_trait(effects, TRAIT_ORDINAL))
            return true;
        if (has_trait(effects, TRAIT_AGE)) {
            *age = true;
            return false;
        }
    }
    return false;
}

/* The mod that a sign in front gives: ≥36, <5, ~45. */
static struct slice sign_before(const char *text, size_t at)
{
    if (text[at - 1] == '>' || text[at - 1] == '<')
        return text[at - 1] == '>' ? SLICE("more") : SLICE("less");
    if (text[at - 1] == '~')
        return SLICE("approx");
    if (at >= 3 && memcmp(text + at - 3, "\xE2\x89\xA5", 3) == 0)
        return SLICE("min");
    if (at >= 3 && memcmp(text + at - 3, "\xE2\x89\xA4", 3) == 0)
        return SLICE("max");
    return (struct slice){NULL, 0};
}

struct figure_before figure_context_before(const struct reading *reading, size_t start)
{
    const struct table *table = rules_known(reading->rules, TABLE_BEFORE_FIGURES);
    struct figure_before before = {.mod = {NULL, 0}};
    const char *text = reading->text;
    size_t at = start;
    if (at > 0 && (text[at - 1] == '"' || text[at - 1] == '\'')) {
        before.quoted = true;
        return before;
    }
    before.opened = at > 0 && text[at - 1] == '(';
    if (at == 0 || before.opened)
        return before;
    before.mod = sign_before(text, at);
    if (before.mod.data == NULL && at > 1 && is_blank(text[at - 1])) /* < 6 tháng */
        before.mod = sign_before(text, at - 1);
    if (before.mod.data != NULL)
        return before;
    bool blank = skip_blank_back(reading, &at);
    if (blank && (text[at - 1] == ',' || text[at - 1] == '-')) {
        before.listed = is_listed(reading, table, start, &before.age);
        return before;
    }
    if (at > 0 && text[at - 1] == ':') {
        before.colon = true;
        at--;
        (void)skip_blank_back(reading, &at);
    }
    size_t phrase = at;
    long row = find_phrase_back(table, reading, at, &phrase);
    traits effects = lookup_traits(table, row);
    if (before.colon && !has_trait(effects, TRAIT_NAME)) {
        /* Thời hạn tối đa: 15 ngày */
        if (has_trait(effects, TRAIT_COLON))
            before.mod = has_trait(effects, TRAIT_MIN) ? SLICE("min") : SLICE("max");
        return before;
    }
    set_effects(&before, effects);
    /* 2 lớp 30 học sinh; 4 ngày 3 đêm */
    if (is_counted(reading, table, phrase)) {
        before.label = false;
        if (has_trait(effects, TRAIT_SPAN))
            before.name = before.digits_name = false;
    }
    if (has_trait(effects, TRAIT_AND))
        before.listed = is_listed(reading, table, start, &before.age);
    size_t word = letters_start(reading, at);
    before.capital = row == TABLE_NONE && word < at && figure_context_is_capital(text + word);
    before.shouted = figure_context_is_shouted((struct slice){text + word, at - word});
    return before;
}

/*
 * What the words in front in the clause say of a bare amount, that it is money or a count: all of them, up to
 * the nearest one that says something of `enough`.
 */
static traits clause_kind(const struct reading *reading, size_t start, traits enough)
{
    const struct table *table = rules_known(reading->rules, TABLE_BARE_AMOUNTS);
    traits found = {{0}};
    size_t at = start;
    for (int i = 0; i < CLAUSE_WORDS && !share_trait(found, enough) && skip_blank_back(reading, &at); i++) {
        size_t phrase;
        if (strchr(".;!?", reading->text[at - 1]) != NULL)
            break;
        while (at > 0 && strchr(",:()\"", reading->text[at - 1]) != NULL)
            at--;
        add_traits(&found, lookup_traits(table, find_phrase_back(table, reading, at, &phrase)));
        while (at > 0 && !is_blank(reading->text[at - 1]))
            at--;
    }
    return found;
}

static traits with_trait(traits set, enum trait trait)
{
    add_trait(&set, trait);
    return set;
}

bool figure_context_is_tally(const struct reading *reading, size_t start)
{
    traits kinds = clause_kind(reading, start, with_trait((traits){{0}}, TRAIT_MONEY));
    return has_trait(kinds, TRAIT_COUNT) && !has_trait(kinds, TRAIT_MONEY);
}

traits figure_context_clause(const struct reading *reading, size_t start)
{
    return clause_kind(reading, start, with_trait(with_trait((traits){{0}}, TRAIT_COUNT), TRAIT_MONEY));
}

/* The words in front say what something comes to: là, lên tới; so do "lên tới gần", "là khoảng". */
static bool reaches(const struct reading *reading, size_t start)
{
    const struct table *table = rules_known(reading->rules, TABLE_BEFORE_FIGURES);
    size_t at = start;
    for (int i = 0; i < 2 && skip_blank_back(reading, &at); i++) {
        size_t phrase = at;
        traits effects = lookup_traits(table, find_phrase_back(table, reading, at, &phrase));
        if (has_trait(effects, TRAIT_REACHES))
            return true;
        if (!has_trait(effects, TRAIT_APPROX) && !has_trait(effects, TRAIT_MORE))
            return false;
        at = phrase;
    }
    return false;
}

enum figure_sum figure_context_sum(const struct reading *reading, size_t start, bool decimal)
{
    if (!decimal && !reaches(reading, start))
        return SUM_NONE;
    traits kinds = clause_kind(reading, start, with_trait(with_trait((traits){{0}}, TRAIT_SUM), TRAIT_AGE));
    if (has_trait(kinds, TRAIT_AGE))
        return SUM_AGE;
    return decimal || has_trait(kinds, TRAIT_SUM) ? SUM_COUNT : SUM_NONE;
}

bool figure_context_joint_before(const struct reading *reading, size_t *at)
{
    const struct table *table = rules_known(reading->rules, TABLE_BEFORE_FIGURES);
    size_t end = *at;
    if (!skip_blank_back(reading, &end))
        return false;
    if (reading->text[end - 1] == ',' || reading->text[end - 1] == ';') {
        *at = end - 1;
        return true;
    }
    size_t phrase = end;
    long row = find_phrase_back(table, reading, end, &phrase);
    if (!has_trait(lookup_traits(table, row), TRAIT_AND))
        return false;
    *at = phrase;
    return skip_blank_back(reading, at);
}

/* ---- behind --------------------------------------------------------------------------------------- */

/* Steps over one blank or line break; false at a paragraph's end. */
static bool skip_blank(const struct reading *reading, size_t *at)
{
    if (*at >= reading->length || !is_blank(reading->text[*at]))
        return false;
    ++*at;
    return *at < reading->length && !is_blank(reading->text[*at]);
}

/* A word may hold digits and single dashes: F0, Covid-19, hat-trick. */
static size_t word_end(const struct reading *reading, size_t at)
{
    const char *text = reading->text;
    const size_t length = reading->length;
    for (; at < length; at++) {
        bool dash = text[at] == '-' && at + 1 < length;
        char c = text[at + dash];
        if ((!is_letter(c) && !is_digit(c)) || (text[at] == '\xE2' && is_punctuation(reading, at)))
            break;
    }
    return at;
}

/* Row of the longest phrase that starts with the word from `at` to `to`, in any case if fold; *end is where
 * it ends. */
static long find_phrase_from(const struct table *table, const struct reading *reading, size_t at, size_t to,
                             bool fold, size_t *end)
{
    long found = TABLE_NONE;
    size_t from = at;
    bool longer = table != NULL;
    for (size_t count = 0; longer && count < MAX_PHRASE; count++) {
        if (count > 0)
            to = word_end(reading, from);
        if (to == from)
            break;
        struct slice phrase = {reading->text + at, to - at};
        long row = fold ? lookup_part(table, phrase, TABLE_BEGINNING, &longer)
                        : table_find_part(table, phrase, TABLE_BEGINNING, &longer);
        if (row != TABLE_NONE || count == 0)
            *end = to;
        found = row != TABLE_NONE ? row : found;
        from = to;
        if (!skip_blank(reading, &from))
            break;
    }
    return found;
}

static long find_phrase(const struct table *table, const struct reading *reading, size_t at, bool fold,
                        size_t *end)
{
    return find_phrase_from(table, reading, at, word_end(reading, at), fold, end);
}

/* End of a rate whose first noun ends at `end`: người/phiên trực; a unit (lượt khách/năm) says how often. */
static size_t rate_end(const struct reading *reading, const struct table *table, size_t end)
{
    const struct table *units = rules_known(reading->rules, TABLE_UNITS);
    size_t at = end + 1;
    size_t phrase;
    if (at >= reading->length || reading->text[end] != '/' || !is_letter(reading->text[at]))
        return end;
    struct slice per = {reading->text + at, word_end(reading, at) - at};
    if (lookup_cell(units, lookup_row(units, per), COLUMN_DIVISOR).length > 0)
        return end;
    return find_phrase(table, reading, at, false, &phrase) != TABLE_NONE ? phrase : word_end(reading, at);
}

/*
 * End of the noun with the word behind the classifier that ends at end: con cá, chiếc Airbus; of an event
 * with its verb: vụ va chạm. A word that the table does not know belongs to a classifier that says nothing
 * alone, a name only to one of makers' things.
 */
static size_t extend(const struct reading *reading, const struct table *table, size_t end, long classifier)
{
    size_t at = end;
    size_t phrase;
    if (!skip_blank(reading, &at) || !is_letter(reading->text[at]))
        return end;
    long row = find_phrase(table, reading, at, false, &phrase);
    if (row == TABLE_NONE) {
        traits said = lookup_traits(table, classifier);
        bool known = figure_context_is_capital(reading->text + at) ? has_trait(said, TRAIT_MAKERS)
                                                                   : !has_trait(said, TRAIT_ALONE);
        return known ? word_end(reading, at) : end;
    }
    traits word = lookup_traits(table, row);
    bool event = has_trait(lookup_traits(table, classifier), TRAIT_EVENT);
    bool verb = has_trait(word, TRAIT_ACT) || has_trait(word, TRAIT_DEED);
    bool ends = has_trait(word, TRAIT_NONE) || has_trait(word, TRAIT_MONEY) || (verb && !event);
    return ends ? end : phrase;
}

static enum noun_class noun_class(traits noun)
{
    static const struct {
        enum trait trait;
        enum noun_class class;
    } classes[] = {{TRAIT_NONE, NOUN_NONE}, {TRAIT_ACT, NOUN_NONE},   {TRAIT_PART, NOUN_UNKNOWN},
                   {TRAIT_WEAK, NOUN_WEAK}, {TRAIT_LOOSE, NOUN_WEAK}, {TRAIT_MONEY, NOUN_MONEY},
                   {TRAIT_DEED, NOUN_DEED}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (has_trait(noun, classes[i].trait))
            return classes[i].class;
    return NOUN_COUNTED;
}

static struct figure_behind read_noun(const struct reading *reading, size_t at)
{
    const struct table *table = rules_known(reading->rules, TABLE_COUNTED_NOUNS);
    struct figure_behind behind = {.class = NOUN_NONE};
    if (table == NULL || at >= reading->length || !is_letter(reading->text[at]))
        return behind;
    size_t end;
    long row = find_phrase(table, reading, at, false, &end);
    if (row == TABLE_NONE && figure_context_is_capital(reading->text + at)) {
        row = find_phrase(table, reading, at, true, &end);
        behind.folded = row != TABLE_NONE;
        if (behind.folded && !has_trait(lookup_traits(table, row), TRAIT_NOUN) &&
            !has_trait(lookup_traits(table, row), TRAIT_PAPER))
            row = TABLE_NONE;
    }
    if (row == TABLE_NONE) {
        const struct table *units = rules_known(reading->rules, TABLE_UNITS);
        end = word_end(reading, at);
        if (lookup_row(units, (struct slice){reading->text + at, end - at}) != TABLE_NONE)
            return behind;
        behind.class = figure_context_is_capital(reading->text + at) ? NOUN_CAPITAL : NOUN_UNKNOWN;
    } else {
        traits noun = lookup_traits(table, row);
        behind.class = noun_class(noun);
        /* 1 Quyết định 176-HĐBT: a paper with its number is no kind that is counted */
        size_t next = end;
        if (behind.folded && has_trait(noun, TRAIT_PAPER) && skip_blank(reading, &next) &&
            is_digit(reading->text[next]))
            behind.class = NOUN_NONE;
        if (behind.class == NOUN_NONE)
            return behind;
        size_t first = at;
        while (first < end && is_letter(reading->text[first]))
            first++;
        behind.shouted = figure_context_is_shouted((struct slice){reading->text + at, first - at});
        behind.loose = has_trait(noun, TRAIT_LOOSE);
        behind.folded = behind.folded || (behind.loose && figure_context_is_capital(reading->text + at));
        if (has_trait(noun, TRAIT_CLASSIFIER) || has_trait(noun, TRAIT_EVENT))
            end = extend(reading, table, end, row);
    }
    end = rate_end(reading, table, end);
    behind.of = (struct slice){reading->text + at, end - at};
    behind.named = has_trait(lookup_traits(table, row), TRAIT_NAMES) && skip_blank(reading, &end) &&
                   is_letter(reading->text[end]) && figure_context_is_capital(reading->text + end);
    behind.street = behind.named && has_trait(lookup_traits(table, row), TRAIT_STREET);
    return behind;
}

struct figure_behind figure_context_behind(const struct reading *reading, size_t end)
{
    struct figure_behind behind = {.class = NOUN_NONE};
    size_t at = end;
    if (!skip_blank(reading, &at))
        return behind;
    /* hơn 400 'khủng bố', 4 "Mái ấm": quotation marks make a noun of what the table does not know */
    if (reading->text[at] == '"' || reading->text[at] == '\'') {
        struct figure_behind quoted = read_noun(reading, at + 1);
        if (quoted.class == NOUN_CAPITAL || quoted.folded)
            quoted.class = NOUN_UNKNOWN;
        quoted.quoted = quoted.class == NOUN_UNKNOWN;
        quoted.folded = quoted.folded && !quoted.quoted;
        return quoted.class == NOUN_COUNTED || quoted.class == NOUN_UNKNOWN ? quoted : behind;
    }
    if (reading->text[at] != '(')
        return read_noun(reading, at);
    /* 3 (người) */
    size_t close = at + 1;
    while (close < reading->length && close < at + MAX_BRACKET && reading->text[close] != ')')
        close++;
    behind = read_noun(reading, at + 1);
    if (close >= reading->length || reading->text[close] != ')' || behind.class != NOUN_COUNTED ||
        behind.of.data + behind.of.length != reading->text + close)
        return (struct figure_behind){.class = NOUN_NONE};
    return behind;
}

bool figure_context_joint_behind(const struct reading *reading, size_t *at)
{
    const struct table *table = rules_known(reading->rules, TABLE_BEFORE_FIGURES);
    size_t place = *at;
    if (place < reading->length && (reading->text[place] == ',' || reading->text[place] == ';')) {
        place++;
    } else {
        size_t word = place;
        if (!skip_blank(reading, &word))
            return false;
        place = word_end(reading, word);
        struct slice joint = {reading->text + word, place - word};
        if (!has_trait(lookup_traits(table, lookup_row(table, joint)), TRAIT_AND))
            return false;
    }
    *at = place;
    return skip_blank(reading, at);
}

bool figure_context_is_tally_of(const struct reading *reading, size_t end)
{
    const struct table *table = rules_known(reading->rules, TABLE_BARE_AMOUNTS);
    size_t phrase;
    return skip_blank(reading, &end) &&
           has_trait(lookup_traits(table, find_phrase(table, reading, end, false, &phrase)), TRAIT_COUNT);
}

traits figure_context_effect(const struct reading *reading, size_t at)
{
    const struct table *table = rules_known(reading->rules, TABLE_BEHIND_FIGURES);
    size_t end;
    if (table == NULL || !skip_blank(reading, &at))
        return (traits){{0}};
    return lookup_traits(table, find_phrase(table, reading, at, false, &end));
}

/* A word that ends what a number counts: a digit, or one that nothing is counted by. */
static bool ends_noun(const struct reading *reading, size_t at)
{
    const struct table *nouns = rules_known(reading->rules, TABLE_COUNTED_NOUNS);
    size_t end;
    return is_digit(reading->text[at]) ||
           has_trait(lookup_traits(nouns, find_phrase(nouns, reading, at, false, &end)), TRAIT_NONE);
}

/* Whether a word between the number's end and a place ends what the number counts. */
static bool noun_ends_before(const struct reading *reading, size_t at, size_t place)
{
    while (skip_blank(reading, &at) && at < place) {
        if (ends_noun(reading, at))
            return true;
        at = word_end(reading, at);
    }
    return false;
}

struct slice figure_context_mod_behind(const struct reading *reading, size_t at, bool from)
{
    const struct table *table = rules_known(reading->rules, TABLE_BEHIND_FIGURES);
    const size_t number_end = at;
    for (int i = 0; i < MOD_WORDS && table != NULL; i++) {
        const size_t before = at;
        size_t phrase;
        if (!skip_blank(reading, &at))
            break;
        size_t end = word_end(reading, at);
        traits effects = lookup_traits(table, find_phrase_from(table, reading, at, end, false, &phrase));
        if (has_trait(effects, TRAIT_MIN) || has_trait(effects, TRAIT_MAX)) /* seldom */
            return !from && noun_ends_before(reading, number_end, before) ? (struct slice){NULL, 0}
                   : has_trait(effects, TRAIT_MIN)                        ? SLICE("min")
                                                                          : SLICE("max");
        if (end == at || is_digit(reading->text[at]))
            break;
        at = end;
    }
    return (struct slice){NULL, 0};
}

bool figure_context_goes(const struct reading *reading, size_t at, enum trait effect)
{
    for (int i = 0; i < MOD_WORDS; i++) {
        if (has_trait(figure_context_effect(reading, at), effect))
            return true;
        if (!skip_blank(reading, &at))
            break;
        size_t end = word_end(reading, at);
        if (end == at)
            break;
        at = end;
    }
    return false;
}
