#include "tests/fault/crash_books.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/json.h"
#include "base/mem.h"
#include "db/db.h"
#include "db/proof.h"
#include "pos/proof/verify.h"
#include "pos/sell/receipt_no.h"

static void
must(enum err e, const char *what)
{
    if (e == OK)
        return;
    fprintf(stderr, "FAIL %s: %s\n", what, err_msg());
    abort();
}

void
crash_books_init(struct crash_books *b, const char *path)
{
    *b = (struct crash_books){.len = 0};
    snprintf(b->path, sizeof(b->path), "%s", path);
}

void
crash_books_finish(struct crash_books *b)
{
    mem_free(b->sales);
}

static enum err
read_sale(struct crash_ack *a, const struct json *body)
{
    const struct json *request;
    const char *no, *key;
    enum err e = json_get_str(body, "receipt_no", RECEIPT_NO - 1, &no);

    if (e == OK)
        e = receipt_no_parse(no, 0, &a->sale_id);
    if (e == OK)
        e = json_get_int(body, "total", 0, JSON_INT_MAX, &a->total);
    if (e == OK)
        e = json_get_obj(body, "request", &request);
    if (e == OK)
        e = json_get_str(request, "key", DB_KEY - 1, &key);
    if (e == OK)
        snprintf(a->key, sizeof(a->key), "%s", key);
    return e;
}

static enum err
add_record(void *arg, const struct proof_record *r)
{
    struct crash_books *b = arg;
    struct crash_ack *a;
    struct json *body;
    enum err e = OK;

    b->last = r->seq;
    if (strcmp(r->kind, "sale") != 0)
        return OK;
    if (b->len == b->cap) {
        b->cap = b->cap ? b->cap * 2 : 1024;
        b->sales = mem_resize(b->sales, b->cap, sizeof(*b->sales));
    }
    a = &b->sales[b->len++];
    *a = (struct crash_ack){.seq = r->seq};
    crypto_hex(r->hash, 32, a->hash);
    must(json_parse(r->body, r->body_len, NULL, &body), "a record");
    e = read_sale(a, body);
    json_free(body);
    if (e == OK && a->sale_id != (int64_t)b->len)
        e = err_set(ERR_BOOKS, "receipt %" PRId64 " is the %zu.", a->sale_id,
            b->len);
    return e;
}

void
crash_books_read(struct crash_books *b)
{
    struct db *db;

    must(db_proof_open(b->path, &db), "the file after a crash");
    must(db_proof_records(db, b->last + 1, -1, add_record, b), "the journal");
    db_close(db);
}

static int
same(const struct crash_ack *said, const struct crash_ack *is)
{
    return strcmp(said->key, is->key) == 0
        && (!said->seq || said->seq == is->seq)
        && (!said->total || said->total == is->total)
        && (!said->hash[0] || strcmp(said->hash, is->hash) == 0);
}

size_t
crash_books_lost(const struct crash_books *b, const struct crash_ack *acks,
    size_t len)
{
    size_t lost = 0;

    for (size_t i = 0; i < len; i++) {
        int64_t id = acks[i].sale_id;

        if (id > 0 && id <= (int64_t)b->len
            && same(&acks[i], &b->sales[id - 1]))
            continue;
        lost++;
        fprintf(stderr, "  lost: receipt %" PRId64 ", record %" PRId64
            ", key %s\n", id, acks[i].seq, acks[i].key);
    }
    return lost;
}

static int
compare_keys(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t
crash_books_doubled(const struct crash_books *b)
{
    const char **keys = mem_new(b->len + 1, sizeof(*keys));
    size_t doubled = 0;

    for (size_t i = 0; i < b->len; i++)
        keys[i] = b->sales[i].key;
    qsort(keys, b->len, sizeof(*keys), compare_keys);
    for (size_t i = 1; i < b->len; i++)
        if (strcmp(keys[i - 1], keys[i]) == 0) {
            doubled++;
            fprintf(stderr, "  sold twice: key %s\n", keys[i]);
        }
    mem_free(keys);
    return doubled;
}

static void
say(void *arg, const struct verify_finding *f)
{
    struct buf text;

    (void)arg;
    buf_init(&text, 16 * 1024);
    verify_sentence(LANG_EN, f, &text);
    fprintf(stderr, "FAIL %s\n", text.data);
    buf_finish(&text);
}

int64_t
crash_books_prove(const struct crash_books *b, int full)
{
    struct verify_options options = {.database = b->path, .full = full};
    struct verify_report report;

    must(verify_run(&options, say, NULL, &report), "verify");
    return report.findings;
}
