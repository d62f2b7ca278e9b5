#include "pos/certified/source.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "base/file.h"

enum { PATH = 1024, LIST_MAX = TUF_BYTES_MAX };

/* --- an address --- */

/* Only the timestamp is asked for again and again. */
static enum err
get_url(void *arg, const char *name, size_t max, struct buf *out)
{
    struct list_source *s = arg;

    if (strcmp(name, "timestamp.json") == 0)
        return fetch_bytes_again(s->fetch, name, max, out);
    return fetch_bytes(s->fetch, name, max, out);
}

static enum err
file_url(struct list_source *s, const char *name, int64_t length,
    const uint8_t sha256[32], const char *to_path)
{
    char path[PATH];

    snprintf(path, sizeof(path), "targets/%s", name);
    return fetch_file(s->fetch, path, length, sha256, LIST_MAX, to_path);
}

enum err
source_open_url(struct list_source *s, const struct settings *settings,
    bool (*stop)(void *arg), void *stop_arg)
{
    char base[SETTINGS_PATH + 8];
    struct fetch_config config = {.base_url = base,
        .proxy = settings->registry_proxy,
        .stop = stop,
        .stop_arg = stop_arg};

    snprintf(base, sizeof(base), "%s/v1/", settings->registry_url);
    *s = (struct list_source){.tuf = {.arg = s, .get = get_url},
        .file = file_url};
    return fetch_open(&config, &s->fetch);
}

/* --- a folder --- */

static enum err
refuse(enum err e, const char *path, const char *why)
{
    err_arg("file", "%s", path);
    err_arg("why", "%s", why);
    return err_set(e, "%s: %s", path, why);
}

static enum err
path_in(const struct list_source *s, const char *name, char out[PATH])
{
    int n = snprintf(out, PATH, "%s/%s", s->dir, name);

    if (strstr(name, "..") || n < 0 || n >= PATH)
        return refuse(ERR_FILE, name, "no name of a registry's file");
    return OK;
}

static enum err
get_dir(void *arg, const char *name, size_t max, struct buf *out)
{
    struct list_source *s = arg;
    char path[PATH];
    struct buf bytes;
    enum err e = path_in(s, name, path);

    if (e == OK && access(path, F_OK) != 0)
        return err_set(ERR_NOT_FOUND, "%s is not there", path);
    buf_init(&bytes, max);
    if (e == OK)
        e = file_read(path, &bytes);
    if (e == OK)
        buf_add(out, bytes.data, bytes.len);
    buf_finish(&bytes);
    return e;
}

static bool
copy_hashed(FILE *from, FILE *to, int64_t *len_out, uint8_t hash[32])
{
    struct crypto_hash h;
    char block[16 * 1024];
    size_t n;
    bool fine = true;

    crypto_hash_init(&h);
    *len_out = 0;
    while (fine && *len_out <= LIST_MAX
           && (n = fread(block, 1, sizeof(block), from)) > 0) {
        crypto_hash_add(&h, block, n);
        *len_out += (int64_t)n;
        fine = fwrite(block, 1, n, to) == n;
    }
    crypto_hash_end(&h, hash);
    return fine && !ferror(from);
}

/* Copied while it is judged: what is read later is what was judged. */
static enum err
file_dir(struct list_source *s, const char *name, int64_t length,
    const uint8_t sha256[32], const char *to_path)
{
    char path[PATH], in[PATH];
    uint8_t hash[32];
    int64_t len = 0;
    FILE *from = NULL, *to = NULL;
    enum err e;

    snprintf(in, sizeof(in), "targets/%.900s", name);
    e = path_in(s, in, path);
    if (e == OK)
        from = fopen(path, "rb");
    if (from)
        to = fopen(to_path, "wb");
    if (e == OK && (!from || !to))
        e = refuse(ERR_FILE, from ? to_path : path, strerror(errno));
    if (e == OK && !copy_hashed(from, to, &len, hash))
        e = refuse(ERR_FILE, path, strerror(errno));
    if (to && fclose(to) != 0 && e == OK)
        e = refuse(ERR_FILE, to_path, strerror(errno));
    if (from)
        fclose(from);
    if (e == OK && (len != length || memcmp(hash, sha256, 32) != 0)) {
        err_arg("case", "file");
        err_arg("file", "%s", name);
        e = err_set(ERR_LIST_REFUSED, "%s: not what was signed", name);
    }
    if (e != OK && to)
        unlink(to_path);
    return e;
}

enum err
source_open_dir(struct list_source *s, const char *dir)
{
    struct stat st;

    *s = (struct list_source){.tuf = {.arg = s, .get = get_dir},
        .file = file_dir};
    if (strlen(dir) >= sizeof(s->dir))
        return refuse(ERR_FILE, dir, "too long");
    if (stat(dir, &st) != 0)
        return refuse(ERR_FILE, dir, strerror(errno));
    if (!S_ISDIR(st.st_mode))
        return refuse(ERR_FILE, dir, strerror(ENOTDIR));
    memcpy(s->dir, dir, strlen(dir) + 1);
    return OK;
}

/* --- both --- */

void
source_close(struct list_source *s)
{
    fetch_close(s->fetch);
    s->fetch = NULL;
}

int64_t
source_retry_after(const struct list_source *s)
{
    return s->fetch ? fetch_retry_after(s->fetch) : 0;
}

int64_t
source_received(const struct list_source *s)
{
    struct fetch_stats stats = {.received = 0};

    if (s->fetch)
        fetch_stats(s->fetch, &stats);
    return stats.received;
}
