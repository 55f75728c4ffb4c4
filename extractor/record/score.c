/*
 * Scoring as the record contract defines it. The counts of a value match depend on the order in which records
 * are paired: expected ones in the order of the text, each with the first that is still free.
 */
#include <stdlib.h>

#include "../base/arena.h"
#include "../base/array.h"
#include "../base/error.h"
#include "agree.h"

static const char article_kind[] = "article";

struct trich_score {
    struct arena arena;        /* names */
    struct trich_tally *kinds; /* the last one is of all kinds */
    size_t kind_count;
    struct trich_attribute_tally *attributes;
    size_t attribute_count, attribute_capacity;
};

struct pairing {
    struct trich_score *score;
    const struct trich_article *expected, *got;
    size_t *window;   /* of each expected record, the first got one that does not end before it */
    bool *used;       /* of each got record: it has its value match */
    bool *told;       /* of each got record: it is in a comparison */
    size_t *value_of; /* of each expected record, its value match, or NONE */
    struct trich_comparison *comparisons; /* one for each expected record */
};

#define NONE ((size_t)-1)

trich_score *trich_score_new(struct trich_error *error)
{
    trich_score *score = calloc(1, sizeof *score);
    struct trich_tally *kinds = calloc(AGREE_KIND_COUNT + 1, sizeof *kinds);
    if (score == NULL || kinds == NULL) {
        free(score);
        free(kinds);
        error_memory(error);
        return NULL;
    }
    arena_init(&score->arena);
    for (size_t i = 0; i < AGREE_KIND_COUNT; i++)
        kinds[i].kind = agree_kinds[i];
    score->kinds = kinds;
    score->kind_count = AGREE_KIND_COUNT + 1;
    return score;
}

void trich_score_free(trich_score *score)
{
    if (score == NULL)
        return;
    arena_clear(&score->arena);
    free(score->kinds);
    free(score->attributes);
    free(score);
}

/* ---- the tables of counts ---- */

/* NULL when out of memory. Pointers got earlier are no longer good. */
static struct trich_tally *tally_of(struct trich_score *score, const char *kind)
{
    size_t place = 0;
    size_t last = score->kind_count - 1;
    while (place < AGREE_KIND_COUNT && strcmp(score->kinds[place].kind, kind) != 0)
        place++;
    if (place == AGREE_KIND_COUNT)
        while (place < last && strcmp(score->kinds[place].kind, kind) < 0)
            place++;
    if (place < last && strcmp(score->kinds[place].kind, kind) == 0)
        return &score->kinds[place];
    const char *name = arena_string(&score->arena, slice_from(kind));
    struct trich_tally *kinds = realloc(score->kinds, (score->kind_count + 1) * sizeof *kinds);
    if (kinds != NULL)
        score->kinds = kinds;
    if (name == NULL || kinds == NULL)
        return NULL;
    memmove(kinds + place + 1, kinds + place, (score->kind_count - place) * sizeof *kinds);
    score->kind_count++;
    kinds[place] = (struct trich_tally){.kind = name};
    return &kinds[place];
}

static int rank(const char *kind)
{
    int rank = 0;
    while (rank < AGREE_KIND_COUNT && strcmp(kind, agree_kinds[rank]) != 0)
        rank++;
    return strcmp(kind, article_kind) == 0 ? AGREE_KIND_COUNT + 1 : rank;
}

static int compare_names(const struct trich_attribute_tally *tally, const char *kind, const char *name)
{
    int order = rank(tally->kind) - rank(kind);
    if (order == 0)
        order = strcmp(tally->kind, kind);
    return order != 0 ? order : strcmp(tally->name, name);
}

static struct trich_attribute_tally *attribute_tally_of(struct trich_score *score, const char *kind,
                                                        const char *name)
{
    size_t place = 0;
    while (place < score->attribute_count && compare_names(&score->attributes[place], kind, name) < 0)
        place++;
    if (place < score->attribute_count && compare_names(&score->attributes[place], kind, name) == 0)
        return &score->attributes[place];
    if (!array_grow(&score->attributes, &score->attribute_capacity, score->attribute_count + 1,
                    sizeof *score->attributes))
        return NULL;
    struct trich_attribute_tally *tally = &score->attributes[place];
    const char *own_kind = arena_string(&score->arena, slice_from(kind));
    const char *own_name = arena_string(&score->arena, slice_from(name));
    if (own_kind == NULL || own_name == NULL)
        return NULL;
    memmove(tally + 1, tally, (score->attribute_count - place) * sizeof *tally);
    score->attribute_count++;
    *tally = (struct trich_attribute_tally){.kind = own_kind, .name = own_name};
    return tally;
}

