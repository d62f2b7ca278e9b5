/* token of `ocop-pos tool`. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "pos/sell/token.h"
#include "pos/tool_parts.h"

enum { KEYS_MAX = 1024 };

/* What a showroom's journal begins with: its number and its keys. */
struct keyring {
    int64_t showroom;
    size_t len;
    struct {
        int64_t number;
        uint8_t public[CRYPTO_PUBLIC];
    } key[KEYS_MAX];
};

static enum err
read_key(const struct json *item, struct keyring *ring)
{
    const char *hex;
    enum err e = json_get_int(
        item, "number", 0, INT32_MAX, &ring->key[ring->len].number);

    if (e == OK)
        e = json_get_str(item, "public", 2 * CRYPTO_PUBLIC, &hex);
    if (e == OK && strlen(hex) != 2 * CRYPTO_PUBLIC) {
        json_blame(item, "public");
        e = err_set(ERR_FIELD_VALUE, "a public key has 64 hex digits");
    }
    if (e == OK)
        e = crypto_unhex(hex, 2 * CRYPTO_PUBLIC, ring->key[ring->len].public);
    ring->len++;
    return e;
}

static enum err
read_ring(const struct json *root, struct keyring *ring)
{
    const struct json *keys;
    enum err e = json_get_int(root, "showroom", 0, UINT32_MAX, &ring->showroom);

    if (e == OK)
        e = json_get_arr(root, "keys", KEYS_MAX, &keys);
    if (e != OK)
        return e;
    for (const struct json *k = json_first(keys); k && e == OK;
         k = json_next(k))
        e = read_key(k, ring);
    return e;
}

/* The whole file is the object, or its first line as in an exported journal. */
static enum err
parse_ring(const struct buf *file, struct keyring *ring)
{
    struct json *root;
    size_t line = strcspn(file->data, "\n");
    enum err e = json_parse(file->data, line, NULL, &root);

    if (e != OK)
        e = json_parse(file->data, file->len, NULL, &root);
    if (e != OK)
        return e;
    e = read_ring(root, ring);
    json_free(root);
    return e;
}

static enum err
load_ring(const char *path, struct keyring *ring)
{
    FILE *f = fopen(path, "rb");
    struct buf file;
    enum err e;

    if (!f)
        return err_set(ERR_FILE, "cannot open %s: %s", path, strerror(errno));
    buf_init(&file, TOOL_INPUT);
    e = tool_read_all(f, path, &file);
    fclose(f);
    if (e == OK)
        e = parse_ring(&file, ring);
    buf_finish(&file);
    return e;
}

/* "good" when a key that the token can mean has signed it, "bad" when none
 * has, "unchecked" when there is none. */
static const char *
verdict(const struct keyring *ring, const struct token *token,
    const struct buf *bytes)
{
    const char *found = "unchecked";

    if (ring->showroom != token->showroom)
        return found;
    for (size_t i = 0; i < ring->len; i++) {
        if (ring->key[i].number % 256 != token->key)
            continue;
        if (token_signature_ok(bytes->data, bytes->len, ring->key[i].public))
            return "good";
        found = "bad";
    }
    return found;
}

static enum err
judge(const char *path, const struct token *token, const struct buf *bytes,
    const char **verdict_out)
{
    struct keyring *ring;
    enum err e;

    *verdict_out = "unchecked";
    if (!path)
        return OK;
    e = crypto_init();
    if (e != OK)
        return e;
    ring = mem_new(1, sizeof(*ring));
    e = load_ring(path, ring);
    if (e == OK)
        *verdict_out = verdict(ring, token, bytes);
    mem_free(ring);
    return e;
}

static void
put_hex(struct json_out *o, const char *key, const uint8_t *bytes, size_t len)
{
    char hex[2 * TOKEN_HASH + 1];

    crypto_hex(bytes, len, hex);
    json_out_put_str(o, key, hex);
}

static void
put_lines(struct json_out *o, const struct token *token)
{
    json_out_key(o, "lines");
    json_out_arr(o);
    for (size_t i = 0; i < token->lines_len; i++) {
        json_out_obj(o);
        json_out_put_int(o, "certificate", token->lines[i].cert);
        json_out_put_int(o, "quantity", token->lines[i].qty);
        json_out_end_obj(o);
    }
    json_out_end_arr(o);
}

static void
put_token(struct json_out *o, const struct token *token)
{
    char time[CLOCK_RFC3339_SIZE];

    clock_format_rfc3339(token->at, time);
    json_out_put_int(o, "version", 1);
    json_out_put_str(o, "kind", token_kind_name(token->kind));
    json_out_put_int(o, "showroom", token->showroom);
    json_out_put_int(o, "till", token->till);
    json_out_put_int(o, "key", token->key);
    json_out_put_int(o, "seq", token->seq);
    json_out_put_str(o, "time", time);
    json_out_put_bool(o, "clock_suspect", token->clock_suspect);
    json_out_put_int(o, "total", token->total);
    put_hex(o, "previous", token->previous, TOKEN_PREVIOUS);
    json_out_put_bool(o, "more", token->more);
    put_lines(o, token);
    put_hex(o, "hash", token->hash, TOKEN_HASH);
}

static enum err
answer(struct tool_call *call, const struct buf *bytes, struct json_out *o)
{
    struct token token;
    const char *signature;
    enum err e = token_decode(bytes->data, bytes->len, &token);

    if (e == OK)
        e = judge(call->option[0], &token, bytes, &signature);
    if (e != OK)
        return e;
    put_token(o, &token);
    json_out_put_str(o, "signature", signature);
    call->status = strcmp(signature, "bad") == 0;
    return OK;
}

enum err
tool_token(struct tool_call *call, struct json_out *o)
{
    struct buf bytes;
    enum err e;

    buf_init(&bytes, TOKEN_BYTES_MAX);
    e = token_from_digits(call->value.data, &bytes);
    if (e == OK)
        e = answer(call, &bytes, o);
    buf_finish(&bytes);
    return e;
}
