/*
 * --report=html: one page, to be looked at and kept: each text with hits, misses and surplus marked in it, a
 * list of the differences below it, the figures at the end. Without script and without anything from outside;
 * well-formed XML too. What a colour says, a sign in front of the record and its line's form say as well.
 */
#include <string.h>

#include "report.h"

static const char head[] =
    "<!DOCTYPE html>\n"
    "<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\"/>\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\"/>\n"
    "<title>trich validate</title>\n"
    "<style>\n"
    ":root { color-scheme: light dark; --page: #fff; --ink: #1b1b1b; --soft: #595959; --rule: #c8c8c8;\n"
    "  --hit: #d9f2dd; --miss: #ffd9d6; --surplus: #dbe7ff; --wrong: #ffeaba; }\n"
    "@media (prefers-color-scheme: dark) { :root { --page: #16181a; --ink: #e8e8e8; --soft: #a8a8a8; --rule: "
    "#4a4d50;\n"
    "  --hit: #1d4027; --miss: #6b2420; --surplus: #1f3f75; --wrong: #5e4a0c; } }\n"
    "body { background: var(--page); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; margin: 2rem "
    "auto;\n"
    "  max-width: 60rem; padding: 0 1rem; }\n"
    "h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; } a { color: inherit; }\n"
    "summary { cursor: pointer; border-top: 1px solid var(--rule); padding: .5rem 0; overflow-wrap: "
    "anywhere; }\n"
    ".text { white-space: pre-wrap; overflow-wrap: anywhere; margin: .5rem 0 1rem; }\n"
    "mark { color: inherit; padding: 0 .15em; border-radius: .2em; border-bottom: 2px solid; }\n"
    ".hit { background: var(--hit); border-bottom-color: var(--rule); }\n"
    ".miss { background: var(--miss); border-bottom-style: dashed; }\n"
    ".surplus { background: var(--surplus); border-bottom-style: dotted; }\n"
    ".wrong { background: var(--wrong); border-bottom-style: double; border-bottom-width: 3px; }\n"
    "mark.miss::before { content: \"\\2212\"; } mark.surplus::before { content: \"+\"; }\n"
    "mark.wrong::before { content: \"\\2260\"; }\n"
    "mark:target { outline: 3px solid var(--ink); }\n"
    "table { border-collapse: collapse; margin: 1rem 0; font-size: .9rem; }\n"
    "caption { text-align: left; font-weight: bold; padding: .3rem 0; }\n"
    "th, td { border-bottom: 1px solid var(--rule); padding: .2rem .7rem .2rem 0; text-align: left; "
    "vertical-align: top;\n"
    "  overflow-wrap: anywhere; }\n"
    "thead th { overflow-wrap: normal; } th[scope=row] { font-weight: normal; } td.number, th.number { "
    "text-align: right; white-space: nowrap; "
    "}\n"
    ".wide { overflow-x: auto; } .wide th { overflow-wrap: normal; white-space: nowrap; } .soft { color: "
    "var(--soft); }\n"
    "@media print { body { max-width: none; margin: 0; } summary { break-after: avoid; } tr { break-inside: "
    "avoid; }\n"
    "  mark, td { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }\n"
    "</style>\n"
    "</head>\n"
    "<body>\n"
    "<h1>Extracted and expected records</h1>\n"
    "<p>In the texts: <mark class=\"hit\">found as expected</mark>, <mark class=\"wrong\">found otherwise "
    "than"
    " expected</mark>,\n<mark class=\"miss\">missed</mark>, <mark class=\"surplus\">surplus</mark>."
    " <a href=\"#figures\">The figures are at the end.</a></p>\n"
    "<main>\n";

static void begin(struct bytes *output)
{
    bytes_append_string(output, head);
}

/* ---- a text with its records marked ---- */

/* A stretch of the text to be marked for one comparison or for several that overlap (a date missed where a
 * figure was found). */
struct stretch {
    size_t start, end;
    size_t first, last; /* comparisons */
};

