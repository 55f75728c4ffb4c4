/* A program that uses trich as its users do: the installed header, pkg-config, nothing of the source tree. */
#include <stdio.h>
#include <string.h>
#include <trich.h>

int main(int argc, char **argv)
{
    struct trich_error error;
    trich_rules *rules = argc > 1 ? trich_rules_load(argv[1], &error) : trich_rules_builtin(&error);
    trich_extractor *extractor = rules != NULL ? trich_extractor_new(rules, &error) : NULL;
    const char *text = "Xe 29A-123.45";
    struct trich_input input = {.bytes = text, .length = strlen(text), .source = "text"};
    const struct trich_article *article = extractor != NULL ? trich_extract(extractor, &input, &error) : NULL;
    int status = 1;
    if (strcmp(trich_version(), TRICH_VERSION) != 0) {
        fprintf(stderr, "the library is %s, the header %s\n", trich_version(), TRICH_VERSION);
    } else if (article == NULL) {
        fprintf(stderr, "%s: %s\n", error.file, error.message);
    } else if (article->record_count == 1) {
        const struct trich_record *record = &article->records[0];
        printf("%s %zu-%zu %.*s %s\n", record->kind, record->start, record->end, (int)record->content_length,
               record->content, trich_record_get(record, "province"));
        status = 0;
    }
    trich_extractor_free(extractor);
    trich_rules_free(rules);
    return status;
}
