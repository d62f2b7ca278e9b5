#include "pos/http/books.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/text.h"
#include "db/certified.h"
#include "db/journal.h"
#include "pos/fact/read.h"
#include "pos/http/page.h"
#include "pos/http/show.h"
#include "pos/proof/export.h"
#include "sync/judge.h"

struct listing {
    struct page page;
    int32_t today;
};

static enum err
show_record(void *arg, const struct certified *c)
{
    struct listing *l = arg;
    struct json_out *o = &l->page.out;

    if (!page_take(&l->page, "%" PRId64, c->cert))
        return OK;
    json_out_obj(o);
    json_out_put_str(o, "id", c->id);
    json_out_put_int(o, "cert", c->cert);
    json_out_put_str(o, "name", c->name);
    json_out_put_str(o, "producer", c->producer);
    json_out_put_str(o, "province_code", c->province_code);
    json_out_put_str(o, "commune_code",
        c->commune_code[0] ? c->commune_code : NULL);
    json_out_put_str(o, "group_code", c->group_code);
    json_out_put_int(o, "stars", c->stars);
    json_out_put_str(o, "status",
        cert_state_name(judge((enum record_status)c->status, c->from_day,
            c->until_day, l->today)));
    show_day(o, "valid_from", c->from_day);
    show_day(o, "valid_until", c->until_day);
    json_out_put_str(o, "recall",
        record_recall_name((enum record_recall)c->recall));
    json_out_put_str(o, "evidence",
        record_evidence_name((enum record_evidence)c->evidence));
    json_out_end_obj(o);
    return OK;
}

static enum err
show_list(struct json_out *o, struct db *db)
{
    struct certified_sum sum;
    enum err e = db_certified_sum(db, &sum);

    if (e == OK && sum.lists == 0) {
        json_out_put_null(o, "list");
        return OK;
    }
    if (e != OK)
        return e;
    json_out_key(o, "list");
    json_out_obj(o);
    json_out_put_int(o, "lists", sum.lists);
    json_out_put_int(o, "records", sum.records);
    show_time(o, "applied_at", sum.applied_at);
    json_out_end_obj(o);
    return OK;
}

enum err
certified_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {"q", "limit", "cursor", NULL};
    struct listing l = {.today = clock_day(clock_now())};
    const char *q = "";
    int64_t after = 0;
    struct buf fold;
    struct db *db;
    enum err e = api_query_only(call, names);

    buf_init(&fold, 1024);
    READ(api_query_str(call, "q", 200, &q));
    READ(page_limit(call, &l.page));
    READ(api_query_int(call, "cursor", 0, UINT32_MAX, &after));
    READ(text_fold(q, strlen(q), &fold));
    READ(api_reader(api, call, &db));
    if (e != OK) {
        buf_finish(&fold);
        return e;
    }
    page_begin(call, &l.page);
    e = db_certified_each(db, fold.data, after, l.page.limit + 1,
        show_record, &l);
    buf_finish(&fold);
    if (e != OK)
        return e;
    page_end_items(&l.page);
    e = show_list(&l.page.out, db);
    page_end(&l.page);
    return e;
}

/* NDJSON: the head line, then a record a line; `from` and `limit`. */
enum err
journal_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {"from", "limit", NULL};
    int64_t from = 1, limit = 500;
    struct db *db;
    enum err e = api_query_only(call, names);

    READ(api_query_int(call, "from", 1, INT64_MAX - 1, &from));
    READ(api_query_int(call, "limit", 1, 2000, &limit));
    READ(api_reader(api, call, &db));
    if (e != OK)
        return e;
    call->reply->status = 200;
    call->reply->type = "application/x-ndjson";
    e = export_head(db, &call->reply->body);
    if (e == OK)
        e = export_records(db, from, limit, &call->reply->body);
    return e;
}
