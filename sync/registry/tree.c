#define _XOPEN_SOURCE 700 /* sync(2) */

#include "sync/registry/tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/gzip.h"
#include "base/mem.h"

enum {
    PACKED_MAX = 64 * 1024 * 1024,
    SINGLY = 32,      /* more files than this are made durable together */
    LONG = PATH_MAX + TREE_NAME + 16
};

static void
place(const struct tree *tree, const char *name, const char *end,
    char out[LONG])
{
    snprintf(out, LONG, "%s/%s%s", tree->root, name, end);
}

/* Anybody may read what is published, whatever the mask of keys is; a folder
 * that is there already is as its owner wants it. */
static enum err
make_folder(const char *path, mode_t mode)
{
    if (mkdir(path, mode) != 0)
        return errno == EEXIST ? OK : file_failed(path);
    return chmod(path, mode) == 0 ? OK : file_failed(path);
}

enum err
tree_open(const char *dir, struct tree *tree)
{
    static const char *const folders[] = {"", "/www", "/www/v1",
        "/www/v1/targets"};
    char path[LONG];
    enum err e = OK;

    *tree = (struct tree){.waiting = NULL};
    if (strlen(dir) + 32 > sizeof(tree->root)) {
        errno = ENAMETOOLONG;
        return file_failed(dir);
    }
    snprintf(tree->root, sizeof(tree->root), "%.*s/www/v1",
        (int)sizeof(tree->root) - 32, dir);
    for (size_t i = 0; e == OK && i < sizeof(folders) / sizeof(folders[0]);
         i++) {
        snprintf(path, sizeof(path), "%s%s", dir, folders[i]);
        e = make_folder(path, 0755);
    }
    return e;
}

void
tree_finish(struct tree *tree)
{
    char path[LONG];

    for (size_t i = 0; i < tree->len; i++) {
        place(tree, tree->waiting[i], ".new", path);
        unlink(path);
    }
    mem_free(tree->waiting);
    *tree = (struct tree){.waiting = NULL};
}

static void
wait_for_flush(struct tree *tree, const char *name)
{
    if (tree->len == tree->cap) {
        tree->cap = tree->cap ? tree->cap * 2 : 64;
        tree->waiting =
            mem_resize(tree->waiting, tree->cap, sizeof(*tree->waiting));
    }
    snprintf(tree->waiting[tree->len++], TREE_NAME, "%s", name);
}

/* Make the folders of `name`. */
static enum err
make_folders(const struct tree *tree, const char *name)
{
    char path[LONG];
    size_t head = strlen(tree->root) + 1;
    enum err e = OK;

    place(tree, name, "", path);
    for (char *at = strchr(path + head, '/'); e == OK && at;
         at = strchr(at + 1, '/')) {
        *at = '\0';
        e = make_folder(path, 0755);
        *at = '/';
    }
    return e;
}

static enum err
write_beside(
    struct tree *tree, const char *name, const char *bytes, size_t len)
{
    char path[LONG];
    int fd;
    enum err e = OK;

    place(tree, name, ".new", path);
    unlink(path); /* of a publication that was broken off */
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0)
        return file_failed(path);
    wait_for_flush(tree, name);
    if (fchmod(fd, 0644) != 0)
        e = file_failed(path);
    while (e == OK && len > 0) {
        ssize_t n = write(fd, bytes, len);

        if (n < 0 && errno != EINTR)
            e = file_failed(path);
        bytes += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    if (close(fd) != 0 && e == OK)
        e = file_failed(path);
    return e;
}

enum err
tree_put(struct tree *tree, const char *name, const void *bytes, size_t len)
{
    char packed_name[TREE_NAME];
    struct buf packed;
    enum err e = make_folders(tree, name);

    buf_init(&packed, PACKED_MAX);
    snprintf(packed_name, sizeof(packed_name), "%s.gz", name);
    if (e == OK)
        e = gzip_pack(bytes, len, &packed);
    if (e == ERR_TOO_LARGE) /* random bytes: nobody gains by packing */
        e = OK;
    if (e == OK)
        e = write_beside(tree, name, bytes, len);
    if (e == OK && !packed.full && packed.len < len)
        e = write_beside(tree, packed_name, packed.data, packed.len);
    buf_finish(&packed);
    return e;
}

enum err
tree_put_once(
    struct tree *tree, const char *name, const void *bytes, size_t len)
{
    char path[LONG];
    struct stat is;

    place(tree, name, "", path);
    if (stat(path, &is) != 0 || is.st_size != (off_t)len)
        return tree_put(tree, name, bytes, len);
    chmod(path, 0644); /* it may have been on its way out */
    place(tree, name, ".gz", path);
    chmod(path, 0644);
    return OK;
}

static enum err
sync_path(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    enum err e = OK;

    if (fd < 0)
        return file_failed(path);
    if (fsync(fd) != 0)
        e = file_failed(path);
    close(fd);
    return e;
}

/* The bytes of all that waits.  One sync of the machine is much quicker than
 * thousands of files one by one, and Linux waits until it is through. */
static enum err
sync_files(struct tree *tree)
{
    char path[LONG];
    enum err e = OK;

    if (tree->len > SINGLY) {
        sync();
        return OK;
    }
    for (size_t i = 0; e == OK && i < tree->len; i++) {
        place(tree, tree->waiting[i], ".new", path);
        e = sync_path(path);
    }
    return e;
}

/* The folder of `name`, unless it is the one of the name before. */
static enum err
sync_folder(const struct tree *tree, const char *name, char last[LONG])
{
    char path[LONG];
    char *slash;

    place(tree, name, "", path);
    slash = strrchr(path, '/');
    *slash = '\0';
    if (strcmp(path, last) == 0)
        return OK;
    memcpy(last, path, LONG);
    return sync_path(path);
}

/* What is replaced loses its packed form first: at no moment do the two say
 * different things, and nobody sees a newer file and then an older one. */
static enum err
move_to_place(const struct tree *tree, const char *name)
{
    char from[LONG], to[LONG];

    place(tree, name, ".gz", to);
    unlink(to);
    place(tree, name, ".new", from);
    place(tree, name, "", to);
    return rename(from, to) == 0 ? OK : file_failed(to);
}

enum err
tree_flush(struct tree *tree)
{
    char last[LONG] = "";
    enum err e = sync_files(tree);

    for (size_t i = 0; e == OK && i < tree->len; i++)
        e = move_to_place(tree, tree->waiting[i]);
    for (size_t i = 0; e == OK && i < tree->len; i++)
        e = sync_folder(tree, tree->waiting[i], last);
    place(tree, "targets", "", last); /* where folders may be new */
    if (e == OK && tree->len > 0)
        e = sync_path(last);
    if (e == OK && tree->len > 0)
        e = sync_path(tree->root);
    if (e == OK)
        tree->len = 0;
    return e;
}
