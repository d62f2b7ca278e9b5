/* ocop-registry showroom add, showroom list, showroom withdraw. */
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/text.h"
#include "db/registry/showrooms.h"
#include "db/registry/units.h"
#include "sync/registry/books.h"
#include "sync/registry/import_values.h"
#include "sync/registry/registry.h"

enum { NAME_MAX_BYTES = 240 };

struct showroom {
    struct registry *r;
    int64_t number;
    struct buf name;
    const char *commune;
    bool has_key;
    struct reg_showroom_key key;
    int64_t keys;  /* that it has */
    bool known;    /* it is there already */
};

static enum err
misused(struct registry *r, const char *which, const char *value)
{
    err_arg("case", "%s", which);
    err_arg("value", "%.80s", value);
    return registry_misused(
        r, err_set(ERR_INVALID, "%s: %.80s", which, value));
}

static enum err
read_day(struct registry *r, const char *option, int32_t *day_out)
{
    const char *text = args_str(&r->args, option, NULL);

    if (text && !import_day(text, day_out))
        return misused(r, "date", text);
    return OK;
}

static enum err
read_key(struct showroom *s)
{
    const char *hex = args_str(&s->r->args, "key", NULL);

    if (!hex)
        return OK;
    if (strlen(hex) != 2 * CRYPTO_PUBLIC ||
        crypto_unhex(hex, strlen(hex), s->key.public_key) != OK)
        return misused(s->r, "public_key", hex);
    s->has_key = true;
    return OK;
}

static enum err
count_key(void *arg, const struct reg_showroom_key *k)
{
    struct showroom *s = arg;

    if (k->number > s->keys)
        s->keys = k->number;
    return OK;
}

static enum err
is_it(void *arg, const struct reg_showroom *k)
{
    struct showroom *s = arg;

    s->known = s->known || k->number == s->number;
    return OK;
}

static enum err
check_commune(struct db *db, struct showroom *s)
{
    struct reg_units units;
    struct reg_commune c;
    enum err e = db_reg_units(db, &units);

    if (strlen(s->commune) != 5 || strspn(s->commune, "0123456789") != 5)
        return misused(s->r, "commune_code", s->commune);
    if (e != OK || units.communes == 0)
        return e;
    e = db_reg_commune(db, s->commune, &c);
    if (e == ERR_NOT_FOUND || (e == OK && c.gone))
        return misused(s->r, "commune_unknown", s->commune);
    return e;
}

/* A showroom that is there gets a further key; nothing else of it changes. */
static enum err
add(struct db *db, void *arg)
{
    struct showroom *s = arg;
    struct reg_showroom row = {.number = s->number, .name = s->name.data,
        .commune_code = s->commune, .at = s->r->now,
        .by_whom = registry_by(s->r)};
    enum err e = db_reg_showrooms(db, is_it, s);

    if (e == OK && !s->known)
        e = check_commune(db, s);
    if (e == OK && !s->known)
        e = db_reg_showroom_add(db, &row);
    else if (e == OK && !s->has_key) {
        err_arg("case", "showroom_there");
        err_arg("number", "%lld", (long long)s->number);
        e = err_set(ERR_EXISTS, "showroom %lld", (long long)s->number);
    }
    if (e != OK || !s->has_key)
        return e;
    e = db_reg_showroom_keys(db, s->number, count_key, s);
    s->key.showroom = s->number;
    s->key.number = ++s->keys;
    s->key.at = s->r->now;
    s->key.by_whom = row.by_whom;
    if (e == OK)
        e = db_reg_showroom_key_add(db, &s->key);
    if (e == ERR_EXISTS) {
        err_arg("case", "showroom_key");
        e = err_set(ERR_EXISTS, "a showroom has this key");
    }
    return e;
}

