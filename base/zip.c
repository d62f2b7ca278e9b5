#include "base/zip.h"

#include <stdint.h>
#include <zip.h>

#include "base/mem.h"

enum { PIECE = 16 * 1024 };

struct unzip {
    zip_t *archive;
};

static enum err
broken(const char *what, const char *why)
{
    err_arg("case", "zip");
    err_arg("what", "%s", what);
    err_arg("why", "%s", why);
    return err_set(ERR_INVALID, "%s: %s", what, why);
}

enum err
unzip_open(const void *bytes, size_t len, struct unzip **out)
{
    zip_error_t error;
    zip_source_t *source;
    zip_t *archive = NULL;
    enum err e = OK;

    zip_error_init(&error);
    source = zip_source_buffer_create(bytes, len, 0, &error);
    if (source) {
        archive = zip_open_from_source(source, ZIP_RDONLY, &error);
        if (!archive)
            zip_source_free(source);
    }
    if (!archive)
        e = broken("zip", zip_error_strerror(&error));
    else if (zip_get_num_entries(archive, 0) > ZIP_PARTS_MAX)
        e = err_set(ERR_TOO_LARGE, "more than %d parts", ZIP_PARTS_MAX);
    zip_error_fini(&error);
    if (e != OK) {
        if (archive)
            zip_discard(archive);
        return e;
    }
    *out = mem_new(1, sizeof(**out));
    (*out)->archive = archive;
    return OK;
}

void
unzip_close(struct unzip *z)
{
    if (!z)
        return;
    zip_discard(z->archive);
    mem_free(z);
}

/* All of it, however long it says it is. */
static enum err
read_part(zip_file_t *f, const char *name, struct buf *out)
{
    char piece[PIECE];

    for (;;) {
        zip_int64_t n = zip_fread(f, piece, sizeof(piece));

        if (n < 0)
            return broken(name, zip_error_strerror(zip_file_get_error(f)));
        if (n == 0)
            return OK;
        buf_add(out, piece, (size_t)n);
        if (out->full)
            return err_set(ERR_TOO_LARGE, "%s unpacks to more than %zu bytes",
                name, out->max);
    }
}

enum err
unzip_part(struct unzip *z, const char *name, struct buf *out)
{
    zip_int64_t at = zip_name_locate(z->archive, name, 0);
    zip_file_t *f;
    enum err e;

    if (at < 0)
        return err_set(ERR_NOT_FOUND, "no part %s", name);
    f = zip_fopen_index(z->archive, (zip_uint64_t)at, 0);
    if (!f)
        return broken(name, zip_strerror(z->archive));
    e = read_part(f, name, out);
    if (zip_fclose(f) != 0 && e == OK)
        e = broken(name, "its end is damaged"); /* the checksum */
    return e;
}
