/* Each protection of the top roles, by an attack that it stops. */
#include "sync/tuf/trust.h"

#include "tests/unit/t_tuf.h"

/* A root of the next version; signed by the old keys too. */
static void
next_root(void)
{
    repo.root.version++;
    repo_put_root(&repo);
}

static void
test_root__three_new_roots_are_followed_one_by_one(void)
{
    t_open();
    for (int i = 0; i < 3; i++) {
        repo.root_before = repo.root.keys;
        repo_keys_new(&repo, &repo.root.keys, 3, 2);
        next_root();
    }
    CHECK(t_refresh() == OK);
    CHECK(t_version("root") == 4);
    CHECK(strncmp(repo.asked.data,
              "2.root.json 3.root.json 4.root.json 5.root.json ", 48) == 0);
    t_close();
}

static void
test_root__the_old_threshold_must_be_met(void)
{
    t_open();
    repo_keys_new(&repo, &repo.root.keys, 1, 1); /* a thief's own key */
    next_root();
    CHECK_REFUSED(t_refresh(), "root", "signatures");
    CHECK_STR(t_arg("have"), "0");
    CHECK(t_version("root") == 1);
    t_close();
}

static void
test_root__the_new_threshold_must_be_met(void)
{
    t_open();
    repo.root_before = repo.root.keys;
    repo_keys_new(&repo, &repo.root.keys, 3, 2);
    repo.root.keys.signing = 1;
    next_root();
    CHECK_REFUSED(t_refresh(), "root", "signatures");
    CHECK_STR(t_arg("have"), "1");
    CHECK_STR(t_arg("need"), "2");
    t_close();
}

/* Served under the name of version 2, but something else inside. */
static void
test_root__the_version_is_exactly_the_next(void)
{
    struct buf bytes;

    t_open();
    buf_init(&bytes, 10000);
    repo.root.version = 3;
    repo_put_root(&repo);
    buf_add(&bytes, repo_find(&repo, "3.root.json")->bytes.data,
        repo_find(&repo, "3.root.json")->bytes.len);
    repo_remove(&repo, "3.root.json");
    repo_put(&repo, "2.root.json", bytes.data, bytes.len);
    CHECK_REFUSED(t_refresh(), "root", "version");
    buf_clear(&bytes);
    buf_add(&bytes, repo_find(&repo, "1.root.json")->bytes.data,
        repo_find(&repo, "1.root.json")->bytes.len);
    repo_put(&repo, "2.root.json", bytes.data, bytes.len);
    CHECK_REFUSED(t_refresh(), "root", "rollback");
    CHECK(t_version("root") == 1);
    buf_finish(&bytes);
    t_close();
}

static void
test_root__may_be_expired_on_the_way_but_not_at_the_end(void)
{
    t_open();
    repo.root.expires_at = REPO_NOW - 1;
    next_root();
    CHECK_EXPIRED(t_refresh(), "root");
    CHECK_STR(t_arg("date"), "22/11/2026");
    CHECK(t_version("root") == 2); /* kept all the same: 5.3.8 */
    CHECK(t_version("timestamp") == 0);
    repo.root.expires_at = REPO_NOW; /* the moment itself is too late */
    next_root();
    CHECK_EXPIRED(t_refresh(), "root");
    repo.root.expires_at = REPO_NOW + 1;
    next_root();
    CHECK(t_refresh() == OK);
    CHECK(t_version("root") == 4);
    t_close();
}

static void
test_timestamp__an_older_one_is_a_rollback(void)
{
    t_open();
    repo_publish_next(&repo);
    CHECK(t_refresh() == OK);
    repo.timestamp.version = 1;
    repo_put_timestamp(&repo);
    t_restart();
    CHECK_REFUSED(t_refresh(), "timestamp", "rollback");
    CHECK_STR(t_arg("version"), "1");
    CHECK_STR(t_arg("known"), "2");
    CHECK(t_version("timestamp") == 2);
    t_close();
}

static void
test_timestamp__a_newer_one_may_not_name_an_older_snapshot(void)
{
    t_open();
    repo_publish_next(&repo);
    CHECK(t_refresh() == OK);
    repo.timestamp.version = 3;
    repo.snapshot.version = 1;
    repo_put_timestamp(&repo);
    t_restart();
    CHECK_REFUSED(t_refresh(), "snapshot", "rollback");
    CHECK(t_version("timestamp") == 2 && t_version("snapshot") == 2);
    t_close();
}

static void
test_timestamp__another_one_of_the_same_version_is_not_taken(void)
{
    t_open();
    CHECK(t_refresh() == OK);
    repo.snapshot.version = 100;
    repo_put_timestamp(&repo);
    t_restart();
    CHECK(t_refresh() == OK);
    CHECK_STR(repo.asked.data, "2.root.json timestamp.json ");
    CHECK(tuf_client_timestamp(client)->snapshot.version == 1);
    t_close();
}

static void
test_timestamp__an_expired_one_is_a_freeze(void)
{
    t_open();
    repo.timestamp.expires_at = REPO_NOW;
    repo_put_timestamp(&repo);
    CHECK_EXPIRED(t_refresh(), "timestamp");
    CHECK(t_version("timestamp") == 0);
    t_close();
}

