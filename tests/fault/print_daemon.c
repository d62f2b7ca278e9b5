#include "tests/fault/print_daemon.h"

#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "db/db.h"
#include "db/writer.h"
#include "pos/data.h"
#include "pos/print/draw.h"
#include "pos/sell/receipt_no.h"
#include "pos/staff/staff.h"
#include "tests/bench/big_shop.h"
#include "tests/fault/crash_till.h"
#include "tests/fault/print_slip.h"
#include "tests/tools/http_client.h"

enum { PRODUCTS = 10, NAP_US = 2000, BODY_MAX = 4096 };

static void
nap(void)
{
    const struct timespec t = {.tv_nsec = NAP_US * 1000};

    nanosleep(&t, NULL);
}

static void
stop(const char *what)
{
    fprintf(stderr, "FAIL %s\n", what);
    exit(1);
}

/* --- the showroom --- */

static void
write_config(struct print_daemon *d)
{
    char path[DATA_PATH];
    FILE *f;

    d->port = crash_free_port();
    data_path(d->folder.settings.data_dir, "print.conf", path);
    snprintf(d->config, sizeof(d->config), "%s", path);
    f = fopen(path, "w");
    fprintf(f, "listen = \"127.0.0.1:%d\";\ndata_dir = \"%s\";\n"
               "log_level = \"warn\";\nprinters = ({ id = \"receipt\";\n"
               "at = \"%s\"; paper_mm = 58; roles = \"receipt drawer\"; });\n",
        d->port, d->folder.settings.data_dir, cable_at(d->cable));
    fclose(f);
    big_must(settings_load(path, &d->folder.settings), "settings");
}

void
print_daemon_open(
    struct print_daemon *d, const char *program, struct cable *cable)
{
    struct token_new t = {.role = ROLE_CASHIER};
    struct open_shop open;
    char path[DATA_PATH];

    *d = (struct print_daemon){
        .program = program, .cable = cable, .lines = 1};
    shop_folder_init(&d->folder);
    big_shop_make(d->folder.settings.data_dir, PRODUCTS);
    cable_plug(d->cable);
    write_config(d);
    big_must(open_shop(&d->folder.settings, 1, &open), "open");
    big_must(token_new_prepare(&t, "print"), "token");
    big_must(db_write(open.shop.writer, "token", token_new_write, &t),
        "token");
    snprintf(d->token, sizeof(d->token), "%s", t.token);
    d->shop = open.shop;
    close_shop(&open);
    d->shop.settings = &d->folder.settings;
    big_must(font_open(d->folder.settings.font_regular,
                 d->folder.settings.font_bold, &d->font),
        "fonts");
    data_path(d->folder.settings.data_dir, "ocop-pos.db", path);
    big_must(db_open(path, DB_READ, &d->db), "database");
}

void
print_daemon_close(struct print_daemon *d)
{
    if (d->pid)
        print_daemon_kill(d);
    db_close(d->db);
    font_close(d->font);
    cable_free(d->cable);
    shop_folder_close(&d->folder);
}

/* --- the daemon --- */

static bool
answers(struct print_daemon *d)
{
    struct http_client c;
    bool there = http_client_open(&c, d->port) == 0;

    if (there)
        http_client_close(&c);
    return there;
}

void
print_daemon_start(struct print_daemon *d)
{
    int64_t from = clock_mono_ms();
    int null;

    d->pid = fork();
    if (d->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* not longer than the test */
        null = open("/dev/null", O_WRONLY);
        dup2(null, STDOUT_FILENO);
        execl(d->program, d->program, "--config", d->config, (char *)NULL);
        _exit(127);
    }
    while (!answers(d)) {
        if (waitpid(d->pid, NULL, WNOHANG) != 0
            || clock_mono_ms() - from > PRINT_DAEMON_WAIT_MS)
            stop("the daemon does not start");
        nap();
    }
}

static void
end(struct print_daemon *d, int signal)
{
    kill(d->pid, signal);
    waitpid(d->pid, NULL, 0);
    d->pid = 0;
}

void
print_daemon_kill(struct print_daemon *d)
{
    end(d, SIGKILL);
}

