#include "sync/registry/publish.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "db/db.h"
#include "db/registry/records.h"
#include "sync/record.h"
#include "sync/registry/books.h"
#include "sync/registry/lists.h"
#include "sync/tuf/client.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

enum { NOW = 1795338000, RECORDS = 30, TURNS = 8, LIST = 16 * 1024 };

static struct passphrases *passphrases;
static struct keys keys;
static struct books *books;
static struct publish_ask ask;
static struct published done;
static char folder[512], keys_folder[600];

static void
make_role(struct authorities *all, const char *role)
{
    struct authority *a = authorities_add(all, role, 1);
    const struct key *key = NULL;

    CHECK(keys_make(&keys, keys_folder, role, false, NOW, &key) == OK);
    authority_add_key(a, key);
}

/* A registry of the centre and one province that has published nothing. */
static void
begin(void)
{
    static const char *const roles[] = {
        "root", "timestamp", "snapshot", "targets", "vn", "p01"};
    static struct authorities all;

    snprintf(folder, sizeof(folder), "%s", t_path("registry"));
    snprintf(folder, sizeof(folder), "%s", t_dir);
    snprintf(keys_folder, sizeof(keys_folder), "%s/keys", t_dir);
    t_dir_empty();
    passphrases = passphrases_new(LANG_EN);
    keys_init(&keys, passphrases);
    all.len = 0;
    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
        make_role(&all, roles[i]);
    CHECK(books_open(t_path("registry.db"), DB_WRITE, &books) == OK);
    ask = (struct publish_ask){.dir = folder,
        .db = books->db,
        .keys = &keys,
        .now = NOW,
        .by = "a test"};
    CHECK(publish_first(&ask, &all, &done) == OK);
}

static void
end(void)
{
    books_close(books);
    books = NULL;
    keys_finish(&keys);
    passphrases_free(passphrases);
}

struct edit {
    int64_t n, rev;
    bool drop;
};

static enum err
edit_write(struct db *db, void *arg)
{
    const struct edit *e = arg;
    char id[32], record[128];
    struct reg_version v = {.id = id,
        .cert = e->n + 1,
        .rev = e->rev,
        .role = e->drop ? NULL : "p01",
        .stars = 3,
        .status = RECORD_ACTIVE,
        .recall = RECALL_NONE,
        .from_day = 20000,
        .until_day = 21096,
        .record = record,
        .action = e->drop ? REG_DROP : REG_IMPORT,
        .at = NOW,
        .by_whom = "a test"};

    snprintf(id, sizeof(id), "VN01-%04d", (int)e->n);
    snprintf(record, sizeof(record), "{\"id\":\"%s\",\"rev\":%d}", id,
        (int)e->rev);
    v.record_len = strlen(record);
    return db_reg_version_add(db, &v);
}

static void
edit(int64_t n, int64_t rev, bool drop)
{
    struct edit e = {.n = n, .rev = rev, .drop = drop};

    CHECK(db_write_alone(books->db, "edit", edit_write, &e) == OK);
}

/* What a client sees of the folder. */
static enum err
get_file(void *arg, const char *name, size_t max, struct buf *out)
{
    char path[700];
    struct buf bytes;
    enum err e;

    (void)arg;
    snprintf(path, sizeof(path), "%s/www/v1/%.100s", folder, name);
    if (access(path, F_OK) != 0)
        return err_set(ERR_NOT_FOUND, "no %s", name);
    buf_init(&bytes, max);
    e = file_read(path, &bytes);
    buf_add(out, bytes.data, bytes.len);
    buf_finish(&bytes);
    return e;
}

