#include "pos/certified/tokens.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/mem.h"
#include "db/label.h"
#include "db/product.h"
#include "db/readers.h"
#include "db/trust.h"
#include "db/writer.h"
#include "pos/shop.h"
#include "sync/tuf/metadata.h"

enum { KEYS = 256, HEAD_MAX = 64 * 1024, LINE_MAX_BYTES = 1024 };

struct keys {
    bool known[KEYS];
    uint8_t public[KEYS][CRYPTO_PUBLIC];
};

/* A token that was found good. */
struct found {
    int64_t cert;
    char digits[DB_LABEL_TOKEN];
};

struct work {
    struct tokens_import *ask;
    struct db *db; /* a reader, until all is judged */
    struct keys keys;
    struct found *found;
    size_t len, cap;
    int64_t line, now;
};

static enum err
untrusted(const struct work *w, const char *which)
{
    err_arg("case", "%s", which);
    err_arg("line", "%" PRId64, w->line);
    return err_set(ERR_LIST_UNTRUSTED, "line %" PRId64 ": %s", w->line, which);
}

/* --- whose keys --- */

struct head {
    const char *bytes; /* the first line, its LF too */
    size_t len;
    const char *province;
    bool seen, named; /* "vn" is there; it names these bytes */
};

static enum err
look_in_vn(void *arg, const struct trust *t, const char *bytes, size_t len)
{
    struct head *h = arg;
    const struct tuf_target *target;
    struct tuf_targets vn;
    uint8_t sha256[CRYPTO_HASH];
    char path[32];
    enum err e;

    if (strcmp(t->role, "vn") != 0)
        return OK;
    h->seen = true;
    e = tuf_targets_read("vn", bytes, len, &vn);
    if (e != OK)
        return e;
    snprintf(path, sizeof(path), "vn/labels-%s.json", h->province);
    target = tuf_targets_find(&vn, path);
    crypto_sha256(h->bytes, h->len, sha256);
    h->named = target && target->length == (int64_t)h->len &&
               memcmp(target->sha256, sha256, sizeof(sha256)) == 0;
    tuf_targets_finish(&vn);
    return OK;
}

static enum err
read_key(struct work *w, const struct json *v)
{
    const char *hex = "";
    int64_t number = 0;
    enum err e = json_get_int(v, "number", 1, KEYS - 1, &number);

    if (e == OK)
        e = json_get_str(v, "public", 2 * CRYPTO_PUBLIC, &hex);
    if (e == OK && strlen(hex) != 2 * CRYPTO_PUBLIC)
        e = untrusted(w, "label_line");
    if (e == OK)
        e = crypto_unhex(hex, 2 * CRYPTO_PUBLIC, w->keys.public[number]);
    w->keys.known[number] = e == OK;
    return e;
}

static enum err
read_keys(struct work *w, const struct json *doc)
{
    const struct json *list = NULL;
    enum err e = json_get_arr(doc, "keys", KEYS, &list);

    for (size_t i = 0; e == OK && i < json_len(list); i++)
        e = read_key(w, json_at(list, i));
    return e;
}

static bool
is_province(const char *code)
{
    return strlen(code) == 2 && strspn(code, "0123456789") == 2;
}

/* The first line: believed when the verified metadata names it. */
static enum err
read_head(struct work *w, const char *bytes, size_t len)
{
    struct json_limits limits = {.max_bytes = HEAD_MAX};
    struct head h = {.bytes = bytes, .len = len, .province = ""};
    struct json *doc;
    enum err e = json_parse(bytes, len, &limits, &doc);

    if (e != OK)
        return untrusted(w, "label_line");
    e = json_get_str(doc, "province", 4, &h.province);
    if (e != OK || !is_province(h.province))
        e = untrusted(w, "label_line");
    if (e == OK)
        e = db_trust_each(w->db, look_in_vn, &h);
    if (e == OK && !h.seen) {
        err_arg("case", "labels_list");
        e = err_set(ERR_NOT_FOUND, "nothing of a registry is trusted yet");
    }
    if (e == OK && !h.named)
        e = untrusted(w, "labels");
    if (e == OK)
        e = read_keys(w, doc);
    if (e == OK)
        db_copy(w->ask->province, sizeof(w->ask->province), h.province);
    json_free(doc);
    return e;
}

/* --- tokens --- */

