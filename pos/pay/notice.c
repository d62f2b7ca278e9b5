#include "pos/pay/notice.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/file.h"
#include "base/log.h"
#include "base/money.h"
#include "base/settings.h"
#include "base/text.h"
#include "db/product.h"
#include "db/writer.h"
#include "pos/data.h"
#include "pos/fact/read.h"
#include "pos/pay/code.h"
#include "pos/shop.h"

static enum err
forged(const char *why)
{
    return err_set(ERR_SIGNATURE, "a notice of the bank: %s", why);
}

/* The secret as it stands in its file, without the end of its line. */
static enum err
read_secret(const struct settings *s, struct buf *out)
{
    char path[DATA_PATH + SETTINGS_PATH];
    enum err e;

    if (!s->bank_secret_file[0])
        return err_set(ERR_BANK_NOT_SET, "bank_secret_file is empty");
    if (s->bank_secret_file[0] == '/')
        db_copy(path, sizeof(path), s->bank_secret_file);
    else
        snprintf(path, sizeof(path), "%s/%s", s->data_dir,
            s->bank_secret_file);
    e = file_read(path, out);
    if (e != OK)
        return err_set(ERR_FILE, "%s cannot be read", path);
    while (out->len && (unsigned char)out->data[out->len - 1] <= ' ')
        out->data[--out->len] = '\0';
    if (out->len >= NOTICE_SECRET_MIN)
        return OK;
    err_arg("file", "%s", path);
    err_arg("why", "too short");
    return err_set(ERR_FILE, "%s: fewer than %d characters", path,
        NOTICE_SECRET_MIN);
}

/* Digits alone, not too many; else -1. */
static int64_t
read_seconds(const char *text)
{
    int64_t n = 0;
    size_t len = strlen(text);

    if (len == 0 || len > 12 || text[strspn(text, "0123456789")])
        return -1;
    for (; *text; text++)
        n = n * 10 + (*text - '0');
    return n;
}

static enum err
check_mac(const struct buf *secret, const char *timestamp,
    const uint8_t mac[CRYPTO_HASH], const char *body, size_t len)
{
    uint8_t ours[CRYPTO_HASH];
    struct crypto_hmac h;

    crypto_hmac_init(&h, secret->data, secret->len);
    crypto_hmac_add(&h, timestamp, strlen(timestamp));
    crypto_hmac_add(&h, ".", 1);
    crypto_hmac_add(&h, body, len);
    crypto_hmac_end(&h, ours);
    return crypto_equal(ours, mac, sizeof(ours)) ? OK : forged("signature");
}

enum err
notice_check(const struct settings *settings, int64_t now,
    const char *timestamp, const char *signature, const char *body, size_t len)
{
    static const char form[] = "sha256=";
    uint8_t mac[CRYPTO_HASH];
    struct buf secret;
    int64_t at;
    enum err e;

    buf_init(&secret, NOTICE_SECRET_MAX);
    e = read_secret(settings, &secret);
    if (e == OK && (!timestamp || !signature))
        e = forged("not signed");
    if (e == OK && (strncmp(signature, form, sizeof(form) - 1) != 0 ||
                       strlen(signature) != sizeof(form) - 1 + 64 ||
                       crypto_unhex(signature + sizeof(form) - 1, 64, mac)))
        e = forged("no signature of that form");
    at = e == OK ? read_seconds(timestamp) : 0;
    if (e == OK && (at < 0 || at > now + NOTICE_WINDOW_S ||
                       at < now - NOTICE_WINDOW_S))
        e = forged("of another time");
    if (e == OK)
        e = check_mac(&secret, timestamp, mac, body, len);
    if (secret.data)
        crypto_wipe(secret.data, secret.len);
    buf_finish(&secret);
    return e;
}

/* Their text, cleaned and cut at a whole letter; absent or null is empty. */
static enum err
read_text_cut(const struct json *body, const char *key, char *out, size_t size)
{
    const char *text = "";
    struct buf clean;
    size_t len;
    enum err e = json_opt_str(body, key, 4096, &text);

    out[0] = '\0';
    if (e != OK)
        return e;
    buf_init(&clean, 16384);
    e = text_clean(text, strlen(text), &clean);
    len = clean.len < size ? clean.len : size - 1;
    while (len && len < clean.len &&
        ((unsigned char)clean.data[len] & 0xc0) == 0x80)
        len--;
    if (e == OK && len) {
        memcpy(out, clean.data, len);
        out[len] = '\0';
    }
    buf_finish(&clean);
    return e;
}

static enum err
read_notice(const struct json *body, struct bank_notice *n)
{
    int64_t milli = 0;
    enum err e = json_get_int(body, "id", 1, JSON_INT_MAX, &n->number);

    /* A whole number, also as 583000.00. */
    READ(json_get_milli(
        body, "transferAmount", 1000, MONEY_MAX * 1000, &milli));
    if (e == OK && milli % 1000) {
        json_blame(body, "transferAmount");
        e = err_set(ERR_FIELD_VALUE, "dong have no decimals");
    }
    n->amount = milli / 1000;
    READ(read_text_cut(body, "code", n->code, sizeof(n->code)));
    READ(read_text_cut(body, "content", n->content, sizeof(n->content)));
    READ(read_text_cut(
        body, "referenceCode", n->reference, sizeof(n->reference)));
    return e;
}

