#include "utf8.h"

size_t utf8_step(const char *text, size_t left, bool *valid)
{
    const unsigned char *bytes = (const unsigned char *)text;
    unsigned char lead = bytes[0];
    size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    /* What the second byte may be: first bytes that begin overlong forms, surrogates and what lies beyond
     * U+10FFFF narrow it (table 3-7). */
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    size_t step = 1;
    *valid = false;
    if (lead >= 0x80 && (lead < 0xC2 || lead > 0xF4))
        return 1;
    if (length > 1 && left > 1 && bytes[1] >= low && bytes[1] <= high)
        for (step = 2; step < length && step < left && utf8_is_inside(text[step]);)
            step++;
    *valid = step == length;
    return step;
}
