/* What the centre publishes besides lists: showrooms with their keys, the
 * standing of every certificate number, names for the shopper's page. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/canon.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "db/registry/records.h"
#include "db/registry/showrooms.h"
#include "sync/record.h"
#include "sync/registry/lists.h"

enum { BLOCK = 256 /* certificate numbers */ };

static enum err
full(const struct buf *b, const char *what)
{
    return b->full ? err_set(ERR_TOO_LARGE, "%s past %zu bytes", what, b->max)
                   : OK;
}

struct rooms {
    struct db *db;
    struct canon c;
};

static void
put_day(struct canon *c, const char *name, int32_t day)
{
    char text[CLOCK_DATE_SIZE];

    clock_format_date(day, text);
    canon_put_str(c, name, text);
}

static enum err
write_room_key(void *arg, const struct reg_showroom_key *k)
{
    struct canon *c = arg;
    char hex[2 * CRYPTO_PUBLIC + 1];

    crypto_hex(k->public_key, sizeof(k->public_key), hex);
    canon_obj(c);
    put_day(c, "from", k->from_day);
    if (k->withdrawn_day)
        canon_put_int(c, "last_good_seq", k->last_good_seq);
    canon_put_int(c, "number", k->number);
    canon_put_str(c, "public", hex);
    if (k->withdrawn_day)
        put_day(c, "withdrawn", k->withdrawn_day);
    canon_end_obj(c);
    return OK;
}

static enum err
write_room(void *arg, const struct reg_showroom *s)
{
    struct rooms *r = arg;
    struct canon *c = &r->c;
    enum err e;

    canon_obj(c);
    canon_put_str(c, "commune", s->commune_code);
    canon_key(c, "keys");
    canon_arr(c);
    e = db_reg_showroom_keys(r->db, s->number, write_room_key, c);
    if (e != OK)
        return e;
    canon_end_arr(c);
    canon_put_str(c, "name", s->name);
    canon_put_int(c, "number", s->number);
    canon_end_obj(c);
    return OK;
}

enum err
showrooms_make(
    struct publisher *p, const struct named *old, struct named *now)
{
    struct rooms r = {.db = p->db};
    struct buf text;
    enum err e;

    buf_init(&text, TUF_BYTES_MAX);
    canon_init(&r.c, &text);
    canon_obj(&r.c);
    canon_put_str(&r.c, "schema", "ocop-showrooms/1");
    canon_key(&r.c, "showrooms");
    canon_arr(&r.c);
    e = db_reg_showrooms(p->db, write_room, &r);
    if (e == OK) {
        canon_end_arr(&r.c);
        canon_end_obj(&r.c);
        canon_end(&r.c);
        buf_add_char(&text, '\n');
        e = full(&text, "showrooms");
    }
    if (e == OK)
        e = versioned_add(p, old, now, "vn/showrooms-", ".json", "showrooms",
            text.data, text.len);
    buf_finish(&text);
    return e;
}

/* --- how certificates stand --- */

struct bits {
    int32_t today;
    uint8_t *bits;
};

/* How a certificate stands, in the two bits of contract/registry-protocol.md:
 * 0 in force, 1 expired (or followed by another), 2 suspended, 3 withdrawn (or
 * never given). */
static unsigned
standing(const struct reg_version *v, int32_t today)
{
    if (!v->role || v->status == RECORD_REVOKED)
        return 3;
    if (v->status == RECORD_SUSPENDED)
        return 2;
    return v->status == RECORD_SUPERSEDED || today > v->until_day ? 1 : 0;
}

static enum err
set_bits(void *arg, const struct reg_version *v)
{
    struct bits *b = arg;
    size_t at = (size_t)v->cert / 4;
    unsigned shift = 2 * ((unsigned)v->cert % 4);

    b->bits[at] &= (uint8_t)~(3u << shift);
    b->bits[at] |= (uint8_t)(standing(v, b->today) << shift);
    return OK;
}

