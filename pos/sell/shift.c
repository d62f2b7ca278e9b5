#include "pos/sell/shift.h"

#include <inttypes.h>
#include <string.h>

#include "db/device.h"
#include "db/writer.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_shift.h"
#include "pos/print/jobs.h"
#include "pos/shop.h"

int64_t
shift_expected(const struct shift *s)
{
    return s->float_dong + s->cash + s->cash_in - s->cash_out;
}

struct asked {
    const struct shop *shop;
    int64_t till, id, staff, money;
    const struct shift_counted *counted;
    struct shift *out;
};

enum err
shift_open_write(struct db *db, int64_t till, int64_t staff,
    int64_t float_dong, struct shift *out)
{
    struct fact_shift_open f = {
        .till = till, .staff = staff, .float_dong = float_dong};
    struct journal_head head;
    struct fact_time time;
    enum err e = db_shift_open_of(db, till, out);

    if (e == OK) {
        err_arg("till", "%" PRId64, till);
        return err_set(ERR_SHIFT_OPEN, "till %" PRId64 " has shift s_%" PRId64,
            till, out->id);
    }
    if (e != ERR_SHIFT_CLOSED)
        return e;
    e = fact_now(db, &time);
    if (e == OK)
        e = db_shift_last_id(db, &f.shift);
    if (e != OK)
        return e;
    f.shift++;
    f.at = time.at;
    e = fact_shift_open_post(db, &f, &head);
    return e == OK ? db_shift_get(db, f.shift, out) : e;
}

enum err
shift_check_till(struct db *db, int64_t number)
{
    struct till till;
    enum err e = db_till_get(db, number, &till);

    if (e != ERR_NOT_FOUND && (e != OK || till.active))
        return e;
    err_arg("case", "no_till");
    err_arg("till", "%" PRId64, number);
    return err_set(ERR_NOT_FOUND, "no till %" PRId64, number);
}

static enum err
open_write(struct db *db, void *arg)
{
    struct asked *a = arg;
    enum err e = shift_check_till(db, a->till);

    if (e != OK)
        return e;
    return shift_open_write(db, a->till, a->staff, a->money, a->out);
}

enum err
shift_open(struct shop *shop, int64_t till, int64_t staff, int64_t float_dong,
    struct shift *out)
{
    struct asked a = {
        .till = till, .staff = staff, .money = float_dong, .out = out};

    return db_write(shop->writer, "shift_open", open_write, &a);
}

enum err
shift_close_write(struct db *db, const struct shop *shop, int64_t id,
    int64_t staff, const struct shift_counted *counted, struct shift *out)
{
    struct fact_shift_close f = {.staff = staff,
        .shift = id,
        .counted = counted->sum,
        .notes_len = counted->notes_len};
    struct journal_head head;
    struct fact_time time;
    enum err e = db_shift_get(db, id, out);

    if (e != OK)
        return e;
    if (out->closed) {
        err_arg("till", "%" PRId64, out->till);
        return err_set(ERR_SHIFT_CLOSED, "shift s_%" PRId64 " is closed", id);
    }
    e = fact_now(db, &time);
    if (e != OK)
        return e;
    f.at = time.at;
    f.expected = shift_expected(out);
    memcpy(f.notes, counted->notes, sizeof(f.notes));
    e = fact_shift_close_post(db, &f, &head);
    if (e == OK)
        e = jobs_add_shift(db, shop, out);
    return e == OK ? db_shift_get(db, id, out) : e;
}

static enum err
close_write(struct db *db, void *arg)
{
    struct asked *a = arg;

    return shift_close_write(
        db, a->shop, a->id, a->staff, a->counted, a->out);
}

enum err
shift_close(struct shop *shop, int64_t id, int64_t staff,
    const struct shift_counted *counted, struct shift *out)
{
    struct asked a = {.shop = shop, .id = id, .staff = staff,
        .counted = counted, .out = out};

    return db_write(shop->writer, "shift_close", close_write, &a);
}
