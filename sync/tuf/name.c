#include <string.h>

#include "base/crypto.h"
#include "sync/tuf/client.h"

static bool
is_plain(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c >= '0' && c <= '9') || (c != '\0' && strchr("-._~", c));
}

static void
quote(const char *text, size_t len, const char *also, struct buf *out)
{
    for (size_t i = 0; i < len; i++) {
        if (is_plain(text[i]) || strchr(also, text[i]))
            buf_add_char(out, text[i]);
        else
            buf_printf(out, "%%%02X", (unsigned char)text[i]);
    }
}

void
tuf_quote(const char *text, struct buf *out)
{
    quote(text, strlen(text), "", out);
}

void
tuf_client_target_name(const struct tuf_client *c,
    const struct tuf_target *target, struct buf *out)
{
    const struct tuf_root *root = tuf_client_root(c);
    const char *slash = strrchr(target->path, '/');
    size_t folder = slash ? (size_t)(slash + 1 - target->path) : 0;
    char hex[2 * CRYPTO_HASH + 1];

    quote(target->path, folder, "/", out);
    if (root && root->consistent) {
        crypto_hex(target->sha256, CRYPTO_HASH, hex);
        buf_printf(out, "%s.", hex);
    }
    tuf_quote(target->path + folder, out);
}
