/* ocop-pos till add|list, device enrol|list|revoke: where is sold. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "db/device.h"
#include "db/readers.h"
#include "db/writer.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/families.h"
#include "pos/staff/device.h"

enum { LIST_MAX = 100000 };

/* --name into a field; misuse when it is longer. */
static enum err
read_name(struct ctl *c, char out[DB_NAME])
{
    const char *name = args_str(&c->args, "name", "");

    if (strlen(name) >= DB_NAME) {
        err_at("name");
        err_arg("case", "length");
        err_arg("field", "name");
        err_arg("max", "%d", DB_NAME - 1);
        return ctl_misused(
            c, err_set(ERR_FIELD_VALUE, "a name of %zu bytes", strlen(name)));
    }
    snprintf(out, DB_NAME, "%s", name);
    return OK;
}

enum err
ctl_till_add(struct ctl *c)
{
    struct till_put t = {.by = 0, .active = true};
    enum err e = ctl_misused(
        c, args_word_int(&c->args, 0, "till", 1, TILL_MAX, &t.number));

    if (e == OK)
        e = read_name(c, t.name);
    if (e == OK)
        e = db_write(c->shop->writer, "till", till_put_write, &t);
    if (e != OK)
        return e;
    say_int(&c->say, "till", t.number);
    say_str(&c->say, "name", t.name);
    say_line(&c->say, "ctl.till_added");
    return OK;
}

static enum err
list_till(void *arg, const struct till *t)
{
    struct say *say = arg;

    say_item(say);
    say_int(say, "till", t->number);
    say_str(say, "name", t->name);
    say_bool(say, "active", t->active);
    say_line(say, t->active ? "ctl.till" : "ctl.till_gone");
    return OK;
}

enum err
ctl_till_list(struct ctl *c)
{
    struct db *db = readers_take(c->shop->readers);
    enum err e;

    say_list(&c->say, "tills");
    e = db_till_each(db, 0, TILL_MAX, list_till, &c->say);
    say_list_end(&c->say);
    readers_give(c->shop->readers, db);
    return e;
}

enum err
ctl_device_enrol(struct ctl *c)
{
    struct device_code_new n = {.till = 1, .by = 0};
    enum err e = ctl_misused(
        c, args_int(&c->args, "till", 1, TILL_MAX, &n.till));

    if (e == OK)
        e = read_name(c, n.name);
    if (e == OK)
        e = db_write(c->shop->writer, "device", device_code_write, &n);
    if (e == ERR_NOT_FOUND) {
        err_arg("case", "till");
        err_arg("till", "%" PRId64, n.till);
        return err_set(ERR_NOT_FOUND, "no till %" PRId64, n.till);
    }
    if (e != OK)
        return e;
    say_int(&c->say, "till", n.till);
    say_str(&c->say, "code", n.code);
    say_int(&c->say, "minutes", DEVICE_CODE_SECONDS / 60);
    say_line(&c->say, "ctl.device_code");
    say_line(&c->say, "ctl.device_code_use");
    return OK;
}

static enum err
list_device(void *arg, const struct device_line *d)
{
    char since[CLOCK_RFC3339_SIZE];
    struct say *say = arg;

    clock_format_rfc3339(d->enrolled_at, since);
    say_item(say);
    say_int(say, "number", d->id);
    say_str(say, "name", d->name);
    say_int(say, "till", d->till);
    say_bool(say, "active", d->active);
    say_str(say, "enrolled_at", since);
    say_line(say, d->active ? "ctl.device" : "ctl.device_gone");
    return OK;
}

enum err
ctl_device_list(struct ctl *c)
{
    struct db *db = readers_take(c->shop->readers);
    enum err e;

    say_list(&c->say, "devices");
    e = db_device_each(db, 0, LIST_MAX, list_device, &c->say);
    say_list_end(&c->say);
    readers_give(c->shop->readers, db);
    return e;
}

enum err
ctl_device_revoke(struct ctl *c)
{
    struct device_revoke r = {.by = 0};
    enum err e = ctl_misused(
        c, args_word_int(&c->args, 0, "number", 1, INT32_MAX, &r.id));

    if (e == OK)
        e = db_write(c->shop->writer, "device", device_revoke_write, &r);
    if (e != OK)
        return e;
    say_int(&c->say, "number", r.id);
    say_line(&c->say, "ctl.device_revoked");
    return OK;
}
