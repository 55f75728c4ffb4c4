/*
 * prepare.c - a program of the build, no part of the library: loads a directory of rules and writes what
 * loading found as C (prepared.h), so that the library need not load its own rules when it starts.
 *
 *     prepare DIRECTORY prepared.bin > prepared.c
 *
 * prepared.bin gets the arrays of programs and tables, and the patterns that have no program as PCRE2
 * serializes them when compiled.
 */
#include <stdio.h>
#include <stdlib.h>

#include "automaton.h"
#include "program.h"

static void put_string(const char *string)
{
    putchar('"');
    for (const char *c = string; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte < 0x20 || byte >= 0x7f || byte == '"' || byte == '\\' || byte == '?')
            printf("\\%03o", byte);
        else
            putchar(byte);
    }
    putchar('"');
}

static void put_numbers(const char *name, const uint32_t *numbers, size_t count)
{
    printf("static const uint32_t %s[] = {", name);
    for (size_t i = 0; i < count; i++)
        printf("%u%s", (unsigned)numbers[i], i + 1 < count ? "," : "};\n");
}

static void put_charset(const struct charset *set)
{
    printf("    {.beyond = %d, .lead = {", set->beyond);
    for (size_t i = 0; i < 4; i++)
        printf("0x%llx,", (unsigned long long)set->lead[i]);
    printf("}, .bits = {");
    for (size_t i = 0; i < CHARSET_WORDS; i++)
        if (set->bits[i] != 0 || i == 0)
            printf("[%zu]=0x%llx,", i, (unsigned long long)set->bits[i]);
    puts("}},");
}

static void put_charsets(const struct rules *rules)
{
    puts("static const struct charset charsets[] = {");
    for (size_t i = 0; i < rules->charset_count; i++)
        put_charset(&rules->charsets[i]);
    puts("};");
}

static void put_automaton(const struct automaton *automaton)
{
    puts("static const struct node nodes[] = {");
    for (size_t i = 0; i < automaton->node_count; i++)
        printf("{%u,%u,%u},%s", (unsigned)automaton->nodes[i].out, (unsigned)automaton->nodes[i].type,
               (unsigned)automaton->nodes[i].value, i % 16 == 15 ? "\n" : "");
    puts("};");
    put_numbers("starts", automaton->starts, automaton->rule_count + 1);
    put_numbers("bases", automaton->bases, automaton->rule_count + 1);
    printf(
        "static const struct automaton automaton = {\n    .nodes = nodes, .node_count = %zu, .charsets = "
        "charsets, .charset_count = %zu,\n    .starts = starts, .bases = bases, .rule_count = %zu, .fixed = "
        "true};\n",
        automaton->node_count, automaton->charset_count, automaton->rule_count);
}

static void put_rule_list(const char *name, size_t number, struct rule *const *list)
{
    printf("static struct rule *%s%zu[] = {", name, number);
    for (; *list != NULL; list++)
        printf("&rule%zu, ", (*list)->index);
    puts("NULL};");
}

/* Writes bytes behind what is in the file; their offset. */
static long put_bytes(FILE *file, const void *bytes, size_t size)
{
    enum { ALIGNMENT = 16 };
    while (ftell(file) % ALIGNMENT != 0)
        (void)putc(0, file);
    long offset = ftell(file);
    (void)fwrite(bytes, 1, size, file);
    return offset;
}

static void put_array(const char *member, const char *type, FILE *file, const void *items, size_t size)
{
    printf(" .%s = (const %s *)(prepared_bytes + %ld),\n", member, type, put_bytes(file, items, size));
}

static void put_programs(const struct programs *programs, FILE *file)
{
    size_t rules = programs->rule_count + 1;
    puts("static const struct programs programs = {");
    put_array("code", "struct instruction", file, programs->code,
              programs->code_count * sizeof *programs->code);
    put_array("starts", "uint32_t", file, programs->starts, rules * sizeof *programs->starts);
    put_array("groups", "uint32_t", file, programs->groups, rules * sizeof *programs->groups);
    put_array("ids", "int16_t", file, programs->ids, programs->id_count * sizeof *programs->ids);
    put_array("maps", "uint8_t", file, programs->maps, programs->map_size);
    put_array("targets", "uint32_t", file, programs->targets,
              programs->target_count * sizeof *programs->targets);
    printf(" .charsets = charsets, .code_count = %zu, .rule_count = %zu, .fixed = true};\n",
           programs->code_count, programs->rule_count);
}

