/* ocop-registry init: keys of all roles and the first, empty, repository. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "sync/registry/books.h"
#include "sync/registry/provinces.h"
#include "sync/registry/signing.h"

/* How many keys, and how many of them must sign. */
struct plan {
    bool demo;
    int64_t root_keys, root_threshold;
    int64_t targets_keys, targets_threshold;
};

static enum err
read_plan(struct registry *r, struct plan *plan)
{
    const struct args *a = &r->args;
    enum err e;

    *plan = (struct plan){.demo = args_has(a, "demo")};
    plan->root_keys = plan->demo ? 1 : 5;
    plan->root_threshold = plan->demo ? 1 : 3;
    plan->targets_keys = plan->demo ? 1 : 3;
    plan->targets_threshold = plan->demo ? 1 : 2;
    e = args_int(a, "root-keys", 1, AUTHORITY_KEYS, &plan->root_keys);
    if (e == OK)
        e = args_int(
            a, "root-threshold", 1, plan->root_keys, &plan->root_threshold);
    if (e == OK)
        e = args_int(
            a, "targets-keys", 1, AUTHORITY_KEYS, &plan->targets_keys);
    if (e == OK)
        e = args_int(a, "targets-threshold", 1, plan->targets_keys,
            &plan->targets_threshold);
    return registry_misused(r, e);
}

struct making {
    struct signing *s;
    struct authorities *all;
    int64_t now;
};

/* `n` keys of a role.  What is left of an attempt that was broken off signs
 * nothing: its numbers are passed over. */
static enum err
make_role(struct making *m, const char *role, int64_t n, int64_t threshold,
    bool guarded)
{
    struct authority *a = authorities_add(m->all, role, threshold);
    const struct key *key;
    enum err e = OK;

    for (int64_t i = 0; e == OK && i < n; i++) {
        e = keys_make(
            &m->s->keys, m->s->folder, role, guarded, m->now, &key);
        if (e == OK)
            authority_add_key(a, key);
    }
    return e;
}

/* Timestamp and snapshot are signed by a timer, with nobody there to open
 * their keys: those two are never guarded. */
static enum err
make_keys(struct making *m, const struct plan *plan)
{
    bool guarded = !plan->demo;
    char role[KEY_ROLE];
    enum err e = make_role(
        m, "root", plan->root_keys, plan->root_threshold, guarded);

    if (e == OK)
        e = make_role(m, "timestamp", 1, 1, false);
    if (e == OK)
        e = make_role(m, "snapshot", 1, 1, false);
    if (e == OK)
        e = make_role(m, "targets", plan->targets_keys,
            plan->targets_threshold, guarded);
    if (e == OK)
        e = make_role(m, "vn", 1, 1, guarded);
    for (size_t i = 0; e == OK && province_at(i); i++) {
        snprintf(role, sizeof(role), "p%.8s", province_at(i)->code);
        e = make_role(m, role, 1, 1, guarded);
    }
    return e;
}

/* The folder, private: keys and books are in it.  What is published below is
 * for everybody, so the way to it is open. */
static enum err
make_folder(const char *dir)
{
    if (mkdir(dir, 0755) == 0)
        return chmod(dir, 0755) == 0
                   ? OK
                   : err_set(ERR_FILE, "chmod: %s", strerror(errno));
    return errno == EEXIST ? OK : file_failed(dir);
}

/* ERR_EXISTS when a registry is there already. */
static enum err
refuse_second(struct registry *r)
{
    struct publisher p = {.db = r->books->db, .now = r->now};
    enum err e = publisher_open(&p, r->dir);

    publisher_finish(&p);
    if (e != OK || p.versions_len == 0)
        return e;
    err_arg("case", "registry");
    err_arg("what", "%s", r->dir);
    return err_set(ERR_EXISTS, "a registry is in %s", r->dir);
}

static void
say_made(struct registry *r, const struct plan *plan, const struct signing *s)
{
    say_str(&r->say, "dir", r->dir);
    say_int(&r->say, "keys", (int64_t)s->keys.len);
    say_bool(&r->say, "demo", plan->demo);
    say_int(&r->say, "root_keys", plan->root_keys);
    say_int(&r->say, "root_threshold", plan->root_threshold);
    say_int(&r->say, "targets_keys", plan->targets_keys);
    say_int(&r->say, "targets_threshold", plan->targets_threshold);
    say_line(&r->say, "registry.made");
    say_line(&r->say, "registry.made_keys");
    say_line(&r->say,
        plan->demo ? "registry.made_open" : "registry.made_guarded");
}

enum err
cmd_init(struct registry *r)
{
    struct authorities *all = mem_new(1, sizeof(*all));
    struct published done;
    struct signing s;
    struct making m = {.s = &s, .all = all, .now = r->now};
    struct plan plan;
    enum err e = signing_open(r, &s);

    if (e == OK)
        e = read_plan(r, &plan);
    if (e == OK)
        e = make_folder(r->dir);
    if (e == OK)
        e = registry_open_books(r);
    if (e == OK)
        e = refuse_second(r);
    if (e == OK)
        e = make_keys(&m, &plan);
    if (e == OK) {
        s.ask.db = r->books->db;
        e = publish_first(&s.ask, all, &done);
    }
    if (e == OK) {
        say_made(r, &plan, &s);
        signing_say(r, &done);
    }
    signing_close(&s);
    mem_free(all);
    return e;
}
