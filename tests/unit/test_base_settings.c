#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/settings.h"
#include "tests/unit/t.h"

static const char shipped[] = OCOP_SOURCE_DIR "/config/ocop-pos.conf";

/* libconfig 1.5 does not free the text at which it stops with a syntax error;
 * a daemon that is refused its start does not mind, the leak checker does. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
    return "leak:libconfig";
}

static const char *
arg(const char *name)
{
    const struct err_state *s = err_last();

    for (size_t i = 0; i < s->args_len; i++)
        if (strcmp(s->args[i].name, name) == 0)
            return s->args[i].value;
    return "(none)";
}

/* Load a file with `text` in it. */
static enum err
load(const char *text, struct settings *out)
{
    char path[] = "/tmp/test_base_settings.XXXXXX";
    int fd = mkstemp(path);
    enum err e;

    CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
    close(fd);
    e = settings_load(path, out);
    if (e)
        CHECK_STR(arg("file"), path);
    unlink(path);
    return e;
}

/* Is there a sentence for this very case, with all it shows given? */
static void
check_told(const char *which)
{
    struct buf text, key;

    buf_init(&text, 1000);
    buf_init(&key, 100);
    buf_printf(&key, "err.settings_%s", which);
    CHECK(lang_text(LANG_VI, key.data) != key.data);
    lang_error(LANG_VI, err_last(), &text);
    CHECK(text.len > 0 && !strstr(text.data, "…"));
    buf_finish(&key);
    buf_finish(&text);
}

/* Is `text` refused with this case, key and line? */
static void
check_refused(
    const char *text, const char *which, const char *key, const char *line)
{
    struct settings s;

    CHECK(load(text, &s) == ERR_SETTINGS);
    CHECK_STR(arg("case"), which);
    CHECK_STR(arg("key"), key);
    CHECK_STR(arg("line"), line);
    check_told(which);
}

static void
test_settings__the_shipped_file_says_the_defaults(void)
{
    struct settings file, plain;
    const struct settings_key *k;

    settings_default(&plain);
    CHECK(settings_load(shipped, &file) == OK);
    for (size_t i = 0; (k = settings_key_at(i)); i++) {
        const char *a = (const char *)&file + k->offset;
        const char *b = (const char *)&plain + k->offset;
        bool is_text =
            k->kind == SETTINGS_KIND_STR || k->kind == SETTINGS_KIND_TEXT;

        CHECK(is_text ? strcmp(a, b) == 0 : memcmp(a, b, k->size) == 0);
    }
    CHECK_STR(plain.listen, "127.0.0.1:8080");
    CHECK(plain.local_till == 1 && plain.paper_mm == 80);
    CHECK(plain.log_level == LOG_INFO && plain.language == LANG_VI);
}

static void
test_settings__the_shipped_file_teaches_every_key(void)
{
    const struct settings_key *k;
    struct buf text, want;

    buf_init(&text, SETTINGS_FILE_MAX);
    CHECK(file_read(shipped, &text) == OK);
    for (size_t i = 0; (k = settings_key_at(i)); i++) {
        const char *quote = k->kind == SETTINGS_KIND_INT ? "" : "\"";

        buf_init(&want, 400);
        buf_printf(&want, "  Default: %s%s%s\n%s = %s%s%s;\n", quote,
            k->standard, quote, k->name, quote, k->standard, quote);
        if (!strstr(text.data, want.data))
            fprintf(stderr, "not in the file:%s", want.data);
        CHECK(strstr(text.data, want.data) != NULL);
        buf_finish(&want);
    }
    buf_finish(&text);
}

static void
test_settings__every_key_refuses_what_is_out_of_its_range(void)
{
    const struct settings_key *k;
    struct buf text;

    buf_init(&text, 4000);
    for (size_t i = 0; (k = settings_key_at(i)); i++) {
        const char *which = k->words ? "words" : "range";

        buf_clear(&text);
        buf_printf(&text, "# a\n\n%s = ", k->name);
        if (k->kind == SETTINGS_KIND_INT)
            buf_printf(&text, "%d;\n", k->max + 1);
        else if (k->kind == SETTINGS_KIND_WORD)
            buf_add_str(&text, "\"loud\";\n");
        else
            buf_printf(&text, "\"%01000d\";\n", 0);
        if (k->kind == SETTINGS_KIND_STR || k->kind == SETTINGS_KIND_TEXT)
            which = "length";
        check_refused(text.data, which, k->name, "3");
    }
    buf_finish(&text);
}

