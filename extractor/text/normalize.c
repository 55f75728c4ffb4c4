#include "normalize.h"

#include "../base/utf8.h"
#include "entities.h"
#include "escapes.h"
#include "letters.h"
#include "map.h"
#include "scan.h"
#include "syllable.h"

#include <utf8proc.h>

enum {
    WORD_MAX = 64,    /* clusters looked at together; a syllable has at most 7 */
    CLUSTER_MAX = 32, /* code points in a cluster; the longest of any language have about 8 */
    LOOK_BACK = 16,   /* letters in front of the suspicious place */
    ZERO_WIDTH = 0x200B
};

struct normalizer {
    struct text *text;
    const unsigned char *bytes; /* decoded text */
    size_t start, length;       /* without the white space at its ends */
    size_t done;                /* up to here the normal form is written, if it differs at all */
    bool changed;               /* the normal form is in normal_buffer */
    bool failed;                /* out of memory */
};

/* A character as it is written: itself, an entity or an escape; a mark of emphasis is one without width. */
struct unit {
    int32_t code;
    size_t length;
    enum letters_class class;
};

/* A base character with its marks. */
struct cluster {
    size_t start, end;
    size_t count;
    int32_t codes[CLUSTER_MAX * 4]; /* decomposed, a code point becomes at most 4 */
};

static bool is_at_word(const struct normalizer *n, size_t at)
{
    return at < n->length && n->bytes[at] > ' ' && n->bytes[at] != '*';
}

/* The two asterisks before or behind a word in bold, as Markdown has them: **07** huyện. */
static bool is_emphasis(const struct normalizer *n, size_t at)
{
    bool behind = at > n->start && is_at_word(n, at - 1);
    bool starred = at > n->start && n->bytes[at - 1] == '*';
    bool before = at + 2 < n->length && is_at_word(n, at + 2);
    return at + 1 < n->length && n->bytes[at + 1] == '*' && !starred &&
           (at + 2 >= n->length || n->bytes[at + 2] != '*') && (behind || before);
}

static struct unit read_unit(const struct normalizer *n, size_t at)
{
    struct unit unit = {0, 0, LETTERS_OTHER};
    if (n->bytes[at] == '*' && is_emphasis(n, at))
        unit = (struct unit){ZERO_WIDTH, 2, LETTERS_OTHER};
    else if (n->bytes[at] == '&')
        unit.length = entities_read(n->bytes + at, n->length - at, &unit.code);
    else if (n->bytes[at] == '\\')
        unit.length = escapes_read(n->bytes + at, n->length - at, &unit.code);
    if (unit.length == 0)
        unit.code = utf8_decode(n->bytes + at, &unit.length);
    unit.class = letters_class(unit.code);
    return unit;
}

static bool is_white(enum letters_class class)
{
    return class <= LETTERS_IGNORED;
}

/* The bytes [start, end) of the decoded text become these in the normal form. */
static void splice(struct normalizer *n, size_t start, size_t end, const char *bytes, size_t length)
{
    struct buffer *buffer = &n->text->normal_buffer;
    if (!n->changed) {
        n->changed = true;
        (void)buffer_reserve(buffer, n->length - n->start + 64);
    }
    buffer_append(buffer, (const char *)n->bytes + n->done, start - n->done);
    size_t new_start = buffer->length;
    buffer_append(buffer, bytes, length);
    n->done = end;
    if (buffer->failed || !map_add(&n->text->normalization, new_start, buffer->length, start, end))
        n->failed = true;
}

static void splice_if_different(struct normalizer *n, size_t start, size_t end, const char *bytes,
                                size_t length)
{
    if (end - start != length || memcmp(n->bytes + start, bytes, length) != 0)
        splice(n, start, end, bytes, length);
}

/* ---- white space and line ends -------------------------------------------------------------------- */

struct run {
    size_t end;
    size_t breaks;    /* lines ended */
    bool paragraph;   /* a paragraph ended */
    bool white;       /* not only zero-width characters */
    bool soft_hyphen; /* begins with one */
};

