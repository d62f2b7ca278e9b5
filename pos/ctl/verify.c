/* ocop-pos verify: do the books say what happened?  It looks for itself, beside
 * the daemon too, and opens what others would call too damaged. */
#include "base/crypto.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/families.h"
#include "pos/data.h"
#include "pos/proof/verify.h"

enum {
    SHOWN = 1000, /* findings that are said */
    SENTENCE_MAX = 8 * 1024
};

struct saying {
    struct say *say;
    int64_t count;
};

static void
say_finding(void *arg, const struct verify_finding *f)
{
    struct saying *s = arg;
    struct buf sentence;

    if (++s->count > SHOWN)
        return;
    buf_init(&sentence, SENTENCE_MAX);
    verify_sentence(s->say->lang, f, &sentence);
    say_item(s->say);
    say_int(s->say, "seq", f->seq);
    say_str(s->say, "code", f->what);
    for (size_t i = 0; i < f->args_len; i++)
        say_str(s->say, f->args[i].name, f->args[i].value);
    say_str(s->say, "detail", sentence.data);
    say_line(s->say, "verify.finding");
    buf_finish(&sentence);
}

static void
say_report(struct ctl *c, const struct verify_report *r, bool compared)
{
    char hash[2 * sizeof(r->hash) + 1];
    struct say *s = &c->say;

    crypto_hex(r->hash, sizeof(r->hash), hash);
    say_bool(s, "right", r->findings == 0);
    say_int(s, "findings_count", r->findings);
    say_int(s, "first", r->first);
    say_int(s, "last", r->last);
    say_int(s, "receipts", r->receipts);
    say_int(s, "rows", r->rows);
    say_bool(s, "rebuilt", r->rebuilt);
    say_str(s, "hash", hash);
    if (r->findings > SHOWN)
        say_line(s, "verify.more");
    say_line(s, "verify.read");
    if (r->findings && compared && !r->rebuilt)
        say_line(s, "verify.not_rebuilt");
    say_line(s, r->findings ? "verify.wrong" : "verify.right");
    if (r->findings)
        c->status = CTL_WRONG;
}

/* There must be books, unless an export is given. */
static enum err
find_books(struct ctl *c, char path[DATA_PATH])
{
    const char *dir = c->settings->data_dir;

    data_path(dir, "ocop-pos.db", path);
    if (args_has(&c->args, "journal") || data_has_showroom(dir))
        return OK;
    err_arg("case", "showroom");
    err_arg("what", "%s", dir);
    return err_set(ERR_NOT_FOUND, "no showroom in %s", dir);
}

enum err
ctl_verify(struct ctl *c)
{
    const char *slips[ARGS_OPTIONS];
    char path[DATA_PATH];
    struct verify_options options = {.database = path,
        .journal = args_str(&c->args, "journal", NULL),
        .full = args_has(&c->args, "full"),
        .slips = slips,
        .slips_len = args_all(&c->args, "slip", slips)};
    struct saying saying = {.say = &c->say};
    struct verify_report report;
    enum err e = find_books(c, path);

    if (options.journal && options.full) {
        err_arg("case", "verify_full");
        return ctl_misused(c, err_set(ERR_INVALID, "--full of an export"));
    }
    if (e == OK)
        e = crypto_init();
    if (e != OK)
        return e;
    say_list(&c->say, "findings");
    e = verify_run(&options, say_finding, &saying, &report);
    say_list_end(&c->say);
    if (e == OK)
        say_report(c, &report, options.full);
    return e;
}
