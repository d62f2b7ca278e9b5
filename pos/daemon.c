#include "pos/daemon.h"

#include <stdbool.h>

#include "base/http_server.h"
#include "base/log.h"
#include "base/mem.h"
#include "db/writer.h"
#include "drivers/font.h"
#include "pos/certified/worker.h"
#include "pos/control.h"
#include "pos/http/api.h"
#include "pos/http/dispatch.h"
#include "pos/http/events.h"
#include "pos/http/metrics.h"
#include "pos/http/openapi.h"
#include "pos/http/routes.h"
#include "pos/keeper.h"
#include "pos/open.h"
#include "pos/print/draw.h"
#include "pos/print/printers.h"

enum { READERS = 4 };

struct daemon {
    struct open_shop open;
    struct font *font;
    struct events *events;
    struct metrics *metrics;
    struct keeper *keeper;
    struct buf openapi;
    struct api api;
    struct http_server *server;
    struct control *control;
};

/* On the writer's thread, after each commit: whoever waits for news. */
static void
committed(void *arg, int64_t last_seq)
{
    struct daemon *d = arg;

    events_wake(d->events, last_seq);
    printers_wake(d->open.shop.print);
}

static void
tell_printer_news(void *arg, const char *json)
{
    events_say(arg, "printer", json);
}

static enum err
start_server(struct daemon *d)
{
    const struct settings *s = &d->open.settings;
    struct http_config config = {.listen = s->listen,
        .connections_max = s->connections_max,
        .connections_per_address = s->connections_per_address,
        .body_limit = dispatch_body_limit,
        .handle = dispatch,
        .arg = &d->api};

    d->api = (struct api){.writer = d->open.shop.writer,
        .readers = d->open.shop.readers,
        .settings = s,
        .events = d->events,
        .metrics = d->metrics,
        .openapi = d->openapi.data,
        .openapi_len = d->openapi.len,
        .lang = s->language,
        .shop = &d->open.shop};
    routes_check(routes, routes_len);
    return http_server_open(&config, &d->server);
}

static enum err
start(struct daemon *d, const struct settings *settings)
{
    struct shop *shop = &d->open.shop;
    enum err e = open_shop(settings, READERS, &d->open);

    if (e == OK)
        e = font_open(settings->font_regular, settings->font_bold, &d->font);
    if (e != OK)
        return e;
    shop->font = d->font;
    draw_warm(d->font, draw_width(settings->paper_mm));
    d->events = events_new();
    d->metrics = metrics_new();
    writer_on_commit(shop->writer, committed, d);
    e = printers_open(
        shop, d->font, tell_printer_news, d->events, NULL, &shop->print);
    if (e == OK)
        e = keeper_open(shop, &d->keeper);
    if (e == OK)
        e = certified_worker_open(shop, &shop->certified);
    if (e == OK)
        e = openapi_build(&d->openapi);
    if (e == OK)
        e = start_server(d);
    if (e == OK)
        e = control_open(shop, &d->control);
    if (e != OK)
        return e;
    d->api.server = d->server;
    log_info("posd", "showroom %d serves http://%s, port %d",
        (int)shop->number, settings->listen, http_server_port(d->server));
    return OK;
}

enum err
daemon_start(const struct settings *settings, struct daemon **out)
{
    struct daemon *d = mem_new(1, sizeof(*d));
    struct err_state why;
    enum err e;

    d->open.lock = -1;
    buf_init(&d->openapi, 4 * 1024 * 1024);
    e = start(d, settings);
    if (e == OK) {
        *out = d;
        return OK;
    }
    err_save(&why);
    daemon_stop(d);
    return err_load(&why);
}

void
daemon_stop(struct daemon *d)
{
    control_close(d->control);
    if (d->events)
        events_stop(d->events);
    certified_worker_stop(d->open.shop.certified);
    http_server_close(d->server);
    certified_worker_close(d->open.shop.certified);
    d->open.shop.certified = NULL;
    keeper_close(d->keeper);
    printers_close(d->open.shop.print);
    d->open.shop.print = NULL;
    close_shop(&d->open);
    events_free(d->events);
    metrics_free(d->metrics);
    font_close(d->font);
    buf_finish(&d->openapi);
    mem_free(d);
}
