/* tests/fault/fault_vfs.h - a disk under SQLite that fails when told to, and
 * remembers what it was asked to make durable.
 *
 * Stands before SQLite's own disk for the main file and its WAL.  One global
 * disk, for the threads of one test program. */
#ifndef TESTS_FAULT_FAULT_VFS_H
#define TESTS_FAULT_FAULT_VFS_H

#include <stdbool.h>
#include <stdint.h>

/* Becomes the disk of every connection opened from here on. */
void fault_install(void);

/* What goes wrong, counted from now; 0: nothing of the kind. */
struct fault_plan {
    int sync_at;  /* the n-th fsync fails */
    int write_at; /* the n-th write fails */
    int code;     /* ... with this answer of SQLite's */
    bool forever; /* and so does all after it, until the next plan */
};

void fault_plan(struct fault_plan plan);

/* Has the planned failure happened? */
bool fault_happened(void);

/* Forget everything that was made durable: a new test. */
void fault_forget(void);

/* What a power cut now could leave of `path` and its WAL, as `to` and its WAL:
 * of each 512 bytes that were not made durable, `percent` in a hundred are on
 * the disk all the same.  `to` lies on a disk that does not fail. */
void fault_power_cut(
    const char *path, const char *to, int percent, uint32_t seed);

#endif
