#include "write.h"

#include <stdlib.h>
#include <string.h>

#include "offsets.h"

static bool append(void *closure, const char *bytes, size_t length)
{
    bytes_append(closure, bytes, length);
    return true;
}

void write_head(struct bytes *output)
{
    trich_write_head(append, output);
}

void write_foot(struct bytes *output)
{
    trich_write_tail(append, output);
}

void write_empty(struct bytes *output)
{
    trich_write_line(NULL, append, output);
}

void write_article(struct bytes *output, const struct trich_article *article, const struct trich_input *input,
                   const struct options *options)
{
    struct trich_article counted = *article;
    struct trich_record *records = NULL;
    if (options->offsets == OFFSETS_CHARS && article->record_count > 0) {
        records = memory_get(article->record_count * sizeof *records);
        memcpy(records, article->records, article->record_count * sizeof *records);
        offsets_to_chars(records, article->record_count, input, article->encoding);
        counted.records = records;
    }
    if (options->each)
        trich_write_line(&counted, append, output);
    else
        trich_write_article(&counted, append, output);
    free(records);
}
