/* tests/unit/t_tuf.h - a client before a repository in memory. */
#ifndef TESTS_UNIT_T_TUF_H
#define TESTS_UNIT_T_TUF_H

#include <string.h>

#include "base/crypto.h"
#include "tests/tools/tuf_repo.h"
#include "tests/unit/t.h"

static struct repo repo;
static struct tuf_source source;
static struct tuf_kept kept;
static struct tuf_client *client;

/* Trust the root as it is now. */
static inline void
t_trust_root(void)
{
    const struct repo_file *root = repo_find(&repo, "1.root.json");

    tuf_kept_put(&kept, "root", root->bytes.data, root->bytes.len);
}

/* A repository with two provinces and a client that trusts it. */
static inline void
t_open(void)
{
    repo_init(&repo);
    repo_add_role(&repo, 0, "p01", "p01/*");
    repo_add_role(&repo, 0, "p02", "p02/*");
    repo_add_target(&repo, 1, "p01/a", "xin");
    repo_add_target(&repo, 2, "p02/b", "chào");
    repo_publish(&repo);
    source = repo_source(&repo);
    tuf_kept_init(&kept);
    t_trust_root();
    client = tuf_client_new(tuf_ed25519_only, &source, &kept);
}

static inline void
t_close(void)
{
    tuf_client_free(client);
    tuf_kept_finish(&kept);
    repo_finish(&repo);
}

static inline enum err
t_refresh(void)
{
    buf_clear(&repo.asked);
    return tuf_client_refresh(client, REPO_NOW);
}

/* As after a start: only what was kept is left, and nothing is dirty. */
static inline void
t_restart(void)
{
    tuf_client_free(client);
    for (size_t i = 0; i < kept.len; i++)
        kept.files[i].dirty = false;
    client = tuf_client_new(tuf_ed25519_only, &source, &kept);
}

/* The version that is kept; 0 when there is none. */
static inline int64_t
t_version(const char *role)
{
    const struct tuf_kept_file *file = tuf_kept_find(&kept, role);

    return file ? file->version : 0;
}

static inline const char *
t_arg(const char *name)
{
    const struct err_state *last = err_last();

    for (size_t i = 0; i < last->args_len; i++)
        if (strcmp(last->args[i].name, name) == 0)
            return last->args[i].value;
    return "";
}

/* The last failure was of this role, and this protection fired. */
#define CHECK_REFUSED(e, want_role, want_case)                                \
    do {                                                                      \
        CHECK((e) == ERR_LIST_UNTRUSTED);                                     \
        CHECK_STR(t_arg("role"), want_role);                                  \
        CHECK_STR(t_arg("case"), want_case);                                  \
    } while (0)

#define CHECK_EXPIRED(e, want_role)                                           \
    do {                                                                      \
        CHECK((e) == ERR_LIST_EXPIRED);                                       \
        CHECK_STR(t_arg("role"), want_role);                                  \
    } while (0)

#endif
