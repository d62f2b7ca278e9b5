#include "pos/proof/verify_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/canon.h"
#include "base/crypto.h"

/* A record's line: its body, and some hundred bytes around it. */
enum { LINE_MAX_BYTES = JOURNAL_BODY_MAX + 4096, LINE_DEPTH = 17 };

static const struct json_limits limits = {
    .max_bytes = LINE_MAX_BYTES, .max_depth = LINE_DEPTH};

static void
tell_line(struct verify_chain *c, int64_t line, const char *why)
{
    struct verify_finding f = {.what = "line"};

    verify_put_int(&f, "line", line);
    verify_put(&f, "why", why);
    verify_tell(c->sink, &f);
    c->damaged = true;
}

/* Append the next line without its end.  False at the end of the file. */
static bool
next_line(FILE *file, struct buf *line)
{
    char piece[4096];

    buf_clear(line);
    while (fgets(piece, sizeof(piece), file)) {
        size_t len = strlen(piece);

        if (len && piece[len - 1] == '\n') {
            buf_add(line, piece, len - 1);
            return true;
        }
        buf_add(line, piece, len);
    }
    return line->len > 0;
}

static enum err
read_told_key(const struct json *v, struct showroom_key *out)
{
    const char *hex;
    enum err e = json_get_int(v, "number", 1, INT32_MAX, &out->number);

    if (e == OK)
        e = json_get_str(v, "public", 64, &hex);
    if (e == OK)
        e = crypto_unhex(hex, 64, out->public_key);
    if (e == OK)
        e = json_get_int(v, "from", 1, JSON_INT_MAX, &out->from_seq);
    return e;
}

static enum err
read_head(struct verify_chain *c, const struct buf *line)
{
    const struct json *keys;
    struct json *head;
    enum err e = json_parse(line->data, line->len, &limits, &head);

    if (e == OK)
        e = json_get_int(head, "showroom", 1, UINT32_MAX, &c->showroom);
    if (e == OK)
        e = json_get_arr(head, "keys", VERIFY_KEYS, &keys);
    for (size_t i = 0; e == OK && i < json_len(keys); i++)
        e = read_told_key(json_at(keys, i), &c->told[c->told_len++]);
    json_free(head);
    return e;
}

static enum err
get_hex(const struct json *v, const char *key, uint8_t *out, size_t len)
{
    const char *hex;
    enum err e = json_get_str(v, key, 2 * len, &hex);

    if (e == OK && strlen(hex) != 2 * len)
        e = err_set(ERR_FIELD_VALUE, "%s is too short", key);
    return e == OK ? crypto_unhex(hex, 2 * len, out) : e;
}

static enum err
add_record(struct verify_chain *c, const struct json *v)
{
    static const char *const names[] = {
        "seq", "kind", "body", "hash", "sig", NULL};
    uint8_t hash[JOURNAL_HASH], sig[JOURNAL_SIG];
    struct proof_record r = {.hash = hash, .hash_len = sizeof(hash),
        .sig = sig, .sig_len = sizeof(sig)};
    const struct json *body;
    struct buf text;
    enum err e = json_only(v, names);

    buf_init(&text, JOURNAL_BODY_MAX);
    if (e == OK)
        e = json_get_int(v, "seq", 1, JSON_INT_MAX, &r.seq);
    if (e == OK)
        e = json_get_str(v, "kind", JOURNAL_KIND_MAX, &r.kind);
    if (e == OK)
        e = json_get_obj(v, "body", &body);
    if (e == OK)
        e = canon_of_json(body, &text);
    if (e == OK)
        e = get_hex(v, "hash", hash, sizeof(hash));
    if (e == OK)
        e = get_hex(v, "sig", sig, sizeof(sig));
    if (e == OK) {
        r.kind_len = strlen(r.kind);
        r.body = text.data;
        r.body_len = text.len;
        verify_chain_add(c, &r);
    }
    buf_finish(&text);
    return e;
}

static void
read_line(struct verify_chain *c, const struct buf *line, int64_t n)
{
    struct json *v = NULL;
    enum err e;

    if (n == 1) {
        e = read_head(c, line);
    } else {
        e = json_parse(line->data, line->len, &limits, &v);
        if (e == OK)
            e = add_record(c, v);
        json_free(v);
    }
    if (e != OK)
        tell_line(c, n, err_msg());
}

enum err
verify_file(struct verify_chain *c, const char *path)
{
    FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    enum err e = OK;
    struct buf line;
    int64_t n = 0;

    if (!file) {
        err_arg("file", "%s", path);
        return err_set(ERR_FILE, "%s: %s", path, strerror(errno));
    }
    c->any_start = true;
    buf_init(&line, LINE_MAX_BYTES);
    while (next_line(file, &line)) {
        n++;
        if (line.full) {
            tell_line(c, n, "longer than any record");
            line.full = false;
        } else {
            read_line(c, &line, n);
        }
    }
    if (n == 0)
        tell_line(c, 1, "nothing is in it");
    if (ferror(file)) {
        err_arg("file", "%s", path);
        e = err_set(ERR_FILE, "%s: %s", path, strerror(errno));
    }
    buf_finish(&line);
    if (file != stdin)
        fclose(file);
    return e;
}
