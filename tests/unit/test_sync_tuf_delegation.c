/* Delegated roles: who may speak of what, and in which order they are asked. */
#include "sync/tuf/client.h"

#include "tests/unit/t_tuf.h"

/* Where the path was found: the role, or why not. */
static const char *
find(const char *path)
{
    const struct tuf_target *target = NULL;
    const char *role = NULL;
    enum err e;

    CHECK(t_refresh() == OK);
    buf_clear(&repo.asked);
    e = tuf_client_target(client, path, &target, &role);
    CHECK((e == OK) == (target != NULL));
    CHECK(e != OK || strcmp(target->path, path) == 0);
    return e == OK ? role : err_name(e);
}

/* A fresh client before a repository that is made by the test. */
static void
open_with(void (*make)(void))
{
    t_open();
    make();
    repo_publish(&repo);
    t_trust_root();
}

static void
test_province__speaks_of_its_own_products(void)
{
    t_open();
    CHECK_STR(find("p01/a"), "p01");
    CHECK_STR(repo.asked.data, "1.p01.json ");
    CHECK_STR(find("p02/b"), "p02");
    CHECK_STR(find("p03/c"), "not_found");
    CHECK(repo.asked.len == 0);
    t_close();
}

static void
add_foreign(void)
{
    repo_add_target(&repo, 1, "p02/x", "hàng của tỉnh khác");
}

static void
test_province__another_ones_product_is_not_found_though_signed(void)
{
    open_with(add_foreign);
    CHECK_STR(find("p02/x"), "not_found");
    CHECK_STR(repo.asked.data, "1.p02.json ");
    t_close();
}

static void
test_province__signed_by_another_one_is_refused(void)
{
    const struct tuf_targets *role;

    t_open();
    repo.roles[1].keys = repo.roles[2].keys;
    repo_put_role(&repo, 1); /* the delegation still names the old key */
    repo_put_snapshot(&repo);
    repo_put_timestamp(&repo);
    CHECK(t_refresh() == OK);
    CHECK_REFUSED(
        tuf_client_role(client, "p01", &role), "p01", "signatures");
    CHECK(tuf_client_role(client, "p02", &role) == OK);
    t_close();
}

static void
need_two(void)
{
    repo_keys_new(&repo, &repo.roles[1].keys, 2, 2);
    repo.roles[1].keys.signing = 1;
}

static void
test_province__one_of_two_needed_keys_is_too_few(void)
{
    const struct tuf_targets *role;

    open_with(need_two);
    CHECK(t_refresh() == OK);
    CHECK_REFUSED(
        tuf_client_role(client, "p01", &role), "p01", "signatures");
    CHECK(!tuf_kept_find(&kept, "p01"));
    t_close();
}

static void
test_province__expired_swapped_or_unknown_is_refused(void)
{
    const struct tuf_targets *role;
    struct repo_file *other;

    t_open();
    repo.roles[1].expires_at = REPO_NOW;
    repo_publish(&repo);
    CHECK(t_refresh() == OK);
    CHECK_EXPIRED(tuf_client_role(client, "p01", &role), "p01");
    CHECK_REFUSED(tuf_client_role(client, "p09", &role), "p09", "role");
    other = repo_find(&repo, "1.p01.json");
    repo_put(&repo, "1.p02.json", other->bytes.data, other->bytes.len);
    CHECK_REFUSED(tuf_client_role(client, "p02", &role), "p02", "hash");
    repo_remove(&repo, "1.p02.json");
    CHECK(tuf_client_role(client, "p02", &role) == ERR_NOT_FOUND);
    CHECK(tuf_client_role(client, "targets", &role) == OK);
    CHECK(role->delegations_len == 2);
    t_close();
}

static void
test_province__older_than_the_snapshot_says_is_refused(void)
{
    const struct tuf_targets *role;
    struct repo_file *old;

    t_open();
    repo.hashes = false;
    repo_publish(&repo);
    repo_publish_next(&repo);
    old = repo_find(&repo, "1.p01.json");
    repo_put(&repo, "2.p01.json", old->bytes.data, old->bytes.len);
    CHECK(t_refresh() == OK);
    CHECK_REFUSED(tuf_client_role(client, "p01", &role), "p01", "version");
    t_close();
}

static void
test_province__that_the_snapshot_does_not_name_is_refused(void)
{
    const struct tuf_targets *role;

    t_open();
    repo.roles_len--; /* the delegation stands, the snapshot is without it */
    repo_put_snapshot(&repo);
    repo_put_timestamp(&repo);
    CHECK(t_refresh() == OK);
    CHECK_REFUSED(tuf_client_role(client, "p02", &role), "p02", "role");
    t_close();
}

static void
make_order(void)
{
    size_t a = repo_add_role(&repo, 0, "A", "*");

    repo_add_role(&repo, 0, "B", "*");
    repo_add_role(&repo, a, "C", "*");
    repo_add_role(&repo, a, "D", "*");
}

