/* What the clause around a date says of it. */
#include "date.h"
#include "words.h"

#include <string.h>

enum { CLAUSE_BYTES = 120 };

/* Whether a clause ends at the place: with a sign that a blank follows, or the paragraph. */
static bool ends_clause(const struct reading *reading, size_t at)
{
    const char *text = reading->text;
    if (at + 1 >= reading->length)
        return true;
    if (text[at] == '\n')
        return text[at + 1] == '\n';
    return strchr(".;:!?", text[at]) != NULL && (text[at + 1] == ' ' || text[at + 1] == '\n');
}

struct slice date_clause_before(const struct reading *reading, const struct item *item)
{
    size_t from = item->match.start > CLAUSE_BYTES ? item->match.start - CLAUSE_BYTES : 0;
    for (size_t at = item->match.start; at-- > from;)
        if (ends_clause(reading, at))
            from = at + 1;
    return (struct slice){reading->text + from, item->match.start - from};
}

struct slice date_clause_behind(const struct reading *reading, const struct item *item)
{
    size_t end = item->match.end;
    while (end < reading->length && end - item->match.end < CLAUSE_BYTES && !ends_clause(reading, end))
        end++;
    return (struct slice){reading->text + item->match.end, end - item->match.end};
}

bool date_is_foretold(const struct reading *reading, const struct item *item)
{
    return words_include(words_table(reading->rules), date_clause_before(reading, item), TRAIT_WILL);
}

bool date_is_told_as_to_come(const struct reading *reading, const struct item *item)
{
    return words_include(words_table(reading->rules), date_clause_behind(reading, item), TRAIT_WILL);
}

bool date_opens_sentence(const struct reading *reading, const struct item *item)
{
    size_t start = item->match.start;
    return start < 2 || reading->text[start - 1] == '\n' || strchr(".!?", reading->text[start - 2]) != NULL;
}

bool date_is_gone_by(const struct reading *reading, const struct item *item)
{
    struct slice said = {reading->text + item->match.start, item->match.end - item->match.start};
    return match_has(&item->match, DATE_past) || words_include(words_table(reading->rules), said, TRAIT_GONE);
}

bool date_recurs(const struct reading *reading, const struct item *item)
{
    return words_include(words_table(reading->rules), date_clause_before(reading, item), TRAIT_VAGUE);
}
