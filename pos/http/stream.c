/* GET /api/v1/events: one listener, from the journal and from the hub. */
#include <inttypes.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "db/journal.h"
#include "db/readers.h"
#include "pos/http/events.h"
#include "pos/http/handlers.h"
#include "pos/http/principal.h"

enum {
    BEHIND_MAX = 1000, /* records; whoever missed more loads the page anew */
    BATCH = 100,
    RETRY_MS = 2000,
    CHECK_MS = 1000 /* how long a revoked listener may go on */
};

struct stream {
    struct api *api;
    const struct http_request *request;
    int64_t seq;  /* the last record told */
    int64_t said; /* the last message told */
    int64_t checked_ms;
    bool began;
};

/* Which event a record is; what is not listed is nobody's business. */
static const char *
event_of(const char *kind)
{
    static const struct {
        const char *kind;
        const char *event;
    } table[] = {
        {"sale", "sale"},
        {"refund", "sale"},
        {"reprint", "sale"},
        {"receiving", "stock"},
        {"adjustment", "stock"},
        {"stocktake", "stock"},
        {"transfer", "stock"},
        {"product", "stock"},
        {"price", "stock"},
        {"transfer_confirmed", "transfer"},
        {"shift_open", "shift"},
        {"shift_close", "shift"},
        {"cash_in", "shift"},
        {"cash_out", "shift"},
        {"drawer_open", "shift"},
        {"list", "sync"},
        {"certificate", "sync"},
        {"notice", "sync"},
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        if (strcmp(table[i].kind, kind) == 0)
            return table[i].event;
    return NULL;
}

/* What of a body is told: enough to know what to load anew.  Listed, so that
 * a new member of a body is not told by accident. */
static void
tell_body(struct json_out *out, const struct json *body)
{
    static const char *const told[] = {"receipt_no", "of", "till", "total",
        "shift", "product", "code", NULL};
    const char *text;
    int64_t n;

    for (size_t i = 0; told[i]; i++) {
        const struct json *v = json_find(body, told[i]);

        if (json_is_int(v) &&
            json_as_int(v, -JSON_INT_MAX, JSON_INT_MAX, &n) == OK)
            json_out_put_int(out, told[i], n);
        else if (json_is_str(v) && json_as_str(v, 64, &text) == OK)
            json_out_put_str(out, told[i], text);
    }
}

struct telling {
    struct stream *stream;
    struct buf *out;
};

static enum err
tell(void *arg, const struct journal_record *rec)
{
    struct telling *t = arg;
    const char *event = event_of(rec->kind);
    struct json *body = NULL;
    struct json_out out;

    t->stream->seq = rec->seq;
    if (!event)
        return OK;
    buf_printf(t->out, "id: %" PRId64 "\nevent: %s\ndata: ", rec->seq, event);
    json_out_init(&out, t->out);
    json_out_obj(&out);
    json_out_put_int(&out, "seq", rec->seq);
    json_out_put_str(&out, "kind", rec->kind);
    if (json_parse(rec->body, rec->body_len, NULL, &body) == OK)
        tell_body(&out, body);
    json_free(body);
    json_out_end_obj(&out);
    json_out_end(&out);
    buf_add_str(t->out, "\n\n");
    return OK;
}

/* The records since, or "reset" when they are too many or the journal is not
 * the one the client knew. */
static enum err
tell_records(struct stream *s, struct buf *out)
{
    struct telling t = {.stream = s, .out = out};
    struct db *db = readers_take(s->api->readers);
    struct journal_head head;
    enum err e = db_journal_head(db, &head);

    if (e == OK && (head.seq - s->seq > BEHIND_MAX || head.seq < s->seq)) {
        s->seq = head.seq;
        buf_printf(out, "id: %" PRId64 "\nevent: reset\ndata: {}\n\n",
            head.seq);
    } else if (e == OK && head.seq > s->seq) {
        e = db_journal_each(db, s->seq + 1, BATCH, tell, &t);
    }
    readers_give(s->api->readers, db);
    return e;
}

/* May it go on?  Asked once a second, so that a token taken back, or a
 * session ended, ends the stream too. */
static bool
still(struct stream *s)
{
    int64_t now = clock_mono_ms();

    if (now - s->checked_ms < CHECK_MS)
        return true;
    s->checked_ms = now;
    return principal_still(s->api, s->request, ROLE_VIEWER);
}

/* Wait for news, waking up to look whether it may still be told. */
static enum events_why
wait(struct stream *s)
{
    enum events_why why = EVENTS_QUIET;

    for (int ms = 0; ms < HTTP_STREAM_WAIT_S * 1000 && why == EVENTS_QUIET;
         ms += CHECK_MS) {
        why = events_wait(s->api->events, s->seq, s->said, CHECK_MS);
        if (!still(s))
            why = EVENTS_STOP;
    }
    return why;
}

static bool
next(void *arg, struct buf *out)
{
    struct stream *s = arg;

    if (!s->began) {
        /* An id without data is no event, and is remembered all the same. */
        buf_printf(out, "retry: %d\nid: %" PRId64 "\n\n", RETRY_MS, s->seq);
        s->began = true;
        return true;
    }
    for (;;) {
        if (!still(s) || tell_records(s, out) != OK)
            return false;
        events_take(s->api->events, &s->said, out);
        if (out->len)
            return true;
        switch (wait(s)) {
        case EVENTS_STOP:
            return false;
        case EVENTS_QUIET:
            buf_add_str(out, ": still here\n\n");
            return true;
        case EVENTS_NEWS:
            break;
        }
    }
}

static void
done(void *arg)
{
    struct stream *s = arg;

    events_leave(s->api->events);
    mem_free(s);
}

/* The record after which to go on: Last-Event-ID, or the end.  An id that is
 * none becomes one past all, so that "reset" is told. */
static enum err
begin_at(struct api *api, struct api_call *call, int64_t *seq_out)
{
    const char *id = http_request_header(call->request, "Last-Event-ID");
    struct journal_head head;
    struct db *db;
    int64_t n = 0;
    enum err e;

    if (id && *id) {
        for (; *id >= '0' && *id <= '9' && n < JSON_INT_MAX / 10; id++)
            n = n * 10 + (*id - '0');
        *seq_out = *id ? JSON_INT_MAX : n;
        return OK;
    }
    e = api_reader(api, call, &db);
    if (e == OK)
        e = db_journal_head(db, &head);
    if (e == OK)
        *seq_out = head.seq;
    return e;
}

enum err
events_get(struct api *api, struct api_call *call)
{
    struct stream *s;
    int64_t seq = 0;
    enum err e = begin_at(api, call, &seq);

    if (e)
        return e;
    if (!api->events || !events_join(api->events)) {
        err_arg("seconds", "%d", 5);
        return err_set(ERR_BUSY, "too many event streams");
    }
    s = mem_new(1, sizeof(*s));
    *s = (struct stream){.api = api,
        .request = call->request,
        .seq = seq,
        .said = events_said(api->events),
        .checked_ms = clock_mono_ms()};
    call->reply->type = "text/event-stream";
    call->reply->stream =
        (struct http_stream){.next = next, .done = done, .arg = s};
    return OK;
}
