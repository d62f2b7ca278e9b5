#include "pos/staff/pin.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "db/db.h"
#include "db/writer.h"

enum {
    LOCK_FIRST_S = 30,
    LOCK_LONGEST_S = 3600,
    FORGET_S = 12 * 3600 /* wrong PINs of yesterday do not count */
};

/* What a PIN nobody has is compared with, so that it takes as long. */
static char nobody[CRYPTO_PIN];
static pthread_once_t nobody_once = PTHREAD_ONCE_INIT;

static void
make_nobody(void)
{
    char pin[PIN_MAX + 1];
    uint8_t random[PIN_MAX];

    crypto_random(random, sizeof(random));
    for (size_t i = 0; i < PIN_MAX; i++)
        pin[i] = (char)('0' + random[i] % 10);
    pin[PIN_MAX] = '\0';
    if (crypto_pin_hash(pin, nobody) != OK)
        nobody[0] = '\0'; /* no memory: every check will say so */
}

enum err
pin_check_form(const char *pin)
{
    size_t len = strlen(pin);
    bool plain = len >= PIN_MIN && len <= PIN_MAX &&
        strspn(pin, "0123456789") == len;

    if (plain && strspn(pin, (const char[]){pin[0], '\0'}) < len)
        return OK;
    err_at("pin");
    err_arg("case", "pin");
    err_arg("field", "pin");
    return err_set(ERR_FIELD_VALUE, plain ? "a PIN is not one digit repeated"
                                          : "a PIN is 4 to 12 digits");
}

static int64_t
lock_seconds(int64_t failures)
{
    int64_t seconds = LOCK_FIRST_S;

    if (failures < PIN_TRIES)
        return 0;
    for (int64_t i = PIN_TRIES; i < failures && seconds < LOCK_LONGEST_S; i++)
        seconds *= 2;
    return seconds < LOCK_LONGEST_S ? seconds : LOCK_LONGEST_S;
}

enum err
pin_guard_try(struct db *db, const char *subject, int64_t now)
{
    struct guard g;
    int64_t left;
    enum err e = db_guard_get(db, subject, &g);

    if (e)
        return e;
    left = g.locked_until - now;
    if (left > LOCK_LONGEST_S)
        left = LOCK_LONGEST_S; /* the clock went back */
    if (g.locked_until && left > 0) {
        err_arg("seconds", "%" PRId64, left);
        return err_set(ERR_LOCKED, "%s is locked for %" PRId64 " s", subject,
            left);
    }
    if (now - g.failed_at > FORGET_S || now < g.failed_at)
        g.failures = 0;
    g.failures++;
    g.failed_at = now;
    left = lock_seconds(g.failures);
    g.locked_until = left ? now + left : 0;
    return db_guard_put(db, subject, &g);
}

/* One attempt, from being counted to being judged. */
struct attempt {
    char person[GUARD_SUBJECT];
    const char *where;
    int64_t number;
    int64_t now;
    struct staff staff;
    struct staff_private secret;
};

static enum err
attempt_begin(struct db *db, void *arg)
{
    struct attempt *a = arg;
    enum err e = pin_guard_try(db, a->where, a->now);

    if (e == OK)
        e = pin_guard_try(db, a->person, a->now);
    if (e)
        return e;
    e = db_staff_get(db, a->number, &a->staff);
    if (e == ERR_NOT_FOUND) {
        a->staff = (struct staff){.number = 0};
        return OK; /* told later, when the time is spent */
    }
    return e == OK ? db_staff_private_get(db, a->number, &a->secret) : e;
}

static enum err
attempt_forgive(struct db *db, void *arg)
{
    struct attempt *a = arg;
    enum err e = db_guard_clear(db, a->where);

    return e == OK ? db_guard_clear(db, a->person) : e;
}

enum err
pin_check(struct writer *writer, const char *where, int64_t staff,
    const char *pin, struct staff *staff_out)
{
    struct attempt a = {.where = where, .number = staff, .now = clock_now()};
    bool known, right;
    enum err e;

    pthread_once(&nobody_once, make_nobody);
    snprintf(a.person, sizeof(a.person), "s%" PRId64, staff);
    e = db_write(writer, "pin attempt", attempt_begin, &a);
    if (e)
        return e;
    known = a.staff.number && a.staff.active && !a.staff.program &&
        a.secret.pin_hash[0];
    right = crypto_pin_ok(known ? a.secret.pin_hash : nobody, pin);
    crypto_wipe(&a.secret, sizeof(a.secret));
    if (!known || !right)
        return err_set(ERR_PIN_WRONG, "staff %" PRId64 " from %s", staff,
            where);
    e = db_write(writer, "pin right", attempt_forgive, &a);
    if (e == OK)
        *staff_out = a.staff;
    return e;
}
