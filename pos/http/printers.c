#include <stdio.h>
#include <string.h>

#include "base/settings.h"
#include "db/product.h"
#include "drivers/quirks.h"
#include "pos/http/printing.h"
#include "pos/http/show.h"
#include "pos/print/jobs.h"
#include "pos/print/printers.h"
#include "pos/print/tell.h"
#include "pos/shop.h"

static const char *const languages[] = {
    [LINK_ESCPOS] = "escpos", [LINK_TSPL] = "tspl", [LINK_ZPL] = "zpl"};

static const char *
paper(const struct link_health *h)
{
    if (h->state == PRINTER_PAPER_OUT)
        return "out";
    if (h->paper_low)
        return "low";
    return h->answers ? "ok" : "unknown";
}

static void
put_roles(struct json_out *o, unsigned roles)
{
    json_out_key(o, "roles");
    json_out_arr(o);
    for (unsigned bit = 1; bit < SETTINGS_ROLES_END; bit <<= 1)
        if (roles & bit)
            json_out_str(o, settings_role_name((enum settings_role)bit));
    json_out_end_arr(o);
}

static void
put_quirks(struct json_out *o, unsigned quirks)
{
    const char *word;

    json_out_key(o, "quirks");
    json_out_arr(o);
    for (unsigned i = 0; (word = quirks_word(i)); i++)
        if (quirks & 1U << i)
            json_out_str(o, word);
    json_out_end_arr(o);
}

/* What it says of itself; null when it says nothing. */
static void
put_device(struct json_out *o, const struct printer_id *id)
{
    char hex[8];

    json_out_key(o, "device");
    if (!id->vendor && !id->maker[0] && !id->model[0] && !id->serial[0]) {
        json_out_null(o);
        return;
    }
    json_out_obj(o);
    snprintf(hex, sizeof(hex), "%04x", id->vendor);
    json_out_put_str(o, "vendor", hex);
    snprintf(hex, sizeof(hex), "%04x", id->product);
    json_out_put_str(o, "product", hex);
    json_out_put_str(o, "maker", id->maker);
    json_out_put_str(o, "model", id->model);
    json_out_put_str(o, "serial", id->serial);
    json_out_put_str(o, "port", id->port);
    json_out_end_obj(o);
}

static void
put_health(struct json_out *o, enum lang lang, const struct print_view *view)
{
    const struct link_health *h = &view->health;
    struct buf text;

    buf_init(&text, 2000);
    tell_message(lang, view, &text);
    json_out_put_str(o, "state", printer_state_name(h->state));
    json_out_put_str(o, "message", text.data);
    json_out_put_str(o, "paper", paper(h));
    json_out_put_str(o, "level", tell_level((int64_t)h->best));
    put_device(o, &h->id);
    put_quirks(o, h->quirks);
    buf_finish(&text);
}

/* The rows are asked: what the worker last counted may be a moment old. */
static enum err
put_printer(struct json_out *o, struct db *db, enum lang lang,
    const struct print_view *view)
{
    const struct settings_printer *p = &view->printer;
    struct print_counts counts;
    enum err e = db_print_job_counts(db, p->id, 0, &counts);

    if (e != OK)
        return e;
    json_out_obj(o);
    json_out_put_str(o, "id", p->id);
    json_out_put_str(o, "at", p->at);
    put_roles(o, p->roles);
    json_out_put_int(o, "till", p->till);
    json_out_put_str(o, "language", languages[p->language]);
    json_out_put_int(o, "paper_mm", p->paper_mm);
    put_health(o, lang, view);
    json_out_put_int(o, "queue", counts.waiting);
    json_out_put_int(o, "unknown", counts.asked);
    json_out_end_obj(o);
    return OK;
}

enum err
printers_list(struct api *api, struct api_call *call)
{
    const struct printers *printers = api->shop->print;
    struct print_view view;
    struct json_out out;
    struct db *db;
    enum err e = api_reader(api, call, &db);

    if (e != OK)
        return e;
    api_json(call, 200, &out);
    json_out_obj(&out);
    json_out_key(&out, "items");
    json_out_arr(&out);
    for (size_t i = 0; e == OK && i < printers_len(printers); i++) {
        printers_view(printers, i, &view);
        e = put_printer(&out, db, call->lang, &view);
    }
    json_out_end_arr(&out);
    json_out_end_obj(&out);
    return e;
}

enum err
printers_test(struct api *api, struct api_call *call)
{
    struct print_job job = {.kind = PRINT_TEST};
    const char *id = api_param(call, "id");
    struct json_out out;
    enum err e = OK;

    if (strlen(id) >= sizeof(job.printer)) {
        err_arg("what", "%.40s", id);
        return err_set(ERR_NOT_FOUND, "no printer of so long a name");
    }
    db_copy(job.printer, sizeof(job.printer), id);
    e = jobs_queue(api->shop, &job);
    if (e != OK)
        return e;
    api_json(call, 202, &out);
    json_out_obj(&out);
    show_id(&out, "job", "j_", job.id);
    json_out_end_obj(&out);
    return OK;
}
