/* base/words.h - an amount in Vietnamese words, as a receipt says it. */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdint.h>

#include "base/buf.h"

/* Append `dong` in words: 105 -> "Một trăm lẻ năm đồng", 0 -> "Không đồng".
 * Groups of three (nghìn, triệu, tỷ, and tỷ again above: nghìn tỷ, tỷ tỷ); zero
 * groups are not said; after the first group "không trăm" and "lẻ" are.  Below
 * zero "Âm ..." .  Source: domain/retail-vietnam.md, "Money".
 * What does not fit sets out->full; 400 bytes always fit. */
void words_dong(int64_t dong, struct buf *out);

#endif
