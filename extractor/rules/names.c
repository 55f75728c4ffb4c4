/* What loaded rules call their kinds, groups and tables. */
#include "rules.h"

const char *rules_kind_name(const struct rules *rules, const struct rule *rule)
{
    return rule->kind == KIND_CUSTOM ? rules->customs[rule->custom].name : kind_name(rule->kind);
}

const char *rules_group_name(const struct rules *rules, const struct rule *rule, int id)
{
    return rule->kind == KIND_CUSTOM ? rules->customs[rule->custom].groups[id]
                                     : kind_group_name(rule->kind, id);
}

int rules_group(const struct rules *rules, const struct rule *rule, struct slice name)
{
    if (rule->kind != KIND_CUSTOM)
        return kind_group(rule->kind, name);
    const struct custom_kind *custom = &rules->customs[rule->custom];
    for (size_t i = 0; i < custom->group_count; i++)
        if (slice_is(name, custom->groups[i]))
            return (int)i;
    return -1;
}

const struct table *rules_table(const struct rules *rules, const char *name)
{
    return table_named(rules->tables, rules->table_count, slice_from(name));
}
