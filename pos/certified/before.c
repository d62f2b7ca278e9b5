/* The rows of a generation, a piece at a time: nobody keeps a snapshot of the
 * file for as long as a list takes to be written. */
#include <string.h>

#include "base/mem.h"
#include "db/product.h"
#include "db/readers.h"
#include "pos/certified/diff.h"

enum { PIECE = 256 };

void
before_init(struct before *b, struct readers *readers, struct db *db,
    const struct certified_list *list)
{
    *b = (struct before){.readers = readers,
        .db = db,
        .gen = list->gen,
        .left = list->records,
        .end = list->gen == 0 || list->records == 0};
    if (list->gen)
        b->rows = mem_new(PIECE, sizeof(*b->rows));
}

static void
clear(struct before *b)
{
    for (size_t i = 0; i < b->len; i++)
        mem_free(b->rows[i].bytes);
    b->at = b->len = 0;
}

void
before_finish(struct before *b)
{
    clear(b);
    mem_free(b->rows);
    *b = (struct before){.end = true};
}

static enum err
add_row(void *arg, const struct certified_row *row)
{
    struct before *b = arg;
    struct before_row *to = &b->rows[b->len++];
    size_t id = strlen(row->id) + 1, name = strlen(row->name) + 1;

    to->bytes = mem_new(1, id + name + row->record_len + 1);
    memcpy(to->bytes, row->id, id);
    memcpy(to->bytes + id, row->name, name);
    memcpy(to->bytes + id + name, row->record, row->record_len + 1);
    to->side = (struct diff_side){.id = to->bytes,
        .name = to->bytes + id,
        .stars = row->stars,
        .status = row->status,
        .recall = row->recall,
        .record = to->bytes + id + name,
        .record_len = row->record_len};
    return OK;
}

static enum err
read_piece(struct before *b)
{
    struct db *db = b->readers ? readers_take(b->readers) : b->db;
    int64_t limit = b->left < PIECE ? b->left : PIECE;
    enum err e;

    clear(b);
    e = db_certified_rows(db, b->gen, b->after, limit, add_row, b);
    if (b->readers)
        readers_give(b->readers, db);
    b->left -= (int64_t)b->len;
    b->end = b->len < PIECE || b->left == 0;
    if (b->len > 0)
        db_copy(b->after, sizeof(b->after), b->rows[b->len - 1].side.id);
    return e;
}

enum err
before_peek(struct before *b, const struct diff_side **row_out)
{
    enum err e = OK;

    if (b->at == b->len && !b->end)
        e = read_piece(b);
    *row_out = e == OK && b->at < b->len ? &b->rows[b->at].side : NULL;
    return e;
}

void
before_skip(struct before *b)
{
    b->at++;
}

enum err
before_meet(struct before *b, struct diff *d, const struct diff_side *is)
{
    const struct diff_side *was;
    enum err e;

    while ((e = before_peek(b, &was)) == OK && was
           && (!is || strcmp(was->id, is->id) < 0)) {
        diff_add(d, was, NULL);
        before_skip(b);
    }
    if (e != OK || !is)
        return e;
    if (was && strcmp(was->id, is->id) == 0) {
        diff_add(d, was, is);
        before_skip(b);
    } else {
        diff_add(d, NULL, is);
    }
    return OK;
}
