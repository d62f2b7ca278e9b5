/* What the file leaves open, and the registry knows: numbers, dates that
 * follow from the decision, where the place lies today, how the certificate
 * stands. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "db/registry/records.h"
#include "sync/registry/import_inside.h"
#include "sync/registry/place.h"
#include "sync/registry/provinces.h"

enum { VALID_MONTHS = 36 };

/* The text, or ""; `in` NULL: of the row itself. */
static const char *
text_of(const struct json *row, const char *in, const char *key)
{
    const struct json *obj = in ? json_find(row, in) : row;
    const struct json *v = json_is_obj(obj) ? json_find(obj, key) : NULL;
    const char *text = "";

    if (json_is_str(v))
        (void)json_as_str(v, SIZE_MAX, &text);
    return text;
}

/* One product, one decision, one producer: always the same. */
static void
give_id(const struct json *row, char out[IMPORT_ID])
{
    struct crypto_hash h;
    uint8_t hash[CRYPTO_HASH];
    char hex[17];
    const char *parts[] = {text_of(row, "decision", "number"),
        text_of(row, "decision", "date"), text_of(row, NULL, "name"),
        text_of(row, "producer", "name")};

    crypto_hash_init(&h);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        crypto_hash_add(&h, parts[i], strlen(parts[i]) + 1);
    crypto_hash_end(&h, hash);
    crypto_hex(hash, 8, hex);
    snprintf(out, IMPORT_ID, "ocop-%.2s-%s",
        text_of(row, "place", "province_code"), hex);
}

/* How the books have the record of this id. */
struct standing {
    struct json *record;
};

static enum err
take_standing(void *arg, const struct reg_version *v)
{
    struct standing *s = arg;
    const struct json_limits limits = {.max_bytes = IMPORT_LINE_MAX};

    return json_parse(v->record, v->record_len, &limits, &s->record);
}

/* Status and its circumstances.  They are changed by an order with a decision
 * (sync/registry/books.h), not by a file; but a file may say that another
 * certificate follows. */
static void
put_status(struct importing *in, struct json_out *o, const struct json *row,
    const struct json *known, const char *id)
{
    const char *said = text_of(row, NULL, "status");
    const char *is = known ? text_of(known, NULL, "status") : "";
    const struct json *from = known ? known : row;

    if (known && *said && strcmp(said, is) != 0) {
        if (strcmp(is, "active") == 0 && strcmp(said, "superseded") == 0) {
            from = row;
        } else {
            err_arg("found", "%s", is);
            importing_refuse_value(in, id, "status", "standing", said);
            return;
        }
    }
    json_out_key(o, "status");
    if (json_has(from, "status"))
        import_copy(o, json_find(from, "status"));
    else
        json_out_str(o, "active");
    if (json_has(from, "status_info")) {
        json_out_key(o, "status_info");
        import_copy(o, json_find(from, "status_info"));
    }
}

static void
put_days(struct json_out *o, const struct json *row)
{
    char date[CLOCK_DATE_SIZE];
    int32_t day;
    const char *from = text_of(row, NULL, "valid_from");

    if (!*from)
        from = text_of(row, "decision", "date");
    if (clock_parse_date(from, &day) != OK)
        return; /* told when the record is read */
    if (!json_has(row, "valid_from"))
        json_out_put_str(o, "valid_from", from);
    if (!json_has(row, "valid_until")) {
        clock_format_date(clock_add_months(day, VALID_MONTHS), date);
        json_out_put_str(o, "valid_until", date);
    }
}

static void
put_producer(struct json_out *o, const struct json *row)
{
    const struct json *producer = json_find(row, "producer");
    const char *name = text_of(row, "producer", "name");
    uint8_t hash[CRYPTO_HASH];
    char id[20];

    if (!producer)
        return;
    json_out_key(o, "producer");
    if (!json_is_obj(producer) || json_has(producer, "id") || !*name) {
        import_copy(o, producer);
        return;
    }
    crypto_sha256(name, strlen(name), hash); /* one name, one id */
    crypto_hex(hash, 8, id);
    json_out_obj(o);
    import_copy_members(o, producer, NULL);
    json_out_put_str(o, "id", id);
    json_out_end_obj(o);
}

/* Districts were abolished on 01/07/2025; what they certified is the
 * province's now (domain/ocop.md), which is said beside the issuer. */
