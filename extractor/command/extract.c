/*
 * extract.c - records of files, folders and streams.
 *
 * The main thread walks over the inputs and makes jobs: a list of files, or a piece of a stream with whole
 * articles (--split). Workers read and extract; results are written in order (queue.h).
 */
#define _GNU_SOURCE /* memrchr, sched_getaffinity */
#include <errno.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "kinds.h"
#include "message.h"
#include "outputs.h"
#include "progress.h"
#include "queue.h"
#include "setup.h"
#include "split.h"
#include "walk.h"
#include "write.h"

enum {
    JOB_BYTES = 256 << 10, /* text in a job, about: enough to make the queue's work small against it */
    JOB_FILES = 32
};

/*
 * What a job begins with. A piece of a stream: the path, NUL, whole articles. The others: the path, NUL,
 * relative name or message, NUL; such entries may follow each other in a job.
 */
enum { JOB_PIECE = 's', JOB_FILE = 'f', JOB_FAILURE = '!' };

struct worker_state {
    trich_extractor *extractor;
    struct bytes text, output; /* of the file at hand */
};

struct extraction {
    const struct options *options;
    const trich_rules *rules;
    struct queue *queue;
    struct worker_state *workers;
    size_t worker_count;
    uint64_t settings;   /* of --output */
    atomic_bool stopped; /* nothing more can be written */

    /* the main thread's */
    struct bytes pending; /* entries of the job being made */
    size_t pending_files, pending_bytes;
    struct outputs outputs;

    struct progress *progress; /* NULL: none is shown */
    struct queue_counts total; /* of what has been handed over */
    size_t others;             /* files in directories that were not called as what is read */
};

/* ---- the workers: articles ---- */

static void count_records(struct queue_counts *counts, const struct trich_article *article)
{
    for (size_t i = 0; i < article->record_count; i++)
        counts->records[kind_number(article->records[i].kind)]++;
}

/* What was not read as it should be, though there are records. */
static void warn(const struct options *options, struct queue_job *job, const char *path,
                 const struct trich_input *input, const struct trich_article *article)
{
    struct trich_error place = {.line = options->split != SPLIT_NONE ? input->before.lines + 1 : 0};
    if (article->invalid_count > 0) {
        snprintf(place.message, sizeof place.message, "%zu %s no %s: replaced by U+FFFD",
                 article->invalid_count, article->invalid_count == 1 ? "byte is" : "bytes are",
                 article->encoding);
        message_about(&job->messages, path, &place);
    }
    if (article->limit_count > 0) {
        snprintf(place.message, sizeof place.message,
                 "%zu %s given up at the match limit, the last one of rule %s", article->limit_count,
                 article->limit_count == 1 ? "match was" : "matches were", article->limit_rule);
        message_about(&job->messages, path, &place);
    }
}

/* One article. What is to be written is appended to output. False, after a message, if it has no records to
 * give. */
static bool extract_article(struct extraction *extraction, size_t worker, struct queue_job *job,
                            const char *path, const struct trich_input *input, struct bytes *output)
{
    struct worker_state *state = &extraction->workers[worker];
    const struct options *options = extraction->options;
    struct trich_error error = {.status = TRICH_OK};
    const struct trich_article *article = NULL;

    if (state->extractor == NULL)
        state->extractor = trich_extractor_new(extraction->rules, &error);
    if (state->extractor != NULL)
        article = trich_extract(state->extractor, input, &error);
    job->counts.bytes += input->length;
    if (article == NULL) {
        job->counts.failures++;
        /* In a stream the place in the stream, not in the article, which may have no name. */
        if (error.line == 0 && options->split != SPLIT_NONE)
            error.line = input->before.lines + 1;
        message_about(&job->messages, path, &error);
        return false;
    }
    job->counts.articles++;
    count_records(&job->counts, article);
    write_article(output, article, input, options);
    warn(options, job, path, input, article);
    return true;
}

static void fail(struct queue_job *job, const struct trich_error *error)
{
    job->counts.failures++;
    message_error(&job->messages, error);
}

/* The records of one file into a file of their own. */
static void extract_into(struct extraction *extraction, size_t worker, struct queue_job *job,
                         const struct trich_input *input, const struct stat *stat, const char *name)
{
    struct bytes *output = &extraction->workers[worker].output;
    struct queue_counts before = job->counts;
    struct trich_error error;
    bytes_reset(output);
    write_head(output);
    if (!extract_article(extraction, worker, job, input->source, input, output))
        return;
    write_foot(output);
    outputs_mark(output, extraction->settings, input->source, stat->st_size);
    if (file_write(name, output, &stat->st_mtim, extraction->options->fsync, &error))
        return;
    int number = errno;
    before.bytes = job->counts.bytes;
    job->counts = before; /* its records are nowhere */
    fail(job, &error);
    /* The next one would not fit either, and a message for each of a hundred thousand helps nobody. */
    if (number == ENOSPC || number == EDQUOT || number == EROFS)
        atomic_store(&extraction->stopped, true);
}

