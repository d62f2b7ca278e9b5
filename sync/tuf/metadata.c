#include "sync/tuf/metadata.h"

#include <string.h>

#include "base/mem.h"
#include "sync/tuf/read.h"

enum { FILES_MAX = 4096 };

static const char *const top_names[] = {
    [TUF_ROOT] = "root",
    [TUF_TIMESTAMP] = "timestamp",
    [TUF_SNAPSHOT] = "snapshot",
    [TUF_TARGETS] = "targets",
};

const char *
tuf_top_name(enum tuf_top top)
{
    return top_names[top];
}

static enum err
read_roles(const struct json *v, struct tuf_root *out)
{
    const struct json *roles, *role;
    enum err e = json_get_obj(v, "roles", &roles);

    for (int i = 0; e == OK && i < TUF_TOPS; i++) {
        e = json_get_obj(roles, top_names[i], &role);
        if (e == OK)
            e = tuf_read_role(role, &out->roles[i]);
    }
    return e;
}

static enum err
root_read(const char *bytes, size_t len, struct tuf_root *out)
{
    const struct json *v, *keys;
    enum err e;

    if (len > TUF_ROOT_BYTES)
        return err_set(ERR_TOO_LARGE, "a root of %zu bytes", len);
    e = tuf_read_head("root", bytes, len, &out->head, &v);
    if (e == OK)
        e = json_opt_bool(v, "consistent_snapshot", &out->consistent);
    if (e == OK)
        e = json_get_obj(v, "keys", &keys);
    if (e == OK)
        e = tuf_read_keys(keys, &out->keys, &out->keys_len);
    if (e == OK)
        e = read_roles(v, out);
    return e;
}

enum err
tuf_root_read(const char *bytes, size_t len, struct tuf_root *out)
{
    enum err e;

    *out = (struct tuf_root){.keys_len = 0};
    e = tuf_read_refused("root", root_read(bytes, len, out));
    if (e != OK)
        tuf_root_finish(out);
    return e;
}

static enum err
timestamp_read(const char *bytes, size_t len, struct tuf_timestamp *out)
{
    const struct json *v, *meta, *file;
    enum err e;

    if (len > TUF_TIMESTAMP_BYTES)
        return err_set(ERR_TOO_LARGE, "a timestamp of %zu bytes", len);
    e = tuf_read_head("timestamp", bytes, len, &out->head, &v);
    if (e == OK)
        e = json_get_obj(v, "meta", &meta);
    if (e == OK)
        e = json_get_obj(meta, "snapshot.json", &file);
    if (e == OK)
        e = tuf_read_file(file, &out->snapshot);
    return e;
}

enum err
tuf_timestamp_read(const char *bytes, size_t len, struct tuf_timestamp *out)
{
    enum err e;

    *out = (struct tuf_timestamp){.snapshot = {.length = -1}};
    e = tuf_read_refused("timestamp", timestamp_read(bytes, len, out));
    if (e != OK)
        tuf_timestamp_finish(out);
    return e;
}

static enum err
snapshot_read(const char *bytes, size_t len, struct tuf_snapshot *out)
{
    const struct json *v, *meta;
    enum err e = tuf_read_head("snapshot", bytes, len, &out->head, &v);

    if (e == OK)
        e = json_get_obj(v, "meta", &meta);
    if (e != OK)
        return e;
    if (json_len(meta) > FILES_MAX)
        return tuf_read_wrong(meta, NULL, "too many files");
    out->files = mem_new(json_len(meta), sizeof(*out->files));
    for (const struct json *m = json_first(meta); m && e == OK;
        m = json_next(m))
        e = tuf_read_file(m, &out->files[out->files_len++]);
    return e;
}

enum err
tuf_snapshot_read(const char *bytes, size_t len, struct tuf_snapshot *out)
{
    enum err e;

    *out = (struct tuf_snapshot){.files_len = 0};
    e = tuf_read_refused("snapshot", snapshot_read(bytes, len, out));
    if (e != OK)
        tuf_snapshot_finish(out);
    return e;
}

void
tuf_root_finish(struct tuf_root *root)
{
    tuf_head_finish(&root->head);
    mem_free(root->keys);
    for (int i = 0; i < TUF_TOPS; i++)
        tuf_role_finish(&root->roles[i]);
    *root = (struct tuf_root){.keys_len = 0};
}

void
tuf_timestamp_finish(struct tuf_timestamp *timestamp)
{
    tuf_head_finish(&timestamp->head);
    *timestamp = (struct tuf_timestamp){.snapshot = {.length = -1}};
}

void
tuf_snapshot_finish(struct tuf_snapshot *snapshot)
{
    tuf_head_finish(&snapshot->head);
    mem_free(snapshot->files);
    *snapshot = (struct tuf_snapshot){.files_len = 0};
}

const struct tuf_file *
tuf_snapshot_find(const struct tuf_snapshot *snapshot, const char *role)
{
    size_t len = strlen(role);

    for (size_t i = 0; i < snapshot->files_len; i++) {
        const char *name = snapshot->files[i].name;

        if (strncmp(name, role, len) == 0 && strcmp(name + len, ".json") == 0)
            return &snapshot->files[i];
    }
    return NULL;
}
