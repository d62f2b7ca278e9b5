#include "pos/control.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/json_out.h"
#include "base/log.h"
#include "base/mem.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/run.h"
#include "pos/ctl/wire.h"
#include "pos/data.h"

enum {
    WAITING = 8,              /* clients in line */
    REQUEST_MS = 60 * 1000,   /* for a whole request to come in */
    ANSWER_MS = 30 * 1000,
    ARGV_MAX = 600
};

struct control {
    struct shop *shop;
    int listener;
    int stop[2]; /* a pipe: closed at its writing end, reading ends waits */
    char path[DATA_PATH];
    pthread_t thread;
    bool running;
};

/* What one client asked. */
struct request {
    struct json *root; /* owns the words */
    const char *argv[ARGV_MAX];
    int argc;
    bool json;
    enum lang lang;
    struct buf input;
};

static enum err
parse_request(struct request *r, const struct buf *line, size_t *input_out)
{
    static const char *const langs[] = {"vi", "en", NULL};
    const struct json *words = NULL;
    int64_t input = 0;
    int lang = LANG_VI;
    enum err e = json_parse(line->data, line->len, NULL, &r->root);

    if (e == OK)
        e = json_get_arr(r->root, "argv", ARGV_MAX, &words);
    if (e == OK)
        e = json_get_int(r->root, "input", 0, CTL_INPUT_MAX, &input);
    if (e == OK)
        e = json_get_bool(r->root, "json", &r->json);
    if (e == OK)
        e = json_get_word(r->root, "lang", langs, &lang);
    for (size_t i = 0; e == OK && i < json_len(words); i++)
        e = json_as_str(json_at(words, i), WIRE_LINE, &r->argv[r->argc++]);
    r->lang = (enum lang)lang;
    *input_out = (size_t)input;
    return e;
}

static enum err
receive_request(struct request *r, struct wire *w)
{
    struct buf line;
    size_t input = 0;
    enum err e;

    buf_init(&line, WIRE_LINE);
    e = wire_receive_line(w, &line);
    if (e == OK)
        e = parse_request(r, &line, &input);
    if (e == OK)
        e = wire_receive(w, input, &r->input);
    buf_finish(&line);
    return e;
}

/* Run what was asked as `ocop-pos` would, with the daemon's shop. */
static void
run_request(struct control *c, const struct request *r, struct ctl *ctl,
    struct buf *err_out)
{
    const struct ctl_command *command = NULL;
    enum err e;

    ctl->settings = c->shop->settings;
    ctl->shop = c->shop;
    ctl->input = r->input.data;
    ctl->input_len = r->input.len;
    e = ctl_parse(ctl, r->argc, r->argv, &command);
    if (e == OK && command->needs != CTL_WRITE
        && command->needs != CTL_DEVICE)
        e = err_set(ERR_INVALID, "%s does not need the daemon",
            command->form.name);
    if (e == OK)
        ctl_run(ctl, command, err_out);
    else
        ctl_fail(ctl, err_out);
    /* Not the words: a PIN may be among them. */
    log_info("control", "%s: status %d",
        command ? command->form.name : "nothing",
        ctl->status);
}

static enum err
send_answer(struct wire *w, const struct ctl *ctl, const struct buf *err_out)
{
    struct json_out o;
    struct buf line;
    enum err e;

    buf_init(&line, WIRE_LINE);
    json_out_init(&o, &line);
    json_out_obj(&o);
    json_out_put_int(&o, "err", (int64_t)err_out->len);
    json_out_put_int(&o, "out", (int64_t)ctl->say.out.len);
    json_out_put_int(&o, "status", ctl->status);
    json_out_end_obj(&o);
    json_out_end(&o);
    buf_add_char(&line, '\n');
    e = wire_send(w, line.data, line.len);
    if (e == OK)
        e = wire_send(w, ctl->say.out.data, ctl->say.out.len);
    if (e == OK)
        e = wire_send(w, err_out->data, err_out->len);
    buf_finish(&line);
    return e;
}

