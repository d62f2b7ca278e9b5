/* ocop-pos token create|list|revoke: programs that speak to the API. */
#include "base/clock.h"
#include "base/crypto.h"
#include "db/readers.h"
#include "db/token.h"
#include "db/writer.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/families.h"
#include "pos/ctl/people.h"
#include "pos/staff/role.h"
#include "pos/staff/staff.h"

enum err
ctl_token_create(struct ctl *c)
{
    struct token_new t = {.by = 0};
    enum err e = people_role(c, &t.role);

    if (e == OK)
        e = ctl_misused(
            c, token_new_prepare(&t, args_str(&c->args, "name", "")));
    if (e == OK)
        e = db_write(c->shop->writer, "token", token_new_write, &t);
    if (e == OK) {
        say_int(&c->say, "number", t.number);
        say_str(&c->say, "name", t.name);
        say_str(&c->say, "role", role_name(t.role));
        say_line(&c->say, "ctl.token_made");
        say_str(&c->say, "token", t.token);
        say_line(&c->say, "ctl.token_text");
        say_line(&c->say, "ctl.once");
    }
    crypto_wipe(&t, sizeof(t));
    return e;
}

static enum err
list_one(void *arg, const struct token *t)
{
    char made[CLOCK_RFC3339_SIZE];
    struct say *say = arg;

    clock_format_rfc3339(t->made_at, made);
    say_item(say);
    say_int(say, "number", t->staff);
    say_str(say, "name", t->name);
    say_str(say, "role", role_name(t->role));
    say_bool(say, "active", t->active);
    say_str(say, "made_at", made);
    say_line(say, t->active ? "ctl.token" : "ctl.token_gone");
    return OK;
}

enum err
ctl_token_list(struct ctl *c)
{
    struct db *db = readers_take(c->shop->readers);
    enum err e;

    say_list(&c->say, "tokens");
    e = db_token_each(db, 0, STAFF_MAX, list_one, &c->say);
    say_list_end(&c->say);
    readers_give(c->shop->readers, db);
    return e;
}

enum err
ctl_token_revoke(struct ctl *c)
{
    return people_disable(c, true, "ctl.token_revoked");
}
