/* The pipeline: one article through the stages. */
#include "trich.h"

#include <stdlib.h>

#include "internal.h"
#include "value/value.h"

const char *trich_version(void)
{
    return TRICH_VERSION;
}

static trich_rules *wrap_rules(struct rules *rules, struct trich_error *error)
{
    if (rules == NULL)
        return NULL;
    trich_rules *wrapped = malloc(sizeof *wrapped);
    if (wrapped == NULL) {
        rules_free(rules);
        error_memory(error);
        return NULL;
    }
    wrapped->rules = rules;
    return wrapped;
}

trich_rules *trich_rules_builtin(struct trich_error *error)
{
    return wrap_rules(rules_builtin(error), error);
}

trich_rules *trich_rules_load(const char *directory, struct trich_error *error)
{
    return wrap_rules(rules_load(directory, error), error);
}

uint64_t trich_rules_fingerprint(const trich_rules *rules)
{
    return rules_fingerprint(rules->rules);
}

void trich_rules_free(trich_rules *rules)
{
    if (rules == NULL)
        return;
    rules_free(rules->rules);
    free(rules);
}

trich_extractor *trich_extractor_new(const trich_rules *rules, struct trich_error *error)
{
    trich_extractor *extractor = calloc(1, sizeof *extractor);
    if (extractor == NULL) {
        error_memory(error);
        return NULL;
    }
    extractor->rules = rules->rules;
    text_init(&extractor->text);
    arena_init(&extractor->arena);
    extractor->matcher = matcher_new(rules->rules, error);
    if (extractor->matcher == NULL) {
        trich_extractor_free(extractor);
        return NULL;
    }
    return extractor;
}

void trich_extractor_free(trich_extractor *extractor)
{
    if (extractor == NULL)
        return;
    text_clear(&extractor->text);
    arena_clear(&extractor->arena);
    matcher_free(extractor->matcher);
    free(extractor);
}

static const char *format_date(struct arena *arena, struct day date)
{
    if (date.year == 0)
        return NULL;
    if (date.month == 0)
        return arena_format(arena, "%04d", date.year);
    if (date.day == 0)
        return arena_format(arena, "%04d-%02d", date.year, date.month);
    return arena_format(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
}

static bool make_records(trich_extractor *extractor, const struct reading *reading)
{
    struct trich_article *article = &extractor->article;
    struct trich_record *records =
        arena_alloc(&extractor->arena, (reading->item_count + 1) * sizeof *records);
    if (records == NULL)
        return false;
    size_t count = 0;
    size_t floor = 0; /* a splice cut in two is taken whole, so two records could share its input */
    for (size_t i = 0; i < reading->item_count; i++) {
        struct item *item = reading->items[i];
        if (item->dropped) {
            explain_dropped(extractor, &item->match);
            continue;
        }
        struct trich_record *record = &records[count];
        size_t start;
        size_t end;
        text_decoded_span(&extractor->text, item->match.start, item->match.end, &start, &end);
        *record = (struct trich_record){.kind = rules_kind_name(extractor->rules, item->match.rule),
                                        .content = extractor->text.decoded + start,
                                        .content_length = end - start,
                                        .rule = item->match.rule->id,
                                        .attributes = item->attributes,
                                        .attribute_count = item->attribute_count};
        text_input_span(&extractor->text, item->match.start, item->match.end, &record->start, &record->end);
        if (record->start < floor)
            continue;
        floor = record->end;
        item->record = ++count;
        record->same_as = item->same_as != NULL ? item->same_as->record : 0;
    }
    article->records = records;
    article->record_count = count;
    return true;
}

static const struct trich_article *extract(trich_extractor *extractor, const struct trich_input *input,
                                           struct trich_error *error)
{
    struct text *text = &extractor->text;
    struct reading reading;
    struct match_report report;
    struct day date = {0, 0, 0};
    enum trich_date_from date_from = TRICH_DATE_NONE;
    struct text_options options = {.source = input->source,
                                   .encoding = input->encoding,
                                   .replace_invalid = input->replace_invalid,
                                   .html = input->format == TRICH_FORMAT_HTML,
                                   .before = input->before};
    if (input->date != NULL) {
        if (!calendar_read(slice_from(input->date), &date)) {
            error_set(error, TRICH_ERROR_ARGUMENT, NULL, 0, 0,
                      "'%s' is no date: write YYYY, YYYY-MM or YYYY-MM-DD", input->date);
            return NULL;
        }
        date_from = TRICH_DATE_OPTION;
    }
    if (input->length > TRICH_INPUT_MOST) {
        error_set(error, TRICH_ERROR_LIMIT, input->source, 0, 0,
                  "longer than 1 GiB, the most that one article may be");
        return NULL;
    }
    if (!text_read(text, input->bytes, input->length, &options, error))
        return NULL;
    if (date_from == TRICH_DATE_NONE && calendar_read(slice_from(text->metadata_date), &date))
        date_from = TRICH_DATE_METADATA;
    explain_start(extractor);
    reading_init(&reading, extractor->rules, &extractor->arena, text->bytes, text->length, date, date_from);
    if (!match_text(extractor->matcher, text->bytes, text->length, input->every_rule, reading_accept,
                    &reading, &report, error) ||
        !reading_resolve(&reading, error))
        return NULL;
    extractor->article =
        (struct trich_article){.source = input->source != NULL ? input->source : "",
                               .date = format_date(&extractor->arena, reading.date),
                               .date_from = reading.date_from,
                               .encoding = text->encoding,
                               .invalid_count = text->invalid_count,
                               .limit_count = report.limit_count,
                               .limit_rule = report.limit_rule != NULL ? report.limit_rule->id : NULL};
    if (!make_records(extractor, &reading)) {
        error_memory(error);
        return NULL;
    }
    return &extractor->article;
}

const struct trich_article *trich_extract(trich_extractor *extractor, const struct trich_input *input,
                                          struct trich_error *error)
{
    enum { KEEP = 1 << 20 };
    /* What a long article took is not kept for all the short ones behind it. */
    if (extractor->text.input_length > KEEP) {
        text_clear(&extractor->text);
        arena_clear(&extractor->arena);
    }
    arena_reset(&extractor->arena);
    const struct trich_article *article = extract(extractor, input, error);
    if (article == NULL)
        text_reset(&extractor->text); /* the input may be gone when somebody asks for the text */
    return article;
}

const char *trich_record_get(const struct trich_record *record, const char *name)
{
    for (size_t i = 0; i < record->attribute_count; i++)
        if (strcmp(record->attributes[i].name, name) == 0)
            return record->attributes[i].value;
    return NULL;
}