static void extract_file(struct extraction *extraction, size_t worker, struct queue_job *job,
                         const char *path, const char *relative)
{
    const struct options *options = extraction->options;
    struct bytes *text = &extraction->workers[worker].text;
    struct bytes name = {0};
    struct trich_error error;
    struct stat stat;

    if (options->output != NULL)
        outputs_name(&name, options->output, relative);
    bytes_reset(text);
    if (options->resume && outputs_done(path, name.data, extraction->settings)) {
        file_clean(name.data);
        job->counts.skipped++;
    } else if (!file_read(path, text, &stat, &error)) {
        fail(job, &error);
    } else {
        struct trich_input input = setup_input(options, path, text->data, text->length);
        if (options->output == NULL)
            extract_article(extraction, worker, job, path, &input, &job->output);
        else
            extract_into(extraction, worker, job, &input, &stat, name.data);
    }
    bytes_clear(&name);
}

static void work_entries(struct extraction *extraction, size_t worker, struct queue_job *job)
{
    const char *end = job->input.data + job->input.length;
    for (const char *entry = job->input.data; entry < end && !atomic_load(&extraction->stopped);) {
        const char *path = entry + 1;
        const char *second = path + strlen(path) + 1;
        if (*entry == JOB_FILE) {
            extract_file(extraction, worker, job, path, second);
        } else {
            message_file(&job->messages, path, "%s", second);
            job->counts.failures++;
        }
        entry = second + strlen(second) + 1;
    }
}

static void work_piece(struct extraction *extraction, size_t worker, struct queue_job *job)
{
    const struct options *options = extraction->options;
    const char *path = job->input.data + 1;
    char *end = job->input.data + job->input.length;
    char separator = split_separator((enum split_mode)options->split);
    struct trich_before before = job->before;
    for (char *item = job->input.data + strlen(path) + 2; item < end;) {
        char *stop = memchr(item, separator, (size_t)(end - item));
        if (stop == NULL)
            stop = end;
        struct trich_input input = setup_input(options, path, item, (size_t)(stop - item));
        struct trich_error error;
        input.before = before;
        split_pass(&before, item, (size_t)(stop + (stop < end) - item)); /* taking fields cuts the item up */
        bool refused =
            input.length > TRICH_INPUT_MOST; /* with its fields, lest what is left pass for whole */
        bool good = !options->fields || refused || split_take_fields(&input, item, &error);
        if (!good)
            fail(job, &error);
        else
            good = extract_article(extraction, worker, job, path, &input, &job->output);
        if (!good && options->each) /* so that line n of the output is article n of the input */
            write_empty(&job->output);
        item = stop + 1;
    }
}

static void work(void *closure, size_t worker, struct queue_job *job)
{
    struct extraction *extraction = closure;
    if (atomic_load(&extraction->stopped))
        return;
    if (job->input.data[0] == JOB_PIECE)
        work_piece(extraction, worker, job);
    else
        work_entries(extraction, worker, job);
}

/* ---- results ---- */

static void finish(void *closure, struct queue_job *job, bool last)
{
    struct extraction *extraction = closure;
    struct queue_counts *total = &extraction->total;
    total->articles += job->counts.articles;
    total->failures += job->counts.failures;
    total->skipped += job->counts.skipped;
    total->bytes += job->counts.bytes;
    for (size_t i = 0; i < sizeof total->records / sizeof total->records[0]; i++)
        total->records[i] += job->counts.records[i];
    progress_update(extraction->progress, total);
    if (job->messages.length > 0) {
        progress_hide(extraction->progress);
        fwrite(job->messages.data, 1, job->messages.length, stderr);
        progress_show(extraction->progress);
    }
    if (job->output.length > 0)
        fwrite(job->output.data, 1, job->output.length, stdout);
    /* Flushed as soon as nothing more is ready: whoever reads the pipe sees each result when it is there. */
    if ((last && fflush(stdout) != 0) || ferror(stdout)) {
        int number = errno;
        progress_hide(extraction->progress);
        message_say(NULL, "standard output: %s", strerror(number));
        /* Nobody is left to work for; the main thread may be waiting for input that never comes. */
        _exit(EXIT_TROUBLE);
    }
}

/* ---- the main thread: inputs ---- */

static void submit_pending(struct extraction *extraction)
{
    if (extraction->pending.length > 0)
        queue_submit(extraction->queue, &extraction->pending, (struct trich_before){0},
                     extraction->pending_bytes);
    extraction->pending_files = 0;
    extraction->pending_bytes = 0;
}

