#include "pos/ctl/demo_file.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/json_out.h"
#include "pos/fact/read.h"
#include "pos/staff/role.h"

enum { FILE_MAX = 64 * 1024 };

static enum err
read_staff(const struct json *root, struct demo *out)
{
    const struct json *list = NULL;
    const char *role = "";
    enum err e = json_get_arr(root, "staff", DEMO_STAFF, &list);

    if (e == OK && json_len(list) != DEMO_STAFF) {
        json_blame(root, "staff");
        e = err_set(ERR_FIELD_VALUE, "%zu people", json_len(list));
    }
    for (size_t i = 0; e == OK && i < DEMO_STAFF; i++) {
        const struct json *v = json_at(list, i);
        struct demo_person *p = &out->staff[i];

        e = json_get_int(v, "number", 1, STAFF_MAX, &p->number);
        READ(read_text(v, "name", p->name, sizeof(p->name)));
        READ(read_text(v, "pin", p->pin, sizeof(p->pin)));
        READ(json_get_str(v, "role", 16, &role));
        READ(role_parse(role, &p->role));
    }
    return e;
}

enum err
demo_file_read(const char *path, struct demo *out)
{
    struct json *root = NULL;
    const struct json *tokens = NULL;
    struct buf text;
    enum err e;

    buf_init(&text, FILE_MAX);
    e = file_read(path, &text);
    READ(json_parse(text.data, text.len, NULL, &root));
    READ(json_get_obj(root, "tokens", &tokens));
    for (enum role r = ROLE_VIEWER; r <= ROLE_OWNER; r++)
        READ(read_text(
            tokens, role_name(r), out->tokens[r], sizeof(out->tokens[r])));
    READ(read_staff(root, out));
    json_free(root);
    buf_finish(&text);
    return e;
}

static void
write_staff(struct json_out *o, const struct demo *demo)
{
    json_out_key(o, "staff");
    json_out_arr(o);
    for (size_t i = 0; i < DEMO_STAFF; i++) {
        const struct demo_person *p = &demo->staff[i];

        json_out_obj(o);
        json_out_put_int(o, "number", p->number);
        json_out_put_str(o, "name", p->name);
        json_out_put_str(o, "role", role_name(p->role));
        json_out_put_str(o, "pin", p->pin);
        json_out_end_obj(o);
    }
    json_out_end_arr(o);
}

enum err
demo_file_write(const char *path, const struct demo *demo)
{
    struct json_out o;
    struct buf text;
    enum err e;

    buf_init(&text, FILE_MAX);
    json_out_init(&o, &text);
    json_out_obj(&o);
    json_out_put_str(&o, "url", demo->url);
    json_out_put_str(&o, "registry_url", demo->registry_url);
    json_out_put_str(&o, "data", demo->data);
    json_out_put_str(&o, "bin", demo->bin);
    json_out_key(&o, "tokens");
    json_out_obj(&o);
    for (enum role r = ROLE_VIEWER; r <= ROLE_OWNER; r++)
        json_out_put_str(&o, role_name(r), demo->tokens[r]);
    json_out_end_obj(&o);
    json_out_put_str(&o, "till", "1");
    write_staff(&o, demo);
    json_out_end_obj(&o);
    json_out_end(&o);
    buf_add_char(&text, '\n');
    e = file_write(path, &text);
    buf_finish(&text);
    return e;
}
