#include "pos/certified/folder.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/settings.h"

static void
folder(const struct shop *shop, char out[DATA_PATH])
{
    data_path(shop->settings->data_dir, "lists", out);
}

void
folder_path(const struct shop *shop, const char *name, int64_t seq, bool delta,
    char out[FOLDER_PATH])
{
    char dir[DATA_PATH];

    folder(shop, dir);
    snprintf(out, FOLDER_PATH, "%s/%s-%" PRId64 ".%s", dir, name, seq,
        delta ? "delta" : "list");
}

/* "p01-7.list" and what a broken fetch left beside it. */
static bool
is_of(const char *file, const struct planned *p)
{
    char begin[64];

    snprintf(begin, sizeof(begin), "%s-%" PRId64 ".", p->name, p->seq);
    return p->how != PLAN_KEEP && strncmp(file, begin, strlen(begin)) == 0;
}

static bool
is_planned(const char *file, const struct plan *plan)
{
    for (size_t i = 0; plan && i < plan->len; i++)
        if (is_of(file, &plan->lists[i]))
            return true;
    return false;
}

static enum err
remove_others(const char *dir, const struct plan *plan)
{
    char path[FOLDER_PATH + 256];
    struct dirent *entry;
    DIR *d = opendir(dir);

    if (!d)
        return file_failed(dir);
    while ((entry = readdir(d))) {
        if (entry->d_name[0] == '.' || is_planned(entry->d_name, plan))
            continue;
        snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
        unlink(path);
    }
    closedir(d);
    return OK;
}

enum err
folder_tidy(const struct shop *shop, const struct plan *plan)
{
    char dir[DATA_PATH];

    folder(shop, dir);
    if (mkdir(dir, 0700) != 0 && errno != EEXIST)
        return file_failed(dir);
    return remove_others(dir, plan);
}

void
folder_clear(const struct shop *shop)
{
    char dir[DATA_PATH];

    folder(shop, dir);
    (void)remove_others(dir, NULL);
}
