/* db/transfer.h - money that is waited for, and what the bank told of it. */
#ifndef DB_TRANSFER_H
#define DB_TRANSFER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "db/limits.h"

struct db;

enum {
    TRANSFER_CODE = 6,
    TRANSFER_CART = 33,
    TRANSFER_TEXT = 513
};

enum transfer_state {
    TRANSFER_WAITING = 1,
    TRANSFER_MATCHED,   /* the bank told of exactly this amount */
    TRANSFER_CONFIRMED, /* a person saw it in the bank's app */
    TRANSFER_CANCELLED,
    TRANSFER_PART, /* less came, by now */
    TRANSFER_OVER  /* more came */
};

/* "waiting", ...: the word of the API. */
const char *transfer_state_name(enum transfer_state state);
/* 0 for a word that is none. */
enum transfer_state transfer_state_parse(const char *name);

struct transfer {
    int64_t id;
    char key[DB_KEY]; /* of the bill */
    char cart[TRANSFER_CART]; /* or empty */
    int64_t till;
    int64_t staff;
    char code[TRANSFER_CODE];
    int64_t amount;
    int64_t received; /* dong the bank told of */
    char text[TRANSFER_TEXT]; /* of the VietQR */
    enum transfer_state state;
    int64_t created_at;
    int64_t confirmed_by; /* 0: nobody */
    int64_t sale_id;      /* the receipt it paid; 0: none yet */
};

/* Inside a write; t->state, received and what follows are not read.
 * ERR_EXISTS: the bill has one that is not cancelled. */
enum err db_transfer_add(
    struct db *db, const struct transfer *t, int64_t *id_out);

/* ERR_NOT_FOUND, with the argument `what` by id. */
enum err db_transfer_get(struct db *db, int64_t id, struct transfer *out);
/* That is not cancelled. */
enum err db_transfer_by_key(
    struct db *db, const char *key, struct transfer *out);
/* The newest of that code, in any state. */
enum err db_transfer_by_code(
    struct db *db, const char *code, struct transfer *out);

/* Write state, received and confirmed_by, inside a write, of one that has paid
 * nothing yet; ERR_TRANSFER_USED otherwise. */
enum err db_transfer_set(struct db *db, const struct transfer *t);

/* The bank told of so much by now, inside a write; also of one that has
 * paid. */
enum err db_transfer_receive(struct db *db, int64_t id, int64_t received);

/* It pays the receipt, inside a write.  ERR_TRANSFER_USED when it paid one
 * already, ERR_BOOKS when its money has not come. */
enum err db_transfer_take(struct db *db, int64_t id, int64_t sale_id);

/* With id < `before`, newest first; state 0: any.  `open`: only what has paid
 * nothing yet, which costs the same however many there were before. */
typedef enum err transfer_fn(void *arg, const struct transfer *t);
enum err db_transfer_each(struct db *db, enum transfer_state state, bool open,
    int64_t before, int64_t limit, transfer_fn *fn, void *arg);

enum bank_notice_state {
    BANK_MATCHED = 1,
    BANK_PART,
    BANK_OVER,
    BANK_UNKNOWN, /* no transfer has its code */
    BANK_LATE     /* of a transfer that was cancelled or has paid already */
};

const char *bank_notice_state_name(enum bank_notice_state state);
enum bank_notice_state bank_notice_state_parse(const char *name);

struct bank_notice {
    int64_t id;
    int64_t number; /* SePay's */
    int64_t at;
    int64_t amount;
    char code[DB_CODE];
    char content[DB_NOTE];
    char reference[DB_REF];
    enum bank_notice_state state;
    int64_t transfer_id; /* 0: none */
};

/* Inside a write.  ERR_EXISTS: it was told before. */
enum err db_bank_notice_add(
    struct db *db, const struct bank_notice *n, int64_t *id_out);
/* Was that number told before? */
enum err db_bank_notice_seen(struct db *db, int64_t number, bool *seen_out);

/* With id < `before`, newest first.  state 0: any; `odd`: all but matched. */
typedef enum err bank_notice_fn(void *arg, const struct bank_notice *n);
enum err db_bank_notice_each(struct db *db, enum bank_notice_state state,
    bool odd, int64_t before, int64_t limit, bank_notice_fn *fn, void *arg);

#endif