enum err
cmd_showroom_add(struct registry *r)
{
    const char *name = args_str(&r->args, "name", "");
    struct showroom s = {.r = r, .number = 0,
        .commune = args_str(&r->args, "commune", ""),
        .key = {.from_day = clock_day(r->now)}};
    enum err e =
        args_int(&r->args, "number", 1, UINT32_MAX, &s.number);

    buf_init(&s.name, NAME_MAX_BYTES);
    if (e == OK && s.number == 0)
        e = misused(r, "showroom_number", "");
    if (e == OK)
        e = text_clean(name, strlen(name), &s.name);
    if (e == OK && s.name.len == 0)
        e = misused(r, "showroom_name", "");
    if (e == OK)
        e = read_key(&s);
    if (e == OK)
        e = read_day(r, "from", &s.key.from_day);
    if (e == OK)
        e = db_write_alone(r->books->db, "showroom", add, &s);
    if (e == OK) {
        say_int(&r->say, "number", s.number);
        say_str(&r->say, "name", s.name.data);
        say_int(&r->say, "key", s.has_key ? s.key.number : 0);
        say_line(&r->say, s.known ? "registry.showroom_key_added"
                                  : "registry.showroom_added");
        say_line(&r->say, "registry.publish_next");
    }
    buf_finish(&s.name);
    return e;
}

static enum err
say_key(void *arg, const struct reg_showroom_key *k)
{
    struct say *say = &((struct registry *)arg)->say;
    char hex[2 * CRYPTO_PUBLIC + 1], date[CLOCK_DATE_SIZE] = "";

    crypto_hex(k->public_key, sizeof(k->public_key), hex);
    say_item(say);
    say_int(say, "number", k->showroom);
    say_int(say, "key", k->number);
    say_str(say, "public", hex);
    if (k->withdrawn_day)
        clock_format_vn_date(k->withdrawn_day, date);
    say_str(say, "withdrawn", date);
    say_int(say, "last_good_seq", k->last_good_seq);
    say_line(say, k->withdrawn_day ? "registry.showroom_key_gone"
                                   : "registry.showroom_key");
    return OK;
}

static enum err
say_showroom(void *arg, const struct reg_showroom *k)
{
    struct registry *r = arg;

    say_item(&r->say);
    say_int(&r->say, "number", k->number);
    say_str(&r->say, "name", k->name);
    say_str(&r->say, "commune", k->commune_code);
    say_line(&r->say, "registry.showroom");
    return OK;
}

static enum err
say_keys(void *arg, const struct reg_showroom *k)
{
    struct registry *r = arg;

    return db_reg_showroom_keys(r->books->db, k->number, say_key, r);
}

enum err
cmd_showroom_list(struct registry *r)
{
    enum err e;

    say_list(&r->say, "showrooms");
    e = db_reg_showrooms(r->books->db, say_showroom, r);
    say_list_end(&r->say);
    say_list(&r->say, "keys");
    if (e == OK)
        e = db_reg_showrooms(r->books->db, say_keys, r);
    say_list_end(&r->say);
    return e;
}

struct withdrawal {
    int64_t number, key, last_good;
    int32_t day;
};

static enum err
withdraw(struct db *db, void *arg)
{
    const struct withdrawal *w = arg;

    return db_reg_showroom_key_withdraw(
        db, w->number, w->key, w->day, w->last_good);
}

enum err
cmd_showroom_withdraw(struct registry *r)
{
    struct withdrawal w = {.day = clock_day(r->now)};
    enum err e = args_int(&r->args, "number", 1, UINT32_MAX, &w.number);

    if (e == OK)
        e = args_int(&r->args, "key-number", 1, INT32_MAX, &w.key);
    if (e == OK)
        e = args_int(&r->args, "last-good", 0, INT64_MAX, &w.last_good);
    if (e == OK)
        e = read_day(r, "date", &w.day);
    if (e == OK && w.day > clock_day(r->now))
        e = misused(r, "future", args_str(&r->args, "date", ""));
    if (e == OK)
        e = db_write_alone(r->books->db, "showroom", withdraw, &w);
    if (e == OK) {
        say_int(&r->say, "number", w.number);
        say_int(&r->say, "key", w.key);
        say_int(&r->say, "last_good_seq", w.last_good);
        say_line(&r->say, "registry.showroom_withdrawn");
        say_line(&r->say, "registry.publish_next");
    }
    return e;
}
