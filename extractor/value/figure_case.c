/* Figures: capitals of Vietnamese, in the words around a number. */
#include "../base/utf8.h"
#include "character.h"
#include "figure_context.h"

/* Of a letter's first byte and the one behind: capitals of Vietnamese are A-Z, À-Ý, and even-numbered
 * letters of the extended blocks (Đ, Ơ, Ư, Ạ …). */
bool figure_context_is_capital(const char *letter)
{
    unsigned char a = (unsigned char)letter[0];
    if (a < 0x80)
        return a >= 'A' && a <= 'Z';
    unsigned char b = (unsigned char)letter[1];
    if (a == 0xc3)
        return b < 0xa0;
    if (a == 0xc6)
        return b == 0xa0 || b == 0xaf; /* Ơ is odd in UTF-8's last bit, Ư not */
    if (a == 0xc4 || a == 0xc5)
        return (b & 1) == 0;
    if (a == 0xe1)
        return ((unsigned char)letter[2] & 1) == 0;
    return false;
}

bool figure_context_is_shouted(struct slice words)
{
    size_t letters = 0;
    for (size_t i = 0; i < words.length; i++) {
        if (utf8_is_inside(words.data[i]) || is_blank(words.data[i]))
            continue;
        if (!figure_context_is_capital(words.data + i))
            return false;
        letters++;
    }
    return letters > 1;
}
