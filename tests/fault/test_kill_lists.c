/* New lists come into force while the process is killed: what is there is
 * always exactly the old lists or exactly the new ones, by their hashes, and
 * the trusted metadata is theirs; the next run goes on to the newest.
 *
 *     test_kill_lists [KILLS]      tests/fault/kill_lists.sh: 200 */
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "db/certified.h"
#include "db/readers.h"
#include "db/trust.h"
#include "pos/certified/cycle.h"
#include "tests/tools/list_repo.h"
#include "tests/tools/shop_folder.h"
#include "tests/unit/t.h"
#include "tests/unit/t_data.h"

enum { RECORDS = 700, LISTS = 2, TEXT_MAX = 1 << 22 };

static const char *const names[LISTS] = {"p01", "p02"};

/* What the registry published last, and before. */
struct version {
    int64_t seq, role;
    uint8_t sha256[32];
};

static int kills = 16;
static struct shop_folder folder;
static struct list_repo repo;
static struct version was[LISTS], is[LISTS];
static uint64_t chance = 20261122;
static int olds, news;

/* Both lists change. */
static void
publish(int64_t seq)
{
    for (int p = 0; p < LISTS; p++) {
        size_t mark = (size_t)(3 + seq % 7);
        struct buf text;

        buf_init(&text, TEXT_MAX);
        sample_list(&text, p + 1, 1 + 100000 * p, RECORDS, mark, seq);
        list_repo_list(&repo, names[p], seq, text.data, text.len);
        buf_finish(&text);
    }
}

/* A delta from the list before: both texts are made again and compared line
 * by line. */
static void
add_line(struct buf *out, const char *line, size_t len)
{
    buf_add_str(out, "{\"op\":\"put\",\"rec\":");
    buf_add(out, line, len);
    buf_add_str(out, "}\n");
}

static void
add_delta(int p, int64_t seq)
{
    struct buf a, b, delta;
    size_t x = 0, y = 0;

    buf_init(&a, TEXT_MAX);
    buf_init(&b, TEXT_MAX);
    buf_init(&delta, TEXT_MAX);
    sample_list(&a, p + 1, 1 + 100000 * p, RECORDS, (size_t)(3 + (seq - 1) % 7),
        seq - 1);
    sample_list(
        &b, p + 1, 1 + 100000 * p, RECORDS, (size_t)(3 + seq % 7), seq);
    while (x < a.len && y < b.len) {
        size_t m = strcspn(a.data + x, "\n"), n = strcspn(b.data + y, "\n");

        if (m != n || memcmp(a.data + x, b.data + y, n) != 0)
            add_line(&delta, b.data + y, n);
        x += m + 1;
        y += n + 1;
    }
    list_repo_delta(&repo, names[p], seq - 1, delta.data, delta.len);
    buf_finish(&delta);
    buf_finish(&b);
    buf_finish(&a);
}

static void
publish_next(int64_t seq)
{
    publish(seq);
    if (seq % 2 == 0)
        for (int p = 0; p < LISTS; p++)
            add_delta(p, seq);
    list_repo_publish(&repo, clock_now());
    for (int p = 0; p < LISTS; p++) {
        const struct list_repo_role *role = list_repo_role(&repo, names[p]);

        was[p] = is[p];
        is[p] = (struct version){.seq = seq, .role = role->version};
        memcpy(is[p].sha256, role->full.sha256, 32);
    }
}

/* --- one run --- */

static enum err
run_cycle(struct cycle *c)
{
    struct list_source source;
    enum err e = source_open_dir(&source, repo.dir);

    *c = (struct cycle){.shop = &folder.open.shop, .source = &source};
    if (e == OK)
        e = cycle_run(c);
    source_close(&source);
    return e;
}

static void
open_again(void)
{
    CHECK(open_shop(&folder.settings, 2, &folder.open) == OK);
}

static void
life(void)
{
    struct cycle c;

    if (open_shop(&folder.settings, 2, &folder.open) != OK)
        _exit(2);
    _exit(run_cycle(&c) != OK);
}