static void add_entry(struct extraction *extraction, char type, const char *path, const char *second,
                      size_t size)
{
    /* A large file goes alone, not behind others that another worker could do. */
    if (extraction->pending_files >= JOB_FILES || extraction->pending_bytes + size > JOB_BYTES)
        submit_pending(extraction);
    bytes_append(&extraction->pending, &type, 1);
    bytes_append(&extraction->pending, path, strlen(path) + 1);
    bytes_append(&extraction->pending, second, strlen(second) + 1);
    extraction->pending_files++;
    extraction->pending_bytes += size;
}

/* Submits what is there of an input, as far as the last separator, and begins the next piece with the rest.
 */
static void submit_piece(struct extraction *extraction, struct bytes *piece, size_t head, size_t whole,
                         struct trich_before *before)
{
    struct bytes rest = {0};
    struct trich_before next = *before;
    split_pass(&next, piece->data + head, whole - head);
    bytes_append(&rest, piece->data, head);
    bytes_append(&rest, piece->data + whole, piece->length - whole);
    piece->length = whole;
    queue_submit(extraction->queue, piece, *before, whole);
    bytes_clear(piece);
    *piece = rest;
    *before = next;
}

/*
 * Takes off what is there of an article that is passed over; true if its end is among it. before: the place
 * where the piece begins.
 */
static bool skip_article(struct bytes *piece, size_t head, char separator, struct trich_before *before)
{
    char *start = piece->data + head;
    const char *stop = memchr(start, separator, piece->length - head);
    size_t skipped = stop != NULL ? (size_t)(stop - start) + 1 : piece->length - head;
    split_pass(before, start, skipped);
    piece->length -= skipped;
    memmove(start, start + skipped, piece->length - head);
    return stop != NULL;
}

static void feed_stream(struct extraction *extraction, const char *path)
{
    char separator = split_separator((enum split_mode)extraction->options->split);
    struct bytes piece = {0};
    struct trich_error error;
    struct trich_before before = {0};
    size_t head = strlen(path) + 2;
    int descriptor = file_open(path, &error);
    bool good = descriptor >= 0;
    bool end = false, skipping = false;

    submit_pending(extraction);
    bytes_append(&piece, "s", 1);
    bytes_append(&piece, path, head - 1);
    while (good && !end) {
        size_t known = piece.length;
        good = file_read_some(descriptor, path, &piece, JOB_BYTES, &end, &error);
        if (skipping)
            skipping = !skip_article(&piece, head, separator, &before);
        const char *last = memrchr(piece.data + known, separator, piece.length - known);
        if (last != NULL) {
            submit_piece(extraction, &piece, head, (size_t)(last - piece.data) + 1, &before);
        } else if (piece.length - head > TRICH_INPUT_MOST) {
            /* Its start is enough for the worker to refuse it; the whole may never end. */
            submit_piece(extraction, &piece, head, piece.length, &before);
            skipping = true;
        }
    }
    if (piece.length > head)
        submit_piece(extraction, &piece, head, piece.length, &before);
    if (!good)
        add_entry(extraction, JOB_FAILURE, path, error.message, 0);
    if (descriptor > STDIN_FILENO)
        close(descriptor);
    bytes_clear(&piece);
}

static bool visit(void *closure, const struct walk_file *file)
{
    struct extraction *extraction = closure;
    const struct options *options = extraction->options;
    if (options->split != SPLIT_NONE) {
        feed_stream(extraction, file->path);
    } else if (options->output == NULL) {
        add_entry(extraction, JOB_FILE, file->path, file->relative, file->size);
    } else if (strcmp(file->path, "-") == 0) {
        add_entry(extraction, JOB_FAILURE, file->path, "has no name that --output could use", 0);
    } else {
        struct bytes name = {0};
        outputs_name(&name, options->output, file->relative);
        if (outputs_claim(&extraction->outputs, name.data)) {
            add_entry(extraction, JOB_FILE, file->path, file->relative, file->size);
        } else {
            struct bytes text = {0};
            bytes_append_format(&text, "its output %s is already another input's", name.data);
            bytes_append(&text, "", 1);
            add_entry(extraction, JOB_FAILURE, file->path, text.data, 0);
            bytes_clear(&text);
        }
        bytes_clear(&name);
    }
    return !atomic_load(&extraction->stopped);
}

static void trouble(void *closure, const char *path, const char *why)
{
    add_entry(closure, JOB_FAILURE, path, why, 0);
}

/* The processors that this process may use: fewer than there are under taskset, Slurm or in a container. */
static size_t processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        return (size_t)CPU_COUNT(&set);
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (size_t)online : 1;
}

