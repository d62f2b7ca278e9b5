/* tests/unit/t_lists.h - a showroom and the folder of a registry beside it, for
 * tests of how signed lists come into force. */
#ifndef TESTS_UNIT_T_LISTS_H
#define TESTS_UNIT_T_LISTS_H

#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/file.h"
#include "db/certified.h"
#include "db/readers.h"
#include "db/trust.h"
#include "db/writer.h"
#include "pos/certified/cycle.h"
#include "pos/certified/trusted.h"
#include "pos/data.h"
#include "tests/tools/list_repo.h"
#include "tests/tools/shop_folder.h"
#include "tests/unit/t.h"

enum { CERT_01 = 1000, CERT_02 = 500000 };

static struct shop_folder folder;
static struct list_repo repo;
static struct list_source source;
static int64_t now;

static inline int64_t
at_now(void)
{
    return now * 1000;
}

static inline void
open_all(void)
{
    char dir[200];

    now = INT64_C(1795313700);
    clock_set(at_now);
    shop_folder_open(&folder);
    snprintf(dir, sizeof(dir), "%s/v1", folder.dir);
    list_repo_init(&repo, dir);
    snprintf(folder.open.settings.registry_root,
        sizeof(folder.open.settings.registry_root), "%s/1.root.json", dir);
    CHECK(source_open_dir(&source, dir) == OK);
}

static inline void
close_all(void)
{
    source_close(&source);
    shop_folder_close(&folder);
    clock_set(NULL);
}

static inline void
put_list(const char *name, int64_t seq, int province, int64_t cert, size_t n,
    size_t mark)
{
    struct buf text;

    buf_init(&text, 64 << 20);
    sample_list(&text, province, cert, n, mark, 2);
    list_repo_list(&repo, name, seq, text.data, text.len);
    buf_finish(&text);
}

static inline enum err
cycle(struct cycle *out)
{
    *out = (struct cycle){.shop = &folder.open.shop, .source = &source};
    return cycle_run(out);
}

/* The hash of the rows in force of a list, and how many. */
struct seen {
    struct crypto_hash hash;
    int64_t records;
};

static inline enum err
see(void *arg, const struct certified_row *row)
{
    struct seen *s = arg;

    crypto_hash_add(&s->hash, row->record, row->record_len);
    crypto_hash_add(&s->hash, "\n", 1);
    s->records++;
    return OK;
}

/* Is the list in force, by its rows, the one of the repository? */
static inline bool
in_force(const char *name, int64_t seq)
{
    struct db *db = readers_take(folder.open.shop.readers);
    const struct list_repo_file *full = &list_repo_role(&repo, name)->full;
    struct certified_list l;
    struct seen s = {.records = 0};
    uint8_t hash[32];
    bool is = db_certified_list(db, name, &l) == OK;

    crypto_hash_init(&s.hash);
    if (is)
        is = db_certified_rows(db, l.gen, "", INT64_MAX, see, &s) == OK;
    crypto_hash_end(&s.hash, hash);
    readers_give(folder.open.shop.readers, db);
    return is && l.list_seq == seq && l.records == s.records
           && memcmp(hash, l.sha256, 32) == 0
           && (full->seq != seq || memcmp(hash, full->sha256, 32) == 0);
}

static inline int64_t
trusted(const char *role)
{
    struct db *db = readers_take(folder.open.shop.readers);
    struct trust t = {.version = 0};

    (void)db_trust_get(db, role, &t);
    readers_give(folder.open.shop.readers, db);
    return t.version;
}

/* Put a list of one record, made of `s`, and publish it. */
static inline void
put_one(const char *list, int64_t seq, const struct sample *s)
{
    struct buf text;

    buf_init(&text, 1 << 20);
    sample_record(&text, s);
    buf_add_char(&text, '\n');
    list_repo_list(&repo, list, seq, text.data, text.len);
    buf_finish(&text);
    list_repo_publish(&repo, now);
}

#endif
