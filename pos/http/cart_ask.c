#include "pos/http/cart_ask.h"

#include <string.h>

#include "base/crypto.h"
#include "base/money.h"
#include "pos/fact/read.h"
#include "pos/http/ask.h"

enum {
    KEY_MIN = 16,
    KEY_MAX = 64,
    QTY_MILLI_MAX = 1000000000, /* as in a sale */
    TEXT_MAX = 4096
};

enum err
cart_ask_key(const struct json *obj, const char *name, bool required,
    const char **out)
{
    const char *key = NULL;
    size_t len;
    bool ascii = true;
    enum err e = required ? json_get_str(obj, name, 400, &key)
                          : json_opt_str(obj, name, 400, &key);

    if (e != OK || !key)
        return e;
    len = strlen(key);
    for (size_t i = 0; i < len; i++)
        ascii = ascii && key[i] > ' ' && key[i] <= '~';
    if (ascii && len >= KEY_MIN && len <= KEY_MAX) {
        *out = key;
        return OK;
    }
    json_blame(obj, name);
    err_arg("case", "key");
    return err_set(ERR_FIELD_VALUE, "%s is not 16 to 64 visible ASCII", name);
}

static enum err
read_add(const struct json *v, struct cart_do *d)
{
    static const char *const keys[] = {"code", "product", "qty", "lot", NULL};
    const struct json *add;
    enum err e = json_get_obj(v, "add", &add);

    d->kind = CART_DO_ADD;
    READ(json_only(add, keys));
    READ(json_opt_str(add, "code", 200, &d->code));
    READ(ask_opt_id(add, "product", "p_", &d->product_id));
    if (e == OK && !d->code && !d->product_id)
        e = json_get_str(add, "product", 40, &d->code); /* it is missing */
    if (e != OK)
        return e;
    d->has_qty = json_has(add, "qty");
    READ(json_opt_milli(add, "qty", 1, QTY_MILLI_MAX, &d->qty_milli));
    READ(ask_opt_id(add, "lot", "l_", &d->lot_id));
    return e;
}

/* A member that was given, and be it null. */
static bool
given(const struct json *v, const char *key)
{
    return json_find(v, key) != NULL;
}

static enum err
read_line(const struct json *v, struct cart_do *d)
{
    static const char *const keys[] = {
        "line", "qty", "discount", "price", "lot", "remove", NULL};
    bool gone = false;
    enum err e = json_only(v, keys);

    READ(json_get_int(v, "line", 1, INT32_MAX, &d->line));
    READ(json_opt_bool(v, "remove", &gone));
    READ(json_opt_milli(v, "qty", 1, QTY_MILLI_MAX, &d->qty_milli));
    READ(json_opt_int(v, "discount", 0, MONEY_MAX, &d->discount));
    d->price = -1;
    READ(json_opt_int(v, "price", 0, MONEY_MAX, &d->price));
    READ(ask_opt_id(v, "lot", "l_", &d->lot_id));
    if (e != OK)
        return e;
    d->kind = gone ? CART_DO_REMOVE : CART_DO_LINE;
    d->has_qty = json_has(v, "qty");
    d->has_discount = given(v, "discount");
    d->has_price = given(v, "price");
    d->has_lot = given(v, "lot");
    if (gone || d->has_qty || d->has_discount || d->has_price || d->has_lot)
        return OK;
    return json_get_milli(v, "qty", 1, QTY_MILLI_MAX, &d->qty_milli);
}

static enum err
read_discount(const struct json *v, struct cart_do *d)
{
    static const char *const outer[] = {"discount", NULL};
    static const char *const keys[] = {"percent", "amount", NULL};
    static const char *const percent[] = {"percent", NULL};
    const struct json *off = NULL;
    enum err e = json_only(v, outer);

    d->kind = CART_DO_DISCOUNT;
    READ(json_opt_obj(v, "discount", &off));
    if (e != OK || !off)
        return e;
    if (json_has(off, "percent")) {
        e = json_only(off, percent);
        READ(json_get_milli(off, "percent", 0, CART_PERCENT, &d->percent));
        return e;
    }
    e = json_only(off, keys);
    READ(json_get_int(off, "amount", 0, MONEY_MAX, &d->discount));
    return e;
}

