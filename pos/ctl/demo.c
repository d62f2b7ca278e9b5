/* ocop-pos demo: a showroom to try, with goods on its shelves and everybody's
 * PIN in demo.json.  Made whole or not at all; one that is there is kept,
 * since tokens are told only once. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/refused.h"
#include "db/readers.h"
#include "db/shift.h"
#include "db/writer.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/demo_file.h"
#include "pos/ctl/families.h"
#include "pos/data.h"
#include "pos/make.h"
#include "pos/open.h"
#include "pos/sell/shift.h"
#include "pos/staff/device.h"
#include "pos/staff/role.h"
#include "pos/staff/staff.h"
#include "pos/stock/import.h"

enum { OWNER = 1, CASHIER = 3, TILL = 1, FLOAT_DONG = 500000 };

static const struct demo_person people[DEMO_STAFF] = {
    {.name = "Nguyễn Thu Hà", .role = ROLE_OWNER, .pin = "1234"},
    {.name = "Trần Minh Đức", .role = ROLE_MANAGER, .pin = "2345"},
    {.name = "Lê Thị Lan", .role = ROLE_CASHIER, .pin = "3456"},
};

struct making {
    struct ctl *c;
    struct demo demo;
    struct buf products; /* the file */
    struct refused refused;
};

static enum err
take_products(struct shop *shop, struct making *m)
{
    struct import_products x = {.text = m->products.data,
        .len = m->products.len,
        .staff = OWNER,
        .refuse = refused_add,
        .refuse_arg = &m->refused};

    return import_products(shop, &x);
}

static enum err
add_people(struct shop *shop, struct making *m)
{
    struct till_put till = {.number = TILL, .active = true};
    enum err e = db_write(shop->writer, "till", till_put_write, &till);

    for (size_t i = 0; e == OK && i < DEMO_STAFF; i++) {
        struct staff_new n = {.role = people[i].role};

        e = staff_new_prepare(&n, people[i].name, people[i].pin);
        if (e == OK)
            e = db_write(shop->writer, "staff", staff_new_write, &n);
        m->demo.staff[i] = people[i];
        m->demo.staff[i].number = n.number;
    }
    return e;
}

static enum err
add_tokens(struct shop *shop, struct making *m)
{
    enum err e = OK;

    for (enum role r = ROLE_VIEWER; e == OK && r <= ROLE_OWNER; r++) {
        struct token_new t = {.role = r, .by = OWNER};

        e = token_new_prepare(&t, role_name(r));
        if (e == OK)
            e = db_write(shop->writer, "token", token_new_write, &t);
        memcpy(m->demo.tokens[r], t.token, sizeof(t.token));
    }
    return e;
}

/* demo.json is there before the showroom is: with the showroom, it is. */
static enum err
fill(struct shop *shop, void *arg)
{
    struct making *m = arg;
    struct shift shift;
    enum err e = add_people(shop, m);

    if (e == OK)
        e = add_tokens(shop, m);
    if (e == OK)
        e = take_products(shop, m);
    if (e == OK && m->refused.count > 0) {
        err_arg("case", "demo_data");
        return err_set(ERR_INVALID, "%zu lines of the demonstration data",
            m->refused.count);
    }
    if (e == OK)
        e = shift_open(shop, TILL, CASHIER, FLOAT_DONG, &shift);
    if (e == OK)
        e = demo_file_write(args_str(&m->c->args, "json", NULL), &m->demo);
    return e;
}

static enum err
read_from(const char *dir, const char *name, struct buf *out)
{
    struct buf path;
    enum err e;

    buf_init(&path, PATH_MAX);
    buf_printf(&path, "%s/%s", dir, name);
    e = file_read(path.data, out);
    buf_finish(&path);
    return e;
}

static enum err
make(struct making *m)
{
    const char *from = args_str(&m->c->args, "from", "");
    const struct make_ask ask = {.number = 101,
        .name = "Cửa hàng OCOP Tây Hồ",
        .commune = "00103"};
    enum err e = read_from(from, "products.csv", &m->products);

    return e == OK ? make_showroom(m->c->settings, &ask, fill, m) : e;
}

/* The cashier can sell, whatever was done with the demonstration before. */
static enum err
open_a_shift(const struct settings *settings)
{
    struct open_shop open;
    struct shift shift;
    struct db *db;
    enum err e = open_shop(settings, 1, &open);

    if (e == ERR_BUSY)
        return OK; /* it is in use: so be it */
    if (e != OK)
        return e;
    db = readers_take(open.shop.readers);
    e = db_shift_open_of(db, TILL, &shift);
    readers_give(open.shop.readers, db);
    if (e == ERR_SHIFT_CLOSED)
        e = shift_open(&open.shop, TILL, CASHIER, FLOAT_DONG, &shift);
    close_shop(&open);
    return e;
}

static enum err
reuse(struct making *m)
{
    const char *path = args_str(&m->c->args, "json", "");
    enum err e = demo_file_read(path, &m->demo);

    if (e != OK) {
        err_arg("case", "demo");
        err_arg("what", "%s", m->c->settings->data_dir);
        err_arg("file", "%s", path);
        return err_set(ERR_EXISTS, "a showroom without its %s", path);
    }
    e = open_a_shift(m->c->settings);
    return e == OK ? demo_file_write(path, &m->demo) : e;
}

/* The path as programs find it that were started elsewhere. */
static enum err
full_path(const char *path, char out[PATH_MAX])
{
    char here[PATH_MAX] = "";
    int n;

    if (path[0] != '/' && !getcwd(here, sizeof(here)))
        here[0] = '\0';
    n = path[0] == '/' ? snprintf(out, PATH_MAX, "%s", path)
                       : snprintf(out, PATH_MAX, "%s/%s", here, path);
    if (n >= 0 && n < PATH_MAX)
        return OK;
    err_arg("file", "%.80s", path);
    err_arg("why", "too long");
    return err_set(ERR_FILE, "a path of %zu bytes", strlen(path));
}

static void
say_demo(struct ctl *c, const struct demo *demo)
{
    say_str(&c->say, "data", demo->data);
    say_line(&c->say, "ctl.demo_made");
    for (size_t i = 0; i < DEMO_STAFF; i++) {
        say_int(&c->say, "number", demo->staff[i].number);
        say_str(&c->say, "name", demo->staff[i].name);
        say_str(&c->say, "role", role_name(demo->staff[i].role));
        say_str(&c->say, "pin", demo->staff[i].pin);
        say_line(&c->say, "ctl.demo_person");
    }
}

enum err
ctl_demo(struct ctl *c)
{
    const char *dir = c->settings->data_dir;
    struct making m = {.c = c};
    enum err e = data_has_showroom(dir) ? OK : data_create(dir);

    buf_init(&m.products, CTL_INPUT_MAX);
    refused_init(&m.refused, c->say.lang);
    snprintf(m.demo.url, sizeof(m.demo.url), "%s",
        args_str(&c->args, "url", ""));
    snprintf(m.demo.registry_url, sizeof(m.demo.registry_url), "%s",
        args_str(&c->args, "registry-url", ""));
    if (e == OK)
        e = full_path(dir, m.demo.data);
    if (e == OK)
        e = full_path(args_str(&c->args, "bin", ""), m.demo.bin);
    if (e == OK)
        e = data_has_showroom(dir) ? reuse(&m) : make(&m);
    if (e == OK)
        say_demo(c, &m.demo);
    refused_finish(&m.refused);
    buf_finish(&m.products);
    return e;
}
