/*
 * How fast text becomes normal: bench-text FILE, UTF-8 with one article a line. Prints MB/s of one core for
 * the scan alone (with and without vectors), for all of the text stage (decode, check, normalize, map), and
 * for utf8proc's general NFC of the same text; medians of several runs, and the peak memory that a growing
 * number of articles takes.
 */
#include "../extractor/text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <utf8proc.h>

enum { RUNS = 9, BLOCK = 1 << 17, GENERAL_BYTES = 8 << 20 };

struct totals {
    size_t bytes, articles, splices, places, changed;
};

typedef void work_on(struct text *text, const char *article, size_t length, struct totals *totals);

static void fail(const char *what)
{
    (void)fprintf(stderr, "bench-text: %s\n", what);
    exit(2);
}

static void run_text(struct text *text, const char *article, size_t length, struct totals *totals)
{
    static const struct text_options options = {.source = "bench"};
    struct trich_error error;
    if (!text_read(text, article, length, &options, &error))
        fail(error.message);
    totals->splices += text->normalization.count;
    totals->changed += text->bytes != text->decoded;
}

static void run_scan(struct text *text, const char *article, size_t length, struct totals *totals)
{
    if (!scan_text(&text->scan, article, length) || text->scan.valid != length)
        fail("not UTF-8");
    totals->places += text->scan.count;
}

static void run_portable(struct text *text, const char *article, size_t length, struct totals *totals)
{
    if (!scan_text_portable(&text->scan, article, length) || text->scan.valid != length)
        fail("not UTF-8");
    totals->places += text->scan.count;
}

static void run_utf8proc(struct text *text, const char *article, size_t length, struct totals *totals)
{
    (void)text;
    utf8proc_uint8_t *nfc = NULL;
    if (length > 0 && utf8proc_map((const utf8proc_uint8_t *)article, (utf8proc_ssize_t)length, &nfc,
                                   UTF8PROC_STABLE | UTF8PROC_COMPOSE) < 0)
        fail("utf8proc_map");
    totals->changed += nfc != NULL && memcmp(nfc, article, length) != 0;
    free(nfc);
}

static double seconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/*
 * The file goes through one reused block, as in a program that extracts, and only the work is timed; a line
 * that is longer than the block is cut.
 */
static double measure(FILE *file, struct text *text, work_on *work, size_t limit, struct totals *totals)
{
    static char block[BLOCK];
    double times[RUNS];
    for (int run = 0; run < RUNS; run++) {
        *totals = (struct totals){.bytes = 0};
        times[run] = 0;
        rewind(file);
        size_t filled = 0;
        size_t got;
        while (totals->bytes < limit && (got = fread(block + filled, 1, BLOCK - filled, file)) > 0) {
            filled += got;
            double start = seconds();
            size_t at = 0;
            const char *end;
            while ((end = memchr(block + at, '\n', filled - at)) != NULL) {
                size_t length = (size_t)(end - block) - at;
                work(text, block + at, length, totals);
                totals->articles++;
                totals->bytes += length + 1;
                at += length + 1;
            }
            times[run] += seconds() - start;
            if (at == 0 && filled == BLOCK)
                at = filled;
            memmove(block, block + at, filled - at);
            filled -= at;
        }
    }
    qsort(times, RUNS, sizeof times[0], by_size);
    return (double)totals->bytes / times[RUNS / 2] / 1e6;
}

static long peak(void)
{
    struct rusage usage;
    (void)getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

int main(int argc, char **argv)
{
    if (argc != 2)
        fail("usage: bench-text FILE");
    FILE *file = fopen(argv[1], "rb");
    if (file == NULL)
        fail("cannot open the file");
    struct text text;
    struct totals totals;
    text_init(&text);
    (void)measure(file, &text, run_text, 1 << 20, &totals);
    long before = peak();
    size_t few = totals.articles;
    double speed = measure(file, &text, run_text, (size_t)-1, &totals);
    (void)printf("text stage        %7.0f MB/s  %zu articles, %zu bytes, %zu splices, %zu articles changed\n",
                 speed, totals.articles, totals.bytes, totals.splices, totals.changed);
    (void)printf("peak memory       %7ld KB    after %zu articles; %ld KB after %zu\n", before, few, peak(),
                 totals.articles);
    (void)printf("scan              %7.0f MB/s\n", measure(file, &text, run_scan, (size_t)-1, &totals));
    (void)printf("scan, portable    %7.0f MB/s\n", measure(file, &text, run_portable, (size_t)-1, &totals));
    (void)printf("utf8proc_map NFC  %7.0f MB/s  of the first %d MB\n",
                 measure(file, &text, run_utf8proc, GENERAL_BYTES, &totals), GENERAL_BYTES >> 20);
    text_clear(&text);
    (void)fclose(file);
    return 0;
}