static void
test_settings__every_key_refuses_another_type(void)
{
    const struct settings_key *k;
    struct buf text;

    buf_init(&text, 4000);
    for (size_t i = 0; (k = settings_key_at(i)); i++) {
        bool is_int = k->kind == SETTINGS_KIND_INT;

        buf_clear(&text);
        buf_printf(&text, "\n%s = %s;\n", k->name, is_int ? "\"1\"" : "1");
        check_refused(text.data, "type", k->name, "2");
        CHECK_STR(arg("want"), is_int ? "integer" : "string");
        buf_clear(&text);
        buf_printf(&text, "%s = { a = 1; };\n", k->name);
        check_refused(text.data, "type", k->name, "1");
    }
    buf_finish(&text);
}

static void
test_settings__a_file_that_is_wrong_is_refused_with_its_line(void)
{
    check_refused(
        "language = \"vi\";\npapermm = 80;\n", "unknown", "papermm", "2");
    check_refused("paper_mm = 80;\n\npaper_mm = 58;\n", "duplicate", "", "3");
    check_refused("paper_mm = 80;\nlanguage \"vi\";\n", "syntax", "", "2");
    check_refused("paper_mm = 99999999999;\n", "words", "paper_mm", "1");
    check_refused("local_till = -1;\n", "range", "local_till", "1");
    check_refused("# x\n @include \"/etc/passwd\"\n", "include", "", "2");
    check_refused(
        "showroom_phone = \"\xFF\";\n", "text", "showroom_phone", "1");
    check_refused("data_dir = \"\";\n", "empty", "data_dir", "1");
    check_refused("tax_code = \"01O\";\n", "tax_code", "tax_code", "1");
    check_refused("host_names = \"a/b\";\n", "host_names", "host_names", "1");
    check_refused("printer = \"file:\";\n", "printer", "printer", "1");
    check_refused("\nconnections_max = 64;\nconnections_per_address = 65;\n",
        "above", "connections_per_address", "3");
    check_refused("\ndiscount_limit_manager_percent = 4;\n", "above",
        "discount_limit_cashier_percent", "2");
}

static void
test_settings__a_file_that_cannot_be_read_is_said(void)
{
    struct settings s;

    CHECK(settings_load("/nonexistent/ocop.conf", &s) == ERR_SETTINGS);
    CHECK_STR(arg("case"), "unreadable");
    CHECK_STR(arg("file"), "/nonexistent/ocop.conf");
    check_told("unreadable");
    CHECK(settings_load("/", &s) == ERR_SETTINGS);
    CHECK_STR(arg("case"), "unreadable");
}

static void
test_settings__what_the_file_says_is_in_force(void)
{
    struct settings s;

    CHECK(
        load("listen = \"[::1]:9000\"; paper_mm = 58;\n"
             "showroom_address = \"  12 Tra\xCC\x80ng Tie\xCC\x82\xCC\x80n\t\";"
             "\nlog_level = \"warn\"\nlanguage = \"en\"\n"
             "verify_base = \"https://ocop.vn/r\"\ncash_rounding = 500\n",
            &s) == OK);
    CHECK_STR(s.listen, "[::1]:9000");
    CHECK(s.paper_mm == 58 && s.cash_rounding == 500);
    CHECK_STR(s.showroom_address, "12 Tràng Tiền"); /* composed, trimmed */
    CHECK(s.log_level == LOG_WARN && s.language == LANG_EN);
    CHECK_STR(s.verify_base, "https://ocop.vn/r");
    CHECK(s.local_till == 1); /* what it does not say keeps its default */
}

static void
test_settings__plain_http_stays_on_this_machine(void)
{
    static const char *const good[] = {
        "127.0.0.1:8080", "127.9.8.7:1", "[::1]:65535", "localhost:0"};
    static const char *const bad[] = {"0.0.0.0:8080", "192.168.1.5:8080",
        "[::]:8080", "127.1:80", "127.0.0.1.evil.com:80", "127.0.0.256:80",
        "localhost.evil.com:80", "", ":80", "127.0.0.1",
        "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:+80", "127.0.0.1: 80",
        "::1:80", "[::1]", "127.0.0.1:80x"};
    struct settings s;

    settings_default(&s);
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        CHECK(settings_set_listen(&s, good[i]) == OK);
        CHECK_STR(s.listen, good[i]);
        CHECK(settings_listen_is_loopback(&s));
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK(settings_set_listen(&s, bad[i]) == ERR_SETTINGS);
        CHECK_STR(arg("case"), "option");
        check_told("option");
    }
    CHECK_STR(s.listen, "localhost:0");
    check_refused("listen = \"0.0.0.0:80\";", "loopback", "listen", "1");
    check_refused("listen = \"8080\";", "listen", "listen", "1");
}

