#include "pos/http/metrics.h"

#include <inttypes.h>
#include <stdatomic.h>

#include "base/clock.h"
#include "base/http_server.h"
#include "base/mem.h"
#include "db/journal.h"
#include "db/writer.h"
#include "pos/http/events.h"
#include "pos/http/handlers.h"
#include "pos/print/printers.h"
#include "pos/shop.h"

/* Upper ends of the classes of duration; the last has none. */
static const struct {
    int64_t us;
    const char *seconds;
} edges[] = {{1000, "0.001"}, {5000, "0.005"}, {25000, "0.025"},
    {100000, "0.1"}, {500000, "0.5"}, {2500000, "2.5"}};

enum { EDGES = sizeof(edges) / sizeof(edges[0]) };

struct metrics {
    int64_t began_ms;
    atomic_int_least64_t by_class[6]; /* 2xx at [2] */
    atomic_int_least64_t at_most[EDGES];
    atomic_int_least64_t timed;
    atomic_int_least64_t us;
};

struct metrics *
metrics_new(void)
{
    struct metrics *m = mem_new(1, sizeof(*m));

    m->began_ms = clock_mono_ms();
    return m;
}

void
metrics_free(struct metrics *m)
{
    mem_free(m);
}

void
metrics_count(struct metrics *m, int status, int64_t us)
{
    int class = status / 100;

    if (class >= 2 && class <= 5)
        m->by_class[class]++;
    if (us < 0)
        return;
    m->timed++;
    m->us += us;
    for (int i = 0; i < EDGES; i++)
        if (us <= edges[i].us)
            m->at_most[i]++;
}

static void
say(struct buf *out, const char *name, const char *kind, const char *help,
    int64_t value)
{
    buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n%s %" PRId64 "\n", name, help,
        name, kind, name, value);
}

static void
say_requests(struct buf *out, struct metrics *m)
{
    static const char name[] = "ocop_http_request_seconds";

    buf_add_str(out, "# HELP ocop_http_requests_total Answers by status\n"
                     "# TYPE ocop_http_requests_total counter\n");
    for (int i = 2; i <= 5; i++)
        buf_printf(out,
            "ocop_http_requests_total{status=\"%dxx\"} %" PRIdLEAST64 "\n", i,
            m->by_class[i]);
    buf_printf(out, "# HELP %s Time to an answer\n# TYPE %s histogram\n", name,
        name);
    for (int i = 0; i < EDGES; i++)
        buf_printf(out, "%s_bucket{le=\"%s\"} %" PRIdLEAST64 "\n", name,
            edges[i].seconds, m->at_most[i]);
    buf_printf(out,
        "%s_bucket{le=\"+Inf\"} %" PRIdLEAST64 "\n%s_sum %" PRId64
        ".%06" PRId64 "\n%s_count %" PRIdLEAST64 "\n",
        name, m->timed, name, (int64_t)(m->us / 1000000),
        (int64_t)(m->us % 1000000), name, m->timed);
}

static void
say_server(struct buf *out, struct http_server *server)
{
    struct http_stats s;

    http_server_stats(server, &s);
    say(out, "ocop_http_connections", "gauge", "Open connections",
        s.connections);
    say(out, "ocop_http_running", "gauge", "Requests being answered",
        s.requests);
    say(out, "ocop_http_timed_out_total", "counter",
        "Connections cut for slowness", s.timed_out);
}

static void
say_writer(struct buf *out, struct writer *writer)
{
    struct writer_stats s = writer_stats(writer);

    say(out, "ocop_db_writable", "gauge", "1 when sales can be stored",
        writer_ok(writer));
    say(out, "ocop_db_writes_total", "counter", "Writes made durable",
        s.writes);
    say(out, "ocop_db_refused_total", "counter", "Writes refused by a rule",
        s.refused);
    say(out, "ocop_db_commits_total", "counter", "Transactions", s.commits);
    say(out, "ocop_db_frames_total", "counter", "Pages written to the WAL",
        s.frames);
    say(out, "ocop_db_checkpoints_total", "counter", "Checkpoints",
        s.checkpoints);
    say(out, "ocop_db_failures_total", "counter", "Failures of the database",
        s.failures);
    say(out, "ocop_db_wal_frames", "gauge", "Pages in the WAL now",
        s.wal_frames_now);
    say(out, "ocop_db_longest_ms", "gauge", "Longest transaction",
        s.longest_ms);
    say(out, "ocop_db_queue", "gauge", "Writes waiting", s.queue_now);
}

/* One gauge of each printer. */
static void
say_printer(struct buf *out, const struct printers *printers, const char *name,
    const char *help, int64_t of(const struct print_view *view))
{
    struct print_view view;

    if (!printers_len(printers))
        return;
    buf_printf(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
    for (size_t i = 0; i < printers_len(printers); i++) {
        printers_view(printers, i, &view);
        buf_printf(out, "%s{printer=\"%s\"} %" PRId64 "\n", name,
            view.printer.id, of(&view));
    }
}

static int64_t
prints(const struct print_view *view)
{
    return view->health.state == PRINTER_READY ||
        view->health.state == PRINTER_UNKNOWN;
}

static int64_t
waiting(const struct print_view *view)
{
    return view->counts.waiting;
}

static int64_t
asked(const struct print_view *view)
{
    return view->counts.asked;
}

static void
say_printers(struct buf *out, const struct printers *printers)
{
    say_printer(out, printers, "ocop_printer_up",
        "1 when nothing keeps it from printing", prints);
    say_printer(out, printers, "ocop_printer_queue",
        "Jobs queued and in hand", waiting);
    say_printer(out, printers, "ocop_printer_unknown",
        "Jobs of which nobody knows whether they came out", asked);
}

enum err
metrics_get(struct api *api, struct api_call *call)
{
    struct buf *out = &call->reply->body;
    struct http_server *server = api->server;
    struct journal_head head;
    struct db *db;
    enum err e = api_reader(api, call, &db);

    if (e == OK)
        e = db_journal_head(db, &head);
    if (e)
        return e;
    call->reply->type = "text/plain; version=0.0.4; charset=utf-8";
    if (api->metrics) {
        say(out, "ocop_uptime_seconds", "gauge", "Since the start",
            (clock_mono_ms() - api->metrics->began_ms) / 1000);
        say_requests(out, api->metrics);
    }
    if (server)
        say_server(out, server);
    if (api->events)
        say(out, "ocop_event_streams", "gauge", "Open event streams",
            events_streams(api->events));
    if (api->shop)
        say_printers(out, api->shop->print);
    say_writer(out, api->writer);
    say(out, "ocop_journal_seq", "gauge", "Last journal record", head.seq);
    return OK;
}
