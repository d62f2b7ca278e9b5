/* Tables: the rows of CSV and XLSX as records. */
#include <string.h>

#include "base/clock.h"
#include "base/csv.h"
#include "base/xlsx.h"
#include "sync/registry/fold.h"
#include "sync/registry/import_columns.h"
#include "sync/registry/import_inside.h"
#include "sync/registry/import_values.h"
#include "sync/registry/provinces.h"
#include "sync/registry/rules.h"

enum { TEXT_MAX = RECORD_TEXT, TITLES_MAX = 20 };

struct table {
    struct importing *in;
    enum column columns[XLSX_COLUMNS_MAX];
    size_t len;
    bool begun;                  /* the headings were read */
    const char *cell[COL_COUNT]; /* of the row at work; "" when not there */
    struct json_out o;
    int32_t day; /* of the decision; INT32_MIN: not known */
};

static enum err
bad_heading(const char *heading, const char *which)
{
    err_arg("case", "%s", which);
    err_arg("column", "%.80s", heading);
    return err_set(ERR_INVALID, "%s: %.80s", which, heading);
}

static enum err
read_headings(struct table *t, const char *const *cells, size_t len)
{
    bool seen[COL_COUNT] = {false};

    for (size_t i = 0; i < len; i++) {
        enum column c = import_column_of(cells[i]);

        if (c == COL_COUNT && cells[i][0])
            return bad_heading(cells[i], "column_unknown");
        if (c != COL_COUNT && c != COL_IGNORED && seen[c])
            return bad_heading(cells[i], "column_twice");
        t->columns[i] = c == COL_COUNT ? COL_IGNORED : c;
        seen[t->columns[i]] = true;
    }
    t->len = len;
    t->begun = true;
    for (int c = 0; c < COL_COUNT; c++)
        if ((c == COL_NAME || c == COL_STARS) && !seen[c])
            return bad_heading(
                import_column_name((enum column)c), "column_missing");
    return OK;
}

static const char *
row_id(const struct table *t)
{
    return t->cell[COL_ID][0] ? t->cell[COL_ID] : t->cell[COL_NAME];
}

static void
bad(struct table *t, enum column c, const char *which)
{
    importing_refuse_value(
        t->in, row_id(t), import_column_name(c), which, t->cell[c]);
}

static void
put_text(struct table *t, const char *key, enum column c)
{
    if (!t->cell[c][0])
        return;
    json_out_key(&t->o, key);
    importing_put(t->in, &t->o, import_column_name(c), t->cell[c]);
}

/* A text that a record cannot do without. */
static void
need_text(struct table *t, const char *key, enum column c)
{
    if (t->cell[c][0])
        put_text(t, key, c);
    else
        bad(t, c, "missing");
}

static void
put_word(struct table *t, const char *key, enum column c, const char *word)
{
    if (word)
        json_out_put_str(&t->o, key, word);
    else
        bad(t, c, t->cell[c][0] ? "word" : "missing");
}

static void
put_cert(struct table *t)
{
    const char *text = t->cell[COL_CERT];
    size_t len = strlen(text);
    int64_t n = 0;

    if (len == 0)
        return;
    if (len > 10 || strspn(text, "0123456789") != len) {
        bad(t, COL_CERT, "number");
        return;
    }
    for (size_t i = 0; i < len; i++)
        n = n * 10 + (text[i] - '0');
    json_out_put_int(&t->o, "cert", n);
}

static void
put_producer(struct table *t)
{
    const char *form = t->cell[COL_FORM];

    json_out_key(&t->o, "producer");
    json_out_obj(&t->o);
    need_text(t, "name", COL_PRODUCER);
    put_text(t, "id", COL_PRODUCER_ID);
    if (!form[0])
        form = t->cell[COL_PRODUCER];
    if (form[0])
        put_word(t, "form", COL_FORM, import_form_word(form));
    json_out_end_obj(&t->o);
}

/* The province's code; *old_out: the table names one of before 2025. */
static const char *
province_code(struct table *t, bool *old_out)
{
    const struct province *p;
    char fold[FOLD_SIZE];

    *old_out = false;
    if (t->cell[COL_PROVINCE_CODE][0]) {
        p = province_find(t->cell[COL_PROVINCE_CODE]);
        if (!p && strlen(t->cell[COL_PROVINCE_CODE]) == 1) {
            char code[3] = {'0', t->cell[COL_PROVINCE_CODE][0], '\0'};

            p = province_find(code); /* a spreadsheet ate the zero */
        }
        if (!p)
            bad(t, COL_PROVINCE_CODE, "province_unknown");
        return p ? p->code : NULL;
    }
    fold_into(t->cell[COL_PROVINCE], strlen(t->cell[COL_PROVINCE]), fold);
    p = province_named(fold, old_out);
    if (!p)
        bad(t, COL_PROVINCE,
            t->cell[COL_PROVINCE][0] ? "province_unknown" : "missing");
    return p ? p->code : NULL;
}

