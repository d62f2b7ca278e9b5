/* Changing a bill, taking a change back, throwing it away; see cart.h. */
#include "pos/sell/cart.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "db/product.h"
#include "db/writer.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_void.h"
#include "pos/fact/read.h"
#include "pos/sell/cart_bill.h"
#include "pos/sell/cart_look.h"
#include "pos/shop.h"

/* A device works on the bills of its own till.  What is parked elsewhere it
 * may take, by moving it to itself first. */
static enum err
check_till(const struct cart *c, const struct cart_ask *ask)
{
    const struct cart_do *first = ask->dos_len ? &ask->dos[0] : NULL;
    bool takes = c->state == CART_PARKED && first
                 && first->kind == CART_DO_TILL
                 && first->till == ask->own_till;

    if (!ask->own_till || ask->own_till == c->till || takes)
        return OK;
    err_arg("case", "cart_till");
    err_arg("till", "%" PRId64, c->till);
    return err_set(ERR_FORBIDDEN, "b_%" PRId64 " is at till %" PRId64, c->id,
        c->till);
}

static enum err
check_version(const struct cart *c, const struct cart_ask *ask)
{
    if (ask->any_version || c->version == ask->version)
        return OK;
    return err_set(ERR_CART_CHANGED, "b_%" PRId64 " is at %" PRId64
        ", not %" PRId64, c->id, c->version, ask->version);
}

/* Was this very change done?  Then *done says so. */
static enum err
seen(struct db *db, const struct cart_ask *ask, bool *done)
{
    struct cart_change change;
    enum err e = db_cart_change_by_op(db, ask->cart_id, ask->op, &change);

    *done = false;
    if (e == ERR_NOT_FOUND)
        return OK;
    if (e != OK)
        return e;
    if (memcmp(change.digest, ask->digest, sizeof(change.digest)) != 0)
        return err_set(ERR_KEY_REUSED, "op %s was another change", ask->op);
    *done = true;
    return OK;
}

static bool
same_line(const struct cart_line *a, const struct cart_line *b)
{
    return a->n == b->n && a->product_id == b->product_id
           && a->lot_id == b->lot_id && a->qty_milli == b->qty_milli
           && a->discount == b->discount && a->price == b->price;
}

/* A line became another, came (`was` NULL) or went (`is` NULL). */
static enum err
store_line(struct cart_bill *b, const struct cart_line *was,
    const struct cart_line *is, struct cart_change *change)
{
    struct cart_line none = {.n = is ? is->n : 0, .price = -1};
    enum err e;

    if (was && is && same_line(was, is))
        return OK;
    if (!change->undo) { /* the first: its row must stand before its lines */
        change->undo = true;
        e = db_cart_change_add(b->db, change);
        if (e != OK)
            return e;
    }
    e = db_cart_before_add(b->db, b->cart.id, change->version,
        was ? was : &none);
    if (e != OK)
        return e;
    return is ? db_cart_line_put(b->db, b->cart.id, is)
              : db_cart_line_remove(b->db, b->cart.id, was->n);
}

/* Both are in the order of their numbers. */
static enum err
store_lines(struct cart_bill *b, const struct cart_bill *was,
    struct cart_change *change)
{
    size_t i = 0, k = 0;
    enum err e = OK;

    while (e == OK && (i < was->len || k < b->len)) {
        const struct cart_line *old = i < was->len ? &was->lines[i] : NULL;
        const struct cart_line *new = k < b->len ? &b->lines[k] : NULL;

        if (old && new && old->n != new->n) {
            if (old->n < new->n)
                new = NULL;
            else
                old = NULL;
        }
        e = store_line(b, old, new, change);
        i += old != NULL;
        k += new != NULL;
    }
    return e;
}

/* Write what changed, and the way back unless it is one itself. */
static enum err
store(struct cart_bill *b, const struct cart_bill *was,
    const struct cart_ask *ask, bool back)
{
    struct cart_change change = {.cart_id = b->cart.id,
        .version = ++b->cart.version,
        .percent = was->cart.percent,
        .discount = was->cart.discount};
    bool head = was->cart.percent != b->cart.percent
                || was->cart.discount != b->cart.discount
                || strcmp(was->cart.note, b->cart.note) != 0;
    enum err e = OK;

    db_copy(change.op, sizeof(change.op), ask->op);
    memcpy(change.digest, ask->digest, sizeof(change.digest));
    db_copy(change.note, sizeof(change.note), was->cart.note);
    if (head) {
        change.undo = true;
        e = db_cart_change_add(b->db, &change);
    }
    READ(store_lines(b, was, &change));
    if (!change.undo) /* neither lines nor head: only to know it again */
        READ(db_cart_change_add(b->db, &change));
    else if (back)
        READ(db_cart_change_done(b->db, b->cart.id, change.version));
    READ(db_cart_change_drop(b->db, b->cart.id,
        change.version - CART_CHANGES_MAX));
    b->cart.staff = ask->staff;
    b->cart.changed_at = clock_now();
    READ(db_cart_put(b->db, &b->cart));
    return e;
}

