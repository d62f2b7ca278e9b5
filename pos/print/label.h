/* pos/print/label.h - what stands on the shelf label of a product and on the
 * price tag of a lot, and what a printer gets of it.
 *
 * Name; price, large, with its unit; what a kilogram or a litre costs, where
 * that can be said (pos/print/unit_price.h); OCOP and stars while the
 * certificate is in force and the lists are not too old; producer and place as
 * the certificate has them; bars of a code that the till finds this product by.
 * A shelf label adds the certificate's last day and, where the registry has
 * given one, the QR code of its token P1: a proof that the certificate exists.
 * A price tag sticks on one jar, so it has no such code, which would seem to
 * prove the jar; it adds the last day of its lot and the lot's code. */
#ifndef POS_PRINT_LABEL_H
#define POS_PRINT_LABEL_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/settings_printer.h"
#include "drivers/font.h"
#include "drivers/label.h"
#include "drivers/raster.h"

struct db;
struct shop;

enum label_kind { LABEL_SHELF, LABEL_PRICE };

/* "shelf", "price", NULL: the words of the API, by the kind. */
extern const char *const label_kind_words[];

enum { LABEL_COPIES_MAX = 100 /* of one job */ };

struct label_ask {
    enum label_kind kind;
    int64_t product_id;
    int64_t lot_id; /* 0: none; only for a price tag */
};

/* The texts of a label, owned; `label` borrows them. */
struct label_words {
    struct label label;
    struct buf head, big, beside, code, qr, notes[LABEL_NOTES_MAX];
};

/* Prices and certificates are those of now.  ERR_NOT_FOUND,
 * ERR_PRODUCT_RETIRED, ERR_PRICE_MISSING; ERR_LOT_EXPIRED; ERR_FIELD_VALUE for
 * a lot of another product or on a shelf label.  `out` needs label_words_finish
 * after OK. */
enum err label_words_read(struct db *db, const struct shop *shop,
    struct font *font, const struct label_ask *ask, struct label_words *out);
void label_words_finish(struct label_words *words);

/* The label's dots at the size that `printer` has: its labels' size, or across
 * the paper of a receipt printer.  As label_words_read; ERR_TOO_LARGE with the
 * case "label" when price and bars do not fit (a QR code that does not is left
 * out).  raster_finish after OK. */
enum err label_picture(struct db *db, const struct shop *shop,
    struct font *font, const struct label_ask *ask,
    const struct settings_printer *printer, struct raster *raster_out);

/* `copies` (1..LABEL_COPIES_MAX) of these dots in the language of `printer`,
 * which may have QUIRK_* `quirks`; on receipt paper a strip to cut apart.  The
 * picture of it is appended to `png`.  ERR_TOO_LARGE. */
enum err label_bytes(const struct raster *label,
    const struct settings_printer *printer, unsigned quirks, int copies,
    struct buf *bytes, struct buf *png);

#endif
