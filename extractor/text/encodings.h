/*
 * encodings.h - the 8-bit encodings of Vietnamese, character by character.
 *
 * TCVN3 (ABC) has no capitals with tone marks: fonts of capitals drew them. So a word's case is taken from
 * its other letters, or from the words beside it. The Ủ of "Ủy ban" or "Ứng Hòa" stays small: in the bytes it
 * is the ủ of "tỉnh ủy" and the ứ of "hưởng ứng", and only what the words mean would tell. (Rules see "huyện
 * ứng Hòa" all the same; of 2611 records in real texts 5 come out otherwise, 4 of them in the case of "by".)
 * VISCII has no punctuation beyond ASCII; in TCVN3 and VNI word processors used windows-1252's. VNI writes a
 * vowel and its marks as two bytes. Of both there is text in which a converter took the bytes for Latin-1 and
 * wrote those characters in UTF-8.
 */
#ifndef TRICH_TEXT_ENCODINGS_H
#define TRICH_TEXT_ENCODINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct encoding {
    const char *name;
    const char *name_in_utf8; /* of the Latin-1 form; NULL if there is none */
    const char *aliases;      /* in small letters, each between blanks */
    const uint16_t *high;     /* the characters of 80-FF, 0 if there is none */
    bool viscii;              /* six control characters are letters */
    bool vni;                 /* marks are bytes of their own */
    bool tcvn3;               /* capitals with tone marks are written as small letters */
};

extern const struct encoding encodings[];
enum { ENCODINGS_WINDOWS_1258, ENCODINGS_VISCII, ENCODINGS_TCVN3, ENCODINGS_VNI, ENCODINGS_COUNT };

/* By name or alias, in whatever case; NULL if there is none. */
const struct encoding *encodings_find(const char *name);

struct encodings_reader {
    const struct encoding *encoding;
    bool in_utf8; /* the bytes are UTF-8 of Latin-1 characters that stand for the encoding's bytes */
    const unsigned char *bytes;
    size_t length;
    size_t at;
    size_t word_end; /* the case of the word up to here is known: */
    bool capitals;   /* it is written in capitals */
    int line_case;   /* case of the last word of this line that shows one */
};

struct encodings_reader encodings_reader(const struct encoding *encoding, bool in_utf8, const char *bytes,
                                         size_t length);
/* Reads the next character and moves at behind it: -1 for a byte that is none. at < length. */
int32_t encodings_read(struct encodings_reader *reader);

#endif
