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

/* Remove the files of the folder: a new test starts from nothing. */
static void
t_dir_empty(void)
{
    char path[512];
    struct dirent *entry;
    DIR *dir = opendir(t_dir);

    while (dir && (entry = readdir(dir))) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(path, sizeof(path), "%s/%s", t_dir, entry->d_name);
        unlink(path);
    }
    if (dir)
        closedir(dir);
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
