/*
 * starts.h - where words, numbers and signs start, 64 bytes at a time.
 *
 * Bit i of a mask stands for byte i of the block. The classes are those of byte_classes; the
 * bytes inside a character count to its class. SSE2, which every x86-64 has, with a portable path beside it.
 */
#ifndef TRICH_MATCH_STARTS_H
#define TRICH_MATCH_STARTS_H

#include <stddef.h>
#include <stdint.h>

/* Classes of bytes in a normalized text. */
enum byte_class {
    BYTE_SPACE,  /* ' ', '\n' and controls */
    BYTE_LETTER, /* ASCII letters, lead bytes of other letters and marks */
    BYTE_DIGIT,
    BYTE_SIGN,    /* ASCII punctuation, lead bytes of symbols (C2, E2, EF, F0…) */
    BYTE_CONTINUE /* inside a character: of its lead's class */
};

extern const unsigned char byte_classes[256];

enum { STARTS_BLOCK = 64 };

/*
 * The first bytes of runs of letters, of runs of digits, and signs, in the block at text + at, of which
 * `length - at` bytes count if that is less than 64; at is a multiple of 64 from the start of the text.
 */
uint64_t starts_in_block(const char *text, size_t length, size_t at);
/* The same, byte by byte: what starts_in_block is tested against, and what it is where there is no SSE2. */
uint64_t starts_in_block_portable(const char *text, size_t length, size_t at);

#endif
