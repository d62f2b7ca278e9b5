/* tests/tools/shop_folder.h - an empty showroom in a folder of its own, with
 * the writer's thread and readers, as ocop-pos and the daemon have it. */
#ifndef TESTS_TOOLS_SHOP_FOLDER_H
#define TESTS_TOOLS_SHOP_FOLDER_H

#include "base/settings.h"
#include "pos/make.h"
#include "pos/open.h"

struct shop_folder {
    char dir[128];
    struct settings settings; /* of the showroom in dir/shop */
    struct open_shop open;
};

/* An empty folder; nothing is made in it yet. */
void shop_folder_init(struct shop_folder *f);
/* Showroom 101, key 1, nothing else; open. */
void shop_folder_open(struct shop_folder *f);
/* Close what is open and remove the folder. */
void shop_folder_close(struct shop_folder *f);

/* A make_fn that does nothing. */
enum err shop_folder_empty(struct shop *shop, void *arg);

#endif