/* Adds an attribute's value on both sides, "" or NULL where it is absent. */
static bool count_attribute(struct trich_score *score, const char *kind, const char *name,
                            const char *expected, const char *got)
{
    bool has_expected = expected != NULL && *expected != '\0';
    bool has_got = got != NULL && *got != '\0';
    if (!has_expected && !has_got)
        return true;
    struct trich_attribute_tally *tally = attribute_tally_of(score, kind, name);
    if (tally == NULL)
        return false;
    tally->expected += has_expected;
    tally->got += has_got;
    if (has_expected && has_got)
        tally->right += strcmp(name, "of") == 0 ? agree_of(expected, got) : strcmp(expected, got) == 0;
    return true;
}

/* Where the record starts that this one repeats; NONE if it repeats none. */
static size_t repeated(const struct trich_article *article, const struct trich_record *record)
{
    return record->same_as != 0 ? article->records[record->same_as - 1].start : NONE;
}

static bool count_optional(const struct pairing *p, const struct trich_record *expected,
                           const struct trich_record *got)
{
    struct trich_score *score = p->score;
    const char *kind = expected->kind;
    for (size_t i = 0; i < expected->attribute_count; i++) {
        const char *name = expected->attributes[i].name;
        if (!agree_is_required(kind, name) &&
            !count_attribute(score, kind, name, expected->attributes[i].value, trich_record_get(got, name)))
            return false;
    }
    for (size_t i = 0; i < got->attribute_count; i++) {
        const char *name = got->attributes[i].name;
        if (!agree_is_required(kind, name) && trich_record_get(expected, name) == NULL &&
            !count_attribute(score, kind, name, NULL, got->attributes[i].value))
            return false;
    }
    if (expected->same_as == 0 && got->same_as == 0)
        return true;
    struct trich_attribute_tally *tally = attribute_tally_of(score, kind, "same-as");
    if (tally == NULL)
        return false;
    tally->expected += expected->same_as != 0;
    tally->got += got->same_as != 0;
    tally->right += repeated(p->expected, expected) == repeated(p->got, got);
    return true;
}

/* ---- one article ---- */

static bool same_kind(const struct trich_record *a, const struct trich_record *b)
{
    return strcmp(a->kind, b->kind) == 0;
}

static bool same_extent(const struct trich_record *a, const struct trich_record *b)
{
    return a->start == b->start && a->end == b->end;
}

/* Where the got records begin that can overlap each expected one: both lists are in order. */
static void find_windows(struct pairing *p)
{
    size_t from = 0;
    for (size_t i = 0; i < p->expected->record_count; i++) {
        while (from < p->got->record_count && p->got->records[from].end <= p->expected->records[i].start)
            from++;
        p->window[i] = from;
    }
}

static bool count_expected(struct pairing *p, size_t i)
{
    const struct trich_record *expected = &p->expected->records[i];
    struct trich_tally *tally = tally_of(p->score, expected->kind);
    if (tally == NULL)
        return false;
    size_t extent = NONE;
    size_t value = NONE;
    for (size_t j = p->window[i]; j < p->got->record_count; j++) {
        const struct trich_record *got = &p->got->records[j];
        if (got->start >= expected->end)
            break;
        if (!same_kind(expected, got))
            continue;
        if (extent == NONE && same_extent(expected, got))
            extent = j;
        if (value == NONE && !p->used[j] && expected->start < got->end && agree_required(expected, got))
            value = j;
    }
    tally->expected++;
    if (value != NONE) {
        tally->value++;
        p->used[value] = true;
    }
    p->value_of[i] = value;
    p->comparisons[i] = (struct trich_comparison){.verdict = TRICH_MISS, .expected = expected};
    if (extent == NONE)
        return true;
    const struct trich_record *got = &p->got->records[extent];
    tally->extent++;
    if (agree_required(expected, got)) {
        tally->exact++;
        p->told[extent] = true;
        p->comparisons[i] = (struct trich_comparison){
            TRICH_EXACT, expected, got,
            agree_all(expected, got) && repeated(p->expected, expected) == repeated(p->got, got)};
    }
    return count_optional(p, expected, got);
}