static struct stretch stretch_of(const struct report_text *text, size_t i)
{
    const struct trich_comparison *comparison = &text->comparisons[i];
    const struct trich_record *both[] = {comparison->expected, comparison->got};
    struct stretch stretch = {text->length, 0, i, i};
    for (size_t j = 0; j < 2; j++) {
        if (both[j] == NULL)
            continue;
        size_t start = trich_extractor_place(text->extractor, both[j]->start);
        size_t end = trich_extractor_place(text->extractor, both[j]->end);
        if (start < stretch.start)
            stretch.start = start;
        if (end > stretch.end)
            stretch.end = end;
    }
    if (stretch.end < stretch.start)
        stretch.end = stretch.start;
    return stretch;
}

/* Takes in what overlaps; returns the comparison behind. */
static size_t extend(const struct report_text *text, struct stretch *stretch)
{
    size_t i = stretch->last + 1;
    for (; i < text->count; i++) {
        struct stretch next = stretch_of(text, i);
        if (next.start >= stretch->end)
            break;
        if (next.end > stretch->end)
            stretch->end = next.end;
        if (next.start < stretch->start)
            stretch->start = next.start;
        stretch->last = i;
    }
    return i;
}

static const char *class_of(const struct report_text *text, const struct stretch *stretch)
{
    if (stretch->first < stretch->last)
        return "wrong";
    switch (text->comparisons[stretch->first].verdict) {
    case TRICH_EXACT:
        return "hit";
    case TRICH_MISS:
        return "miss";
    case TRICH_SURPLUS:
        return "surplus";
    default:
        return "wrong";
    }
}

static void put_attributes(struct bytes *output, const struct trich_record *record)
{
    for (size_t i = 0; i < record->attribute_count; i++) {
        bytes_append_string(output, i > 0 ? ", " : "");
        report_escape_string(output, record->attributes[i].name);
        bytes_append_string(output, " ");
        report_escape_string(output, record->attributes[i].value);
    }
}

static void put_mark(struct bytes *output, const struct report_text *text, const struct stretch *stretch)
{
    bytes_append_format(output, "<mark class=\"%s\"", class_of(text, stretch));
    if (text->comparisons[stretch->first].verdict != TRICH_EXACT || stretch->first < stretch->last)
        bytes_append_format(output, " id=\"t%zu-%zu\"", text->number, stretch->first);
    bytes_append_string(output, " title=\"");
    for (size_t i = stretch->first; i <= stretch->last; i++) {
        const struct trich_comparison *comparison = &text->comparisons[i];
        const struct trich_record *record = report_record(comparison);
        bytes_append_string(output, i > stretch->first ? "; " : "");
        report_escape_string(output, record->kind);
        bytes_append_format(output, " %s: ", report_verdict(comparison));
        put_attributes(output, record);
    }
    bytes_append_string(output, "\">");
    report_escape(output, text->text + stretch->start, stretch->end - stretch->start);
    bytes_append_string(output, "</mark>");
}

static void put_text(struct bytes *output, const struct report_text *text)
{
    size_t done = 0;
    bytes_append_string(output, "<div class=\"text\" lang=\"vi\">");
    for (size_t i = 0; i < text->count;) {
        struct stretch stretch = stretch_of(text, i);
        i = extend(text, &stretch);
        if (stretch.start < done)
            stretch.start = done;
        report_escape(output, text->text + done, stretch.start - done);
        put_mark(output, text, &stretch);
        done = stretch.end;
    }
    report_escape(output, text->text + done, text->length - done);
    bytes_append_string(output, "</div>\n");
}

/* ---- its differences ---- */

static void put_side(struct bytes *output, const struct trich_record *record)
{
    if (record == NULL) {
        bytes_append_string(output, "<td class=\"soft\">none</td>");
        return;
    }
    bytes_append_string(output, "<td><span lang=\"vi\">");
    report_escape(output, record->content, record->content_length);
    bytes_append_format(output, "</span> <span class=\"soft\">%zu-%zu</span><br/>", record->start,
                        record->end);
    put_attributes(output, record);
    bytes_append_string(output, "</td>");
}

