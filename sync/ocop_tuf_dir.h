/* sync/ocop_tuf_dir.h - trusted metadata in a folder: root.json,
 * timestamp.json, snapshot.json, targets.json, and delegated roles by their
 * quoted names (tuf_quote). */
#ifndef SYNC_OCOP_TUF_DIR_H
#define SYNC_OCOP_TUF_DIR_H

#include "base/err.h"
#include "sync/tuf/client.h"

/* Read all that is there into `kept`, which is empty.  ERR_FILE. */
enum err tuf_dir_load(const char *dir, struct tuf_kept *kept);
/* Write what is dirty and remove what is gone, in the order in which it came
 * to be trusted.  ERR_FILE. */
enum err tuf_dir_save(const char *dir, const struct tuf_kept *kept);

#endif
