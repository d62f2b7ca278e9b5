/* tests/tools/make_showroom.c - a showroom for the daemon to open:
 *
 *     make_showroom DIR < LIST.ndjson
 *
 * Showroom 101 with tills 1, 2 and 3, people 1 (owner), 2 (manager), 3 and 4
 * (cashiers), a token of each role, the certified products of LIST, and the
 * product p_1 that no price was ever given to, which no request can make.  All
 * else is for the API to do.  Says in a line what nobody can ask for later:
 *     {"pins":{"1":"...",..},"tokens":{"viewer":"...",..},"code":"..."}
 * where `code` enrols a device at till 1. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/json_out.h"
#include "pos/certified/take.h"
#include "pos/data.h"
#include "pos/fact/fact_product.h"
#include "pos/fact/fact_showroom.h"
#include "pos/staff/device.h"
#include "pos/staff/staff.h"
#include "sync/list.h"

enum { PEOPLE = 4, LIST_MAX = 4 * 1024 * 1024 };

static const struct {
    enum role role;
    const char *name, *pin;
} people[PEOPLE] = {
    {ROLE_OWNER, "Chị Hà", "4711"},
    {ROLE_MANAGER, "Anh Minh", "2468"},
    {ROLE_CASHIER, "Lan", "1357"},
    {ROLE_CASHIER, "Hùng", "9753"},
};

static void
must(enum err e)
{
    if (e == OK)
        return;
    fprintf(stderr, "make_showroom: %s: %s\n", err_name(e), err_msg());
    _exit(1);
}

struct made {
    struct journal_key key;
    struct staff_new staff[PEOPLE];
    struct token_new token[ROLE_OWNER + 1]; /* by role */
    struct device_code_new code;
    struct buf list;
};

static enum err
write_showroom(struct db *db, void *arg)
{
    struct made *m = arg;
    struct fact_showroom f = {.at = clock_now(),
        .showroom = {.number = 101, .name = "OCOP Tây Hồ",
            .commune = "00103"},
        .key = {.number = m->key.number}};
    struct journal_head head;

    memcpy(f.key.public_key, m->key.public_key, sizeof(f.key.public_key));
    return fact_showroom_post(db, &f, &head);
}

static enum err
write_people(struct db *db, void *arg)
{
    struct made *m = arg;
    struct till_put till = {.by = 1, .active = true};
    enum err e = OK;

    for (size_t i = 0; e == OK && i < PEOPLE; i++)
        e = staff_new_write(db, &m->staff[i]);
    for (int role = ROLE_VIEWER; e == OK && role <= ROLE_OWNER; role++)
        e = token_new_write(db, &m->token[role]);
    for (till.number = 1; e == OK && till.number <= 3; till.number++)
        e = till_put_write(db, &till);
    return e == OK ? device_code_write(db, &m->code) : e;
}

/* p_1: it can be found, and must not be sold. */
static enum err
write_unpriced(struct db *db, void *arg)
{
    struct fact_product f = {.at = clock_now(),
        .staff = 2,
        .product = {.id = 1, .sku = "CHUAGIA", .name = "Hàng chưa có giá",
            .unit = "cái", .vat_class = "8", .kind = PRODUCT_PIECE}};
    struct journal_head head;

    (void)arg;
    return fact_product_post(db, &f, &head);
}

static void
refuse(void *arg, size_t line, const struct err_state *why)
{
    (void)arg;
    fprintf(stderr, "make_showroom: line %zu: %s\n", line, why->msg);
    _exit(1);
}

/* The list's sequence is 1: it is the first. */
static enum err
write_list(struct db *db, void *arg)
{
    struct made *m = arg;
    struct certified_take take = {.staff = 1};
    struct list list;
    enum err e = list_read(m->list.data, m->list.len, refuse, NULL, &list);

    take.list = &list;
    if (e == OK)
        e = certified_take_write(db, &take);
    list_finish(&list);
    return e;
}

static void
prepare(struct made *m)
{
    char piece[4096];
    size_t n;

    for (size_t i = 0; i < PEOPLE; i++) {
        m->staff[i].role = people[i].role;
        m->staff[i].by = i ? 1 : 0;
        must(staff_new_prepare(&m->staff[i], people[i].name, people[i].pin));
    }
    for (int role = ROLE_VIEWER; role <= ROLE_OWNER; role++) {
        m->token[role].role = (enum role)role;
        m->token[role].by = 1;
        must(token_new_prepare(&m->token[role], "Kiểm thử"));
    }
    m->code.till = 1;
    m->code.by = 1;
    db_copy(m->code.name, sizeof(m->code.name), "Máy quầy");
    buf_init(&m->list, LIST_MAX);
    buf_add_str(&m->list, "");
    while ((n = fread(piece, 1, sizeof(piece), stdin)) > 0)
        buf_add(&m->list, piece, n);
}

static void
tell(const struct made *m)
{
    struct json_out o;
    struct buf out;
    char number[8];

    buf_init(&out, 4096);
    json_out_init(&o, &out);
    json_out_obj(&o);
    json_out_key(&o, "pins");
    json_out_obj(&o);
    for (size_t i = 0; i < PEOPLE; i++) {
        snprintf(number, sizeof(number), "%d", (int)m->staff[i].number);
        json_out_put_str(&o, number, people[i].pin);
    }
    json_out_end_obj(&o);
    json_out_key(&o, "tokens");
    json_out_obj(&o);
    json_out_put_str(&o, "viewer", m->token[ROLE_VIEWER].token);
    json_out_put_str(&o, "cashier", m->token[ROLE_CASHIER].token);
    json_out_put_str(&o, "manager", m->token[ROLE_MANAGER].token);
    json_out_put_str(&o, "owner", m->token[ROLE_OWNER].token);
    json_out_end_obj(&o);
    json_out_put_str(&o, "code", m->code.code);
    json_out_end_obj(&o);
    puts(out.data);
    buf_finish(&out);
}

int
main(int argc, char **argv)
{
    static struct made m;
    char path[DATA_PATH];
    struct db *db;

    if (argc != 2) {
        fputs("make_showroom DIR < LIST.ndjson\n", stderr);
        return 2;
    }
    must(crypto_init());
    prepare(&m);
    must(data_create(argv[1]));
    must(data_key_make(argv[1], 1, &m.key));
    data_path(argv[1], "ocop-pos.db", path);
    must(db_open(path, DB_WRITE, &db));
    db_journal_use_key(db, &m.key);
    must(db_write_alone(db, "showroom", write_showroom, &m));
    must(db_write_alone(db, "people", write_people, &m));
    must(db_write_alone(db, "product", write_unpriced, &m));
    must(db_write_alone(db, "list", write_list, &m));
    db_close(db);
    tell(&m);
    buf_finish(&m.list);
    return 0;
}
