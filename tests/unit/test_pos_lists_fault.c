/* One signer's fault: the lists of the others come into force all the same. */
#include "tests/unit/t_lists.h"

/* What p02 signs is refused for `which`; p01, which changed with it, is at
 * `seq` all the same, and p02 where it was. */
static void
only_p02_refused(const char *which, int64_t seq)
{
    int64_t role = trusted("p02"), confirmed = trusted(TRUSTED_CONFIRMED);
    struct cycle c;

    CHECK(cycle(&c) == ERR_LIST_REFUSED);
    CHECK(err_last()->args_len > 0);
    CHECK_STR(err_last()->args[0].value, which);
    CHECK(c.seq > 0 && in_force("p01", seq) && in_force("p02", 1));
    CHECK(trusted("p02") == role && trusted("p01") > role);
    CHECK(trusted(TRUSTED_CONFIRMED) == confirmed); /* no fresher for it */
}

static void
test_cycle__one_signers_fault_keeps_nothing_from_the_others(void)
{
    struct cycle c;

    open_all();
    put_list("p01", 1, 1, CERT_01, 20, 0);
    put_list("p02", 1, 2, CERT_02, 20, 0);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK);
    put_list("p01", 2, 1, CERT_01, 20, 3);
    put_one("p02", 2, &(struct sample){.id = "A", .cert = 7});
    only_p02_refused("place", 2);
    put_list("p01", 3, 1, CERT_01, 20, 0);
    put_one("p02", 2,
        &(struct sample){.id = "Z", .cert = CERT_01 + 3, .province = "02"});
    only_p02_refused("claimed", 3);
    CHECK(cycle(&c) == ERR_LIST_REFUSED && c.seq == 0);
    CHECK_STR(err_last()->args[0].value, "claimed");
    put_list("p02", 2, 2, CERT_02, 20, 5);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK && in_force("p02", 2) && in_force("p01", 3));
    close_all();
}

/* The role's metadata is not what the snapshot announced. */
static void
test_cycle__a_role_that_cannot_be_trusted_is_left_out_alone(void)
{
    char path[300];
    struct buf none;
    struct cycle c;

    open_all();
    put_list("p01", 1, 1, CERT_01, 20, 0);
    put_list("p02", 1, 2, CERT_02, 20, 0);
    list_repo_publish(&repo, now);
    CHECK(cycle(&c) == OK);
    put_list("p01", 2, 1, CERT_01, 20, 3);
    put_list("p02", 2, 2, CERT_02, 20, 3);
    list_repo_publish(&repo, now);
    snprintf(path, sizeof(path), "%s/%lld.p02.json", repo.dir,
        (long long)list_repo_role(&repo, "p02")->version);
    buf_init(&none, 16);
    buf_add_str(&none, "{}\n");
    CHECK(file_write(path, &none) == OK);
    buf_finish(&none);
    CHECK(cycle(&c) == ERR_LIST_UNTRUSTED && c.seq > 0);
    CHECK(in_force("p01", 2) && in_force("p02", 1));
    close_all();
}

int
main(void)
{
    CHECK(crypto_init() == OK);
    RUN(test_cycle__one_signers_fault_keeps_nothing_from_the_others);
    RUN(test_cycle__a_role_that_cannot_be_trusted_is_left_out_alone);
    return T_END();
}
