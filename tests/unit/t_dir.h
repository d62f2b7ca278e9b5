/* tests/unit/t_dir.h - a folder for one test program's files, gone at its end.
 *
 *     t_path("a.db")   // "<folder>/a.db", borrowed until the fourth next call
 */
#ifndef TESTS_UNIT_T_DIR_H
#define TESTS_UNIT_T_DIR_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char t_dir[64];

/* Remove all that is in the folder `path`. */
static void
t_dir_clear(const char *at)
{
    char path[512];
    struct dirent *entry;
    DIR *dir = opendir(at);

    while (dir && (entry = readdir(dir))) {
        if (strcmp(entry->d_name, ".") == 0
            || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof(path), "%.250s/%.250s", at, entry->d_name);
        if (unlink(path) == 0)
            continue;
        t_dir_clear(path);
        rmdir(path);
    }
    if (dir)
        closedir(dir);
}

/* A new test starts from nothing. */
static void
t_dir_empty(void)
{
    t_dir_clear(t_dir);
}

static void
t_dir_remove(void)
{
    t_dir_empty();
    rmdir(t_dir);
}

static const char *
t_path(const char *name)
{
    static char paths[4][512];
    static unsigned next;
    char *path = paths[next++ % 4];
    const char *tmp = getenv("TMPDIR");

    if (!t_dir[0]) {
        snprintf(t_dir, sizeof(t_dir), "%.40s/ocop-XXXXXX", tmp ? tmp : "/tmp");
        if (!mkdtemp(t_dir))
            abort();
        atexit(t_dir_remove);
    }
    snprintf(path, sizeof(paths[0]), "%s/%s", t_dir, name);
    return path;
}

#endif
