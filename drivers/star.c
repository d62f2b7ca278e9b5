#include "drivers/star.h"

#include <stdbool.h>

enum { CORNERS = 10 };

/* Tips and notches from the top, clockwise, in thousandths of a square whose
 * corner is at the upper left: 500 + r sin and 526 - r cos of each 36 degrees,
 * r being 526 for tips and 237 for notches (a pentagram has 201: its thin
 * points break up on thermal paper). */
static const struct {
    int x, y;
} corner[CORNERS] = {
    {500, 0},
    {639, 335},
    {1000, 363},
    {726, 599},
    {809, 952},
    {500, 763},
    {191, 952},
    {274, 599},
    {0, 363},
    {361, 335},
};

/* Even-odd rule: does a ray to the right cross the outline an odd number of
 * times?  In thousandths. */
static bool
inside(int x, int y)
{
    bool in = false;

    for (int i = 0; i < CORNERS; i++) {
        int x0 = corner[i].x, y0 = corner[i].y;
        int x1 = corner[(i + 1) % CORNERS].x, y1 = corner[(i + 1) % CORNERS].y;

        if ((y0 > y) == (y1 > y))
            continue;
        if (x < x0 + (x1 - x0) * (y - y0) / (y1 - y0))
            in = !in;
    }
    return in;
}

void
star_draw(int side, uint8_t *bits, int stride)
{
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++)
            if (inside((2 * x + 1) * 500 / side, (2 * y + 1) * 500 / side))
                bits[y * stride + x / 8] |= (uint8_t)(0x80 >> (x % 8));
}
