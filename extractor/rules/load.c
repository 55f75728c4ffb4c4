/* Rule files: XML to rules. */
#include <stdio.h>
#include <stdlib.h>

#include "../base/array.h"
#include "compile.h"
#include "loader.h"

enum { MAX_RULES = 60000 };

static size_t line_of(xmlNodePtr node)
{
    long line = xmlGetLineNo(node);
    return line > 0 ? (size_t)line : 0;
}

static bool fail(const struct loader *loader, const char *file, xmlNodePtr node, const char *what,
                 const char *name)
{
    return error_set(loader->error, TRICH_ERROR_RULES, file, node != NULL ? line_of(node) : 0, 0, what, name);
}

static char *copy_string(const char *string)
{
    return strdup(string != NULL ? string : "");
}

/* The attribute's value as a string of its own, "" if it is not there; NULL when out of memory. */
static char *attribute(xmlNodePtr node, const char *name)
{
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    char *copy = copy_string((const char *)value);
    xmlFree(value);
    return copy;
}

/* The same, NULL if it is not there; false when out of memory. */
static bool optional_attribute(xmlNodePtr node, const char *name, char **value)
{
    *value = xmlHasProp(node, (const xmlChar *)name) != NULL ? attribute(node, name) : NULL;
    return *value != NULL || xmlHasProp(node, (const xmlChar *)name) == NULL;
}

static bool attribute_is(xmlNodePtr node, const char *name, const char *expected)
{
    xmlChar *value = xmlGetNoNsProp(node, (const xmlChar *)name);
    bool same = value != NULL && strcmp((const char *)value, expected) == 0;
    xmlFree(value);
    return same;
}

static char *content(xmlNodePtr node)
{
    xmlChar *text = xmlNodeGetContent(node);
    char *copy = copy_string((const char *)text);
    xmlFree(text);
    return copy;
}

