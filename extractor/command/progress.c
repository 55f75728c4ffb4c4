#define _DEFAULT_SOURCE /* struct winsize */
#include "progress.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { FIRST_MS = 1000, TICK_MS = 250 };

struct progress {
    struct walk walk; /* the counting one */
    bool split;       /* how many articles there are is not known */
    pthread_t painter, counter;
    pthread_mutex_t lock;
    pthread_cond_t stop_there;
    bool stopped, drawn;
    struct timespec begin;
    struct queue_counts done;
    atomic_size_t all_files, all_bytes;
    atomic_bool counted, stop_counting;
};

static bool count_file(void *closure, const struct walk_file *file)
{
    struct progress *progress = closure;
    atomic_fetch_add(&progress->all_files, 1);
    atomic_fetch_add(&progress->all_bytes, file->size);
    return !atomic_load(&progress->stop_counting);
}

static void count_trouble(void *closure, const char *path, const char *why)
{
    struct progress *progress = closure;
    (void)path;
    (void)why;
    atomic_fetch_add(&progress->all_files, 1);
}

static void *count_all(void *closure)
{
    struct progress *progress = closure;
    walk_files(&progress->walk);
    atomic_store(&progress->counted, true);
    return NULL;
}

static double seconds_since(const struct timespec *begin)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begin->tv_sec) + (double)(now.tv_nsec - begin->tv_nsec) / 1e9;
}

/* The share of the work that is done, by bytes where the sizes are known, else by files; 0 if nothing is
 * known. */
static double share(const struct progress *progress, size_t files)
{
    size_t all_files = atomic_load(&progress->all_files);
    size_t all_bytes = atomic_load(&progress->all_bytes);
    if (!atomic_load(&progress->counted))
        return 0;
    if (all_bytes > 0 && progress->done.skipped == 0)
        return (double)progress->done.bytes / (double)all_bytes;
    return all_files > 0 && !progress->split ? (double)files / (double)all_files : 0;
}

/* How much of a line the terminal shows without going on to the next, which the next line drawn would not
 * wipe. */
static int width(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 1 ? size.ws_col - 1 : 79;
}

static void draw(struct progress *progress)
{
    const struct queue_counts *done = &progress->done;
    size_t files = done->articles + done->failures + done->skipped;
    double seconds = seconds_since(&progress->begin);
    double part = share(progress, files);
    char of[64] = "";
    char of_bytes[64] = "";
    char left[64] = "";
    char failures[64] = "";
    char line[300];
    if (atomic_load(&progress->counted) && !progress->split)
        snprintf(of, sizeof of, " of %zu", atomic_load(&progress->all_files));
    else if (part > 0)
        snprintf(of_bytes, sizeof of_bytes, " of %.1f", (double)atomic_load(&progress->all_bytes) / 1e6);
    if (part > 0 && part <= 1) {
        long rest = (long)(seconds * (1 - part) / part + 0.5);
        snprintf(left, sizeof left, ", %ld:%02ld left", rest / 60, rest % 60);
    }
    if (done->failures > 0)
        snprintf(failures, sizeof failures, ", %zu failures", done->failures);
    snprintf(line, sizeof line, "%zu%s articles, %.1f%s MB, %.1f MB/s%s%s", files, of,
             (double)done->bytes / 1e6, of_bytes, (double)done->bytes / 1e6 / seconds, left, failures);
    fprintf(stderr, "\r\033[K%.*s", width(), line);
    fflush(stderr);
    progress->drawn = true;
}

static void wipe(struct progress *progress)
{
    if (progress->drawn)
        fputs("\r\033[K", stderr);
    progress->drawn = false;
}

static void *paint(void *closure)
{
    struct progress *progress = closure;
    long wait = FIRST_MS;
    pthread_mutex_lock(&progress->lock);
    while (!progress->stopped) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += wait % 1000 * 1000000;
        until.tv_sec += wait / 1000 + until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        if (pthread_cond_timedwait(&progress->stop_there, &progress->lock, &until) != 0)
            draw(progress);
        wait = TICK_MS;
    }
    wipe(progress);
    pthread_mutex_unlock(&progress->lock);
    return NULL;
}

struct progress *progress_start(const struct walk *walk, bool split)
{
    struct progress *progress = memory_get(sizeof *progress);
    *progress = (struct progress){.walk = *walk, .split = split};
    progress->walk.visit = count_file;
    progress->walk.trouble = count_trouble;
    progress->walk.closure = progress;
    progress->walk.others = NULL; /* the other walk counts them */
    progress->walk.silent = true;
    clock_gettime(CLOCK_MONOTONIC, &progress->begin);
    pthread_mutex_init(&progress->lock, NULL);
    pthread_cond_init(&progress->stop_there, NULL);
    if (pthread_create(&progress->counter, NULL, count_all, progress) != 0) {
        free(progress);
        return NULL;
    }
    if (pthread_create(&progress->painter, NULL, paint, progress) != 0) {
        atomic_store(&progress->stop_counting, true);
        pthread_join(progress->counter, NULL);
        free(progress);
        return NULL;
    }
    return progress;
}

void progress_update(struct progress *progress, const struct queue_counts *counts)
{
    if (progress == NULL)
        return;
    pthread_mutex_lock(&progress->lock);
    progress->done = *counts;
    pthread_mutex_unlock(&progress->lock);
}

void progress_hide(struct progress *progress)
{
    if (progress == NULL)
        return;
    pthread_mutex_lock(&progress->lock);
    wipe(progress);
}

void progress_show(struct progress *progress)
{
    if (progress != NULL)
        pthread_mutex_unlock(&progress->lock);
}

void progress_stop(struct progress *progress)
{
    if (progress == NULL)
        return;
    atomic_store(&progress->stop_counting, true);
    pthread_mutex_lock(&progress->lock);
    progress->stopped = true;
    pthread_cond_signal(&progress->stop_there);
    pthread_mutex_unlock(&progress->lock);
    pthread_join(progress->painter, NULL);
    pthread_join(progress->counter, NULL);
    pthread_mutex_destroy(&progress->lock);
    pthread_cond_destroy(&progress->stop_there);
    free(progress);
}
