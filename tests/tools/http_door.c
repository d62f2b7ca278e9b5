/* tests/tools/http_door.c - the dispatcher behind a real socket, with a small
 * showroom: http_door DIR [far].  With "far" nobody is at this machine.
 *
 * Says {"port":...,"token":"..."} in a line, then does what lines on standard
 * input ask and answers each in a line:
 *     code         a code that enrols a device at till 1
 *     revoke       take the token back
 *     record KIND  append a journal record of that kind
 *     stop         end as the daemon does; standard input's end does it too
 * A DIR that is there is gone on with, so that a restart can be played. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/crypto.h"
#include "base/http_server.h"
#include "base/lang.h"
#include "base/settings.h"
#include "db/journal.h"
#include "db/readers.h"
#include "db/writer.h"
#include "pos/http/dispatch.h"
#include "pos/http/events.h"
#include "pos/http/metrics.h"
#include "pos/http/openapi.h"
#include "pos/staff/device.h"
#include "pos/staff/staff.h"

struct door {
    struct api api;
    struct settings settings;
    struct http_server *server;
    struct buf openapi;
    int64_t program; /* the token's number */
};

static void
must(enum err e)
{
    if (e == OK)
        return;
    fprintf(stderr, "http_door: %s: %s\n", err_name(e), err_msg());
    _exit(1);
}

/* People and a token; the last for every start, since its text is not kept. */
static void
people(struct door *d, bool fresh)
{
    struct staff_new owner = {.role = ROLE_OWNER};
    struct staff_new cashier = {.role = ROLE_CASHIER, .by = 1};
    struct till_put till = {.number = 1, .by = 1, .active = true};
    struct token_new program = {.role = ROLE_MANAGER, .by = 1};

    if (fresh) {
        must(staff_new_prepare(&owner, "Chị Hà", "4711"));
        must(staff_new_prepare(&cashier, "Lan", "2580"));
        must(db_write(d->api.writer, "door", staff_new_write, &owner));
        must(db_write(d->api.writer, "door", staff_new_write, &cashier));
        must(db_write(d->api.writer, "door", till_put_write, &till));
    }
    must(token_new_prepare(&program, "Kiểm thử"));
    must(db_write(d->api.writer, "door", token_new_write, &program));
    d->program = program.number;
    printf("{\"port\":%d,\"token\":\"%s\"}\n", http_server_port(d->server),
        program.token);
    fflush(stdout);
}

static void
load_lang(enum lang lang, const char *name)
{
    char path[512];
    struct buf text;
    char piece[4096];
    size_t n;
    FILE *f;

    snprintf(path, sizeof(path), "%s/pos/web/%s.json", OCOP_SOURCE_DIR, name);
    f = fopen(path, "r");
    buf_init(&text, 1 << 20);
    while (f && (n = fread(piece, 1, sizeof(piece), f)) > 0)
        buf_add(&text, piece, n);
    must(lang_load(lang, text.data, text.len));
    buf_finish(&text);
    if (f)
        fclose(f);
}

static void
open_door(struct door *d, const char *dir, bool far)
{
    struct http_config config = {.listen = "127.0.0.1:0",
        .request_seconds = 2,
        .idle_seconds = 20,
        .connections_per_address = 200,
        .body_limit = dispatch_body_limit,
        .handle = dispatch,
        .arg = &d->api};
    static struct journal_key key = {.number = 1};
    static const uint8_t seed[CRYPTO_SEED] = {1};
    char path[512];
    bool fresh;

    must(crypto_init());
    load_lang(LANG_VI, "vi");
    load_lang(LANG_EN, "en");
    crypto_keypair_of_seed(seed, key.public_key, key.secret_key);
    settings_default(&d->settings);
    if (far)
        d->settings.local_till = 0;
    snprintf(path, sizeof(path), "%s/shop.db", dir);
    fresh = access(path, F_OK) != 0;
    must(writer_open(path, NULL, &d->api.writer));
    writer_use_key(d->api.writer, &key);
    must(readers_open(path, 4, &d->api.readers));
    d->api.settings = &d->settings;
    d->api.events = events_new();
    d->api.metrics = metrics_new();
    writer_on_commit(d->api.writer, events_wake, d->api.events);
    buf_init(&d->openapi, OPENAPI_MAX);
    must(openapi_build(&d->openapi));
    d->api.openapi = d->openapi.data;
    d->api.openapi_len = d->openapi.len;
    must(http_server_open(&config, &d->server));
    d->api.server = d->server;
    people(d, fresh);
}

static void
close_door(struct door *d)
{
    events_stop(d->api.events);
    http_server_close(d->server);
    readers_close(d->api.readers);
    writer_close(d->api.writer);
    events_free(d->api.events);
    metrics_free(d->api.metrics);
    buf_finish(&d->openapi);
    lang_unload();
}

static enum err
append(struct db *db, void *arg)
{
    static const char body[] = "{\"at\":1,\"receipt_no\":\"0101-000001\","
                               "\"till\":\"1\",\"total\":583000}";

    return db_journal_append(db, arg, body, sizeof(body) - 1, NULL);
}

static void
obey(struct door *d, char *line)
{
    struct device_code_new code = {.till = 1, .by = 1};
    struct staff_change back = {.number = d->program, .by = 1};

    if (strcmp(line, "code") == 0) {
        must(db_write(d->api.writer, "door", device_code_write, &code));
        printf("%s\n", code.code);
    } else if (strcmp(line, "revoke") == 0) {
        must(db_write(d->api.writer, "door", staff_change_write, &back));
        printf("ok\n");
    } else if (strncmp(line, "record ", 7) == 0) {
        must(db_write(d->api.writer, "door", append, line + 7));
        printf("ok\n");
    } else {
        printf("what?\n");
    }
    fflush(stdout);
}

int
main(int argc, char **argv)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct door d = {.program = 0};
    char line[100];

    if (argc < 2)
        return 2;
    sigaction(SIGPIPE, &ignore, NULL);
    open_door(&d, argv[1], argc > 2 && strcmp(argv[2], "far") == 0);
    while (fgets(line, sizeof(line), stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (strcmp(line, "stop") == 0)
            break;
        obey(&d, line);
    }
    close_door(&d);
    return 0;
}