static struct run read_run(const struct normalizer *n, size_t start)
{
    struct run run = {start, 0, false, false, false};
    int32_t before = 0;
    while (run.end < n->length) {
        struct unit unit = read_unit(n, run.end);
        if (!is_white(unit.class))
            break;
        if (unit.class == LETTERS_PARAGRAPH)
            run.paragraph = true;
        else if (unit.class == LETTERS_BREAK && !(unit.code == '\n' && before == '\r'))
            run.breaks++;
        if (unit.class != LETTERS_IGNORED)
            run.white = true;
        else if (run.end == start && unit.code == 0xAD)
            run.soft_hyphen = true;
        before = unit.code;
        run.end += unit.length;
    }
    return run;
}

static bool is_letter(int32_t code)
{
    return letters_class(code) == LETTERS_LETTER;
}

/* Is the letter run that ends before (begins at) this place ASCII? */
static bool is_ascii_word(const struct normalizer *n, size_t at, bool before)
{
    const unsigned char *b = n->bytes;
    while (before ? at > n->start : at < n->length) {
        unsigned char byte = before ? b[at - 1] : b[at];
        if (byte >= 0x80)
            return false;
        if (!is_letter(byte))
            break;
        at += before ? (size_t)-1 : 1;
    }
    return true;
}

/*
 * A hyphen at a line's end, between a letter and a small letter, with nothing but one line break in the run:
 * does it divide a word? Vietnamese syllables are never divided; so with a letter that is not ASCII on either
 * side it is a compound's hyphen and stays, and only the line break goes.
 */
static bool is_divided(const struct normalizer *n, size_t hyphen, const struct run *run, bool *compound)
{
    if (run->breaks != 1 || run->paragraph || hyphen <= n->start || run->end >= n->length)
        return false;
    size_t length;
    if (!is_letter(utf8_decode(n->bytes + utf8_before(n->bytes, hyphen), &length)) ||
        !letters_is_lower(read_unit(n, run->end).code))
        return false;
    *compound = !is_ascii_word(n, hyphen, true) || !is_ascii_word(n, run->end, false);
    return true;
}

/* A run of white space; it is taken whole, from before the suspicious place on. Returns where to go on. */
static size_t normalize_white(struct normalizer *n, size_t at)
{
    size_t start = at;
    while (start > n->done && (n->bytes[start - 1] == ' ' || n->bytes[start - 1] == '\n'))
        start--;
    struct run run = read_run(n, start);
    bool compound = false;
    if (run.soft_hyphen && is_divided(n, start, &run, &compound))
        splice(n, start, run.end, "", 0);
    else if (start > n->done && n->bytes[start - 1] == '-' && is_divided(n, start - 1, &run, &compound))
        splice(n, compound ? start : start - 1, run.end, "", 0);
    else {
        const char *as = run.paragraph || run.breaks > 1 ? "\n\n"
                         : run.breaks == 1               ? "\n"
                         : run.white                     ? " "
                                                         : "";
        if (run.end == n->length || start == n->start)
            as = "";
        splice_if_different(n, start, run.end, as, strlen(as));
    }
    return run.end;
}

/* ---- words ---------------------------------------------------------------------------------------- */

