#include "base/xlsx.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/xlsx_inside.h"

enum {
    STYLES_MAX = 65536,
    PIECE = 64 * 1024 /* of a part, for the parser */
};

void
xlsx_stop(struct xlsx_book *b, enum err e)
{
    if (b->e == OK)
        b->e = e;
    XML_StopParser(b->parser, XML_FALSE);
}

enum err
xlsx_broken(const char *what, const char *why)
{
    err_arg("case", "xlsx_broken");
    err_arg("what", "%s", what);
    err_arg("why", "%s", why);
    return err_set(ERR_INVALID, "%s: %s", what, why);
}

/* The name without the prefix of its namespace. */
static const char *
local(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon ? colon + 1 : name;
}

bool
xlsx_is(const char *name, const char *want)
{
    return strcmp(local(name), want) == 0;
}

const char *
xlsx_attribute(const char **atts, const char *name)
{
    for (; *atts; atts += 2)
        if (xlsx_is(atts[0], name))
            return atts[1];
    return NULL;
}

static bool
copy(char to[XLSX_PATH_MAX], const char *from)
{
    if (!from || strlen(from) >= XLSX_PATH_MAX)
        return false;
    memcpy(to, from, strlen(from) + 1);
    return true;
}

/* ---- A part is parsed. ---- */

static void XMLCALL
on_doctype(void *arg, const char *name, const char *system,
    const char *public, int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    xlsx_stop(arg, xlsx_broken("xml", "a document type declaration"));
}

static void XMLCALL
on_text(void *arg, const char *s, int len)
{
    struct xlsx_book *b = arg;

    if (!b->in_text || b->skip)
        return;
    buf_add(&b->text, s, (size_t)len);
    if (b->text.full)
        xlsx_stop(b,
            err_set(ERR_TOO_LARGE, "a cell past %zu bytes", b->text.max));
}

static enum err
parse(struct xlsx_book *b, const char *name, const struct buf *part,
    XML_StartElementHandler start, XML_EndElementHandler end)
{
    enum XML_Status status = XML_STATUS_OK;

    b->parser = XML_ParserCreate(NULL);
    b->skip = 0;
    b->in_text = false;
    XML_SetUserData(b->parser, b);
    XML_SetElementHandler(b->parser, start, end);
    XML_SetCharacterDataHandler(b->parser, on_text);
    XML_SetStartDoctypeDeclHandler(b->parser, on_doctype);
    for (size_t at = 0; status == XML_STATUS_OK && at <= part->len;
         at += PIECE) {
        size_t n = part->len - at < PIECE ? part->len - at : PIECE;

        status = XML_Parse(
            b->parser, part->data + at, (int)n, at + n == part->len);
        if (at + n == part->len)
            break;
    }
    if (status != XML_STATUS_OK && b->e == OK)
        b->e = xlsx_broken(name, XML_ErrorString(XML_GetErrorCode(b->parser)));
    XML_ParserFree(b->parser);
    b->parser = NULL;
    return b->e;
}

/* A part that need not be there: *there_out. */
static enum err
parse_part(struct xlsx_book *b, const char *name, XML_StartElementHandler start,
    XML_EndElementHandler end, bool *there_out)
{
    struct buf part;
    enum err e;

    buf_init(&part, XLSX_PART_MAX);
    e = unzip_part(b->zip, name, &part);
    *there_out = e != ERR_NOT_FOUND;
    if (e == OK)
        e = parse(b, name, &part, start, end);
    buf_finish(&part);
    return e == ERR_NOT_FOUND && !*there_out ? OK : e;
}

static void XMLCALL
no_end(void *arg, const char *name)
{
    (void)arg, (void)name;
}

/* ---- The workbook, and where its sheets lie. ---- */

static void XMLCALL
workbook_start(void *arg, const char *name, const char **atts)
{
    struct xlsx_book *b = arg;
    const char *value;

    if (xlsx_is(name, "workbookPr")) {
        value = xlsx_attribute(atts, "date1904");
        b->is_1904 = value && (*value == '1' || *value == 't');
    }
    if (!xlsx_is(name, "sheet") || b->rel[0])
        return;
    value = xlsx_attribute(atts, "name");
    if (b->want && (!value || strcmp(value, b->want) != 0))
        return;
    for (; *atts; atts += 2) /* r:id, and not the sheet's own id */
        if (strchr(atts[0], ':') && xlsx_is(atts[0], "id"))
            copy(b->rel, atts[1]);
}

static void XMLCALL
relations_start(void *arg, const char *name, const char **atts)
{
    struct xlsx_book *b = arg;
    const char *id = xlsx_attribute(atts, "Id"),
               *target = xlsx_attribute(atts, "Target");

    if (!xlsx_is(name, "Relationship") || !id || !target || strcmp(id, b->rel))
        return;
    if (target[0] == '/')
        copy(b->path, target + 1);
    else if (strlen(target) + 4 < XLSX_PATH_MAX) {
        memcpy(b->path, "xl/", 3);
        memcpy(b->path + 3, target, strlen(target) + 1);
    }
}

