/*
 * thin.h - fewer repetitions under a tool that makes everything slow: with THIN=N in the environment a test
 * that only repeats what it does (random cases, every unit of a table, long texts) does an Nth of it. `make
 * valgrind` sets it.
 */
#ifndef TESTS_THIN_H
#define TESTS_THIN_H

#include <stdlib.h>

static inline size_t thin(void)
{
    const char *given = getenv("THIN");
    size_t number = given != NULL ? strtoul(given, NULL, 10) : 0;
    return number > 0 ? number : 1;
}

#endif
