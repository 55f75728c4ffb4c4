/*
 * progress.h - a line on the terminal that says how far a batch has come, rewritten four times a second.
 *
 * A thread of its own draws it; another one walks over the inputs to count them, so that the time left is
 * known soon and the work does not wait for it. All functions do nothing with NULL: no terminal, or --quiet.
 */
#ifndef TRICH_COMMAND_PROGRESS_H
#define TRICH_COMMAND_PROGRESS_H

#include "queue.h"
#include "walk.h"

/* walk: the inputs, of which visit, trouble and closure are not used. split: each holds any number of
 * articles.
 */
struct progress *progress_start(const struct walk *walk, bool split);
/* What is done so far. */
void progress_update(struct progress *progress, const struct queue_counts *counts);
/* Takes the line off the screen and keeps it off until progress_show, so that a message can be printed. */
void progress_hide(struct progress *progress);
void progress_show(struct progress *progress);
/* Takes the line off and frees. */
void progress_stop(struct progress *progress);

#endif
