#include "sync/registry/lists.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json_out.h"
#include "db/product.h"
#include "db/registry/lists.h"

static enum err
full(const struct buf *b, const char *path)
{
    err_arg("file", "%s", path);
    return b->full ? err_set(ERR_TOO_LARGE, "%s past %zu bytes", path, b->max)
                   : OK;
}

struct lines {
    struct buf text;
    int64_t count;
};

static enum err
add_line(void *arg, const char *id, int64_t rev, const char *record,
    size_t len)
{
    struct lines *l = arg;

    (void)id;
    (void)rev;
    buf_add(&l->text, record, len);
    buf_add_char(&l->text, '\n');
    l->count++;
    return OK;
}

/* {"op":"put","rec":...} or {"id":...,"op":"drop","rev":...} */
static enum err
add_step(void *arg, const char *id, int64_t rev, const char *record,
    size_t len)
{
    struct lines *l = arg;
    struct json_out o;

    json_out_init(&o, &l->text);
    json_out_obj(&o);
    if (!record)
        json_out_put_str(&o, "id", id);
    json_out_put_str(&o, "op", record ? "put" : "drop");
    if (record) {
        json_out_key(&o, "rec");
        json_out_raw(&o, record, len);
    } else {
        json_out_put_int(&o, "rev", rev);
    }
    json_out_end_obj(&o);
    json_out_end(&o);
    buf_add_char(&l->text, '\n');
    l->count++;
    return OK;
}

/* The delta from `from`; how many steps it has. */
static enum err
make_delta(struct publisher *p, const struct reg_list *list, int64_t from,
    struct named *now, int64_t *steps_out)
{
    char path[TREE_NAME], custom[NAMED_CUSTOM], state[2 * CRYPTO_HASH + 1];
    struct lines l = {.count = 0};
    enum err e;

    crypto_hex(list->sha256, sizeof(list->sha256), state);
    snprintf(path, sizeof(path), "%s/delta-%" PRId64 "-%" PRId64 ".ndjson",
        list->role, from, list->seq);
    snprintf(custom, sizeof(custom),
        "{\"from\":%" PRId64 ",\"kind\":\"delta\",\"seq\":%" PRId64
        ",\"state\":\"%s\"}",
        from, list->seq, state);
    buf_init(&l.text, TUF_BYTES_MAX);
    e = db_reg_list_delta(p->db, list->role, from, list->seq, add_step, &l);
    if (e == OK)
        e = full(&l.text, path);
    if (e == OK)
        e = named_add(now, p, path, l.text.data, l.text.len, custom);
    *steps_out = l.count;
    buf_finish(&l.text);
    return e;
}

static enum err
make_list(struct publisher *p, struct reg_list *list, struct named *now)
{
    char path[TREE_NAME], custom[NAMED_CUSTOM];
    struct lines l = {.count = 0};
    enum err e;

    snprintf(path, sizeof(path), "%s/list-%" PRId64 ".ndjson", list->role,
        list->seq);
    snprintf(custom, sizeof(custom),
        "{\"kind\":\"full\",\"seq\":%" PRId64 "}", list->seq);
    buf_init(&l.text, TUF_BYTES_MAX);
    e = db_reg_list_at(p->db, list->role, list->seq, add_line, &l);
    if (e == OK)
        e = full(&l.text, path);
    if (e == OK)
        e = named_add(now, p, path, l.text.data, l.text.len, custom);
    if (e == OK) {
        list->records = l.count;
        list->length = (int64_t)l.text.len;
        memcpy(list->sha256, now->all[now->len - 1].sha256, CRYPTO_HASH);
        e = db_reg_list_finish(p->db, list);
    }
    buf_finish(&l.text);
    return e;
}

static enum err
make_next(struct publisher *p, const char *role, struct named *now,
    struct list_made *made)
{
    struct reg_list list = {.at = p->now};
    int64_t first, steps;
    enum err e = db_reg_list_begin(p->db, role, &list.seq);

    snprintf(list.role, sizeof(list.role), "%s", role);
    db_copy(list.by_whom, sizeof(list.by_whom), p->by);
    if (e == OK)
        e = make_list(p, &list, now);
    first = list.seq > LISTS_DELTAS ? list.seq - LISTS_DELTAS : 1;
    for (int64_t from = first; e == OK && from < list.seq; from++) {
        e = make_delta(p, &list, from, now, &steps);
        made->changes = steps; /* of the last: from the one before */
    }
    if (list.seq == 1)
        made->changes = list.records;
    made->seq = list.seq;
    made->records = list.records;
    return e;
}

enum err
lists_make(struct publisher *p, const char *role, const struct named *old,
    struct named *now, struct list_made *made_out)
{
    char prefix[2][KEY_ROLE + 8];
    int64_t pending = 0;
    enum err e = db_reg_list_pending(p->db, role, &pending);

    *made_out = (struct list_made){.seq = 0};
    if (e != OK || pending > 0)
        return e == OK ? make_next(p, role, now, made_out) : e;
    snprintf(prefix[0], sizeof(prefix[0]), "%s/delta-", role);
    snprintf(prefix[1], sizeof(prefix[1]), "%s/list-", role);
    named_keep(now, old, prefix[0]);
    named_keep(now, old, prefix[1]);
    return OK;
}

enum err
versioned_add(struct publisher *p, const struct named *old,
    struct named *now, const char *prefix, const char *end, const char *kind,
    const void *bytes, size_t len)
{
    char path[TREE_NAME], custom[NAMED_CUSTOM];
    uint8_t sha256[CRYPTO_HASH];
    size_t at = 0;
    const struct named_target *was = named_next(old, prefix, &at);
    int64_t version = 1;

    crypto_sha256(bytes, len, sha256);
    if (was)
        version = strtoll(was->path + strlen(prefix), NULL, 10);
    if (was && memcmp(was->sha256, sha256, sizeof(sha256)) != 0)
        version++;
    snprintf(path, sizeof(path), "%s%" PRId64 "%s", prefix, version, end);
    snprintf(custom, sizeof(custom),
        "{\"kind\":\"%s\",\"seq\":%" PRId64 "}", kind, version);
    return named_add(now, p, path, bytes, len, custom);
}
