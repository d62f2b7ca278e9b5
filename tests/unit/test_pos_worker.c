/* The thread that keeps the lists, against a server of this test's own. */
#include "pos/certified/worker.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/http_server.h"
#include "db/certified.h"
#include "db/readers.h"
#include "sync/registry/serve.h"
#include "tests/tools/list_repo.h"
#include "tests/tools/shop_folder.h"
#include "tests/unit/t.h"

enum { WAIT_MS = 60000 };

static struct shop_folder folder;
static struct list_repo repo;
static struct serve www;
static struct http_server *server;
static struct certified_worker *worker;
static atomic_bool away;

static void
answer(void *arg, const struct http_request *request,
    struct http_reply *reply)
{
    (void)arg;
    if (away)
        reply->status = 503;
    else
        serve_answer(&www, request, reply);
}

static void
put_list(int64_t seq, size_t n)
{
    struct buf text;

    buf_init(&text, 1 << 24);
    sample_list(&text, 1, 1, n, 3, seq);
    list_repo_list(&repo, "p01", seq, text.data, text.len);
    buf_finish(&text);
    list_repo_publish(&repo, clock_now());
}

static void
open_all(void)
{
    struct http_config config = {
        .listen = "127.0.0.1:0", .handle = answer};
    struct settings *s = &folder.open.settings;
    char dir[200];

    away = false;
    shop_folder_open(&folder);
    snprintf(dir, sizeof(dir), "%s/v1", folder.dir);
    snprintf(www.www, sizeof(www.www), "%s", folder.dir);
    list_repo_init(&repo, dir);
    put_list(1, 100);
    CHECK(http_server_open(&config, &server) == OK);
    snprintf(s->registry_url, sizeof(s->registry_url), "http://127.0.0.1:%d",
        http_server_port(server));
    snprintf(s->registry_root, sizeof(s->registry_root), "%s/1.root.json",
        dir);
    s->sync_interval_minutes = 1440;
}

static void
close_all(void)
{
    certified_worker_close(worker);
    worker = NULL;
    http_server_close(server);
    shop_folder_close(&folder);
}

static int64_t
list_seq(void)
{
    struct db *db = readers_take(folder.open.shop.readers);
    struct certified_list l = {.list_seq = 0};

    (void)db_certified_list(db, "p01", &l);
    readers_give(folder.open.shop.readers, db);
    return l.list_seq;
}

static void
test_worker__runs_when_it_is_asked_and_tells_what_came_of_it(void)
{
    struct sync_state s;

    open_all();
    CHECK(certified_worker_open(&folder.open.shop, &worker) == OK);
    CHECK(certified_worker_now(worker, WAIT_MS));
    certified_worker_state(worker, &s);
    CHECK(!s.running && s.failures == 0 && s.error.err == OK);
    CHECK(s.checked_at > 0 && s.changed_at > 0 && s.next_at > s.tried_at);
    CHECK(list_seq() == 1);
    put_list(2, 100);
    CHECK(certified_worker_now(worker, WAIT_MS) && list_seq() == 2);

    away = true;
    put_list(3, 100);
    CHECK(certified_worker_now(worker, WAIT_MS) && list_seq() == 2);
    certified_worker_state(worker, &s);
    CHECK(s.failures == 1 && s.error.err == ERR_FETCH);
    CHECK(s.next_at <= s.tried_at + 30);
    away = false;
    CHECK(certified_worker_now(worker, WAIT_MS) && list_seq() == 3);
    certified_worker_state(worker, &s);
    CHECK(s.failures == 0 && s.error.err == OK);
    close_all();
}

static void
test_worker__knows_after_a_start_what_it_knew_before(void)
{
    struct sync_state before, after;

    open_all();
    CHECK(certified_worker_open(&folder.open.shop, &worker) == OK);
    CHECK(certified_worker_now(worker, WAIT_MS));
    certified_worker_state(worker, &before);
    certified_worker_close(worker);
    away = true;
    folder.open.settings.registry_root[0] = '\0'; /* not needed any more */
    CHECK(certified_worker_open(&folder.open.shop, &worker) == OK);
    certified_worker_state(worker, &after);
    CHECK(after.checked_at == before.checked_at);
    CHECK(after.changed_at == before.changed_at);
    close_all();
}

static void
test_worker__is_not_there_without_a_registry(void)
{
    struct sync_state s = {.running = true};

    shop_folder_open(&folder);
    CHECK(certified_worker_open(&folder.open.shop, &worker) == OK);
    CHECK(worker == NULL);
    certified_worker_state(worker, &s);
    CHECK(!s.running && s.checked_at == 0);
    certified_worker_hold(worker);
    certified_worker_release(worker);
    certified_worker_stop(worker);
    snprintf(folder.open.settings.registry_url, SETTINGS_PATH,
        "http://127.0.0.1:1");
    CHECK(certified_worker_open(&folder.open.shop, &worker) == ERR_SETTINGS);
    shop_folder_close(&folder);
}

/* A till that reads while a cycle runs, and a second one that asks. */
static void
test_worker__holds_lists_still_for_who_asks(void)
{
    open_all();
    CHECK(certified_worker_open(&folder.open.shop, &worker) == OK);
    CHECK(certified_worker_now(worker, WAIT_MS));
    put_list(2, 100);
    certified_worker_hold(worker);
    CHECK(!certified_worker_now(worker, 50) && list_seq() == 1);
    certified_worker_release(worker);
    CHECK(certified_worker_now(worker, WAIT_MS) && list_seq() == 2);
    close_all();
}

int
main(void)
{
    RUN(test_worker__runs_when_it_is_asked_and_tells_what_came_of_it);
    RUN(test_worker__knows_after_a_start_what_it_knew_before);
    RUN(test_worker__is_not_there_without_a_registry);
    RUN(test_worker__holds_lists_still_for_who_asks);
    return T_END();
}
