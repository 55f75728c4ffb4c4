#include <criterion/criterion.h>
#include <stdlib.h>

#include "../../extractor/match/starts.h"
#include "../thin.h"

/* Characters of every class and length, so that runs cross blocks in every way. */
static const char *const characters[] = {"a", "Z", "7", "0", " ", "\n", "/",  "-", "$", "đ",
                                         "Ư", "ấ", "€", "°", "²", "×",  "한", "😀", "́"};

static size_t random_text(char *text, size_t room)
{
    size_t length = 0;
    while (length + 4 <= room) {
        const char *character = characters[(size_t)rand() % (sizeof characters / sizeof characters[0])];
        size_t repeat = rand() % 8 == 0 ? 40 : 1;
        for (; repeat > 0 && length + 4 <= room; repeat--) {
            memcpy(text + length, character, strlen(character));
            length += strlen(character);
        }
    }
    return length;
}

Test(starts, vector_and_portable_paths_agree)
{
    char text[1000];
    srand(7);
    for (size_t round = 0; round < 3000 / thin(); round++) {
        size_t length = random_text(text, (size_t)(rand() % 990) + 10);
        for (size_t at = 0; at < length; at += STARTS_BLOCK) {
            cr_assert_eq(starts_in_block(text, length, at), starts_in_block_portable(text, length, at),
                         "starts at %zu of '%.*s'", at, (int)length, text);
        }
    }
}

Test(starts, words_numbers_and_signs_start)
{
    uint64_t starts = starts_in_block("Số 28-CTr, 5€", sizeof "Số 28-CTr, 5€" - 1, 0);
    /* S=0 ố=1-3 blank=4 28=5,6 -=7 CTr=8-10 ,=11 blank=12 5=13 €=14 */
    cr_assert_eq(starts, (uint64_t)(1u | 1u << 5 | 1u << 7 | 1u << 8 | 1u << 11 | 1u << 13 | 1u << 14));
}
