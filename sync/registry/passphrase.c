#include "sync/registry/passphrase.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

enum { KNOWN_MAX = 16, STRETCHED_MAX = 256, TRIES = 3 };

/* What Argon2id gave. */
struct stretched {
    size_t passphrase;
    uint8_t salt[CRYPTO_SALT];
    uint8_t key[CRYPTO_BOX_KEY];
};

struct passphrases {
    enum lang lang;
    char known[KNOWN_MAX][PASSPHRASE_MAX];
    size_t known_len;
    struct stretched stretched[STRETCHED_MAX];
    size_t stretched_len;
    bool has_salt; /* of new keys */
    uint8_t salt[CRYPTO_SALT];
};

struct passphrases *
passphrases_new(enum lang lang)
{
    struct passphrases *p = mem_new(1, sizeof(*p));

    p->lang = lang;
    return p;
}

void
passphrases_free(struct passphrases *p)
{
    if (p)
        crypto_wipe(p, sizeof(*p));
    mem_free(p);
}

static enum err
refuse(const char *which, const char *name)
{
    err_arg("case", "%s", which);
    err_arg("file", "%s", name);
    err_arg("min", "%d", PASSPHRASE_MIN);
    return err_set(ERR_SIGNING_KEY, "%s: %s", which, name);
}

static void
know(struct passphrases *p, const char *text, size_t len)
{
    char *to = p->known[p->known_len++];

    memcpy(to, text, len);
    to[len] = '\0';
}

enum err
passphrases_add_file(struct passphrases *p, const char *path)
{
    struct buf text;
    size_t len;
    enum err e;

    buf_init(&text, 64 * 1024);
    e = file_read(path, &text);
    len = strcspn(text.data, "\r\n");
    if (e == OK && (len == 0 || len >= PASSPHRASE_MAX
                       || p->known_len == KNOWN_MAX))
        e = refuse("empty_passphrase", path);
    if (e == OK)
        know(p, text.data, len);
    crypto_wipe(text.data, text.len);
    buf_finish(&text);
    return e;
}

/* One line from the terminal, unseen; false when there is none. */
static bool
read_unseen(int tty, char out[PASSPHRASE_MAX])
{
    struct termios seen, unseen;
    size_t len = 0;
    char c;

    if (tcgetattr(tty, &seen) != 0)
        return false;
    unseen = seen;
    unseen.c_lflag &= ~(tcflag_t)ECHO;
    unseen.c_lflag |= ECHONL;
    if (tcsetattr(tty, TCSAFLUSH, &unseen) != 0)
        return false;
    while (read(tty, &c, 1) == 1 && c != '\n')
        if (len + 1 < PASSPHRASE_MAX)
            out[len++] = c;
    out[len] = '\0';
    tcsetattr(tty, TCSAFLUSH, &seen);
    return len > 0;
}

/* Ask on the terminal, wherever standard input comes from. */
static bool
ask(struct passphrases *p, const char *sentence, const char *name,
    char out[PASSPHRASE_MAX])
{
    struct err_arg file = {.name = "file"};
    int tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    struct buf text;
    bool got = false;

    if (tty < 0)
        return false;
    buf_init(&text, 4096);
    snprintf(file.value, sizeof(file.value), "%s", name);
    lang_format(p->lang, sentence, &file, 1, &text);
    buf_add_char(&text, ' ');
    if (write(tty, text.data, text.len) == (ssize_t)text.len)
        got = read_unseen(tty, out);
    buf_finish(&text);
    close(tty);
    return got;
}

static enum err
stretch(struct passphrases *p, size_t which, const uint8_t salt[CRYPTO_SALT],
    uint8_t key_out[CRYPTO_BOX_KEY])
{
    struct stretched *s;
    enum err e;

    for (size_t i = 0; i < p->stretched_len; i++) {
        s = &p->stretched[i];
        if (s->passphrase != which || memcmp(s->salt, salt, CRYPTO_SALT) != 0)
            continue;
        memcpy(key_out, s->key, CRYPTO_BOX_KEY);
        return OK;
    }
    e = crypto_stretch(p->known[which], salt, key_out);
    if (e != OK || p->stretched_len == STRETCHED_MAX)
        return e;
    s = &p->stretched[p->stretched_len++];
    s->passphrase = which;
    memcpy(s->salt, salt, CRYPTO_SALT);
    memcpy(s->key, key_out, CRYPTO_BOX_KEY);
    return OK;
}

/* ERR_INVALID: not this one. */
static enum err
try(struct passphrases *p, size_t which, const uint8_t salt[CRYPTO_SALT],
    const uint8_t *sealed, size_t len, struct buf *out)
{
    uint8_t key[CRYPTO_BOX_KEY];
    enum err e = stretch(p, which, salt, key);

    if (e == OK)
        e = crypto_unseal(key, sealed, len, out);
    crypto_wipe(key, sizeof(key));
    return e;
}

enum err
passphrases_unseal(struct passphrases *p, const char *name,
    const uint8_t salt[CRYPTO_SALT], const uint8_t *sealed, size_t len,
    struct buf *out)
{
    char asked[PASSPHRASE_MAX];
    enum err e = ERR_INVALID;

    for (size_t i = 0; e == ERR_INVALID && i < p->known_len; i++)
        e = try(p, i, salt, sealed, len, out);
    for (int i = 0; e == ERR_INVALID && i < TRIES; i++) {
        if (p->known_len == KNOWN_MAX
            || !ask(p, "registry.ask_passphrase", name, asked)) {
            e = refuse(p->known_len ? "wrong_passphrase" : "no_passphrase",
                name);
            break;
        }
        know(p, asked, strlen(asked));
        e = try(p, p->known_len - 1, salt, sealed, len, out);
        if (e != ERR_INVALID)
            break;
        p->known_len--; /* mistyped: no new key is sealed with it */
        p->stretched_len -= p->stretched_len > 0;
    }
    crypto_wipe(asked, sizeof(asked));
    return e == ERR_INVALID ? refuse("wrong_passphrase", name) : e;
}

/* A passphrase for new keys, twice the same. */
static enum err
ask_new(struct passphrases *p)
{
    char first[PASSPHRASE_MAX], again[PASSPHRASE_MAX];
    enum err e = OK;

    if (!ask(p, "registry.new_passphrase", "", first)
        || !ask(p, "registry.new_passphrase_again", "", again))
        return refuse("no_passphrase", "");
    if (strcmp(first, again) != 0)
        e = refuse("unequal_passphrase", "");
    else
        know(p, first, strlen(first));
    crypto_wipe(first, sizeof(first));
    crypto_wipe(again, sizeof(again));
    return e;
}

enum err
passphrases_seal_key(struct passphrases *p, uint8_t salt_out[CRYPTO_SALT],
    uint8_t key_out[CRYPTO_BOX_KEY])
{
    enum err e = p->known_len ? OK : ask_new(p);

    if (e == OK && !text_is_utf8(p->known[0], strlen(p->known[0])))
        e = refuse("empty_passphrase", "");
    if (e == OK && text_len(p->known[0]) < PASSPHRASE_MIN)
        e = refuse("short_passphrase", "");
    if (e != OK)
        return e;
    if (!p->has_salt)
        crypto_random(p->salt, sizeof(p->salt));
    p->has_salt = true;
    memcpy(salt_out, p->salt, CRYPTO_SALT);
    return stretch(p, 0, p->salt, key_out);
}
