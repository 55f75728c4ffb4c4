#include "kinds.h"

#define KINDS_GROUP_NAME(kind, name) #name,

static const char *const none_groups[] = {"record", NULL};
static const char *const document_number_groups[] = {"record", DOCUMENT_NUMBER_GROUPS(KINDS_GROUP_NAME) NULL};
static const char *const date_groups[] = {"record", DATE_GROUPS(KINDS_GROUP_NAME) NULL};
static const char *const district_groups[] = {"record", DISTRICT_GROUPS(KINDS_GROUP_NAME) NULL};
static const char *const figure_groups[] = {"record", FIGURE_GROUPS(KINDS_GROUP_NAME) NULL};

static const struct {
    const char *name;
    const char *const *groups;
} kinds[] = {
    [KIND_NONE] = {"none", none_groups},
    [KIND_DOCUMENT_NUMBER] = {"document-number", document_number_groups},
    [KIND_DATE] = {"date", date_groups},
    [KIND_DISTRICT] = {"district", district_groups},
    [KIND_FIGURE] = {"figure", figure_groups},
};

enum kind kind_from_name(struct slice name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (slice_is(name, kinds[i].name))
            return (enum kind)i;
    return KIND_CUSTOM;
}

const char *kind_name(enum kind kind)
{
    return kind < KIND_CUSTOM ? kinds[kind].name : NULL;
}

int kind_group(enum kind kind, struct slice name)
{
    if (kind >= KIND_CUSTOM)
        return -1;
    for (int i = 0; kinds[kind].groups[i] != NULL; i++)
        if (slice_is(name, kinds[kind].groups[i]))
            return i;
    return -1;
}

const char *kind_group_name(enum kind kind, int index)
{
    return kind < KIND_CUSTOM ? kinds[kind].groups[index] : NULL;
}
