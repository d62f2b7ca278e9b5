/* pos/pay/notice.h - what SePay tells of money that came in.
 *
 * Their side, as its documentation of webhooks says
 * (developer.sepay.vn/en/sepay-webhooks/xac-thuc and .../bao-mat, read in
 * 2026): a POST of JSON with
 *     X-SePay-Timestamp: unix seconds
 *     X-SePay-Signature: sha256=<hex of the MAC>
 * the MAC being HMAC-SHA256 with the secret over "<timestamp>.<body>", the body
 * byte by byte as it came; what is more than five minutes off is refused; `id`
 * is the same in every repetition; an answer of 200 with {"success":true} ends
 * the repetitions. */
#ifndef POS_PAY_NOTICE_H
#define POS_PAY_NOTICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/json.h"
#include "db/transfer.h"

struct settings;
struct shop;

enum {
    NOTICE_WINDOW_S = 300,
    NOTICE_SECRET_MIN = 16,
    NOTICE_SECRET_MAX = 256
};

/* Did the one who knows the secret of the file `bank_secret_file` sign it, now?
 * ERR_SIGNATURE when not, whatever is wrong with it: missing, malformed, of
 * another time, of other bytes.  ERR_BANK_NOT_SET when no secret is set,
 * ERR_FILE when its file is not there or holds none.  The headers may be
 * NULL. */
enum err notice_check(const struct settings *settings, int64_t now,
    const char *timestamp, const char *signature, const char *body, size_t len);

/* `body` is theirs, and more than what is read here may be in it.  Matched to
 * the transfer whose code stands in `code`, else in `content`: several notices
 * for one code are added up.  *told_out is false when there is nothing to do:
 * money that went out, another account's, or a number that was told before;
 * else *out is what was noted and *transfer_out what became of the transfer
 * (id 0: none).  ERR_FIELD_* for a body that is not of their form. */
enum err notice_take(struct shop *shop, const struct json *body,
    struct bank_notice *out, struct transfer *transfer_out, bool *told_out);

#endif
