/* sync/registry/folder.h - the published folder made to say what the books
 * say. */
#ifndef SYNC_REGISTRY_FOLDER_H
#define SYNC_REGISTRY_FOLDER_H

#include <stddef.h>

#include "base/err.h"
#include "sync/registry/metadata.h"

/* Days that a file stays after nothing names it: as long as a snapshot that
 * named it can be believed. */
enum { FOLDER_KEEPS_DAYS = 7 };

/* Put the newest metadata into the folder where it is not: files with new
 * names first, then the timestamp, then the root.  A root that changes keys
 * comes last because what it needs is signed by old and new keys by then. */
enum err folder_update(struct publisher *p);

/* Remove what nothing has named for FOLDER_KEEPS_DAYS; roots stay for ever. */
enum err folder_clean(struct publisher *p, size_t *removed_out);

#endif
