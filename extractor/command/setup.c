#include "setup.h"

#include <string.h>
#include <strings.h>

#include "message.h"

trich_rules *setup_rules(const struct options *options)
{
    struct trich_error error;
    trich_rules *rules =
        options->rules != NULL ? trich_rules_load(options->rules, &error) : trich_rules_builtin(&error);
    if (rules == NULL)
        message_error(NULL, &error);
    return rules;
}

struct trich_input setup_input(const struct options *options, const char *path, const char *bytes,
                               size_t length)
{
    const char *dot = strrchr(path, '.');
    bool html =
        options->html || (dot != NULL && (strcasecmp(dot, ".html") == 0 || strcasecmp(dot, ".htm") == 0 ||
                                          strcasecmp(dot, ".xhtml") == 0));
    return (struct trich_input){.bytes = bytes,
                                .length = length,
                                .source = strcmp(path, "-") == 0 ? "" : path,
                                .date = options->date,
                                .encoding = options->encoding,
                                .replace_invalid = options->replace_invalid,
                                .format = html ? TRICH_FORMAT_HTML : TRICH_FORMAT_TEXT};
}

trich_extractor *setup_extractor(const struct options *options, const trich_rules *rules)
{
    struct trich_error error;
    trich_extractor *extractor = trich_extractor_new(rules, &error);
    /* An empty article finds out what would be wrong with each. */
    struct trich_input input = setup_input(options, "-", "", 0);
    if (extractor != NULL && trich_extract(extractor, &input, &error) != NULL)
        return extractor;
    message_error(NULL, &error);
    trich_extractor_free(extractor);
    return NULL;
}
