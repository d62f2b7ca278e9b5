/* sync/tuf/keep.h - how the client changes what is kept.  For sync/tuf/ alone;
 * everyone else reads through sync/tuf/client.h. */
#ifndef SYNC_TUF_KEEP_H
#define SYNC_TUF_KEEP_H

#include "sync/tuf/client.h"

/* `bytes` (head->bytes_len of them) are trusted from now on. */
void tuf_keep(struct tuf_kept *kept, const char *role, const char *bytes,
    const struct tuf_signed *head);
/* What the caller put there is trusted: note its version and expiry. */
void tuf_keep_seen(
    struct tuf_kept *kept, const char *role, const struct tuf_signed *head);
/* It must not be compared with any more. */
void tuf_keep_forget(struct tuf_kept *kept, const char *role);

#endif