enum err
status_make(struct publisher *p, const struct named *old, struct named *now)
{
    struct bits b = {.today = clock_day(p->now)};
    int64_t last = 0;
    size_t len;
    enum err e = db_reg_cert_last(p->db, &last);

    if (e != OK)
        return e;
    len = (size_t)last / 4 + 1;
    b.bits = mem_new(len, 1);
    memset(b.bits, 0xff, len);
    e = db_reg_records_of_certs(p->db, 0, last, set_bits, &b);
    if (e == OK)
        e = versioned_add(
            p, old, now, "vn/status-", ".bin", "status", b.bits, len);
    mem_free(b.bits);
    return e;
}

/* --- names, in blocks of certificates --- */

struct pages {
    struct publisher *p;
    struct named *now;
    int64_t block; /* being written; -1: none */
    struct buf text;
    struct canon c;
};

static enum err
end_block(struct pages *g)
{
    char path[TREE_NAME], custom[NAMED_CUSTOM];
    enum err e;

    if (g->block < 0)
        return OK;
    canon_end_arr(&g->c);
    canon_put_str(&g->c, "schema", "ocop-names/1");
    canon_end_obj(&g->c);
    canon_end(&g->c);
    buf_add_char(&g->text, '\n');
    e = full(&g->text, "names");
    snprintf(path, sizeof(path), "vn/names-%" PRId64 ".json", g->block);
    snprintf(custom, sizeof(custom),
        "{\"block\":%" PRId64 ",\"kind\":\"names\"}", g->block);
    if (e == OK)
        e = named_add(g->now, g->p, path, g->text.data, g->text.len, custom);
    buf_clear(&g->text);
    g->block = -1;
    return e;
}

static void
begin_block(struct pages *g, int64_t block)
{
    g->block = block;
    canon_init(&g->c, &g->text);
    canon_obj(&g->c);
    canon_put_int(&g->c, "block", block);
    canon_key(&g->c, "certs");
    canon_arr(&g->c);
}

/* A text of the record, when it is there. */
static void
copy_str(struct canon *c, const char *name, const struct json *obj,
    const char *key)
{
    const char *text = NULL;

    if (json_opt_str(obj, key, RECORD_MAX, &text) == OK && text)
        canon_put_str(c, name, text);
}

static void
write_name(struct canon *c, const struct reg_version *v,
    const struct json *doc)
{
    const struct json *place = json_find(doc, "place");
    const struct json *producer = json_find(doc, "producer");

    canon_obj(c);
    canon_put_int(c, "cert", v->cert);
    copy_str(c, "commune_code", place, "commune_code");
    copy_str(c, "evidence", doc, "evidence");
    canon_put_str(c, "id", v->id);
    copy_str(c, "name", doc, "name");
    copy_str(c, "place", place, "text");
    copy_str(c, "producer", producer, "name");
    canon_put_int(c, "stars", v->stars);
    put_day(c, "valid_from", v->from_day);
    put_day(c, "valid_until", v->until_day);
    canon_end_obj(c);
}

static enum err
take_record(void *arg, const struct reg_version *v)
{
    struct json_limits limits = {.max_bytes = RECORD_MAX};
    struct pages *g = arg;
    struct json *doc = NULL;
    enum err e = OK;

    if (!v->role)
        return OK;
    if (v->cert / BLOCK != g->block) {
        e = end_block(g);
        begin_block(g, v->cert / BLOCK);
    }
    if (e == OK)
        e = json_parse(v->record, v->record_len, &limits, &doc);
    if (e == OK)
        write_name(&g->c, v, doc);
    json_free(doc);
    return e;
}

enum err
names_make(struct publisher *p, struct named *now)
{
    struct pages g = {.p = p, .now = now, .block = -1};
    int64_t last = 0;
    enum err e = db_reg_cert_last(p->db, &last);

    if (e != OK)
        return e;
    buf_init(&g.text, TUF_BYTES_MAX);
    e = db_reg_records_of_certs(p->db, 0, last, take_record, &g);
    if (e == OK)
        e = end_block(&g);
    buf_finish(&g.text);
    return e;
}
