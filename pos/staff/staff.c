#include "pos/staff/staff.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "base/text.h"
#include "db/session.h"
#include "pos/fact/fact.h"
#include "pos/fact/fact_staff.h"
#include "pos/staff/pin.h"

/* A name as it is kept: cleaned, not empty. */
static enum err
clean_name(const char *name, char out[DB_NAME])
{
    struct buf b;
    enum err e;

    buf_init(&b, DB_NAME - 1);
    e = text_clean(name, strlen(name), &b);
    if (e == OK && b.len == 0) {
        err_at("name");
        err_arg("case", "empty");
        err_arg("field", "name");
        e = err_set(ERR_FIELD_VALUE, "an empty name");
    }
    if (e == OK)
        snprintf(out, DB_NAME, "%s", b.data);
    buf_finish(&b);
    return e;
}

enum err
staff_new_prepare(struct staff_new *n, const char *name, const char *pin)
{
    enum err e = clean_name(name, n->secret.name);

    n->secret.pin_hash[0] = '\0';
    if (e == OK && pin)
        e = pin_check_form(pin);
    if (e == OK && pin)
        e = crypto_pin_hash(pin, n->secret.pin_hash);
    return e;
}

/* When it is, as the journal counts. */
static enum err
fact_at(struct db *db, struct fact_staff *f)
{
    struct fact_time now;
    enum err e = fact_now(db, &now);

    f->at = e == OK ? now.at : 0;
    return e;
}

/* A number that was never used, from now on. */
static enum err
begin(struct db *db, struct fact_staff *f)
{
    enum err e = db_staff_last(db, &f->staff);

    if (e == OK && ++f->staff > STAFF_MAX)
        e = err_set(ERR_FIELD_VALUE, "all %d staff numbers are used",
            STAFF_MAX);
    return e == OK ? fact_at(db, f) : e;
}

enum err
staff_new_write(struct db *db, void *arg)
{
    struct staff_new *n = arg;
    struct fact_staff f = {.by = n->by, .role = n->role, .active = true};
    enum err e = begin(db, &f);

    if (e == OK)
        e = fact_staff_post(db, &f, NULL);
    if (e == OK)
        e = db_staff_private_put(db, f.staff, &n->secret);
    n->number = f.staff;
    return e;
}

enum err
staff_pin_prepare(struct staff_pin *p, const char *pin)
{
    enum err e = pin_check_form(pin);

    return e == OK ? crypto_pin_hash(pin, p->pin_hash) : e;
}

enum err
staff_pin_write(struct db *db, void *arg)
{
    struct staff_pin *p = arg;
    struct staff_private secret;
    struct staff s;
    enum err e = db_staff_get(db, p->number, &s);

    if (e == OK && s.program)
        e = err_set(ERR_NOT_FOUND, "%" PRId64 " is a program", p->number);
    if (e == OK)
        e = db_staff_private_get(db, p->number, &secret);
    if (e)
        return e;
    memcpy(secret.pin_hash, p->pin_hash, sizeof(secret.pin_hash));
    e = db_staff_private_put(db, p->number, &secret);
    return e == OK ? db_session_drop_staff(db, p->number) : e;
}

/* Is there an owner, a person, besides `number`? */
struct owner_search {
    int64_t besides;
    bool found;
};

static enum err
owner_seen(void *arg, const struct staff *s)
{
    struct owner_search *search = arg;

    if (s->number != search->besides && s->active && !s->program &&
        s->role == ROLE_OWNER)
        search->found = true;
    return OK;
}

static enum err
keep_an_owner(struct db *db, const struct staff *before,
    const struct fact_staff *after)
{
    struct owner_search search = {.besides = before->number};
    enum err e;

    if (before->program || before->role != ROLE_OWNER ||
        (after->active && after->role == ROLE_OWNER))
        return OK;
    e = db_staff_each(db, 0, STAFF_MAX, owner_seen, &search);
    if (e == OK && !search.found)
        e = err_set(ERR_FORBIDDEN, "the last owner stays");
    return e;
}

enum err
staff_change_write(struct db *db, void *arg)
{
    struct staff_change *c = arg;
    struct fact_staff f = {.by = c->by, .staff = c->number};
    struct staff s;
    enum err e = db_staff_get(db, c->number, &s);

    if (e == OK)
        e = fact_at(db, &f);
    if (e)
        return e;
    f.active = c->active;
    f.role = c->role == ROLE_NONE ? s.role : c->role;
    e = keep_an_owner(db, &s, &f);
    if (e)
        return e;
    return s.program ? fact_token_post(db, &f, NULL)
                     : fact_staff_post(db, &f, NULL);
}

enum err
token_new_prepare(struct token_new *t, const char *name)
{
    secret_new(SECRET_TOKEN_PREFIX, t->token);
    return clean_name(name, t->name);
}

enum err
token_new_write(struct db *db, void *arg)
{
    struct token_new *t = arg;
    struct fact_staff f = {.by = t->by, .role = t->role, .active = true};
    struct staff_private private = {.pin_hash = ""};
    uint8_t hash[SECRET_HASH];
    enum err e = begin(db, &f);

    snprintf(private.name, sizeof(private.name), "%s", t->name);
    secret_hash(SECRET_TOKEN_PREFIX, t->token, hash);
    if (e == OK)
        e = fact_token_post(db, &f, NULL);
    if (e == OK)
        e = db_staff_private_put(db, f.staff, &private);
    if (e == OK)
        e = db_token_add(db, f.staff, hash, f.at);
    t->number = f.staff;
    return e;
}

enum err
token_find(struct db *db, const char *token, struct staff *out)
{
    uint8_t hash[SECRET_HASH];
    enum err e;

    if (!secret_hash(SECRET_TOKEN_PREFIX, token, hash))
        return err_set(ERR_UNAUTHENTICATED, "not a token");
    e = db_token_find(db, hash, out);
    if (e == ERR_NOT_FOUND || (e == OK && !out->active))
        return err_set(ERR_UNAUTHENTICATED, "no such token, or taken back");
    return e;
}
