/* pos/certified/folder.h - DIR/lists, where files of the registry lie while
 * they are fetched and read.  Nothing in it is believed: it can be removed at
 * any time. */
#ifndef POS_CERTIFIED_FOLDER_H
#define POS_CERTIFIED_FOLDER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "pos/certified/plan.h"
#include "pos/data.h"
#include "pos/shop.h"

enum { FOLDER_PATH = DATA_PATH + 64 };

/* Where the list `name`, or the delta that leads to it, is put. */
void folder_path(const struct shop *shop, const char *name, int64_t seq,
    bool delta, char out[FOLDER_PATH]);

/* Make the folder when it is missing; remove what belongs to no list of the
 * plan.  Begun downloads of the plan stay, to be gone on with.  ERR_FILE. */
enum err folder_tidy(const struct shop *shop, const struct plan *plan);

/* Remove all that is in it. */
void folder_clear(const struct shop *shop);

#endif