static void
test_settings__shoppers_are_sent_to_https(void)
{
    static const char *const bad[] = {"http://ocop.vn/r", "ocop.vn/r",
        "https://", "https:///r", "https://ocop.vn/r/", "https://ocop.vn/r#",
        "https://ocop.vn/r?x", "https://ocop.vn/ r", "http://127.0.0.1.vn/r",
        "ftp://ocop.vn", "http://[::2]/r", "https://\xC4\x91.vn/r"};
    static const char *const good[] = {"https://ocop.vn/r",
        "https://ocop.vn:444/r", "http://127.0.0.1:8090/r",
        "http://[::1]:8090/r", "http://localhost/r"};
    struct settings s;
    char text[300];

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        snprintf(text, sizeof(text), "verify_base = \"%s\";", bad[i]);
        check_refused(text, "verify_base", "verify_base", "1");
    }
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        snprintf(text, sizeof(text), "verify_base = \"%s\";", good[i]);
        CHECK(load(text, &s) == OK);
        CHECK_STR(s.verify_base, good[i]);
    }
}

static bool
load_sentences(void)
{
    struct buf text;
    enum err e;

    buf_init(&text, 1024 * 1024);
    e = file_read(OCOP_SOURCE_DIR "/pos/web/vi.json", &text);
    if (!e)
        e = lang_load(LANG_VI, text.data, text.len);
    buf_finish(&text);
    return !e;
}

static void
test_settings__the_registry_is_https_or_this_machine_or_nothing(void)
{
    static const char *const bad[] = {"ocop.vn", "http://ocop.vn",
        "https://ocop.vn/", "https://", "ftp://ocop.vn", "https://a b",
        "https://ocop.vn?x"};
    static const char *const good[] = {"", "https://ocop.vn",
        "https://ocop.vn/down", "http://127.0.0.1:8090", "http://[::1]:1"};
    struct settings s;
    char text[200];

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        snprintf(text, sizeof(text), "registry_url = \"%s\";", bad[i]);
        check_refused(text, "registry_url", "registry_url", "1");
    }
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        snprintf(text, sizeof(text), "registry_url = \"%s\";", good[i]);
        CHECK(load(text, &s) == OK);
        CHECK_STR(s.registry_url, good[i]);
    }
    check_refused("sync_interval_minutes = 0;", "range",
        "sync_interval_minutes", "1");
    check_refused("sync_interval_minutes = 1441;", "range",
        "sync_interval_minutes", "1");
}

static void
test_settings__one_printer_is_for_receipts_drawer_and_labels(void)
{
    static const char *const good[] = {"usb:", "usb:serial=A1",
        "usb:port=1-2.3", "usb:0416:5011", "tcp:10.0.0.5", "tcp:[::1]:9100",
        "file:/tmp"};
    struct settings s;
    char text[200];

    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        snprintf(text, sizeof(text), "printer = \"%s\"; paper_mm = 58;",
            good[i]);
        CHECK(load(text, &s) == OK && s.printers_len == 1);
        CHECK_STR(s.printers[0].id, "receipt");
        CHECK_STR(s.printers[0].at, good[i]);
        CHECK(s.printers[0].paper_mm == 58 && s.printers[0].till == 0);
        CHECK(s.printers[0].roles ==
            (SETTINGS_RECEIPT | SETTINGS_DRAWER | SETTINGS_LABEL));
    }
    CHECK(load("printer = \"null:\";", &s) == OK && s.printers_len == 0);
    CHECK(load("", &s) == OK && s.printers_len == 0);
    check_refused("printer = \"lpt1:\";", "printer", "printer", "1");
    check_refused("printer = \"tcp:\";", "printer", "printer", "1");
}

static void
test_settings__several_printers_each_say_what_they_are_for(void)
{
    struct settings s;
    const struct settings_printer *p;

    CHECK(load("printers = ("
               "{ id = \"all\"; at = \"usb:\"; roles = \"receipt drawer\"; },\n"
               "{ id = \"till-2\"; at = \"tcp:h\"; roles = \"receipt\";"
               "  till = 2; paper_mm = 80; },\n"
               "{ id = \"tags\"; at = \"null:\"; roles = \"label\";"
               "  language = \"zpl\"; label_mm = \"40x20\"; gap_mm = 3;"
               "  quirks = \"slow\"; });\npaper_mm = 58;\n",
              &s) == OK);
    CHECK(s.printers_len == 3 && s.paper_mm == 58);
    CHECK(s.printers[0].paper_mm == 58 && s.printers[1].paper_mm == 80);
    p = settings_printer_for(&s, SETTINGS_RECEIPT, 1);
    CHECK(p == &s.printers[0]);
    CHECK(settings_printer_for(&s, SETTINGS_RECEIPT, 2) == &s.printers[1]);
    CHECK(settings_printer_for(&s, SETTINGS_DRAWER, 2) == &s.printers[0]);
    CHECK(settings_printer_for(&s, SETTINGS_COPY, 2) == NULL);
    p = settings_printer_for(&s, SETTINGS_LABEL, 0);
    CHECK(p && p == settings_printer_find(&s, "tags"));
    CHECK(p->language == 2 && p->gap_mm == 3);
    CHECK(p->label_width_mm == 40 && p->label_height_mm == 20);
    CHECK_STR(p->quirks, "slow");
    CHECK(!settings_printer_find(&s, "none"));
    CHECK_STR(settings_role_name(SETTINGS_DRAWER), "drawer");
}