/* Into our account?  A virtual account stands in subAccount. */
static enum err
is_ours(const struct settings *s, const struct json *body, bool *ours_out)
{
    static const char *const types[] = {"in", "out", NULL};
    const char *account = "", *sub = "";
    int type = 0;
    enum err e = json_get_word(body, "transferType", types, &type);

    READ(json_opt_str(body, "accountNumber", 64, &account));
    READ(json_opt_str(body, "subAccount", 64, &sub));
    *ours_out = e == OK && type == 0 &&
        (strcmp(account, s->bank_account) == 0 ||
            strcmp(sub, s->bank_account) == 0);
    if (e == OK && type == 0 && !*ours_out)
        log_warn("pay", "a notice of another account was not taken");
    return e;
}

/* Could the money be for it?  Glued to other letters, as some banks hand texts
 * on, a code may be one by chance: then the amount must be right too. */
static bool
fits(const struct transfer *t, const struct bank_notice *n, bool alone)
{
    return alone || (t->state == TRANSFER_WAITING && !t->sale_id &&
                        t->amount == n->amount);
}

/* One that waits before any other: an old code may stand in front of it. */
static enum err
find_in(struct db *db, const char *text, const struct bank_notice *n,
    struct transfer *out)
{
    const char *at = text;
    char code[TRANSFER_CODE];
    struct transfer t;
    bool alone;

    while (code_next(text, &at, code, &alone)) {
        enum err e = db_transfer_by_code(db, code, &t);

        if (e == ERR_NOT_FOUND || (e == OK && !fits(&t, n, alone)))
            continue;
        if (e != OK)
            return e;
        if (!out->id || out->sale_id || out->state == TRANSFER_CANCELLED)
            *out = t;
    }
    return OK;
}

/* So much came: is it all? */
static enum bank_notice_state
compare(const struct transfer *t)
{
    if (t->received == t->amount)
        return BANK_MATCHED;
    return t->received < t->amount ? BANK_PART : BANK_OVER;
}

/* What the money does to the transfer, and what the notice is then. */
static enum bank_notice_state
add_up(struct transfer *t, int64_t amount)
{
    static const enum transfer_state becomes[] = {
        [BANK_MATCHED] = TRANSFER_MATCHED,
        [BANK_PART] = TRANSFER_PART,
        [BANK_OVER] = TRANSFER_OVER,
    };
    enum bank_notice_state state;

    if (!t->id)
        return BANK_UNKNOWN;
    if (t->state == TRANSFER_CANCELLED ||
        (t->sale_id && t->state != TRANSFER_CONFIRMED))
        return BANK_LATE;
    t->received += amount;
    state = compare(t);
    if (t->state != TRANSFER_CONFIRMED) /* a person's word stands */
        t->state = becomes[state];
    return state;
}

static enum err
keep(struct db *db, const struct transfer *t)
{
    return t->state == TRANSFER_CONFIRMED
               ? db_transfer_receive(db, t->id, t->received)
               : db_transfer_set(db, t);
}

struct taking {
    struct bank_notice *n;
    struct transfer *t;
    bool seen;
};

static enum err
take_write(struct db *db, void *arg)
{
    struct taking *x = arg;
    int64_t id = 0;
    enum err e = db_bank_notice_seen(db, x->n->number, &x->seen);

    *x->t = (struct transfer){.id = 0};
    if (e != OK || x->seen)
        return e;
    e = find_in(db, x->n->code, x->n, x->t);
    if (e == OK && !x->t->id)
        e = find_in(db, x->n->content, x->n, x->t);
    if (e != OK)
        return e;
    x->n->state = add_up(x->t, x->n->amount);
    x->n->transfer_id = x->t->id;
    if (x->t->id && x->n->state != BANK_LATE)
        e = keep(db, x->t);
    if (e == OK)
        e = db_bank_notice_add(db, x->n, &id);
    x->n->id = id;
    return e;
}

enum err
notice_take(struct shop *shop, const struct json *body,
    struct bank_notice *out, struct transfer *transfer_out, bool *told_out)
{
    struct taking x = {.n = out, .t = transfer_out};
    bool ours = false;
    enum err e = is_ours(shop->settings, body, &ours);

    *told_out = false;
    *out = (struct bank_notice){.at = clock_now()};
    *transfer_out = (struct transfer){.id = 0};
    if (e != OK || !ours)
        return e;
    e = read_notice(body, out);
    if (e == OK)
        e = db_write(shop->writer, "bank_notice", take_write, &x);
    *told_out = e == OK && !x.seen;
    return e;
}
