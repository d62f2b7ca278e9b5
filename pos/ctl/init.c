/* ocop-pos init: a new showroom with its first till and its owner. */
#include "db/writer.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/families.h"
#include "pos/ctl/people.h"
#include "pos/make.h"
#include "pos/staff/device.h"
#include "pos/staff/staff.h"

struct start {
    struct till_put till;
    struct staff_new owner;
};

static enum err
start_write(struct db *db, void *arg)
{
    struct start *s = arg;
    enum err e = till_put_write(db, &s->till);

    return e == OK ? staff_new_write(db, &s->owner) : e;
}

static enum err
fill(struct shop *shop, void *arg)
{
    return db_write(shop->writer, "start", start_write, arg);
}

enum err
ctl_init(struct ctl *c)
{
    struct start s = {.till = {.number = 1, .active = true},
        .owner = {.role = ROLE_OWNER}};
    struct make_ask ask = {.name = args_str(&c->args, "name", ""),
        .commune = args_str(&c->args, "commune", "")};
    const char *owner = args_str(&c->args, "owner",
        lang_text(c->say.lang, "ctl.owner"));
    char pin[PEOPLE_PIN];
    enum err e = ctl_misused(c,
        args_int(&c->args, "showroom", 1, UINT32_MAX, &ask.number));

    people_pin(pin);
    if (e == OK)
        e = ctl_misused(c, staff_new_prepare(&s.owner, owner, pin));
    if (e == OK)
        e = make_showroom(c->settings, &ask, fill, &s);
    if (e == ERR_FIELD_VALUE)
        return ctl_misused(c, e);
    if (e != OK)
        return e;
    say_int(&c->say, "showroom", ask.number);
    say_str(&c->say, "data", c->settings->data_dir);
    say_line(&c->say, "ctl.made");
    say_int(&c->say, "owner", s.owner.number);
    say_str(&c->say, "pin", pin);
    say_line(&c->say, "ctl.made_owner");
    say_line(&c->say, "ctl.once");
    say_line(&c->say, "ctl.made_owner_pin");
    return OK;
}