/* A line as it was, into its place. */
static void
put_back(struct cart_bill *b, const struct cart_line *was)
{
    size_t i = 0;

    while (i < b->len && b->lines[i].n < was->n)
        i++;
    if (i < b->len && b->lines[i].n == was->n)
        memmove(&b->lines[i], &b->lines[i + 1],
            (--b->len - i) * sizeof(b->lines[0]));
    if (!was->product_id)
        return;
    memmove(&b->lines[i + 1], &b->lines[i],
        (b->len++ - i) * sizeof(b->lines[0]));
    b->lines[i] = *was;
}

static enum err
undo(struct cart_bill *b)
{
    struct cart_line before[CART_LINES_MAX];
    struct cart_change last;
    size_t len;
    enum err e = db_cart_change_last(b->db, b->cart.id, &last);

    if (b->cart.state == CART_WAITING)
        return err_set(ERR_CART_WAITING, "b_%" PRId64 " waits", b->cart.id);
    if (e == ERR_NOT_FOUND)
        return err_set(ERR_UNDO_EMPTY, "b_%" PRId64 " has no change left",
            b->cart.id);
    READ(db_cart_before(b->db, b->cart.id, last.version, before, &len));
    READ(db_cart_change_done(b->db, b->cart.id, last.version));
    if (e != OK)
        return e;
    for (size_t i = 0; i < len; i++)
        put_back(b, &before[i]);
    b->cart.percent = last.percent;
    b->cart.discount = last.discount;
    db_copy(b->cart.note, sizeof(b->cart.note), last.note);
    return OK;
}

static enum err
do_all(struct cart_bill *b, const struct cart_ask *ask,
    struct cart_done *done)
{
    char path[32];
    enum err e = OK;

    if (ask->dos_len == 1 && ask->dos[0].kind == CART_DO_UNDO)
        return undo(b);
    for (size_t i = 0; e == OK && i < ask->dos_len; i++) {
        done->at = i;
        snprintf(path, sizeof(path), "do[%zu]", i);
        e = cart_do(b, &ask->dos[i], path);
    }
    return e;
}

static enum err
load(struct cart_bill *b)
{
    struct fact_time time;
    enum err e = fact_now(b->db, &time);

    READ(db_cart_lines(b->db, b->cart.id, b->lines, &b->len));
    b->at = time.at;
    b->day = clock_day(time.at);
    return e;
}

enum err
cart_change_write(struct db *db, const struct shop *shop,
    const struct cart_ask *ask, struct cart_done *done_out)
{
    struct cart_bill *b = mem_new(2, sizeof(*b)), *was = b + 1;
    bool back = ask->dos_len == 1 && ask->dos[0].kind == CART_DO_UNDO;
    enum err e = cart_get(db, shop->number, ask->cart_id, &b->cart);

    *done_out = (struct cart_done){.replayed = false};
    b->db = db;
    READ(seen(db, ask, &done_out->replayed));
    if (e == OK && !done_out->replayed) {
        e = check_till(&b->cart, ask);
        READ(check_version(&b->cart, ask));
        READ(load(b));
        *was = *b;
        READ(do_all(b, ask, done_out));
        READ(store(b, was, ask, back));
    }
    done_out->cart = b->cart;
    mem_free(b);
    return e;
}

static enum err
say_void(struct db *db, const struct shop *shop, const struct cart *c,
    int64_t staff)
{
    struct cart_void f = {.till = c->till, .staff = staff};
    struct cart_view view;
    struct journal_head head;
    enum err e = cart_look(db, shop, c, &view);

    f.at = view.at;
    f.lines = (int64_t)view.len;
    f.total = view.total;
    if (e == OK && f.lines)
        e = fact_void_post(db, &f, &head);
    cart_view_finish(&view);
    return e;
}

enum err
cart_remove_write(struct db *db, const struct shop *shop,
    const struct cart_ask *ask, struct cart_done *done_out)
{
    struct cart *c = &done_out->cart;
    enum err e;

    *done_out = (struct cart_done){.removed = true};
    e = cart_get(db, shop->number, ask->cart_id, c);
    READ(check_till(c, ask));
    READ(check_version(c, ask));
    if (e == OK && c->state == CART_WAITING)
        e = err_set(ERR_CART_WAITING, "b_%" PRId64 " waits", c->id);
    READ(say_void(db, shop, c, ask->staff));
    READ(db_cart_remove(db, ask->cart_id));
    c->version++;
    return e;
}

struct changing {
    struct shop *shop;
    const struct cart_ask *ask;
    struct cart_done *done;
};

static enum err
change_write(struct db *db, void *arg)
{
    struct changing *c = arg;

    return cart_change_write(db, c->shop, c->ask, c->done);
}

enum err
cart_change(struct shop *shop, const struct cart_ask *ask,
    struct cart_done *done_out)
{
    struct changing c = {.shop = shop, .ask = ask, .done = done_out};

    return db_write(shop->writer, "cart", change_write, &c);
}

static enum err
remove_write(struct db *db, void *arg)
{
    struct changing *c = arg;

    return cart_remove_write(db, c->shop, c->ask, c->done);
}

enum err
cart_remove(struct shop *shop, const struct cart_ask *ask,
    struct cart_done *done_out)
{
    struct changing c = {.shop = shop, .ask = ask, .done = done_out};

    return db_write(shop->writer, "void", remove_write, &c);
}
