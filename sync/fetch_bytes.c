#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/gzip.h"
#include "base/mem.h"
#include "sync/fetch_inner.h"

static enum err
take(void *arg, const struct fetch_head *head, const void *bytes, size_t len)
{
    struct buf *wire = arg;

    (void)head;
    buf_add(wire, bytes, len); /* fetch_ask keeps to the limit */
    return OK;
}

/* gzip's failure, told as the network's. */
static enum err
refuse_packed(const struct fetch *f, enum err e, const char *path, size_t max)
{
    char why[200];

    snprintf(why, sizeof(why), "%s", err_msg());
    if (e != ERR_TOO_LARGE)
        return fetch_refuse(f, ERR_FETCH, path, "encoding", why);
    err_arg("max", "%zu", max);
    return fetch_refuse(f, ERR_FETCH, path, "too_large", why);
}

/* What came, unpacked, behind `out`. */
static enum err
unpack(const struct fetch *f, const char *path, const struct fetch_head *head,
    const struct buf *wire, size_t max, struct buf *out)
{
    size_t before = out->len;
    enum err e;

    if (head->packed) {
        e = gzip_unpack(wire->data, wire->len, max, out);
        return e ? refuse_packed(f, e, path, max) : OK;
    }
    if (wire->len <= max)
        buf_add(out, wire->data, wire->len);
    if (wire->len <= max && !out->full)
        return OK;
    buf_cut(out, before);
    err_arg("max", "%zu", max);
    return fetch_refuse(f, ERR_FETCH, path, "too_large", "body of the answer");
}

static enum err
ask_bytes(struct fetch *f, const char *path, const char *if_not, size_t max,
    struct fetch_head *head, struct buf *out)
{
    struct buf wire;
    struct fetch_ask ask = {.path = path,
        .if_not = if_not,
        .max = (int64_t)max + FETCH_PACKED_SLACK,
        .take = take,
        .arg = &wire};
    enum err e;

    buf_init(&wire, max + FETCH_PACKED_SLACK);
    e = fetch_ask(f, &ask, head);
    if (!e && head->status != 304)
        e = unpack(f, path, head, &wire, max, out);
    buf_finish(&wire);
    return e;
}

enum err
fetch_bytes(struct fetch *f, const char *path, size_t max, struct buf *out)
{
    struct fetch_head head;

    return ask_bytes(f, path, NULL, max, &head, out);
}

static struct fetch_kept *
kept_find(struct fetch *f, const char *path)
{
    for (size_t i = 0; i < FETCH_KEPT; i++)
        if (f->kept[i].path && strcmp(f->kept[i].path, path) == 0)
            return &f->kept[i];
    return NULL;
}

static void
kept_forget(struct fetch_kept *k)
{
    if (!k->path)
        return;
    mem_free(k->path);
    k->path = NULL;
    buf_finish(&k->bytes);
}

static void
kept_store(struct fetch *f, const char *path, const char *etag,
    const char *bytes, size_t len)
{
    struct fetch_kept *k = kept_find(f, path);

    if (!k)
        k = &f->kept[f->kept_next++ % FETCH_KEPT];
    kept_forget(k);
    if (!etag[0] || len > FETCH_KEPT_BYTES)
        return;
    k->path = mem_dup_str(path);
    memcpy(k->etag, etag, sizeof(k->etag));
    buf_init(&k->bytes, FETCH_KEPT_BYTES);
    buf_add(&k->bytes, bytes, len);
}

enum err
fetch_bytes_again(
    struct fetch *f, const char *path, size_t max, struct buf *out)
{
    struct fetch_kept *k = kept_find(f, path);
    size_t before = out->len;
    struct fetch_head head;
    enum err e;

    if (k && k->bytes.len > max)
        k = NULL;
    e = ask_bytes(f, path, k ? k->etag : NULL, max, &head, out);
    if (e)
        return e;
    if (head.status != 304) {
        kept_store(f, path, head.etag, out->data + before, out->len - before);
        return OK;
    }
    assert(k); /* fetch_ask takes no 304 that was not asked for */
    buf_add(out, k->bytes.data, k->bytes.len);
    if (!out->full)
        return OK;
    buf_cut(out, before);
    err_arg("max", "%zu", max);
    return fetch_refuse(f, ERR_FETCH, path, "too_large", "no room for it");
}
