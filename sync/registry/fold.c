#include "sync/registry/fold.h"

#include <string.h>

#include "base/buf.h"
#include "base/text.h"

void
fold_into(const char *text, size_t len, char out[FOLD_SIZE])
{
    struct buf b;

    buf_init(&b, FOLD_SIZE - 1);
    out[0] = '\0';
    if (text_fold(text, len, &b) == OK)
        memcpy(out, b.data, b.len + 1);
    buf_finish(&b);
}

void
fold_name(const char *text, size_t len, char out[FOLD_SIZE])
{
    struct buf b;

    buf_init(&b, FOLD_SIZE - 1);
    out[0] = '\0';
    if (text_clean(text, len, &b) == OK)
        memcpy(out, b.data, b.len + 1);
    buf_finish(&b);
}

bool
fold_begins(const char *fold, const char *words)
{
    size_t len = strlen(words);

    return strncmp(fold, words, len) == 0 &&
        (fold[len] == '\0' || fold[len] == ' ');
}

void
fold_bare(char fold[FOLD_SIZE])
{
    static const char *const kinds[] = {
        "huyen", "quan", "thi xa", "thanh pho", "tp", "tx", "tinh", NULL};
    size_t len;

    for (size_t i = 0; kinds[i]; i++) {
        len = strlen(kinds[i]);
        if (fold_begins(fold, kinds[i]) && fold[len] == ' ') {
            memmove(fold, fold + len + 1, strlen(fold + len));
            break;
        }
    }
    len = strlen(fold);
    if (len > 3 && strcmp(fold + len - 3, " cu") == 0)
        fold[len - 3] = '\0';
}
