#include "sync/lines.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "base/codes.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

static const char put_head[] = "{\"op\":\"put\",\"rec\":";

static enum err
refuse(const struct lines *l, const char *which, const char *id)
{
    err_arg("case", "%s", which);
    err_arg("list", "%s", l->list);
    err_arg("line", "%zu", l->line);
    err_arg("id", "%s", id);
    return err_set(ERR_LIST_REFUSED, "list %s, line %zu (%s): %s", l->list,
        l->line, id, which);
}

bool
lines_is_list(const char *name)
{
    if (strcmp(name, "vn") == 0)
        return true;
    return name[0] == 'p' && strspn(name + 1, "0123456789") == 2
           && !name[3] && strcmp(name, "p00") != 0;
}

/* The search form of name and producer, cut at a letter. */
static void
fold_line(struct lines *l, struct line *out)
{
    const struct ocop_record *r = &out->record;
    char both[2 * RECORD_NAME + 1];
    size_t name = strlen(r->name), producer = strlen(r->producer_name);
    size_t len;

    memcpy(both, r->name, name);
    both[name] = ' ';
    memcpy(both + name + 1, r->producer_name, producer);
    buf_clear(&l->fold);
    if (text_fold(both, name + 1 + producer, &l->fold) != OK)
        buf_clear(&l->fold); /* it would be found by its number alone */
    len = l->fold.len;
    if (len >= sizeof(out->fold)) {
        len = sizeof(out->fold) - 1;
        while (len > 0 && (l->fold.data[len] & 0xc0) == 0x80)
            len--;
    }
    memcpy(out->fold, l->fold.data, len);
    out->fold[len] = '\0';
}

/* Codes that are none are the record's own affair: they find nothing. */
static void
read_gtins(const struct json *record, struct line *out)
{
    const struct json *gtins = json_find(record, "gtins");
    const char *code;

    out->gtins_len = 0;
    if (!json_is_arr(gtins))
        return;
    for (const struct json *v = json_first(gtins);
         v && out->gtins_len < LINE_GTINS; v = json_next(v))
        if (json_is_str(v) && json_as_str(v, LINE_GTIN, &code) == OK
            && codes_gtin14(code, out->gtins[out->gtins_len]) == OK)
            out->gtins_len++;
}

/* Who signs speaks of his own products only. */
static enum err
check_signer(const struct lines *l, const struct ocop_record *r)
{
    if (strcmp(l->list, "vn") == 0)
        return r->stars == 5 ? OK : refuse(l, "stars", r->id);
    if (!lines_is_list(l->list))
        return OK; /* a list from a file is nobody's */
    if (strcmp(l->list + 1, r->province_code) != 0)
        return refuse(l, "place", r->id);
    return r->stars < 5 ? OK : refuse(l, "stars", r->id);
}

static enum err
check_order(struct lines *l, const struct ocop_record *r)
{
    if (l->line > 1 && strcmp(l->last, r->id) >= 0)
        return refuse(l, "order", r->id);
    memcpy(l->last, r->id, sizeof(l->last));
    return OK;
}

static enum err
read_record(
    struct lines *l, const char *text, size_t len, struct line *out)
{
    const struct json_limits limits = {.max_bytes = RECORD_MAX};
    struct json *root;
    enum err e = json_parse(text, len, &limits, &root);

    if (e != OK)
        return refuse(l, "form", "?");
    buf_clear(&l->form);
    l->form.full = false;
    e = record_read_with(root, &out->record, &l->form);
    if (e == OK)
        read_gtins(root, out);
    json_free(root);
    if (e != OK)
        return e;
    if (l->form.len != len || memcmp(l->form.data, text, len) != 0)
        return refuse(l, "canonical", out->record.id);
    out->drop = false;
    out->text = text;
    out->text_len = len;
    fold_line(l, out);
    return check_signer(l, &out->record);
}

