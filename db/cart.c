#include "db/cart.h"

#include <assert.h>
#include <inttypes.h>

#include "db/db.h"
#include "db/product.h"
#include "db/stmt.h"

const char *
cart_state_name(enum cart_state state)
{
    static const char *const names[] = {[CART_OPEN] = "open",
        [CART_PARKED] = "parked",
        [CART_WAITING] = "waiting",
        [CART_SOLD] = "sold"};

    assert(state >= CART_OPEN && state <= CART_SOLD);
    return names[state];
}

enum err
db_cart_add(struct db *db, const struct cart *c, int64_t *id_out)
{
    struct stmt *q = stmt_begin(db, SQL_CART_ADD);
    enum err e;

    assert(db_in_write(db));
    stmt_bind_text(q, ":key", c->key);
    stmt_bind_i64(q, ":till", c->till);
    stmt_bind_i64(q, ":staff", c->staff);
    stmt_bind_i64(q, ":at", c->created_at);
    stmt_bind_text(q, ":label", c->label);
    e = stmt_done_once(q);
    *id_out = db_last_id(db);
    return e;
}

enum err
db_cart_put(struct db *db, const struct cart *c)
{
    struct stmt *q = stmt_begin(db, SQL_CART_PUT);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", c->id);
    stmt_bind_i64(q, ":till", c->till);
    stmt_bind_i64(q, ":state", c->state);
    stmt_bind_i64(q, ":version", c->version);
    stmt_bind_i64(q, ":staff", c->staff);
    stmt_bind_i64(q, ":next_line", c->next_line);
    stmt_bind_i64(q, ":percent", c->percent);
    stmt_bind_i64(q, ":discount", c->discount);
    stmt_bind_i64(q, ":changed_at", c->changed_at);
    stmt_bind_i64_or_null(q, ":sale_id", c->sale_id != 0, c->sale_id);
    stmt_bind_text(q, ":label", c->label);
    stmt_bind_text(q, ":note", c->note);
    return stmt_done_once(q);
}

enum err
db_cart_remove(struct db *db, int64_t id)
{
    struct stmt *q = stmt_begin(db, SQL_CART_REMOVE);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":id", id);
    return stmt_done_once(q);
}

enum err
db_cart_forget(struct db *db, int64_t before, int64_t limit)
{
    struct stmt *q = stmt_begin(db, SQL_CART_FORGET);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":before", before);
    stmt_bind_i64(q, ":limit", limit);
    return stmt_done_once(q);
}

static void
read_cart(struct stmt *q, struct cart *out)
{
    *out = (struct cart){.id = stmt_i64(q, 0),
        .till = stmt_i64(q, 2),
        .state = (enum cart_state)stmt_i64(q, 3),
        .version = stmt_i64(q, 4),
        .staff = stmt_i64(q, 5),
        .next_line = stmt_i64(q, 6),
        .percent = stmt_i64(q, 7),
        .discount = stmt_i64(q, 8),
        .created_at = stmt_i64(q, 9),
        .changed_at = stmt_i64(q, 10),
        .sale_id = stmt_i64(q, 11)};
    db_copy(out->key, sizeof(out->key), stmt_text(q, 1));
    db_copy(out->label, sizeof(out->label), stmt_text(q, 12));
    db_copy(out->note, sizeof(out->note), stmt_text(q, 13));
}

enum err
db_cart_get(struct db *db, int64_t id, struct cart *out)
{
    struct stmt *q = stmt_begin(db, SQL_CART_GET);
    enum err e;

    stmt_bind_i64(q, ":id", id);
    e = stmt_row(q);
    if (e == OK)
        read_cart(q, out);
    stmt_end(q);
    if (e != ERR_NOT_FOUND)
        return e;
    err_arg("case", "cart");
    return err_set(e, "no cart b_%" PRId64, id);
}

enum err
db_cart_by_key(struct db *db, const char *key, int64_t *id_out)
{
    struct stmt *q = stmt_begin(db, SQL_CART_BY_KEY);

    stmt_bind_text(q, ":key", key);
    return stmt_one_i64(q, id_out);
}

enum err
db_cart_count(struct db *db, int64_t *count_out)
{
    return stmt_one_i64(stmt_begin(db, SQL_CART_COUNT), count_out);
}

