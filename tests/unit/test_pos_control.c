/* Commands handed to the one who holds the folder. */
#include "pos/control.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "pos/ctl/client.h"
#include "pos/ctl/ctl.h"
#include "pos/ctl/wire.h"
#include "pos/open.h"
#include "tests/tools/shop_folder.h"
#include "tests/unit/t.h"

enum { ANSWER_MAX = 100000 };

static struct shop_folder f;

/* What the daemon answers to the words, with `input` as the file. */
static enum err
ask(struct ctl *c, struct buf *err_out, const char *input, int argc,
    const char *const *argv)
{
    *c = (struct ctl){.settings = &f.settings, .status = -1,
        .input = input, .input_len = strlen(input)};
    say_init(&c->say, LANG_EN, true);
    buf_clear(err_out);
    return client_run(c, argc, argv, err_out);
}

static void
test_control__a_token_is_made_beside_whoever_writes(void)
{
    const char *const words[] = {
        "token", "create", "--role", "viewer", "--name", "Báo cáo"};
    struct json *answer = NULL;
    struct control *control;
    const char *token = "";
    struct buf err_out;
    struct ctl c;

    buf_init(&err_out, ANSWER_MAX);
    shop_folder_open(&f);
    CHECK(control_open(&f.open.shop, &control) == OK);
    CHECK(ask(&c, &err_out, "", 6, words) == OK && c.status == CTL_DONE);
    CHECK(json_parse(c.say.out.data, c.say.out.len, NULL, &answer) == OK);
    CHECK(json_get_str(answer, "token", 100, &token) == OK);
    CHECK(strncmp(token, "ocop_", 5) == 0);
    CHECK(err_out.len == 0);
    json_free(answer);
    say_finish(&c.say);
    control_close(control);
    shop_folder_close(&f);
    buf_finish(&err_out);
}

static void
test_control__a_file_goes_along(void)
{
    const char *const words[] = {"import", "products", "any.csv"};
    struct control *control;
    struct buf err_out;
    struct ctl c;

    buf_init(&err_out, ANSWER_MAX);
    shop_folder_open(&f);
    CHECK(control_open(&f.open.shop, &control) == OK);
    CHECK(ask(&c, &err_out,
              "sku,name,unit,price,vat_class\nA,\"B\n\",c,1,8\n", 3, words)
          == OK);
    CHECK(c.status == CTL_DONE && strstr(c.say.out.data, "\"new\":1"));
    say_finish(&c.say);
    CHECK(ask(&c, &err_out, "sku\n\n", 3, words) == OK);
    CHECK(c.status == CTL_WRONG && err_out.len > 0);
    say_finish(&c.say);
    control_close(control);
    shop_folder_close(&f);
    buf_finish(&err_out);
}

static void
test_control__only_commands_that_write_are_run(void)
{
    const char *const reading[] = {"staff", "list"};
    const char *const making[] = {"init", "--showroom=1", "--name=a",
        "--commune=00103"};
    const char *const none[] = {"rm"};
    struct control *control;
    struct buf err_out;
    struct ctl c;

    buf_init(&err_out, ANSWER_MAX);
    shop_folder_open(&f);
    CHECK(control_open(&f.open.shop, &control) == OK);
    CHECK(ask(&c, &err_out, "", 2, reading) == OK && c.status == CTL_WRONG);
    say_finish(&c.say);
    CHECK(ask(&c, &err_out, "", 4, making) == OK && c.status == CTL_WRONG);
    say_finish(&c.say);
    CHECK(ask(&c, &err_out, "", 1, none) == OK && c.status == CTL_MISUSED);
    say_finish(&c.say);
    control_close(control);
    shop_folder_close(&f);
    buf_finish(&err_out);
}

static void
test_control__without_a_daemon_it_is_busy(void)
{
    const char *const words[] = {"staff", "disable", "1"};
    struct buf err_out;
    struct ctl c;

    buf_init(&err_out, ANSWER_MAX);
    shop_folder_open(&f);
    CHECK(ask(&c, &err_out, "", 3, words) == ERR_BUSY);
    say_finish(&c.say);
    shop_folder_close(&f);
    buf_finish(&err_out);
}

static int
connect_raw(void)
{
    struct wire_address a;
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    CHECK(wire_address(f.settings.data_dir, "control.sock", &a) == OK);
    CHECK(connect(fd, (struct sockaddr *)&a.address, sizeof(a.address)) == 0);
    wire_address_done(&a);
    return fd;
}

