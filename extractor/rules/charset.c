#include "charset.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/utf8.h"

/* What a pattern was found to stand for. */
struct charset_class {
    char *pattern; /* NULL: free */
    size_t length;
    bool caseless;
    unsigned number;
};

enum { FIRST_SLOTS = 1024, MAX_SETS = 60000 };

struct charsets *charsets_new(void)
{
    struct charsets *charsets = calloc(1, sizeof *charsets);
    if (charsets == NULL)
        return NULL;
    charsets->slots = calloc(FIRST_SLOTS, sizeof *charsets->slots);
    charsets->slot_count = FIRST_SLOTS;
    charsets->subject = malloc((size_t)CHARSET_LIMIT * 3);
    if (charsets->slots == NULL || charsets->subject == NULL) {
        charsets_free(charsets);
        return NULL;
    }
    for (uint32_t code = 0; code < CHARSET_LIMIT; code++)
        charsets->subject_length +=
            utf8_encode((int32_t)code, (unsigned char *)charsets->subject + charsets->subject_length);
    return charsets;
}

void charsets_free(struct charsets *charsets)
{
    if (charsets == NULL)
        return;
    free(charsets->items);
    for (size_t i = 0; i < charsets->class_slots; i++)
        free(charsets->classes[i].pattern);
    free(charsets->classes);
    free(charsets->slots);
    free(charsets->subject);
    free(charsets);
}

static size_t hash(const struct charset *set)
{
    uint64_t mixed = set->beyond;
    for (size_t i = 0; i < CHARSET_WORDS; i++)
        mixed = (mixed ^ set->bits[i]) * 0x9e3779b97f4a7c15u + i;
    return (size_t)(mixed >> 32);
}

static bool same(const struct charset *a, const struct charset *b)
{
    return a->beyond == b->beyond && memcmp(a->bits, b->bits, sizeof a->bits) == 0;
}

static bool grow_slots(struct charsets *charsets)
{
    size_t slot_count = charsets->slot_count * 2;
    uint16_t *slots = calloc(slot_count, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < charsets->count; i++) {
        size_t slot = hash(&charsets->items[i]) & (slot_count - 1);
        while (slots[slot] != 0)
            slot = (slot + 1) & (slot_count - 1);
        slots[slot] = (uint16_t)(i + 1);
    }
    free(charsets->slots);
    charsets->slots = slots;
    charsets->slot_count = slot_count;
    return true;
}

/* What follows from the bits. */
static void complete(struct charset *set)
{
    unsigned char bytes[3];
    for (uint32_t code = 0; code < CHARSET_LIMIT; code++)
        if (set->bits[code / 64] >> code % 64 & 1) {
            (void)utf8_encode((int32_t)code, bytes);
            set->size++;
            set->lead[bytes[0] / 64] |= (uint64_t)1 << bytes[0] % 64;
        }
    if (set->beyond)
        for (unsigned byte = 0xe3; byte <= 0xf4; byte++)
            set->lead[byte / 64] |= (uint64_t)1 << byte % 64;
}

static unsigned intern(struct charsets *charsets, struct charset *set)
{
    if (charsets->count * 2 >= charsets->slot_count && !grow_slots(charsets))
        return CHARSET_NONE;
    size_t slot = hash(set) & (charsets->slot_count - 1);
    for (; charsets->slots[slot] != 0; slot = (slot + 1) & (charsets->slot_count - 1))
        if (same(set, &charsets->items[charsets->slots[slot] - 1]))
            return charsets->slots[slot] - 1u;
    if (charsets->count == charsets->capacity) {
        size_t capacity = charsets->capacity == 0 ? 256 : charsets->capacity * 2;
        struct charset *items =
            charsets->count < MAX_SETS ? realloc(charsets->items, capacity * sizeof *items) : NULL;
        if (items == NULL)
            return CHARSET_NONE;
        charsets->items = items;
        charsets->capacity = capacity;
    }
    complete(set);
    charsets->items[charsets->count++] = *set;
    charsets->slots[slot] = (uint16_t)charsets->count;
    return (unsigned)charsets->count - 1;
}

/* Adds every character that the pattern takes. */
static bool ask(const struct charsets *charsets, const char *pattern, size_t length, bool caseless,
                struct charset *set)
{
    int problem;
    PCRE2_SIZE offset;
    uint32_t options = PCRE2_UTF | PCRE2_UCP | (caseless ? PCRE2_CASELESS : 0);
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, length, options, &problem, &offset, NULL);
    pcre2_match_data *data = code != NULL ? pcre2_match_data_create(1, NULL) : NULL;
    if (data != NULL)
        for (size_t at = 0; at < charsets->subject_length;) {
            if (pcre2_match(code, (PCRE2_SPTR)charsets->subject, charsets->subject_length, at,
                            PCRE2_NO_UTF_CHECK, data, NULL) < 0)
                break;
            const PCRE2_SIZE *pair = pcre2_get_ovector_pointer(data);
            size_t size;
            for (at = pair[0]; at < pair[1]; at += size) {
                int32_t taken = utf8_decode((const unsigned char *)charsets->subject + at, &size);
                set->bits[taken / 64] |= (uint64_t)1 << taken % 64;
            }
            if (pair[0] == pair[1])
                break;
        }
    pcre2_match_data_free(data);
    pcre2_code_free(code);
    return data != NULL;
}