static enum err
find_sheet(struct xlsx_book *b)
{
    bool there;
    enum err e =
        parse_part(b, "xl/workbook.xml", workbook_start, no_end, &there);

    if (e == OK && !there)
        return xlsx_broken("xl/workbook.xml", "missing");
    if (e == OK && !b->rel[0]) {
        err_arg("case", "xlsx_sheet");
        err_arg("what", "%s", b->want ? b->want : "1");
        return err_set(ERR_INVALID, "no sheet %s", b->want ? b->want : "1");
    }
    if (e == OK)
        e = parse_part(b, "xl/_rels/workbook.xml.rels", relations_start,
            no_end, &there);
    return e == OK && !b->path[0] ? xlsx_broken("xl/_rels/workbook.xml.rels",
                                        "the sheet's part is not named")
                                  : e;
}

/* ---- Shared strings. ---- */

static void XMLCALL
strings_start(void *arg, const char *name, const char **atts)
{
    struct xlsx_book *b = arg;

    (void)atts;
    if (b->skip || xlsx_is(name, "rPh")) { /* how it is read aloud */
        b->skip++;
        return;
    }
    if (xlsx_is(name, "si"))
        buf_clear(&b->text);
    b->in_text = xlsx_is(name, "t");
}

static void XMLCALL
strings_end(void *arg, const char *name)
{
    struct xlsx_book *b = arg;
    struct xlsx_strings *s = &b->strings;

    b->in_text = false;
    if (b->skip) {
        b->skip--;
        return;
    }
    if (!xlsx_is(name, "si"))
        return;
    if (s->len == s->cap) {
        s->cap = s->cap ? s->cap * 2 : 256;
        s->at = mem_resize(s->at, s->cap, sizeof(*s->at));
    }
    s->at[s->len++] = s->bytes.len;
    buf_add(&s->bytes, b->text.data, b->text.len);
    buf_add(&s->bytes, "", 1);
    if (s->bytes.full || s->len > XLSX_STRINGS_MAX)
        xlsx_stop(b, err_set(ERR_TOO_LARGE, "too many shared strings"));
}

/* ---- Which styles show a date. ---- */

/* Does a format's code show a day or a year?  What is quoted, escaped or in
 * brackets (colours, locales) says nothing. */
static bool
shows_date(const char *code)
{
    for (; *code; code++) {
        if (*code == '"' || *code == '[') {
            code = strchr(code + 1, *code == '"' ? '"' : ']');
            if (!code)
                return false;
        } else if (*code == '\\' && code[1]) {
            code++;
        } else if (strchr("dDyY", *code)) {
            return true;
        }
    }
    return false;
}

static bool
is_date_format(const struct xlsx_book *b, int64_t number)
{
    if ((number >= 14 && number <= 17) || number == 22 ||
        (number >= 27 && number <= 36) || (number >= 50 && number <= 58))
        return true;
    for (size_t i = 0; i < b->formats_len; i++)
        if (b->formats[i] == number)
            return true;
    return false;
}

static void XMLCALL
styles_start(void *arg, const char *name, const char **atts)
{
    struct xlsx_book *b = arg;
    const char *number = xlsx_attribute(atts, "numFmtId"),
               *code = xlsx_attribute(atts, "formatCode");

    if (xlsx_is(name, "cellXfs"))
        b->in_cell_styles = true;
    if (xlsx_is(name, "numFmt") && number && code && shows_date(code) &&
        b->formats_len < XLSX_FORMATS_MAX)
        b->formats[b->formats_len++] = strtol(number, NULL, 10);
    if (!xlsx_is(name, "xf") || !b->in_cell_styles || b->styles == STYLES_MAX)
        return;
    if (b->styles % 64 == 0)
        b->is_date = mem_resize(b->is_date, b->styles + 64, sizeof(bool));
    b->is_date[b->styles++] =
        number && is_date_format(b, strtol(number, NULL, 10));
}

static void XMLCALL
styles_end(void *arg, const char *name)
{
    struct xlsx_book *b = arg;

    if (xlsx_is(name, "cellXfs"))
        b->in_cell_styles = false;
}

static enum err
read_book(struct xlsx_book *b)
{
    bool there;
    enum err e = find_sheet(b);

    if (e == OK)
        e = parse_part(b, "xl/sharedStrings.xml", strings_start, strings_end,
            &there);
    if (e == OK)
        e = parse_part(b, "xl/styles.xml", styles_start, styles_end, &there);
    if (e == OK)
        e = parse_part(b, b->path, xlsx_sheet_start, xlsx_sheet_end, &there);
    return e == OK && !there ? xlsx_broken(b->path, "missing") : e;
}

enum err
xlsx_read(const void *bytes, size_t len, const char *sheet, xlsx_row_fn *fn,
    void *arg)
{
    struct xlsx_book *b = mem_new(1, sizeof(*b));
    enum err e;

    b->want = sheet;
    b->fn = fn;
    b->arg = arg;
    buf_init(&b->text, XLSX_ROW_MAX);
    buf_init(&b->row, XLSX_ROW_MAX);
    buf_init(&b->strings.bytes, XLSX_PART_MAX);
    e = unzip_open(bytes, len, &b->zip);
    if (e == OK)
        e = read_book(b);
    unzip_close(b->zip);
    buf_finish(&b->text);
    buf_finish(&b->row);
    buf_finish(&b->strings.bytes);
    mem_free(b->strings.at);
    mem_free(b->is_date);
    mem_free(b);
    return e;
}
