#include "tests/tools/list_fixture.h"

#include <stdio.h>

#include "pos/certified/take.h"
#include "sync/list.h"

void
list_text_init(struct list_text *t)
{
    buf_init(&t->buf, 1024 * 1024);
}

void
list_text_finish(struct list_text *t)
{
    buf_finish(&t->buf);
}

static const char *
either(const char *said, const char *standard)
{
    return said ? said : standard;
}

static void
add_info(struct buf *b, const struct list_record *r)
{
    buf_printf(b, "\"status_info\":{\"at\":\"%s\",\"reason\":\"thử\","
        "\"recall\":\"%s\"",
        either(r->at, "2026-11-01"), either(r->recall, "none"));
    if (r->next)
        buf_printf(b, ",\"superseded_by\":\"%s\"", r->next);
    buf_add_str(b, "},");
}

void
list_text_add(struct list_text *t, const struct list_record *r)
{
    struct buf *b = &t->buf;

    buf_printf(b, "{\"schema\":\"ocop-product/1\",\"id\":\"%s\",\"cert\":%d,"
        "\"rev\":1,\"name\":\"%s\",\"producer\":{\"id\":\"P\",\"name\":\"%s\","
        "\"form\":\"cooperative\"},\"place\":{\"province_code\":\"01\"},",
        r->id, r->cert, either(r->name, r->id),
        either(r->producer, "HTX Minh Dương"));
    buf_printf(b, "\"group\":{\"scheme\":\"QD26-2026\",\"code\":\"06\"},"
        "\"stars\":%d,\"decision\":{\"date\":\"%s\",\"issuer\":\"UBND\","
        "\"issuer_level\":\"province\"},\"valid_from\":\"%s\","
        "\"valid_until\":\"%s\",", r->stars ? r->stars : 4,
        either(r->from, "2026-01-01"), either(r->from, "2026-01-01"),
        either(r->until, "2028-12-31"));
    if (r->gtin)
        buf_printf(b, "\"gtins\":[\"%s\"],", r->gtin);
    if (r->status)
        add_info(b, r);
    buf_printf(b, "\"status\":\"%s\",\"evidence\":\"demo\"}\n",
        either(r->status, "active"));
}

static void
refuse(void *arg, size_t line, const struct err_state *why)
{
    int *refused = arg;

    fprintf(stderr, "list: line %zu: %s\n", line, why->msg);
    ++*refused;
}

enum err
list_text_take(struct list_text *t, struct fixture *f)
{
    struct certified_take take = {.staff = 0};
    struct list list;
    int refused = 0;
    enum err e = list_read(t->buf.data, t->buf.len, refuse, &refused, &list);

    take.list = &list;
    if (e == OK)
        e = fixture_write(f, certified_take_write, &take);
    list_finish(&list);
    buf_clear(&t->buf);
    return e == OK && refused ? ERR_INVALID : e;
}
