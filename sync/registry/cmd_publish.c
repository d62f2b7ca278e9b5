/* ocop-registry publish, renew. */
#include "sync/registry/signing.h"

static enum err
sign(struct registry *r,
    enum err (*work)(const struct publish_ask *ask, struct published *out))
{
    struct signing s;
    struct published done;
    enum err e = signing_open(r, &s);

    if (e == OK)
        e = work(&s.ask, &done);
    if (e == OK)
        signing_say(r, &done);
    signing_close(&s);
    return e;
}

enum err
cmd_publish(struct registry *r)
{
    return sign(r, publish_changes);
}

enum err
cmd_renew(struct registry *r)
{
    return sign(r, publish_renew);
}
