#include "sync/registry/labels.h"

#include <stdio.h>
#include <string.h>

#include "base/canon.h"
#include "base/clock.h"
#include "base/json.h"
#include "db/db.h"
#include "db/registry/labels.h"
#include "db/registry/records.h"
#include "sync/label_token.h"
#include "sync/record.h"

/* --- the public keys --- */

struct listing {
    struct publisher *p;
    struct named *now;
    char province[8]; /* being written; "": none */
    struct buf *text;
    struct canon c;
};

static void
begin_list(struct listing *l, const char *province)
{
    snprintf(l->province, sizeof(l->province), "%s", province);
    canon_init(&l->c, l->text);
    canon_obj(&l->c);
    canon_key(&l->c, "keys");
    canon_arr(&l->c);
}

static void
add_key(struct listing *l, const struct reg_label_key *k)
{
    char hex[2 * CRYPTO_PUBLIC + 1], day[CLOCK_DATE_SIZE];

    crypto_hex(k->public_key, sizeof(k->public_key), hex);
    clock_format_date(k->from_day, day);
    canon_obj(&l->c);
    canon_put_str(&l->c, "from", day);
    canon_put_int(&l->c, "number", k->number);
    canon_put_str(&l->c, "public", hex);
    canon_end_obj(&l->c);
}

static void
end_list(struct listing *l)
{
    canon_end_arr(&l->c);
    canon_put_str(&l->c, "province", l->province);
    canon_put_str(&l->c, "schema", "ocop-labels/1");
    canon_end_obj(&l->c);
    canon_end(&l->c);
    buf_add_char(l->text, '\n');
}

/* Name what was written of a province. */
static enum err
name_list(struct listing *l)
{
    char path[TREE_NAME], custom[NAMED_CUSTOM];
    enum err e;

    if (!l->province[0])
        return OK;
    end_list(l);
    snprintf(path, sizeof(path), "vn/labels-%s.json", l->province);
    snprintf(custom, sizeof(custom),
        "{\"kind\":\"labels\",\"province\":\"%s\"}", l->province);
    e = named_add(
        l->now, l->p, path, l->text->data, l->text->len, custom);
    buf_clear(l->text);
    return e;
}

static enum err
list_key(void *arg, const struct reg_label_key *k)
{
    struct listing *l = arg;
    enum err e = OK;

    if (strcmp(k->province_code, l->province) != 0) {
        e = name_list(l);
        begin_list(l, k->province_code);
    }
    add_key(l, k);
    return e;
}

enum err
labels_make(struct publisher *p, struct named *now)
{
    struct listing l = {.p = p, .now = now};
    struct buf text;
    enum err e;

    buf_init(&text, 64 * 1024); /* 255 keys at most */
    l.text = &text;
    e = db_reg_label_keys(p->db, list_key, &l);
    if (e == OK)
        e = name_list(&l);
    buf_finish(&text);
    return e;
}

/* --- the tokens of a province --- */

struct writing {
    struct labels_ask *ask;
    struct buf *out;
    uint8_t public[CRYPTO_PUBLIC]; /* of the key that signs */
    const uint8_t *secret;
};

static enum err
find_newest(void *arg, const struct reg_label_key *k)
{
    struct writing *w = arg;

    if (strcmp(k->province_code, w->ask->province) != 0)
        return OK;
    w->ask->number = k->number;
    memcpy(w->public, k->public_key, sizeof(w->public));
    return OK;
}

/* As the province's key for its lists; a first one by a passphrase. */
static bool
is_guarded(const struct labels_ask *ask)
{
    char role[KEY_ROLE];

    snprintf(role, sizeof(role), "p%s", ask->province);
    for (size_t i = 0; i < ask->keys->len; i++)
        if (strcmp(ask->keys->files[i].role, role) == 0)
            return ask->keys->files[i].protected;
    return true;
}

static enum err
keep_key(struct db *db, void *arg)
{
    struct writing *w = arg;
    struct reg_label_key k = {.province_code = w->ask->province,
        .from_day = clock_day(w->ask->now),
        .at = w->ask->now,
        .by_whom = w->ask->by};

    memcpy(k.public_key, w->public, sizeof(k.public_key));
    return db_reg_label_key_add(db, &k, &w->ask->number);
}