/* Noise is hung up on, and the next client is served. */
static void
test_control__noise_is_hung_up_on(void)
{
    const char *const noise[] = {"\n", "hello\n", "{}\n", "{\"argv\":1}\n",
        "{\"argv\":[],\"input\":-1,\"json\":true,\"lang\":\"vi\"}\n",
        "{\"argv\":[1],\"input\":0,\"json\":true,\"lang\":\"vi\"}\n",
        "{\"argv\":[],\"input\":0,\"json\":true,\"lang\":\"fr\"}\n"};
    const char *const words[] = {"till", "add", "2"};
    struct control *control;
    struct buf err_out;
    char byte;
    struct ctl c;

    buf_init(&err_out, ANSWER_MAX);
    shop_folder_open(&f);
    CHECK(control_open(&f.open.shop, &control) == OK);
    for (size_t i = 0; i < sizeof(noise) / sizeof(noise[0]); i++) {
        int fd = connect_raw();
        size_t len = strlen(noise[i]);

        CHECK(send(fd, noise[i], len, MSG_NOSIGNAL) == (ssize_t)len);
        CHECK(recv(fd, &byte, 1, 0) == 0);
        close(fd);
    }
    CHECK(ask(&c, &err_out, "", 3, words) == OK && c.status == CTL_DONE);
    say_finish(&c.say);
    control_close(control);
    shop_folder_close(&f);
    buf_finish(&err_out);
}

/* Stopping does not wait for a client that says nothing. */
static void
test_control__stops_while_a_client_is_silent(void)
{
    struct control *control;
    int64_t begun;
    int fd;

    shop_folder_open(&f);
    CHECK(control_open(&f.open.shop, &control) == OK);
    fd = connect_raw();
    CHECK(send(fd, "{", 1, MSG_NOSIGNAL) == 1);
    begun = clock_mono_ms();
    control_close(control);
    CHECK(clock_mono_ms() - begun < 30000);
    close(fd);
    shop_folder_close(&f);
}

static void
test_control__the_socket_is_the_owners_alone(void)
{
    char path[sizeof(f.settings.data_dir) + 16];
    struct control *control;
    struct stat what;

    shop_folder_open(&f);
    snprintf(path, sizeof(path), "%s/control.sock", f.settings.data_dir);
    close(open(path, O_WRONLY | O_CREAT, 0666)); /* left from before */
    CHECK(control_open(&f.open.shop, &control) == OK);
    CHECK(stat(path, &what) == 0 && S_ISSOCK(what.st_mode)
          && (what.st_mode & 0777) == 0600);
    control_close(control);
    CHECK(stat(path, &what) != 0);
    shop_folder_close(&f);
}

static void
test_control__a_long_folder_is_reached(void)
{
    char long_name[90];
    struct control *control;
    struct buf err_out;
    const char *const words[] = {"till", "add", "3"};
    struct ctl c;
    size_t len;

    buf_init(&err_out, ANSWER_MAX);
    shop_folder_open(&f);
    close_shop(&f.open);
    memset(long_name, 'x', sizeof(long_name) - 1);
    long_name[sizeof(long_name) - 1] = '\0';
    len = strlen(f.settings.data_dir);
    snprintf(f.settings.data_dir + len, sizeof(f.settings.data_dir) - len,
        "-%s", long_name);
    {
        char from[sizeof(f.dir) + 8];

        snprintf(from, sizeof(from), "%s/shop", f.dir);
        CHECK(rename(from, f.settings.data_dir) == 0);
    }
    CHECK(open_shop(&f.settings, 1, &f.open) == OK);
    CHECK(control_open(&f.open.shop, &control) == OK);
    CHECK(ask(&c, &err_out, "", 3, words) == OK && c.status == CTL_DONE);
    say_finish(&c.say);
    control_close(control);
    shop_folder_close(&f);
    buf_finish(&err_out);
}

int
main(void)
{
    if (open_lang() != OK)
        return 1;
    RUN(test_control__a_token_is_made_beside_whoever_writes);
    RUN(test_control__a_file_goes_along);
    RUN(test_control__only_commands_that_write_are_run);
    RUN(test_control__without_a_daemon_it_is_busy);
    RUN(test_control__noise_is_hung_up_on);
    RUN(test_control__stops_while_a_client_is_silent);
    RUN(test_control__the_socket_is_the_owners_alone);
    RUN(test_control__a_long_folder_is_reached);
    return T_END();
}
