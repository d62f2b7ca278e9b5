#include "pos/http/certified.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "pos/fact/read.h"
#include "pos/http/page.h"
#include "pos/http/show.h"
#include "sync/judge.h"
#include "sync/record.h"

/* A text of the record as the registry wrote it; null when it says nothing. */
static void
put_text(struct json_out *o, const char *name, const struct json *obj,
    const char *key)
{
    const char *text = NULL;

    if (obj && json_opt_str(obj, key, RECORD_MAX, &text) != OK)
        text = NULL;
    json_out_put_str(o, name, text);
}

static const struct json *
object(const struct json *record, const char *key)
{
    const struct json *obj = NULL;

    return json_opt_obj(record, key, &obj) == OK ? obj : NULL;
}

static void
put_gtins(struct json_out *o, const struct json *record)
{
    const struct json *gtins = NULL;
    const char *text;

    json_out_key(o, "gtins");
    json_out_arr(o);
    if (json_opt_arr(record, "gtins", 1000, &gtins) == OK)
        for (size_t i = 0; gtins && i < json_len(gtins); i++)
            if (json_as_str(json_at(gtins, i), 64, &text) == OK)
                json_out_str(o, text);
    json_out_end_arr(o);
}

/* Why it is not, or no longer, in force. */
static void
put_status_info(struct json_out *o, const struct json *record)
{
    const struct json *info = object(record, "status_info");

    if (!info) {
        json_out_put_null(o, "status_info");
        return;
    }
    json_out_key(o, "status_info");
    json_out_obj(o);
    put_text(o, "at", info, "at");
    put_text(o, "reason", info, "reason");
    put_text(o, "decision_number", info, "decision_number");
    put_text(o, "superseded_by", info, "superseded_by");
    json_out_end_obj(o);
}

static void
put_record(struct json_out *o, const struct json *record)
{
    const struct json *producer = object(record, "producer");
    const struct json *place = object(record, "place");
    const struct json *decision = object(record, "decision");

    put_text(o, "name_en", record, "name_en");
    put_text(o, "producer_id", producer, "id");
    put_text(o, "producer_form", producer, "form");
    put_text(o, "place", place, "text");
    put_text(o, "place_at_issue", place, "text_at_issue");
    put_text(o, "group_scheme", object(record, "group"), "scheme");
    put_text(o, "ocop_code", record, "ocop_code");
    put_gtins(o, record);
    put_text(o, "decision_number", decision, "number");
    put_text(o, "decision_date", decision, "date");
    put_text(o, "issuer", decision, "issuer");
    put_text(o, "issuer_level", decision, "issuer_level");
    put_text(o, "issuer_successor", decision, "successor");
    put_status_info(o, record);
}

static enum err
put_whole(struct json_out *o, struct db *db, const char *id)
{
    struct json *record = NULL;
    struct buf text;
    enum err e;

    buf_init(&text, RECORD_MAX + 1);
    e = db_certified_record(db, id, &text);
    if (e == OK)
        e = json_parse(text.data, text.len, NULL, &record);
    if (e == OK)
        put_record(o, record);
    json_free(record);
    buf_finish(&text);
    return e;
}

struct holding {
    struct json_out *out;
    int64_t stock;
};

static enum err
put_holding(void *arg, int64_t product_id, int64_t qty_milli)
{
    struct holding *h = arg;

    json_out_obj(h->out);
    show_id(h->out, "product", "p_", product_id);
    json_out_put_milli(h->out, "qty", qty_milli);
    json_out_end_obj(h->out);
    h->stock += qty_milli;
    return OK;
}

enum err
show_certified(struct json_out *o, struct db *db, const struct certified *c,
    int32_t today)
{
    struct holding h = {.out = o};
    enum err e;

    json_out_put_str(o, "id", c->id);
    json_out_put_int(o, "cert", c->cert);
    json_out_put_int(o, "rev", c->rev);
    json_out_put_str(o, "name", c->name);
    json_out_put_str(o, "producer", c->producer);
    json_out_put_str(o, "province_code", c->province_code);
    json_out_put_str(o, "commune_code",
        c->commune_code[0] ? c->commune_code : NULL);
    json_out_put_str(o, "group_code", c->group_code);
    json_out_put_int(o, "stars", c->stars);
    json_out_put_str(o, "status",
        cert_state_name(judge((enum record_status)c->status, c->from_day,
            c->until_day, today)));
    show_day(o, "valid_from", c->from_day);
    show_day(o, "valid_until", c->until_day);
    json_out_put_str(o, "recall",
        record_recall_name((enum record_recall)c->recall));
    json_out_put_str(o, "evidence",
        record_evidence_name((enum record_evidence)c->evidence));
    json_out_put_str(o, "list", c->list);
    json_out_put_int(o, "list_seq", c->list_seq);
    e = put_whole(o, db, c->id);
    json_out_key(o, "held");
    json_out_arr(o);
    if (e == OK)
        e = db_certified_held(db, c->id, put_holding, &h);
    json_out_end_arr(o);
    json_out_put_milli(o, "stock", h.stock);
    return e;
}

/* --- GET /api/v1/certified --- */

struct listing {
    struct page page;
    struct db *db;
    int32_t today;
};

static enum err
show_record(void *arg, const struct certified *c)
{
    struct listing *l = arg;
    enum err e;

    if (!page_take(&l->page, "%" PRId64, c->cert))
        return OK;
    json_out_obj(&l->page.out);
    e = show_certified(&l->page.out, l->db, c, l->today);
    json_out_end_obj(&l->page.out);
    return e;
}

static enum err
show_lists(struct json_out *o, struct db *db)
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

static enum err
read_status(const struct api_call *call, int *state_out)
{
    const char *word = "";
    enum cert_state state;
    enum err e = api_query_str(call, "status", 32, &word);

    if (e != OK || !word[0])
        return e;
    e = cert_state_parse(word, &state);
    if (e == OK)
        *state_out = (int)state;
    if (e == OK)
        return OK;
    err_at("status");
    err_arg("field", "status");
    err_arg("case", "words");
    err_arg("words", "in_force, grace, expired, suspended, withdrawn, "
                     "superseded, not_yet");
    return err_set(ERR_FIELD_VALUE, "no status %.40s", word);
}

enum err
certified_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {
        "q", "status", "linked", "limit", "cursor", NULL};
    struct listing l = {.today = clock_day(clock_now())};
    struct certified_query ask = {.today = l.today};
    int64_t linked = 0;
    const char *q = "";
    struct buf fold;
    enum err e = api_query_only(call, names);

    buf_init(&fold, 1024);
    READ(api_query_str(call, "q", 200, &q));
    READ(read_status(call, &ask.state));
    READ(api_query_int(call, "linked", 0, 1, &linked));
    READ(page_limit(call, &l.page));
    READ(api_query_int(call, "cursor", 0, UINT32_MAX, &ask.after));
    READ(text_fold(q, strlen(q), &fold));
    READ(api_reader(api, call, &l.db));
    if (e == OK) {
        ask.fold = fold.data;
        ask.linked = linked != 0;
        ask.limit = l.page.limit + 1;
        page_begin(call, &l.page);
        e = db_certified_find(l.db, &ask, show_record, &l);
    }
    buf_finish(&fold);
    if (e != OK)
        return e;
    page_end_items(&l.page);
    e = show_lists(&l.page.out, l.db);
    page_end(&l.page);
    return e;
}
