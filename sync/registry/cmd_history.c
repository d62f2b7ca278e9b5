/* ocop-registry history: who changed a record, when, by which decision. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "db/registry/records.h"
#include "sync/registry/books.h"
#include "sync/registry/registry.h"

static const char *const actions[] = {
    [REG_IMPORT] = "import",
    [REG_SUSPEND] = "suspend",
    [REG_REVOKE] = "revoke",
    [REG_REINSTATE] = "reinstate",
    [REG_DROP] = "drop",
    [REG_SUPERSEDE] = "supersede",
};

static enum err
say_version(void *arg, const struct reg_version *v)
{
    struct say *say = &((struct registry *)arg)->say;
    char at[CLOCK_RFC3339_SIZE], day[CLOCK_DATE_SIZE] = "";

    clock_format_rfc3339(v->at, at);
    if (v->decision_day)
        clock_format_vn_date(v->decision_day, day);
    say_item(say);
    say_int(say, "rev", v->rev);
    say_str(say, "at", at);
    say_str(say, "by", v->by_whom);
    say_str(say, "action", actions[v->action]);
    say_str(say, "status",
        record_status_name((enum record_status)v->status));
    say_int(say, "stars", v->stars);
    say_str(say, "list", v->role ? v->role : "");
    say_str(say, "decision", v->decision ? v->decision : "");
    say_str(say, "decision_date", day);
    say_str(say, "ground", v->ground ? v->ground : "");
    if (say->json)
        say_str(say, "record", v->record);
    say_line(say, v->ground ? "registry.version_ground" : "registry.version");
    return OK;
}

static enum err
take_id(void *arg, const struct reg_version *v)
{
    memcpy(arg, v->id, strlen(v->id) + 1);
    return OK;
}

enum err
cmd_history(struct registry *r)
{
    const char *what = r->args.words[0];
    size_t len = strlen(what);
    char id[RECORD_ID];
    enum err e = db_reg_record_by_id(r->books->db, what, take_id, id);

    if (e == ERR_NOT_FOUND && len > 0 && len <= 9 &&
        strspn(what, "0123456789") == len)
        e = db_reg_record_by_cert(
            r->books->db, strtol(what, NULL, 10), take_id, id);
    if (e != OK)
        return e;
    say_str(&r->say, "id", id);
    say_line(&r->say, "registry.history");
    say_list(&r->say, "versions");
    e = db_reg_history(r->books->db, id, say_version, r);
    say_list_end(&r->say);
    return e;
}
