#include "tests/fault/fault_vfs.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { FILES = 8, SECTOR = 512 };

/* The bytes of one file when its last fsync was answered. */
struct durable {
    char path[512];
    uint8_t *bytes;
    size_t len;
};

static struct {
    pthread_mutex_t lock;
    struct fault_plan plan;
    int syncs, writes; /* since the plan was made */
    bool happened;
    struct durable files[FILES];
    char spared[512]; /* what a power cut left: a file on a good disk */
    sqlite3_vfs vfs, *real;
    sqlite3_io_methods methods;
} disk = {.lock = PTHREAD_MUTEX_INITIALIZER};

struct file {
    sqlite3_file base;
    struct durable *durable; /* NULL: a file of no interest */
    sqlite3_file *real;      /* behind this struct */
};

static sqlite3_file *
real_of(sqlite3_file *f)
{
    return ((struct file *)f)->real;
}

/* Count an operation and say whether it is to fail; `lock` is held. */
static bool
fails(int *count, int at)
{
    bool fail;

    ++*count;
    fail = (at && *count == at) || (disk.happened && disk.plan.forever);
    disk.happened = disk.happened || fail;
    return fail;
}

static struct durable *
durable_of(const char *path)
{
    struct durable *d;

    for (d = disk.files; d < disk.files + FILES; d++) {
        if (!d->path[0])
            snprintf(d->path, sizeof(d->path), "%s", path);
        if (strcmp(d->path, path) == 0)
            return d;
    }
    abort();
}

/* --- the methods that are not passed on as they are --- */

static int
write_file(sqlite3_file *f, const void *bytes, int len, sqlite3_int64 at)
{
    int rc;

    pthread_mutex_lock(&disk.lock); /* to its end: see fault_power_cut */
    if (((struct file *)f)->durable &&
        fails(&disk.writes, disk.plan.write_at))
        rc = disk.plan.code;
    else
        rc = real_of(f)->pMethods->xWrite(real_of(f), bytes, len, at);
    pthread_mutex_unlock(&disk.lock);
    return rc;
}

/* Keep what the file holds now. */
static void
keep(struct durable *d, sqlite3_file *real)
{
    sqlite3_int64 size = 0;

    real->pMethods->xFileSize(real, &size);
    d->bytes = mem_resize(d->bytes, (size_t)size + 1, 1);
    d->len = (size_t)size;
    if (size)
        real->pMethods->xRead(real, d->bytes, (int)size, 0);
}

static int
sync_file(sqlite3_file *f, int flags)
{
    struct durable *d = ((struct file *)f)->durable;
    int rc;

    pthread_mutex_lock(&disk.lock);
    if (d && fails(&disk.syncs, disk.plan.sync_at))
        rc = disk.plan.code;
    else
        rc = real_of(f)->pMethods->xSync(real_of(f), flags);
    if (rc == SQLITE_OK && d)
        keep(d, real_of(f));
    pthread_mutex_unlock(&disk.lock);
    return rc;
}

static int
truncate_file(sqlite3_file *f, sqlite3_int64 size)
{
    int rc;

    pthread_mutex_lock(&disk.lock);
    rc = real_of(f)->pMethods->xTruncate(real_of(f), size);
    pthread_mutex_unlock(&disk.lock);
    return rc;
}

static int
close_file(sqlite3_file *f)
{
    return real_of(f)->pMethods->xClose(real_of(f));
}

/* --- the others --- */

static int
read_file(sqlite3_file *f, void *to, int len, sqlite3_int64 at)
{
    return real_of(f)->pMethods->xRead(real_of(f), to, len, at);
}

static int
file_size(sqlite3_file *f, sqlite3_int64 *size_out)
{
    return real_of(f)->pMethods->xFileSize(real_of(f), size_out);
}

