#include "pos/certified/delta.h"

#include <string.h>

#include "base/crypto.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/readers.h"

void
delta_finish(struct delta *d)
{
    for (size_t i = 0; i < d->len; i++)
        row_finish(&d->ops[i]);
    mem_free(d->ops);
    *d = (struct delta){.ops = NULL};
}

static void
add_op(struct delta *d, const struct line *line)
{
    if (d->len == d->cap) {
        d->cap = d->cap ? d->cap * 2 : 64;
        d->ops = mem_resize(d->ops, d->cap, sizeof(*d->ops));
    }
    row_of_line(line, &d->ops[d->len++]);
}

static enum err
read_ops(struct delta *d, const char *name, const char *path)
{
    struct lines lines;
    struct line line;
    bool more = true;
    enum err e = lines_open(&lines, name, true, path);

    while (e == OK && d->len <= DELTA_OPS
           && (e = lines_next(&lines, &line, &more)) == OK && more)
        add_op(d, &line);
    lines_finish(&lines);
    return e;
}

/* --- what comes of it --- */

struct result {
    struct crypto_hash hash;
    int64_t records;
};

static void
add_text(struct result *r, const char *record, size_t len)
{
    crypto_hash_add(&r->hash, record, len);
    crypto_hash_add(&r->hash, "\n", 1);
    r->records++;
}

/* Both in the order of their ids: a change replaces the row of its id. */
static enum err
merge(const struct delta *d, struct before *b, struct result *r)
{
    const struct diff_side *row;
    size_t at = 0;
    enum err e;

    while ((e = before_peek(b, &row)) == OK && (row || at < d->len)) {
        const struct list_row *op = at < d->len ? &d->ops[at] : NULL;
        int order = !row  ? 1
                    : !op ? -1
                          : strcmp(row->id, op->c.id);

        if (order < 0) {
            add_text(r, row->record, row->record_len);
        } else {
            if (op->record)
                add_text(r, op->record, op->record_len);
            at++;
        }
        if (order <= 0)
            before_skip(b);
    }
    return e;
}

static enum err
compare_state(struct delta *d, struct readers *readers,
    const struct certified_list *force, const uint8_t state[32],
    bool *fits_out)
{
    struct result r = {.records = 0};
    uint8_t hash[CRYPTO_HASH];
    struct before b;
    enum err e;

    crypto_hash_init(&r.hash);
    before_init(&b, readers, NULL, force);
    e = merge(d, &b, &r);
    before_finish(&b);
    crypto_hash_end(&r.hash, hash);
    *fits_out = e == OK && memcmp(hash, state, sizeof(hash)) == 0;
    d->records = r.records;
    return e;
}

/* --- what changes --- */

struct comparing {
    struct diff *diff;
    const struct list_row *op;
};

static enum err
compare_row(void *arg, const struct certified_row *row)
{
    struct comparing *c = arg;
    struct diff_side was = {.id = row->id,
        .name = row->name,
        .stars = row->stars,
        .status = row->status,
        .recall = row->recall,
        .record = row->record,
        .record_len = row->record_len};
    struct diff_side is = row_side(c->op);

    diff_add(c->diff, &was, c->op->record ? &is : NULL);
    return OK;
}

static enum err
compare_ops(const struct delta *d, struct readers *readers, int64_t gen,
    struct diff *diff)
{
    struct db *db = readers_take(readers);
    enum err e = OK;

    for (size_t i = 0; e == OK && i < d->len; i++) {
        struct comparing c = {.diff = diff, .op = &d->ops[i]};

        e = db_certified_row(db, gen, c.op->c.id, compare_row, &c);
        if (e == ERR_NOT_FOUND) {
            struct diff_side is = row_side(c.op);

            if (c.op->record)
                diff_add(diff, NULL, &is);
            e = OK;
        }
    }
    readers_give(readers, db);
    return e;
}

enum err
delta_read(struct delta *d, struct readers *readers,
    const struct certified_list *force, const char *path,
    const uint8_t state[32], struct diff *diff, bool *fits_out)
{
    enum err e;

    *d = (struct delta){.ops = NULL};
    *fits_out = false;
    e = read_ops(d, force->name, path);
    if (e == ERR_LIST_REFUSED || e == ERR_CERT_REFUSED) {
        log_warn("lists", "delta of %s: %s", force->name, err_msg());
        return OK;
    }
    if (e != OK || d->len > DELTA_OPS)
        return e;
    e = compare_state(d, readers, force, state, fits_out);
    if (e == OK && *fits_out)
        e = compare_ops(d, readers, force->gen, diff);
    return e;
}
