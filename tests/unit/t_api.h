/* tests/unit/t_api.h - a small showroom for tests: a database with an owner, a
 * cashier, a token and a till, and the struct api over it.
 *
 *     t_api_open();       // from nothing
 *     t_api_close();
 */
#ifndef TESTS_UNIT_T_API_H
#define TESTS_UNIT_T_API_H

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/settings.h"
#include "db/journal.h"
#include "db/readers.h"
#include "db/writer.h"
#include "pos/http/api.h"
#include "pos/http/events.h"
#include "pos/staff/device.h"
#include "pos/staff/staff.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

#define T_OWNER_PIN "4711"
#define T_CASHIER_PIN "2580"

enum { T_OWNER = 1, T_CASHIER, T_PROGRAM };

static struct api t_api;
static struct settings t_settings;
static char t_token[SECRET_TEXT]; /* of T_PROGRAM, a manager's */
static int64_t t_now;             /* what the clock shows, when not 0 */

static inline int64_t
t_clock(void)
{
    return t_now * 1000;
}

/* Run it and stop the test program when it fails: nothing else would hold. */
static inline void
t_must(enum err e)
{
    if (e == OK)
        return;
    fprintf(stderr, "%s: %s\n", err_name(e), err_msg());
    abort();
}

static inline void
t_api_reopen(void)
{
    static struct journal_key key = {.number = 1};

    if (!key.secret_key[0] && !key.secret_key[1])
        t_must(crypto_keypair(key.public_key, key.secret_key));
    t_must(writer_open(t_path("a.db"), NULL, &t_api.writer));
    writer_use_key(t_api.writer, &key);
    t_must(readers_open(t_path("a.db"), 2, &t_api.readers));
    t_api.events = events_new();
    writer_on_commit(t_api.writer, events_wake, t_api.events);
}

static inline void
t_api_close(void)
{
    events_stop(t_api.events);
    readers_close(t_api.readers);
    writer_close(t_api.writer);
    events_free(t_api.events);
}

static inline void
t_api_open(void)
{
    struct staff_new owner = {.role = ROLE_OWNER};
    struct staff_new cashier = {.role = ROLE_CASHIER, .by = 1};
    struct token_new program = {.role = ROLE_MANAGER, .by = 1};
    struct till_put till = {.number = 1, .by = 1, .active = true};

    t_must(crypto_init());
    t_path("a.db");
    t_dir_empty();
    t_now = 1800000000;
    clock_set(t_clock);
    settings_default(&t_settings);
    t_settings.local_till = 1;
    t_api = (struct api){.settings = &t_settings,
        .lang = LANG_VI};
    t_api_reopen();
    t_must(staff_new_prepare(&owner, "Chị Hà", T_OWNER_PIN));
    t_must(staff_new_prepare(&cashier, "Lan", T_CASHIER_PIN));
    t_must(token_new_prepare(&program, "Sổ sách"));
    memcpy(t_token, program.token, sizeof(t_token));
    t_must(db_write(t_api.writer, "t", staff_new_write, &owner));
    t_must(db_write(t_api.writer, "t", staff_new_write, &cashier));
    t_must(db_write(t_api.writer, "t", token_new_write, &program));
    t_must(db_write(t_api.writer, "t", till_put_write, &till));
}

#endif
