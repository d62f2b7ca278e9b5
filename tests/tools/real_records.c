#include "tests/tools/real_records.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/crypto.h"
#include "base/json_out.h"

enum err
real_records_find(const char *name, struct buf *path)
{
    const char *shared = getenv("OCOP_SHARED");

    if (!shared)
        shared = OCOP_SOURCE_DIR "/../shared";
    buf_printf(path, "%s/%s", shared, name);
    if (access(path->data, R_OK) != 0)
        return err_set(ERR_NOT_FOUND, "%s is not there", path->data);
    return OK;
}

static bool
is(const struct csv *row, const char *column, const char *value)
{
    return strcmp(csv_get(row, column), value) == 0;
}

/* Decisions without a date were made before districts were abolished, in the
 * year that the record's name tells if it does. */
static int32_t
decision_day(const struct csv *row)
{
    const char *text = csv_get(row, "decision_date");
    int32_t day;

    if (!*text)
        text = strstr(csv_get(row, "source_record"), "2025") ? "2025-06-20"
                                                             : "2024-12-20";
    return clock_parse_date(text, &day) ? 0 : day;
}

static const char *
level(const struct csv *row)
{
    if (is(row, "stars", "5"))
        return "central";
    if (is(row, "stars", "4") || strstr(csv_get(row, "issuer"), "tỉnh"))
        return "province";
    return "district";
}

static const char *
evidence(const struct csv *row)
{
    if (is(row, "evidence", "official_decision"))
        return "official_decision";
    return is(row, "evidence", "government_news") ? "press" : "demo";
}

/* The pages name the sector alone: the set is one of its. */
static const char *
group_code(const struct csv *row)
{
    if (is(row, "sector", "Đồ uống"))
        return "17";
    return is(row, "sector", "Thảo dược") ? "18" : "07";
}

static void
put_if_any(struct json_out *o, const char *key, const char *text)
{
    if (*text)
        json_out_put_str(o, key, text);
}

static void
add_producer(struct json_out *o, const struct csv *row)
{
    const char *name = csv_get(row, "producer");
    uint8_t hash[CRYPTO_HASH];
    char id[17];

    crypto_sha256(name, strlen(name), hash); /* one name, one id */
    crypto_hex(hash, 8, id);
    json_out_key(o, "producer");
    json_out_obj(o);
    json_out_put_str(o, "id", id);
    json_out_put_str(o, "name", name);
    json_out_put_str(o, "form", csv_get(row, "producer_form"));
    json_out_end_obj(o);
}

static void
add_place(struct json_out *o, const struct csv *row, int32_t day)
{
    bool new_scheme = day >= 20595; /* 22/05/2026 */

    json_out_key(o, "place");
    json_out_obj(o);
    json_out_put_str(o, "province_code", csv_get(row, "province_code"));
    put_if_any(o, "commune_code", csv_get(row, "commune_code"));
    put_if_any(o, "text", csv_get(row, "commune"));
    json_out_end_obj(o);
    json_out_key(o, "group");
    json_out_obj(o);
    json_out_put_str(o, "scheme", new_scheme ? "QD26-2026" : "QD148-2023");
    json_out_put_str(o, "code", group_code(row));
    json_out_end_obj(o);
}

static void
put_day(struct json_out *o, const char *key, int32_t day)
{
    char date[CLOCK_DATE_SIZE];

    clock_format_date(day, date);
    json_out_put_str(o, key, date);
}

static void
add_decision(struct json_out *o, const struct csv *row, int32_t day)
{
    const char *issuer = csv_get(row, "issuer");

    json_out_key(o, "decision");
    json_out_obj(o);
    put_if_any(o, "number", csv_get(row, "decision_no"));
    put_day(o, "date", day);
    json_out_put_str(o, "issuer", *issuer ? issuer : "UBND huyện Cầu Kè");
    json_out_put_str(o, "issuer_level", level(row));
    json_out_end_obj(o);
    put_day(o, "valid_from", day);
    if (*csv_get(row, "valid_until"))
        json_out_put_str(o, "valid_until", csv_get(row, "valid_until"));
    else
        put_day(o, "valid_until", clock_add_months(day, 36));
}

void
real_records_add(const struct csv *row, int64_t cert, struct buf *out)
{
    int32_t day = decision_day(row);
    double score = strtod(csv_get(row, "score"), NULL);
    struct json_out o;

    json_out_init(&o, out);
    json_out_obj(&o);
    json_out_put_str(&o, "schema", "ocop-product/1");
    json_out_put_str(&o, "id", csv_get(row, "source_record"));
    json_out_put_int(&o, "cert", cert);
    json_out_put_int(&o, "rev", 1);
    json_out_put_str(&o, "name", csv_get(row, "name"));
    add_producer(&o, row);
    add_place(&o, row, day);
    json_out_put_int(&o, "stars", strtol(csv_get(row, "stars"), NULL, 10));
    if (score > 0)
        json_out_put_int(&o, "score_x100", (int64_t)(score * 100 + 0.5));
    add_decision(&o, row, day);
    json_out_put_str(&o, "status", "active");
    json_out_put_str(&o, "evidence", evidence(row));
    json_out_end_obj(&o);
    json_out_end(&o);
}
