/* pos/proof/verify_chain.h - the journal held against itself, a record at a
 * time; from a database or from an export. */
#ifndef POS_PROOF_VERIFY_CHAIN_H
#define POS_PROOF_VERIFY_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "db/certified.h"
#include "db/journal.h"
#include "db/proof.h"
#include "db/showroom.h"
#include "pos/fact/fact_list.h"
#include "pos/proof/verify_find.h"
#include "pos/proof/verify_slip.h"

enum { VERIFY_KEYS = 256 };

struct verify_chain {
    struct verify_sink *sink;
    struct verify_slips *slips;
    bool any_start;     /* an export may begin anywhere */
    int64_t showroom;   /* number, of the first record or the export's head */
    /* As the journal says; what is told beside it (a table, the head of an
     * export) is a last resort when the record that names a key is damaged. */
    struct showroom_key keys[VERIFY_KEYS], told[VERIFY_KEYS];
    size_t keys_len, told_len;
    bool keyless; /* it was told that no key is known */
    int64_t first, last; /* sequences seen; 0, 0: none */
    bool linked;         /* the record before was seen */
    uint8_t stored[JOURNAL_HASH];   /* its hash as it stands, */
    uint8_t computed[JOURNAL_HASH]; /* and as calculated */
    int64_t last_at;
    int64_t receipts;
    int64_t last_receipt; /* number; -1: not known after damage */
    struct certified_list lists[FACT_LISTS]; /* in force, by the journal */
    size_t lists_len;
    bool damaged;         /* what a record says is not what was written */
};

void verify_chain_init(struct verify_chain *c, struct verify_sink *sink,
    struct verify_slips *slips);

/* The next record in order. */
void verify_chain_add(struct verify_chain *c, const struct proof_record *r);

/* After the last: slips that no record answered; keys told otherwise. */
void verify_chain_end(struct verify_chain *c);

/* The key in force at `seq`; NULL when none is known. */
const struct showroom_key *verify_chain_key(
    const struct verify_chain *c, int64_t seq);

#endif
