#include "sync/tuf/client.h"

#include "tests/unit/t_tuf.h"

static void
test_client__a_right_repository_is_trusted(void)
{
    t_open();
    CHECK(t_refresh() == OK);
    CHECK_STR(repo.asked.data,
        "2.root.json timestamp.json 1.snapshot.json 1.targets.json ");
    CHECK(t_version("root") == 1 && t_version("timestamp") == 1);
    CHECK(t_version("snapshot") == 1 && t_version("targets") == 1);
    CHECK(tuf_client_timestamp(client)->head.expires_at
          == REPO_NOW + 10 * REPO_DAY);
    for (size_t i = 0; i < kept.len; i++)
        CHECK(kept.files[i].dirty == (strcmp(kept.files[i].role, "root") != 0));
    t_close();
}

static void
test_client__what_is_kept_is_not_fetched_again(void)
{
    const struct tuf_targets *p01;

    t_open();
    CHECK(t_refresh() == OK);
    CHECK(tuf_client_role(client, "p01", &p01) == OK);
    t_restart();
    CHECK(t_refresh() == OK);
    CHECK(tuf_client_role(client, "p01", &p01) == OK);
    CHECK(p01->targets_len == 1);
    CHECK_STR(repo.asked.data, "2.root.json timestamp.json ");
    for (size_t i = 0; i < kept.len; i++)
        CHECK(!kept.files[i].dirty && kept.files[i].version == 1);
    t_close();
}

static void
test_client__only_what_changed_is_fetched(void)
{
    const struct tuf_targets *role;

    t_open();
    CHECK(t_refresh() == OK);
    CHECK(tuf_client_role(client, "p01", &role) == OK);
    CHECK(tuf_client_role(client, "p02", &role) == OK);
    repo.roles[2].version = 2;
    repo.snapshot.version = 2;
    repo.timestamp.version = 2;
    repo_publish(&repo);
    t_restart();
    CHECK(t_refresh() == OK);
    CHECK(tuf_client_role(client, "p01", &role) == OK);
    CHECK(tuf_client_role(client, "p02", &role) == OK);
    CHECK_STR(repo.asked.data,
        "2.root.json timestamp.json 2.snapshot.json 2.p02.json ");
    CHECK(t_version("p02") == 2 && t_version("targets") == 1);
    t_close();
}

static void
test_client__damaged_memory_is_fetched_anew(void)
{
    t_open();
    CHECK(t_refresh() == OK);
    t_restart();
    tuf_kept_put(&kept, "timestamp", "rubbish", 7);
    tuf_kept_put(&kept, "snapshot", "{}", 2);
    tuf_kept_put(&kept, "targets", "", 0);
    CHECK(t_refresh() == OK);
    CHECK(t_version("timestamp") == 1 && t_version("snapshot") == 1);
    CHECK(t_version("targets") == 1);
    t_close();
}

static void
test_client__without_a_root_nothing_is_asked(void)
{
    t_open();
    tuf_kept_finish(&kept);
    CHECK(t_refresh() == ERR_NOT_FOUND);
    tuf_kept_put(&kept, "root", "{}", 2);
    CHECK_REFUSED(t_refresh(), "root", "form");
    CHECK(repo.asked.len == 0);
    t_close();
}

static void
test_client__a_root_that_does_not_sign_itself_is_not_trusted(void)
{
    t_open();
    repo.root.keys.signing = 0;
    repo_put_root(&repo);
    t_trust_root();
    CHECK_REFUSED(t_refresh(), "root", "signatures");
    CHECK(repo.asked.len == 0 && tuf_client_timestamp(client) == NULL);
    t_close();
}

/* A kept snapshot is used when it is the one that the timestamp names. */
static void
test_client__a_kept_snapshot_of_other_bytes_is_fetched_again(void)
{
    struct repo_file *file;

    t_open();
    CHECK(t_refresh() == OK);
    repo.snapshot.expires_at -= REPO_DAY; /* right by itself, but another */
    repo_put_snapshot(&repo);
    file = repo_find(&repo, "1.snapshot.json");
    tuf_kept_put(&kept, "snapshot", file->bytes.data, file->bytes.len);
    repo.snapshot.expires_at += REPO_DAY;
    repo_put_snapshot(&repo);
    t_restart();
    CHECK(t_refresh() == OK);
    CHECK_STR(repo.asked.data,
        "2.root.json timestamp.json 1.snapshot.json ");
    t_close();
}

static void
test_client__a_kept_snapshot_of_another_version_is_not_enough(void)
{
    t_open();
    repo.hashes = false;
    repo_publish(&repo);
    CHECK(t_refresh() == OK);
    repo_publish_next(&repo);
    t_restart();
    CHECK(t_refresh() == OK);
    CHECK(t_version("snapshot") == 2 && t_version("targets") == 2);
    t_close();
}

static void
test_client__a_kept_snapshot_that_expired_is_not_enough(void)
{
    t_open();
    repo.timestamp.expires_at = REPO_NOW + 20 * REPO_DAY;
    repo_put_timestamp(&repo);
    CHECK(t_refresh() == OK);
    t_restart();
    CHECK_EXPIRED(tuf_client_refresh(client, REPO_NOW + 11 * REPO_DAY),
        "snapshot");
    t_close();
}

