#include "decimal.h"

/* Drops zeros at the end of the fraction, so that equal numbers look equal. */
static void trim(struct decimal *decimal)
{
    while (decimal->scale > 0 && decimal->count > 0 && decimal->digits[decimal->count - 1] == '0') {
        decimal->count--;
        decimal->scale--;
    }
    if (decimal->count == 0)
        decimal->scale = 0;
}

bool decimal_set(struct decimal *decimal, struct slice digits, int scale)
{
    while (digits.length > 0 && *digits.data == '0') {
        digits.data++;
        digits.length--;
    }
    if (digits.length > DECIMAL_MAX_DIGITS || scale < 0 || scale > DECIMAL_MAX_DIGITS)
        return false;
    if (digits.length > 0)
        memcpy(decimal->digits, digits.data, digits.length);
    decimal->count = (int)digits.length;
    decimal->scale = scale;
    trim(decimal);
    return true;
}

bool decimal_set_number(struct decimal *decimal, unsigned long number)
{
    char digits[24];
    size_t start = sizeof digits;
    for (; number > 0; number /= 10)
        digits[--start] = (char)('0' + number % 10);
    return decimal_set(decimal, (struct slice){digits + start, sizeof digits - start}, 0);
}

bool decimal_shift(struct decimal *decimal, int power)
{
    if (decimal->count == 0)
        return true;
    int zeros = power - decimal->scale;
    decimal->scale = zeros < 0 ? -zeros : 0;
    for (; zeros > 0; zeros--) {
        if (decimal->count == DECIMAL_MAX_DIGITS)
            return false;
        decimal->digits[decimal->count++] = '0';
    }
    trim(decimal);
    return true;
}

bool decimal_multiply(struct decimal *decimal, unsigned factor)
{
    char result[DECIMAL_MAX_DIGITS + 12];
    size_t start = sizeof result;
    unsigned long carry = 0;
    for (int i = decimal->count - 1; i >= 0 || carry > 0; i--) {
        if (start == 0)
            return false;
        if (i >= 0)
            carry += (unsigned long)(decimal->digits[i] - '0') * factor;
        result[--start] = (char)('0' + carry % 10);
        carry /= 10;
    }
    return decimal_set(decimal, (struct slice){result + start, sizeof result - start}, decimal->scale);
}

/* The digit of 10^place. */
static int digit_at(const struct decimal *decimal, int place)
{
    int index = decimal->count - 1 - (place + decimal->scale);
    return index >= 0 && index < decimal->count ? decimal->digits[index] - '0' : 0;
}

/* Number of places in front of the point. */
static int whole_places(const struct decimal *decimal)
{
    return decimal->count > decimal->scale ? decimal->count - decimal->scale : 0;
}

bool decimal_add(struct decimal *decimal, const struct decimal *other)
{
    char sum[2 * DECIMAL_MAX_DIGITS + 2];
    int scale = decimal->scale > other->scale ? decimal->scale : other->scale;
    int places = whole_places(decimal) > whole_places(other) ? whole_places(decimal) : whole_places(other);
    size_t start = sizeof sum;
    int carry = 0;
    for (int place = -scale; place < places || carry > 0; place++) {
        if (start == 0)
            return false;
        carry += digit_at(decimal, place) + digit_at(other, place);
        sum[--start] = (char)('0' + carry % 10);
        carry /= 10;
    }
    return decimal_set(decimal, (struct slice){sum + start, sizeof sum - start}, scale);
}

int decimal_compare(const struct decimal *a, const struct decimal *b)
{
    int places = whole_places(a) > whole_places(b) ? whole_places(a) : whole_places(b);
    int scale = a->scale > b->scale ? a->scale : b->scale;
    for (int place = places - 1; place >= -scale; place--) {
        int difference = digit_at(a, place) - digit_at(b, place);
        if (difference != 0)
            return difference;
    }
    return 0;
}

bool decimal_is_whole(const struct decimal *decimal)
{
    return decimal->scale == 0;
}

void decimal_write(const struct decimal *decimal, char text[DECIMAL_MAX_TEXT])
{
    int places = whole_places(decimal);
    size_t length = 0;
    for (int place = places > 0 ? places - 1 : 0; place >= -decimal->scale; place--) {
        if (place == -1)
            text[length++] = '.';
        text[length++] = (char)('0' + digit_at(decimal, place));
    }
    text[length] = '\0';
}
