/* ocop-pos staff add|list|disable|pin: people, and their PINs. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/crypto.h"
#include "db/readers.h"
#include "db/staff.h"
#include "db/writer.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/families.h"
#include "pos/ctl/people.h"
#include "pos/staff/pin.h"
#include "pos/staff/role.h"
#include "pos/staff/staff.h"

void
people_pin(char out[PEOPLE_PIN])
{
    uint32_t n;

    do {
        do
            crypto_random(&n, sizeof(n));
        while (n >= 4294000000u); /* whole turns of 10^6 */
        snprintf(out, PEOPLE_PIN, "%06" PRIu32, n % 1000000u);
    } while (pin_check_form(out) != OK);
}

enum err
people_role(struct ctl *c, enum role *role_out)
{
    return ctl_misused(
        c, role_parse(args_str(&c->args, "role", ""), role_out));
}

enum err
people_number(struct ctl *c, int64_t *number_out)
{
    return ctl_misused(
        c, args_word_int(&c->args, 0, "number", 1, STAFF_MAX, number_out));
}

enum err
ctl_staff_add(struct ctl *c)
{
    struct staff_new n = {.by = 0};
    const char *pin = args_str(&c->args, "pin", NULL);
    char made[PEOPLE_PIN];
    enum err e = people_role(c, &n.role);

    if (!pin)
        people_pin(made);
    if (e == OK)
        e = ctl_misused(c, staff_new_prepare(&n, args_str(&c->args, "name", ""),
            pin ? pin : made));
    if (e == OK)
        e = db_write(c->shop->writer, "staff", staff_new_write, &n);
    if (e != OK)
        return e;
    say_int(&c->say, "number", n.number);
    say_str(&c->say, "name", n.secret.name);
    say_str(&c->say, "role", role_name(n.role));
    say_line(&c->say, "ctl.staff_added");
    if (!pin) {
        say_str(&c->say, "pin", made);
        say_line(&c->say, "ctl.pin_made");
        say_line(&c->say, "ctl.once");
    }
    return OK;
}

struct listing {
    struct ctl *c;
    struct db *db;
};

static enum err
list_one(void *arg, const struct staff *s)
{
    struct listing *l = arg;
    struct staff_private private;
    struct say *say = &l->c->say;
    enum err e;

    if (s->program)
        return OK;
    e = db_staff_private_get(l->db, s->number, &private);
    if (e != OK)
        return e;
    say_item(say);
    say_int(say, "number", s->number);
    say_str(say, "name", private.name);
    say_str(say, "role", role_name(s->role));
    say_bool(say, "active", s->active);
    say_line(say, s->active ? "ctl.person" : "ctl.person_gone");
    return OK;
}

enum err
ctl_staff_list(struct ctl *c)
{
    struct listing l = {.c = c, .db = readers_take(c->shop->readers)};
    enum err e;

    say_list(&c->say, "staff");
    e = db_staff_each(l.db, 0, STAFF_MAX, list_one, &l);
    say_list_end(&c->say);
    readers_give(c->shop->readers, l.db);
    return e;
}

enum err
people_disable(struct ctl *c, bool program, const char *sentence)
{
    struct staff_change change = {.by = 0, .active = false};
    struct staff s;
    struct db *db;
    enum err e = people_number(c, &change.number);

    if (e != OK)
        return e;
    db = readers_take(c->shop->readers);
    e = db_staff_get(db, change.number, &s);
    readers_give(c->shop->readers, db);
    if (e == ERR_NOT_FOUND || (e == OK && s.program != program)) {
        err_arg("what", "%" PRId64, change.number);
        return err_set(ERR_NOT_FOUND, "no such %s: %" PRId64,
            program ? "program" : "person", change.number);
    }
    if (e == OK)
        e = db_write(c->shop->writer, "staff", staff_change_write, &change);
    if (e == ERR_FORBIDDEN) {
        err_arg("case", "last_owner");
        return err_set(ERR_FORBIDDEN, "the last owner stays");
    }
    if (e != OK)
        return e;
    say_int(&c->say, "number", change.number);
    say_line(&c->say, sentence);
    return OK;
}

enum err
ctl_staff_disable(struct ctl *c)
{
    return people_disable(c, false, "ctl.staff_disabled");
}

enum err
ctl_staff_pin(struct ctl *c)
{
    const char *pin = args_str(&c->args, "pin", NULL);
    char made[PEOPLE_PIN];
    struct staff_pin p;
    enum err e = people_number(c, &p.number);

    if (!pin)
        people_pin(made);
    if (e == OK)
        e = ctl_misused(c, staff_pin_prepare(&p, pin ? pin : made));
    if (e == OK)
        e = db_write(c->shop->writer, "pin", staff_pin_write, &p);
    if (e != OK)
        return e;
    say_int(&c->say, "number", p.number);
    say_line(&c->say, "ctl.pin_set");
    if (!pin) {
        say_str(&c->say, "pin", made);
        say_line(&c->say, "ctl.pin_made");
        say_line(&c->say, "ctl.once");
    }
    return OK;
}
