/* tests/tools/print_shop.h - a small showroom whose printers are fake ones at
 * TCP ports of this machine, with the workers that the daemon has.
 *
 *     print_shop_open(&p);
 *     print_shop_printer(&p, "receipt", "receipt drawer", NULL);
 *     print_shop_start(&p);
 *     sale = print_shop_sell(&p, PAY_CASH);
 *     CHECK(print_shop_until(&p, job, PRINT_CONFIRMED));
 *     print_shop_close(&p);
 *
 * Till 1 has an open shift; product 1 is a service for 50.000. */
#ifndef TESTS_TOOLS_PRINT_SHOP_H
#define TESTS_TOOLS_PRINT_SHOP_H

#include <pthread.h>

#include "db/print_job.h"
#include "db/sale.h"
#include "pos/print/printers.h"
#include "tests/tools/fake_server.h"
#include "tests/tools/shop_folder.h"

enum { PRINT_SHOP_TOLD = 64 * 1024 };

struct print_shop {
    struct shop_folder folder;
    struct shop *shop;         /* of the folder */
    struct settings *settings; /* the same */
    struct font *font;
    struct fake_server *fakes[SETTINGS_PRINTERS];
    int keys;
    int stall_ms; /* of the workers' pace; 0: a minute */
    pthread_mutex_t lock;
    struct buf told; /* the events, a line each, under the lock */
};

void print_shop_open(struct print_shop *p);
/* Add a printer; before print_shop_start. */
struct fake_server *print_shop_printer(struct print_shop *p, const char *id,
    const char *roles, const struct fake_options *options);
/* The workers; and their end, in so many milliseconds. */
void print_shop_start(struct print_shop *p);
int64_t print_shop_stop(struct print_shop *p);
/* Stops too. */
void print_shop_close(struct print_shop *p);

/* Sell one of product 1; the receipt's id.  The workers are woken. */
int64_t print_shop_sell(struct print_shop *p, enum pay_method method);

struct print_job print_shop_job(struct print_shop *p, int64_t id);
/* The first job of that kind and receipt; 0 when there is none. */
int64_t print_shop_job_of(
    struct print_shop *p, enum print_kind kind, int64_t sale_id);

/* Wait until the job has the state; false when it has not after 20 s. */
bool print_shop_until(
    struct print_shop *p, int64_t job, enum print_state state);
/* The same for a printer's state, and for a word among the events. */
bool print_shop_until_printer(
    struct print_shop *p, size_t i, enum printer_state state);
bool print_shop_until_told(struct print_shop *p, const char *word);

/* Bytes a fake took, cut slips, pulses. */
struct fake_count print_shop_count(struct print_shop *p, size_t i);
size_t print_shop_slips(struct print_shop *p, size_t i);

/* So many seconds pass at once. */
void print_shop_clock(int seconds);

#endif
