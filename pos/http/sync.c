#include "pos/http/sync.h"

#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/money.h"
#include "base/settings.h"
#include "db/certified.h"
#include "db/link.h"
#include "db/notice.h"
#include "db/trust.h"
#include "pos/certified/age.h"
#include "pos/certified/worker.h"
#include "pos/fact/fact_list.h"
#include "pos/fact/read.h"
#include "pos/http/page.h"
#include "pos/http/show.h"

enum { WAIT_MS = 25000 };

static void
put_time(struct json_out *o, const char *key, int64_t at)
{
    if (at > 0)
        show_time(o, key, at);
    else
        json_out_put_null(o, key);
}

/* --- a record of the journal --- */

static void
put_held(struct json_out *o, const struct json *h)
{
    static const char *const texts[] = {"id", "name", "recall", "what", NULL};
    static const char *const stars[] = {"stars", "was_stars", NULL};
    const char *text;
    int64_t n = 0;

    json_out_obj(o);
    for (size_t i = 0; texts[i]; i++) {
        text = NULL;
        if (json_opt_str(h, texts[i], DB_NAME, &text) == OK)
            json_out_put_str(o, texts[i], text);
    }
    for (size_t i = 0; stars[i]; i++) {
        n = 0;
        if (json_opt_int(h, stars[i], 0, 5, &n) == OK)
            json_out_put_int(o, stars[i], n);
    }
    if (json_get_int(h, "product", 1, JSON_INT_MAX, &n) == OK)
        show_id(o, "product", "p_", n);
    n = 0;
    if (json_opt_int(h, "qty_milli", 0, MONEY_MAX, &n) == OK)
        json_out_put_milli(o, "qty", n);
    json_out_end_obj(o);
}

/* Records of older programs lack some counts: they are 0 then. */
static void
put_list(struct json_out *o, const struct json *body)
{
    const struct json *held = NULL;

    for (int what = CHANGE_NEW; what < CHANGES; what++) {
        const char *word = list_change_name((enum list_change)what);
        int64_t n = 0;

        if (json_opt_int(body, word, 0, JSON_INT_MAX, &n) == OK)
            json_out_put_int(o, word, n);
    }
    json_out_key(o, "held");
    json_out_arr(o);
    if (json_opt_arr(body, "held", FACT_HELD, &held) == OK)
        for (size_t i = 0; held && i < json_len(held); i++)
            put_held(o, json_at(held, i));
    json_out_end_arr(o);
}

static void
put_notice(struct json_out *o, const struct json *body)
{
    static const char *const texts[] = {"id", "name", "valid_until", NULL};
    const char *text;
    int64_t n;

    for (size_t i = 0; texts[i]; i++)
        if (json_get_str(body, texts[i], DB_NAME, &text) == OK)
            json_out_put_str(o, texts[i], text);
    if (json_get_int(body, "days", 0, NOTICE_SOON, &n) == OK)
        json_out_put_int(o, "days", n);
    if (json_get_int(body, "stars", 0, 5, &n) == OK)
        json_out_put_int(o, "stars", n);
    if (json_get_int(body, "product", 1, JSON_INT_MAX, &n) == OK)
        show_id(o, "product", "p_", n);
}

static enum err
put_record(struct json_out *o, const struct journal_record *r)
{
    struct json *body;
    int64_t at = 0;
    enum err e = json_parse(r->body, r->body_len, NULL, &body);

    if (e != OK)
        return e;
    e = json_get_int(body, "at", 0, JSON_INT_MAX, &at);
    json_out_obj(o);
    json_out_put_int(o, "seq", r->seq);
    json_out_put_str(o, "kind", r->kind);
    show_time(o, "at", at);
    if (strcmp(r->kind, "list") == 0)
        put_list(o, body);
    else
        put_notice(o, body);
    json_out_end_obj(o);
    json_free(body);
    return e;
}

/* --- how it stands --- */

static enum err
put_one_list(void *arg, const struct certified_list *l)
{
    struct json_out *o = arg;
    char hex[65];

    crypto_hex(l->sha256, 32, hex);
    json_out_obj(o);
    json_out_put_str(o, "name", l->name);
    json_out_put_int(o, "seq", l->list_seq);
    json_out_put_int(o, "records", l->records);
    json_out_put_str(o, "sha256", hex);
    show_time(o, "applied_at", l->applied_at);
    json_out_end_obj(o);
    return OK;
}

