/* ocop-pos import products|certified|labels: a file becomes the catalogue, a
 * folder of the registry the lists of certified products, a file of it the
 * tokens of shelf labels. */
#include "base/refused.h"
#include "pos/certified/after.h"
#include "pos/certified/cycle.h"
#include "pos/certified/source.h"
#include "pos/certified/tokens.h"
#include "pos/certified/worker.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/families.h"
#include "pos/stock/import.h"

static void
say_products(
    struct ctl *c, const struct import_products *x, struct refused *refused)
{
    struct say *say = &c->say;
    bool written = x->refused == 0 && !x->dry_run;

    refused_say(refused, say);
    say_int(say, "rows", x->rows);
    say_int(say, "new", x->added);
    say_int(say, "changed", x->changed);
    say_int(say, "receivings", x->receivings);
    say_int(say, "receivings_before", x->receivings_before);
    if (say->json)
        say_bool(say, "written", written);
    if (x->refused > 0)
        say_line(say, "ctl.products_refused");
    else
        say_line(say, written ? "ctl.products_taken" : "ctl.products_tried");
}

enum err
ctl_import_products(struct ctl *c)
{
    struct refused refused;
    struct import_products x = {.text = c->input,
        .len = c->input_len,
        .dry_run = args_has(&c->args, "dry-run"),
        .refuse = refused_add,
        .refuse_arg = &refused};
    enum err e;

    refused_init(&refused, c->say.lang);
    e = import_products(c->shop, &x);
    if (e == OK) {
        say_products(c, &x, &refused);
        c->status = x.refused > 0 ? CTL_WRONG : CTL_DONE;
    }
    refused_finish(&refused);
    return e;
}

static void
say_lists(struct ctl *c, const struct cycle *cycle)
{
    static const enum list_change told[] = {CHANGE_NEW, CHANGE_UPGRADED,
        CHANGE_DOWNGRADED, CHANGE_CHANGED, CHANGE_WITHDRAWN, CHANGE_SUSPENDED,
        CHANGE_REINSTATED, CHANGE_DROPPED};
    struct say *say = &c->say;

    say_int(say, "lists", (int64_t)cycle->lists);
    for (size_t i = 0; i < sizeof(told) / sizeof(told[0]); i++)
        say_int(say, list_change_name(told[i]), cycle->counts[told[i]]);
    say_int(say, "seq", cycle->seq);
    say_line(say, cycle->seq ? "ctl.certified_taken" : "ctl.certified_same");
}

/* A copy of the registry's folder goes the way of the network: nothing of it
 * is believed before it is verified. */
enum err
ctl_import_certified(struct ctl *c)
{
    struct certified_worker *worker = c->shop->certified;
    struct list_source source;
    struct cycle cycle = {.shop = c->shop, .source = &source};
    enum err e = source_open_dir(&source, c->args.words[0]);

    if (e == OK) {
        certified_worker_hold(worker);
        e = cycle_run(&cycle);
        if (e == OK)
            certified_after(c->shop);
        certified_worker_release(worker);
    }
    source_close(&source);
    if (e == OK)
        say_lists(c, &cycle);
    return e;
}

enum err
ctl_import_labels(struct ctl *c)
{
    struct tokens_import x = {.text = c->input, .len = c->input_len};
    struct say *say = &c->say;
    enum err e = tokens_import(c->shop, &x);

    if (e != OK)
        return e;
    say_str(say, "province", x.province);
    say_int(say, "labels", x.taken);
    say_int(say, "other", x.other);
    say_line(say, "ctl.labels_taken");
    if (x.other)
        say_line(say, "ctl.labels_other");
    return OK;
}
