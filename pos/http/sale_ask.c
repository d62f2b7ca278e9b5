#include "pos/http/sale_ask.h"

#include "base/mem.h"
#include "base/money.h"
#include "pos/fact/read.h"
#include "pos/http/ask.h"
#include "pos/staff/approve.h"

/* A thousand tonnes, or a million pieces: more is a slip of the finger. */
enum { QTY_MILLI_MAX = 1000000000 };

static enum err
read_line(const struct json *v, struct sale_ask_line *l)
{
    static const char *const keys[] = {
        "code", "product", "qty", "lot", "discount", NULL};
    enum err e = json_only(v, keys);

    READ(json_opt_str(v, "code", 200, &l->code));
    READ(ask_opt_id(v, "product", "p_", &l->product_id));
    if (e == OK && !l->code && !l->product_id)
        e = json_get_str(v, "product", 40, &l->code); /* says it is missing */
    l->has_qty = json_has(v, "qty");
    READ(json_opt_milli(v, "qty", 1, QTY_MILLI_MAX, &l->qty_milli));
    READ(ask_opt_id(v, "lot", "l_", &l->lot_id));
    READ(json_opt_int(v, "discount", 0, MONEY_MAX, &l->discount));
    return e;
}

static enum err
read_payment(const struct json *v, struct buf *keep,
    struct sale_ask_payment *p)
{
    static const char *const keys[] = {
        "method", "amount", "tendered", "reference", "transfer", NULL};
    static const char *const methods[] = {"cash", "transfer", NULL};
    int method;
    enum err e = json_only(v, keys);

    READ(json_get_word(v, "method", methods, &method));
    if (e != OK)
        return e;
    p->method = method ? PAY_TRANSFER : PAY_CASH;
    if (p->method == PAY_CASH) {
        /* "tendered" is what was handed over; who only knows what is paid
         * gives "amount". */
        e = json_has(v, "tendered") || !json_has(v, "amount")
                ? json_get_int(v, "tendered", 0, MONEY_MAX, &p->tendered)
                : json_get_int(v, "amount", 0, MONEY_MAX, &p->tendered);
    } else {
        e = json_get_int(v, "amount", 1, MONEY_MAX, &p->amount);
    }
    READ(ask_text(v, "reference", DB_REF - 1, false, keep, &p->reference));
    READ(ask_opt_id(v, "transfer", "t_", &p->transfer_id));
    if (e != OK || !p->transfer_id)
        return e;
    if (p->method == PAY_TRANSFER && !p->reference[0])
        return OK;
    json_blame(v, "transfer");
    return err_set(ERR_FIELD_VALUE, "a transfer has its own reference");
}

static enum err
read_lines(const struct json *body, struct sale_asked *a)
{
    const struct json *lines;
    enum err e = json_get_arr(body, "lines", SALE_LINES_MAX, &lines);

    if (e == OK && json_len(lines) == 0) {
        json_blame(body, "lines");
        err_arg("case", "empty");
        e = err_set(ERR_FIELD_VALUE, "no lines");
    }
    if (e != OK)
        return e;
    a->lines = mem_new(json_len(lines), sizeof(a->lines[0]));
    for (size_t i = 0; e == OK && i < json_len(lines); i++)
        e = read_line(json_at(lines, i), &a->lines[i]);
    a->ask.lines = a->lines;
    a->ask.lines_len = json_len(lines);
    return e;
}

/* A bill that is kept here, as it was seen; it has the lines. */
static enum err
read_cart(const struct json *body, struct sale_asked *a)
{
    enum err e = ask_get_id(body, "cart", "b_", &a->ask.cart_id);

    READ(json_get_int(body, "cart_version", 1, JSON_INT_MAX,
        &a->ask.cart_version));
    if (e != OK || !json_has(body, "lines"))
        return e;
    json_blame(body, "lines");
    err_arg("case", "null");
    return err_set(ERR_FIELD_VALUE, "lines beside a cart");
}

static enum err
read_payments(const struct json *body, struct sale_asked *a)
{
    const struct json *payments;
    enum err e = json_get_arr(body, "payments", SALE_PAYMENTS_MAX, &payments);

    if (e != OK)
        return e;
    for (size_t i = 0; e == OK && i < json_len(payments); i++)
        e = read_payment(json_at(payments, i), &a->references[i],
            &a->payments[i]);
    a->ask.payments = a->payments;
    a->ask.payments_len = json_len(payments);
    return e;
}

static enum err
read_override(const struct json *body, unsigned *bits)
{
    const struct json *list = NULL;
    const char *word;
    enum err e = json_opt_arr(body, "override", 8, &list);

    for (size_t i = 0; e == OK && i < json_len(list); i++) {
        e = json_as_str(json_at(list, i), 32, &word);
        if (e == OK && !override_bit(word)) {
            json_blame(json_at(list, i), NULL);
            err_arg("case", "words");
            err_arg("words", "stock_short, lot_expired, withdrawn, "
                             "discount_limit, price_override");
            e = err_set(ERR_FIELD_VALUE, "no exception is called %s", word);
        }
        if (e == OK)
            *bits |= override_bit(word);
    }
    return e;
}

/* An exception by a PIN typed at this till, once. */
static enum err
read_approval(struct api *api, const struct api_call *call,
    struct sale_ask *ask)
{
    const struct json *approval = NULL;
    enum err e = json_opt_obj(call->body, "approval", &approval);

    if (e != OK || !approval)
        return e;
    return approve(api->writer, call->who.where, approval, ROLE_MANAGER,
        &ask->approved_by);
}

/* "customer" is kept for the time when buyers give their data. */
static enum err
read_customer(const struct json *body)
{
    if (!json_has(body, "customer"))
        return OK;
    json_blame(body, "customer");
    err_arg("case", "null");
    return err_set(ERR_FIELD_VALUE, "a buyer's data is not taken yet");
}

enum err
sale_asked_read(struct api *api, struct api_call *call,
    struct sale_asked *out)
{
    static const char *const keys[] = {"till", "lines", "payments",
        "expected_total", "customer", "note", "override", "approval", "cart",
        "cart_version", NULL};
    struct sale_ask *ask = &out->ask;
    enum err e = json_only(call->body, keys);

    *out = (struct sale_asked){0};
    for (size_t i = 0; i < SALE_PAYMENTS_MAX; i++)
        buf_init(&out->references[i], 1024);
    buf_init(&out->note, 4096);
    ask->key = call->key;
    ask->digest = call->digest;
    ask->staff = call->who.staff;
    ask->role = call->who.role;
    READ(ask_till(call, call->body, &ask->till));
    READ(json_has(call->body, "cart") ? read_cart(call->body, out)
                                      : read_lines(call->body, out));
    READ(read_payments(call->body, out));
    ask->has_expected = json_has(call->body, "expected_total");
    READ(json_opt_int(call->body, "expected_total", 0, MONEY_MAX,
        &ask->expected_total));
    READ(read_customer(call->body));
    READ(ask_text(call->body, "note", DB_NOTE - 1, false, &out->note,
        &ask->note));
    READ(read_override(call->body, &ask->overrides));
    READ(read_approval(api, call, ask));
    return e;
}

void
sale_asked_finish(struct sale_asked *a)
{
    for (size_t i = 0; i < SALE_PAYMENTS_MAX; i++)
        buf_finish(&a->references[i]);
    buf_finish(&a->note);
    mem_free(a->lines);
}
