#include "queue.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "message.h"
#include "options.h"

/* Text in the ring at one time. A single larger article is let in when the ring is empty. */
enum { LIMIT = 64 << 20 };

enum slot_state { SLOT_FREE, SLOT_READY, SLOT_DONE };

struct slot {
    enum slot_state state;
    struct queue_job job;
};

struct worker {
    struct queue *queue;
    size_t index;
    pthread_t thread;
};

struct queue {
    struct queue_calls calls;
    pthread_mutex_t lock;
    pthread_cond_t work_there, room_there;
    struct slot *slots;
    size_t slot_count;
    /* Jobs are counted from 0; job n is in slot n % slot_count.
     * first <= next <= fed <= first + slot_count. */
    size_t first; /* the oldest not handed over */
    size_t next;  /* the next that a worker takes */
    size_t fed;   /* the next that the feeder submits */
    size_t bytes; /* of text, from first to fed */
    bool handing_over, closed;
    struct worker *workers;
    size_t worker_count, started, idle;
};

static struct slot *slot_of(struct queue *queue, size_t number)
{
    return &queue->slots[number % queue->slot_count];
}

static void reset_job(struct queue_job *job)
{
    bytes_reset(&job->input);
    bytes_reset(&job->output);
    bytes_reset(&job->messages);
    job->counts = (struct queue_counts){0};
}

/* Hands over all that is due. Called and left with the lock held; gives it up while finish runs. */
static void hand_over(struct queue *queue)
{
    if (queue->handing_over)
        return; /* the thread that is at it will see what has become due */
    queue->handing_over = true;
    while (queue->first < queue->next && slot_of(queue, queue->first)->state == SLOT_DONE) {
        struct slot *slot = slot_of(queue, queue->first);
        bool last = queue->first + 1 == queue->next || slot_of(queue, queue->first + 1)->state != SLOT_DONE;
        pthread_mutex_unlock(&queue->lock);
        queue->calls.finish(queue->calls.closure, &slot->job, last);
        size_t size = slot->job.size;
        reset_job(&slot->job);
        pthread_mutex_lock(&queue->lock);
        slot->state = SLOT_FREE;
        queue->bytes -= size;
        queue->first++;
        pthread_cond_signal(&queue->room_there);
    }
    queue->handing_over = false;
}

static void *work(void *closure)
{
    struct worker *worker = closure;
    struct queue *queue = worker->queue;
    pthread_mutex_lock(&queue->lock);
    for (;;) {
        while (queue->next == queue->fed && !queue->closed) {
            queue->idle++;
            pthread_cond_wait(&queue->work_there, &queue->lock);
            queue->idle--;
        }
        if (queue->next == queue->fed)
            break;
        struct slot *slot = slot_of(queue, queue->next++);
        pthread_mutex_unlock(&queue->lock);
        queue->calls.work(queue->calls.closure, worker->index, &slot->job);
        pthread_mutex_lock(&queue->lock);
        slot->state = SLOT_DONE;
        hand_over(queue);
    }
    pthread_mutex_unlock(&queue->lock);
    return NULL;
}

struct queue *queue_new(size_t workers, const struct queue_calls *calls)
{
    struct queue *queue = memory_get(sizeof *queue);
    *queue = (struct queue){.calls = *calls, .worker_count = workers, .slot_count = 4 * workers + 4};
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->work_there, NULL);
    pthread_cond_init(&queue->room_there, NULL);
    queue->slots = memory_get(queue->slot_count * sizeof *queue->slots);
    memset(queue->slots, 0, queue->slot_count * sizeof *queue->slots);
    queue->workers = memory_get(workers * sizeof *queue->workers);
    return queue;
}

void queue_submit(struct queue *queue, struct bytes *input, struct trich_before before, size_t size)
{
    pthread_mutex_lock(&queue->lock);
    struct slot *slot = slot_of(queue, queue->fed);
    while (slot->state != SLOT_FREE || (queue->bytes > 0 && queue->bytes + size > LIMIT))
        pthread_cond_wait(&queue->room_there, &queue->lock);
    struct bytes empty = slot->job.input;
    slot->job.input = *input;
    *input = empty;
    slot->job.before = before;
    slot->job.size = size;
    slot->state = SLOT_READY;
    queue->bytes += size;
    queue->fed++;
    /* A thread is started only when all others have something to do: a single article makes one. */
    bool start = queue->fed - queue->next > queue->idle && queue->started < queue->worker_count;
    pthread_cond_signal(&queue->work_there);
    pthread_mutex_unlock(&queue->lock);
    if (start) {
        struct worker *worker = &queue->workers[queue->started];
        *worker = (struct worker){.queue = queue, .index = queue->started};
        if (pthread_create(&worker->thread, NULL, work, worker) == 0) {
            queue->started++;
        } else if (queue->started == 0) {
            message_say(NULL, "cannot start a thread");
            _exit(EXIT_TROUBLE);
        }
    }
}

void queue_finish(struct queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    queue->closed = true;
    pthread_cond_broadcast(&queue->work_there);
    pthread_mutex_unlock(&queue->lock);
    for (size_t i = 0; i < queue->started; i++)
        pthread_join(queue->workers[i].thread, NULL);
    for (size_t i = 0; i < queue->slot_count; i++) {
        bytes_clear(&queue->slots[i].job.input);
        bytes_clear(&queue->slots[i].job.output);
        bytes_clear(&queue->slots[i].job.messages);
    }
    pthread_mutex_destroy(&queue->lock);
    pthread_cond_destroy(&queue->work_there);
    pthread_cond_destroy(&queue->room_there);
    free(queue->slots);
    free(queue->workers);
    free(queue);
}
