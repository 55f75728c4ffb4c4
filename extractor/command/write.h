/* write.h - articles as XML, in the form of rules/records.rng. */
#ifndef TRICH_COMMAND_WRITE_H
#define TRICH_COMMAND_WRITE_H

#include "../trich.h"
#include "bytes.h"
#include "options.h"

/* Begins and ends a document of any number of articles. */
void write_head(struct bytes *output);
void write_foot(struct bytes *output);
/* An article within the document; with options->each a document of its own, on one line. */
void write_article(struct bytes *output, const struct trich_article *article, const struct trich_input *input,
                   const struct options *options);
/* A document without articles, on one line. */
void write_empty(struct bytes *output);

#endif
