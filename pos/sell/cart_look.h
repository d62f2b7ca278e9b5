/* pos/sell/cart_look.h - a cart priced as it would be sold now: by the very
 * code that sells (pos/sell/selling.h). */
#ifndef POS_SELL_CART_LOOK_H
#define POS_SELL_CART_LOOK_H

#include "db/cart.h"
#include "pos/sell/selling.h"

enum { CART_EXPIRING_DAYS = 30 }; /* a certificate's end is told from then on */

struct cart_view {
    struct cart cart;
    int64_t at; /* as of when */
    struct cart_line *asked;
    struct sale_line *lines; /* as they would be sold */
    struct look *looks;
    size_t len;
    int64_t subtotal; /* with what is off the lines, without what is off the
                         bill */
    int64_t off;      /* the bill's discount */
    int64_t total;
    int64_t rounded;  /* what is paid when all of it is cash */
    unsigned used;    /* exceptions a cashier needs a manager for */
    unsigned stops;   /* what nobody can let pass */
};

/* cart_view_finish in every case. */
enum err cart_look(struct db *db, const struct shop *shop,
    const struct cart *cart, struct cart_view *out);
void cart_view_finish(struct cart_view *v);

/* Does the line's certificate end within CART_EXPIRING_DAYS? */
bool cart_expiring(const struct cart_view *v, size_t line);

#endif