static int
lock_file(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int
unlock_file(sqlite3_file *f, int level)
{
    return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int
check_reserved(sqlite3_file *f, int *out)
{
    return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int
file_control(sqlite3_file *f, int op, void *arg)
{
    return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}

static int
sector_size(sqlite3_file *f)
{
    return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int
characteristics(sqlite3_file *f)
{
    return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int
shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
    return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
}

static int
shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
    return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
}

static void
shm_barrier(sqlite3_file *f)
{
    real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int
shm_unmap(sqlite3_file *f, int delete_flag)
{
    return real_of(f)->pMethods->xShmUnmap(real_of(f), delete_flag);
}

static int
open_file(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags,
    int *flags_out)
{
    struct file *file = (struct file *)f;
    int rc;

    (void)vfs;
    file->real = (sqlite3_file *)(file + 1);
    file->durable = NULL;
    file->base.pMethods = NULL;
    rc = disk.real->xOpen(disk.real, path, file->real, flags, flags_out);
    if (rc != SQLITE_OK)
        return rc;
    file->base.pMethods = &disk.methods;
    pthread_mutex_lock(&disk.lock);
    if ((flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) &&
        (!disk.spared[0] ||
            strncmp(path, disk.spared, strlen(disk.spared)) != 0))
        file->durable = durable_of(path);
    pthread_mutex_unlock(&disk.lock);
    return SQLITE_OK;
}

void
fault_install(void)
{
    disk.real = sqlite3_vfs_find("unix");
    disk.vfs = *disk.real;
    disk.vfs.zName = "fault";
    disk.vfs.szOsFile = (int)sizeof(struct file) + disk.real->szOsFile;
    disk.vfs.xOpen = open_file;
    disk.methods = (sqlite3_io_methods){2, close_file, read_file, write_file,
        truncate_file, sync_file, file_size, lock_file, unlock_file,
        check_reserved, file_control, sector_size, characteristics, shm_map,
        shm_lock, shm_barrier, shm_unmap, NULL, NULL};
    sqlite3_vfs_register(&disk.vfs, 1);
}

void
fault_plan(struct fault_plan plan)
{
    pthread_mutex_lock(&disk.lock);
    disk.plan = plan;
    disk.syncs = disk.writes = 0;
    disk.happened = false;
    pthread_mutex_unlock(&disk.lock);
}

bool
fault_happened(void)
{
    bool happened;

    pthread_mutex_lock(&disk.lock);
    happened = disk.happened;
    pthread_mutex_unlock(&disk.lock);
    return happened;
}

void
fault_forget(void)
{
    struct durable *d;

    for (d = disk.files; d < disk.files + FILES; d++) {
        mem_free(d->bytes);
        *d = (struct durable){.len = 0};
    }
}

/* --- the power cut --- */

static uint8_t *
read_whole(const char *path, size_t *len_out)
{
    FILE *f = fopen(path, "rb");
    uint8_t *bytes;
    long size = 0;

    if (f && fseek(f, 0, SEEK_END) == 0)
        size = ftell(f);
    bytes = mem_new((size_t)size + 1, 1);
    *len_out = 0;
    if (f) {
        rewind(f);
        *len_out = fread(bytes, 1, (size_t)size, f);
        fclose(f);
    }
    return bytes;
}

static uint32_t
next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void
cut_one(const char *path, const char *to, int percent, uint32_t *seed)
{
    const struct durable *d = durable_of(path);
    size_t len, at, n;
    uint8_t *now = read_whole(path, &len);
    FILE *f = fopen(to, "wb");

    if (!f)
        abort();
    for (at = 0; at < (len > d->len ? len : d->len); at += n) {
        bool keep_new = (int)(next_random(seed) % 100) < percent;
        size_t limit = keep_new ? len : d->len;

        n = SECTOR;
        if (at >= limit)
            break; /* the file is shorter in that world */
        if (n > limit - at)
            n = limit - at;
        fwrite((keep_new ? now : d->bytes) + at, 1, n, f);
    }
    fclose(f);
    mem_free(now);
}

void
fault_power_cut(
    const char *path, const char *to, int percent, uint32_t seed)
{
    char wal[512], to_wal[512];

    snprintf(wal, sizeof(wal), "%s-wal", path);
    snprintf(to_wal, sizeof(to_wal), "%s-wal", to);
    pthread_mutex_lock(&disk.lock); /* both files in the same moment */
    snprintf(disk.spared, sizeof(disk.spared), "%s", to);
    cut_one(path, to, percent, &seed);
    cut_one(wal, to_wal, percent, &seed);
    pthread_mutex_unlock(&disk.lock);
}
