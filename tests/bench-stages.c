/*
 * What each stage of an extraction costs: bench-stages FILE [RULES], UTF-8 with one article a line. The
 * stages are run one more at a time, over the same articles and warm; a stage's cost is what it adds. Medians
 * of several runs.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../extractor/internal.h"
#include "../extractor/match/starts.h"
#include "../extractor/rules/dfa.h"

enum { RUNS = 5, STAGES = 5 };

struct bench {
    char *bytes;
    size_t length;
    struct trich_rules *rules;
    struct trich_extractor *extractor;
    struct dfa *dfa;
    unsigned short *found;
    struct text text;
    size_t places, candidates, records, written;
};

static void fail(const char *what)
{
    (void)fprintf(stderr, "bench-stages: %s\n", what);
    exit(2);
}

static void read_text(struct bench *bench, const char *article, size_t length)
{
    static const struct text_options options = {.source = "bench"};
    struct trich_error error;
    if (!text_read(&bench->text, article, length, &options, &error))
        fail(error.message);
}

static void find(struct bench *bench, const char *article, size_t length)
{
    enum { BATCH = DFA_SIFT_BLOCKS * STARTS_BLOCK };
    read_text(bench, article, length);
    const char *text = bench->text.bytes;
    size_t end = bench->text.length;
    for (size_t from = 0; from < end; from += BATCH) {
        uint64_t starts[DFA_SIFT_BLOCKS];
        size_t blocks = 0;
        for (size_t block = from; block < end && blocks < DFA_SIFT_BLOCKS; block += STARTS_BLOCK)
            starts[blocks++] = starts_in_block(text, end, block);
        dfa_sift(bench->dfa, text + from, end - from, starts, blocks);
        for (size_t i = 0; i < blocks; i++)
            for (uint64_t left = starts[i]; left != 0; left &= left - 1) {
                size_t at = from + i * STARTS_BLOCK + (size_t)__builtin_ctzll(left);
                bench->places++;
                (void)dfa_find(bench->dfa, text, at, end, bench->found);
            }
    }
}

static bool take(void *closure, const struct match *match)
{
    (void)match;
    ++*(size_t *)closure;
    return true;
}

static void match(struct bench *bench, const char *article, size_t length)
{
    struct match_report report;
    struct trich_error error;
    read_text(bench, article, length);
    if (!match_text(bench->extractor->matcher, bench->text.bytes, bench->text.length, false, take,
                    &bench->candidates, &report, &error))
        fail(error.message);
}

static const struct trich_article *extract(struct bench *bench, const char *article, size_t length)
{
    struct trich_error error;
    struct trich_input input = {.bytes = article, .length = length, .source = "bench"};
    const struct trich_article *extracted = trich_extract(bench->extractor, &input, &error);
    if (extracted == NULL)
        fail(error.message);
    bench->records += extracted->record_count;
    return extracted;
}

static void value(struct bench *bench, const char *article, size_t length)
{
    (void)extract(bench, article, length);
}

static bool count_bytes(void *closure, const char *bytes, size_t length)
{
    (void)bytes;
    *(size_t *)closure += length;
    return true;
}

static void write_out(struct bench *bench, const char *article, size_t length)
{
    (void)trich_write_article(extract(bench, article, length), count_bytes, &bench->written);
}

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

typedef void work_on(struct bench *bench, const char *article, size_t length);

static double run(struct bench *bench, work_on *work)
{
    double start = seconds();
    for (size_t at = 0; at < bench->length;) {
        const char *end = memchr(bench->bytes + at, '\n', bench->length - at);
        size_t length = (end != NULL ? (size_t)(end - bench->bytes) : bench->length) - at;
        work(bench, bench->bytes + at, length);
        at += length + 1;
    }
    return seconds() - start;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static void read_file(struct bench *bench, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        fail("cannot open the file");
    bench->length = (size_t)ftell(file);
    rewind(file);
    bench->bytes = malloc(bench->length + 1);
    if (bench->bytes == NULL || fread(bench->bytes, 1, bench->length, file) != bench->length)
        fail("cannot read the file");
    (void)fclose(file);
}

int main(int argc, char **argv)
{
    static work_on *const stages[STAGES] = {read_text, find, match, value, write_out};
    static const char *const names[STAGES] = {"decode, normalize", "find places", "match", "values, context",
                                              "write XML"};
    static const int before[STAGES] = {-1, 0, 1, 2, 3};
    double costs[STAGES];
    struct trich_error error;
    struct bench bench = {.places = 0};
    if (argc < 2 || argc > 3)
        fail("usage: bench-stages FILE [RULES]");
    read_file(&bench, argv[1]);
    text_init(&bench.text);
    bench.rules = argc == 3 ? trich_rules_load(argv[2], &error) : trich_rules_builtin(&error);
    bench.extractor = bench.rules != NULL ? trich_extractor_new(bench.rules, &error) : NULL;
    bench.dfa = bench.rules != NULL ? dfa_new(bench.rules->rules) : NULL;
    if (bench.extractor == NULL || bench.dfa == NULL)
        fail("out of memory");
    bench.found = calloc(bench.rules->rules->rule_count + 1, sizeof *bench.found);
    for (int stage = 0; stage < STAGES; stage++) {
        double times[RUNS];
        (void)run(&bench, stages[stage]); /* warm */
        bench.places = bench.candidates = bench.records = bench.written = 0;
        for (int i = 0; i < RUNS; i++)
            times[i] = run(&bench, stages[stage]);
        qsort(times, RUNS, sizeof times[0], by_size);
        costs[stage] = times[RUNS / 2];
    }
    for (int stage = 0; stage < STAGES; stage++) {
        double own = costs[stage] - (before[stage] < 0 ? 0 : costs[before[stage]]);
        (void)printf("(b) %-18s %6.2f ns a byte, %5.1f %%\n", names[stage], own * 1e9 / (double)bench.length,
                     100 * own / costs[STAGES - 1]);
    }
    (void)printf("    %.2f ns a byte in all, %zu records in %zu bytes\n",
                 costs[STAGES - 1] * 1e9 / (double)bench.length, bench.records / RUNS, bench.length);
    dfa_free(bench.dfa);
    trich_extractor_free(bench.extractor);
    trich_rules_free(bench.rules);
    text_clear(&bench.text);
    free(bench.found);
    free(bench.bytes);
    return 0;
}
