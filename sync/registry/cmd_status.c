/* ocop-registry revoke, suspend, reinstate, drop. */
#include <string.h>

#include "base/clock.h"
#include "sync/registry/books.h"
#include "sync/registry/import_values.h"
#include "sync/registry/registry.h"

static enum err
read_recall(struct registry *r, enum record_recall *out)
{
    const char *word = args_str(&r->args, "recall", "none");

    for (int i = RECALL_NONE; i <= RECALL_DESTROY; i++)
        if (strcmp(word, record_recall_name((enum record_recall)i)) == 0) {
            *out = (enum record_recall)i;
            return OK;
        }
    err_arg("case", "recall");
    err_arg("value", "%.40s", word);
    return registry_misused(r, err_set(ERR_INVALID, "recall %.40s", word));
}

static void
say_order(struct registry *r, const struct books_order *order)
{
    static const char *const done[] = {
        [BOOKS_SUSPEND] = "registry.suspended",
        [BOOKS_REVOKE] = "registry.revoked",
        [BOOKS_REINSTATE] = "registry.reinstated",
        [BOOKS_DROP] = "registry.dropped"};
    char date[CLOCK_DATE_SIZE] = "";

    if (order->change != BOOKS_DROP)
        clock_format_vn_date(order->day, date);
    say_str(&r->say, "id", order->id);
    say_int(&r->say, "cert", order->cert);
    say_str(&r->say, "name", order->name);
    say_int(&r->say, "rev", order->rev);
    say_str(&r->say, "was", record_status_name(order->was));
    say_str(&r->say, "decision", order->decision);
    say_str(&r->say, "date", date);
    say_line(&r->say, done[order->change]);
    say_line(&r->say, "registry.publish_next");
}

static enum err
order(struct registry *r, enum books_change change)
{
    const char *date = args_str(&r->args, "date", "");
    struct books_order order = {.change = change,
        .what = r->args.words[0],
        .decision = args_str(&r->args, "decision", ""),
        .ground = args_str(&r->args, "ground", ""),
        .by = registry_by(r),
        .now = r->now};
    enum err e = read_recall(r, &order.recall);

    if (e == OK && change != BOOKS_DROP && !import_day(date, &order.day)) {
        err_arg("case", "date");
        err_arg("value", "%.40s", date);
        e = registry_misused(r, err_set(ERR_INVALID, "no date %.40s", date));
    }
    if (e == OK)
        e = books_order(r->books, &order);
    if (e == OK)
        say_order(r, &order);
    return e;
}

enum err
cmd_revoke(struct registry *r)
{
    return order(r, BOOKS_REVOKE);
}

enum err
cmd_suspend(struct registry *r)
{
    return order(r, BOOKS_SUSPEND);
}

enum err
cmd_reinstate(struct registry *r)
{
    return order(r, BOOKS_REINSTATE);
}

enum err
cmd_drop(struct registry *r)
{
    return order(r, BOOKS_DROP);
}