static void put_differences(struct bytes *output, const struct report_text *text, bool all)
{
    struct stretch stretch = {0};
    struct report_place before = {0};
    size_t next = 0;
    bytes_append_string(output,
                        "<table>\n<thead><tr><th scope=\"col\">line</th><th scope=\"col\">what</th>"
                        "<th scope=\"col\">expected</th><th scope=\"col\">extracted</th></tr></thead>\n"
                        "<tbody>\n");
    for (size_t i = 0; i < text->count; i++) {
        const struct trich_comparison *comparison = &text->comparisons[i];
        if (i == next) {
            stretch = stretch_of(text, i);
            next = extend(text, &stretch);
        }
        if (!report_shows(comparison, all))
            continue;
        const struct trich_record *record = report_record(comparison);
        size_t line = report_line(text, trich_extractor_place(text->extractor, record->start), &before);
        bytes_append_format(output, "<tr><th scope=\"row\" class=\"number\">");
        /* One mark stands for all comparisons of its stretch; a hit's has no name to go to. */
        if (comparison->verdict != TRICH_EXACT || stretch.first < stretch.last)
            bytes_append_format(output, "<a href=\"#t%zu-%zu\">%zu</a>", text->number, stretch.first, line);
        else
            bytes_append_format(output, "%zu", line);
        bytes_append_string(output, "</th><td>");
        report_escape_string(output, record->kind);
        bytes_append_format(output, " %s</td>", report_verdict(comparison));
        put_side(output, comparison->expected);
        put_side(output, comparison->got);
        bytes_append_string(output, "</tr>\n");
    }
    bytes_append_string(output, "</tbody>\n</table>\n");
}

static void show_text(struct bytes *output, const struct report_text *text, bool all)
{
    size_t differences = 0;
    size_t shown = 0;
    for (size_t i = 0; i < text->count; i++) {
        differences += text->comparisons[i].verdict != TRICH_EXACT;
        shown += report_shows(&text->comparisons[i], all);
    }
    bytes_append_string(output, differences > 0 ? "<details open=\"open\">\n<summary><b>"
                                                : "<details>\n<summary><b>");
    report_escape_string(output, text->path);
    bytes_append_format(output, "</b>: %zu expected, %zu extracted, %zu %s</summary>\n",
                        text->expected->record_count, text->got->record_count, differences,
                        differences == 1 ? "difference" : "differences");
    put_text(output, text);
    if (shown > 0)
        put_differences(output, text, all);
    bytes_append_string(output, "</details>\n");
}

/* ---- the figures ---- */

static void put_rates(struct bytes *output, size_t right, size_t expected, size_t got)
{
    struct trich_rates rates = trich_rates(right, expected, got);
    if (expected + got == 0) { /* there is none: a rate of 0 would read as a failure */
        bytes_append_string(output, "<td class=\"number\" colspan=\"3\">\xE2\x80\x93</td>");
        return;
    }
    bytes_append_format(output,
                        "<td class=\"number\">%.1f</td><td class=\"number\">%.1f</td>"
                        "<td class=\"number\">%.1f</td>",
                        rates.precision, rates.recall, rates.f1);
}