/* A target as a client finds it: ERR_NOT_FOUND when nobody names it. */
static enum err
fetch(const char *path, struct buf *out, const struct json **custom)
{
    static struct tuf_kept kept;
    static struct tuf_client *client;
    struct tuf_source source = {.get = get_file};
    const struct tuf_target *target;
    struct buf root, name;
    uint8_t hash[32];
    enum err e;

    tuf_client_free(client); /* of the call before: `custom` lived in it */
    client = NULL;
    tuf_kept_finish(&kept);
    if (!path)
        return OK;
    buf_init(&root, 64 * 1024);
    buf_init(&name, 512);
    buf_add_str(&name, "targets/");
    CHECK(get_file(NULL, "1.root.json", 64 * 1024, &root) == OK);
    tuf_kept_init(&kept);
    tuf_kept_put(&kept, "root", root.data, root.len);
    client = tuf_client_new(tuf_ed25519_only, &source, &kept);
    e = tuf_client_refresh(client, ask.now);
    if (e == OK)
        e = tuf_client_target(client, path, &target, NULL);
    if (e == OK) {
        tuf_client_target_name(client, target, &name);
        buf_clear(out);
        e = get_file(NULL, name.data, (size_t)target->length, out);
        crypto_sha256(out->data, out->len, hash);
        CHECK(memcmp(hash, target->sha256, 32) == 0);
        *custom = target->custom;
    }
    buf_finish(&root);
    buf_finish(&name);
    return e;
}

/* The list at the other end of a delta: both are in the order of the ids. */
static void
apply(const char *list, const char *delta, char *out)
{
    *out = '\0';
    while (*list || *delta) {
        size_t old = strcspn(list, "\n"), step = strcspn(delta, "\n");
        const char *id = strstr(delta, "\"id\":");
        int order = !*delta ? -1 : !*list ? 1 : strncmp(list + 1, id, 16);

        if (order < 0)
            snprintf(out + strlen(out), old + 2, "%s", list);
        else if (strncmp(delta, "{\"op\":\"put\",\"rec\":", 18) == 0) {
            snprintf(out + strlen(out), step - 18, "%s", delta + 18);
            snprintf(out + strlen(out), 2, "\n");
        }
        list += order <= 0 ? old + 1 : 0;
        delta += order >= 0 ? step + 1 : 0;
    }
}

static void
test_publish__a_delta_leads_from_every_list_to_the_newest(void)
{
    static char lists[TURNS + 1][LIST], made[LIST];
    const struct json *custom;
    struct buf bytes;
    char path[64];

    begin();
    buf_init(&bytes, LIST);
    for (int64_t turn = 1; turn <= TURNS; turn++) {
        for (int64_t n = 0; n < RECORDS; n++)
            if (turn == 1 || (n * 7 + turn * 3) % 5 == 0)
                edit(n + (turn > 4 && n % 2 ? RECORDS : 0), turn,
                    turn > 1 && n % 3 == 0);
        CHECK(publish_changes(&ask, &done) == OK);
        CHECK(done.lists_len == 1 && done.lists[0].seq == turn);
        snprintf(path, sizeof(path), "p01/list-%d.ndjson", (int)turn);
        CHECK(fetch(path, &bytes, &custom) == OK);
        CHECK(bytes.len > RECORDS);
        snprintf(lists[turn], LIST, "%s", bytes.data);
        for (int64_t from = 1; from < turn; from++) {
            snprintf(path, sizeof(path), "p01/delta-%d-%d.ndjson", (int)from,
                (int)turn);
            CHECK(fetch(path, &bytes, &custom) == OK);
            apply(lists[from], bytes.data, made);
            CHECK_STR(made, lists[turn]);
        }
    }
    buf_finish(&bytes);
    fetch(NULL, NULL, NULL);
    end();
}