/* "xã Phú Hội, Đức Trọng, Lâm Đồng": as much as the table says of an old
 * place. */
static void
put_place_text(struct table *t, bool old)
{
    struct buf text;

    if (!t->cell[COL_COMMUNE][0])
        return;
    buf_init(&text, TEXT_MAX);
    buf_add_str(&text, t->cell[COL_COMMUNE]);
    if (t->cell[COL_DISTRICT][0])
        buf_printf(&text, ", %s", t->cell[COL_DISTRICT]);
    if (old && t->cell[COL_DISTRICT][0])
        buf_printf(&text, ", %s", t->cell[COL_PROVINCE]);
    json_out_key(&t->o, "text");
    importing_put(t->in, &t->o, import_column_name(COL_COMMUNE), text.data);
    buf_finish(&text);
}

static void
put_place(struct table *t)
{
    const char *commune = t->cell[COL_COMMUNE_CODE];
    bool old;
    const char *province = province_code(t, &old);
    char code[6] = "00000";

    json_out_key(&t->o, "place");
    json_out_obj(&t->o);
    if (province)
        json_out_put_str(&t->o, "province_code", province);
    if (commune[0]) {
        size_t len = strlen(commune);

        if (len > 5 || strspn(commune, "0123456789") != len)
            bad(t, COL_COMMUNE_CODE, "place");
        else {
            memcpy(code + 5 - len, commune, len);
            json_out_put_str(&t->o, "commune_code", code);
        }
    }
    put_place_text(t, old);
    json_out_end_obj(&t->o);
}

static void
put_group(struct table *t)
{
    const char *scheme = import_scheme_word(t->cell[COL_SCHEME]);
    char code[8];

    if (t->cell[COL_SCHEME][0] && !scheme) {
        bad(t, COL_SCHEME, "word");
        return;
    }
    if (!scheme && t->day == INT32_MIN)
        return; /* the missing date is told */
    if (!scheme)
        scheme = import_scheme_on(t->day);
    if (!import_group(
            t->cell[COL_GROUP], t->cell[COL_SECTOR], scheme, code)) {
        if (t->cell[COL_GROUP][0])
            bad(t, COL_GROUP, "group_unknown");
        else if (t->cell[COL_SECTOR][0])
            bad(t, COL_SECTOR, "sector");
        else
            bad(t, COL_GROUP, "missing");
        return;
    }
    json_out_key(&t->o, "group");
    json_out_obj(&t->o);
    json_out_put_str(&t->o, "scheme", scheme);
    json_out_key(&t->o, "code");
    importing_put(t->in, &t->o, import_column_name(COL_GROUP), code);
    json_out_end_obj(&t->o);
}

static void
put_stars(struct table *t)
{
    int stars = 0, proposed = 0, none, other;
    int64_t score;

    if (!t->cell[COL_STARS][0] ||
        !import_stars(t->cell[COL_STARS], &stars, &proposed))
        bad(t, COL_STARS, t->cell[COL_STARS][0] ? "stars" : "missing");
    else if (!stars)
        bad(t, COL_STARS, "proposed");
    else
        json_out_put_int(&t->o, "stars", stars);
    if (t->cell[COL_PROPOSED][0]) {
        if (!import_stars(t->cell[COL_PROPOSED], &none, &other))
            bad(t, COL_PROPOSED, "number");
        proposed = other ? other : none;
    }
    if (proposed)
        json_out_put_int(&t->o, "proposed_stars", proposed);
    if (!t->cell[COL_SCORE][0])
        return;
    if (import_score(t->cell[COL_SCORE], &score))
        json_out_put_int(&t->o, "score_x100", score);
    else
        bad(t, COL_SCORE, "score");
}

static void
put_day(struct table *t, const char *key, enum column c)
{
    char date[CLOCK_DATE_SIZE];
    int32_t day;

    if (!t->cell[c][0])
        return;
    if (!import_day(t->cell[c], &day)) {
        bad(t, c, "date");
        return;
    }
    clock_format_date(day, date);
    json_out_put_str(&t->o, key, date);
    if (c == COL_DECISION_DATE)
        t->day = day;
}

static void
put_level(struct table *t)
{
    static const char *const words[] = {
        [LEVEL_DISTRICT] = "district",
        [LEVEL_PROVINCE] = "province",
        [LEVEL_CENTRAL] = "central"};
    enum record_level told;

    if (t->cell[COL_ISSUER_LEVEL][0]) {
        put_word(t, "issuer_level", COL_ISSUER_LEVEL,
            import_level_word(t->cell[COL_ISSUER_LEVEL]));
        return;
    }
    told = rules_level_of(t->cell[COL_ISSUER], t->day);
    if (told)
        json_out_put_str(&t->o, "issuer_level", words[told]);
    else if (t->cell[COL_ISSUER][0])
        bad(t, COL_ISSUER, "level");
}

