#include "sync/tuf/read.h"

#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/mem.h"
#include "sync/tuf/canonical.h"

enum {
    VALUES_MAX = 400 * 1000,
    SIGNATURES_MAX = 256,
    STRINGS_MAX = 4096,
    KEYS_MAX = 4096,
    PUBLIC_MAX = 16 * 1024, /* a PEM text */
    UTC_MAX = 30            /* "2026-11-22T09:00:00.123456789Z" */
};

enum err
tuf_read_wrong(const struct json *v, const char *key, const char *why)
{
    json_blame(v, key);
    return err_set(ERR_FIELD_VALUE, "%s", why);
}

enum err
tuf_read_refused(const char *role, enum err e)
{
    struct err_state was;

    if (e == OK)
        return OK;
    err_save(&was);
    err_at("%s", was.path);
    err_arg("role", "%s", role);
    err_arg("case", "form");
    err_arg("why", "%s", was.msg);
    return err_set(ERR_LIST_UNTRUSTED, "%s is not as metadata must be: %s %s",
        role, was.path, was.msg);
}

static bool
is_twice(const char *const *strings, size_t len, const char *str)
{
    for (size_t i = 0; i < len; i++)
        if (strcmp(strings[i], str) == 0)
            return true;
    return false;
}

static enum err
read_signatures(const struct json *doc, struct tuf_signed *head)
{
    const struct json *arr;
    enum err e = json_get_arr(doc, "signatures", SIGNATURES_MAX, &arr);

    if (e != OK)
        return e;
    head->signatures = mem_new(json_len(arr), sizeof(*head->signatures));
    for (const struct json *v = json_first(arr); v; v = json_next(v)) {
        struct tuf_signature *s = &head->signatures[head->signatures_len];

        e = json_get_str(v, "keyid", TUF_NAME_MAX, &s->keyid);
        if (e == OK)
            e = json_get_str(v, "sig", (size_t)2 * TUF_SIG_MAX, &s->sig);
        if (e != OK)
            return e;
        for (size_t i = 0; i < head->signatures_len; i++)
            if (strcmp(head->signatures[i].keyid, s->keyid) == 0)
                return tuf_read_wrong(v, "keyid", "signs twice");
        head->signatures_len++;
    }
    return OK;
}

/* In UTC; the specification has no fraction of a second, but some write one. */
static enum err
read_expires(const struct json *v, int64_t *out)
{
    const char *text;
    size_t len;
    enum err e = json_get_str(v, "expires", UTC_MAX, &text);

    if (e != OK)
        return e;
    len = strlen(text);
    if (len < 20 || text[10] != 'T' || text[len - 1] != 'Z')
        return tuf_read_wrong(v, "expires", "no time in UTC");
    return clock_parse_rfc3339(text, out);
}

static enum err
read_common(const struct json *v, const char *type, struct tuf_signed *head)
{
    const char *said, *spec;
    enum err e = json_get_str(v, "_type", TUF_NAME_MAX, &said);

    if (e == OK && strcmp(said, type) != 0)
        return tuf_read_wrong(v, "_type", "another kind of metadata");
    if (e == OK)
        e = json_get_str(v, "spec_version", TUF_NAME_MAX, &spec);
    if (e == OK && strncmp(spec, "1.", 2) != 0)
        return tuf_read_wrong(v, "spec_version", "not version 1");
    if (e == OK)
        e = json_get_int(v, "version", 1, JSON_INT_MAX, &head->version);
    if (e == OK)
        e = read_expires(v, &head->expires_at);
    return e;
}

static enum err
read_canonical(const struct json *v, size_t len, struct tuf_signed *head)
{
    struct buf out;
    enum err e;

    buf_init(&out, len); /* never longer than what was read */
    e = tuf_canonical(v, &out);
    if (e == OK) {
        head->canonical_len = out.len;
        head->canonical = buf_take(&out);
    }
    buf_finish(&out);
    return e;
}

enum err
tuf_read_head(const char *type, const char *bytes, size_t len,
    struct tuf_signed *head, const struct json **signed_out)
{
    const struct json_limits limits = {.max_bytes = len,
        .max_depth = TUF_DEPTH,
        .max_values = VALUES_MAX};
    enum err e;

