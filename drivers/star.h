/* drivers/star.h - the five-pointed star of a certificate, which Noto Sans does
 * not have. */
#ifndef DRIVERS_STAR_H
#define DRIVERS_STAR_H

#include <stdint.h>

/* Draw it into `side` rows of `stride` zeroed bytes, one bit a dot, upright,
 * as large as a square of `side` dots allows. */
void star_draw(int side, uint8_t *bits, int stride);

#endif
