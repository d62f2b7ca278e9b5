#include "sync/ocop_tuf_dir.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/crypto.h"
#include "base/file.h"
#include "base/mem.h"

enum { PATH_MAX_BYTES = 8192 };

/* The role behind "p%2F01.json"; false for what tuf_quote does not write. */
static bool
role_of(const char *name, struct buf *out)
{
    size_t len = strlen(name);
    struct buf again;
    bool same;

    if (len <= 5 || strcmp(name + len - 5, ".json") != 0)
        return false;
    for (size_t i = 0; i < len - 5; i++) {
        uint8_t c = (uint8_t)name[i];

        if (c == '%' && i + 2 < len - 5 &&
            crypto_unhex(name + i + 1, 2, &c) == OK)
            i += 2;
        buf_add(out, &c, 1);
    }
    buf_init(&again, PATH_MAX_BYTES);
    tuf_quote(out->data, &again);
    same = again.len == len - 5 && memcmp(again.data, name, len - 5) == 0;
    buf_finish(&again);
    return same;
}

static enum err
load_file(const char *dir, const char *name, struct tuf_kept *kept)
{
    struct buf path, role, bytes;
    enum err e = OK;

    buf_init(&path, PATH_MAX_BYTES);
    buf_init(&role, PATH_MAX_BYTES);
    buf_init(&bytes, TUF_BYTES_MAX);
    buf_printf(&path, "%s/%s", dir, name);
    if (role_of(name, &role)) {
        e = file_read(path.data, &bytes);
        if (e == OK)
            tuf_kept_put(kept, role.data, bytes.data, bytes.len);
    }
    buf_finish(&path);
    buf_finish(&role);
    buf_finish(&bytes);
    return e;
}

enum err
tuf_dir_load(const char *dir, struct tuf_kept *kept)
{
    DIR *open = opendir(dir);
    const struct dirent *entry;
    enum err e = OK;

    if (!open)
        return file_failed(dir);
    while (e == OK && (entry = readdir(open)))
        e = load_file(dir, entry->d_name, kept);
    closedir(open);
    return e;
}

static enum err
save_file(const char *dir, const struct tuf_kept_file *file)
{
    struct buf path, bytes;
    enum err e = OK;

    buf_init(&path, PATH_MAX_BYTES);
    buf_printf(&path, "%s/", dir);
    tuf_quote(file->role, &path);
    buf_add_str(&path, ".json");
    if (file->bytes) {
        buf_init(&bytes, file->len);
        buf_add(&bytes, file->bytes, file->len);
        e = file_write(path.data, &bytes);
        buf_finish(&bytes);
    } else if (unlink(path.data) != 0 && errno != ENOENT) {
        e = file_failed(path.data);
    }
    buf_finish(&path);
    return e;
}

/* 0 to 3 for the top roles, 4 for all others. */
static int
rank(const char *role)
{
    int i = 0;

    while (i < TUF_TOPS && strcmp(role, tuf_top_name((enum tuf_top)i)) != 0)
        i++;
    return i;
}

enum err
tuf_dir_save(const char *dir, const struct tuf_kept *kept)
{
    enum err e = OK;

    for (int turn = 0; turn <= TUF_TOPS; turn++)
        for (size_t i = 0; e == OK && i < kept->len; i++)
            if (kept->files[i].dirty && rank(kept->files[i].role) == turn)
                e = save_file(dir, &kept->files[i]);
    return e;
}
