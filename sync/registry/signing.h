/* sync/registry/signing.h - what every command that signs has in common:
 *
 *     --keys DIR              further folders with key files
 *     --passphrase-file FILE  instead of asking on the terminal
 *     --by NAME               who does it
 *     --timestamp-hours N     how long the timestamp is good for (1..168) */
#ifndef SYNC_REGISTRY_SIGNING_H
#define SYNC_REGISTRY_SIGNING_H

#include <limits.h>

#include "sync/registry/publish.h"
#include "sync/registry/registry.h"

#define SIGNING_OPTIONS "keys=", "passphrase-file=", "by=", "timestamp-hours="
#define SIGNING_USAGE                                                         \
    "[--by NAME] [--keys DIR]... [--passphrase-file FILE]... "                \
    "[--timestamp-hours N]"

struct signing {
    struct passphrases *passphrases;
    struct keys keys;
    char folder[PATH_MAX]; /* DIR/keys */
    struct publish_ask ask;
};

/* Read the options and the key files of DIR/keys, of its retired/ and of
 * --keys; r->books may still be NULL, then ask.db is. */
enum err signing_open(struct registry *r, struct signing *s);
void signing_close(struct signing *s);

/* What came of it, for a person and a program. */
void signing_say(struct registry *r, const struct published *done);

#endif