static void
put_decision(struct json_out *o, const struct json *row)
{
    static const char city[] = "Thành phố ";
    const struct json *decision = json_find(row, "decision");
    const struct province *p =
        province_find(text_of(row, "place", "province_code"));
    char successor[RECORD_NAME];

    if (!decision)
        return;
    json_out_key(o, "decision");
    if (!json_is_obj(decision) || json_has(decision, "successor") || !p ||
        strcmp(text_of(row, "decision", "issuer_level"), "district") != 0) {
        import_copy(o, decision);
        return;
    }
    if (strncmp(p->name, city, sizeof(city) - 1) == 0)
        snprintf(successor, sizeof(successor), "UBND thành phố %s",
            p->name + sizeof(city) - 1);
    else
        snprintf(successor, sizeof(successor), "UBND tỉnh %s",
            p->name + sizeof("Tỉnh ") - 1);
    json_out_obj(o);
    import_copy_members(o, decision, NULL);
    json_out_put_str(o, "successor", successor);
    json_out_end_obj(o);
}

static bool
copy_text(char *to, size_t size, const char *text)
{
    if (strlen(text) >= size)
        return false;
    memcpy(to, text, strlen(text) + 1);
    return true;
}

static bool
read_place(const struct json *row, struct place *p)
{
    *p = (struct place){.text = ""};
    return json_is_obj(json_find(row, "place")) &&
        copy_text(p->province_code, sizeof(p->province_code),
            text_of(row, "place", "province_code")) &&
        copy_text(p->commune_code, sizeof(p->commune_code),
            text_of(row, "place", "commune_code")) &&
        copy_text(p->text, sizeof(p->text), text_of(row, "place", "text")) &&
        copy_text(p->text_at_issue, sizeof(p->text_at_issue),
            text_of(row, "place", "text_at_issue")) &&
        copy_text(p->units_version, sizeof(p->units_version),
            text_of(row, "place", "units_version")) &&
        p->province_code[0];
}

static void
put_if_any(struct json_out *o, const char *key, const char *text)
{
    if (*text)
        json_out_put_str(o, key, text);
}

static enum err
put_place(struct importing *in, struct json_out *o, const struct json *row,
    const char *id)
{
    static const char *const ours[] = {"province_code", "commune_code",
        "text", "text_at_issue", "units_version", NULL};
    struct place_fault fault = {.which = NULL};
    struct place p;
    int32_t day = INT32_MAX;
    bool readable = read_place(row, &p);
    enum err e = OK;

    if (clock_parse_date(text_of(row, "decision", "date"), &day) != OK)
        day = INT32_MAX;
    if (readable)
        e = place_resolve(in->db, &p, day, &fault);
    if (e != OK)
        return e;
    if (fault.which) {
        if (fault.found[0])
            err_arg("found", "%s", fault.found);
        importing_refuse_value(
            in, id, fault.field, fault.which, fault.value);
    }
    if (!json_has(row, "place"))
        return OK;
    json_out_key(o, "place");
    if (!readable) {
        import_copy(o, json_find(row, "place"));
        return OK;
    }
    if (strcmp(p.text, text_of(row, "place", "text")) != 0)
        importing_note(in, "place.text", "place");
    json_out_obj(o);
    import_copy_members(o, json_find(row, "place"), ours);
    json_out_put_str(o, "province_code", p.province_code);
    put_if_any(o, "commune_code", p.commune_code);
    put_if_any(o, "text", p.text);
    put_if_any(o, "text_at_issue", p.text_at_issue);
    put_if_any(o, "units_version", p.units_version);
    json_out_end_obj(o);
    return OK;
}

/* The small things that are missing. */
static void
put_missing(struct importing *in, struct json_out *o, const struct json *row,
    const char *id)
{
    if (!json_has(row, "schema"))
        json_out_put_str(o, "schema", "ocop-product/1");
    if (!json_has(row, "id"))
        json_out_put_str(o, "id", id);
    if (!json_has(row, "cert"))
        json_out_put_int(o, "cert", 1); /* given when it is written */
    if (!json_has(row, "rev"))
        json_out_put_int(o, "rev", 0);
    if (!json_has(row, "evidence") && in->x->evidence)
        json_out_put_str(o, "evidence", in->x->evidence);
    put_days(o, row);
}

enum err
import_complete(struct importing *in, const struct json *row)
{
    static const char *const ours[] = {
        "place", "producer", "decision", "status", "status_info", NULL};
    struct standing standing = {.record = NULL};
    char given[IMPORT_ID];
    const char *id = text_of(row, NULL, "id");
    struct json_out o;
    enum err e;

    if (!json_has(row, "id")) {
        give_id(row, given);
        id = given;
    }
    e = db_reg_record_by_id(in->db, id, take_standing, &standing);
    if (e != OK && e != ERR_NOT_FOUND)
        return e;
    json_out_init(&o, &in->full);
    json_out_obj(&o);
    import_copy_members(&o, row, ours);
    put_missing(in, &o, row, id);
    put_producer(&o, row);
    put_decision(&o, row);
    put_status(in, &o, row, standing.record, id);
    e = put_place(in, &o, row, id);
    json_out_end_obj(&o);
    json_out_end(&o);
    json_free(standing.record);
    return e;
}
