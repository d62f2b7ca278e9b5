#include "pos/staff/device.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/text.h"
#include "db/session.h"
#include "db/writer.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_staff.h"
#include "pos/staff/pin.h"

/* Clean `name` in place; what `otherwise` says when nothing is left. */
static enum err
clean_name(char name[DB_NAME], const char *otherwise)
{
    struct buf b;
    enum err e;

    buf_init(&b, DB_NAME - 1);
    e = text_clean(name, strlen(name), &b);
    if (e == OK)
        snprintf(name, DB_NAME, "%s", b.len ? b.data : otherwise);
    buf_finish(&b);
    return e;
}

enum err
till_put_write(struct db *db, void *arg)
{
    struct till_put *t = arg;
    struct fact_till f = {.by = t->by, .till = t->number,
        .active = t->active};
    struct fact_time now;
    char name[DB_NAME];
    enum err e;

    snprintf(name, sizeof(name), "Quầy %d", (int)t->number);
    e = clean_name(t->name, name);
    if (e == OK && (t->number < 1 || t->number > TILL_MAX)) {
        err_at("till");
        err_arg("field", "till");
        e = err_set(ERR_FIELD_VALUE, "a till is 1 to %d", TILL_MAX);
    }
    if (e == OK)
        e = fact_now(db, &now);
    if (e)
        return e;
    f.at = now.at;
    memcpy(f.name, t->name, sizeof(f.name));
    return fact_till_post(db, &f, NULL);
}

/* Eight digits, each value as likely. */
static void
code_digits(char out[DEVICE_CODE])
{
    uint32_t n;

    do
        crypto_random(&n, sizeof(n));
    while (n >= 4200000000u); /* 42 whole turns of 10^8 */
    snprintf(out, DEVICE_CODE, "%08" PRIu32, n % 100000000u);
}

enum err
device_code_write(struct db *db, void *arg)
{
    struct device_code_new *n = arg;
    struct device_code c = {.till = n->till, .made_by = n->by};
    struct till till;
    enum err e = db_till_get(db, n->till, &till);

    if (e == OK && !till.active)
        e = err_set(ERR_NOT_FOUND, "till %" PRId64 " is no more", n->till);
    if (e == OK)
        e = clean_name(n->name, till.name);
    if (e)
        return e;
    memcpy(c.name, n->name, sizeof(c.name));
    code_digits(c.code);
    c.expires_at = clock_now() + DEVICE_CODE_SECONDS;
    memcpy(n->code, c.code, sizeof(n->code));
    e = db_device_code_drop(db, c.code, clock_now());
    return e == OK ? db_device_code_add(db, &c) : e;
}

struct enrolment {
    const char *code;
    struct device_private private;
    struct device device;
};

static enum err
enrol_try(struct db *db, void *arg)
{
    (void)arg;
    return pin_guard_try(db, "enrol", clock_now());
}

static enum err
enrol_write(struct db *db, void *arg)
{
    struct enrolment *x = arg;
    struct fact_device f = {.active = true};
    struct fact_time now;
    struct device_code c;
    enum err e = db_device_code_get(db, x->code, clock_now(), &c);

    if (e == ERR_NOT_FOUND)
        return err_set(ERR_CODE_WRONG, "no such code, used or late");
    if (e == OK)
        e = db_device_code_drop(db, x->code, clock_now());
    if (e == OK)
        e = db_device_last(db, &f.device);
    if (e == OK)
        e = fact_now(db, &now);
    if (e)
        return e;
    f.at = now.at;
    f.device++;
    f.till = c.till;
    f.by = c.made_by;
    e = fact_device_post(db, &f, NULL);
    x->private.id = f.device;
    x->private.enrolled_at = f.at;
    memcpy(x->private.name, c.name, sizeof(x->private.name));
    if (e == OK)
        e = db_device_private_add(db, &x->private);
    if (e == OK)
        e = db_guard_clear(db, "enrol");
    return e == OK ? db_device_get(db, f.device, &x->device) : e;
}

enum err
device_enrol(struct writer *writer, const char *code,
    struct device *device_out, char secret_out[SECRET_TEXT])
{
    struct enrolment x = {.code = code};
    enum err e;

    if (strlen(code) != DEVICE_CODE - 1 ||
        strspn(code, "0123456789") != DEVICE_CODE - 1)
        return err_set(ERR_CODE_WRONG, "a code is eight digits");
    secret_new("", secret_out);
    secret_hash("", secret_out, x.private.secret);
    /* Counted by itself, since a wrong code takes its own write back. */
    e = db_write(writer, "enrol attempt", enrol_try, NULL);
    if (e == OK)
        e = db_write(writer, "enrol", enrol_write, &x);
    if (e == OK)
        *device_out = x.device;
    return e;
}

enum err
device_revoke_write(struct db *db, void *arg)
{
    struct device_revoke *r = arg;
    struct fact_device f = {.by = r->by, .device = r->id};
    struct fact_time now;
    struct device d;
    enum err e = db_device_get(db, r->id, &d);

    if (e == OK)
        e = fact_now(db, &now);
    if (e)
        return e;
    f.at = now.at;
    f.till = d.till;
    return fact_device_post(db, &f, NULL);
}

enum err
device_find(struct db *db, const char *secret, struct device *out)
{
    uint8_t hash[SECRET_HASH];

    if (!secret_hash("", secret, hash))
        return err_set(ERR_NOT_FOUND, "not a device's cookie");
    return db_device_find(db, hash, out);
}
