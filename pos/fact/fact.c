#include "pos/fact/fact.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "db/times.h"
#include "pos/fact/fact_cash.h"
#include "pos/fact/fact_certificate.h"
#include "pos/fact/fact_list.h"
#include "pos/fact/fact_notice.h"
#include "pos/fact/fact_product.h"
#include "pos/fact/fact_receiving.h"
#include "pos/fact/fact_sale.h"
#include "pos/fact/fact_shift.h"
#include "pos/fact/fact_showroom.h"
#include "pos/fact/fact_staff.h"
#include "pos/fact/fact_transfer.h"
#include "pos/fact/fact_void.h"

/* Clocks of small computers wander; less than this is no jump. */
enum { CLOCK_SLACK_S = 120 };

static const struct {
    const char *kind;
    enum err (*replay)(struct db *, const struct journal_record *,
        const struct json *);
} kinds[] = {
    {"showroom", fact_showroom_replay},
    {"clock", fact_clock_replay},
    {"staff", fact_staff_replay},
    {"token", fact_token_replay},
    {"till", fact_till_replay},
    {"device", fact_device_replay},
    {"product", fact_product_replay},
    {"price", fact_price_replay},
    {"list", fact_list_replay},
    {"certificate", fact_certificate_replay},
    {"notice", fact_notice_replay},
    {"receiving", fact_receiving_replay},
    {"shift_open", fact_shift_open_replay},
    {"shift_close", fact_shift_close_replay},
    {"cash_in", fact_cash_replay},
    {"cash_out", fact_cash_replay},
    {"drawer_open", fact_cash_replay},
    {"sale", fact_sale_replay},
    {"refund", fact_sale_replay},
    {"reprint", fact_reprint_replay},
    {"void", fact_void_replay},
    {"transfer_confirmed", fact_transfer_replay},
};

enum err
fact_now(struct db *db, struct fact_time *out)
{
    int64_t now = clock_now(), last;
    enum err e = db_journal_time(db, &last);

    if (e != OK)
        return e;
    out->at = now > last ? now : last;
    out->suspect = now + CLOCK_SLACK_S < last;
    return OK;
}

enum err
fact_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (strcmp(rec->kind, kinds[i].kind) == 0)
            return kinds[i].replay(db, rec, body);
    return err_set(ERR_BOOKS, "record %" PRId64 ": kind %s is not known",
        rec->seq, rec->kind);
}

struct canon *
fact_body_begin(struct fact_body *b)
{
    buf_init(&b->buf, FACT_BODY_MAX);
    canon_init(&b->canon, &b->buf);
    canon_obj(&b->canon);
    return &b->canon;
}

void
fact_request_write(struct canon *c, const char *key,
    const uint8_t digest[FACT_DIGEST])
{
    char hex[2 * FACT_DIGEST + 1];

    crypto_hex(digest, FACT_DIGEST, hex);
    canon_key(c, "request");
    canon_obj(c);
    canon_put_str(c, "digest", hex);
    canon_put_str(c, "key", key);
    canon_end_obj(c);
}

enum err
fact_body_post(struct fact_body *b, struct db *db, const char *kind,
    struct journal_head *head_out)
{
    enum err e;

    canon_end_obj(&b->canon);
    canon_end(&b->canon);
    if (b->buf.full)
        e = err_set(ERR_TOO_LARGE, "a %s record past %d bytes", kind,
            FACT_BODY_MAX);
    else
        e = db_journal_append(db, kind, b->buf.data, b->buf.len, head_out);
    buf_finish(&b->buf);
    return e;
}
