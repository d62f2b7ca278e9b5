#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "drivers/printer.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

static struct printer *
open_file(void)
{
    struct printer *p = NULL;
    char spec[600];

    snprintf(spec, sizeof(spec), "file:%s", t_path("."));
    CHECK(printer_open(spec, &p) == OK);
    return p;
}

/* What a file of the folder holds; NULL when there is none. */
static const char *
held(const char *name)
{
    static char bytes[100000];
    FILE *f = fopen(t_path(name), "rb");
    size_t n;

    if (!f)
        return NULL;
    n = fread(bytes, 1, sizeof(bytes) - 1, f);
    bytes[n] = '\0';
    fclose(f);
    return bytes;
}

static int
files_with_dot(void)
{
    DIR *dir = opendir(t_dir);
    struct dirent *entry;
    int n = 0;

    while (dir && (entry = readdir(dir)))
        n += entry->d_name[0] == '.';
    closedir(dir);
    return n;
}

static void
test_printer__file_keeps_each_job_whole(void)
{
    struct printer *p = open_file();
    char *big = mem_new(50001, 1);
    size_t sent = 1;
    uint8_t port = 0;

    memset(big, 'x', 50000);
    CHECK(printer_port(p, &port) == OK && port == 0x18);
    CHECK(p->ops->keeps_jobs && printer_who(p) == NULL);
    CHECK(printer_print(p, "job-1", big, 50000, &sent) == OK);
    CHECK(sent == 50000);
    CHECK(printer_preview(p, "png", 3) == OK);
    CHECK_STR(held("job-1.escpos"), big);
    CHECK_STR(held("job-1.png"), "png");
    CHECK(printer_print(p, "empty", "", 0, &sent) == OK && sent == 0);
    CHECK_STR(held("empty.escpos"), "");
    CHECK(files_with_dot() == 2); /* "." and "..": no part is left */
    mem_free(big);
    printer_close(p);
    t_dir_empty();
}

static void
test_printer__file_overwrites_no_slip(void)
{
    struct printer *p = open_file();
    size_t sent;

    CHECK(printer_print(p, "a", "first", 5, &sent) == OK);
    CHECK(printer_preview(p, "one", 3) == OK);
    printer_close(p);
    p = open_file();
    CHECK(printer_print(p, "a", "second", 6, &sent) == OK);
    CHECK(printer_preview(p, "two", 3) == OK);
    CHECK(printer_print(p, "a", "third", 5, &sent) == OK);
    CHECK_STR(held("a.escpos"), "first");
    CHECK_STR(held("a.png"), "one");
    CHECK_STR(held("a-2.escpos"), "second");
    CHECK_STR(held("a-2.png"), "two");
    CHECK_STR(held("a-3.escpos"), "third");
    printer_close(p);
    t_dir_empty();
}

static void
test_printer__job_names_stay_in_the_folder(void)
{
    static const char *const bad[] = {"", "../a", "a/b", ".a", "a b", "ấ",
        "0123456789012345678901234567890123456789012345678901234567890123x"};
    struct printer *p = open_file();
    size_t sent;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        sent = 9;
        CHECK(printer_print(p, bad[i], "x", 1, &sent) == ERR_INVALID);
        CHECK(sent == 0);
    }
    CHECK(printer_print(p, bad[6] + 1, "x", 1, &sent) == OK); /* 64 */
    printer_close(p);
    t_dir_empty();
}

static void
test_printer__file_makes_its_folder_and_tells_when_it_is_gone(void)
{
    struct printer *p = NULL;
    char spec[600];
    size_t sent;
    uint8_t port;

    snprintf(spec, sizeof(spec), "file:%s", t_path("slips"));
    CHECK(printer_open(spec, &p) == OK);
    CHECK(rmdir(t_path("slips")) == 0);
    CHECK(printer_port(p, &port) == ERR_PRINTER);
    CHECK(printer_print(p, "a", "x", 1, &sent) == ERR_PRINTER);
    CHECK(sent == 0);
    CHECK(printer_preview(p, "x", 1) == ERR_INVALID);
    printer_close(p);
}