static void put_table(const struct table *table, FILE *file)
{
    size_t rows = table->row_count;
    const char *base = strrchr(table->file, '/');
    printf("{.name = \"%s\", .file = \"%s\", .row_count = %zu, .written_count = %zu, .column_count = %zu,\n"
           " .head_count = %zu,\n",
           table->name, base != NULL ? base + 1 : table->file, rows, table->written_count,
           table->column_count, table->head_count);
    put_array("bytes", "char", file, table->bytes, strlen(table->bytes) + 1);
    put_array("cells", "struct table_span", file, table->cells,
              (rows + 1) * table->column_count * sizeof *table->cells);
    put_array("heads", "struct table_head", file, table->heads, table->head_count * sizeof *table->heads);
    put_array("next", "uint32_t", file, table->next, (rows + 1) * sizeof *table->next);
    put_array("traits", "traits", file, table->traits, (rows + 1) * sizeof *table->traits);
    for (size_t i = 0; i < 2; i++) {
        char member[] = "parts[0]";
        member[6] = (char)('0' + i);
        put_array(member, "uint64_t", file, table->parts[i], TABLE_PART_BITS / 8);
    }
    printf(" .prepared = true, .columns = {");
    for (size_t i = 0; i < COLUMN_IDS; i++)
        printf("%d%s", table->columns[i], i + 1 < COLUMN_IDS ? "," : "}},\n");
}

/* Writes the compiled pattern behind what is in the file; its offset. */
static long put_compiled(const struct rules *rules, const struct rule *rule, FILE *file)
{
    uint8_t *bytes;
    PCRE2_SIZE size;
    const struct compiled *compiled = rules_compile(rules, rule, false);
    const pcre2_code *code = compiled != NULL ? compiled->code : NULL;
    if (code == NULL || pcre2_serialize_encode(&code, 1, &bytes, &size, NULL) != 1) {
        fprintf(stderr, "prepare: the pattern of rule '%s' can't be serialized\n", rule->id);
        exit(2);
    }
    long offset = put_bytes(file, bytes, size);
    pcre2_serialize_free(bytes);
    return offset;
}

static void put_rule(const struct rules *rules, const struct rule *rule, FILE *file)
{
    const char *base = strrchr(rule->file, '/');
    put_rule_list("start", rule->index, rule->start);
    put_rule_list("end", rule->index, rule->end);
    /* const in effect: struct rule has plain pointers because the loader fills it */
    printf("static struct rule rule%zu = {.id = (char *)", rule->index);
    put_string(rule->id);
    printf(", .form = (char *)");
    put_string(rule->form);
    printf(", .forms = (char *)");
    put_string(rule->forms);
    printf(", .file = (char *)");
    put_string(base != NULL ? base + 1 : rule->file);
    printf(",\n    .line = %zu, .kind = %d, .role = %d, .reject = %d, .priority = %d, .index = %zu,\n",
           rule->line, (int)rule->kind, (int)rule->role, rule->reject, rule->priority, rule->index);
    printf("    .example_count = %zu, .start = start%zu, .end = end%zu,\n    .pattern = (char *)",
           rule->example_count, rule->index, rule->index);
    put_string(rule->pattern);
    if (rules->programs->starts[rule->index] == 0)
        printf(", .serialized = prepared_bytes + %ld", put_compiled(rules, rule, file));
    puts("};");
}

/* All of it, as C to standard output, the larger arrays into the file. */
static void put_rules(const struct rules *rules, FILE *file)
{
    puts("#include \"rules/prepared.h\"");
    for (size_t i = 0; i < rules->rule_count; i++)
        printf("static struct rule rule%zu;\n", i);
    for (size_t i = 0; i < rules->rule_count; i++)
        put_rule(rules, rules->rules[i], file);
    for (size_t kind = 0; kind <= KIND_CUSTOM; kind++)
        put_rule_list("after", kind, rules->after[kind]);
    printf("static struct rule *const rules[] = {");
    for (size_t i = 0; i < rules->rule_count; i++)
        printf("&rule%zu, ", i);
    puts("NULL};");
    put_charsets(rules);
    put_automaton(rules->automaton);
    put_programs(rules->programs, file);
    puts("static const struct table tables[] = {");
    for (size_t i = 0; i < rules->table_count; i++)
        put_table(rules->tables[i], file);
    puts("};");
    printf("const struct prepared prepared_rules = {rules, %zu, {", rules->rule_count);
    for (size_t kind = 0; kind <= KIND_CUSTOM; kind++)
        printf("after%zu, ", kind);
    printf("}, &automaton, &programs, tables, %zu};\n", rules->table_count);
}

/* NULL after a message. */
static struct rules *load(const char *directory)
{
    struct trich_error error;
    struct rules *rules = rules_load(directory, &error);
    if (rules == NULL) {
        fprintf(stderr, "%s:%zu:%zu: %s\n", error.file, error.line, error.column, error.message);
    } else if (rules->custom_count > 0) {
        fprintf(stderr, "%s: '%s' is no built-in kind\n", directory, rules->customs[0].name);
        rules_free(rules);
        rules = NULL;
    }
    return rules;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("prepare: use it as 'prepare DIRECTORY prepared.bin > prepared.c'\n", stderr);
        return 2;
    }
    struct rules *rules = load(argv[1]);
    FILE *file = rules != NULL ? fopen(argv[2], "wb") : NULL;
    if (rules != NULL && file == NULL)
        perror(argv[2]);
    if (file == NULL)
        return 2;
    put_rules(rules, file);
    rules_free(rules);
    bool written = ferror(file) == 0;
    if (fclose(file) != 0 || !written || fflush(stdout) != 0) {
        perror("prepare");
        return 2;
    }
    return 0;
}
