#include "sync/registry/signing.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "sync/registry/books.h"

enum { BY_MAX = 128 /* bytes with the NUL: struct reg_list */ };

/* Who signs is kept in the books: some text, not a book. */
static enum err
check_by(struct registry *r)
{
    const char *by = registry_by(r);

    if (strlen(by) < BY_MAX && text_is_utf8(by, strlen(by)))
        return OK;
    err_arg("case", "length");
    err_arg("field", "by");
    err_arg("min", "1");
    err_arg("max", "%d", BY_MAX - 1);
    return registry_misused(r, err_set(ERR_FIELD_VALUE, "a name too long"));
}

static enum err
take_options(struct registry *r, struct signing *s)
{
    const char *values[ARGS_OPTIONS];
    int64_t hours = 0;
    size_t n = args_all(&r->args, "passphrase-file", values);
    enum err e = OK;

    for (size_t i = 0; e == OK && i < n; i++)
        e = passphrases_add_file(s->passphrases, values[i]);
    if (e == OK)
        e = check_by(r);
    if (e == OK)
        e = registry_misused(
            r, args_int(&r->args, "timestamp-hours", 1, 168, &hours));
    s->ask = (struct publish_ask){.dir = r->dir,
        .db = r->books ? r->books->db : NULL,
        .keys = &s->keys,
        .now = r->now,
        .by = registry_by(r),
        .timestamp_s = hours * 3600};
    return e;
}

static enum err
load_keys(struct registry *r, struct signing *s)
{
    const char *values[ARGS_OPTIONS];
    char retired[PATH_MAX];
    size_t n = args_all(&r->args, "keys", values);
    enum err e = registry_path(r, "keys", s->folder);

    if (e == OK)
        e = registry_path(r, "keys/retired", retired);
    if (e == OK)
        e = keys_load(&s->keys, s->folder);
    if (e == OK)
        e = keys_load(&s->keys, retired);
    for (size_t i = 0; e == OK && i < n; i++)
        e = keys_load(&s->keys, values[i]);
    return e;
}

enum err
signing_open(struct registry *r, struct signing *s)
{
    enum err e;

    s->passphrases = passphrases_new(r->say.lang);
    keys_init(&s->keys, s->passphrases);
    e = take_options(r, s);
    return e == OK ? load_keys(r, s) : e;
}

void
signing_close(struct signing *s)
{
    keys_finish(&s->keys);
    passphrases_free(s->passphrases);
}

static void
say_lists(struct registry *r, const struct published *done)
{
    say_list(&r->say, "lists");
    for (size_t i = 0; i < done->lists_len; i++) {
        const struct published_list *list = &done->lists[i];

        say_item(&r->say);
        say_str(&r->say, "role", list->role);
        say_int(&r->say, "seq", list->seq);
        say_int(&r->say, "records", list->records);
        say_int(&r->say, "changes", list->changes);
        say_line(&r->say, "registry.list_made");
    }
    say_list_end(&r->say);
}

void
signing_say(struct registry *r, const struct published *done)
{
    char when[CLOCK_RFC3339_SIZE];

    say_lists(r, done);
    say_int(&r->say, "roles", done->roles);
    say_bool(&r->say, "pages", done->pages);
    say_int(&r->say, "removed", (int64_t)done->removed);
    say_line(&r->say, "registry.roles_signed");
    clock_format_rfc3339(done->expires_at, when);
    say_int(&r->say, "snapshot", done->snapshot);
    say_int(&r->say, "timestamp", done->timestamp);
    say_str(&r->say, "expires_at", when);
    say_line(&r->say, "registry.signed");
    if (!done->late[0])
        return;
    clock_format_rfc3339(done->late_at, when);
    say_str(&r->say, "late", done->late);
    say_str(&r->say, "late_at", when);
    say_line(&r->say, "registry.late");
    r->status = REGISTRY_WRONG;
}
