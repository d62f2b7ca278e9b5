/* pos/http/show.h - the things of the shop as the API writes them. */
#ifndef POS_HTTP_SHOW_H
#define POS_HTTP_SHOW_H

#include <stdint.h>

#include "base/err.h"
#include "base/json_out.h"
#include "db/product.h"
#include "db/sale.h"
#include "db/shift.h"
#include "pos/sell/certificate.h"
#include "pos/sell/receipt.h"

struct db;

/* "key": "p_17". */
void show_id(struct json_out *o, const char *key, const char *prefix,
    int64_t id);

/* "key": "2027-03-04", null for DAY_NEVER. */
void show_day(struct json_out *o, const char *key, int32_t day);

/* "key": "2026-11-22T09:15:04+07:00". */
void show_time(struct json_out *o, const char *key, int64_t at);

/* A product with price, stock that can be sold on the day of `now`, codes and
 * certificate. */
enum err show_product(struct json_out *o, struct db *db,
    const struct product *p, int64_t now);

/* "ocop": what a certificate is worth; null when there is none. */
void show_certificate(struct json_out *o, const struct certificate *c);

/* A receipt as POST /api/v1/sales answers it. */
enum err show_receipt(struct json_out *o, const struct receipt *r,
    const struct shop *shop);

/* "lines": of a receipt or of a quote (r NULL: no lots). */
void show_lines(struct json_out *o, const struct sale_line *lines, size_t len,
    const struct receipt *r);

void show_shift(
    struct json_out *o, const struct shift *s, const struct shop *shop);
/* The same into an object that is begun. */
void show_shift_members(
    struct json_out *o, const struct shift *s, const struct shop *shop);

/* "ocop": of a line, as it was judged; null when there is none. */
void show_line_ocop(struct json_out *o, const struct sale_cert *ocop);

#endif
