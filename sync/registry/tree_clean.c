/* What is no longer named, out of the published folder. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "sync/registry/tree.h"

enum { LONG = PATH_MAX + TREE_NAME + 16, DEPTH = 4 };

struct sweep {
    struct tree *tree;
    int64_t now, keep_s;
    tree_named_fn *named;
    void *arg;
    size_t removed;
};

static bool
ends(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);

    return n >= m && strcmp(name + n - m, end) == 0;
}

/* Begin, or end, the days of grace of a file that nobody names. */
static void
see_out(struct sweep *s, const char *path, const struct stat *is)
{
    struct timespec times[2] = {{.tv_sec = (time_t)s->now},
        {.tv_sec = (time_t)s->now}};

    if (is->st_mode & S_IWUSR) {
        chmod(path, 0444); /* found for the first time */
        utimensat(AT_FDCWD, path, times, 0);
    } else if (s->now - (int64_t)is->st_mtime >= s->keep_s) {
        s->removed += unlink(path) == 0;
    }
}

static void
look_at(struct sweep *s, const char *name)
{
    char path[LONG], plain[TREE_NAME];
    struct stat is;

    snprintf(path, sizeof(path), "%s/%s", s->tree->root, name);
    snprintf(plain, sizeof(plain), "%s", name);
    if (ends(plain, ".gz"))
        plain[strlen(plain) - 3] = '\0';
    if (ends(name, ".new"))
        s->removed += unlink(path) == 0;
    else if (!s->named(s->arg, plain) && stat(path, &is) == 0)
        see_out(s, path, &is);
}

static enum err
walk(struct sweep *s, const char *folder, int depth)
{
    char path[LONG], name[TREE_NAME];
    struct dirent *entry;
    struct stat is;
    enum err e = OK;
    DIR *dir;

    snprintf(path, sizeof(path), "%s/%s", s->tree->root, folder);
    dir = opendir(path);
    if (!dir)
        return err_set(ERR_FILE, "%s: %s", path, strerror(errno));
    while (e == OK && (entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.'
            || snprintf(name, sizeof(name), "%s%s%s", folder,
                   folder[0] ? "/" : "", entry->d_name)
                >= (int)sizeof(name))
            continue;
        snprintf(path, sizeof(path), "%s/%s", s->tree->root, name);
        if (lstat(path, &is) == 0 && S_ISDIR(is.st_mode))
            e = depth < DEPTH ? walk(s, name, depth + 1) : OK;
        else if (S_ISREG(is.st_mode))
            look_at(s, name);
    }
    closedir(dir);
    return e;
}

enum err
tree_clean(struct tree *tree, int64_t now, int64_t keep_s,
    tree_named_fn *named, void *arg, size_t *removed_out)
{
    struct sweep s = {.tree = tree,
        .now = now,
        .keep_s = keep_s,
        .named = named,
        .arg = arg};
    enum err e = walk(&s, "", 0);

    *removed_out = s.removed;
    return e;
}