static enum err
read_words(const struct json *v, const char *key, size_t size,
    enum cart_do_kind kind, struct buf *keep, struct cart_do *d)
{
    const char *const keys[] = {key, NULL};
    enum err e = json_only(v, keys);

    d->kind = kind;
    d->text = "";
    READ(ask_text(v, key, size - 1, false, keep, &d->text));
    return e;
}

static enum err
read_state(const struct json *v, struct cart_do *d)
{
    static const char *const keys[] = {"state", NULL};
    static const char *const states[] = {"open", "parked", NULL};
    int state = 0;
    enum err e = json_only(v, keys);

    d->kind = CART_DO_STATE;
    READ(json_get_word(v, "state", states, &state));
    d->state = state ? CART_PARKED : CART_OPEN;
    return e;
}

static enum err
read_till(const struct json *v, struct cart_do *d)
{
    static const char *const keys[] = {"till", NULL};
    enum err e = json_only(v, keys);

    d->kind = CART_DO_TILL;
    READ(ask_get_id(v, "till", "", &d->till));
    if (e != OK || d->till <= 255)
        return e;
    json_blame(v, "till");
    err_arg("max", "255");
    return err_set(ERR_FIELD_VALUE, "a till past 255");
}

static enum err
read_undo(const struct json *v, struct cart_do *d)
{
    static const char *const keys[] = {"undo", NULL};
    bool yes = false;
    enum err e = json_only(v, keys);

    d->kind = CART_DO_UNDO;
    READ(json_get_bool(v, "undo", &yes));
    if (e != OK || yes)
        return e;
    json_blame(v, "undo");
    return err_set(ERR_FIELD_VALUE, "undo is false");
}

static enum err
read_do(const struct json *v, struct buf *keep, struct cart_do *d)
{
    *d = (struct cart_do){.price = -1};
    if (given(v, "line"))
        return read_line(v, d);
    if (given(v, "discount"))
        return read_discount(v, d);
    if (given(v, "note"))
        return read_words(v, "note", DB_NOTE, CART_DO_NOTE, keep, d);
    if (given(v, "label"))
        return read_words(v, "label", CART_LABEL, CART_DO_LABEL, keep, d);
    if (given(v, "state"))
        return read_state(v, d);
    if (given(v, "till"))
        return read_till(v, d);
    if (given(v, "undo"))
        return read_undo(v, d);
    return read_add(v, d);
}

static enum err
read_dos(const struct json *body, struct cart_asked *a)
{
    const struct json *list, *v;
    static const char *const add[] = {"add", NULL};
    enum err e = json_get_arr(body, "do", CART_DOS_MAX, &list);

    if (e == OK && !json_len(list)) {
        json_blame(body, "do");
        err_arg("case", "empty");
        e = err_set(ERR_FIELD_VALUE, "nothing to do");
    }
    if (e != OK)
        return e;
    for (v = json_first(list); e == OK && v; v = json_next(v)) {
        struct cart_do *d = &a->dos[a->ask.dos_len];

        e = read_do(v, &a->texts[a->ask.dos_len], d);
        if (e == OK && d->kind == CART_DO_ADD)
            e = json_only(v, add);
        a->ask.dos_len++;
    }
    return e;
}

enum err
cart_asked_read(const struct api_call *call, struct cart_asked *out)
{
    static const char *const keys[] = {"version", "op", "do", NULL};
    struct cart_ask *ask = &out->ask;
    enum err e = json_only(call->body, keys);

    *out = (struct cart_asked){.ask = {.dos = out->dos}};
    for (size_t i = 0; i < CART_DOS_MAX; i++)
        buf_init(&out->texts[i], TEXT_MAX);
    crypto_sha256(call->request->body, call->request->body_len, out->digest);
    ask->digest = out->digest;
    ask->staff = call->who.staff;
    if (call->who.via == API_VIA_SESSION)
        ask->own_till = call->who.till;
    READ(json_get_int(call->body, "version", 1, JSON_INT_MAX, &ask->version));
    READ(cart_ask_key(call->body, "op", true, &ask->op));
    READ(read_dos(call->body, out));
    return e;
}

void
cart_asked_finish(struct cart_asked *a)
{
    for (size_t i = 0; i < CART_DOS_MAX; i++)
        buf_finish(&a->texts[i]);
}
