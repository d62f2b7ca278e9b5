/* ocop-pos - the operator's command. */
#include <stdio.h>
#include <sys/stat.h>

#include "base/crypto.h"
#include "base/log.h"
#include "pos/ctl/run.h"
#include "pos/open.h"

int
main(int argc, char **argv)
{
    umask(077); /* PINs and tokens, hashed or not, are nobody else's */
    log_set_level(LOG_WARN);
    if (crypto_init() != OK || open_lang() != OK) {
        fprintf(stderr, "ocop-pos: %s\n", err_msg());
        return CTL_WRONG;
    }
    return ctl_main(argc - 1, (const char *const *)argv + 1);
}