static void
test_timestamp__the_kept_one_freezes_too_but_still_stops_a_rollback(void)
{
    t_open();
    repo_publish_next(&repo);
    CHECK(t_refresh() == OK);
    t_restart();
    buf_clear(&repo.asked); /* eleven days later nothing new is there */
    CHECK_EXPIRED(tuf_client_refresh(client, REPO_NOW + 11 * REPO_DAY),
        "timestamp");
    repo.timestamp.expires_at = REPO_NOW + 20 * REPO_DAY;
    repo.timestamp.version = 1;
    repo_put_timestamp(&repo);
    CHECK_REFUSED(tuf_client_refresh(client, REPO_NOW + 11 * REPO_DAY),
        "timestamp", "rollback");
    t_close();
}

static void
test_timestamp__signed_by_another_role_is_refused(void)
{
    t_open();
    repo.timestamp.keys = repo.snapshot.keys;
    repo_put_timestamp(&repo);
    CHECK_REFUSED(t_refresh(), "timestamp", "signatures");
    t_close();
}

static void
test_snapshot__must_be_the_bytes_that_were_announced(void)
{
    t_open();
    repo.snapshot.expires_at += 1; /* the same length, other bytes */
    repo_put_snapshot(&repo);
    CHECK_REFUSED(t_refresh(), "snapshot", "hash");
    repo_put(&repo, "1.snapshot.json", "{}", 2);
    CHECK_REFUSED(t_refresh(), "snapshot", "length");
    CHECK(t_version("snapshot") == 0);
    t_close();
}

static void
test_snapshot__must_be_the_version_that_was_announced(void)
{
    struct repo_file *file;

    t_open();
    repo.hashes = false;
    repo.snapshot.version = 2;
    repo_put_snapshot(&repo);
    file = repo_find(&repo, "2.snapshot.json");
    repo_put(&repo, "1.snapshot.json", file->bytes.data, file->bytes.len);
    repo.snapshot.version = 1;
    repo_put_timestamp(&repo);
    CHECK_REFUSED(t_refresh(), "snapshot", "version");
    t_close();
}

static void
test_snapshot__signed_by_another_role_is_refused(void)
{
    t_open();
    repo.snapshot.keys = repo.timestamp.keys;
    repo_put_snapshot(&repo);
    repo_put_timestamp(&repo);
    CHECK_REFUSED(t_refresh(), "snapshot", "signatures");
    t_close();
}

static void
test_snapshot__no_role_may_vanish_from_it(void)
{
    t_open();
    CHECK(t_refresh() == OK);
    repo.roles_len--; /* p02 */
    repo_publish_next(&repo);
    t_restart();
    CHECK_REFUSED(t_refresh(), "p02", "gone");
    CHECK(t_version("snapshot") == 1);
    t_close();
}

static void
test_snapshot__no_role_may_fall_back(void)
{
    t_open();
    repo_publish_next(&repo);
    CHECK(t_refresh() == OK);
    repo_publish_next(&repo);
    repo.roles[1].version = 1;
    repo_put_role(&repo, 1);
    repo_put_snapshot(&repo);
    repo_put_timestamp(&repo);
    t_restart();
    CHECK_REFUSED(t_refresh(), "p01", "rollback");
    CHECK_STR(t_arg("known"), "2");
    t_close();
}

static void
test_snapshot__an_expired_one_is_a_freeze(void)
{
    t_open();
    repo.snapshot.expires_at = REPO_NOW - 5 * REPO_DAY;
    repo_publish(&repo);
    CHECK_EXPIRED(t_refresh(), "snapshot");
    CHECK(t_version("snapshot") == 0 && t_version("timestamp") == 1);
    t_close();
}

/* Files of two publications, each right by itself. */
static void
test_targets__mixed_with_another_publication_are_refused(void)
{
    struct repo_file *file;

    t_open();
    repo.hashes = false;
    repo_publish(&repo);
    repo_publish_next(&repo);
    file = repo_find(&repo, "1.targets.json");
    repo_put(&repo, "2.targets.json", file->bytes.data, file->bytes.len);
    CHECK_REFUSED(t_refresh(), "targets", "version");
    repo.hashes = true;
    repo_publish_next(&repo);
    file = repo_find(&repo, "1.targets.json");
    repo_put(&repo, "3.targets.json", file->bytes.data, file->bytes.len);
    CHECK_REFUSED(t_refresh(), "targets", "hash");
    CHECK(t_version("targets") == 0);
    t_close();
}

static void
test_targets__an_expired_one_is_a_freeze(void)
{
    t_open();
    repo.roles[0].expires_at = REPO_NOW - 1;
    repo_publish(&repo);
    CHECK_EXPIRED(t_refresh(), "targets");
    t_close();
}

