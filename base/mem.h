/* base/mem.h - memory that is there, or the program stops.
 *
 * No caller checks for NULL: when the machine has no memory left the program
 * aborts, and the database is still right.  The only malloc of the house. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* Zeroed memory for `count` things of `size` bytes; owned by the caller. */
void *mem_new(size_t count, size_t size);

/* `ptr` grown or shrunk to `count` things of `size`; new bytes are not set. */
void *mem_resize(void *ptr, size_t count, size_t size);

/* A copy of `len` bytes with a NUL behind them. */
char *mem_dup(const void *bytes, size_t len);

/* A copy of a string. */
char *mem_dup_str(const char *str);

/* NULL is taken. */
void mem_free(void *ptr);

#endif
