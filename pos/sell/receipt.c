#include "pos/sell/receipt.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "base/settings.h"
#include "db/journal.h"
#include "db/product.h"
#include "pos/sell/certificate.h"
#include "pos/sell/token.h"

static enum err
copy_hash(void *arg, const struct journal_record *rec)
{
    memcpy(arg, rec->hash, 32);
    return OK;
}

static enum err
read_hashes(struct db *db, struct receipt *r)
{
    int64_t seq = r->sale.seq;
    enum err e = db_journal_get(db, seq, copy_hash, r->hash);

    if (e == OK && seq > 1)
        e = db_journal_get(db, seq - 1, copy_hash, r->prev);
    return e;
}

static enum err
read_weighed(struct db *db, struct receipt *r)
{
    struct product p;
    enum err e = OK;

    r->weighed = mem_new(r->lines_len, sizeof(r->weighed[0]));
    for (size_t i = 0; e == OK && i < r->lines_len; i++) {
        if (!r->lines[i].ocop.id[0])
            continue; /* only the token asks */
        e = db_product_get(db, r->lines[i].product_id, &p);
        r->weighed[i] = e == OK && p.kind == PRODUCT_WEIGHED;
    }
    return e;
}

enum err
receipt_read(struct db *db, const struct shop *shop, int64_t sale_id,
    struct receipt *out)
{
    enum err e;

    *out = (struct receipt){0};
    receipt_no_format(shop->number, sale_id, out->no);
    e = db_sale_get(db, sale_id, &out->sale);
    if (e == ERR_NOT_FOUND) {
        err_arg("case", "receipt");
        err_arg("what", "%s", out->no);
        return err_set(e, "no receipt %s", out->no);
    }
    if (e != OK)
        return e;
    if (out->sale.of_sale)
        receipt_no_format(shop->number, out->sale.of_sale, out->of_no);
    out->lines = mem_new(SALE_LINES_MAX, sizeof(out->lines[0]));
    out->payments = mem_new(SALE_PAYMENTS_MAX, sizeof(out->payments[0]));
    out->moves = mem_new((size_t)out->sale.moves, sizeof(out->moves[0]));
    e = db_sale_lines(db, sale_id, out->lines, SALE_LINES_MAX,
        &out->lines_len);
    if (e == OK)
        e = db_sale_payments(db, sale_id, out->payments, SALE_PAYMENTS_MAX,
            &out->payments_len);
    if (e == OK)
        e = db_stock_moves_of(db, out->sale.first_move, out->sale.moves,
            out->moves);
    out->moves_len = (size_t)out->sale.moves;
    if (e == OK)
        e = read_weighed(db, out);
    if (e == OK)
        e = read_hashes(db, out);
    if (e != OK)
        receipt_finish(out);
    return e;
}

void
receipt_finish(struct receipt *r)
{
    mem_free(r->lines);
    mem_free(r->payments);
    mem_free(r->moves);
    mem_free(r->weighed);
    *r = (struct receipt){0};
}

static struct token
token_of(const struct receipt *r, const struct shop *shop, size_t max_certs)
{
    const struct sale *s = &r->sale;
    struct token t = {
        .kind = s->kind == SALE ? TOKEN_SALE : TOKEN_REFUND,
        .showroom = (uint32_t)shop->number,
        .till = (uint8_t)s->till,
        .key = (uint8_t)shop->key.number,
        .seq = (uint32_t)s->seq,
        .at = s->at,
        .clock_suspect = s->suspect,
        .total = s->total,
    };

    memcpy(t.previous, r->prev, TOKEN_PREVIOUS);
    memcpy(t.hash, r->hash, TOKEN_HASH);
    for (size_t i = 0; i < r->lines_len; i++) {
        const struct sale_line *l = &r->lines[i];

        if (!certificate_shows(&l->ocop, s->list_age))
            continue;
        if (t.lines_len == max_certs) {
            t.more = true;
            break;
        }
        t.lines[t.lines_len++] = (struct token_line){
            .cert = (uint32_t)l->ocop.cert,
            .qty = token_qty(l->qty_milli, r->weighed[i])};
    }
    return t;
}

enum err
receipt_verify_url(const struct receipt *r, const struct shop *shop,
    int max_certs, struct buf *out)
{
    struct token t;
    struct buf bytes;
    enum err e;

    assert(max_certs >= 0 && max_certs <= TOKEN_LINES);
    t = token_of(r, shop, (size_t)max_certs);
    buf_init(&bytes, TOKEN_BYTES_MAX);
    e = token_encode(&t, shop->key.secret_key, &bytes);
    if (e == OK) {
        buf_printf(out, "%s#", shop->settings->verify_base);
        token_to_digits(bytes.data, bytes.len, out);
    }
    buf_finish(&bytes);
    return e;
}