static bool is_element(xmlNodePtr node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static xmlNodePtr first_element(xmlNodePtr parent, const char *name)
{
    for (xmlNodePtr node = parent->children; node != NULL; node = node->next)
        if (is_element(node, name))
            return node;
    return NULL;
}

/* ---- parts and tables ------------------------------------------------------------------------------ */

static bool add_table(struct loader *loader, const struct source_file *file)
{
    const char *base = strrchr(file->name, '/');
    base = base != NULL ? base + 1 : file->name;
    char *name = copy_string(base);
    struct table **tables = array_one_more(loader->rules->tables, loader->rules->table_count, sizeof *tables);
    if (tables != NULL)
        loader->rules->tables = tables;
    if (name == NULL || tables == NULL) {
        free(name);
        return error_memory(loader->error);
    }
    name[strlen(name) - strlen(".tsv")] = '\0';
    for (size_t i = 0; i < loader->rules->table_count; i++)
        if (file->builtin && strcmp(tables[i]->name, name) == 0) { /* the directory has its own */
            free(name);
            return true;
        }
    struct table *table = table_read(name, file->name, file->bytes, file->length, loader->error);
    free(name);
    if (table == NULL)
        return false;
    tables[loader->rules->table_count++] = table;
    return true;
}

static bool add_part(struct loader *loader, const struct source_file *file, xmlNodePtr node)
{
    struct expansion *expansion = &loader->expansion;
    struct part *parts = array_one_more(expansion->parts, expansion->part_count, sizeof *parts);
    if (parts == NULL)
        return error_memory(loader->error);
    expansion->parts = parts;
    struct part *part = &parts[expansion->part_count];
    *part =
        (struct part){attribute(node, "name"), content(node), copy_string(file->name), line_of(node), false};
    expansion->part_count++;
    if (part->name == NULL || part->source == NULL || part->file == NULL)
        return error_memory(loader->error);
    for (size_t i = 0; i + 1 < expansion->part_count; i++)
        if (strcmp(parts[i].name, part->name) == 0 && file->builtin) { /* the directory has its own */
            free(part->name);
            free(part->source);
            free(part->file);
            expansion->part_count--;
            return true;
        } else if (strcmp(parts[i].name, part->name) == 0)
            return fail(loader, file->name, node, "there are two parts named '%s': rename one", part->name);
    return true;
}

/* ---- rules ------------------------------------------------------------------------------------------ */

static bool is_reserved(const char *name)
{
    return strcmp(name, "on") == 0 || strcmp(name, "extent") == 0 || strcmp(name, "others") == 0;
}

static bool add_example(struct loader *loader, struct rule *rule, xmlNodePtr node)
{
    struct rule_example *examples = array_one_more(rule->examples, rule->example_count, sizeof *examples);
    if (examples == NULL)
        return error_memory(loader->error);
    rule->examples = examples;
    struct rule_example *example = &examples[rule->example_count++];
    *example = (struct rule_example){.text = content(node),
                                     .line = line_of(node),
                                     .counter = is_element(node, "counter-example"),
                                     .others = attribute_is(node, "others", "yes")};
    if (example->text == NULL || !optional_attribute(node, "on", &example->date) ||
        !optional_attribute(node, "extent", &example->extent))
        return error_memory(loader->error);
    for (xmlAttrPtr property = node->properties; property != NULL; property = property->next) {
        const char *name = (const char *)property->name;
        if (is_reserved(name))
            continue;
        struct trich_attribute *attributes =
            array_one_more(example->attributes, example->attribute_count, sizeof *attributes);
        if (attributes == NULL)
            return error_memory(loader->error);
        example->attributes = attributes;
        struct trich_attribute *added = &attributes[example->attribute_count++];
        *added = (struct trich_attribute){copy_string(name), attribute(node, name)};
        if (added->name == NULL || added->value == NULL)
            return error_memory(loader->error);
    }
    return true;
}

/* ---- includes, removals, custom attributes ----------------------------------------------------------- */

static bool add_include(struct loader *loader, const char *file, xmlNodePtr node)
{
    if (attribute_is(node, "rules", "built-in")) {
        bool first = !loader->builtin_added;
        loader->builtin_added = true;
        return !first || loader_add_builtin(loader);
    }
    char *href = attribute(node, "href");
    bool done =
        href != NULL ? loader_add_included(loader, file, line_of(node), href) : error_memory(loader->error);
    free(href);
    return done;
}

static bool add_removal(struct loader *loader, const char *file, xmlNodePtr node)
{
    struct removed_rule *removed = array_one_more(loader->removed, loader->removed_count, sizeof *removed);
    if (removed == NULL)
        return error_memory(loader->error);
    loader->removed = removed;
    removed[loader->removed_count] = (struct removed_rule){attribute(node, "id"), file, line_of(node), false};
    return removed[loader->removed_count++].id != NULL || error_memory(loader->error);
}

static bool is_removed(struct loader *loader, const char *id)
{
    for (size_t i = 0; i < loader->removed_count; i++)
        if (strcmp(loader->removed[i].id, id) == 0) {
            loader->removed[i].found = true;
            return true;
        }
    return false;
}

static bool check_removals(struct loader *loader)
{
    for (size_t i = 0; i < loader->removed_count; i++)
        if (!loader->removed[i].found)
            return error_set(
                loader->error, TRICH_ERROR_RULES, loader->removed[i].file, loader->removed[i].line, 0,
                "there is no rule '%s' to remove: mend the id or drop the line", loader->removed[i].id);
    return true;
}

static bool find_kind(struct loader *loader, struct rule *rule, const char *name)
{
    struct rules *rules = loader->rules;
    rule->kind = kind_from_name(slice_from(name));
    if (rule->kind != KIND_CUSTOM)
        return true;
    for (rule->custom = 0; rule->custom < rules->custom_count; rule->custom++)
        if (strcmp(rules->customs[rule->custom].name, name) == 0)
            return true;
    struct custom_kind *customs = array_one_more(rules->customs, rules->custom_count, sizeof *customs);
    if (customs == NULL)
        return error_memory(loader->error);
    rules->customs = customs;
    struct custom_kind *custom = &customs[rules->custom_count++];
    *custom =
        (struct custom_kind){.name = copy_string(name), .groups = {copy_string("record")}, .group_count = 1};
    return (custom->name != NULL && custom->groups[0] != NULL) || error_memory(loader->error);
}

static enum rule_role role_of(xmlNodePtr node)
{
    if (is_element(node, "context"))
        return attribute_is(node, "at", "end") ? CONTEXT_END : CONTEXT_START;
    return attribute_is(node, "after", "yes") ? RULE_AFTER : RULE_FIND;
}

/* Whether the rule of this element is switched off or replaced by one that is there already. */
static bool is_superseded(struct loader *loader, const struct source_file *file, const char *id)
{
    if (is_removed(loader, id))
        return true;
    for (size_t i = 0; file->builtin && i < loader->rules->rule_count; i++) {
        struct rule *rule = loader->rules->rules[i];
        if (rule->replaces && strcmp(rule->id, id) == 0) {
            rule->replaced = true;
            return true;
        }
    }
    return false;
}

static bool check_replacements(struct loader *loader)
{
    for (size_t i = 0; i < loader->rules->rule_count; i++) {
        const struct rule *rule = loader->rules->rules[i];
        if (rule->replaces && !rule->replaced)
            return error_set(
                loader->error, TRICH_ERROR_RULES, rule->file, rule->line, 0,
                "there is no built-in rule '%s' to replace: include the built-in rules, mend the id, "
                "or drop replace=\"yes\"",
                rule->id);
    }
    return true;
}

/* Appends a rule of which nothing is read yet; NULL, and the error set, if there is no room. */
static struct rule *new_rule(struct loader *loader, const struct source_file *file, xmlNodePtr node)
{
    struct rules *rules = loader->rules;
    if (rules->rule_count >= MAX_RULES) {
        error_set(loader->error, TRICH_ERROR_RULES, file->name, line_of(node), 0,
                  "more than %d rules: write several of them as one with alternatives", MAX_RULES);
        return NULL;
    }
    struct rule **list = array_one_more(rules->rules, rules->rule_count, sizeof *list);
    struct rule *rule = calloc(1, sizeof *rule);
    if (list != NULL)
        rules->rules = list;
    if (list == NULL || rule == NULL) {
        free(rule);
        error_memory(loader->error);
        return NULL;
    }
    rule->index = rules->rule_count;
    list[rules->rule_count++] = rule;
    return rule;
}

static bool read_rule_attributes(struct loader *loader, const struct source_file *file, xmlNodePtr node,
                                 struct rule *rule)
{
    rule->id = attribute(node, "id");
    rule->form = attribute(node, "form");
    rule->forms = attribute(node, "for");
    rule->file = copy_string(file->name);
    rule->line = line_of(node);
    rule->role = role_of(node);
    rule->reject = attribute_is(node, "reject", "yes");
    rule->replaces = attribute_is(node, "replace", "yes");
    char *priority = attribute(node, "priority");
    if (rule->id == NULL || rule->form == NULL || rule->forms == NULL || rule->file == NULL ||
        priority == NULL) {
        free(priority);
        return error_memory(loader->error);
    }
    rule->priority = (int)strtol(priority, NULL, 10);
    free(priority);
    if (rule->id[0] == '\0')
        return fail(loader, file->name, node, "a <%s> has no id: give it one", (const char *)node->name);
    for (size_t i = 0; i < rule->index; i++)
        if (strcmp(loader->rules->rules[i]->id, rule->id) == 0)
            return fail(loader, file->name, node, "there are two rules with the id '%s': rename one",
                        rule->id);
    return true;
}

static bool read_examples(struct loader *loader, struct rule *rule, xmlNodePtr node)
{
    for (xmlNodePtr child = node->children; child != NULL; child = child->next)
        if ((is_element(child, "example") || is_element(child, "counter-example")) &&
            !add_example(loader, rule, child))
            return false;
    return true;
}

static bool read_pattern(struct loader *loader, const struct source_file *file, xmlNodePtr node,
                         struct rule *rule)
{
    xmlNodePtr pattern = first_element(node, "pattern");
    if (pattern == NULL)
        return fail(loader, file->name, node, "rule '%s' has no <pattern>", rule->id);
    rule->line = line_of(pattern);
    char *source = content(pattern);
    if (source == NULL)
        return error_memory(loader->error);
    bool done = rule_expand(rule, &loader->expansion, source, loader->error);
    free(source);
    if (done && !file->builtin && !rule_try_compile(loader->rules, rule, loader->error)) {
        rule_blame_part(&loader->expansion, loader->error);
        done = false;
    }
    return done;
}

static bool add_rule(struct loader *loader, const struct source_file *file, xmlNodePtr node, const char *kind)
{
    char *id = attribute(node, "id");
    if (id == NULL)
        return error_memory(loader->error);
    bool superseded = is_superseded(loader, file, id);
    free(id);
    if (superseded)
        return true;
    struct rule *rule = new_rule(loader, file, node);
    return rule != NULL && read_rule_attributes(loader, file, node, rule) && find_kind(loader, rule, kind) &&
           read_examples(loader, rule, node) && read_pattern(loader, file, node, rule);
}

/* How a group of a custom kind becomes its attribute. */
static bool add_attribute(struct loader *loader, const struct source_file *file, xmlNodePtr node,
                          const char *kind)
{
    struct rule any = {.id = NULL};
    if (!find_kind(loader, &any, kind))
        return false;
    if (any.kind != KIND_CUSTOM)
        return fail(loader, file->name, node, "<attribute> is only for custom kinds, '%s' is built in", kind);
    struct custom_kind *custom = &loader->rules->customs[any.custom];
    struct custom_attribute *attributes =
        array_one_more(custom->attributes, custom->attribute_count, sizeof *attributes);
    if (attributes == NULL)
        return error_memory(loader->error);
    custom->attributes = attributes;
    struct custom_attribute *added = &attributes[custom->attribute_count++];
    *added = (struct custom_attribute){.group = attribute(node, "group"),
                                       .normalize = attribute(node, "normalize"),
                                       .file = copy_string(file->name),
                                       .line = line_of(node)};
    char *table = attribute(node, "table");
    char *column = attribute(node, "column");
    bool done = added->group != NULL && added->normalize != NULL && added->file != NULL && table != NULL &&
                column != NULL;
    if (!done)
        error_memory(loader->error);
    else if (strcmp(added->normalize, "lookup") == 0) {
        added->table = rules_table(loader->rules, table);
        if (added->table == NULL) {
            done =
                fail(loader, file->name, node,
                     "there is no table '%s' to look up in: name one of the directory in table=\"…\"", table);
        } else {
            added->column = column[0] != '\0' ? table_column(added->table, slice_from(column)) : 1;
            if (added->column < 0 || (size_t)added->column >= added->table->column_count)
                done = error_set(
                    loader->error, TRICH_ERROR_RULES, file->name, line_of(node), 0,
                    "the table %s has no column '%s', but %.*s: mend the name here or the table's header",
                    added->table->file, column, (int)table_header_row(added->table).length,
                    table_header_row(added->table).data);
        }
    }
    free(table);
    free(column);
    return done;
}

enum pass { PASS_INCLUDES, PASS_PARTS, PASS_RULES };

static bool take_node(struct loader *loader, const struct source_file *file, xmlNodePtr node,
                      const char *kind, enum pass pass)
{
    if (pass == PASS_INCLUDES)
        return is_element(node, "include")  ? add_include(loader, file->name, node)
               : is_element(node, "remove") ? add_removal(loader, file->name, node)
                                            : true;
    if (pass == PASS_PARTS)
        return !is_element(node, "part") || add_part(loader, file, node);
    if (is_element(node, "attribute"))
        return add_attribute(loader, file, node, kind);
    if (!is_element(node, "rule") && !is_element(node, "context"))
        return true;
    if (kind[0] == '\0')
        return fail(loader, file->name, xmlDocGetRootElement(file->document), "<rules> has no kind=\"…\"%s",
                    "");
    return add_rule(loader, file, node, kind);
}

static bool for_each_node(struct loader *loader, enum pass pass)
{
    for (size_t i = 0; i < loader->file_count; i++) {
        const struct source_file file = loader->files[i]; /* an include may move the list */
        if (file.document == NULL)
            continue;
        xmlNodePtr root = xmlDocGetRootElement(file.document);
        char *kind = attribute(root, "kind");
        if (kind == NULL)
            return error_memory(loader->error);
        bool done = true;
        for (xmlNodePtr node = root->children; done && node != NULL; node = node->next)
            done = take_node(loader, &file, node, kind, pass);
        free(kind);
        if (!done)
            return false;
    }
    return true;
}

static bool load(struct loader *loader)
{
    /* An include adds to the files while they are gone through. */
    for (size_t i = 0; i < loader->file_count; i++) {
        if (loader_ends_with(loader->files[i].name, ".tsv"))
            continue;
        if (!loader_parse(loader, &loader->files[i]))
            return false;
        const struct source_file file = loader->files[i];
        for (xmlNodePtr node = xmlDocGetRootElement(file.document)->children; node != NULL; node = node->next)
            if (!take_node(loader, &file, node, "", PASS_INCLUDES))
                return false;
    }
    for (size_t i = 0; i < loader->file_count; i++)
        if (loader_ends_with(loader->files[i].name, ".tsv") && !add_table(loader, &loader->files[i]))
            return false;
    rules_index_tables(loader->rules);
    loader->expansion.tables = loader->rules->tables;
    loader->expansion.table_count = loader->rules->table_count;
    loader->expansion.choices = &loader->choices;
    if (!for_each_node(loader, PASS_PARTS) || !for_each_node(loader, PASS_RULES) || !check_removals(loader) ||
        !check_replacements(loader) || !loader_lint(loader) || !loader_link(loader->rules, loader->error))
        return false;
    loader->rules->compiled = calloc(loader->rules->rule_count + 1, sizeof *loader->rules->compiled);
    if (loader->rules->compiled == NULL)
        return error_memory(loader->error);
    return loader_derive(loader->rules, loader->error);
}

static struct rules *finish(struct loader *loader, bool read)
{
    bool done = read && load(loader);
    if (!done)
        loader_point(loader);
    for (size_t i = 0; i < loader->file_count; i++) {
        xmlFreeDoc(loader->files[i].document);
        free(loader->files[i].name);
        free(loader->files[i].bytes);
    }
    free(loader->files);
    for (size_t i = 0; i < loader->removed_count; i++)
        free(loader->removed[i].id);
    free(loader->removed);
    for (size_t i = 0; i < loader->expansion.part_count; i++) {
        free(loader->expansion.parts[i].name);
        free(loader->expansion.parts[i].source);
        free(loader->expansion.parts[i].file);
    }
    free(loader->expansion.parts);
    choices_clear(&loader->choices);
    if (done)
        return loader->rules;
    rules_free(loader->rules);
    return NULL;
}

struct rules *rules_builtin_files(struct trich_error *error)
{
    struct loader loader = {.rules = rules_new(), .error = error};
    bool read = loader.rules != NULL || error_memory(error);
    return finish(&loader, read && loader_add_builtin(&loader));
}

struct rules *rules_load(const char *directory, struct trich_error *error)
{
    struct loader loader = {.rules = rules_new(), .error = error};
    bool read = loader.rules != NULL || error_memory(error);
    return finish(&loader, read && loader_add_directory(&loader, directory));
}
