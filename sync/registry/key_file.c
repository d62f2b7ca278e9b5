#include "sync/registry/key_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/canon.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "sync/registry/keys.h"

enum { FILE_MAX = 16 * 1024 };

static const char form[] = "ocop-key/1";
static const char warning[] =
    "KHÔNG CÓ MẬT KHẨU BẢO VỆ: ai đọc được tệp này đều ký được. "
    "NOT PROTECTED by a passphrase: whoever reads this file can sign.";

static enum err
refuse(const char *which, const char *file)
{
    err_arg("case", "%s", which);
    err_arg("file", "%s", file);
    return err_set(ERR_SIGNING_KEY, "%s: %s", which, file);
}

static enum err
get_hex(const struct json *doc, const char *name, uint8_t *out, size_t len)
{
    const char *hex;
    enum err e = json_get_str(doc, name, len * 2, &hex);

    if (e == OK && strlen(hex) != len * 2)
        e = err_set(ERR_INVALID, "%s is not %zu bytes", name, len);
    return e == OK ? crypto_unhex(hex, len * 2, out) : e;
}

/* "root-12.key" -> 12 */
static int
number_of(const char *path)
{
    const char *dash = strrchr(path, '-');

    return dash ? (int)strtol(dash + 1, NULL, 10) : 0;
}

static enum err
read_guarded(const struct json *doc, struct key *out)
{
    static const char *const words[] = {"none", "passphrase", NULL};
    int protection;
    enum err e = json_get_word(doc, "protection", words, &protection);

    if (e != OK)
        return e;
    out->protected = protection == 1;
    if (!out->protected)
        return get_hex(doc, "seed", out->sealed, CRYPTO_SEED);
    e = get_hex(doc, "salt", out->salt, sizeof(out->salt));
    return e == OK ? get_hex(doc, "sealed", out->sealed, sizeof(out->sealed))
                   : e;
}

static enum err
read_doc(const struct json *doc, struct key *out)
{
    const char *text, *role;
    enum err e = json_get_str(doc, "form", 32, &text);

    if (e == OK && strcmp(text, form) != 0)
        e = err_set(ERR_INVALID, "form %s", text);
    if (e == OK)
        e = json_get_str(doc, "role", KEY_ROLE - 1, &role);
    if (e == OK)
        snprintf(out->role, sizeof(out->role), "%s", role);
    if (e == OK)
        e = json_get_int(doc, "made_at", 0, JSON_INT_MAX, &out->made_at);
    if (e == OK)
        e = get_hex(doc, "public", out->public, CRYPTO_PUBLIC);
    if (e == OK)
        e = read_guarded(doc, out);
    if (e == OK)
        tuf_keyid(out->public, out->id);
    return e;
}

enum err
key_file_read(const char *path, struct key *out)
{
    struct json *doc = NULL;
    struct stat is;
    struct buf text;
    enum err e;

    buf_init(&text, FILE_MAX);
    e = file_read(path, &text);
    if (e == OK) {
        e = json_parse(text.data, text.len, NULL, &doc);
        if (e == OK)
            e = read_doc(doc, out);
        if (e != OK)
            e = refuse("form", path);
    }
    /* A sealed key may lie on a stick whose file system knows no owners. */
    if (e == OK && !out->protected && stat(path, &is) == 0
        && (is.st_mode & 077) != 0)
        e = refuse("mode", path);
    out->number = number_of(path);
    json_free(doc);
    crypto_wipe(text.data, text.len);
    buf_finish(&text);
    return e;
}

static void
put_hex(struct canon *c, const char *name, const uint8_t *bytes, size_t len)
{
    char hex[2 * (CRYPTO_SEED + CRYPTO_SEALED) + 1];

    crypto_hex(bytes, len, hex);
    canon_put_str(c, name, hex);
    crypto_wipe(hex, sizeof(hex));
}

enum err
key_file_write(const struct key *key)
{
    struct canon c;
    struct buf text;
    enum err e;

    buf_init(&text, FILE_MAX);
    canon_init(&c, &text);
    canon_obj(&c);
    canon_put_str(&c, "form", form);
    canon_put_str(&c, "id", key->id);
    canon_put_int(&c, "made_at", key->made_at);
    canon_put_str(
        &c, "protection", key->protected ? "passphrase" : "none");
    put_hex(&c, "public", key->public, CRYPTO_PUBLIC);
    canon_put_str(&c, "role", key->role);
    if (key->protected) {
        put_hex(&c, "salt", key->salt, sizeof(key->salt));
        put_hex(&c, "sealed", key->sealed, sizeof(key->sealed));
    } else {
        put_hex(&c, "seed", key->sealed, CRYPTO_SEED);
        canon_put_str(&c, "warning", warning);
    }
    canon_end_obj(&c);
    canon_end(&c);
    buf_add_char(&text, '\n');
    e = file_write(key->path, &text);
    crypto_wipe(text.data, text.len);
    buf_finish(&text);
    return e;
}
