#include "pos/http/shifts.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/money.h"
#include "db/cart.h"
#include "db/transfer.h"
#include "pos/fact/read.h"
#include "pos/http/ask.h"
#include "pos/http/page.h"
#include "pos/http/show.h"
#include "pos/print/jobs.h"
#include "pos/print/tell.h"
#include "pos/sell/shift.h"
#include "pos/sell/shift_report.h"

enum err
shifts_post(struct api *api, struct api_call *call)
{
    static const char *const keys[] = {"till", "float", NULL};
    int64_t till = 0, float_dong = 0;
    struct json_out out;
    struct shift s;
    enum err e = json_only(call->body, keys);

    READ(ask_till(call, call->body, &till));
    READ(json_get_int(call->body, "float", 0, MONEY_MAX, &float_dong));
    READ(shift_open(api->shop, till, call->who.staff, float_dong, &s));
    if (e != OK)
        return e;
    api_json(call, 201, &out);
    show_shift(&out, &s, api->shop);
    return OK;
}

struct listing {
    struct page page;
    const struct shop *shop;
};

static enum err
show_one(void *arg, const struct shift *s)
{
    struct listing *l = arg;

    if (page_take(&l->page, "%" PRId64, s->id))
        show_shift(&l->page.out, s, l->shop);
    return OK;
}

enum err
shifts_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {
        "till", "open", "limit", "cursor", NULL};
    struct listing l = {.shop = api->shop};
    int64_t till = 0, open = 0, before = INT64_MAX;
    struct db *db;
    enum err e = api_query_only(call, names);

    READ(api_query_int(call, "till", 1, 255, &till));
    READ(api_query_int(call, "open", 0, 1, &open));
    READ(page_limit(call, &l.page));
    READ(api_query_int(call, "cursor", 1, INT64_MAX, &before));
    READ(api_reader(api, call, &db));
    if (e != OK)
        return e;
    page_begin(call, &l.page);
    e = db_shift_each(db, till, open != 0, before, l.page.limit + 1, show_one,
        &l);
    if (e != OK)
        return e;
    page_end_items(&l.page);
    page_end(&l.page);
    return OK;
}

/* So many of what is pending are told one by one. */
enum { PENDING_MAX = 20 };

struct pending {
    struct json_out *out;
    const struct shop *shop;
    struct db *db;
    struct cart_line *lines; /* scratch */
    int64_t till;
};

/* A bill that was opened and has nothing on it is nothing to see to. */
static enum err
put_bill(void *arg, const struct cart *c)
{
    struct pending *p = arg;
    size_t len;
    enum err e = db_cart_lines(p->db, c->id, p->lines, &len);

    if (e != OK || (!len && c->state == CART_OPEN))
        return e;
    json_out_obj(p->out);
    show_id(p->out, "id", "b_", c->id);
    json_out_put_str(p->out, "state", cart_state_name(c->state));
    json_out_put_str(p->out, "label", c->label);
    json_out_put_int(p->out, "lines", (int64_t)len);
    show_time(p->out, "changed_at", c->changed_at);
    json_out_end_obj(p->out);
    return OK;
}

static enum err
put_bills(struct pending *p, int64_t till)
{
    const struct cart_filter all = {.till = till, .limit = PENDING_MAX};
    enum err e;

    p->lines = mem_new(CART_LINES_MAX, sizeof(p->lines[0]));
    json_out_key(p->out, "bills");
    json_out_arr(p->out);
    e = db_cart_each(p->db, &all, put_bill, p);
    json_out_end_arr(p->out);
    mem_free(p->lines);
    return e;
}

static enum err
put_transfer(void *arg, const struct transfer *t)
{
    struct pending *p = arg;

    if (t->till != p->till || t->state == TRANSFER_CANCELLED)
        return OK;
    json_out_obj(p->out);
    show_id(p->out, "id", "t_", t->id);
    json_out_put_str(p->out, "state", transfer_state_name(t->state));
    json_out_put_int(p->out, "amount", t->amount);
    json_out_put_str(p->out, "code", t->code);
    show_time(p->out, "created_at", t->created_at);
    json_out_end_obj(p->out);
    return OK;
}

static enum err
put_print(void *arg, const struct print_job *job)
{
    struct pending *p = arg;

    json_out_obj(p->out);
    tell_job_members(p->out, p->shop, job);
    json_out_end_obj(p->out);
    return OK;
}

/* What somebody is still to see to, asked before the drawer is counted and told
 * again when it was. */
static enum err
put_pending(
    struct json_out *out, struct db *db, const struct shop *shop, int64_t till)
{
    struct pending p = {.out = out, .shop = shop, .db = db, .till = till};
    enum err e;

