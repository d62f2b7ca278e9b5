#include "pos/fact/read.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "db/product.h"

enum err
read_text(const struct json *obj, const char *key, char *to, size_t size)
{
    const char *str;
    enum err e = json_get_str(obj, key, size - 1, &str);

    if (e == OK)
        db_copy(to, size, str);
    return e;
}

enum err
read_day(const struct json *obj, const char *key, int32_t *day_out)
{
    const char *str;
    enum err e = json_get_str(obj, key, 10, &str);

    if (e == OK && clock_parse_date(str, day_out) != OK) {
        json_blame(obj, key);
        e = err_set(ERR_FIELD_VALUE, "%s is no date", str);
    }
    return e;
}

enum err
read_request(const struct json *body, bool needed, char *key, size_t size,
    uint8_t digest[16])
{
    const struct json *request = NULL;
    const char *hex;
    enum err e = needed ? json_get_obj(body, "request", &request)
                        : json_opt_obj(body, "request", &request);

    if (e != OK || !request)
        return e;
    READ(read_text(request, "key", key, size));
    READ(json_get_str(request, "digest", 32, &hex));
    READ(crypto_unhex(hex, 32, digest));
    return e;
}