static void
test_settings__receipts_are_as_wide_as_their_printers_paper(void)
{
    struct settings s;

    CHECK(load("printers = ({ id = \"a\"; at = \"usb:\"; roles = \"receipt\";"
               " paper_mm = 58; });", &s) == OK);
    CHECK(s.paper_mm == 58);
}

/* A list of one good printer, with more of it. */
static const char *
printer_with(const char *more)
{
    static char text[400];

    snprintf(text, sizeof(text), "printers = (\n{ id = \"a\"; at = \"usb:\";"
        " roles = \"receipt\"; %s });\n", more);
    return text;
}

static void
test_settings__a_printer_that_is_wrong_is_refused_with_its_line(void)
{
    struct settings s;

    CHECK(load(printer_with(""), &s) == OK);
    check_refused(printer_with("speed = 1;"), "unknown", "speed", "2");
    check_refused(printer_with("paper_mm = 76;"), "words", "paper_mm", "2");
    check_refused(printer_with("till = 256;"), "range", "till", "2");
    check_refused(printer_with("gap_mm = \"2\";"), "type", "gap_mm", "2");
    check_refused(printer_with("language = \"epl\";"), "words", "language",
        "2");
    for (size_t i = 0; i < 5; i++) {
        static const char *const bad[] = {"50", "50x", "5x30", "50x300",
            "50x30mm"};
        char more[60];

        snprintf(more, sizeof(more), "label_mm = \"%s\";", bad[i]);
        check_refused(printer_with(more), "label_mm", "label_mm", "2");
    }
    check_refused("printers = ( { id = \"a\"; at = \"usb:\"; } );", "empty",
        "roles", "1");
    check_refused("printers = ({at = \"usb:\"; roles = \"copy\"; });", "empty",
        "id", "1");
    check_refused("printers = (\n{ id = \"a\"; at = \"usb:\"; roles = "
        "\"label receipt\"; language = \"zpl\"; });", "printer_language",
        "roles", "2");
    check_refused("printers = ({id = \"A\"; });", "printer_id", "id", "1");
    check_refused("printers = ({at = \"lpt:\"; });", "printer", "at", "1");
    check_refused("printers = ({roles = \"receipt receipt\"; });", "roles",
        "roles", "1");
    check_refused("printers = ({roles = \"fax\"; });", "roles", "roles", "1");
    check_refused("\nprinters = \"usb:\";", "type", "printers", "2");
    check_refused("printers = (1);", "type", "printers", "1");
    check_refused("printers = (\n{ id = \"a\"; at = \"usb:\"; roles = "
        "\"copy\"; },\n{ id = \"a\"; at = \"usb:\"; roles = \"copy\"; });",
        "printer_twice", "id", "3");
    check_refused("printer = \"usb:\";\nprinters = ();", "printers_both",
        "printers", "2");
    check_refused("printers = ({},{},{},{},{},{},{},{},{});", "printers_many",
        "printers", "1");
}

int
main(void)
{
    if (!load_sentences())
        return 1;
    RUN(test_settings__the_shipped_file_says_the_defaults);
    RUN(test_settings__the_shipped_file_teaches_every_key);
    RUN(test_settings__every_key_refuses_what_is_out_of_its_range);
    RUN(test_settings__every_key_refuses_another_type);
    RUN(test_settings__a_file_that_is_wrong_is_refused_with_its_line);
    RUN(test_settings__a_file_that_cannot_be_read_is_said);
    RUN(test_settings__what_the_file_says_is_in_force);
    RUN(test_settings__plain_http_stays_on_this_machine);
    RUN(test_settings__shoppers_are_sent_to_https);
    RUN(test_settings__the_registry_is_https_or_this_machine_or_nothing);
    RUN(test_settings__one_printer_is_for_receipts_drawer_and_labels);
    RUN(test_settings__several_printers_each_say_what_they_are_for);
    RUN(test_settings__receipts_are_as_wide_as_their_printers_paper);
    RUN(test_settings__a_printer_that_is_wrong_is_refused_with_its_line);
    return T_END();
}
