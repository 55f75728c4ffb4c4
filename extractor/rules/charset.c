#include "charset.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/array.h"
#include "../base/utf8.h"

/* What a pattern was found to stand for. */
struct charset_class {
    char *pattern;
    size_t length;
    bool caseless;
    unsigned number;
};

enum { MAX_SETS = 60000 };

struct charsets *charsets_new(void)
{
    struct charsets *charsets = calloc(1, sizeof *charsets);
    if (charsets == NULL)
        return NULL;
    charsets->subject = malloc((size_t)CHARSET_LIMIT * 3);
    if (charsets->subject == NULL) {
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
    for (size_t i = 0; i < charsets->class_count; i++)
        free(charsets->classes[i].pattern);
    free(charsets->classes);
    slots_clear(&charsets->slots);
    slots_clear(&charsets->class_slots);
    free(charsets->subject);
    free(charsets);
}

static uint32_t hash(const struct charset *set)
{
    uint64_t mixed = set->beyond;
    for (size_t i = 0; i < CHARSET_WORDS; i++)
        mixed = (mixed ^ set->bits[i]) * 0x9e3779b97f4a7c15u + i;
    return (uint32_t)(mixed >> 32);
}

static bool same(const struct charset *a, const struct charset *b)
{
    return a->beyond == b->beyond && memcmp(a->bits, b->bits, sizeof a->bits) == 0;
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
    uint32_t own = hash(set);
    size_t place = slots_place(&charsets->slots, own);
    for (uint32_t number; (number = slots_next(&charsets->slots, own, &place)) != SLOTS_NONE;)
        if (same(set, &charsets->items[number]))
            return number;
    if (charsets->count == MAX_SETS ||
        !array_grow(&charsets->items, &charsets->capacity, charsets->count + 1, sizeof *charsets->items) ||
        !slots_put(&charsets->slots, own, (uint32_t)charsets->count))
        return CHARSET_NONE;
    complete(set);
    charsets->items[charsets->count] = *set;
    return (unsigned)charsets->count++;
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

static uint32_t hash_class(const char *pattern, size_t length, bool caseless)
{
    uint64_t mixed = caseless;
    for (size_t i = 0; i < length; i++)
        mixed = (mixed ^ (unsigned char)pattern[i]) * 0x100000001b3u;
    return (uint32_t)(mixed ^ mixed >> 32);
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

/* Takes over the pattern. False when out of memory. */
static bool keep_class(struct charsets *charsets, struct charset_class class, uint32_t hash)
{
    if (!array_grow(&charsets->classes, &charsets->class_capacity, charsets->class_count + 1,
                    sizeof *charsets->classes) ||
        !slots_put(&charsets->class_slots, hash, (uint32_t)charsets->class_count)) {
        free(class.pattern);
        return false;
    }
    charsets->classes[charsets->class_count++] = class;
    return true;
}

unsigned charsets_class(struct charsets *charsets, const char *pattern, size_t length, bool caseless)
{
    uint32_t own = hash_class(pattern, length, caseless);
    size_t place = slots_place(&charsets->class_slots, own);
    for (uint32_t number; (number = slots_next(&charsets->class_slots, own, &place)) != SLOTS_NONE;) {
        const struct charset_class *known = &charsets->classes[number];
        if (known->length == length && known->caseless == caseless &&
            memcmp(known->pattern, pattern, length) == 0)
            return known->number;
    }
    struct charset set = {.beyond = !is_plain_class(pattern, length, caseless)};
    char *repeated = malloc(length + 2);
    if (repeated == NULL)
        return CHARSET_NONE;
    memcpy(repeated, pattern, length);
    repeated[length] = '+';
    unsigned number = CHARSET_NONE;
    if (ask(charsets, repeated, length + 1, caseless, &set))
        number = intern(charsets, &set);
    return keep_class(charsets, (struct charset_class){repeated, length, caseless, number}, own)
               ? number
               : CHARSET_NONE;
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

unsigned charsets_none(struct charsets *charsets)
{
    return intern(charsets, &(struct charset){.beyond = false});
}

bool charset_has(const struct charset *set, uint32_t code)
{
    return code < CHARSET_LIMIT ? (set->bits[code / 64] >> code % 64 & 1) != 0 : set->beyond;
}
