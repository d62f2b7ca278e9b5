/* ocop-registry key list, key rotate. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "db/registry/labels.h"
#include "sync/registry/books.h"
#include "sync/registry/signing.h"

/* In the order of names: p01-1, root-1, root-2, root-10. */
static int
by_role(const void *a, const void *b)
{
    const struct key *x = a, *y = b;
    int order = strcmp(x->role, y->role);

    return order ? order : (x->number > y->number) - (x->number < y->number);
}

/* Does the metadata in force name it for its role? */
static bool
in_force(const struct authorities *all, const struct key *key)
{
    const struct authority *role = authorities_find(all, key->role);

    for (size_t i = 0; role && i < role->len; i++)
        if (strcmp(role->keys[i].id, key->id) == 0)
            return true;
    return false;
}

struct known {
    const struct key *key;
    bool found;
};

static enum err
is_label_key(void *arg, const struct reg_label_key *k)
{
    struct known *known = arg;

    if (memcmp(k->public_key, known->key->public, sizeof(k->public_key)) == 0)
        known->found = true;
    return OK;
}

/* Keys of labels stand in no metadata, but in the books. */
static bool
signs_labels(struct registry *r, const struct key *key)
{
    struct known known = {.key = key};

    return strncmp(key->role, "label-", 6) == 0 &&
           db_reg_label_keys(r->books->db, is_label_key, &known) == OK &&
           known.found;
}

static void
say_key(
    struct registry *r, const struct authorities *all, const struct key *key)
{
    bool signs = in_force(all, key) || signs_labels(r, key);
    char made[CLOCK_RFC3339_SIZE], name[KEY_ROLE + 16];

    clock_format_rfc3339(key->made_at, made);
    snprintf(name, sizeof(name), "%s-%d", key->role, key->number);
    say_item(&r->say);
    say_str(&r->say, "name", name);
    say_str(&r->say, "role", key->role);
    say_str(&r->say, "id", key->id);
    say_bool(&r->say, "signs", signs);
    say_bool(&r->say, "protected", key->protected);
    say_str(&r->say, "made_at", made);
    say_str(&r->say, "file", key->path);
    say_line(&r->say,
        !signs            ? "registry.key_retired"
        : key->protected ? "registry.key"
                          : "registry.key_open");
}

enum err
cmd_key_list(struct registry *r)
{
    struct publisher p = {.versions_len = 0};
    struct signing s;
    enum err e = signing_open(r, &s);

    p.db = s.ask.db;
    p.now = r->now;
    if (e == OK)
        e = publisher_open(&p, r->dir);
    if (e == OK) {
        if (s.keys.len > 0)
            qsort(s.keys.files, s.keys.len, sizeof(*s.keys.files), by_role);
        say_list(&r->say, "keys");
        for (size_t i = 0; i < s.keys.len; i++)
            say_key(r, &p.before, &s.keys.files[i]);
        say_list_end(&r->say);
        publisher_finish(&p);
    }
    signing_close(&s);
    return e;
}

/* "root-2" or an id: the id. */
static const char *
find_old(const struct keys *keys, const char *role, const char *name)
{
    char own[KEY_ROLE + 16];

    for (size_t i = 0; name && i < keys->len; i++) {
        const struct key *key = &keys->files[i];

        snprintf(own, sizeof(own), "%s-%d", key->role, key->number);
        if (strcmp(key->role, role) == 0 && strcmp(own, name) == 0)
            return key->id;
    }
    return name;
}

enum err
cmd_key_rotate(struct registry *r)
{
    struct publish_rotate rotate = {.role = r->args.words[0]};
    struct published done;
    char old[TUF_KEYID] = "";
    struct signing s;
    const char *name;
    enum err e = signing_open(r, &s);

    if (e == OK) {
        rotate.folder = s.folder;
        name = find_old(
            &s.keys, rotate.role, args_str(&r->args, "old", NULL));
        if (name) {
            snprintf(old, sizeof(old), "%s", name); /* the list may move */
            rotate.old = old;
        }
        e = publish_rotate(&s.ask, &rotate, &done);
    }
    if (e == OK) {
        say_str(&r->say, "role", rotate.role);
        say_int(&r->say, "made", (int64_t)rotate.made);
        say_line(&r->say, "registry.rotated");
        signing_say(r, &done);
    }
    signing_close(&s);
    return e;
}
