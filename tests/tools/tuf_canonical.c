/* tuf_canonical: documents on standard input, one a line, to their canonical
 * form as TUF signs it: "12\n" (its bytes), the form, "\n"; or "refused\n".
 * The form may hold line feeds, hence the length before it. */
#include "sync/tuf/canonical.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"

enum { INPUT_MAX = 64 * 1024 * 1024, FORM_MAX = 1024 * 1024 };

static void
answer(const char *text, size_t len, struct buf *form)
{
    struct json *root = NULL;

    buf_clear(form);
    if (json_parse(text, len, NULL, &root) == OK &&
        tuf_canonical(root, form) == OK) {
        printf("%zu\n", form->len);
        fwrite(form->data, 1, form->len, stdout);
        putchar('\n');
    } else {
        puts("refused");
    }
    json_free(root);
}

int
main(void)
{
    struct buf input, form;
    bool read;

    buf_init(&input, INPUT_MAX);
    buf_init(&form, FORM_MAX);
    read = file_read("-", &input) == OK;
    for (size_t at = 0; read && at < input.len;) {
        const char *end = memchr(input.data + at, '\n', input.len - at);
        size_t len = end ? (size_t)(end - input.data) - at : input.len - at;

        answer(input.data + at, len, &form);
        at += len + 1;
    }
    buf_finish(&input);
    buf_finish(&form);
    return read ? 0 : 1;
}
