/* tests/unit/t_books.h - the registry's books in memory, and what an import
 * said about a file. */
#ifndef TESTS_UNIT_T_BOOKS_H
#define TESTS_UNIT_T_BOOKS_H

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/clock.h"
#include "db/registry/records.h"
#include "sync/registry/books.h"
#include "sync/registry/import.h"
#include "sync/registry/units.h"
#include "tests/unit/t.h"

#define T_NOW INT64_C(1795320000) /* 22/11/2026 */

static struct books *t_books;
static struct buf t_said; /* "2 stars stars; " a refusal */
static struct buf t_notes;

static inline void
t_refuse(void *arg, size_t line, const struct err_state *why)
{
    const char *which = "";

    (void)arg;
    for (size_t i = 0; i < why->args_len; i++)
        if (strcmp(why->args[i].name, "case") == 0)
            which = why->args[i].value;
    buf_printf(&t_said, "%zu %s %s; ", line, why->path, which);
}

static inline void
t_note(void *arg, const struct import_note *note)
{
    (void)arg;
    buf_printf(&t_notes, "%zu %s %s; ", note->line, note->field, note->what);
}

static inline void
t_books_open(void)
{
    CHECK(books_open(":memory:", DB_WRITE, &t_books) == OK);
    buf_init(&t_said, 1024 * 1024);
    buf_init(&t_notes, 1024 * 1024);
}

static inline void
t_books_close(void)
{
    books_close(t_books);
    buf_finish(&t_said);
    buf_finish(&t_notes);
}

static inline enum err
t_import_as(struct import *x)
{
    enum err e;

    x->by = "An";
    x->now = T_NOW;
    x->refuse = t_refuse;
    x->note = t_note;
    buf_clear(&t_said);
    buf_clear(&t_notes);
    e = books_import(t_books, x);
    if (e != OK)
        buf_printf(&t_said, "(%s)", err_msg());
    return e;
}

static inline struct import
t_import(const char *text)
{
    struct import x = {.text = text, .len = strlen(text)};

    x.form = import_form_of(text, x.len);
    t_import_as(&x);
    return x;
}

static inline enum err
t_take_record(void *arg, const struct reg_version *v)
{
    buf_clear(arg);
    buf_add(arg, v->record, v->record_len);
    return OK;
}

/* The record's canonical line; "" when there is none.  Borrowed until the
 * next call. */
static inline const char *
t_record(const char *id)
{
    static char line[8192];
    struct buf b;

    buf_init(&b, sizeof(line) - 1);
    if (db_reg_record_by_id(t_books->db, id, t_take_record, &b) != OK)
        buf_clear(&b);
    memcpy(line, b.data, b.len + 1);
    buf_finish(&b);
    return line;
}

static inline enum err
t_units(const char *text, struct units_import *x)
{
    *x = (struct units_import){.text = text, .len = strlen(text),
        .version = "test", .by = "An", .now = T_NOW, .refuse = t_refuse};
    buf_clear(&t_said);
    return units_import(t_books, x);
}

static inline enum err
t_mappings(const char *text, struct units_import *x)
{
    *x = (struct units_import){.text = text, .len = strlen(text), .by = "An",
        .now = T_NOW, .refuse = t_refuse};
    buf_clear(&t_said);
    return mappings_import(t_books, x);
}

#define T_UNITS                                                               \
    "[{\"code\":\"68\",\"wards\":[[\"24958\",\"Xã Đức Trọng\"],"              \
    "[\"24967\",\"Xã Hiệp Thạnh\"]]},"                                        \
    "{\"code\":\"01\",\"wards\":[[\"00004\",\"Phường Ba Đình\"]]}]"
#define T_MAPPINGS                                                            \
    "#old\n"                                                                  \
    "Lâm Đồng|Đức Trọng|thị trấn Liên Nghĩa|xã Đức Trọng\n"                   \
    "Lâm Đồng|Đức Trọng|xã Hiệp An|24967\r\n"

#define T_HEAD                                                                \
    "id,name,producer,province_code,commune_code,commune,group,stars,"        \
    "decision_no,decision_date,issuer,evidence\n"
#define T_ROW(id)                                                             \
    id ",Mật ong,Hợp tác xã Hoa,68,24958,,04,3,1/QĐ,2026-08-05,"              \
       "UBND tỉnh Lâm Đồng,official_decision\n"

#endif
