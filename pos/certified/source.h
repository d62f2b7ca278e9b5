/* pos/certified/source.h - where the registry's files come from: its address,
 * or a copy of its folder (a USB stick).  Neither is trusted. */
#ifndef POS_CERTIFIED_SOURCE_H
#define POS_CERTIFIED_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/settings.h"
#include "sync/fetch.h"
#include "sync/tuf/client.h"

struct list_source {
    struct tuf_source tuf; /* metadata */
    /* Bring the target `name` ("p01/<sha256>.list-7.ndjson") to `to_path`,
     * whole and with exactly this length and hash, or not at all. */
    enum err (*file)(struct list_source *s, const char *name, int64_t length,
        const uint8_t sha256[32], const char *to_path);
    struct fetch *fetch; /* or */
    char dir[SETTINGS_PATH];
};

/* registry_url of the settings; `stop` (may be NULL) ends what takes long.
 * ERR_FETCH. */
enum err source_open_url(struct list_source *s,
    const struct settings *settings, bool (*stop)(void *arg), void *stop_arg);
/* A folder like the registry's v1.  ERR_FILE when it is none. */
enum err source_open_dir(struct list_source *s, const char *dir);
void source_close(struct list_source *s);

/* Seconds to leave it alone; 0: not asked for. */
int64_t source_retry_after(const struct list_source *s);
/* Received on the wire so far; 0 of a folder. */
int64_t source_received(const struct list_source *s);

#endif
