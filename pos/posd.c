/* ocop-posd - the showroom's daemon. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/crypto.h"
#include "base/lang.h"
#include "base/log.h"
#include "pos/daemon.h"
#include "pos/open.h"

static const char usage[] =
    "ocop-posd [--config FILE] [--data DIR] [--listen HOST:PORT]\n";

struct args {
    const char *config, *data, *listen;
};

/* False when the command line is no good. */
static bool
read_args(int argc, char **argv, struct args *a)
{
    for (int i = 1; i < argc; i += 2) {
        const char **to = strcmp(argv[i], "--config") == 0   ? &a->config
                          : strcmp(argv[i], "--data") == 0   ? &a->data
                          : strcmp(argv[i], "--listen") == 0 ? &a->listen
                                                             : NULL;

        if (!to || i + 1 == argc)
            return false;
        *to = argv[i + 1];
    }
    return true;
}

/* Why it does not start: to a person, in both languages it may be read in. */
static int
refuse(enum lang lang)
{
    struct buf sentence;
    struct err_state why;

    err_save(&why);
    buf_init(&sentence, 4096);
    lang_error(lang, &why, &sentence);
    fprintf(stderr, "ocop-posd: %s\n(%s)\n", sentence.data, why.msg);
    buf_finish(&sentence);
    return 1;
}

static enum err
prepare(const struct args *a, struct settings *settings)
{
    enum err e = crypto_init();

    settings_default(settings);
    if (e == OK)
        e = open_lang();
    if (e == OK)
        e = open_settings(a->config, a->data, settings);
    if (e == OK && a->listen)
        e = settings_set_listen(settings, a->listen);
    log_set_level(settings->log_level);
    return e;
}

/* Until somebody asks to stop: signals are waited for, never handled. */
static void
wait_for_end(const sigset_t *ends)
{
    int got = 0;

    while (sigwait(ends, &got) == EINTR)
        ;
    log_info("posd", "stopping on signal %d", got);
}

int
main(int argc, char **argv)
{
    struct args args = {0};
    struct settings settings;
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct daemon *daemon;
    sigset_t ends;

    if (!read_args(argc, argv, &args)) {
        fputs(usage, stderr);
        return 2;
    }
    umask(077); /* the books are nobody else's to read */
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ends, NULL); /* every thread inherits it */
    sigaction(SIGPIPE, &ignore, NULL); /* a client that left is no reason */
    if (prepare(&args, &settings) != OK
        || daemon_start(&settings, &daemon) != OK)
        return refuse(settings.language);
    wait_for_end(&ends);
    daemon_stop(daemon);
    return 0;
}
