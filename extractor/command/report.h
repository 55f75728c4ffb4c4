/* report.h - what a validation found, in the forms of --report. Everything is appended to bytes. */
#ifndef TRICH_COMMAND_REPORT_H
#define TRICH_COMMAND_REPORT_H

#include "../trich.h"
#include "bytes.h"
#include "options.h"

/* One text that was compared. */
struct report_text {
    const char *path;
    const char *expected_path;
    size_t input_length; /* of the file */
    const char *text;    /* as UTF-8 */
    size_t length;
    const trich_extractor *extractor; /* to find places in the text */
    const struct trich_article *expected, *got;
    const struct trich_comparison *comparisons;
    size_t count;
    size_t number; /* among the texts, from 1 */
    bool gated;    /* --min-f1 says what is enough: a text need not be without a difference */
};

/* What was asked of a kind. */
struct report_gate {
    const char *kind;
    double minimum; /* of exact F1 in percent */
    double f1;
    bool good;
};

struct report_result {
    size_t text_count;
    size_t failure_count;         /* texts that could not be compared */
    const struct bytes *failures; /* lines that say which and why */
    const trich_score *score;
    const struct report_gate *gates;
    size_t gate_count;
};

struct report_form {
    void (*begin)(struct bytes *output);
    /* all: also show where only optional attributes differ. */
    void (*text)(struct bytes *output, const struct report_text *text, bool all);
    void (*end)(struct bytes *output, const struct report_result *result);
};

extern const struct report_form report_as_text, report_as_xml, report_as_tap, report_as_html;

/* ---- what the forms share ---- */

/* The four kinds' names and "all". */
const char *report_kind(const struct trich_tally *tally);
/* Whether a comparison is to be shown. */
bool report_shows(const struct trich_comparison *comparison, bool all);
/* A word or two for a verdict. */
const char *report_verdict(const struct trich_comparison *comparison);
/* The record that says where in the text it is: the expected one if there is one. */
const struct trich_record *report_record(const struct trich_comparison *comparison);
/* Where lines were last counted to; all 0 at first. */
struct report_place {
    size_t place, breaks;
};

/* The number of the line that a place in the text lies in, from 1. The places of one text come in order, so
 * that none of it is counted twice. */
size_t report_line(const struct report_text *text, size_t place, struct report_place *before);

/* Text as XML and HTML have it, in content and in attributes. What they cannot carry becomes U+FFFD. */
void report_escape(struct bytes *output, const char *text, size_t length);
void report_escape_string(struct bytes *output, const char *string);
/* NAME="VALUE" with a blank in front. */
void report_attribute(struct bytes *output, const char *name, const char *value);

/* Each line of the failures between begin and end. */
void report_failures(struct bytes *output, const struct report_result *result, const char *begin,
                     const char *end);

/* A stretch around a record: the rest of its line, cut to about 100 characters. */
struct report_context {
    size_t start, record_start, record_end, end; /* places in the text */
    bool cut_start, cut_end;                     /* the line goes on there */
};
struct report_context report_context(const struct report_text *text, const struct trich_record *record);

#endif
