#include <string.h>

#include "base/mem.h"
#include "sync/tuf/client.h"
#include "sync/tuf/keep.h"

void
tuf_kept_init(struct tuf_kept *kept)
{
    *kept = (struct tuf_kept){.len = 0};
}

void
tuf_kept_finish(struct tuf_kept *kept)
{
    for (size_t i = 0; i < kept->len; i++) {
        mem_free(kept->files[i].role);
        mem_free(kept->files[i].bytes);
    }
    mem_free(kept->files);
    tuf_kept_init(kept);
}

static struct tuf_kept_file *
find(const struct tuf_kept *kept, const char *role)
{
    for (size_t i = 0; i < kept->len; i++)
        if (strcmp(kept->files[i].role, role) == 0)
            return &kept->files[i];
    return NULL;
}

/* The entry of the role, made when there was none. */
static struct tuf_kept_file *
entry(struct tuf_kept *kept, const char *role)
{
    struct tuf_kept_file *file = find(kept, role);

    if (file)
        return file;
    if (kept->len == kept->cap) {
        kept->cap = kept->cap ? kept->cap * 2 : 8;
        kept->files =
            mem_resize(kept->files, kept->cap, sizeof(*kept->files));
    }
    file = &kept->files[kept->len++];
    *file = (struct tuf_kept_file){.role = mem_dup_str(role)};
    return file;
}

static struct tuf_kept_file *
put(struct tuf_kept *kept, const char *role, const char *bytes, size_t len)
{
    struct tuf_kept_file *file = entry(kept, role);
    char *copy = mem_dup(bytes, len);

    mem_free(file->bytes);
    file->bytes = copy;
    file->len = len;
    return file;
}

void
tuf_kept_put(
    struct tuf_kept *kept, const char *role, const char *bytes, size_t len)
{
    put(kept, role, bytes, len)->dirty = false;
}

const struct tuf_kept_file *
tuf_kept_find(const struct tuf_kept *kept, const char *role)
{
    const struct tuf_kept_file *file = find(kept, role);

    return file && file->bytes ? file : NULL;
}

void
tuf_keep(struct tuf_kept *kept, const char *role, const char *bytes,
    const struct tuf_signed *head)
{
    struct tuf_kept_file *file = put(kept, role, bytes, head->bytes_len);

    file->dirty = true;
    tuf_keep_seen(kept, role, head);
}

void
tuf_keep_seen(
    struct tuf_kept *kept, const char *role, const struct tuf_signed *head)
{
    struct tuf_kept_file *file = find(kept, role);

    if (file) {
        file->version = head->version;
        file->expires_at = head->expires_at;
    }
}

void
tuf_keep_forget(struct tuf_kept *kept, const char *role)
{
    struct tuf_kept_file *file = find(kept, role);

    if (!file || !file->bytes)
        return;
    mem_free(file->bytes);
    file->bytes = NULL;
    file->len = 0;
    file->version = file->expires_at = 0;
    file->dirty = true;
}
