#include "sync/list.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"

enum {
    LINE_MAX_BYTES = 2 * RECORD_MAX, /* white space and escapes */
    FOLD_MAX = RECORD_NAME - 1       /* what the table keeps */
};

struct reading {
    list_refuse_fn *refuse;
    void *arg;
    struct list *list;
    size_t cap;
    struct buf canonical, fold; /* of the line at work */
};

/* Append the text and its NUL; where it begins. */
static size_t
keep(struct buf *b, const char *text, size_t len)
{
    size_t at = b->len;

    buf_add(b, text, len);
    buf_add(b, "", 1);
    return at;
}

/* The search form of name and producer, cut at a letter. */
static void
fold_record(const struct ocop_record *record, struct buf *fold)
{
    char both[2 * RECORD_NAME + 1];
    size_t name = strlen(record->name), len = name + 1;

    memcpy(both, record->name, name);
    both[name] = ' ';
    memcpy(both + len, record->producer_name, strlen(record->producer_name));
    len += strlen(record->producer_name);
    buf_clear(fold);
    if (text_fold(both, len, fold) != OK)
        buf_clear(fold); /* it would be found by its number alone */
    if (fold->len > FOLD_MAX) {
        len = FOLD_MAX;
        while (len > 0 && (fold->data[len] & 0xc0) == 0x80)
            len--;
        buf_cut(fold, len);
    }
}

/* Keep all texts in one block and point into it. */
static void
fill_item(struct reading *r, const struct ocop_record *record, size_t line)
{
    struct list_item *item = &r->list->items[r->list->len++];
    struct buf b;
    size_t id, name, producer, fold;

    *item = (struct list_item){.line = line,
        .record_len = r->canonical.len,
        .cert = record->cert,
        .rev = record->rev,
        .stars = record->stars,
        .from_day = record->valid_from_day,
        .until_day = record->valid_until_day,
        .status = record->status,
        .recall = record->recall,
        .evidence = record->evidence};
    memcpy(item->province_code, record->province_code,
        sizeof(item->province_code));
    memcpy(item->commune_code, record->commune_code,
        sizeof(item->commune_code));
    memcpy(item->group_code, record->group_code, sizeof(item->group_code));
    fold_record(record, &r->fold);
    buf_init(&b, RECORD_MAX + 4 * RECORD_NAME);
    keep(&b, r->canonical.data, r->canonical.len);
    id = keep(&b, record->id, strlen(record->id));
    name = keep(&b, record->name, strlen(record->name));
    producer = keep(&b, record->producer_name, strlen(record->producer_name));
    fold = keep(&b, r->fold.data, r->fold.len);
    item->bytes = mem_dup(b.data, b.len);
    buf_finish(&b);
    item->record = item->bytes;
    item->id = item->bytes + id;
    item->name = item->bytes + name;
    item->producer = item->bytes + producer;
    item->fold = item->bytes + fold;
}

static enum err
read_line(struct reading *r, const char *text, size_t len, size_t line)
{
    const struct json_limits limits = {.max_bytes = LINE_MAX_BYTES};
    struct ocop_record record;
    struct json *root = NULL;
    enum err e = json_parse(text, len, &limits, &root);

    buf_clear(&r->canonical);
    r->canonical.full = false;
    if (e == OK)
        e = record_read(root, &record);
    if (e == OK)
        e = record_canonical(root, &r->canonical);
    json_free(root);
    if (e != OK) {
        r->refuse(r->arg, line, err_last());
        return OK;
    }
    if (r->list->len == LIST_RECORDS_MAX)
        return err_set(
            ERR_TOO_LARGE, "more than %d records", LIST_RECORDS_MAX);
    if (r->list->len == r->cap) {
        r->cap = r->cap ? r->cap * 2 : 256;
        r->list->items = mem_resize(
            r->list->items, r->cap, sizeof(*r->list->items));
    }
    fill_item(r, &record, line);
    return OK;
}

static bool
is_blank(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r')
            return false;
    return true;
}

static enum err
read_lines(struct reading *r, const char *text, size_t len)
{
    size_t line = 0;
    enum err e = OK;

    for (size_t at = 0; e == OK && at < len;) {
        const char *end = memchr(text + at, '\n', len - at);
        size_t n = end ? (size_t)(end - text) - at : len - at;

        line++;
        if (!is_blank(text + at, n))
            e = read_line(r, text + at, n, line);
        at += n + 1;
    }
    return e;
}

static int
compare_id(const void *a, const void *b)
{
    const struct list_item *x = a, *y = b;
    int order = strcmp(x->id, y->id);

    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int
compare_cert(const void *a, const void *b)
{
    const struct list_item *x = a, *y = b;

    if (x->cert != y->cert)
        return x->cert < y->cert ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

static void
sort(struct list *list, int (*compare)(const void *, const void *))
{
    if (list->len > 0) /* qsort takes no NULL */
        qsort(list->items, list->len, sizeof(*list->items), compare);
}

/* Of neighbours that say the same, all but the first are left out. */
static void
refuse_twice(struct reading *r, const char *field)
{
    struct list *list = r->list;
    bool by_id = strcmp(field, "id") == 0;
    size_t kept = 0;

    for (size_t i = 0; i < list->len; i++) {
        struct list_item *item = &list->items[i], *before = NULL;

        if (kept > 0)
            before = &list->items[kept - 1];
        if (!before || (by_id ? strcmp(before->id, item->id) != 0
                              : before->cert != item->cert)) {
            list->items[kept++] = *item;
            continue;
        }
        err_at("%s", field);
        err_arg("case", "twice");
        err_arg("id", "%s", item->id);
        err_arg("field", "%s", field);
        err_arg("line", "%zu", before->line);
        err_set(ERR_CERT_REFUSED, "%s: line %zu has this %s", item->id,
            before->line, field);
        r->refuse(r->arg, item->line, err_last());
        mem_free(item->bytes);
    }
    list->len = kept;
}

static void
hash_list(struct list *list)
{
    struct crypto_hash hash;

    crypto_hash_init(&hash);
    for (size_t i = 0; i < list->len; i++) {
        crypto_hash_add(
            &hash, list->items[i].record, list->items[i].record_len);
        crypto_hash_add(&hash, "\n", 1);
    }
    crypto_hash_end(&hash, list->sha256);
}

enum err
list_read(const char *text, size_t len, list_refuse_fn *refuse,
    void *refuse_arg, struct list *out)
{
    struct reading r = {.refuse = refuse, .arg = refuse_arg, .list = out};
    enum err e;

    *out = (struct list){.len = 0};
    if (len > LIST_BYTES_MAX)
        return err_set(ERR_TOO_LARGE, "a list of %zu bytes", len);
    buf_init(&r.canonical, RECORD_MAX);
    buf_init(&r.fold, 4 * RECORD_NAME);
    e = read_lines(&r, text, len);
    buf_finish(&r.canonical);
    buf_finish(&r.fold);
    if (e != OK) {
        list_finish(out);
        return e;
    }
    sort(out, compare_id);
    refuse_twice(&r, "id");
    sort(out, compare_cert);
    refuse_twice(&r, "cert");
    sort(out, compare_id);
    hash_list(out);
    return OK;
}

void
list_finish(struct list *list)
{
    for (size_t i = 0; i < list->len; i++)
        mem_free(list->items[i].bytes);
    mem_free(list->items);
    *list = (struct list){.len = 0};
}
