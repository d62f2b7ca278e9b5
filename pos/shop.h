/* pos/shop.h - what the rules of the shop need besides a connection.
 *
 * Made once at the start; read-only afterwards but for what its parts guard
 * themselves.  Borrowed by everybody. */
#ifndef POS_SHOP_H
#define POS_SHOP_H

#include <stdint.h>

#include "db/journal.h"

struct writer;
struct readers;
struct settings;
struct font;
struct printers;
struct certified_worker;

struct shop {
    struct writer *writer;
    struct readers *readers;
    const struct settings *settings;
    int64_t number;          /* of the showroom */
    struct journal_key key;  /* signs receipts and records */
    struct font *font;          /* what receipts are drawn with */
    struct printers *print;     /* NULL: no printer is set */
    struct certified_worker *certified; /* NULL: no registry is set */
};

#endif
