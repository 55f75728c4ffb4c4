/*
 * --report=xml: for programs.
 *
 *   <validation xmlns="urn:trich:validation:1">
 *     <text file="a.txt" expected="a.xml" records="12" got="11">
 *       <difference verdict="missed" line="3">
 *         <context>…<mark>the record</mark>…</context>
 *         <expected><date xmlns="urn:trich:records:1" …/></expected>
 *         <got>…</got>
 *       </difference>
 *     </text>
 *     <kind name="date" expected="…" got="…"><exact right="…" precision="…" recall="…" f1="…"/>…</kind>
 *     <attribute kind="date" name="mod" expected="…" got="…" right="…"/>
 *     <asked kind="date" f1="…" least="100" met="yes"/>
 *     <failure>message</failure>
 *     <result texts="…" failures="0" met="yes"/>
 *   </validation>
 *
 * Each text that could be compared is there, also one without a difference; of each other one there is a
 * failure. verdict: missed, surplus, extent, attributes, extent-and-attributes, optional.
 */
#include "report.h"

static void begin(struct bytes *output)
{
    bytes_append_string(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                "<validation xmlns=\"urn:trich:validation:1\">\n");
}

static const char *verdict_word(const struct trich_comparison *comparison)
{
    static const char *const words[] = {
        [TRICH_EXACT] = "optional",    [TRICH_VALUE] = "extent",
        [TRICH_EXTENT] = "attributes", [TRICH_OVERLAP] = "extent-and-attributes",
        [TRICH_MISS] = "missed",       [TRICH_SURPLUS] = "surplus"};
    return words[comparison->verdict];
}

static void put_record(struct bytes *output, const char *role, const struct trich_record *record)
{
    if (record == NULL)
        return;
    bytes_append_format(output, "      <%s><%s xmlns=\"" TRICH_NAMESPACE "\" start=\"%zu\" end=\"%zu\"", role,
                        record->kind, record->start, record->end);
    for (size_t i = 0; i < record->attribute_count; i++)
        report_attribute(output, record->attributes[i].name, record->attributes[i].value);
    bytes_append_string(output, ">");
    report_escape(output, record->content, record->content_length);
    bytes_append_format(output, "</%s></%s>\n", record->kind, role);
}

static void put_context(struct bytes *output, const struct report_text *text,
                        const struct report_context *context)
{
    bytes_append_string(output, context->cut_start ? "      <context>…" : "      <context>");
    report_escape(output, text->text + context->start, context->record_start - context->start);
    bytes_append_string(output, "<mark>");
    report_escape(output, text->text + context->record_start, context->record_end - context->record_start);
    bytes_append_string(output, "</mark>");
    report_escape(output, text->text + context->record_end, context->end - context->record_end);
    bytes_append_string(output, context->cut_end ? "…</context>\n" : "</context>\n");
}

static void show_text(struct bytes *output, const struct report_text *text, bool all)
{
    bytes_append_string(output, "  <text");
    report_attribute(output, "file", text->path);
    report_attribute(output, "expected", text->expected_path);
    bytes_append_format(output, " records=\"%zu\" got=\"%zu\">\n", text->expected->record_count,
                        text->got->record_count);
    struct report_place before = {0};
    for (size_t i = 0; i < text->count; i++) {
        const struct trich_comparison *comparison = &text->comparisons[i];
        if (!report_shows(comparison, all))
            continue;
        struct report_context context = report_context(text, report_record(comparison));
        bytes_append_format(output, "    <difference verdict=\"%s\" line=\"%zu\">\n",
                            verdict_word(comparison), report_line(text, context.record_start, &before));
        put_context(output, text, &context);
        put_record(output, "expected", comparison->expected);
        put_record(output, "got", comparison->got);
        bytes_append_string(output, "    </difference>\n");
    }
    bytes_append_string(output, "  </text>\n");
}

static void put_rates(struct bytes *output, const char *name, size_t right, const struct trich_tally *tally)
{
    struct trich_rates rates = trich_rates(right, tally->expected, tally->got);
    bytes_append_format(output, "    <%s right=\"%zu\" precision=\"%.2f\" recall=\"%.2f\" f1=\"%.2f\"/>\n",
                        name, right, rates.precision, rates.recall, rates.f1);
}

static void show_result(struct bytes *output, const struct report_result *result)
{
    bool met = result->failure_count == 0;
    for (size_t i = 0; i < trich_score_count(result->score); i++) {
        struct trich_tally tally = trich_score_get(result->score, i);
        bytes_append_string(output, "  <kind");
        report_attribute(output, "name", report_kind(&tally));
        bytes_append_format(output, " expected=\"%zu\" got=\"%zu\">\n", tally.expected, tally.got);
        put_rates(output, "exact", tally.exact, &tally);
        put_rates(output, "value", tally.value, &tally);
        put_rates(output, "extent", tally.extent, &tally);
        bytes_append_string(output, "  </kind>\n");
    }
    for (size_t i = 0; i < trich_score_attribute_count(result->score); i++) {
        struct trich_attribute_tally tally = trich_score_attribute(result->score, i);
        bytes_append_string(output, "  <attribute");
        report_attribute(output, "kind", tally.kind);
        report_attribute(output, "name", tally.name);
        bytes_append_format(output, " expected=\"%zu\" got=\"%zu\" right=\"%zu\"/>\n", tally.expected,
                            tally.got, tally.right);
    }
    for (size_t i = 0; i < result->gate_count; i++) {
        const struct report_gate *gate = &result->gates[i];
        bytes_append_string(output, "  <asked");
        report_attribute(output, "kind", gate->kind);
        bytes_append_format(output, " f1=\"%.2f\" least=\"%g\" met=\"%s\"/>\n", gate->f1, gate->minimum,
                            gate->good ? "yes" : "no");
        met = met && gate->good;
    }
    report_failures(output, result, "  <failure>", "</failure>\n");
    bytes_append_format(output, "  <result texts=\"%zu\" failures=\"%zu\" met=\"%s\"/>\n</validation>\n",
                        result->text_count, result->failure_count, met ? "yes" : "no");
}

const struct report_form report_as_xml = {begin, show_text, show_result};