void
print_daemon_stop(struct print_daemon *d)
{
    end(d, SIGTERM);
}

/* --- what is asked of it --- */

static int
ask(struct print_daemon *d, const char *path, const char *body,
    struct http_client *c)
{
    char head[512];

    snprintf(d->key, sizeof(d->key), "print-daemon-%010d", ++d->asked);
    snprintf(head, sizeof(head), "POST %s HTTP/1.1\r\nHost: localhost\r\n"
        "Content-Type: application/json\r\nAuthorization: Bearer %s\r\n"
        "Idempotency-Key: %s\r\n", path, d->token, d->key);
    if (http_client_open(c, d->port) != 0)
        stop("nobody answers");
    return http_client_ask(c, head, body);
}

int64_t
print_daemon_sell(struct print_daemon *d)
{
    struct http_client c;
    struct buf bill;
    struct json *body = NULL;
    const char *no;
    int64_t id = 0;

    buf_init(&bill, BODY_MAX);
    buf_add_str(&bill, "{\"till\":\"1\",\"lines\":[");
    for (int i = 0; i < d->lines; i++)
        buf_printf(&bill, "%s{\"product\":\"p_%d\",\"qty\":1}", i ? "," : "",
            1 + i % PRODUCTS);
    buf_add_str(&bill, "],\"payments\":[{\"method\":\"cash\","
                       "\"tendered\":100000000}]}");
    if (ask(d, "/api/v1/sales", bill.data, &c) != 201)
        stop(c.body ? c.body : "a sale is not answered");
    if (json_parse(c.body, strlen(c.body), NULL, &body) != OK
        || json_get_str(body, "receipt_no", RECEIPT_NO - 1, &no) != OK
        || receipt_no_parse(no, 0, &id) != OK)
        stop(c.body);
    json_free(body);
    http_client_close(&c);
    buf_finish(&bill);
    return id;
}

bool
print_daemon_answer(struct print_daemon *d, int64_t job, bool printed)
{
    struct http_client c;
    char path[80];
    int status;

    snprintf(path, sizeof(path), "/api/v1/print-jobs/j_%" PRId64 "/answer",
        job);
    status = ask(d, path, printed ? "{\"printed\":true}" :
        "{\"printed\":false}", &c);
    http_client_close(&c);
    return status == 200;
}

/* --- what is there --- */

struct print_job
print_daemon_receipt(struct print_daemon *d, int64_t sale)
{
    return print_receipt_of(d->db, sale);
}

struct print_job
print_daemon_drawer(struct print_daemon *d, int64_t sale)
{
    struct print_job jobs[PRINT_JOBS], drawer = {0};
    size_t n = print_jobs_of(d->db, sale, jobs);

    for (size_t i = 0; i < n; i++)
        if (jobs[i].kind == PRINT_DRAWER)
            drawer = jobs[i];
    return drawer;
}

bool
print_daemon_wait(struct print_daemon *d, int64_t sale, enum print_state state)
{
    int64_t from = clock_mono_ms();

    while (print_daemon_receipt(d, sale).state != state) {
        if (clock_mono_ms() - from > PRINT_DAEMON_WAIT_MS)
            return false;
        nap();
    }
    return true;
}

bool
print_daemon_wait_done(struct print_daemon *d)
{
    int64_t from = clock_mono_ms();
    struct print_counts n;

    for (;;) {
        big_must(db_print_job_counts(d->db, "receipt", 0, &n), "counts");
        if (n.waiting == 0)
            return true;
        if (clock_mono_ms() - from > PRINT_DAEMON_WAIT_MS)
            return false;
        nap();
    }
}

size_t
print_daemon_slips(struct print_daemon *d, const struct print_job *job)
{
    struct raster want;
    size_t found = 0;
    struct fake *f;

    print_draw(d->db, &d->shop, d->font, job, RASTER_58MM, &want);
    f = cable_lock(d->cable);
    for (size_t i = 0; i <= fake_slips(f); i++)
        found += print_slip_is(fake_slip(f, i), &want);
    cable_unlock(d->cable);
    raster_finish(&want);
    return found;
}
