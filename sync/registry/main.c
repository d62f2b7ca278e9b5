/* ocop-registry - the reference registry. */
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/crypto.h"
#include "base/lang.h"
#include "base/log.h"
#include "lang_en.h"
#include "lang_vi.h"
#include "sync/registry/registry.h"

static enum err
load_sentences(void)
{
    enum err e = lang_load(LANG_VI, (const char *)lang_vi, lang_vi_len);

    if (e == OK)
        e = lang_load(LANG_EN, (const char *)lang_en, lang_en_len);
    return e;
}

int
main(int argc, char **argv)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};

    umask(077); /* keys and books; what is published says its mode itself */
    sigaction(SIGPIPE, &ignore, NULL);
    log_set_level(LOG_WARN);
    if (crypto_init() != OK || load_sentences() != OK) {
        fprintf(stderr, "ocop-registry: %s\n", err_msg());
        return REGISTRY_WRONG;
    }
    return registry_main(argc - 1, (const char *const *)argv + 1);
}
