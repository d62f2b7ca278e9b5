#include "pos/fact/read.h"

#include "base/clock.h"
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