static size_t class_slot(const struct charsets *charsets, const char *pattern, size_t length, bool caseless)
{
    uint64_t mixed = caseless;
    for (size_t i = 0; i < length; i++)
        mixed = (mixed ^ (unsigned char)pattern[i]) * 0x100000001b3u;
    size_t slot = (size_t)(mixed ^ mixed >> 32) & (charsets->class_slots - 1);
    for (;; slot = (slot + 1) & (charsets->class_slots - 1)) {
        const struct charset_class *known = &charsets->classes[slot];
        if (known->pattern == NULL || (known->length == length && known->caseless == caseless &&
                                       memcmp(known->pattern, pattern, length) == 0))
            return slot;
    }
}

static bool grow_classes(struct charsets *charsets)
{
    struct charsets larger = {.class_slots = charsets->class_slots == 0 ? 256 : charsets->class_slots * 2};
    larger.classes = calloc(larger.class_slots, sizeof *larger.classes);
    if (larger.classes == NULL)
        return false;
    for (size_t i = 0; i < charsets->class_slots; i++) {
        const struct charset_class *known = &charsets->classes[i];
        if (known->pattern != NULL)
            larger.classes[class_slot(&larger, known->pattern, known->length, known->caseless)] = *known;
    }
    free(charsets->classes);
    charsets->classes = larger.classes;
    charsets->class_slots = larger.class_slots;
    return true;
}

/*
 * [abc], [a-z], [Đđ-]: Latin letters and signs by themselves, which are below CHARSET_LIMIT whatever their
 * case, and so is all that lies between two of them as it stands.
 */
static bool is_plain_class(const char *pattern, size_t length, bool caseless)
{
    if (length < 2 || pattern[0] != '[' || pattern[1] == '^')
        return false;
    bool ascii = true;
    bool range = false;
    for (size_t i = 1; i + 1 < length; i++) {
        unsigned char byte = (unsigned char)pattern[i];
        unsigned char next = (unsigned char)pattern[i + 1];
        bool escape = byte == '\\';
        ascii = ascii && byte < 0x80;
        range = range || byte == '-';
        if (byte > 0xc8 && (byte != 0xe1 || next < 0xb8))
            return false;
        if ((escape && strchr("-]\\[^./'\"n", next) == NULL) || (byte == '[' && next == ':'))
            return false;
        i += escape;
    }
    return ascii || !range || !caseless;
}

unsigned charsets_class(struct charsets *charsets, const char *pattern, size_t length, bool caseless)
{
    if (charsets->class_count * 2 >= charsets->class_slots && !grow_classes(charsets))
        return CHARSET_NONE;
    struct charset_class *class = &charsets->classes[class_slot(charsets, pattern, length, caseless)];
    if (class->pattern != NULL)
        return class->number;
    struct charset set = {.beyond = !is_plain_class(pattern, length, caseless)};
    char *repeated = malloc(length + 2);
    if (repeated == NULL)
        return CHARSET_NONE;
    memcpy(repeated, pattern, length);
    repeated[length] = '+';
    unsigned number = CHARSET_NONE;
    if (ask(charsets, repeated, length + 1, caseless, &set))
        number = intern(charsets, &set);
    *class = (struct charset_class){repeated, length, caseless, number};
    charsets->class_count++;
    return number;
}

/* A set not known yet. */
static unsigned new_literal(struct charsets *charsets, uint32_t code, bool caseless)
{
    struct charset set = {.beyond = code >= CHARSET_LIMIT};
    if (!set.beyond)
        set.bits[code / 64] |= (uint64_t)1 << code % 64;
    char escaped[16];
    int length = snprintf(escaped, sizeof escaped, "\\x{%x}", (unsigned)code);
    if (caseless && !set.beyond && !ask(charsets, escaped, (size_t)length, true, &set))
        return CHARSET_NONE;
    return intern(charsets, &set);
}

unsigned charsets_literal(struct charsets *charsets, uint32_t code, bool caseless)
{
    if (code >= CHARSET_LIMIT)
        return new_literal(charsets, code, caseless);
    uint16_t *known = &charsets->letters[code][caseless];
    if (*known == 0) {
        unsigned number = new_literal(charsets, code, caseless);
        if (number == CHARSET_NONE)
            return CHARSET_NONE;
        *known = (uint16_t)(number + 1);
    }
    return *known - 1u;
}

bool charset_has(const struct charset *set, uint32_t code)
{
    return code < CHARSET_LIMIT ? (set->bits[code / 64] >> code % 64 & 1) != 0 : set->beyond;
}
