/* What was and is to be printed; see printing.h. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/settings.h"
#include "pos/fact/read.h"
#include "pos/http/page.h"
#include "pos/http/printing.h"
#include "pos/http/show.h"
#include "pos/print/jobs.h"
#include "pos/print/reprint.h"
#include "pos/print/tell.h"
#include "pos/sell/receipt_no.h"
#include "pos/shop.h"

static void
put_job(struct json_out *o, const struct api *api, enum lang lang,
    const struct print_job *job)
{
    const char *why = tell_why(lang, job);

    json_out_obj(o);
    tell_job_members(o, api->shop, job);
    json_out_put_str(o, "printer", job->printer);
    json_out_put_int(o, "copy", job->copy);
    json_out_put_int(o, "attempts", job->attempts);
    show_time(o, "created_at", job->created_at);
    if (job->done_at)
        show_time(o, "done_at", job->done_at);
    else
        json_out_put_null(o, "done_at");
    json_out_put_str(o, "message", *why ? why : NULL);
    json_out_put_bool(o, "asked", print_job_asks(job));
    if (job->answered_by)
        json_out_put_int(o, "answered_by", job->answered_by);
    else
        json_out_put_null(o, "answered_by");
    if (job->follows)
        show_id(o, "follows", "j_", job->follows);
    else
        json_out_put_null(o, "follows");
    json_out_end_obj(o);
}

struct listing {
    struct page page;
    const struct api *api;
    enum lang lang;
    enum print_state state; /* 0: any */
};

static enum err
show_row(void *arg, const struct print_job *job)
{
    struct listing *l = arg;

    if (l->state && job->state != l->state)
        return OK; /* of one receipt all are read: they are few */
    if (page_take(&l->page, "%" PRId64, job->id))
        put_job(&l->page.out, l->api, l->lang, job);
    return OK;
}

static enum err
read_filter(const struct api *api, const struct api_call *call,
    struct print_filter *filter)
{
    const char *state = "", *no = "";
    enum err e = api_query_str(call, "state", 20, &state);

    READ(api_query_str(call, "receipt_no", RECEIPT_NO - 1, &no));
    READ(api_query_int(call, "cursor", 1, INT64_MAX - 1, &filter->before));
    if (e == OK && *no)
        e = receipt_no_parse(no, api->shop->number, &filter->sale_id);
    if (e != OK || !*state)
        return e;
    filter->state = print_state_parse(state);
    if (filter->state)
        return OK;
    err_at("state");
    return err_set(ERR_FIELD_VALUE, "no state \"%s\" of a print job", state);
}

enum err
print_jobs_list(struct api *api, struct api_call *call)
{
    static const char *const names[] = {
        "state", "receipt_no", "limit", "cursor", NULL};
    struct print_filter filter = {.before = INT64_MAX};
    struct listing l = {.api = api, .lang = call->lang};
    struct db *db;
    enum err e = api_query_only(call, names);

    READ(page_limit(call, &l.page));
    READ(read_filter(api, call, &filter));
    READ(api_reader(api, call, &db));
    if (e != OK)
        return e;
    page_begin(call, &l.page);
    filter.limit = l.page.limit + 1;
    l.state = filter.state;
    e = db_print_job_each(db, &filter, show_row, &l);
    page_end_items(&l.page);
    page_end(&l.page);
    return e;
}

static enum err
id_of(const struct api_call *call, int64_t *id_out)
{
    return api_param_id(call, "id", "j_", 1, INT64_MAX, id_out);
}

static enum err
answer(struct api *api, struct api_call *call, const struct print_job *job)
{
    struct json_out out;

    api_json(call, 200, &out);
    put_job(&out, api, call->lang, job);
    json_out_end(&out);
    return OK;
}

enum err
print_jobs_get(struct api *api, struct api_call *call)
{
    struct print_job job;
    struct db *db;
    int64_t id;
    enum err e = id_of(call, &id);

    READ(api_reader(api, call, &db));
    READ(db_print_job_get(db, id, &job));
    return e == OK ? answer(api, call, &job) : e;
}

enum err
print_jobs_answer(struct api *api, struct api_call *call)
{
    static const char *const keys[] = {"printed", NULL};
    struct print_answer ask = {.staff = call->who.staff};
    struct print_job job, again;
    struct json_out out;
    enum err e = json_only(call->body, keys);

    READ(id_of(call, &ask.job_id));
    READ(json_get_bool(call->body, "printed", &ask.printed));
    READ(print_answer_commit(api->shop, &ask, &job, &again));
    if (e != OK)
        return e;
    api_json(call, 200, &out);
    json_out_obj(&out);
    json_out_key(&out, "job");
    put_job(&out, api, call->lang, &job);
    json_out_key(&out, "again");
    if (again.id)
        put_job(&out, api, call->lang, &again);
    else
        json_out_null(&out);
    json_out_end_obj(&out);
    return OK;
}

enum err
print_jobs_cancel(struct api *api, struct api_call *call)
{
    struct print_job job;
    int64_t id;
    enum err e = id_of(call, &id);

    READ(jobs_cancel(api->shop, id, &job));
    return e == OK ? answer(api, call, &job) : e;
}