static void print_summary(const struct queue_counts *total, double seconds)
{
    size_t records = 0;
    struct bytes kinds = {0};
    double megabytes = (double)total->bytes / 1e6;
    for (size_t i = 0; i <= KIND_COUNT; i++) {
        records += total->records[i];
        bytes_append_format(&kinds, "%s%zu %s", i > 0 ? ", " : "", total->records[i], kind_plurals[i]);
    }
    message_say(NULL,
                "%zu articles, %zu records (%.*s), %zu failures, %zu skipped, %.1f MB in %.1f s, %.1f MB/s",
                total->articles, records, (int)kinds.length, kinds.data, total->failures, total->skipped,
                megabytes, seconds, seconds > 0 ? megabytes / seconds : 0);
    bytes_clear(&kinds);
}

/* A first word such as 'validat', if nothing is called so, may have been meant as a command. */
static bool is_meant_as_command(const struct options *options)
{
    const char *word = options->operands.count > 0 ? options->operands.items[0] : "";
    return word[0] != '\0' && word[strspn(word, "abcdefghijklmnopqrstuvwxyz")] == '\0' &&
           access(word, F_OK) != 0;
}

/* The exit status. */
static int tell_end(const struct extraction *extraction, bool terminal, double seconds)
{
    const struct options *options = extraction->options;
    const struct queue_counts *total = &extraction->total;
    size_t tried = total->articles + total->failures + total->skipped;
    if (total->failures > 0 && tried > 1)
        message_say(NULL, "%zu of %zu inputs failed", total->failures, tried);
    if (total->failures > 0 && is_meant_as_command(options))
        message_say(NULL, "there is no command '%s' either: see 'trich --help'", options->operands.items[0]);
    if (atomic_load(&extraction->stopped))
        message_say(NULL, "stopped: nothing more can be written to %s", options->output);
    if (options->verbose || (terminal && tried > 1)) {
        if (extraction->others > 0)
            message_say(NULL, "%zu other files in the directories were not read: see --include",
                        extraction->others);
        print_summary(total, seconds);
    }
    return total->failures > 0 ? EXIT_TROUBLE : EXIT_GOOD;
}

static int run(struct extraction *extraction)
{
    const struct options *options = extraction->options;
    struct queue_calls calls = {work, finish, extraction};
    struct timespec begin, end;
    struct walk walk = {.operands = options->operands.items,
                        .operand_count = options->operands.count,
                        .include = &options->include,
                        .skip = options->output,
                        .visit = visit,
                        .trouble = trouble,
                        .closure = extraction,
                        .others = &extraction->others,
                        .silent = options->quiet};
    bool terminal = isatty(STDERR_FILENO) && !options->quiet;
    bool document = options->output == NULL && !options->each;
    struct bytes text = {0};

    clock_gettime(CLOCK_MONOTONIC, &begin);
    if (document) {
        write_head(&text);
        message_output(text.data, text.length);
    }
    /* Not where the records themselves scroll by. */
    if (terminal && !isatty(STDOUT_FILENO))
        extraction->progress = progress_start(&walk, options->split != SPLIT_NONE);
    extraction->queue = queue_new(extraction->worker_count, &calls);
    walk_files(&walk);
    submit_pending(extraction);
    queue_finish(extraction->queue);
    progress_stop(extraction->progress);
    if (document) {
        text.length = 0;
        write_foot(&text);
        message_output(text.data, text.length);
    }
    bytes_clear(&text);
    clock_gettime(CLOCK_MONOTONIC, &end);
    return tell_end(extraction, terminal,
                    (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9);
}

int extract_command(const struct options *options)
{
    struct extraction extraction = {.options = options};
    trich_rules *rules = setup_rules(options);
    if (rules == NULL)
        return EXIT_TROUBLE;
    int status = EXIT_TROUBLE;
    struct trich_error error;
    bool folder = options->output == NULL || file_make_folder(options->output, &error);
    if (!folder)
        message_error(NULL, &error); /* once, not for each input */
    trich_extractor *first = folder ? setup_extractor(options, rules) : NULL;
    if (first != NULL) {
        extraction.rules = rules;
        if (options->output != NULL)
            extraction.settings = outputs_settings(options, rules);
        extraction.worker_count = options->jobs > 0 ? options->jobs : processors();
        extraction.workers = memory_get(extraction.worker_count * sizeof *extraction.workers);
        memset(extraction.workers, 0, extraction.worker_count * sizeof *extraction.workers);
        extraction.workers[0].extractor = first;
        status = run(&extraction);
        for (size_t i = 0; i < extraction.worker_count; i++) {
            trich_extractor_free(extraction.workers[i].extractor);
            bytes_clear(&extraction.workers[i].text);
            bytes_clear(&extraction.workers[i].output);
        }
        free(extraction.workers);
        outputs_clear(&extraction.outputs);
        bytes_clear(&extraction.pending);
    }
    trich_rules_free(rules);
    return status;
}
