#include "pos/ctl/client.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/json_out.h"
#include "pos/ctl/wire.h"

enum { ANSWER_MS = 15 * 60 * 1000 };

static enum err
connect_daemon(const char *dir, int *fd_out)
{
    struct wire_address a;
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    enum err e = wire_address(dir, "control.sock", &a);

    if (fd < 0)
        e = wire_failed(strerror(errno));
    if (e == OK
        && connect(fd, (struct sockaddr *)&a.address, sizeof(a.address)) != 0)
        e = err_set(
            ERR_BUSY, "no daemon takes commands: %s", strerror(errno));
    wire_address_done(&a);
    if (e != OK) {
        if (fd >= 0)
            close(fd);
        return e;
    }
    fcntl(fd, F_SETFD, FD_CLOEXEC);
    fcntl(fd, F_SETFL, O_NONBLOCK); /* poll waits, with a time limit */
    *fd_out = fd;
    return OK;
}

static void
write_request(const struct ctl *c, int argc, const char *const *argv,
    struct buf *line)
{
    struct json_out o;

    json_out_init(&o, line);
    json_out_obj(&o);
    json_out_key(&o, "argv");
    json_out_arr(&o);
    for (int i = 0; i < argc; i++)
        json_out_str(
            &o, c->folder && argv[i] == c->folder_given ? c->folder : argv[i]);
    json_out_end_arr(&o);
    json_out_put_int(&o, "input", (int64_t)c->input_len);
    json_out_put_bool(&o, "json", c->say.json);
    json_out_put_str(&o, "lang", c->say.lang == LANG_EN ? "en" : "vi");
    json_out_end_obj(&o);
    json_out_end(&o);
    buf_add_char(line, '\n');
}

static enum err
read_answer(
    struct ctl *c, struct wire *w, struct buf *line, struct buf *err_out)
{
    struct json *root = NULL;
    int64_t out = 0, err = 0, status = 0;
    enum err e;

    buf_clear(line);
    e = wire_receive_line(w, line);
    if (e != OK)
        return e;
    if (json_parse(line->data, line->len, NULL, &root) != OK
        || json_get_int(root, "out", 0, CTL_INPUT_MAX, &out) != OK
        || json_get_int(root, "err", 0, CTL_INPUT_MAX, &err) != OK
        || json_get_int(root, "status", 0, CTL_MISUSED, &status) != OK)
        e = wire_failed("an answer nobody understands");
    json_free(root);
    if (e == OK)
        e = wire_receive(w, (size_t)out, &c->say.out);
    if (e == OK)
        e = wire_receive(w, (size_t)err, err_out);
    c->status = (int)status;
    return e;
}

enum err
client_run(
    struct ctl *c, int argc, const char *const *argv, struct buf *err_out)
{
    struct wire w = {.stop = -1, .until_ms = clock_mono_ms() + ANSWER_MS};
    struct buf line;
    enum err e = connect_daemon(c->settings->data_dir, &w.fd);

    if (e != OK)
        return e;
    buf_init(&line, WIRE_LINE);
    write_request(c, argc, argv, &line);
    e = line.full ? err_set(ERR_TOO_LARGE, "too long a command line")
                  : wire_send(&w, line.data, line.len);
    if (e == OK)
        e = wire_send(&w, c->input, c->input_len);
    if (e == OK)
        e = read_answer(c, &w, &line, err_out);
    close(w.fd);
    buf_finish(&line);
    return e;
}
