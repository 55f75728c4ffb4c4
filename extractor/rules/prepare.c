/*
 * prepare.c - a program of the build, no part of the library: loads a directory of rules and writes what
 * loading found as C (prepared.h), so that the library need not load its own rules when it starts.
 *
 *     prepare DIRECTORY > prepared.c
 */
#include <stdio.h>
#include <stdlib.h>

#include "dispatch.h"

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

static size_t list_count;

/* Writes a list of rules' numbers; its name is list<N>. */
static void put_list(const unsigned short *list)
{
    printf("static const unsigned short list%zu[] = {", list_count++);
    for (; *list != DISPATCH_END; list++)
        printf("%d, ", *list);
    puts("DISPATCH_END};");
}

static void put_lists(const struct dispatch_table *table)
{
    for (size_t i = 0; i < table->size; i++)
        if (table->entries[i].rules != NULL)
            put_list(table->entries[i].rules);
}

static void put_table(const char *name, const struct dispatch_table *table, size_t *list)
{
    printf("static struct dispatch_entry %s[%zu] = {\n", name, table->size);
    for (size_t i = 0; i < table->size; i++) {
        const struct dispatch_entry *entry = &table->entries[i];
        if (entry->key == 0)
            continue;
        printf("    [%zu] = {UINT64_C(0x%llx), ", i, (unsigned long long)entry->key);
        if (entry->rules != NULL)
            printf("list%zu", (*list)++);
        else
            printf("0");
        printf(", %d},\n", entry->second);
    }
    puts("};");
}

static void put_bytes(const char *name, const unsigned short *const *lists, size_t *list)
{
    printf("    .%s = {", name);
    for (size_t i = 0; i < 256; i++)
        if (lists[i] != NULL)
            printf("[%zu] = list%zu, ", i, (*list)++);
    puts("},");
}

static void put_dispatch(const struct dispatch *dispatch)
{
    put_lists(&dispatch->first);
    put_lists(&dispatch->second);
    for (size_t i = 0; i < 256; i++)
        if (dispatch->by_byte[i] != NULL)
            put_list(dispatch->by_byte[i]);
    for (size_t i = 0; i < 256; i++)
        if (dispatch->by_digit[i] != NULL)
            put_list(dispatch->by_digit[i]);
    static const unsigned short none = DISPATCH_END;
    put_list(dispatch->all != NULL ? dispatch->all : &none);
    size_t list = 0;
    put_table("first", &dispatch->first, &list);
    put_table("second", &dispatch->second, &list);
    puts("static const struct dispatch dispatch = {");
    printf("    .filter = {");
    for (size_t i = 0; i < DISPATCH_FILTER_BITS / 64; i++)
        if (dispatch->filter[i] != 0)
            printf("[%zu] = UINT64_C(0x%llx), ", i, (unsigned long long)dispatch->filter[i]);
    puts("},");
    printf("    .first = {first, %zu, %zu},\n", dispatch->first.size, dispatch->first.count);
    printf("    .second = {second, %zu, %zu},\n", dispatch->second.size, dispatch->second.count);
    put_bytes("by_byte", dispatch->by_byte, &list);
    put_bytes("by_digit", dispatch->by_digit, &list);
    printf("    .all = list%zu,\n};\n", list);
}

static void put_rule_list(const char *name, size_t number, struct rule *const *list)
{
    printf("static struct rule *%s%zu[] = {", name, number);
    for (; *list != NULL; list++)
        printf("&rule%zu, ", (*list)->index);
    puts("NULL};");
}

static void put_rule(const struct rule *rule)
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
    puts("};");
}

int main(int argc, char **argv)
{
    struct trich_error error;
    struct rules *rules = argc == 2 ? rules_load(argv[1], &error) : NULL;
    if (argc != 2) {
        fputs("prepare: use it as 'prepare DIRECTORY > prepared.c'\n", stderr);
        return 2;
    }
    if (rules == NULL) {
        fprintf(stderr, "%s:%zu:%zu: %s\n", error.file, error.line, error.column, error.message);
        return 2;
    }
    if (rules->custom_count > 0) {
        fprintf(stderr, "%s: '%s' is no built-in kind\n", argv[1], rules->customs[0].name);
        return 2;
    }
    puts("#include \"rules/prepared.h\"");
    for (size_t i = 0; i < rules->rule_count; i++)
        printf("static struct rule rule%zu;\n", i);
    for (size_t i = 0; i < rules->rule_count; i++)
        put_rule(rules->rules[i]);
    for (size_t kind = 0; kind <= KIND_CUSTOM; kind++)
        put_rule_list("after", kind, rules->after[kind]);
    printf("static struct rule *const rules[] = {");
    for (size_t i = 0; i < rules->rule_count; i++)
        printf("&rule%zu, ", i);
    puts("NULL};");
    put_dispatch(rules->dispatch);
    printf("const struct prepared prepared_rules = {rules, %zu, {", rules->rule_count);
    for (size_t kind = 0; kind <= KIND_CUSTOM; kind++)
        printf("after%zu, ", kind);
    puts("}, &dispatch};");
    rules_free(rules);
    if (fflush(stdout) != 0) {
        perror("prepare");
        return 2;
    }
    return 0;
}