static void
test_targets__one_of_two_needed_keys_is_too_few(void)
{
    t_open();
    repo.root_before = repo.root.keys;
    repo_keys_new(&repo, &repo.root.keys, 1, 1);
    repo_keys_new(&repo, &repo.roles[0].keys, 3, 2);
    next_root();
    repo.roles[0].keys.signing = 1;
    repo_publish_next(&repo);
    CHECK_REFUSED(t_refresh(), "targets", "signatures");
    CHECK_STR(t_arg("have"), "1");
    CHECK_STR(t_arg("need"), "2");
    repo.roles[0].keys.signing = 2;
    repo_publish_next(&repo);
    CHECK(t_refresh() == OK);
    t_close();
}

/* A thief pushed versions far ahead; the keys were changed, and the numbers
 * begin again. */
static void
test_recovery__after_a_change_of_keys_versions_may_be_lower(void)
{
    t_open();
    repo.snapshot.version = repo.timestamp.version = 99998;
    repo.roles[0].version = 99998;
    repo_publish_next(&repo);
    CHECK(t_refresh() == OK);
    CHECK(t_version("targets") == 99999);
    repo_keys_new(&repo, &repo.snapshot.keys, 1, 1);
    next_root();
    repo.snapshot.version = repo.timestamp.version = 1;
    repo.roles[0].version = 1;
    repo_publish_next(&repo);
    t_restart();
    CHECK(t_refresh() == OK);
    CHECK(t_version("timestamp") == 2 && t_version("snapshot") == 2);
    CHECK(t_version("targets") == 2);
    t_close();
}

static void
test_recovery__a_root_without_a_change_of_keys_forgives_nothing(void)
{
    t_open();
    repo.timestamp.version = 9;
    repo_publish_next(&repo);
    CHECK(t_refresh() == OK);
    next_root();
    repo.timestamp.version = 1;
    repo_publish_next(&repo);
    t_restart();
    CHECK_REFUSED(t_refresh(), "timestamp", "rollback");
    CHECK(t_version("root") == 2 && t_version("timestamp") == 10);
    t_close();
}

/* One more key beside the old one is no recovery. */
static void
test_recovery__a_key_that_is_only_added_forgives_nothing(void)
{
    struct repo_keys more;

    t_open();
    repo.timestamp.version = 9;
    repo_publish_next(&repo);
    CHECK(t_refresh() == OK);
    repo_keys_new(&repo, &more, 1, 1);
    repo.timestamp.keys.signers[1] = more.signers[0];
    repo.timestamp.keys.len = 2;
    next_root();
    repo.timestamp.version = 1;
    repo_publish_next(&repo);
    t_restart();
    CHECK_REFUSED(t_refresh(), "timestamp", "rollback");
    t_close();
}

/* What was kept is forgotten at once, also when nothing better comes. */
static void
test_recovery__what_the_old_keys_signed_is_gone(void)
{
    t_open();
    CHECK(t_refresh() == OK);
    repo_keys_new(&repo, &repo.timestamp.keys, 1, 1);
    next_root();
    repo_remove(&repo, "timestamp.json");
    t_restart();
    CHECK(t_refresh() == ERR_NOT_FOUND);
    CHECK(!tuf_kept_find(&kept, "timestamp"));
    CHECK(!tuf_kept_find(&kept, "snapshot"));
    for (size_t i = 0; i < kept.len; i++)
        CHECK(kept.files[i].dirty == (strcmp(kept.files[i].role, "targets")
                  != 0));
    repo_publish_next(&repo);
    CHECK(t_refresh() == OK);
    t_close();
}

int
main(void)
{
    if (crypto_init() != OK)
        return 1;
    RUN(test_root__three_new_roots_are_followed_one_by_one);
    RUN(test_root__the_old_threshold_must_be_met);
    RUN(test_root__the_new_threshold_must_be_met);
    RUN(test_root__the_version_is_exactly_the_next);
    RUN(test_root__may_be_expired_on_the_way_but_not_at_the_end);
    RUN(test_timestamp__an_older_one_is_a_rollback);
    RUN(test_timestamp__a_newer_one_may_not_name_an_older_snapshot);
    RUN(test_timestamp__another_one_of_the_same_version_is_not_taken);
    RUN(test_timestamp__an_expired_one_is_a_freeze);
    RUN(test_timestamp__the_kept_one_freezes_too_but_still_stops_a_rollback);
    RUN(test_timestamp__signed_by_another_role_is_refused);
    RUN(test_snapshot__must_be_the_bytes_that_were_announced);
    RUN(test_snapshot__must_be_the_version_that_was_announced);
    RUN(test_snapshot__signed_by_another_role_is_refused);
    RUN(test_snapshot__no_role_may_vanish_from_it);
    RUN(test_snapshot__no_role_may_fall_back);
    RUN(test_snapshot__an_expired_one_is_a_freeze);
    RUN(test_targets__mixed_with_another_publication_are_refused);
    RUN(test_targets__an_expired_one_is_a_freeze);
    RUN(test_targets__one_of_two_needed_keys_is_too_few);
    RUN(test_recovery__after_a_change_of_keys_versions_may_be_lower);
    RUN(test_recovery__a_root_without_a_change_of_keys_forgives_nothing);
    RUN(test_recovery__a_key_that_is_only_added_forgives_nothing);
    RUN(test_recovery__what_the_old_keys_signed_is_gone);
    return T_END();
}
