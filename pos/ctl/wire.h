/* pos/ctl/wire.h - what goes over the command socket, and within which time.
 *
 * DIR/control.sock, a Unix socket of mode 0600; one command a connection:
 *
 *     {"argv":["token","list"],"input":0,"json":false,"lang":"vi"}
 *     ... `input` bytes: the FILE of the command
 *
 * and back
 *
 *     {"err":0,"out":95,"status":0}
 *     ... `out` bytes for standard output, `err` bytes for standard error
 *
 * Lines end with LF; the counted bytes follow as they are, so that a list of
 * many megabytes is neither escaped nor copied. */
#ifndef POS_CTL_WIRE_H
#define POS_CTL_WIRE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/un.h>

#include "base/buf.h"
#include "base/err.h"

enum { WIRE_LINE = 64 * 1024 /* bytes of a line */ };

/* One end of a connection.  `stop` is a descriptor that becomes readable when
 * waiting is to end (-1: none); `until_ms` is a time of clock_mono_ms. */
struct wire {
    int fd;
    int stop;
    int64_t until_ms;
};

/* The address of `name` in folder `dir`, for bind or connect, which are called
 * before wire_address_done.  A path that is too long for an address goes
 * through a descriptor of the folder.  ERR_FILE. */
struct wire_address {
    struct sockaddr_un address;
    int dir; /* open folder, or -1 */
};
enum err wire_address(
    const char *dir, const char *name, struct wire_address *out);
void wire_address_done(struct wire_address *a);

/* All or a failure: ERR_STOPPING when told to stop, ERR_SYSTEM with the case
 * "control" when the other end is gone, too slow, or says too much. */
enum err wire_send(struct wire *w, const void *bytes, size_t len);
/* Append exactly `len` bytes; `to` was born with room for them. */
enum err wire_receive(struct wire *w, size_t len, struct buf *to);
/* Append a line without its LF. */
enum err wire_receive_line(struct wire *w, struct buf *to);

/* The failure of all that is not as above. */
enum err wire_failed(const char *what);

#endif
