/* drawn.h - patterns and texts drawn at random, from a fixed seed, of the same few pieces. */
#ifndef TESTS_RULES_DRAWN_H
#define TESTS_RULES_DRAWN_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { DRAWN_DEPTH = 3, DRAWN_PIECES = 300, DRAWN_TEXT_SIZE = DRAWN_PIECES * 4 + 1 };

static uint32_t seed;

static unsigned draw(unsigned count)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % count;
}

static const char *const pieces[] = {"a", "b", "ă",  "ế", "Ế", "Đ", "ư",  "Z",
                                     " ", "1", "23", ",", "-", "–", "。", "\n"};
static const char *const sets[] = {"[ab]",      "[^a]",       "\\p{Lu}",     "\\p{L}", ".",
                                   "[0-9]",     "[ăế-]",      "[^\\n ]",     "(?i:Đ)", "(?i:ế)",
                                   "\\x{1EBF}", "[\\p{Ll}1]", "[[:alpha:]]", "\\w"};

static void piece(FILE *file)
{
    const char *text = pieces[draw(sizeof pieces / sizeof *pieces - 1)];
    (void)fputs(text, file);
}

static void part(FILE *file, int depth);

static int open_captures; /* in which nothing is called: it could call itself for ever */

/* A pattern of this depth. */
static void sequence(FILE *file, int depth)
{
    for (unsigned i = draw(3) + 1; i > 0; i--)
        part(file, depth);
}

static void group(FILE *file, const char *head, int depth)
{
    (void)fputs(head, file);
    sequence(file, depth - 1);
    if (draw(2) == 0) {
        (void)putc('|', file);
        sequence(file, depth - 1);
    }
    (void)putc(')', file);
}

static void part(FILE *file, int depth)
{
    static const char *const times[] = {"?", "*", "+", "{2}", "{1,3}", "{0,9}", "*?", "++"};
    static const char *const heads[] = {"(?:", "(?i:", "(?>", "(", "(?'g'", "(?=", "(?!"};
    static const char *const edges[] = {"\\b", "\\B", "^", "$", "\\z"};
    static const char *const behind[] = {"(?&lt;=", "(?&lt;!"};
    static const char *const calls[] = {"(?1)", "(?2)", "(?1)?", "(?1){1,2}", "(?&amp;g)"};
    unsigned kind = depth > 0 ? draw(open_captures == 0 ? 13 : 11) : draw(6);
    if (kind < 4) {
        piece(file);
    } else if (kind < 6) {
        (void)fputs(sets[draw(sizeof sets / sizeof *sets)], file);
        if (draw(3) == 0)
            (void)fputs(times[draw(sizeof times / sizeof *times)], file);
    } else if (kind == 6) {
        bool noted = draw(3) == 0;
        (void)fputs(behind[draw(2)], file);
        piece(file);
        (void)fputs(noted ? "(?'g'" : "", file);
        piece(file);
        (void)fputs(noted ? "))" : ")", file);
    } else if (kind == 11) {
        (void)fputs(calls[draw(sizeof calls / sizeof *calls)], file);
    } else if (kind == 12) {
        group(file, draw(3) == 0 ? "(?(DEFINE)" : draw(2) == 0 ? "(?(1)" : "(?(2)", depth);
    } else if (kind == 7 && draw(4) == 0) {
        (void)fputs(edges[draw(sizeof edges / sizeof *edges)], file);
    } else {
        unsigned head = draw(sizeof heads / sizeof *heads);
        bool capture = head == 3 || head == 4;
        open_captures += capture;
        group(file, heads[head], depth);
        open_captures -= capture;
        if (head < 5 && draw(2) == 0)
            (void)fputs(times[draw(sizeof times / sizeof *times)], file);
    }
}

static void draw_text(char text[DRAWN_TEXT_SIZE])
{
    text[0] = '\0';
    for (size_t k = 0, length = 0; k < DRAWN_PIECES; k++) {
        const char *next = pieces[draw(sizeof pieces / sizeof *pieces)];
        memcpy(text + length, next, strlen(next) + 1);
        length += strlen(next);
    }
}

#endif