static void
test_client__names_without_versions_when_snapshots_are_not_consistent(void)
{
    const struct tuf_target *target;
    struct buf name;

    t_open();
    repo.consistent = false;
    repo_publish(&repo);
    t_trust_root();
    CHECK(t_refresh() == OK);
    CHECK(tuf_client_target(client, "p01/a", &target, NULL) == OK);
    CHECK_STR(repo.asked.data,
        "2.root.json timestamp.json snapshot.json targets.json p01.json ");
    buf_init(&name, 200);
    tuf_client_target_name(client, target, &name);
    CHECK_STR(name.data, "p01/a");
    buf_finish(&name);
    t_close();
}

static void
test_client__a_target_lies_under_its_hash(void)
{
    const struct tuf_target *target;
    const char *role = "";
    struct buf name;

    t_open();
    CHECK(t_refresh() == OK);
    CHECK(tuf_client_target(client, "p01/a", &target, &role) == OK);
    CHECK_STR(role, "p01");
    CHECK(target->length == 3);
    buf_init(&name, 200);
    tuf_client_target_name(client, target, &name);
    CHECK_STR(name.data,
        "p01/8dc6b9afdb1ceb0a973c00659bb686d631dae553c399c581339a711d50b37257"
        ".a");
    buf_finish(&name);
    t_close();
}

static void
test_client__an_endless_file_is_cut_at_its_limit(void)
{
    char *big = memset((char[70000]){0}, ' ', 70000);

    t_open();
    repo_put(&repo, "timestamp.json", big, 70000);
    CHECK(t_refresh() == ERR_TOO_LARGE);
    repo_put_timestamp(&repo);
    repo_put(&repo, "2.root.json", big, 70000);
    CHECK(t_refresh() == ERR_TOO_LARGE);
    repo_remove(&repo, "2.root.json");
    repo_put(&repo, "1.snapshot.json", big, 70000); /* longer than said */
    CHECK(t_refresh() == ERR_TOO_LARGE);
    CHECK(t_version("snapshot") == 0 && t_version("timestamp") == 1);
    t_close();
}

static void
test_client__what_was_verified_before_a_failure_is_kept(void)
{
    t_open();
    repo_publish_next(&repo);
    repo_remove(&repo, "2.targets.json");
    CHECK(t_refresh() == ERR_NOT_FOUND);
    CHECK(t_version("timestamp") == 2 && t_version("snapshot") == 2);
    CHECK(tuf_kept_find(&kept, "targets") == NULL);
    repo_put_role(&repo, 0);
    t_restart();
    CHECK(t_refresh() == OK);
    CHECK(t_version("targets") == 2);
    t_close();
}

/* Cut anywhere, a file is refused, and what was trusted stays. */
static void
test_client__a_file_cut_short_is_refused_at_every_length(void)
{
    static const char *const names[] = {
        "2.root.json", "timestamp.json", "2.snapshot.json", "2.targets.json"};
    static const char *const tops[] = {
        "root", "timestamp", "snapshot", "targets"};
    char whole[8000];

    t_open();
    CHECK(t_refresh() == OK);
    repo.root.version = 2;
    repo_publish_next(&repo);
    for (size_t n = 0; n < 4; n++) {
        struct repo_file *file = repo_find(&repo, names[n]);
        size_t len = file->bytes.len;

        memcpy(whole, file->bytes.data, len);
        for (size_t cut = 0; cut < len - 2; cut += 50) {
            repo_put(&repo, names[n], whole, cut);
            CHECK_REFUSED(t_refresh(), tops[n],
                n < 2 ? "form" : "length");
            CHECK(t_version("targets") == 1);
        }
        repo_put(&repo, names[n], whole, len);
    }
    CHECK(t_refresh() == OK);
    CHECK(t_version("root") == 2 && t_version("targets") == 2);
    t_close();
}

static void
test_quote__all_but_plain_letters_are_quoted(void)
{
    struct buf out;

    buf_init(&out, 100);
    tuf_quote("aZ09-._~/?#%đ ", &out);
    CHECK_STR(out.data, "aZ09-._~%2F%3F%23%25%C4%91%20");
    buf_finish(&out);
}

int
main(void)
{
    if (crypto_init() != OK)
        return 1;
    RUN(test_client__a_right_repository_is_trusted);
    RUN(test_client__what_is_kept_is_not_fetched_again);
    RUN(test_client__only_what_changed_is_fetched);
    RUN(test_client__damaged_memory_is_fetched_anew);
    RUN(test_client__without_a_root_nothing_is_asked);
    RUN(test_client__a_root_that_does_not_sign_itself_is_not_trusted);
    RUN(test_client__a_kept_snapshot_of_other_bytes_is_fetched_again);
    RUN(test_client__a_kept_snapshot_of_another_version_is_not_enough);
    RUN(test_client__a_kept_snapshot_that_expired_is_not_enough);
    RUN(test_client__names_without_versions_when_snapshots_are_not_consistent);
    RUN(test_client__a_target_lies_under_its_hash);
    RUN(test_client__an_endless_file_is_cut_at_its_limit);
    RUN(test_client__what_was_verified_before_a_failure_is_kept);
    RUN(test_client__a_file_cut_short_is_refused_at_every_length);
    RUN(test_quote__all_but_plain_letters_are_quoted);
    return T_END();
}
