#include "pos/staff/signin.h"

#include <string.h>

#include "base/clock.h"
#include "db/db.h"
#include "db/writer.h"
#include "pos/staff/pin.h"

struct beginning {
    struct session session;
    int idle_minutes;
};

static enum err
begin_write(struct db *db, void *arg)
{
    struct beginning *b = arg;
    int64_t now = b->session.started_at;
    enum err e = db_session_prune(db, now - (int64_t)b->idle_minutes * 60,
        now - SESSION_LONGEST_S);

    return e == OK ? db_session_add(db, &b->session) : e;
}

enum err
signin(struct writer *writer, const struct signin_place *place, int64_t staff,
    const char *pin, int idle_minutes, struct session *session_out,
    char secret_out[SECRET_TEXT])
{
    struct beginning b = {.idle_minutes = idle_minutes};
    struct staff person;
    enum err e = pin_check(writer, place->where, staff, pin, &person);

    if (e)
        return e;
    secret_new("", secret_out);
    secret_hash("", secret_out, b.session.secret);
    b.session.staff = staff;
    b.session.role = person.role;
    b.session.device = place->device;
    b.session.till = place->till;
    b.session.started_at = b.session.seen_at = clock_now();
    e = db_write(writer, "sign in", begin_write, &b);
    if (e == OK)
        *session_out = b.session;
    return e;
}

enum err
session_find(struct db *db, const char *secret, int64_t now, int idle_minutes,
    struct session *out)
{
    uint8_t hash[SECRET_HASH];
    enum err e;

    if (!secret_hash("", secret, hash))
        return err_set(ERR_UNAUTHENTICATED, "not a session's cookie");
    e = db_session_find(db, hash, out);
    if (e == ERR_NOT_FOUND)
        return err_set(ERR_UNAUTHENTICATED, "no such session");
    if (e)
        return e;
    if (now - out->seen_at > (int64_t)idle_minutes * 60 + SESSION_SEEN_S ||
        now - out->started_at > SESSION_LONGEST_S)
        return err_set(ERR_UNAUTHENTICATED, "the session idled too long");
    return OK;
}

static enum err
seen_write(struct db *db, void *arg)
{
    struct session *s = arg;

    return db_session_seen(db, s->secret, s->seen_at);
}

enum err
session_touch(struct writer *writer, struct session *s, int64_t now)
{
    if (now - s->seen_at < SESSION_SEEN_S && now >= s->seen_at)
        return OK;
    s->seen_at = now;
    return db_write(writer, "session seen", seen_write, s);
}

static enum err
end_write(struct db *db, void *arg)
{
    const struct session *s = arg;

    return db_session_drop(db, s->secret);
}

enum err
session_end(struct writer *writer, const struct session *s)
{
    struct session copy = *s;

    return db_write(writer, "sign out", end_write, &copy);
}
