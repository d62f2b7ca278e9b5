#include "pos/fact/fact_list.h"

#include <assert.h>
#include <string.h>

#include "base/canon.h"
#include "base/crypto.h"
#include "pos/fact/fact.h"
#include "pos/fact/read.h"
#include "sync/record.h"

static const char *const words[CHANGES] = {[CHANGE_NONE] = "none",
    [CHANGE_NEW] = "new",
    [CHANGE_UPGRADED] = "upgraded",
    [CHANGE_DOWNGRADED] = "downgraded",
    [CHANGE_CHANGED] = "changed",
    [CHANGE_WITHDRAWN] = "withdrawn",
    [CHANGE_SUSPENDED] = "suspended",
    [CHANGE_REINSTATED] = "reinstated",
    [CHANGE_DROPPED] = "dropped"};

static const char unsigned_list[] = "file";

const char *
list_change_name(enum list_change what)
{
    assert(what < CHANGES);
    return words[what];
}

/* Keys in the order of their bytes, here and below. */
static void
write_held(struct canon *c, const struct fact_list *f)
{
    canon_key(c, "held");
    canon_arr(c);
    for (size_t i = 0; i < f->held_len; i++) {
        const struct list_held *h = &f->held[i];

        canon_obj(c);
        canon_put_str(c, "id", h->id);
        canon_put_str(c, "name", h->name);
        canon_put_int(c, "product", h->product);
        canon_put_int(c, "qty_milli", h->qty_milli);
        canon_put_str(
            c, "recall", record_recall_name((enum record_recall)h->recall));
        canon_put_int(c, "stars", h->stars);
        canon_put_int(c, "was_stars", h->was_stars);
        canon_put_str(c, "what", words[h->what]);
        canon_end_obj(c);
    }
    canon_end_arr(c);
}

static void
write_lists(struct canon *c, const struct fact_list *f)
{
    char hex[65];

    canon_key(c, "lists");
    canon_arr(c);
    for (size_t i = 0; i < f->lists_len; i++) {
        const struct certified_list *l = &f->lists[i];

        crypto_hex(l->sha256, 32, hex);
        canon_obj(c);
        canon_put_int(c, "list_seq", l->list_seq);
        canon_put_str(c, "name", l->name);
        canon_put_int(c, "records", l->records);
        canon_put_str(c, "sha256", hex);
        canon_end_obj(c);
    }
    canon_end_arr(c);
}

static enum err
project(struct db *db, struct certified_list *lists, size_t len, int64_t seq,
    int64_t at)
{
    enum err e = OK;

    for (size_t i = 0; e == OK && i < len; i++) {
        lists[i].seq = seq;
        lists[i].applied_at = at;
        e = db_certified_list_put(db, &lists[i]);
        if (e == OK && strcmp(lists[i].name, unsigned_list) != 0)
            e = db_certified_list_drop(db, unsigned_list);
    }
    return e;
}

enum err
fact_list_post(
    struct db *db, struct fact_list *f, struct journal_head *head_out)
{
    struct fact_body body;
    struct canon *c = fact_body_begin(&body);
    enum err e;

    assert(f->lists_len <= FACT_LISTS && f->held_len <= FACT_HELD);
    canon_put_int(c, "at", f->at);
    canon_put_int(c, "changed", f->counts[CHANGE_CHANGED]);
    canon_put_int(c, "downgraded", f->counts[CHANGE_DOWNGRADED]);
    canon_put_int(c, "dropped", f->counts[CHANGE_DROPPED]);
    write_held(c, f);
    write_lists(c, f);
    canon_put_int(c, "new", f->counts[CHANGE_NEW]);
    canon_put_int(c, "reinstated", f->counts[CHANGE_REINSTATED]);
    canon_put_int(c, "staff", f->staff);
    canon_put_int(c, "suspended", f->counts[CHANGE_SUSPENDED]);
    canon_put_int(c, "upgraded", f->counts[CHANGE_UPGRADED]);
    canon_put_int(c, "withdrawn", f->counts[CHANGE_WITHDRAWN]);
    e = fact_body_post(&body, db, "list", head_out);
    return e == OK ? project(db, f->lists, f->lists_len, head_out->seq, f->at)
                   : e;
}

static enum err
read_list(const struct json *v, struct certified_list *l)
{
    const char *hex;
    enum err e = json_get_int(v, "list_seq", 0, JSON_INT_MAX, &l->list_seq);

    READ(json_get_int(v, "records", 0, JSON_INT_MAX, &l->records));
    READ(json_get_str(v, "sha256", 64, &hex));
    READ(crypto_unhex(hex, 64, l->sha256));
    return e;
}

enum err
fact_list_read(const struct json *body,
    struct certified_list lists_out[FACT_LISTS], size_t *len_out)
{
    const struct json *arr = NULL;
    enum err e = json_opt_arr(body, "lists", FACT_LISTS, &arr);

    *len_out = 0;
    memset(lists_out, 0, FACT_LISTS * sizeof(*lists_out));
    if (e == OK && !arr) {
        memcpy(lists_out[0].name, unsigned_list, sizeof(unsigned_list));
        *len_out = 1;
        return read_list(body, &lists_out[0]);
    }
    for (const struct json *v = json_first(arr); e == OK && v;
         v = json_next(v)) {
        struct certified_list *l = &lists_out[(*len_out)++];

        e = read_list(v, l);
        READ(read_text(v, "name", l->name, sizeof(l->name)));
    }
    return e;
}

enum err
fact_list_replay(struct db *db, const struct journal_record *rec,
    const struct json *body)
{
    struct certified_list lists[FACT_LISTS];
    size_t len;
    int64_t at;
    enum err e = json_get_int(body, "at", 0, JSON_INT_MAX, &at);

    READ(fact_list_read(body, lists, &len));
    READ(project(db, lists, len, rec->seq, at));
    return e;
}
