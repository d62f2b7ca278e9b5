/* Runs a target over the files of a folder, and over each with one byte
 * changed, missing or doubled, and cut short.  A file named y_* must be
 * accepted as it is, n_* must be refused. */
#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "tests/fuzz/fuzz.h"

enum { FILE_MAX_BYTES = 64 * 1024, DAMAGED_MAX_BYTES = 2000 };

/* In memory of exactly its size, so that a sanitizer sees a byte too far. */
static void
run(const char *bytes, size_t len)
{
    char *exact = mem_resize(NULL, len, 1);

    if (len)
        memcpy(exact, bytes, len);
    LLVMFuzzerTestOneInput((const uint8_t *)exact, len);
    mem_free(exact);
}

static void
run_damaged(struct buf *text)
{
    static const char puts[] = {
        '\0', '"', '\\', '{', ']', ',', '0', 'e', '\x80', '\xC3', '\xFF', '\n'};
    struct buf doubled;

    buf_init(&doubled, FILE_MAX_BYTES);
    for (size_t i = 0; i < text->len && i < DAMAGED_MAX_BYTES; i++) {
        char kept = text->data[i];

        run(text->data, i);
        for (size_t j = 0; j < sizeof(puts); j++) {
            text->data[i] = puts[j];
            run(text->data, text->len);
        }
        text->data[i] = kept;
        buf_clear(&doubled);
        buf_add(&doubled, text->data, i);
        buf_add(&doubled, text->data + i + 1, text->len - i - 1);
        run(doubled.data, doubled.len);
        buf_clear(&doubled);
        buf_add(&doubled, text->data, i + 1);
        buf_add(&doubled, text->data + i, text->len - i);
        run(doubled.data, doubled.len);
    }
    buf_finish(&doubled);
}

/* True when the file is as its name says. */
static bool
run_file(const char *folder, const char *name)
{
    struct buf path, text;
    bool ok, accepted;

    buf_init(&path, 1000);
    buf_printf(&path, "%s/%s", folder, name);
    buf_init(&text, FILE_MAX_BYTES);
    ok = !file_read(path.data, &text);
    if (ok) {
        accepted = fuzz_accepts((const uint8_t *)text.data, text.len);
        ok = accepted ? name[0] != 'n' : name[0] != 'y';
        run(text.data, text.len);
        run_damaged(&text);
    }
    if (!ok)
        fprintf(stderr, "%s: not as its name says\n", path.data);
    buf_finish(&path);
    buf_finish(&text);
    return ok;
}

int
main(int argc, char **argv)
{
    DIR *dir = argc == 2 ? opendir(argv[1]) : NULL;
    const struct dirent *entry;
    int passed = 0, failed = 0;

    if (!dir) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    while ((entry = readdir(dir))) {
        if (entry->d_name[0] == '.')
            continue;
        if (run_file(argv[1], entry->d_name))
            passed++;
        else
            failed++;
    }
    closedir(dir);
    printf("%d passed, %d failed\n", passed, failed);
    return failed || !passed;
}
