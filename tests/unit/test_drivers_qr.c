#include <string.h>

#include "drivers/qr.h"
#include "tests/unit/t.h"

/* "https://<host of n letters>/r#<302 digits>" */
static const char *
token_url(int host)
{
    static char url[400];
    size_t n = 8;

    memcpy(url, "https://", n);
    for (int i = 0; i < host; i++)
        url[n++] = i % 4 == 3 ? '.' : i % 3 ? 'A' : '7'; /* tempting runs */
    memcpy(url + n, "/r#", 3);
    n += 3;
    for (int i = 0; i < 302; i++)
        url[n++] = (char)('0' + i * 7 % 10);
    url[n] = '\0';
    return url;
}

static void
test_qr__holds_the_token_in_version_8_or_9(void)
{
    for (int host = 1; host <= 42; host++) {
        struct qr qr = {0};

        CHECK(qr_encode(token_url(host), &qr) == OK);
        CHECK(qr.version == (host <= 13 ? 8 : host <= 41 ? 9 : 10));
        CHECK(qr.modules == 17 + 4 * qr.version);
        qr_finish(&qr);
    }
}

static void
test_qr__has_its_three_finders(void)
{
    struct qr qr = {0};
    int last;

    CHECK(qr_encode("https://ocop.example/r#123", &qr) == OK);
    last = qr.modules - 1;
    for (int i = 0; i < 7; i++) {
        CHECK(qr.dark[i] == 1 && qr.dark[last - i] == 1);
        CHECK(qr.dark[(last - i) * qr.modules] == 1);
    }
    CHECK(qr.dark[7] == 0 && qr.dark[last - 7] == 0);
    for (int i = 0; i < qr.modules * qr.modules; i++)
        CHECK(qr.dark[i] <= 1);
    qr_finish(&qr);
}

static void
test_qr__modules_are_five_dots_where_they_fit(void)
{
    struct qr v8 = {.modules = 49}, v9 = {.modules = 53}, v20 = {.modules = 97};

    CHECK(qr_module_dots(&v9, 384, 0) == 5);
    CHECK(qr_module_dots(&v9, 576, 0) == 5);
    CHECK(qr_module_dots(&v9, 576, 8) == 8);
    CHECK(qr_module_dots(&v8, 384, 8) == 6);
    CHECK(qr_module_dots(&v9, 304, 0) == 4); /* 5 would need 305 */
    CHECK(qr_module_dots(&v9, 305, 0) == 5);
    CHECK(qr_module_dots(&v9, 243, 0) == 0); /* 4 would need 244 */
    CHECK(qr_module_dots(&v20, 384, 0) == 0);
}

static void
test_qr__refuses_what_it_cannot_hold(void)
{
    char long_text[2400];
    struct qr qr = {0};

    CHECK(qr_encode("", &qr) == ERR_TEXT);
    CHECK(qr_encode("miến", &qr) == ERR_TEXT);
    CHECK(qr_encode("a\nb", &qr) == ERR_TEXT);
    memset(long_text, 'x', sizeof(long_text) - 1);
    long_text[sizeof(long_text) - 1] = '\0';
    CHECK(qr_encode(long_text, &qr) == ERR_TOO_LARGE);
    CHECK(qr.dark == NULL);
    CHECK(qr_encode("12345", &qr) == OK && qr.version == 1);
    qr_finish(&qr);
    CHECK(qr_encode("abc", &qr) == OK && qr.version == 1);
    qr_finish(&qr);
}

int
main(void)
{
    RUN(test_qr__holds_the_token_in_version_8_or_9);
    RUN(test_qr__has_its_three_finders);
    RUN(test_qr__modules_are_five_dots_where_they_fit);
    RUN(test_qr__refuses_what_it_cannot_hold);
    return T_END();
}
