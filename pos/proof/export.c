#include "pos/proof/export.h"

#include <inttypes.h>

#include "base/crypto.h"
#include "base/json_out.h"
#include "db/journal.h"
#include "db/showroom.h"

enum { KEYS_MAX = 256 };

enum err
export_head(struct db *db, struct buf *out)
{
    struct showroom_key keys[KEYS_MAX];
    struct showroom showroom;
    struct json_out o;
    char hex[65];
    size_t len;
    enum err e = db_showroom_get(db, &showroom);

    if (e == OK)
        e = db_showroom_keys(db, keys, KEYS_MAX, &len);
    if (e != OK)
        return e;
    json_out_init(&o, out);
    json_out_obj(&o);
    json_out_put_int(&o, "showroom", showroom.number);
    json_out_key(&o, "keys");
    json_out_arr(&o);
    for (size_t i = 0; i < len; i++) {
        crypto_hex(keys[i].public_key, 32, hex);
        json_out_obj(&o);
        json_out_put_int(&o, "number", keys[i].number);
        json_out_put_str(&o, "public", hex);
        json_out_put_int(&o, "from", keys[i].from_seq);
        json_out_end_obj(&o);
    }
    json_out_end_arr(&o);
    json_out_end_obj(&o);
    json_out_end(&o);
    buf_add_char(out, '\n');
    return OK;
}

/* The body stands in the line as it stands in the file: it is JSON. */
static enum err
add_record(void *arg, const struct journal_record *rec)
{
    struct buf *out = arg;
    char hash[65], sig[129];

    crypto_hex(rec->hash, 32, hash);
    crypto_hex(rec->sig, 64, sig);
    buf_printf(out, "{\"seq\":%" PRId64 ",\"kind\":\"%s\",\"body\":", rec->seq,
        rec->kind);
    buf_add(out, rec->body, rec->body_len);
    buf_printf(out, ",\"hash\":\"%s\",\"sig\":\"%s\"}\n", hash, sig);
    if (out->full)
        return err_set(ERR_TOO_LARGE, "record %" PRId64 " does not fit",
            rec->seq);
    return OK;
}

enum err
export_records(struct db *db, int64_t from, int64_t limit, struct buf *out)
{
    return db_journal_each(db, from, limit, add_record, out);
}
