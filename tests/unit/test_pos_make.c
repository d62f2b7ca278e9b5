/* A showroom is made whole or not at all. */
#include "pos/make.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/journal.h"
#include "db/readers.h"
#include "pos/data.h"
#include "tests/tools/shop_folder.h"
#include "tests/unit/t.h"

static struct shop_folder f;

static enum err
make(int64_t number, const char *name, const char *commune, make_fn *fill)
{
    const struct make_ask ask = {number, name, commune};

    return make_showroom(&f.settings, &ask, fill, NULL);
}

static const char *
inside(const char *name)
{
    static char path[DATA_PATH];

    data_path(f.settings.data_dir, name, path);
    return path;
}

static void
put_file(const char *name)
{
    int fd = open(inside(name), O_WRONLY | O_CREAT, 0600);

    CHECK(fd >= 0);
    close(fd);
}

static enum err
fail(struct shop *shop, void *arg)
{
    (void)arg;
    CHECK(shop->number == 101);
    return err_set(ERR_BOOKS, "on purpose");
}

static void
test_make__the_first_record_is_the_showroom(void)
{
    struct journal_head head;
    struct db *db;

    shop_folder_open(&f);
    CHECK(f.open.shop.number == 101 && f.open.shop.key.number == 1);
    db = readers_take(f.open.shop.readers);
    CHECK(db_journal_head(db, &head) == OK && head.seq == 1);
    readers_give(f.open.shop.readers, db);
    CHECK(access(inside("new"), F_OK) != 0);
    shop_folder_close(&f);
}

static void
test_make__a_folder_in_use_is_refused(void)
{
    shop_folder_open(&f);
    close_shop(&f.open);
    CHECK(make(102, "Khác", "00103", shop_folder_empty) == ERR_EXISTS);
    CHECK(open_shop(&f.settings, 1, &f.open) == OK);
    CHECK(f.open.shop.number == 101);
    shop_folder_close(&f);
}

static void
test_make__what_fails_leaves_no_showroom_and_may_be_done_again(void)
{
    shop_folder_init(&f);
    CHECK(make(101, "A", "00103", fail) == ERR_BOOKS);
    CHECK(!data_has_showroom(f.settings.data_dir));
    CHECK(access(inside("keys/1.key"), F_OK) != 0);
    CHECK(make(101, "A", "00103", shop_folder_empty) == OK);
    CHECK(data_has_showroom(f.settings.data_dir));
    shop_folder_close(&f);
}

/* As a killed program leaves it: everything made, the key moved already. */
static void
test_make__an_attempt_that_broke_off_is_cleared(void)
{
    shop_folder_init(&f);
    CHECK(data_create(f.settings.data_dir) == OK);
    CHECK(mkdir(inside("new"), 0700) == 0);
    CHECK(mkdir(inside("new/keys"), 0700) == 0);
    put_file("new/ocop-pos.db");
    put_file("new/ocop-pos.db-wal");
    put_file("keys/1.key");
    CHECK(!data_has_showroom(f.settings.data_dir));
    CHECK(make(101, "A", "00103", shop_folder_empty) == OK);
    CHECK(open_shop(&f.settings, 1, &f.open) == OK);
    shop_folder_close(&f);
}

/* Somebody moved the database away; its key signs all it holds. */
static void
test_make__a_key_without_its_database_is_not_lost(void)
{
    struct stat key;

    shop_folder_open(&f);
    close_shop(&f.open);
    CHECK(unlink(inside("ocop-pos.db")) == 0);
    CHECK(make(101, "A", "00103", shop_folder_empty) == ERR_EXISTS);
    CHECK(stat(inside("keys/1.key"), &key) == 0 && key.st_size == 65);
    shop_folder_close(&f);
}

static void
test_make__number_name_and_commune_are_checked(void)
{
    shop_folder_init(&f);
    CHECK(make(0, "A", "00103", shop_folder_empty) == ERR_FIELD_VALUE);
    CHECK(make(INT64_C(4294967296), "A", "00103", shop_folder_empty)
          == ERR_FIELD_VALUE);
    CHECK(make(1, " ", "00103", shop_folder_empty) == ERR_FIELD_VALUE);
    CHECK(make(1, "\xff", "00103", shop_folder_empty) == ERR_TEXT);
    CHECK(make(1, "A", "103", shop_folder_empty) == ERR_FIELD_VALUE);
    CHECK(make(1, "A", "001034", shop_folder_empty) == ERR_FIELD_VALUE);
    CHECK(make(1, "A", "0010x", shop_folder_empty) == ERR_FIELD_VALUE);
    CHECK(access(f.settings.data_dir, F_OK) != 0);
    shop_folder_close(&f);
}

int
main(void)
{
    RUN(test_make__the_first_record_is_the_showroom);
    RUN(test_make__a_folder_in_use_is_refused);
    RUN(test_make__what_fails_leaves_no_showroom_and_may_be_done_again);
    RUN(test_make__an_attempt_that_broke_off_is_cleared);
    RUN(test_make__a_key_without_its_database_is_not_lost);
    RUN(test_make__number_name_and_commune_are_checked);
    return T_END();
}