static void compose(struct cluster *cluster)
{
    if (cluster->count == 0)
        return;
    if (cluster->count == 1 && (cluster->codes[0] < 0x300 || (cluster->codes[0] & ~0xFF) == 0x1E00))
        return;
    int32_t simple = letters_compose(cluster->codes[0], cluster->codes + 1, cluster->count - 1);
    if (simple != 0) {
        cluster->codes[0] = simple;
        cluster->count = 1;
        return;
    }
    int32_t codes[CLUSTER_MAX * 4];
    size_t count = 0;
    for (size_t i = 0; i < cluster->count; i++) {
        int last_boundclass = 0;
        utf8proc_ssize_t length = utf8proc_decompose_char(
            cluster->codes[i], codes + count, (utf8proc_ssize_t)(CLUSTER_MAX * 4 - count),
            UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, &last_boundclass);
        if (length < 0 || (size_t)length > CLUSTER_MAX * 4 - count)
            return;
        count += (size_t)length;
    }
    /* Canonical order: a stable sort of the marks between starters. */
    for (size_t i = 1; i < count; i++) {
        int32_t code = codes[i];
        utf8proc_propval_t class = utf8proc_get_property(code)->combining_class;
        size_t k = i;
        if (class != 0)
            for (; k > 0 && utf8proc_get_property(codes[k - 1])->combining_class > class; k--)
                codes[k] = codes[k - 1];
        codes[k] = code;
    }
    utf8proc_ssize_t length =
        utf8proc_normalize_utf32(codes, (utf8proc_ssize_t)count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (length <= 0)
        return;
    cluster->count = (size_t)length;
    memcpy(cluster->codes, codes, cluster->count * sizeof codes[0]);
}

static struct cluster *open_cluster(struct cluster *cluster, size_t start, size_t end)
{
    cluster->start = start;
    cluster->end = end;
    cluster->count = 0;
    return cluster;
}

/* Reads the clusters of the word (or the single sign) at start; the number of clusters. */
static size_t read_word(const struct normalizer *n, size_t start, struct cluster *clusters)
{
    size_t count = 0;
    size_t at = start;
    bool letters = true;
    while (at < n->length) {
        struct unit unit = read_unit(n, at);
        struct cluster *last = count > 0 ? &clusters[count - 1] : NULL;
        if (unit.class == LETTERS_IGNORED && last != NULL) {
            /* Zero-width characters amid a word or cluster; at a word's end they are a run. */
            struct run run = read_run(n, at);
            if (run.white || run.end == n->length)
                break;
            enum letters_class next = read_unit(n, run.end).class;
            if (next != LETTERS_MARK && !(letters && next == LETTERS_LETTER))
                break;
            if (next == LETTERS_MARK)
                last->end = run.end;
            else if (count < WORD_MAX)
                (void)open_cluster(&clusters[count++], at, run.end);
            else
                break;
            at = run.end;
            continue;
        }
        if (unit.class == LETTERS_MARK && last != NULL && last->count < CLUSTER_MAX) {
            last->codes[last->count++] = unit.code;
            at = last->end = at + unit.length;
            continue;
        }
        bool letter = unit.class == LETTERS_LETTER || unit.class == LETTERS_MARK;
        if (count == WORD_MAX || is_white(unit.class) || (last != NULL && (!letters || !letter)))
            break;
        letters = letter;
        last = open_cluster(&clusters[count++], at, at + unit.length);
        last->codes[last->count++] = letters_fold(unit.code);
        at += unit.length;
    }
    return count;
}

/* Where the word begins that a character at a suspicious place belongs to. *whole: no letter stands before
 * it. */
static size_t word_start(const struct normalizer *n, size_t at, enum letters_class class, bool *whole)
{
    size_t start = at;
    *whole = true;
    if (class != LETTERS_LETTER && class != LETTERS_MARK)
        return start;
    for (size_t i = 0; start > n->done && i <= LOOK_BACK; i++) {
        size_t before = utf8_before(n->bytes, start);
        size_t length;
        bool letter = is_letter(utf8_decode(n->bytes + before, &length));
        if (!letter && !(i == 0 && class == LETTERS_MARK && n->bytes[before] > ' '))
            break;
        if (i == LOOK_BACK) {
            *whole = false;
            break;
        }
        start = before;
        if (!letter)
            break;
    }
    return start;
}

/* Composes the clusters and puts the word's tone where it belongs. */
static void spell_word(struct cluster *clusters, size_t count, bool whole)
{
    int32_t word[WORD_MAX];
    size_t letters = 0;
    for (size_t i = 0; i < count; i++) {
        compose(&clusters[i]);
        if (clusters[i].count > 0)
            word[letters++] = clusters[i].count == 1 ? clusters[i].codes[0] : 0;
    }
    if (!syllable_place_tones(word, letters, whole))
        return;
    letters = 0;
    for (size_t i = 0; i < count; i++) {
        if (clusters[i].count == 1)
            clusters[i].codes[0] = word[letters];
        letters += clusters[i].count > 0;
    }
}

static size_t normalize_word(struct normalizer *n, size_t at, struct unit unit)
{
    bool whole;
    size_t start = word_start(n, at, unit.class, &whole);
    struct cluster clusters[WORD_MAX];
    size_t count = read_word(n, start, clusters);
    if (count == 0)
        return at + unit.length;
    spell_word(clusters, count, whole);
    for (size_t i = 0; i < count; i++) {
        char bytes[CLUSTER_MAX * 16];
        size_t length = 0;
        for (size_t k = 0; k < clusters[i].count; k++)
            length += (size_t)utf8proc_encode_char(clusters[i].codes[k], (utf8proc_uint8_t *)bytes + length);
        splice_if_different(n, clusters[i].start, clusters[i].end, bytes, length);
    }
    return clusters[count - 1].end;
}

/* ---- the whole ------------------------------------------------------------------------------------ */

static size_t normalize_at(struct normalizer *n, size_t at)
{
    while (utf8_is_inside(n->bytes[at]))
        at--;
    struct unit unit = read_unit(n, at);
    if (unit.class == LETTERS_IGNORED) {
        /* Between letters it belongs to the word, else to the white space around it. */
        struct run run = read_run(n, at);
        bool letter_before = at > n->done && n->bytes[at - 1] > ' ';
        if (!run.white && letter_before && run.end < n->length) {
            size_t before = utf8_before(n->bytes, at);
            size_t length;
            int32_t code = utf8_decode(n->bytes + before, &length);
            enum letters_class next = read_unit(n, run.end).class;
            if (next == LETTERS_MARK || (is_letter(code) && next == LETTERS_LETTER))
                return normalize_word(n, before, (struct unit){code, length, letters_class(code)});
        }
        return normalize_white(n, at);
    }
    if (is_white(unit.class))
        return normalize_white(n, at);
    if (unit.code == 0x2010) {
        struct run run = read_run(n, at + unit.length);
        bool compound = false;
        if (is_divided(n, at, &run, &compound)) {
            splice(n, at, run.end, "-", compound);
            return run.end;
        }
    }
    return normalize_word(n, at, unit);
}

/* Leaves out the white space at both ends. */
static void trim(struct normalizer *n)
{
    size_t length;
    while (n->start < n->length && is_white(letters_class(utf8_decode(n->bytes + n->start, &length))))
        n->start += length;
    while (n->length > n->start) {
        size_t last = utf8_before(n->bytes, n->length);
        if (!is_white(letters_class(utf8_decode(n->bytes + last, &length))))
            break;
        n->length = last;
    }
}

bool normalize_text(struct text *text)
{
    struct normalizer n = {
        .text = text, .bytes = (const unsigned char *)text->decoded, .length = text->decoded_length};
    map_reset(&text->normalization);
    buffer_reset(&text->normal_buffer);
    trim(&n);
    n.done = n.start;
    if (n.start > 0 && !map_add(&text->normalization, 0, 0, 0, n.start))
        return false;
    size_t next = n.start;
    for (size_t i = 0; i < text->scan.count && !n.failed; i++) {
        struct scan_places places = text->scan.places[i];
        for (; places.mask != 0; places.mask &= places.mask - 1) {
            size_t at = places.base + scan_lowest(places.mask);
            if (at >= next && at < n.length)
                next = normalize_at(&n, at);
        }
    }
    if (n.changed) {
        buffer_append(&text->normal_buffer, (const char *)n.bytes + n.done, n.length - n.done);
        text->bytes = text->normal_buffer.data;
        text->length = text->normal_buffer.length;
        return !n.failed && !text->normal_buffer.failed;
    }
    text->bytes = text->decoded + n.start;
    text->length = n.length - n.start;
    return !n.failed;
}