static void put_kinds(struct bytes *output, const struct trich_score *score)
{
    bytes_append_string(
        output,
        "<div class=\"wide\"><table>\n<caption>Records: precision, recall and F1 in percent</caption>\n"
        "<thead><tr><th scope=\"col\" rowspan=\"2\">kind</th>"
        "<th scope=\"col\" rowspan=\"2\" class=\"number\">expected</th>"
        "<th scope=\"col\" rowspan=\"2\" class=\"number\">extracted</th>");
    static const char *const names[] = {"exact", "by value", "by extent"};
    static const char *const rates[] = {"precision", "recall", "F1"};
    for (size_t i = 0; i < 3; i++)
        bytes_append_format(output, "<th scope=\"colgroup\" colspan=\"3\" class=\"number\">%s</th>",
                            names[i]);
    bytes_append_string(output, "</tr>\n<tr>");
    for (size_t i = 0; i < 9; i++)
        bytes_append_format(output, "<th scope=\"col\" class=\"number\">%s</th>", rates[i % 3]);
    bytes_append_string(output, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < trich_score_count(score); i++) {
        struct trich_tally tally = trich_score_get(score, i);
        bytes_append_string(output, "<tr><th scope=\"row\">");
        report_escape_string(output, report_kind(&tally));
        bytes_append_format(output, "</th><td class=\"number\">%zu</td><td class=\"number\">%zu</td>",
                            tally.expected, tally.got);
        put_rates(output, tally.exact, tally.expected, tally.got);
        put_rates(output, tally.value, tally.expected, tally.got);
        put_rates(output, tally.extent, tally.expected, tally.got);
        bytes_append_string(output, "</tr>\n");
    }
    bytes_append_string(output, "</tbody>\n</table></div>\n");
}

static void put_optional(struct bytes *output, const struct trich_score *score)
{
    size_t count = trich_score_attribute_count(score);
    if (count == 0)
        return;
    bytes_append_string(
        output, "<div class=\"wide\"><table>\n<caption>Optional attributes, of records that agree in"
                " extent</caption>\n<thead><tr><th scope=\"col\">kind</th><th scope=\"col\">attribute</th>"
                "<th scope=\"col\" class=\"number\">expected</th><th scope=\"col\" class=\"number\">"
                "extracted</th><th scope=\"col\" class=\"number\">right</th>"
                "<th scope=\"col\" class=\"number\">precision</th><th scope=\"col\" class=\"number\">"
                "recall</th><th scope=\"col\" class=\"number\">F1</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < count; i++) {
        struct trich_attribute_tally tally = trich_score_attribute(score, i);
        bytes_append_string(output, "<tr><th scope=\"row\">");
        report_escape_string(output, tally.kind);
        bytes_append_string(output, "</th><td>");
        report_escape_string(output, tally.name);
        bytes_append_format(output,
                            "</td><td class=\"number\">%zu</td><td class=\"number\">%zu</td>"
                            "<td class=\"number\">%zu</td>",
                            tally.expected, tally.got, tally.right);
        /* An attribute that is not expected anywhere was not asked for. */
        put_rates(output, tally.right, tally.expected, tally.expected > 0 ? tally.got : 0);
        bytes_append_string(output, "</tr>\n");
    }
    bytes_append_string(output, "</tbody>\n</table></div>\n");
}

static void show_result(struct bytes *output, const struct report_result *result)
{
    bytes_append_format(output, "</main>\n<h2 id=\"figures\">Figures over %zu %s</h2>\n", result->text_count,
                        result->text_count == 1 ? "text" : "texts");
    if (result->failure_count > 0) {
        bytes_append_format(output, "<p><b>%zu could not be compared:</b></p>\n<ul>\n",
                            result->failure_count);
        report_failures(output, result, "<li>", "</li>\n");
        bytes_append_string(output, "</ul>\n");
    }
    put_kinds(output, result->score);
    put_optional(output, result->score);
    bytes_append_string(output, "<ul>\n");
    for (size_t i = 0; i < result->gate_count; i++) {
        const struct report_gate *gate = &result->gates[i];
        bytes_append_string(output, "<li>");
        report_escape_string(output, gate->kind);
        bytes_append_format(output, ": exact F1 %.2f, asked for %g: <b>%s</b></li>\n", gate->f1,
                            gate->minimum, gate->good ? "reached" : "falls short");
    }
    bytes_append_string(output, "</ul>\n</body>\n</html>\n");
}

const struct report_form report_as_html = {begin, show_text, show_result};