static void
test_walk__goes_into_depth_in_order_of_trust(void)
{
    open_with(make_order);
    CHECK_STR(find("missing"), "not_found");
    CHECK_STR(repo.asked.data, "1.A.json 1.C.json 1.D.json 1.B.json ");
    t_close();
}

static void
make_terminating(void)
{
    make_order();
    repo.roles[5].terminating = true; /* C, below A */
    repo_add_target(&repo, 4, "x", "of B");
    repo_add_target(&repo, 6, "x", "of D");
}

static void
test_walk__ends_with_a_terminating_role_and_what_is_below(void)
{
    open_with(make_terminating);
    CHECK_STR(find("x"), "not_found");
    CHECK_STR(repo.asked.data, "1.A.json 1.C.json ");
    t_close();
}

/* What the terminating role may not speak of is not ended by it. */
static void
make_terminating_elsewhere(void)
{
    make_terminating();
    repo.roles[5].pattern = "y";
}

static void
test_walk__a_terminating_role_of_other_paths_ends_nothing(void)
{
    open_with(make_terminating_elsewhere);
    CHECK_STR(find("x"), "D");
    t_close();
}

/* A -> B -> A, and both delegate to C. */
static void
make_circle(void)
{
    size_t a = repo_add_role(&repo, 0, "A", "*");
    size_t b = repo_add_role(&repo, a, "B", "*");
    size_t again = repo_add_role(&repo, b, "A", "*");

    repo.roles[again] = repo.roles[a];
    repo.roles[again].parent = b;
    repo_add_role(&repo, b, "C", "*");
}

/* The same file, whoever delegates to it. */
static void
test_walk__a_circle_is_walked_once(void)
{
    open_with(make_circle);
    repo_put_role(&repo, 3);
    repo_put_snapshot(&repo);
    repo_put_timestamp(&repo);
    CHECK_STR(find("missing"), "not_found");
    CHECK_STR(repo.asked.data, "1.A.json 1.B.json 1.C.json ");
    t_close();
}

static void
make_many(void)
{
    char name[] = "r00";

    for (int i = 0; i < 40; i++) {
        name[1] = (char)('0' + i / 10);
        name[2] = (char)('0' + i % 10);
        repo_add_role(&repo, 0, name, "*");
    }
    repo_add_target(&repo, 3 + 30, "in-reach", "");
    repo_add_target(&repo, 3 + 31, "too-far", "");
}

static void
test_walk__visits_thirty_two_roles_at_most(void)
{
    open_with(make_many);
    CHECK_STR(find("in-reach"), "r30");
    CHECK_STR(find("too-far"), "not_found");
    t_close();
}

static void
make_nested(void)
{
    size_t child;

    repo.roles[1].pattern = "p01/*";
    child = repo_add_role(&repo, 1, "p01-huyen", "*/*");
    repo_add_target(&repo, child, "p01/c", "");
    repo_add_target(&repo, child, "p05/c", "");
}

static void
test_walk__every_role_on_the_way_must_cover_the_path(void)
{
    open_with(make_nested);
    CHECK_STR(find("p01/c"), "p01-huyen");
    CHECK_STR(find("p05/c"), "not_found");
    t_close();
}

static void
make_prefix(void)
{
    repo.roles[1].pattern = NULL;
    repo.roles[1].prefix = "24c"; /* SHA-256 of "p01/a" */
}

static void
test_walk__hash_prefixes_delegate_too(void)
{
    open_with(make_prefix);
    CHECK_STR(find("p01/a"), "p01");
    CHECK_STR(find("p01/z"), "not_found");
    t_close();
}

static void
make_odd_name(void)
{
    repo_add_role(&repo, 0, "../đ?", "*");
}

static void
test_role__of_an_odd_name_is_asked_for_safely(void)
{
    open_with(make_odd_name);
    CHECK_STR(find("missing"), "not_found");
    CHECK_STR(repo.asked.data, "1...%2F%C4%91%3F.json ");
    CHECK(t_version("../đ?") == 1);
    t_close();
}

int
main(void)
{
    if (crypto_init() != OK)
        return 1;
    RUN(test_province__speaks_of_its_own_products);
    RUN(test_province__another_ones_product_is_not_found_though_signed);
    RUN(test_province__signed_by_another_one_is_refused);
    RUN(test_province__one_of_two_needed_keys_is_too_few);
    RUN(test_province__expired_swapped_or_unknown_is_refused);
    RUN(test_province__older_than_the_snapshot_says_is_refused);
    RUN(test_province__that_the_snapshot_does_not_name_is_refused);
    RUN(test_walk__goes_into_depth_in_order_of_trust);
    RUN(test_walk__ends_with_a_terminating_role_and_what_is_below);
    RUN(test_walk__a_terminating_role_of_other_paths_ends_nothing);
    RUN(test_walk__a_circle_is_walked_once);
    RUN(test_walk__visits_thirty_two_roles_at_most);
    RUN(test_walk__every_role_on_the_way_must_cover_the_path);
    RUN(test_walk__hash_prefixes_delegate_too);
    RUN(test_role__of_an_odd_name_is_asked_for_safely);
    return T_END();
}
