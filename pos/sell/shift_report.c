#include "pos/sell/shift_report.h"

#include <assert.h>
#include <string.h>

#include "base/settings.h"
#include "db/journal.h"
#include "pos/sell/token.h"

static enum err
copy_hash(void *arg, const struct journal_record *rec)
{
    memcpy(arg, rec->hash, 32);
    return OK;
}

enum err
shift_report_read(struct db *db, int64_t shift_id, struct shift_report *out)
{
    enum err e;

    *out = (struct shift_report){.notes_len = 0};
    e = db_shift_get(db, shift_id, &out->shift);
    if (e != OK || !out->shift.closed)
        return e;
    e = db_shift_notes(db, shift_id, out->notes, &out->notes_len);
    if (e == OK)
        e = db_journal_get(db, out->shift.seq, copy_hash, out->hash);
    if (e == OK)
        e = db_journal_get(db, out->shift.seq - 1, copy_hash, out->prev);
    return e;
}

enum err
shift_report_url(const struct shift_report *r, const struct shop *shop,
    struct buf *out)
{
    const struct shift *s = &r->shift;
    struct token t = {
        .kind = TOKEN_SHIFT_REPORT,
        .showroom = (uint32_t)shop->number,
        .till = (uint8_t)s->till,
        .key = (uint8_t)shop->key.number,
        .seq = (uint32_t)s->seq,
        .at = s->closed_at,
        .total = s->sales_total > s->refund_total
                     ? s->sales_total - s->refund_total
                     : 0,
    };
    struct buf bytes;
    enum err e;

    assert(s->closed);
    memcpy(t.previous, r->prev, TOKEN_PREVIOUS);
    memcpy(t.hash, r->hash, TOKEN_HASH);
    buf_init(&bytes, TOKEN_BYTES_MAX);
    e = token_encode(&t, shop->key.secret_key, &bytes);
    if (e == OK) {
        buf_printf(out, "%s#", shop->settings->verify_base);
        token_to_digits(bytes.data, bytes.len, out);
    }
    buf_finish(&bytes);
    return e;
}
