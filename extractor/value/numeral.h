/* numeral.h - what spelled numbers say; their words stand in rules/numerals.tsv, their patterns in
 * numerals.xml. */
#ifndef TRICH_VALUE_NUMERAL_H
#define TRICH_VALUE_NUMERAL_H

#include "value.h"

/*
 * The value of digits ("07"), of a Roman numeral up to XXX, or of a spelled number (hai mươi lăm, một trăm
 * linh năm, hai nghìn không trăm mười ba, một chín bảy lăm); false if it is none of these or above 999 999.
 */
bool numeral_read(const struct rules *rules, struct slice words, int *value);

#endif