/* What the expected records that have no exact match are shown with: the nearest that is still free. */
static void pair_rest(struct pairing *p, size_t i)
{
    struct trich_comparison *comparison = &p->comparisons[i];
    const struct trich_record *expected = comparison->expected;
    size_t best = NONE;
    if (comparison->verdict == TRICH_EXACT)
        return;
    for (size_t j = p->window[i]; j < p->got->record_count && p->got->records[j].start < expected->end; j++) {
        const struct trich_record *got = &p->got->records[j];
        bool anothers = p->used[j] && j != p->value_of[i];
        if (p->told[j] || anothers || !same_kind(expected, got))
            continue;
        enum trich_verdict verdict = TRICH_OVERLAP;
        if (j == p->value_of[i])
            verdict = TRICH_VALUE;
        else if (same_extent(expected, got))
            verdict = TRICH_EXTENT;
        if (verdict < comparison->verdict) {
            comparison->verdict = verdict;
            comparison->got = got;
            best = j;
        }
    }
    if (best != NONE)
        p->told[best] = true;
}

static void tell(struct pairing *p, trich_compare *compare, void *closure)
{
    size_t i = 0;
    for (size_t j = 0; j <= p->got->record_count; j++) {
        bool rest = j == p->got->record_count;
        const struct trich_record *got = rest ? NULL : &p->got->records[j];
        if (!rest && p->told[j])
            continue;
        for (; i < p->expected->record_count && (rest || p->expected->records[i].start <= got->start); i++)
            compare(closure, &p->comparisons[i]);
        if (!rest)
            compare(closure, &(struct trich_comparison){.verdict = TRICH_SURPLUS, .got = got});
    }
}

static bool score_article(struct pairing *p)
{
    find_windows(p);
    for (size_t i = 0; i < p->got->record_count; i++) {
        struct trich_tally *tally = tally_of(p->score, p->got->records[i].kind);
        if (tally == NULL)
            return false;
        tally->got++;
    }
    for (size_t i = 0; i < p->expected->record_count; i++)
        if (!count_expected(p, i))
            return false;
    for (size_t i = 0; i < p->expected->record_count; i++)
        pair_rest(p, i);
    if (p->expected->date_from != TRICH_DATE_OPTION && p->got->date_from != TRICH_DATE_OPTION)
        return count_attribute(p->score, article_kind, "date", p->expected->date, p->got->date);
    return true;
}

static void sum_up(struct trich_score *score)
{
    struct trich_tally *all = &score->kinds[score->kind_count - 1];
    *all = (struct trich_tally){.kind = NULL};
    for (const struct trich_tally *kind = score->kinds; kind < all; kind++) {
        all->expected += kind->expected;
        all->got += kind->got;
        all->exact += kind->exact;
        all->value += kind->value;
        all->extent += kind->extent;
    }
}

bool trich_score_add(trich_score *score, const struct trich_article *expected,
                     const struct trich_article *got, trich_compare *compare, void *closure,
                     struct trich_error *error)
{
    struct arena scratch;
    arena_init(&scratch);
    /* One more than needed: nothing is of size 0. */
    size_t expected_count = expected->record_count + 1;
    size_t got_count = got->record_count + 1;
    struct pairing pairing = {.score = score,
                              .expected = expected,
                              .got = got,
                              .window = arena_calloc(&scratch, expected_count, sizeof *pairing.window),
                              .used = arena_calloc(&scratch, got_count, sizeof *pairing.used),
                              .told = arena_calloc(&scratch, got_count, sizeof *pairing.told),
                              .value_of = arena_calloc(&scratch, expected_count, sizeof *pairing.value_of),
                              .comparisons =
                                  arena_calloc(&scratch, expected_count, sizeof *pairing.comparisons)};
    bool good = pairing.window != NULL && pairing.used != NULL && pairing.told != NULL &&
                pairing.value_of != NULL && pairing.comparisons != NULL && score_article(&pairing);
    if (good && compare != NULL)
        tell(&pairing, compare, closure);
    sum_up(score);
    arena_clear(&scratch);
    return good || error_memory(error);
}

size_t trich_score_count(const trich_score *score)
{
    return score->kind_count;
}

struct trich_tally trich_score_get(const trich_score *score, size_t index)
{
    return score->kinds[index];
}

size_t trich_score_attribute_count(const trich_score *score)
{
    return score->attribute_count;
}

struct trich_attribute_tally trich_score_attribute(const trich_score *score, size_t index)
{
    return score->attributes[index];
}

/* In this order of operations, so that what is rounded is what the contract's own scorer rounds. */
struct trich_rates trich_rates(size_t right, size_t expected, size_t got)
{
    double precision = got > 0 ? (double)right / (double)got : 0;
    double recall = expected > 0 ? (double)right / (double)expected : 0;
    double sum = precision + recall;
    return (struct trich_rates){100 * precision, 100 * recall,
                                100 * (sum > 0 ? 2 * precision * recall / sum : 0)};
}
