/* sync/registry/key_file.h - one key as a file (sync/registry/keys.h). */
#ifndef SYNC_REGISTRY_KEY_FILE_H
#define SYNC_REGISTRY_KEY_FILE_H

#include "base/err.h"

struct key;

/* Read the file, which is not opened by a passphrase yet.  ERR_FILE;
 * ERR_SIGNING_KEY with the case `form` when it is no key, `mode` when it is
 * open and others than its owner may read it. */
enum err key_file_read(const char *path, struct key *out);

/* Write key->path, mode 0600, durable.  ERR_FILE. */
enum err key_file_write(const struct key *key);

#endif