static enum err
make_key(struct writing *w)
{
    struct labels_ask *ask = w->ask;
    const struct key *key;
    char role[KEY_ROLE];
    enum err e;

    snprintf(role, sizeof(role), "label-%s", ask->province);
    e = keys_make(
        ask->keys, ask->folder, role, is_guarded(ask), ask->now, &key);
    if (e != OK)
        return e;
    memcpy(w->public, key->public, sizeof(w->public));
    ask->made = true;
    return db_write_alone(ask->db, "label key", keep_key, w);
}

/* The key that signs, ready to. */
static enum err
open_key(struct writing *w)
{
    struct tuf_signer signer;
    char id[TUF_KEYID];
    enum err e = db_reg_label_keys(w->ask->db, find_newest, w);

    if (e == OK && (w->ask->number == 0 || w->ask->new_key))
        e = make_key(w);
    if (e != OK)
        return e;
    tuf_keyid(w->public, id);
    e = keys_signer(w->ask->keys, id, &signer);
    crypto_wipe(&signer, sizeof(signer));
    if (e == OK)
        w->secret = keys_find(w->ask->keys, id)->secret;
    return e;
}

static enum err
write_head_key(void *arg, const struct reg_label_key *k)
{
    struct listing *l = arg;

    if (strcmp(k->province_code, l->province) == 0)
        add_key(l, k);
    return OK;
}

static enum err
write_head(struct writing *w)
{
    struct listing l = {.text = w->out};
    enum err e;

    begin_list(&l, w->ask->province);
    e = db_reg_label_keys(w->ask->db, write_head_key, &l);
    end_list(&l);
    return e;
}

static enum err
write_token(struct writing *w, const struct reg_version *v,
    const char *name, const char *producer)
{
    struct label_token token = {.cert = (uint32_t)v->cert,
        .stars = (uint8_t)v->stars,
        .from_day = v->from_day,
        .until_day = v->until_day,
        .key = (uint8_t)w->ask->number};
    struct canon c;
    struct buf digits;
    enum err e;

    label_token_name(name, producer, token.name);
    buf_init(&digits, LABEL_TOKEN_DIGITS);
    e = label_token_sign(&token, w->secret, &digits);
    if (e == OK) {
        canon_init(&c, w->out);
        canon_obj(&c);
        canon_put_int(&c, "cert", v->cert);
        canon_put_str(&c, "id", v->id);
        canon_put_str(&c, "token", digits.data);
        canon_end_obj(&c);
        canon_end(&c);
        buf_add_char(w->out, '\n');
        w->ask->count++;
    }
    buf_finish(&digits);
    return e;
}

/* Of this province, in force, and in a list. */
static enum err
take_record(void *arg, const struct reg_version *v)
{
    struct json_limits limits = {.max_bytes = RECORD_MAX};
    struct writing *w = arg;
    const struct json *place = NULL, *maker = NULL;
    const char *name, *producer, *province;
    struct json *doc;
    enum err e;

    if (!v->role || v->status != RECORD_ACTIVE ||
        v->until_day < clock_day(w->ask->now))
        return OK;
    e = json_parse(v->record, v->record_len, &limits, &doc);
    if (e != OK)
        return e;
    e = json_get_obj(doc, "place", &place);
    if (e == OK)
        e = json_get_str(place, "province_code", 8, &province);
    if (e == OK)
        e = json_get_obj(doc, "producer", &maker);
    if (e == OK)
        e = json_get_str(maker, "name", RECORD_NAME, &producer);
    if (e == OK)
        e = json_get_str(doc, "name", RECORD_NAME, &name);
    if (e == OK && strcmp(province, w->ask->province) == 0)
        e = write_token(w, v, name, producer);
    json_free(doc);
    return e;
}

enum err
labels_write(struct labels_ask *ask, struct buf *out)
{
    struct writing w = {.ask = ask, .out = out};
    int64_t last = 0;
    enum err e = open_key(&w);

    if (e == OK)
        e = write_head(&w);
    if (e == OK)
        e = db_reg_cert_last(ask->db, &last);
    if (e == OK)
        e = db_reg_records_of_certs(ask->db, 0, last, take_record, &w);
    if (e == OK && out->full)
        e = err_set(ERR_TOO_LARGE, "label tokens past %zu bytes", out->max);
    return e;
}