static void
test_printer__null_takes_everything(void)
{
    struct printer *p = NULL;
    size_t sent = 0;
    uint8_t port = 1;
    char answer[4];

    CHECK(printer_open("null:", &p) == OK);
    CHECK(printer_port(p, &port) == ERR_PRINTER_SILENT && port == 0);
    CHECK(printer_receive(p, answer, 4, 0, &sent) == OK && sent == 0);
    CHECK(printer_reset(p) == OK && printer_who(p) == NULL);
    CHECK(printer_print(p, "a", "12345", 5, &sent) == OK && sent == 5);
    CHECK(printer_preview(p, "x", 1) == OK);
    printer_close(p);
    printer_close(NULL);
}

static void
test_printer__settings_must_name_a_printer(void)
{
    static const char *const bad[] = {"", "null", "file", "file:", "null:x",
        "usb", "fil:/tmp", "FILE:/tmp", ":"};
    struct printer *p = NULL;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK(printer_open(bad[i], &p) == ERR_SETTINGS);
    CHECK(printer_open("file:/nowhere/at/all", &p) == ERR_PRINTER);
    CHECK(p == NULL);
}

/* A device that takes 3 bytes at a time and dies after 7. */
static size_t taken;

static enum err
dying_begin(struct printer *p, const char *job)
{
    (void)p;
    (void)job;
    taken = 0;
    return OK;
}

static enum err
dying_send(struct printer *p, const void *bytes, size_t len, int timeout_ms,
    size_t *sent_out)
{
    (void)p;
    (void)bytes;
    (void)timeout_ms;
    *sent_out = len < 3 ? len : 3;
    if (taken + *sent_out > 7)
        *sent_out = 7 - taken;
    taken += *sent_out;
    return taken < 7 ? OK : err_set(ERR_PRINTER, "unplugged");
}

static enum err
dying_end(struct printer *p, bool keep)
{
    (void)p;
    return keep ? OK : err_set(ERR_PRINTER, "no answer either");
}

static void
test_printer__counts_what_a_dying_device_took(void)
{
    struct printer_ops ops = {.name = "dying",
        .begin = dying_begin,
        .send = dying_send,
        .end = dying_end};
    struct printer p = {&ops};
    size_t sent;

    CHECK(printer_print(&p, "a", "123456", 6, &sent) == OK && sent == 6);
    CHECK(printer_print(&p, "a", "0123456789", 10, &sent) == ERR_PRINTER);
    CHECK(sent == 7);
    CHECK_STR(err_msg(), "unplugged"); /* the first failure is told */
    ops.keeps_jobs = true;
    CHECK(printer_print(&p, "a", "0123456789", 10, &sent) == ERR_PRINTER);
    CHECK(sent == 0);
}

/* A device that takes nothing, and neither begins nor ends anything. */
static enum err
full_send(struct printer *p, const void *bytes, size_t len, int timeout_ms,
    size_t *sent_out)
{
    (void)p;
    (void)bytes;
    (void)len;
    *sent_out = timeout_ms <= 0;
    return OK;
}

static void
test_printer__what_takes_nothing_is_given_up(void)
{
    static const struct printer_ops ops = {.name = "full", .send = full_send};
    struct printer p = {&ops};
    size_t sent = 9;

    CHECK(printer_send(&p, "1", 1, 5, &sent) == OK && sent == 0);
    CHECK(printer_print(&p, "a", "123", 3, &sent) == ERR_PRINTER);
    CHECK(sent == 0);
    CHECK(printer_print(&p, "a", "", 0, &sent) == OK);
}

static void
test_printer__states_have_names(void)
{
    CHECK_STR(printer_state_name(PRINTER_READY), "ready");
    CHECK_STR(printer_state_name(PRINTER_PAPER_OUT), "paper_out");
    CHECK_STR(printer_state_name(PRINTER_CUTTER), "cutter");
    CHECK_STR(printer_state_name(PRINTER_GONE), "gone");
}

int
main(void)
{
    RUN(test_printer__file_keeps_each_job_whole);
    RUN(test_printer__file_overwrites_no_slip);
    RUN(test_printer__job_names_stay_in_the_folder);
    RUN(test_printer__file_makes_its_folder_and_tells_when_it_is_gone);
    RUN(test_printer__null_takes_everything);
    RUN(test_printer__settings_must_name_a_printer);
    RUN(test_printer__counts_what_a_dying_device_took);
    RUN(test_printer__what_takes_nothing_is_given_up);
    RUN(test_printer__states_have_names);
    return T_END();
}
