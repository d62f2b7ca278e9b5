#include "pos/data.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/crypto.h"

void
data_path(const char *dir, const char *name, char out[DATA_PATH])
{
    int n = snprintf(out, DATA_PATH, "%s/%s", dir, name);

    assert(n > 0 && n < DATA_PATH);
}

static enum err
file_failed(const char *path, const char *what)
{
    err_arg("file", "%s", path);
    err_arg("why", "%s", strerror(errno));
    return err_set(ERR_FILE, "%s %s: %s", what, path, strerror(errno));
}

static enum err
make_dir(const char *path)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return OK;
    return file_failed(path, "mkdir");
}

bool
data_has_showroom(const char *dir)
{
    char path[DATA_PATH];

    data_path(dir, "ocop-pos.db", path);
    return access(path, F_OK) == 0;
}

enum err
data_create(const char *dir)
{
    char keys[DATA_PATH];
    enum err e;

    if (data_has_showroom(dir)) {
        err_arg("what", "%s", dir);
        return err_set(ERR_EXISTS, "there is a showroom in %s", dir);
    }
    data_path(dir, "keys", keys);
    e = make_dir(dir);
    return e == OK ? make_dir(keys) : e;
}

enum err
data_lock(const char *dir, int *fd_out)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    char path[DATA_PATH];
    int fd;

    data_path(dir, "lock", path);
    fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return file_failed(path, "open");
    if (fcntl(fd, F_SETLK, &whole) == 0) {
        *fd_out = fd;
        return OK;
    }
    if (errno == EACCES || errno == EAGAIN) {
        close(fd);
        return err_set(ERR_BUSY, "another program writes in %s", dir);
    }
    close(fd);
    return file_failed(path, "lock");
}

static void
key_path(const char *dir, int number, char out[DATA_PATH])
{
    char name[32];

    snprintf(name, sizeof(name), "keys/%d.key", number);
    data_path(dir, name, out);
}

/* The folder's entry for a new file is on the disk too. */
static enum err
sync_dir(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd < 0)
        return file_failed(dir, "open");
    if (fsync(fd) != 0) {
        close(fd);
        return file_failed(dir, "fsync");
    }
    close(fd);
    return OK;
}

enum err
data_key_make(const char *dir, int number, struct journal_key *out)
{
    char path[DATA_PATH], keys[DATA_PATH], line[2 * CRYPTO_SEED + 2];
    bool written;
    int fd;
    enum err e = crypto_keypair(out->public_key, out->secret_key);

    if (e != OK)
        return e;
    out->number = number;
    key_path(dir, number, path);
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST)
        return err_set(ERR_EXISTS, "key %d is there already", number);
    if (fd < 0)
        return file_failed(path, "open");
    crypto_hex(out->secret_key, CRYPTO_SEED, line);
    line[2 * CRYPTO_SEED] = '\n';
    written = write(fd, line, 2 * CRYPTO_SEED + 1) == 2 * CRYPTO_SEED + 1
              && fsync(fd) == 0;
    crypto_wipe(line, sizeof(line));
    if (!written)
        e = file_failed(path, "write");
    close(fd);
    data_path(dir, "keys", keys);
    return e == OK ? sync_dir(keys) : e;
}

enum err
data_key_load(const char *dir, int number, struct journal_key *out)
{
    uint8_t seed[CRYPTO_SEED];
    char path[DATA_PATH], line[2 * CRYPTO_SEED + 1];
    ssize_t n;
    int fd;
    enum err e;

    key_path(dir, number, path);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return file_failed(path, "open");
    n = read(fd, line, 2 * CRYPTO_SEED);
    close(fd);
    if (n != 2 * CRYPTO_SEED || crypto_unhex(line, 2 * CRYPTO_SEED, seed)) {
        err_arg("file", "%s", path);
        err_arg("why", "not a key");
        return err_set(ERR_FILE, "%s holds no key", path);
    }
    e = OK;
    out->number = number;
    crypto_keypair_of_seed(seed, out->public_key, out->secret_key);
    crypto_wipe(seed, sizeof(seed));
    crypto_wipe(line, sizeof(line));
    return e;
}
