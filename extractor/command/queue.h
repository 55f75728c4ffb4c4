/*
 * queue.h - work on several jobs at a time, results in the order in which they came in.
 *
 * One thread (the feeder) fills jobs, workers do them, and whichever worker has done the oldest one hands
 * over the results that are due, in order. A ring of jobs and a limit on the bytes in it bound the memory,
 * however fast the feeder and however slow an article.
 */
#ifndef TRICH_COMMAND_QUEUE_H
#define TRICH_COMMAND_QUEUE_H

#include <stdbool.h>

#include "../trich.h"
#include "bytes.h"
#include "kinds.h"

struct queue_job {
    struct bytes input;         /* the feeder's: what is to be done, in a form that work understands */
    struct trich_before before; /* what stands in front of it in its file */
    size_t size;                /* the bytes of text that it means, for the limit */
    struct bytes output;        /* work's: what is to be written */
    struct bytes messages;      /* what is to be said on standard error */
    struct queue_counts {
        size_t articles, failures, skipped, bytes;
        size_t records[KIND_COUNT + 1]; /* by kind, as kinds.h numbers them */
    } counts;
};

struct queue_calls {
    /* Does a job. worker: 0, 1, … below the number of workers; calls of the same worker never overlap. */
    void (*work)(void *closure, size_t worker, struct queue_job *job);
    /* Takes a result, in order, one at a time. last: no other is ready behind it. */
    void (*finish)(void *closure, struct queue_job *job, bool last);
    void *closure;
};

struct queue *queue_new(size_t workers, const struct queue_calls *calls);
/* Submits a job: input changes places with an empty one, before and size as above. Waits for room first. */
void queue_submit(struct queue *queue, struct bytes *input, struct trich_before before, size_t size);
/* Waits until all is done and handed over, and frees the queue. */
void queue_finish(struct queue *queue);

#endif
