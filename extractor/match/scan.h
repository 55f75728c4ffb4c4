/*
 * scan.h - where words, numbers and signs start, 64 bytes at a time.
 *
 * Bit i of a mask stands for byte i of the block. The classes are those of byte_classes (dispatch.h); the
 * bytes inside a character count to its class. SSE2, which every x86-64 has, with a portable path beside it.
 */
#ifndef TRICH_MATCH_SCAN_H
#define TRICH_MATCH_SCAN_H

#include <stddef.h>
#include <stdint.h>

enum { SCAN_BLOCK = 64 };

struct scan {
    uint64_t letters; /* bytes of letters */
    uint64_t starts;  /* first bytes of runs of letters, of runs of digits, and signs */
};

/*
 * The block at text + at, of which `length - at` bytes count if that is less than 64; at is a multiple of 64
 * from the start of the text.
 */
struct scan scan_block(const char *text, size_t length, size_t at);
/* The same, byte by byte: what scan_block is tested against, and what it is where there is no SSE2. */
struct scan scan_block_portable(const char *text, size_t length, size_t at);

#endif
