/* ocop-tuf - the list client alone, with the command line that the public TUF
 * client conformance suite drives.  Exit status 0, or 1 for any failure. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/args.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "base/file.h"
#include "base/lang.h"
#include "lang_en.h"
#include "lang_vi.h"
#include "sync/fetch.h"
#include "sync/ocop_tuf_dir.h"
#include "sync/ocop_tuf_keys.h"
#include "sync/tuf/client.h"
#include "sync/tuf/trust.h"

enum { PATH_MAX_BYTES = 8192 };

static const char usage[] =
    "ocop-tuf --metadata-dir DIR init ROOT\n"
    "ocop-tuf --metadata-dir DIR --metadata-url URL refresh\n"
    "ocop-tuf --metadata-dir DIR --metadata-url URL --target-name PATH\n"
    "         --target-base-url URL --target-dir DIR download\n";

static args_spec spec = {"metadata-dir*", "metadata-url=", "target-name=",
    "target-base-url=", "target-dir=", NULL};

struct run {
    const struct args *args;
    struct tuf_kept kept;
    struct tuf_client *client;
    struct fetch *metadata;
};

static enum err
wants(const struct args *a, const char *name)
{
    if (args_has(a, name))
        return OK;
    return err_set(ERR_INVALID, "--%s is missing\n%s", name, usage);
}

/* Trust this root first: it is looked at, and nothing else is. */
static enum err
init(const struct args *a)
{
    struct tuf_kept kept;
    struct tuf_trust trust;
    struct buf root;
    enum err e;

    if (a->words_len != 2)
        return err_set(ERR_INVALID, "init takes a file\n%s", usage);
    tuf_kept_init(&kept);
    buf_init(&root, TUF_ROOT_BYTES);
    e = file_read(a->words[1], &root);
    if (e == OK) {
        e = tuf_trust_start(&trust, tuf_all_schemes, root.data, root.len);
        tuf_trust_finish(&trust);
    }
    if (e == OK) {
        tuf_kept_put(&kept, "root", root.data, root.len);
        kept.files[0].dirty = true;
        e = tuf_dir_save(args_str(a, "metadata-dir", "."), &kept);
    }
    buf_finish(&root);
    tuf_kept_finish(&kept);
    return e;
}

static enum err
open_fetch(const struct args *a, const char *option, struct fetch **out)
{
    const struct fetch_config config = {
        .base_url = args_str(a, option, ""), .agent = "ocop-tuf"};
    enum err e = wants(a, option);

    return e == OK ? fetch_open(&config, out) : e;
}

static enum err
get(void *arg, const char *name, size_t max, struct buf *out)
{
    struct run *r = arg;

    return fetch_bytes(r->metadata, name, max, out);
}

/* Is it there already, with these bytes? */
static bool
is_there(const char *path, const struct tuf_target *target)
{
    uint8_t sha256[CRYPTO_HASH];
    struct buf bytes;
    bool same;

    buf_init(&bytes, (size_t)target->length);
    same = file_read(path, &bytes) == OK &&
           bytes.len == (size_t)target->length;
    crypto_sha256(bytes.data, bytes.len, sha256);
    same = same && memcmp(sha256, target->sha256, CRYPTO_HASH) == 0;
    buf_finish(&bytes);
    return same;
}

static enum err
bring(struct run *r, const struct tuf_target *target, const char *to)
{
    struct fetch *f = NULL;
    struct buf name;
    enum err e = open_fetch(r->args, "target-base-url", &f);

    buf_init(&name, PATH_MAX_BYTES);
    tuf_client_target_name(r->client, target, &name);
    if (e == OK)
        e = fetch_file(f, name.data, target->length, target->sha256,
            TUF_BYTES_MAX, to);
    if (e != OK) /* the next call may be for other bytes */
        fetch_file_forget(to);
    fetch_close(f);
    buf_finish(&name);
    return e;
}

static enum err
download(struct run *r)
{
    const char *path = args_str(r->args, "target-name", "");
    const struct tuf_target *target;
    struct buf to;
    enum err e = tuf_client_target(r->client, path, &target, NULL);

    if (e != OK)
        return e;
    if (target->length > TUF_BYTES_MAX)
        return err_set(ERR_TOO_LARGE, "%s is past the limit", path);
    buf_init(&to, PATH_MAX_BYTES);
    buf_printf(&to, "%s/", args_str(r->args, "target-dir", "."));
    tuf_quote(path, &to);
    if (!is_there(to.data, target))
        e = bring(r, target, to.data);
    buf_finish(&to);
    return e;
}

/* Whatever was verified is saved, also when what came after it failed. */
static enum err
with_client(struct run *r, bool with_download)
{
    const char *dir = args_str(r->args, "metadata-dir", ".");
    const struct tuf_source source = {.arg = r, .get = get};
    struct err_state why;
    enum err e = tuf_dir_load(dir, &r->kept), saved;

    if (e != OK)
        return e;
    r->client = tuf_client_new(tuf_all_schemes, &source, &r->kept);
    e = tuf_client_refresh(r->client, clock_now());
    if (e == OK && with_download)
        e = download(r);
    err_save(&why);
    saved = tuf_dir_save(dir, &r->kept);
    tuf_client_free(r->client);
    return e != OK ? err_load(&why) : saved;
}

static enum err
refresh(const struct args *a, bool with_download)
{
    struct run r = {.args = a};
    enum err e = open_fetch(a, "metadata-url", &r.metadata);

    if (e == OK && with_download) {
        e = wants(a, "target-name");
        if (e == OK)
            e = wants(a, "target-base-url");
        if (e == OK)
            e = wants(a, "target-dir");
    }
    tuf_kept_init(&r.kept);
    if (e == OK)
        e = with_client(&r, with_download);
    tuf_kept_finish(&r.kept);
    fetch_close(r.metadata);
    return e;
}

static enum err
run(const struct args *a)
{
    const char *command = a->words_len > 0 ? a->words[0] : "";

    if (strcmp(command, "init") == 0)
        return init(a);
    if (strcmp(command, "refresh") == 0)
        return refresh(a, false);
    if (strcmp(command, "download") == 0)
        return refresh(a, true);
    return err_set(ERR_INVALID, "no such command: %s\n%s", command, usage);
}

static enum err
prepare(void)
{
    enum err e = crypto_init();

    if (e == OK)
        e = lang_load(LANG_VI, (const char *)lang_vi, lang_vi_len);
    if (e == OK)
        e = lang_load(LANG_EN, (const char *)lang_en, lang_en_len);
    return e;
}

int
main(int argc, char **argv)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct args args = {.words_len = 0};
    struct buf sentence;
    enum err e;

    sigaction(SIGPIPE, &ignore, NULL);
    e = prepare();
    if (e == OK)
        e = args_read(argc - 1, (const char *const *)argv + 1, spec, &args);
    if (e == OK)
        e = args_check(&args, spec, 1, 2);
    if (e == OK)
        e = run(&args);
    if (e == OK)
        return 0;
    buf_init(&sentence, 4096);
    lang_error(LANG_VI, err_last(), &sentence);
    fprintf(stderr, "ocop-tuf: %s\n(%s: %s)\n", sentence.data, err_name(e),
        err_msg());
    buf_finish(&sentence);
    return 1;
}