    *head = (struct tuf_signed){.bytes_len = len};
    if (len == 0) /* a limit of 0 would be the default one */
        return err_set(ERR_JSON, "nothing there");
    e = json_parse(bytes, len, &limits, &head->doc);
    if (e == OK)
        e = read_signatures(head->doc, head);
    if (e == OK)
        e = json_get_obj(head->doc, "signed", signed_out);
    if (e == OK)
        e = read_common(*signed_out, type, head);
    if (e == OK)
        e = read_canonical(*signed_out, len, head);
    if (e == OK)
        crypto_sha256(bytes, len, head->sha256);
    return e;
}

void
tuf_head_finish(struct tuf_signed *head)
{
    json_free(head->doc);
    mem_free(head->canonical);
    mem_free(head->signatures);
    *head = (struct tuf_signed){.version = 0};
}

/* The string member, or "" when there is none: such a key never counts. */
static const char *
str_or_empty(const struct json *v, const char *key)
{
    const struct json *member = json_is_obj(v) ? json_find(v, key) : NULL;
    const char *str = "";

    if (json_is_str(member))
        (void)json_as_str(member, PUBLIC_MAX, &str);
    return str;
}

enum err
tuf_read_keys(
    const struct json *keys, struct tuf_key **keys_out, size_t *len_out)
{
    if (json_len(keys) > KEYS_MAX)
        return tuf_read_wrong(keys, NULL, "too many keys");
    *keys_out = mem_new(json_len(keys), sizeof(**keys_out));
    for (const struct json *v = json_first(keys); v; v = json_next(v)) {
        struct tuf_key *key = &(*keys_out)[*len_out];
        const struct json *val;

        if (!json_is_obj(v))
            return tuf_read_wrong(v, NULL, "no key");
        val = json_find(v, "keyval");
        *key = (struct tuf_key){.id = json_key(v),
            .type = str_or_empty(v, "keytype"),
            .scheme = str_or_empty(v, "scheme"),
            .public = str_or_empty(val, "public")};
        (*len_out)++;
    }
    return OK;
}

enum err
tuf_read_strings(const struct json *arr, const char ***out, size_t *len_out)
{
    enum err e = OK;

    *out = mem_new(json_len(arr), sizeof(**out));
    for (const struct json *v = json_first(arr); v && e == OK;
        v = json_next(v)) {
        e = json_as_str(v, TUF_NAME_MAX, &(*out)[*len_out]);
        if (e == OK)
            (*len_out)++;
    }
    return e;
}

enum err
tuf_read_role(const struct json *v, struct tuf_role *out)
{
    const struct json *arr = NULL;
    enum err e = json_get_arr(v, "keyids", STRINGS_MAX, &arr);

    if (e == OK)
        e = json_get_int(v, "threshold", 1, JSON_INT_MAX, &out->threshold);
    if (e == OK)
        e = tuf_read_strings(arr, &out->keyids, &out->keyids_len);
    for (size_t i = 0; e == OK && i < out->keyids_len; i++)
        if (is_twice(out->keyids, i, out->keyids[i]))
            e = tuf_read_wrong(json_at(arr, i), NULL, "named twice");
    return e;
}

void
tuf_role_finish(struct tuf_role *role)
{
    mem_free(role->keyids);
    *role = (struct tuf_role){.threshold = 0};
}

enum err
tuf_read_sha256(const struct json *hashes, uint8_t out[32])
{
    const char *hex;
    enum err e = json_get_str(hashes, "sha256", 64, &hex);

    if (e == OK && (strlen(hex) != 64 || crypto_unhex(hex, 64, out) != OK))
        e = tuf_read_wrong(hashes, "sha256", "not 64 hex digits");
    return e;
}

enum err
tuf_read_file(const struct json *v, struct tuf_file *out)
{
    const struct json *hashes = NULL;
    enum err e;

    *out = (struct tuf_file){.name = json_key(v), .length = -1};
    e = json_get_int(v, "version", 1, JSON_INT_MAX, &out->version);
    if (e == OK)
        e = json_opt_int(v, "length", 0, TUF_BYTES_MAX, &out->length);
    if (e == OK)
        e = json_opt_obj(v, "hashes", &hashes);
    if (e == OK && hashes) {
        out->has_sha256 = true;
        e = tuf_read_sha256(hashes, out->sha256);
    }
    return e;
}