static enum err
put_lists(struct json_out *o, struct db *db)
{
    enum err e;

    json_out_key(o, "lists");
    json_out_arr(o);
    e = db_certified_lists(db, put_one_list, o);
    json_out_end_arr(o);
    return e;
}

static enum err
give_record(void *arg, const struct journal_record *r)
{
    return put_record(arg, r);
}

static enum err
put_last_change(struct json_out *o, struct db *db)
{
    enum err e;

    json_out_key(o, "last_change");
    e = db_lists_newest(db, give_record, o);
    if (e != ERR_NOT_FOUND)
        return e;
    json_out_null(o);
    return OK;
}

static void
put_error(struct json_out *o, const struct err_state *error, enum lang lang)
{
    struct buf detail;

    if (error->err == OK) {
        json_out_put_null(o, "error");
        return;
    }
    buf_init(&detail, 4096);
    lang_error(lang, error, &detail);
    json_out_key(o, "error");
    json_out_obj(o);
    json_out_put_str(o, "code", err_name(error->err));
    json_out_put_str(o, "detail", detail.data);
    json_out_end_obj(o);
    buf_finish(&detail);
}

static void
put_age(struct json_out *o, const struct list_age_info *age)
{
    json_out_put_str(o, "state", list_age_name(age->age));
    if (age->list_at)
        show_day(o, "list_date", clock_day(age->list_at));
    else
        json_out_put_null(o, "list_date");
}

static enum err
put_expiring(struct json_out *o, struct db *db, int32_t today)
{
    struct expiring x = {0};
    enum err e = db_expiring(db, today, &x);

    json_out_key(o, "expiring");
    json_out_obj(o);
    json_out_put_int(o, "within_30", x.within_30);
    json_out_put_int(o, "within_90", x.within_90);
    json_out_end_obj(o);
    return e;
}

static enum err
answer(struct api *api, struct api_call *call, int status)
{
    int64_t now = clock_now(), checked = 0;
    struct list_age_info age;
    struct certified_sum sum;
    struct sync_state state;
    struct json_out out;
    struct db *db;
    enum err e = api_reader(api, call, &db);

    certified_worker_state(api->shop->certified, &state);
    READ(list_age_now(db, now, &age));
    READ(db_certified_sum(db, &sum));
    READ(db_trust_time(db, &checked));
    if (e != OK)
        return e;
    api_json(call, status, &out);
    json_out_obj(&out);
    json_out_put_str(&out, "registry_url", api->settings->registry_url);
    put_age(&out, &age);
    put_time(&out, "checked_at",
        state.checked_at > checked ? state.checked_at : checked);
    put_time(&out, "changed_at", sum.applied_at);
    put_time(&out, "next_at", state.next_at);
    json_out_put_bool(&out, "running", state.running);
    put_error(&out, &state.error, call->lang);
    json_out_put_int(&out, "records", sum.records);
    e = put_lists(&out, db);
    READ(put_last_change(&out, db));
    READ(put_expiring(&out, db, clock_day(now)));
    json_out_end_obj(&out);
    return e;
}

enum err
sync_get(struct api *api, struct api_call *call)
{
    return answer(api, call, 200);
}

enum err
sync_post(struct api *api, struct api_call *call)
{
    struct certified_worker *w = api->shop->certified;

    if (!w)
        return err_set(ERR_NOT_CONFIGURED, "registry_url is empty");
    api_reader_done(api, call); /* it waits, others read */
    return answer(api, call, certified_worker_now(w, WAIT_MS) ? 200 : 202);
}

/* --- the history --- */

static enum err
show_change(void *arg, const struct journal_record *r)
{
    struct page *page = arg;

    if (!page_take(page, "%" PRId64, r->seq))
        return OK;
    return put_record(&page->out, r);
}

enum err
sync_changes(struct api *api, struct api_call *call)
{
    static const char *const names[] = {"limit", "cursor", NULL};
    int64_t before = INT64_MAX;
    struct page page;
    struct db *db;
    enum err e = api_query_only(call, names);

    READ(page_limit(call, &page));
    READ(api_query_int(call, "cursor", 1, INT64_MAX, &before));
    READ(api_reader(api, call, &db));
    if (e != OK)
        return e;
    page_begin(call, &page);
    e = db_lists_before(db, before, page.limit + 1, show_change, &page);
    if (e != OK)
        return e;
    page_end_items(&page);
    page_end(&page);
    return OK;
}
