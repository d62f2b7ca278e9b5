/* pos/keeper.h - what the daemon does by itself: counts what sells into the
 * search order, watches the clock. */
#ifndef POS_KEEPER_H
#define POS_KEEPER_H

#include "base/err.h"
#include "pos/shop.h"

struct keeper;

enum err keeper_open(struct shop *shop, struct keeper **out);
void keeper_close(struct keeper *k); /* NULL is taken */

#endif
