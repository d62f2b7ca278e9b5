#include "sync/registry/keys.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "sync/registry/key_file.h"

void
keys_init(struct keys *keys, struct passphrases *passphrases)
{
    *keys = (struct keys){.passphrases = passphrases};
}

void
keys_finish(struct keys *keys)
{
    if (keys->files)
        crypto_wipe(keys->files, keys->cap * sizeof(*keys->files));
    mem_free(keys->files);
    *keys = (struct keys){.files = NULL};
}

static enum err
refuse(const char *which, const char *file)
{
    err_arg("case", "%s", which);
    err_arg("file", "%s", file);
    return err_set(ERR_SIGNING_KEY, "%s: %s", which, file);
}

/* Room for one more.  The old place is wiped: it may hold secrets. */
static struct key *
add(struct keys *keys)
{
    size_t cap = keys->cap ? keys->cap * 2 : 64;
    struct key *files;

    if (keys->len == keys->cap) {
        files = mem_new(cap, sizeof(*files));
        if (keys->len)
            memcpy(files, keys->files, keys->len * sizeof(*files));
        if (keys->files)
            crypto_wipe(keys->files, keys->cap * sizeof(*files));
        mem_free(keys->files);
        keys->files = files;
        keys->cap = cap;
    }
    memset(&keys->files[keys->len], 0, sizeof(*keys->files));
    return &keys->files[keys->len++];
}

/* "p01-1.key" ends as the names of keys do. */
static bool
is_key_name(const char *name)
{
    size_t len = strlen(name);

    return len > 4 && name[0] != '.' && strcmp(name + len - 4, ".key") == 0;
}

static enum err
load_one(struct keys *keys, const char *folder, const char *name)
{
    struct key *key;
    char path[PATH_MAX];
    enum err e;

    if (snprintf(path, sizeof(path), "%s/%s", folder, name)
        >= (int)sizeof(path))
        return refuse("form", name);
    if (keys->len == KEYS_MAX)
        return refuse("many", path);
    key = add(keys);
    memcpy(key->path, path, sizeof(path));
    e = key_file_read(path, key);
    /* The same key in two folders is one key. */
    if (e != OK || keys_find(keys, key->id) != key)
        keys->len--;
    return e;
}

enum err
keys_load(struct keys *keys, const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    enum err e = OK;

    if (!dir && errno == ENOENT)
        return OK;
    if (!dir)
        return file_failed(folder);
    while (e == OK && (entry = readdir(dir)) != NULL)
        if (is_key_name(entry->d_name))
            e = load_one(keys, folder, entry->d_name);
    closedir(dir);
    return e;
}

struct key *
keys_find(const struct keys *keys, const char *id)
{
    for (size_t i = 0; i < keys->len; i++)
        if (strcmp(keys->files[i].id, id) == 0)
            return &keys->files[i];
    return NULL;
}

/* A number that no file of the role has, retired ones too. */
static int
next_number(const struct keys *keys, const char *role)
{
    int number = 1;

    for (size_t i = 0; i < keys->len; i++)
        if (strcmp(keys->files[i].role, role) == 0
            && keys->files[i].number >= number)
            number = keys->files[i].number + 1;
    return number;
}

/* Seal the seed, or leave it in the open. */
static enum err
guard(struct keys *keys, struct key *key, bool guarded)
{
    uint8_t box_key[CRYPTO_BOX_KEY];
    struct buf sealed;
    enum err e;

    key->protected = guarded;
    if (!guarded) {
        memcpy(key->sealed, key->secret, CRYPTO_SEED);
        return OK;
    }
    e = passphrases_seal_key(keys->passphrases, key->salt, box_key);
    if (e != OK)
        return e;
    buf_init(&sealed, sizeof(key->sealed));
    crypto_seal(box_key, key->secret, CRYPTO_SEED, &sealed);
    memcpy(key->sealed, sealed.data, sealed.len);
    crypto_wipe(box_key, sizeof(box_key));
    buf_finish(&sealed);
    return OK;
}

enum err
keys_make(struct keys *keys, const char *folder, const char *role,
    bool guarded, int64_t now, const struct key **out)
{
    int number = next_number(keys, role);
    struct key *key = add(keys);
    enum err e = crypto_keypair(key->public, key->secret);
    int len;

    *out = key;
    key->open = true;
    key->made_at = now;
    key->number = number;
    snprintf(key->role, sizeof(key->role), "%s", role);
    tuf_keyid(key->public, key->id);
    len = snprintf(key->path, sizeof(key->path), "%s/%s-%d.key", folder, role,
        number);
    if (len < 0 || (size_t)len >= sizeof(key->path))
        e = refuse("form", role);
    if (e == OK)
        e = guard(keys, key, guarded);
    if (e == OK && mkdir(folder, 0700) != 0 && errno != EEXIST)
        e = file_failed(folder);
    if (e == OK)
        e = key_file_write(key);
    if (e != OK)
        crypto_wipe(&keys->files[--keys->len], sizeof(*key));
    return e;
}

static enum err
open_key(struct keys *keys, struct key *key)
{
    const char *name = strrchr(key->path, '/') + 1;
    uint8_t public[CRYPTO_PUBLIC];
    struct buf seed;
    enum err e = OK;

    buf_init(&seed, CRYPTO_SEED);
    if (key->protected)
        e = passphrases_unseal(keys->passphrases, name, key->salt,
            key->sealed, sizeof(key->sealed), &seed);
    else
        buf_add(&seed, key->sealed, CRYPTO_SEED);
    if (e == OK && seed.len == CRYPTO_SEED)
        crypto_keypair_of_seed(
            (const uint8_t *)seed.data, public, key->secret);
    if (e == OK
        && (seed.len != CRYPTO_SEED
            || memcmp(public, key->public, CRYPTO_PUBLIC) != 0))
        e = refuse("form", name);
    crypto_wipe(seed.data, seed.len);
    buf_finish(&seed);
    key->open = e == OK;
    return e;
}

enum err
keys_signer(struct keys *keys, const char *id, struct tuf_signer *out)
{
    struct key *key = keys_find(keys, id);
    enum err e;

    if (!key)
        return refuse("missing", id);
    e = key->open ? OK : open_key(keys, key);
    if (e == OK)
        tuf_signer_init(out, key->secret);
    return e;
}
