/* pos/ctl/demo_file.h - demo.json: what a demonstration is made of, for
 * programs (contract/commands.md).
 *
 *     {"url":"http://127.0.0.1:8080","registry_url":"http://127.0.0.1:8090",
 *      "data":"DIR/showroom","bin":"...",
 *      "tokens":{"viewer":"..","cashier":"..","manager":"..","owner":".."},
 *      "till":"1","staff":[{"number":1,"name":"..","role":"owner",
 *      "pin":".."}]} */
#ifndef POS_CTL_DEMO_FILE_H
#define POS_CTL_DEMO_FILE_H

#include <limits.h>
#include <stdint.h>

#include "base/err.h"
#include "db/limits.h"
#include "db/staff.h"
#include "pos/staff/secret.h"

enum { DEMO_STAFF = 3, DEMO_URL = 256 };

struct demo_person {
    int64_t number;
    char name[DB_NAME];
    enum role role;
    char pin[13];
};

struct demo {
    char url[DEMO_URL], registry_url[DEMO_URL];
    char data[PATH_MAX], bin[PATH_MAX];
    char tokens[ROLE_OWNER + 1][SECRET_TEXT]; /* by role; ROLE_NONE has none */
    struct demo_person staff[DEMO_STAFF];
};

/* Read tokens and staff; the rest of *out is left alone.  ERR_FILE when it is
 * not there, ERR_JSON, ERR_FIELD_* when it is none. */
enum err demo_file_read(const char *path, struct demo *out);
enum err demo_file_write(const char *path, const struct demo *demo);

#endif