static void
test_publish__sixty_lists_back_and_no_further(void)
{
    const struct json *custom;
    struct buf bytes;

    begin();
    buf_init(&bytes, LIST);
    for (int64_t rev = 1; rev <= LISTS_DELTAS + 2; rev++) {
        edit(0, rev, false);
        CHECK(publish_changes(&ask, &done) == OK);
    }
    CHECK(fetch("p01/delta-2-62.ndjson", &bytes, &custom) == OK);
    CHECK(fetch("p01/delta-61-62.ndjson", &bytes, &custom) == OK);
    CHECK(fetch("p01/delta-1-62.ndjson", &bytes, &custom) == ERR_NOT_FOUND);
    CHECK(fetch("p01/list-61.ndjson", &bytes, &custom) == ERR_NOT_FOUND);
    CHECK(fetch("p01/list-62.ndjson", &bytes, &custom) == OK);
    buf_finish(&bytes);
    fetch(NULL, NULL, NULL);
    end();
}

static void
test_publish__without_a_key_nothing_is_published_and_nothing_lost(void)
{
    const struct json *custom;
    struct keys none;
    struct buf bytes;

    begin();
    buf_init(&bytes, LIST);
    edit(0, 1, false);
    keys_init(&none, passphrases);
    ask.keys = &none;
    CHECK(publish_changes(&ask, &done) == ERR_SIGNING_KEY);
    CHECK(fetch("p01/list-1.ndjson", &bytes, &custom) == ERR_NOT_FOUND);
    ask.keys = &keys;
    CHECK(publish_changes(&ask, &done) == OK);
    CHECK(done.lists_len == 1 && done.lists[0].seq == 1);
    CHECK(done.timestamp == 2);
    CHECK(fetch("p01/list-1.ndjson", &bytes, &custom) == OK);
    CHECK(publish_changes(&ask, &done) == OK && done.lists_len == 0);
    buf_finish(&bytes);
    fetch(NULL, NULL, NULL);
    end();
}

static void
test_publish__the_folder_follows_the_books_after_a_run_was_cut_off(void)
{
    const struct json *custom;
    struct buf bytes;
    char path[700];

    begin();
    buf_init(&bytes, LIST);
    edit(0, 1, false);
    CHECK(publish_changes(&ask, &done) == OK);
    /* As if the machine had stopped behind the commit. */
    snprintf(path, sizeof(path), "%s/www/v1/timestamp.json", folder);
    CHECK(unlink(path) == 0);
    snprintf(path, sizeof(path), "%s/www/v1/2.snapshot.json", folder);
    CHECK(unlink(path) == 0);
    CHECK(fetch("p01/list-1.ndjson", &bytes, &custom) != OK);
    CHECK(publish_renew(&ask, &done) == OK);
    CHECK(fetch("p01/list-1.ndjson", &bytes, &custom) == OK);
    buf_finish(&bytes);
    fetch(NULL, NULL, NULL);
    end();
}

static void
test_publish__every_role_can_change_its_keys(void)
{
    static const char *const roles[] = {
        "timestamp", "root", "snapshot", "p01", "targets", "vn"};
    const struct json *custom;
    struct buf bytes;

    begin();
    buf_init(&bytes, LIST);
    edit(0, 1, false);
    CHECK(publish_changes(&ask, &done) == OK);
    for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
        struct publish_rotate rotate = {
            .role = roles[i], .folder = keys_folder};

        CHECK(publish_rotate(&ask, &rotate, &done) == OK);
        CHECK(rotate.made == 1);
        CHECK(fetch("p01/list-1.ndjson", &bytes, &custom) == OK);
        CHECK(publish_renew(&ask, &done) == OK);
        CHECK(fetch("p01/list-1.ndjson", &bytes, &custom) == OK);
    }
    buf_finish(&bytes);
    fetch(NULL, NULL, NULL);
    end();
}

int
main(void)
{
    if (crypto_init() != OK)
        return 1;
    RUN(test_publish__a_delta_leads_from_every_list_to_the_newest);
    RUN(test_publish__sixty_lists_back_and_no_further);
    RUN(test_publish__without_a_key_nothing_is_published_and_nothing_lost);
    RUN(test_publish__the_folder_follows_the_books_after_a_run_was_cut_off);
    RUN(test_publish__every_role_can_change_its_keys);
    return T_END();
}
