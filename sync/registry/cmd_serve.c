/* ocop-registry serve: the published folder, until it is told to stop. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "base/http_server.h"
#include "base/log.h"
#include "sync/registry/registry.h"
#include "sync/registry/serve.h"

static const char standard_listen[] = "127.0.0.1:8090";

/* Signals are waited for, never handled: no thread may take them. */
static void
block_ends(sigset_t *ends)
{
    sigemptyset(ends);
    sigaddset(ends, SIGINT);
    sigaddset(ends, SIGTERM);
    sigaddset(ends, SIGHUP);
    pthread_sigmask(SIG_BLOCK, ends, NULL);
}

static enum err
find_www(const struct registry *r, struct serve *s)
{
    char first[PATH_MAX];
    enum err e = registry_path(r, "www", s->www);

    if (e == OK)
        e = registry_path(r, "www/v1/1.root.json", first);
    if (e != OK || access(first, R_OK) == 0)
        return e;
    err_arg("case", "registry");
    err_arg("what", "%s", r->dir);
    return err_set(ERR_NOT_FOUND, "nothing published in %s", r->dir);
}

enum err
cmd_serve(struct registry *r)
{
    struct serve s;
    struct http_config config = {
        .listen = args_str(&r->args, "listen", standard_listen),
        .beyond_loopback = args_has(&r->args, "anywhere"),
        .handle = serve_answer,
        .arg = &s};
    struct http_server *server = NULL;
    sigset_t ends;
    int got = 0;
    enum err e = find_www(r, &s);

    block_ends(&ends);
    if (e == OK)
        e = http_server_open(&config, &server);
    if (e != OK)
        return e;
    log_set_level(LOG_INFO);
    log_info("registry", "serves http://%s, port %d", config.listen,
        http_server_port(server));
    while (sigwait(&ends, &got) == EINTR)
        ;
    log_info("registry", "stopping on signal %d", got);
    http_server_close(server);
    return OK;
}
