/* Why: what became of each candidate, and what each rule costs. */
#include "internal.h"

void trich_extractor_observe(trich_extractor *extractor, trich_observe *observe, void *closure)
{
    extractor->observe = observe;
    extractor->observe_closure = closure;
}

bool trich_extractor_profile(trich_extractor *extractor, struct trich_error *error)
{
    return matcher_start_profile(extractor->matcher) || error_memory(error);
}

struct trich_rule_profile trich_extractor_rule_profile(const trich_extractor *extractor, size_t index)
{
    const struct match_profile *profile = matcher_profile(extractor->matcher);
    if (profile == NULL)
        return (struct trich_rule_profile){0, 0, 0, 0};
    profile += index;
    return (struct trich_rule_profile){profile->calls, profile->matches, profile->limit_hits,
                                       profile->seconds};
}

static void tell(trich_extractor *extractor, const struct match *match, enum trich_fate fate,
                 const struct rule *by)
{
    const struct rule *rule = match->rule;
    struct trich_attribute groups[MATCH_MAX_GROUPS];
    for (size_t i = 0; i < match->group_count; i++) {
        const struct match_group *group = &match->groups[i];
        const char *value = arena_string(&extractor->arena, match_group_text(match, group));
        groups[i] = (struct trich_attribute){rules_group_name(extractor->rules, rule, group->id),
                                             value != NULL ? value : ""};
    }
    struct trich_candidate candidate = {.fate = fate,
                                        .rule = rule->id,
                                        .kind = rules_kind_name(extractor->rules, rule),
                                        .by = by != NULL ? by->id : NULL,
                                        .groups = groups,
                                        .group_count = match->group_count};
    size_t start;
    size_t end;
    text_decoded_span(&extractor->text, match->start, match->end, &start, &end);
    candidate.content = extractor->text.decoded + start;
    candidate.content_length = end - start;
    text_input_span(&extractor->text, match->start, match->end, &candidate.start, &candidate.end);
    extractor->observe(extractor->observe_closure, &candidate);
}

static void observe(void *closure, const struct match *match, enum match_fate fate, const struct rule *by)
{
    static const enum trich_fate fates[] = {[MATCH_TAKEN] = TRICH_TAKEN,
                                            [MATCH_OUTDONE] = TRICH_OUTDONE,
                                            [MATCH_REJECTED] = TRICH_REJECTED,
                                            [MATCH_REFUSED] = TRICH_REFUSED};
    tell(closure, match, fates[fate], by);
}

void explain_start(trich_extractor *extractor)
{
    matcher_observe(extractor->matcher, extractor->observe != NULL ? observe : NULL, extractor);
}

void explain_dropped(trich_extractor *extractor, const struct match *match)
{
    if (extractor->observe != NULL)
        tell(extractor, match, TRICH_DROPPED, NULL);
}
