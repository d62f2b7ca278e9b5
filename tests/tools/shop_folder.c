#include "tests/tools/shop_folder.h"

#include <assert.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypto.h"

enum { DEPTH_MAX = 4 };

static void
remove_tree(const char *path, int depth)
{
    char inner[512];
    struct dirent *entry;
    struct stat what;
    DIR *dir;

    if (lstat(path, &what) != 0 || depth > DEPTH_MAX)
        return;
    if (!S_ISDIR(what.st_mode)) {
        unlink(path);
        return;
    }
    dir = opendir(path);
    while (dir && (entry = readdir(dir))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(inner, sizeof(inner), "%s/%s", path, entry->d_name);
        remove_tree(inner, depth + 1);
    }
    if (dir)
        closedir(dir);
    rmdir(path);
}

void
shop_folder_init(struct shop_folder *f)
{
    const char *tmp = getenv("TMPDIR");

    *f = (struct shop_folder){.open.lock = -1};
    snprintf(f->dir, sizeof(f->dir), "%.60s/ocop-shop-XXXXXX",
        tmp ? tmp : "/tmp");
    if (!mkdtemp(f->dir) || crypto_init() != OK)
        abort();
    settings_default(&f->settings);
    snprintf(f->settings.data_dir, sizeof(f->settings.data_dir), "%s/shop",
        f->dir);
}

enum err
shop_folder_empty(struct shop *shop, void *arg)
{
    (void)shop;
    (void)arg;
    return OK;
}

void
shop_folder_open(struct shop_folder *f)
{
    const struct make_ask ask = {
        .number = 101, .name = "OCOP Tây Hồ", .commune = "00103"};
    enum err e;

    shop_folder_init(f);
    e = make_showroom(&f->settings, &ask, shop_folder_empty, NULL);
    if (e == OK)
        e = open_shop(&f->settings, 2, &f->open);
    if (e != OK)
        fprintf(stderr, "shop_folder: %s\n", err_msg());
    assert(e == OK);
}

void
shop_folder_close(struct shop_folder *f)
{
    close_shop(&f->open);
    remove_tree(f->dir, 0);
}