bool
tokens_fit(const struct label_token *token, const struct certified *c)
{
    uint8_t name[LABEL_TOKEN_NAME];

    label_token_name(c->name, c->producer, name);
    return token->cert == (uint64_t)c->cert && token->stars == c->stars &&
           token->from_day == c->from_day &&
           token->until_day == c->until_day &&
           memcmp(token->name, name, sizeof(name)) == 0;
}

static void
keep(struct work *w, int64_t cert, const char *digits)
{
    if (w->len == w->cap) {
        w->cap = w->cap ? w->cap * 2 : 256;
        w->found = mem_resize(w->found, w->cap, sizeof(*w->found));
    }
    w->found[w->len].cert = cert;
    db_copy(w->found[w->len].digits, DB_LABEL_TOKEN, digits);
    w->len++;
}

static enum err
judge_token(struct work *w, const char *id, const char *digits)
{
    uint8_t bytes[LABEL_TOKEN_BYTES];
    struct label_token token;
    struct certified c;
    enum err e;

    if (label_token_read(digits, &token, bytes) != OK)
        return untrusted(w, "label_line");
    if (!w->keys.known[token.key] ||
        !label_token_ok(bytes, w->keys.public[token.key]))
        return untrusted(w, "label_signature");
    e = db_certified_by_id(w->db, id, &c);
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    if (e == OK && strcmp(c.province_code, w->ask->province) == 0 &&
        tokens_fit(&token, &c))
        keep(w, c.cert, digits);
    else
        w->ask->other++;
    return OK;
}

static enum err
read_token(struct work *w, const char *bytes, size_t len)
{
    struct json_limits limits = {.max_bytes = LINE_MAX_BYTES};
    const char *id = "", *digits = "";
    struct json *doc;
    enum err e = json_parse(bytes, len, &limits, &doc);

    if (e != OK)
        return untrusted(w, "label_line");
    e = json_get_str(doc, "id", DB_ID - 1, &id);
    if (e == OK)
        e = json_get_str(doc, "token", LABEL_TOKEN_DIGITS, &digits);
    e = e == OK ? judge_token(w, id, digits) : untrusted(w, "label_line");
    json_free(doc);
    return e;
}

static enum err
read_lines(struct work *w)
{
    const char *at = w->ask->text, *end = at + w->ask->len, *lf;
    enum err e = OK;

    for (; e == OK && at < end; at = lf + 1) {
        w->line++;
        lf = memchr(at, '\n', (size_t)(end - at));
        if (!lf)
            return untrusted(w, "label_line"); /* cut off */
        e = w->line == 1 ? read_head(w, at, (size_t)(lf + 1 - at))
                         : read_token(w, at, (size_t)(lf - at));
    }
    return e == OK && w->line == 0 ? untrusted(w, "label_line") : e;
}

static enum err
put_all(struct db *db, void *arg)
{
    const struct work *w = arg;
    enum err e = OK;

    for (size_t i = 0; e == OK && i < w->len; i++)
        e = db_label_token_put(
            db, w->found[i].cert, w->found[i].digits, w->now);
    return e;
}

enum err
tokens_import(struct shop *shop, struct tokens_import *ask)
{
    struct work *w = mem_new(1, sizeof(*w));
    enum err e;

    w->ask = ask;
    w->now = clock_now();
    w->db = readers_take(shop->readers);
    e = read_lines(w);
    readers_give(shop->readers, w->db);
    if (e == OK)
        e = db_write(shop->writer, "label_tokens", put_all, w);
    ask->taken = e == OK ? (int64_t)w->len : 0;
    mem_free(w->found);
    mem_free(w);
    return e;
}

/* --- on a label --- */

enum err
tokens_url(struct db *db, const struct certified *c, const char *verify_base,
    struct buf *out)
{
    size_t len = strlen(verify_base);
    uint8_t bytes[LABEL_TOKEN_BYTES];
    char digits[DB_LABEL_TOKEN];
    struct label_token token;
    enum err e;

    if (len < 2 || strcmp(verify_base + len - 2, "/r") != 0)
        return OK;
    e = db_label_token_get(db, c->cert, digits);
    if (e == ERR_NOT_FOUND)
        return OK;
    if (e == OK)
        e = label_token_read(digits, &token, bytes);
    if (e != OK || !tokens_fit(&token, c))
        return e;
    buf_add(out, verify_base, len - 1);
    buf_printf(out, "p#%s", digits);
    return OK;
}