enum err
db_cart_each(struct db *db, const struct cart_filter *f,
    enum err (*fn)(void *arg, const struct cart *c), void *arg)
{
    struct stmt *q = stmt_begin(db, SQL_CART_EACH);
    struct cart c;
    enum err e = OK;

    stmt_bind_i64(q, ":till", f->till ? f->till : 1);
    stmt_bind_i64(q, ":last_till", f->till ? f->till : 255);
    stmt_bind_i64(q, ":state", f->state ? f->state : CART_OPEN);
    stmt_bind_i64(q, ":last_state", f->state ? f->state : CART_WAITING);
    stmt_bind_i64(q, ":after", f->after);
    stmt_bind_i64(q, ":limit", f->limit);
    while (e == OK && stmt_next(q, &e)) {
        read_cart(q, &c);
        e = fn(arg, &c);
    }
    stmt_end(q);
    return e;
}

/* The rows of a query of lines. */
static enum err
read_lines(struct stmt *q, struct cart_line *lines_out, size_t *len_out)
{
    enum err e;

    *len_out = 0;
    stmt_bind_i64(q, ":limit", CART_LINES_MAX);
    while (stmt_next(q, &e))
        lines_out[(*len_out)++] = (struct cart_line){.n = stmt_i64(q, 0),
            .product_id = stmt_i64(q, 1),
            .lot_id = stmt_i64(q, 2),
            .qty_milli = stmt_i64(q, 3),
            .discount = stmt_i64(q, 4),
            .price = stmt_is_null(q, 5) ? -1 : stmt_i64(q, 5)};
    stmt_end(q);
    return e;
}

enum err
db_cart_lines(struct db *db, int64_t cart_id, struct cart_line *lines_out,
    size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_CART_LINES);

    stmt_bind_i64(q, ":cart_id", cart_id);
    return read_lines(q, lines_out, len_out);
}

static void
bind_line(struct stmt *q, int64_t cart_id, const struct cart_line *l)
{
    stmt_bind_i64(q, ":cart_id", cart_id);
    stmt_bind_i64(q, ":n", l->n);
    stmt_bind_i64_or_null(q, ":product_id", l->product_id != 0,
        l->product_id);
    stmt_bind_i64_or_null(q, ":lot_id", l->lot_id != 0, l->lot_id);
    stmt_bind_i64(q, ":qty_milli", l->qty_milli);
    stmt_bind_i64(q, ":discount", l->discount);
    stmt_bind_i64_or_null(q, ":price", l->price >= 0, l->price);
}

enum err
db_cart_line_put(struct db *db, int64_t cart_id, const struct cart_line *line)
{
    struct stmt *q = stmt_begin(db, SQL_CART_LINE_PUT);

    assert(db_in_write(db));
    bind_line(q, cart_id, line);
    return stmt_done_once(q);
}

enum err
db_cart_line_remove(struct db *db, int64_t cart_id, int64_t n)
{
    struct stmt *q = stmt_begin(db, SQL_CART_LINE_REMOVE);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":cart_id", cart_id);
    stmt_bind_i64(q, ":n", n);
    return stmt_done_once(q);
}

enum err
db_cart_lines_clear(struct db *db, int64_t cart_id)
{
    struct stmt *q = stmt_begin(db, SQL_CART_LINES_CLEAR);

    assert(db_in_write(db));
    stmt_bind_i64(q, ":cart_id", cart_id);
    return stmt_done_once(q);
}

enum err
db_cart_before_add(struct db *db, int64_t cart_id, int64_t version,
    const struct cart_line *line)
{
    struct stmt *q = stmt_begin(db, SQL_CART_BEFORE_ADD);

    assert(db_in_write(db));
    bind_line(q, cart_id, line);
    stmt_bind_i64(q, ":version", version);
    return stmt_done_once(q);
}

enum err
db_cart_before(struct db *db, int64_t cart_id, int64_t version,
    struct cart_line *lines_out, size_t *len_out)
{
    struct stmt *q = stmt_begin(db, SQL_CART_BEFORE);

    stmt_bind_i64(q, ":cart_id", cart_id);
    stmt_bind_i64(q, ":version", version);
    return read_lines(q, lines_out, len_out);
}
