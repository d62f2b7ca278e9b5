/* pos/open.h - the showroom opened for work: by the daemon, and by the
 * operator's command when no daemon runs. */
#ifndef POS_OPEN_H
#define POS_OPEN_H

#include "base/err.h"
#include "base/settings.h"
#include "pos/shop.h"

struct open_shop {
    struct shop shop;
    struct settings settings; /* shop.settings points here */
    int lock;
};

/* Read the settings (`config` NULL: the standard file if it is there, else the
 * defaults) and set the data folder (`data` NULL: as the settings say). */
enum err open_settings(const char *config, const char *data,
    struct settings *out);

/* Lock the data folder, load the key, start the writer and `readers`
 * readers.  No fonts, no printer.  ERR_BUSY when another program writes;
 * ERR_NOT_FOUND when there is no showroom in the folder.  Takes a copy of the
 * settings. */
enum err open_shop(const struct settings *settings, int readers,
    struct open_shop *out);
void close_shop(struct open_shop *s);

/* Take in the sentences of both languages; before any thread. */
enum err open_lang(void);

#endif
