#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *
must(void *ptr)
{
    if (!ptr) {
        fputs("out of memory\n", stderr);
        abort();
    }
    return ptr;
}

void *
mem_new(size_t count, size_t size)
{
    return must(calloc(count ? count : 1, size ? size : 1));
}

void *
mem_resize(void *ptr, size_t count, size_t size)
{
    size_t bytes = count * size;

    if (size && count > SIZE_MAX / size)
        must(NULL);
    return must(realloc(ptr, bytes ? bytes : 1));
}

char *
mem_dup(const void *bytes, size_t len)
{
    char *copy = mem_new(len + 1, 1);

    if (len)
        memcpy(copy, bytes, len);
    return copy;
}

char *
mem_dup_str(const char *str)
{
    return mem_dup(str, strlen(str));
}

void
mem_free(void *ptr)
{
    free(ptr);
}