    json_out_key(out, "pending");
    json_out_obj(out);
    e = put_bills(&p, till);
    json_out_key(out, "transfers");
    json_out_arr(out);
    for (int state = TRANSFER_WAITING; state <= TRANSFER_OVER; state++)
        READ(db_transfer_each(db, (enum transfer_state)state, true, INT64_MAX,
            PENDING_MAX, put_transfer, &p));
    json_out_end_arr(out);
    json_out_key(out, "prints");
    json_out_arr(out);
    READ(db_print_job_pending(db, till, PENDING_MAX, put_print, &p));
    json_out_end_arr(out);
    json_out_end_obj(out);
    return e;
}

/* {"500000":2,"200000":3}: how many of each note and coin. */
static enum err
read_notes(const struct json *notes, struct shift_counted *out)
{
    static const char *const keys[] = {"500000", "200000", "100000", "50000",
        "20000", "10000", "5000", "2000", "1000", "500", "200", NULL};
    enum err e = json_only(notes, keys);

    for (size_t i = 0; keys[i]; i++) {
        struct shift_note *n = &out->notes[out->notes_len];

        *n = (struct shift_note){.note = strtoll(keys[i], NULL, 10)};
        READ(json_opt_int(notes, keys[i], 0, SHIFT_COUNT_MAX, &n->count));
        out->sum += n->note * n->count;
        out->notes_len += n->count > 0;
    }
    return e;
}

/* A sum, or note by note. */
static enum err
read_counted(const struct json *body, struct shift_counted *out)
{
    const struct json *notes = NULL;
    enum err e;

    *out = (struct shift_counted){.sum = 0};
    if (!json_is_obj(json_find(body, "counted")))
        return json_get_int(body, "counted", 0, MONEY_MAX, &out->sum);
    e = json_get_obj(body, "counted", &notes);
    READ(read_notes(notes, out)); /* stays below MONEY_MAX */
    return e;
}

enum err
shifts_close(struct api *api, struct api_call *call)
{
    static const char *const keys[] = {"counted", NULL};
    struct shift_counted counted;
    struct json_out out;
    struct shift s;
    struct db *db;
    int64_t id;
    enum err e = api_param_id(call, "id", "s_", 1, INT64_MAX, &id);

    READ(json_only(call->body, keys));
    READ(read_counted(call->body, &counted));
    READ(shift_close(api->shop, id, call->who.staff, &counted, &s));
    READ(api_reader(api, call, &db));
    if (e != OK)
        return e;
    api_json(call, 200, &out);
    json_out_obj(&out);
    show_shift_members(&out, &s, api->shop);
    e = put_pending(&out, db, api->shop, s.till);
    json_out_end_obj(&out);
    return e;
}

static void
put_notes(struct json_out *out, const struct shift_report *r)
{
    json_out_key(out, "notes");
    json_out_arr(out);
    for (size_t i = 0; i < r->notes_len; i++) {
        json_out_obj(out);
        json_out_put_int(out, "note", r->notes[i].note);
        json_out_put_int(out, "count", r->notes[i].count);
        json_out_end_obj(out);
    }
    json_out_end_arr(out);
}

/* X while it is open, Z once it is closed: one reading of the kept sums. */
enum err
shifts_report(struct api *api, struct api_call *call)
{
    struct shift_report r;
    struct json_out out;
    struct db *db;
    int64_t id;
    enum err e = api_param_id(call, "id", "s_", 1, INT64_MAX, &id);

    READ(api_reader(api, call, &db));
    READ(shift_report_read(db, id, &r));
    if (e != OK)
        return e;
    api_json(call, 200, &out);
    json_out_obj(&out);
    json_out_put_str(&out, "report", r.shift.closed ? "Z" : "X");
    json_out_key(&out, "shift");
    show_shift(&out, &r.shift, api->shop);
    put_notes(&out, &r);
    e = put_pending(&out, db, api->shop, r.shift.till);
    json_out_end_obj(&out);
    return e;
}

enum err
shifts_print(struct api *api, struct api_call *call)
{
    struct print_job job;
    struct json_out out;
    struct shift s;
    struct db *db;
    int64_t id;
    enum err e = api_param_id(call, "id", "s_", 1, INT64_MAX, &id);

    READ(api_reader(api, call, &db));
    READ(db_shift_get(db, id, &s));
    if (e != OK)
        return e;
    api_reader_done(api, call);
    e = jobs_queue_shift(api->shop, &s, &job);
    if (e != OK)
        return e;
    api_json(call, 202, &out);
    json_out_obj(&out);
    show_id(&out, "job", "j_", job.id);
    json_out_end_obj(&out);
    return OK;
}
