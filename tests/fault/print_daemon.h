/* tests/fault/print_daemon.h - the real daemon, started, stopped and killed,
 * with a fake printer at a cable; a till that sells to it, and a cashier who
 * answers it. */
#ifndef TESTS_FAULT_PRINT_DAEMON_H
#define TESTS_FAULT_PRINT_DAEMON_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "db/print_job.h"
#include "drivers/font.h"
#include "drivers/raster.h"
#include "pos/shop.h"
#include "tests/fault/print_cable.h"
#include "tests/tools/shop_folder.h"

enum { PRINT_DAEMON_WAIT_MS = 60000 };

struct print_daemon {
    const char *program;
    struct shop_folder folder;
    struct cable *cable;
    struct shop shop; /* to draw with, beside the daemon */
    struct font *font;
    struct db *db; /* reads, beside the daemon */
    char config[300], token[64];
    int port;
    pid_t pid; /* 0: not running */
    uint64_t random;
    int lines;    /* of a bill; 1 unless said */
    int asked;    /* over HTTP */
    char key[40]; /* of what was asked last */
};

/* A showroom, its printer plugged in at the cable, which is ours now; no
 * daemon yet. */
void print_daemon_open(
    struct print_daemon *d, const char *program, struct cable *cable);
void print_daemon_close(struct print_daemon *d);

/* Started, and it answers. */
void print_daemon_start(struct print_daemon *d);
void print_daemon_kill(struct print_daemon *d); /* -9 */
void print_daemon_stop(struct print_daemon *d); /* as systemd does */

/* Sell over HTTP; the receipt's id. */
int64_t print_daemon_sell(struct print_daemon *d);
/* "Did it come out whole?"; false when the daemon refuses. */
bool print_daemon_answer(struct print_daemon *d, int64_t job, bool printed);

/* As the database says now. */
struct print_job print_daemon_receipt(struct print_daemon *d, int64_t sale);
struct print_job print_daemon_drawer(struct print_daemon *d, int64_t sale);
/* False when it did not come true for PRINT_DAEMON_WAIT_MS. */
bool print_daemon_wait(
    struct print_daemon *d, int64_t sale, enum print_state state);
/* Nothing queued, nothing in hand. */
bool print_daemon_wait_done(struct print_daemon *d);

/* Whole slips of this job on the counter. */
size_t print_daemon_slips(struct print_daemon *d, const struct print_job *job);

#endif
