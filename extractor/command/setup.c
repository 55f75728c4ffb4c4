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

static bool has_html_name(const char *path)
{
    static const char *const endings[] = {".html", ".htm", ".xhtml"};
    const char *dot = strrchr(path, '.');
    bool html = false;
    for (size_t i = 0; dot != NULL && i < sizeof endings / sizeof endings[0]; i++)
        html = html || strcasecmp(dot, endings[i]) == 0;
    return html;
}

/* A page saved by its address has no name that tells, but begins as pages do. */
static bool begins_as_html(const char *bytes, size_t length)
{
    static const char mark[] = "\xEF\xBB\xBF";
    static const char *const beginnings[] = {"<!doctype html", "<html"};
    size_t at = length >= 3 && memcmp(bytes, mark, 3) == 0 ? 3 : 0;
    while (at < length && strchr(" \t\r\n", bytes[at]) != NULL && bytes[at] != '\0')
        at++;
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        size_t own = strlen(beginnings[i]);
        if (length - at >= own && strncasecmp(bytes + at, beginnings[i], own) == 0)
            return true;
    }
    return false;
}

struct trich_input setup_input(const struct options *options, const char *path, const char *bytes,
                               size_t length)
{
    bool html = options->html || has_html_name(path) ||
                (options->split == SPLIT_NONE && begins_as_html(bytes, length));
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
