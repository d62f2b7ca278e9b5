/* ocop-registry labels: the codes of a province's shelf labels, in a file for
 * its showrooms. */
#include "base/file.h"
#include "sync/registry/books.h"
#include "sync/registry/labels.h"
#include "sync/registry/provinces.h"
#include "sync/registry/signing.h"

static enum err
check_province(struct registry *r, const char *code)
{
    if (province_find(code))
        return OK;
    err_arg("case", "province");
    err_arg("value", "%.40s", code);
    return registry_misused(
        r, err_set(ERR_INVALID, "no province %.40s", code));
}

static void
answer(struct registry *r, const struct labels_ask *ask, const char *file)
{
    say_str(&r->say, "province", ask->province);
    say_int(&r->say, "key", ask->number);
    say_bool(&r->say, "key_made", ask->made);
    say_int(&r->say, "labels", ask->count);
    say_str(&r->say, "file", file);
    say_line(&r->say, "registry.labels_made");
    if (ask->made)
        say_line(&r->say, "registry.labels_publish");
}

enum err
cmd_labels(struct registry *r)
{
    const char *file = args_str(&r->args, "out", "");
    struct labels_ask ask = {.db = r->books->db,
        .province = args_str(&r->args, "province", ""),
        .new_key = args_has(&r->args, "new-key"),
        .now = r->now,
        .by = registry_by(r)};
    struct signing s;
    struct buf text;
    enum err e = check_province(r, ask.province);

    if (e != OK)
        return e;
    buf_init(&text, REGISTRY_INPUT_MAX);
    e = signing_open(r, &s);
    ask.keys = &s.keys;
    ask.folder = s.folder;
    if (e == OK)
        e = labels_write(&ask, &text);
    if (e == OK)
        e = file_write(file, &text);
    signing_close(&s);
    buf_finish(&text);
    if (e == OK)
        answer(r, &ask, file);
    return e;
}
