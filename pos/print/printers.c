#include "pos/print/printers.h"

#include <string.h>

#include "base/clock.h"
#include "base/json_out.h"
#include "base/mem.h"
#include "db/writer.h"
#include "drivers/quirks.h"
#include "pos/print/tell.h"
#include "pos/shop.h"

enum { TOLD_MAX = 900 }; /* bytes of one event */

struct printers {
    struct shop *shop;
    printers_tell_fn *tell;
    void *tell_arg;
    size_t len;
    struct print_worker *workers[SETTINGS_PRINTERS];
};

/* In a worker's thread. */
static void
changed(void *arg, const struct print_view *view)
{
    struct printers *p = arg;
    struct buf json;

    if (!p->tell)
        return;
    buf_init(&json, TOLD_MAX);
    tell_printer(p->shop, view, &json);
    if (!json.full)
        p->tell(p->tell_arg, json.data);
    buf_finish(&json);
}

/* A printer of that role, whatever its till. */
static const struct settings_printer *
any_for(const struct settings *s, enum settings_role role)
{
    for (size_t i = 0; i < s->printers_len; i++)
        if (s->printers[i].roles & role)
            return &s->printers[i];
    return NULL;
}

/* What waits for a printer that the settings no longer name. */
static enum err
move_orphans(struct db *db, const struct settings *s)
{
    static const struct {
        enum print_kind kind;
        enum settings_role role;
    } kinds[] = {{PRINT_RECEIPT, SETTINGS_RECEIPT}, {PRINT_COPY, SETTINGS_COPY},
        {PRINT_DRAWER, SETTINGS_DRAWER}, {PRINT_LABEL, SETTINGS_LABEL},
        {PRINT_SHIFT, SETTINGS_RECEIPT}};
    struct json_out o;
    struct buf ids;
    enum err e = OK;

    buf_init(&ids, SETTINGS_PRINTERS * (SETTINGS_PRINTER_ID + 3) + 2);
    json_out_init(&o, &ids);
    json_out_arr(&o);
    for (size_t i = 0; i < s->printers_len; i++)
        json_out_str(&o, s->printers[i].id);
    json_out_end_arr(&o);
    json_out_end(&o);
    for (size_t i = 0; e == OK && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        const struct settings_printer *to = any_for(s, kinds[i].role);

        if (to)
            e = db_print_job_move(db, kinds[i].kind, ids.data, to->id);
    }
    buf_finish(&ids);
    return e;
}

static enum err
recover_write(struct db *db, void *arg)
{
    const struct shop *shop = arg;
    enum err e = db_print_job_recover(db, clock_now());

    return e == OK ? move_orphans(db, shop->settings) : e;
}

static enum err
open_one(struct printers *p, struct font *font, const struct link_pace *pace,
    const struct settings_printer *printer)
{
    struct print_worker_config config = {.shop = p->shop,
        .font = font,
        .printer = printer,
        .changed = changed,
        .arg = p};
    enum err e = quirks_parse(printer->quirks, &config.quirks);

    if (pace)
        config.pace = *pace;
    if (e == OK)
        e = print_worker_open(&config, &p->workers[p->len]);
    if (e == OK)
        p->len++;
    return e;
}

enum err
printers_open(struct shop *shop, struct font *font, printers_tell_fn *tell,
    void *tell_arg, const struct link_pace *pace, struct printers **out)
{
    const struct settings *s = shop->settings;
    struct printers *p;
    enum err e = db_write(shop->writer, "print_recover", recover_write, shop);

    *out = NULL;
    if (e != OK || !s->printers_len)
        return e;
    p = mem_new(1, sizeof(*p));
    p->shop = shop;
    p->tell = tell;
    p->tell_arg = tell_arg;
    for (size_t i = 0; e == OK && i < s->printers_len; i++)
        e = open_one(p, font, pace, &s->printers[i]);
    if (e != OK) {
        struct err_state why;

        err_save(&why);
        printers_close(p);
        return err_load(&why);
    }
    *out = p;
    return OK;
}

void
printers_wake(struct printers *p)
{
    for (size_t i = 0; p && i < p->len; i++)
        print_worker_wake(p->workers[i]);
}

void
printers_close(struct printers *p)
{
    for (size_t i = 0; p && i < p->len; i++)
        print_worker_stop(p->workers[i]);
    for (size_t i = 0; p && i < p->len; i++)
        print_worker_close(p->workers[i]);
    mem_free(p);
}

size_t
printers_len(const struct printers *p)
{
    return p ? p->len : 0;
}

void
printers_view(const struct printers *p, size_t i, struct print_view *out)
{
    print_worker_view(p->workers[i], out);
}

void
printers_tell(struct printers *p, const struct print_job *job)
{
    struct print_view view;

    for (size_t i = 0; p && i < p->len; i++) {
        print_worker_view(p->workers[i], &view);
        if (strcmp(view.printer.id, job->printer) != 0)
            continue;
        view.job = *job;
        changed(p, &view);
    }
}

const struct settings_printer *
printers_for(const struct shop *shop, enum settings_role role, int64_t till)
{
    return shop->print ? settings_printer_for(shop->settings, role, till)
                       : NULL;
}

unsigned
printers_quirks(const struct printers *p, const struct settings_printer *where)
{
    struct print_view view;
    unsigned quirks = 0;

    if (!where || quirks_parse(where->quirks, &quirks) != OK)
        return 0;
    for (size_t i = 0; p && i < p->len; i++) {
        print_worker_view(p->workers[i], &view);
        if (strcmp(view.printer.id, where->id) == 0)
            quirks |= view.health.quirks;
    }
    return quirks;
}