static enum err
read_drop(struct lines *l, const char *text, size_t len, struct line *out)
{
    static const char *const keys[] = {"id", "op", "rev", NULL};
    static const char *const ops[] = {"drop", NULL};
    const struct json_limits limits = {.max_bytes = RECORD_MAX};
    const char *id = "?";
    struct json *root;
    int op;
    enum err e = json_parse(text, len, &limits, &root);

    memset(&out->record, 0, sizeof(out->record));
    if (e == OK)
        e = json_only(root, keys);
    if (e == OK)
        e = json_get_word(root, "op", ops, &op);
    if (e == OK)
        e = json_get_int(root, "rev", 0, JSON_INT_MAX, &out->record.rev);
    if (e == OK)
        e = json_get_str(root, "id", RECORD_ID - 1, &id);
    if (e == OK)
        memcpy(out->record.id, id, strlen(id) + 1);
    buf_clear(&l->form);
    l->form.full = false;
    if (e == OK)
        e = record_canonical(root, &l->form);
    json_free(root);
    if (e != OK || !out->record.id[0] || l->form.len != len
        || memcmp(l->form.data, text, len) != 0)
        return refuse(l, "form", out->record.id);
    out->drop = true;
    out->text = NULL;
    out->text_len = 0;
    out->gtins_len = 0;
    return OK;
}

enum err
lines_read(struct lines *l, const char *text, size_t len, struct line *out)
{
    size_t head = sizeof(put_head) - 1;
    enum err e;

    l->line++;
    if (!l->delta)
        e = read_record(l, text, len, out);
    else if (len > head && memcmp(text, put_head, head) == 0
             && text[len - 1] == '}')
        e = read_record(l, text + head, len - head - 1, out);
    else
        e = read_drop(l, text, len, out);
    return e == OK ? check_order(l, &out->record) : e;
}

void
lines_init(struct lines *l, const char *list, bool delta)
{
    *l = (struct lines){.delta = delta};
    assert(strlen(list) < sizeof(l->list));
    memcpy(l->list, list, strlen(list) + 1);
    buf_init(&l->form, RECORD_MAX);
    buf_init(&l->fold, 8 * RECORD_NAME);
}

enum err
lines_open(struct lines *l, const char *list, bool delta, const char *path)
{
    lines_init(l, list, delta);
    l->block = mem_new(1, LINES_BLOCK + LINES_LONGEST);
    l->file = fopen(path, "rb");
    return l->file ? OK : file_failed(path);
}

void
lines_finish(struct lines *l)
{
    if (l->file)
        fclose(l->file);
    mem_free(l->block);
    buf_finish(&l->form);
    buf_finish(&l->fold);
    *l = (struct lines){.file = NULL};
}

/* Bring what is left of the block to its beginning, and read on. */
static enum err
fill(struct lines *l)
{
    size_t n;

    memmove(l->block, l->block + l->at, l->len - l->at);
    l->len -= l->at;
    l->at = 0;
    n = fread(l->block + l->len, 1, LINES_BLOCK + LINES_LONGEST - l->len,
        l->file);
    l->len += n;
    l->end = n == 0;
    if (!ferror(l->file))
        return OK;
    err_arg("file", "%s", l->list);
    err_arg("why", "%s", strerror(errno));
    return err_set(ERR_FILE, "a list cannot be read: %s", strerror(errno));
}

enum err
lines_next(struct lines *l, struct line *out, bool *more_out)
{
    const char *text, *end;
    enum err e = OK;

    *more_out = false;
    while (!(end = memchr(l->block + l->at, '\n', l->len - l->at))) {
        if (l->end || l->len - l->at >= LINES_LONGEST) {
            l->line++;
            return l->at == l->len ? OK : refuse(l, "end", l->last);
        }
        e = fill(l);
        if (e != OK)
            return e;
    }
    text = l->block + l->at;
    l->at = (size_t)(end - l->block) + 1;
    e = lines_read(l, text, (size_t)(end - text), out);
    *more_out = e == OK;
    return e;
}