/* A child's life of so many microseconds. */
static void
one_life(int64_t us)
{
    struct timespec t = {us / 1000000, us % 1000000 * 1000};
    pid_t child = fork();
    int status;

    if (child == 0)
        life();
    nanosleep(&t, NULL);
    kill(child, SIGKILL);
    CHECK(waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
}

/* --- what is there --- */

static enum err
hash_row(void *arg, const struct certified_row *row)
{
    crypto_hash_add(arg, row->record, row->record_len);
    crypto_hash_add(arg, "\n", 1);
    return OK;
}

/* Is list `p` in force by name, by its rows, and by what is trusted? */
static bool
matches(struct db *db, int p, const struct version *v)
{
    struct certified_list l;
    struct crypto_hash h;
    struct trust t;
    uint8_t hash[32];

    if (v->seq == 0)
        return db_certified_list(db, names[p], &l) == ERR_NOT_FOUND
               && db_trust_get(db, names[p], &t) == ERR_NOT_FOUND;
    if (db_certified_list(db, names[p], &l) != OK || l.list_seq != v->seq)
        return false;
    crypto_hash_init(&h);
    CHECK(db_certified_rows(db, l.gen, "", INT64_MAX, hash_row, &h) == OK);
    crypto_hash_end(&h, hash);
    return memcmp(hash, v->sha256, 32) == 0
           && memcmp(hash, l.sha256, 32) == 0
           && db_trust_get(db, names[p], &t) == OK && t.version == v->role;
}

/* All old, or all new. */
static void
check_lists(void)
{
    struct db *db = readers_take(folder.open.shop.readers);
    bool old = true, new = true;

    for (int p = 0; p < LISTS; p++) {
        old = old && matches(db, p, &was[p]);
        new = new && matches(db, p, &is[p]);
    }
    readers_give(folder.open.shop.readers, db);
    CHECK(old != new);
    olds += old;
    news += new;
}

/* The next run ends with the newest, and leaves no other row. */
static void
check_next(void)
{
    struct cycle c;
    struct db *db;
    int64_t next, newest = 0;

    CHECK(run_cycle(&c) == OK);
    check_lists();
    db = readers_take(folder.open.shop.readers);
    for (int p = 0; p < LISTS; p++) {
        struct certified_list l;

        CHECK(matches(db, p, &is[p]));
        if (db_certified_list(db, names[p], &l) == OK && l.gen > newest)
            newest = l.gen;
    }
    CHECK(db_certified_gen_next(db, &next) == OK && next == newest + 1);
    readers_give(folder.open.shop.readers, db);
}

static void
test_lists__are_the_old_or_the_new_whenever_it_is_killed(void)
{
    char dir[200];
    struct cycle c;
    int64_t begun, whole = 0;

    shop_folder_open(&folder);
    snprintf(dir, sizeof(dir), "%s/v1", folder.dir);
    list_repo_init(&repo, dir);
    snprintf(folder.settings.registry_root,
        sizeof(folder.settings.registry_root), "%s/1.root.json", dir);
    close_shop(&folder.open);
    for (int64_t seq = 1; seq <= kills; seq++) {
        publish_next(seq);
        one_life(whole == 0 ? 1
                            : (int64_t)(t_random(&chance) % (uint64_t)whole));
        open_again();
        check_lists();
        begun = clock_mono_us();
        check_next();
        if (seq <= 2) /* opening and all */
            whole += 2 * (clock_mono_us() - begun);
        CHECK(run_cycle(&c) == OK && c.seq == 0);
        close_shop(&folder.open);
    }
    printf("%d kills: %d found the old lists, %d the new\n", kills, olds,
        news - kills);
    CHECK(kills < 50 || (olds > kills / 20 && news - kills > kills / 20));
    shop_folder_close(&folder);
}

int
main(int argc, char **argv)
{
    if (argc > 1)
        kills = (int)strtol(argv[1], NULL, 10);
    CHECK(crypto_init() == OK);
    RUN(test_lists__are_the_old_or_the_new_whenever_it_is_killed);
    return T_END();
}