static void
put_decision(struct table *t)
{
    json_out_key(&t->o, "decision");
    json_out_obj(&t->o);
    put_text(t, "number", COL_DECISION_NO);
    put_day(t, "date", COL_DECISION_DATE);
    if (!t->cell[COL_DECISION_DATE][0])
        bad(t, COL_DECISION_DATE, "no_date");
    need_text(t, "issuer", COL_ISSUER);
    put_level(t);
    put_text(t, "successor", COL_SUCCESSOR);
    json_out_end_obj(&t->o);
    put_day(t, "valid_from", COL_VALID_FROM);
    put_day(t, "valid_until", COL_VALID_UNTIL);
}

/* "8934567890120; 8934567890137" */
static void
put_gtins(struct table *t)
{
    const char *at = t->cell[COL_GTINS];

    if (!*at)
        return;
    json_out_key(&t->o, "gtins");
    json_out_arr(&t->o);
    while (*(at += strspn(at, " ,;"))) {
        size_t len = strcspn(at, " ,;");

        json_out_str_len(&t->o, at, len);
        at += len;
    }
    json_out_end_arr(&t->o);
}

static void
put_evidence(struct table *t)
{
    if (t->cell[COL_EVIDENCE][0] || !t->in->x->evidence)
        put_word(t, "evidence", COL_EVIDENCE,
            import_evidence_word(t->cell[COL_EVIDENCE]));
}

/* Every fault of the row is told, not only its first. */
static enum err
take_row(struct table *t, size_t line)
{
    struct importing *in = t->in;

    in->line = line;
    in->bad = false;
    in->x->rows++;
    t->day = INT32_MIN;
    buf_clear(&in->json);
    in->json.full = false;
    json_out_init(&t->o, &in->json);
    json_out_obj(&t->o);
    put_text(t, "id", COL_ID);
    put_cert(t);
    need_text(t, "name", COL_NAME);
    put_text(t, "name_en", COL_NAME_EN);
    put_text(t, "ocop_code", COL_OCOP_CODE);
    put_producer(t);
    put_stars(t);
    put_decision(t);
    put_group(t);
    put_place(t);
    put_gtins(t);
    put_evidence(t);
    json_out_end_obj(&t->o);
    json_out_end(&t->o);
    return importing_row(in);
}

static void
set_cells(struct table *t, const char *const *cells, size_t len)
{
    for (size_t c = 0; c < COL_COUNT; c++)
        t->cell[c] = "";
    for (size_t i = 0; i < t->len && i < len; i++)
        t->cell[t->columns[i]] = cells[i];
}

static enum err
take_cells(struct table *t, size_t line, const char *const *cells, size_t len)
{
    if (!t->begun)
        return read_headings(t, cells, len);
    set_cells(t, cells, len);
    return take_row(t, line);
}

static size_t
csv_cells(const struct csv_row *row, const char **cells_out)
{
    for (size_t i = 0; i < row->len; i++)
        cells_out[i] = row->bytes.data + row->at[i];
    return row->len;
}

/* A row of too many or too few fields ends where it should. */
static bool
is_whole_row(void)
{
    const struct err_state *why = err_last();

    for (size_t i = 0; i < why->args_len; i++)
        if (strcmp(why->args[i].name, "case") == 0)
            return strcmp(why->args[i].value, "csv_columns") == 0;
    return false;
}

static enum err
read_csv(struct table *t, struct csv *c)
{
    const char *cells[CSV_COLUMNS_MAX];
    bool more = true;
    enum err e =
        take_cells(t, c->line, cells, csv_cells(&c->names, cells));

    while (e == OK) {
        e = csv_next(c, &more);
        if (e == OK && !more)
            return OK;
        if (e == OK) {
            e = take_cells(t, c->line, cells, csv_cells(&c->row, cells));
            continue;
        }
        t->in->line = c->line;
        t->in->bad = false;
        t->in->x->rows++;
        e = is_whole_row() ? OK : e;
        importing_refuse(t->in);
        if (e != OK)
            return OK; /* nobody knows where the next row begins */
    }
    return e;
}

enum err
import_csv(struct importing *in)
{
    struct table t = {.in = in};
    struct csv c;
    enum err e = csv_init(&c, in->x->text, in->x->len);

    if (e == OK)
        e = read_csv(&t, &c);
    csv_finish(&c);
    return e;
}

/* Titles stand above the headings of a spreadsheet. */
static bool
is_title(const struct xlsx_row *row)
{
    for (size_t i = 0; i < row->len; i++)
        if (import_column_of(row->cells[i]) == COL_NAME)
            return false;
    return row->line <= TITLES_MAX;
}

static enum err
take_xlsx_row(void *arg, const struct xlsx_row *row)
{
    const struct table *t = arg;

    if (!t->begun && is_title(row))
        return OK;
    return take_cells(arg, row->line, row->cells, row->len);
}

enum err
import_xlsx(struct importing *in)
{
    struct table t = {.in = in};

    return xlsx_read(in->x->text, in->x->len, in->x->sheet, take_xlsx_row, &t);
}
