/* ocop-pos import products|certified: files become the catalogue, or the list
 * of certified products. */
#include "base/refused.h"
#include "db/writer.h"
#include "pos/certified/take.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/families.h"
#include "pos/stock/import.h"
#include "sync/list.h"

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

/* A wrong file does not end the programme. */
static enum err
nothing_taken(struct ctl *c, struct refused *refused)
{
    refused_say(refused, &c->say);
    say_int(&c->say, "records", 0);
    say_line(&c->say, "ctl.certified_none");
    c->status = CTL_WRONG;
    return OK;
}

static void
say_list_taken(struct ctl *c, const struct certified_take *take,
    const struct list *list)
{
    struct say *say = &c->say;

    say_int(say, "records", (int64_t)list->len);
    say_int(say, "new", take->added);
    say_int(say, "changed", take->changed);
    say_int(say, "withdrawn", take->withdrawn);
    say_int(say, "list_seq", take->list_seq);
    say_int(say, "seq", take->seq);
    say_line(say, "ctl.certified_taken");
}

/* What is wrong is named and left out; the rest is the list from now on. */
enum err
ctl_import_certified(struct ctl *c)
{
    struct certified_take take = {.staff = 0};
    struct refused refused;
    struct list list;
    enum err e;

    refused_init(&refused, c->say.lang);
    e = list_read(c->input, c->input_len, refused_add, &refused, &list);
    take.list = &list;
    if (e == OK && list.len == 0 && refused.count > 0) {
        e = nothing_taken(c, &refused);
    } else if (e == OK) {
        e = db_write(c->shop->writer, "list", certified_take_write, &take);
        if (e == OK) {
            refused_say(&refused, &c->say);
            say_list_taken(c, &take, &list);
            c->status = refused.count > 0 ? CTL_WRONG : CTL_DONE;
        }
    }
    list_finish(&list);
    refused_finish(&refused);
    return e;
}
