/* pos/print/unit_price.h - what a kilogram or a litre of it costs.
 *
 * The content is read where the unit ("gói 500 g"), else the name ("Miến Minh
 * Dương 0,5 kg", "Trà 20 gói x 2 g") says it, and only where it says one thing:
 * two different contents, a range, an "about" give no unit price, since a wrong
 * one is worse than none.  From 250 g or ml on it is told per kilogram or
 * litre, below per 100 g or 100 ml, rounded half up to the dong. */
#ifndef POS_PRINT_UNIT_PRICE_H
#define POS_PRINT_UNIT_PRICE_H

#include <stdbool.h>
#include <stdint.h>

struct unit_price {
    int64_t price;   /* dong */
    const char *per; /* "kg", "lít", "100 g", "100 ml" */
};

/* False when nothing honest can be said.  Texts are UTF-8 in NFC. */
bool unit_price_of(
    const char *unit, const char *name, int64_t price, struct unit_price *out);

#endif