static void
serve(struct control *c, int fd)
{
    struct wire w = {.fd = fd,
        .stop = c->stop[0],
        .until_ms = clock_mono_ms() + REQUEST_MS};
    struct request *r = mem_new(1, sizeof(*r));
    struct ctl ctl = {.status = CTL_DONE, .stop = c->stop[0]};
    struct buf err_out;
    enum err e;

    buf_init(&r->input, CTL_INPUT_MAX);
    buf_init(&err_out, CTL_INPUT_MAX);
    e = receive_request(r, &w);
    if (e == OK) {
        say_init(&ctl.say, r->lang, r->json);
        run_request(c, r, &ctl, &err_out);
        w.until_ms = clock_mono_ms() + ANSWER_MS;
        w.stop = -1; /* what is done is told, even when stopping */
        e = send_answer(&w, &ctl, &err_out);
        say_finish(&ctl.say);
    }
    if (e != OK && e != ERR_STOPPING)
        log_warn("control", "%s", err_msg());
    buf_finish(&err_out);
    buf_finish(&r->input);
    json_free(r->root);
    mem_free(r);
}

static void *
listen_on(void *arg)
{
    struct control *c = arg;
    struct pollfd fds[2] = {{.fd = c->listener, .events = POLLIN},
        {.fd = c->stop[0], .events = POLLIN}};

    for (;;) {
        int fd;

        if (poll(fds, 2, -1) < 0)
            continue; /* EINTR: nothing else can happen to two open files */
        if (fds[1].revents)
            return NULL;
        if (!fds[0].revents)
            continue;
        fd = accept(c->listener, NULL, NULL);
        if (fd < 0)
            continue;
        fcntl(fd, F_SETFD, FD_CLOEXEC);
        fcntl(fd, F_SETFL, O_NONBLOCK); /* poll waits, with a time limit */
        serve(c, fd);
        close(fd);
    }
}

static enum err
failed(const struct control *c, const char *what)
{
    err_arg("file", "%s", c->path);
    err_arg("why", "%s", strerror(errno));
    return err_set(ERR_FILE, "%s %s: %s", what, c->path, strerror(errno));
}

/* Its mode is set before it listens: nobody is let in in between. */
static enum err
open_socket(struct control *c)
{
    const char *dir = c->shop->settings->data_dir;
    struct wire_address a;
    enum err e = wire_address(dir, "control.sock", &a);

    if (e != OK)
        return e;
    unlink(c->path);
    c->listener = socket(AF_UNIX, SOCK_STREAM, 0);
    if (c->listener < 0
        || bind(c->listener, (struct sockaddr *)&a.address, sizeof(a.address))
               != 0
        || chmod(c->path, 0600) != 0 || listen(c->listener, WAITING) != 0)
        e = failed(c, "listen at");
    wire_address_done(&a);
    if (e == OK) {
        fcntl(c->listener, F_SETFD, FD_CLOEXEC);
        fcntl(c->listener, F_SETFL, O_NONBLOCK); /* a client may be gone */
    }
    return e;
}

enum err
control_open(struct shop *shop, struct control **out)
{
    struct control *c = mem_new(1, sizeof(*c));
    enum err e;

    c->shop = shop;
    c->listener = c->stop[0] = c->stop[1] = -1;
    data_path(shop->settings->data_dir, "control.sock", c->path);
    e = open_socket(c);
    if (e == OK && pipe(c->stop) != 0)
        e = failed(c, "pipe for");
    if (e == OK) {
        fcntl(c->stop[0], F_SETFD, FD_CLOEXEC);
        fcntl(c->stop[1], F_SETFD, FD_CLOEXEC);
        c->running = pthread_create(&c->thread, NULL, listen_on, c) == 0;
        if (!c->running)
            e = err_set(ERR_SYSTEM, "no thread for %s", c->path);
    }
    if (e != OK) {
        control_close(c);
        return e;
    }
    *out = c;
    return OK;
}

void
control_close(struct control *c)
{
    if (!c)
        return;
    if (c->stop[1] >= 0)
        close(c->stop[1]); /* its other end now reads an end */
    if (c->running)
        pthread_join(c->thread, NULL);
    if (c->listener >= 0) {
        unlink(c->path);
        close(c->listener);
    }
    if (c->stop[0] >= 0)
        close(c->stop[0]);
    mem_free(c);
}
