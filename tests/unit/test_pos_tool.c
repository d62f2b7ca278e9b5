#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "pos/tool.h"
#include "tests/unit/t.h"

enum { ARGS = 12 };

static int status; /* of the last call */

/* What `tool` answers to arguments that end with NULL; borrowed until the next
 * call.  The line end that each answer has is cut. */
static const char *
tool(const char *const args[])
{
    static char kept[4096];
    char *argv[ARGS] = {NULL};
    FILE *out = tmpfile();
    int argc = 0;
    size_t len;

    CHECK(out != NULL);
    for (; args[argc]; argc++)
        argv[argc] = mem_dup_str(args[argc]);
    status = tool_main(argc, argv, out);
    while (argc > 0)
        mem_free(argv[--argc]);
    rewind(out);
    len = fread(kept, 1, sizeof(kept) - 1, out);
    fclose(out);
    CHECK(len == 0 || kept[len - 1] == '\n');
    kept[len ? len - 1 : 0] = '\0';
    return kept;
}

#define TOOL(...) tool((const char *const[]){__VA_ARGS__, NULL})

/* The same with `len` bytes on standard input. */
static const char *
piped(const char *name, const char *bytes, size_t len)
{
    FILE *f = tmpfile();
    int kept = dup(STDIN_FILENO);
    const char *answer;

    CHECK(f && kept >= 0 && fwrite(bytes, 1, len, f) == len);
    rewind(f);
    CHECK(dup2(fileno(f), STDIN_FILENO) >= 0);
    clearerr(stdin);
    answer = TOOL(name, "-");
    fflush(stdin); /* drops what it did not take */
    CHECK(dup2(kept, STDIN_FILENO) >= 0);
    close(kept);
    fclose(f);
    return answer;
}

static bool
has(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

static void
test_tool__answers_in_the_forms_of_the_contract(void)
{
    CHECK_STR(TOOL("fold", "Đường thốt nốt"), "{\"fold\":\"duong thot not\"}");
    CHECK_STR(TOOL("words", "105"), "{\"words\":\"Một trăm lẻ năm đồng\"}");
    CHECK_STR(TOOL("words", "-105"), "{\"words\":\"Âm một trăm lẻ năm đồng\"}");
    CHECK_STR(TOOL("gtin", "8934567890120"), "{\"gtin14\":\"08934567890120\"}");
    CHECK_STR(TOOL("json", "{\"a\":[1,2]}"), "{\"ok\":true}");
    CHECK_STR(TOOL("canonical", "{\"b\":1,\"a\":[true,\"Đ\"]}"),
        "{\"canonical\":\"{\\\"a\\\":[true,\\\"Đ\\\"],\\\"b\\\":1}\"}");
    CHECK(status == 0);
    CHECK_STR(TOOL("fold", "--json", "A"), "{\"fold\":\"a\"}");
}

static void
test_tool__reads_payment_texts(void)
{
    static const char text[] =
        "00020101021238530010A0000007270123000697041601092576788590208"
        "QRIBFTTA5303704540410005802VN62150811Chuyen tien6304BBB8";
    char answer[300];

    CHECK_STR(TOOL("vietqr", text),
        "{\"bin\":\"970416\",\"account\":\"257678859\","
        "\"service\":\"QRIBFTTA\",\"amount\":1000,"
        "\"purpose\":\"Chuyen tien\"}");
    snprintf(answer, sizeof(answer), "{\"text\":\"%s\"}", text);
    CHECK_STR(
        TOOL("vietqr", "make", "--bin", "970416", "--account", "257678859",
            "--amount", "1000", "--purpose", "Chuyen tien"),
        answer);
    CHECK(status == 0);
    CHECK(has(TOOL("vietqr", "make", "--bin", "970416", "--account", "1",
                  "--amount", "1000"),
        "000201010212"));
    CHECK(has(TOOL("vietqr", "make", "--bin", "970416", "--account", "1"),
        "000201010211"));
    CHECK(has(TOOL("vietqr", "make", "--bin", "970416", "--account", "1",
                  "--amount", "1000", "--type", "static"),
        "000201010211"));
    CHECK(has(TOOL("vietqr", "make", "--bin", "970416", "--account", "1",
                  "--type", "dynamic"),
        "000201010212"));
}

static void
test_tool__reads_gs1_codes(void)
{
    CHECK_STR(TOOL("gs1", "(01)09521234543213(10)A(17)261200(3103)001250"),
        "{\"gtin14\":\"09521234543213\",\"lot\":\"A\","
        "\"expires\":\"2026-12-31\",\"weight_kg\":1.25}");
    CHECK_STR(TOOL("gs1", "https://a.vn/01/9521234543213/21/7?30=12&13=260102"),
        "{\"gtin14\":\"09521234543213\",\"serial\":\"7\","
        "\"packed\":\"2026-01-02\",\"count\":12}");
    CHECK_STR(TOOL("gs1", "010952123454321310A17261231"),
        "{\"gtin14\":\"09521234543213\",\"lot\":\"A\","
        "\"expires\":\"2026-12-31\",\"guessed\":true}");
    CHECK(status == 0);
}

/* Refused: status 1 and the code. */
static void
check_refused(const char *answer, const char *code)
{
    char want[64];

    snprintf(want, sizeof(want), "{\"error\":\"%s\",", code);
    CHECK(status == 1);
    CHECK(strncmp(answer, want, strlen(want)) == 0);
    CHECK(has(answer, "\"why\":\""));
}

static void
test_tool__refuses_with_a_reason(void)
{
    check_refused(TOOL("fold", "\xED\xA0\x80"), "text");
    check_refused(TOOL("words", "12x"), "field_value");
    check_refused(TOOL("words", ""), "field_value");
    check_refused(TOOL("words", " 1"), "field_value");
    check_refused(TOOL("words", "99999999999999999999"), "field_value");
    check_refused(TOOL("gtin", "8934567890121"), "code_unreadable");
    CHECK(has(TOOL("gtin", "8934567890121"), "should be 0"));
    check_refused(TOOL("gs1", "(01)1"), "code_unreadable");
    check_refused(TOOL("vietqr", "000201"), "code_unreadable");
    check_refused(TOOL("vietqr", "make"), "field_value");
    CHECK(has(TOOL("vietqr", "make", "--bin", "970416"), "\"account\""));
    CHECK(has(TOOL("vietqr", "make", "--bin", "9704161"), "\"bin\""));
    CHECK(has(TOOL("vietqr", "make", "--bin", "970416", "--account", "1",
                  "--amount", "-1"),
        "\"amount\""));
    CHECK(has(TOOL("vietqr", "make", "--bin", "970416", "--account", "1",
                  "--type", "x"),
        "\"type\""));
    check_refused(TOOL("token", "123"), "code_unreadable");
    check_refused(TOOL("canonical", "1.5"), "json");
    check_refused(TOOL("canonical", "{"), "json");
}

static void
test_tool__says_where_json_is_wrong(void)
{
    CHECK(has(TOOL("json", "{\"a\":1,\"a\":2}"),
        "{\"ok\":false,\"at\":7,\"why\":\""));
    CHECK(status == 1);
    CHECK(has(piped("json", "\"a\0\"", 4), "{\"ok\":false,\"at\":2,"));
    CHECK(status == 1);
}

static void
test_tool__reads_standard_input(void)
{
    size_t big = (1 << 20) + 10;
    char *spaces = mem_new(big, 1);

    CHECK_STR(piped("fold", "Bún Đậu\r\n", 13), "{\"fold\":\"bun dau\"}");
    CHECK_STR(piped("words", "5\n", 2), "{\"words\":\"Năm đồng\"}");
    CHECK_STR(piped("json", "[]\n", 3), "{\"ok\":true}");
    check_refused(piped("gtin", "8934567890120\0", 14), "text");
    check_refused(piped("fold", "a\0b", 3), "text");
    memset(spaces, ' ', big);
    spaces[0] = '1';
    CHECK_STR(piped("json", spaces, 1 << 20), "{\"ok\":true}");
    CHECK(has(piped("json", spaces, big), "\"ok\":false,\"at\":1048576"));
    mem_free(spaces);
}

static void
test_tool__wrong_use_is_status_2(void)
{
    static const char *const wrong[][ARGS] = {{"fold", NULL},
        {"nothing", "x", NULL}, {"fold", "a", "b", NULL},
        {"fold", "a", "--keys", "k", NULL}, {"token", "1", "--keys", NULL},
        {"token", "1", "--keys", "a", "--keys", "b", NULL}, {NULL}};

    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        CHECK_STR(tool(wrong[i]), "");
        CHECK(status == 2);
    }
}

/* The token of tests/unit/test_pos_token.c, and the key that signed it. */
static const char digits[] =
    "04785074672369922000053481411027171463669911791411200283686952306183368732"
    "22257836288000202379362303997205718443285802046626610176699051486046617764"
    "78480520778241033759213526677977069846151552518677037148382899868920685861"
    "01857276571648151572319584652335502891551915681396680386126696355651047988"
    "852999";
#define PUBLIC                                                                 \
    "fd1724385aa0c75b64fb78cd602fa1d991fdebf76b13c58ed702eac835e9f618"
#define OTHER "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"

/* What `tool token` answers when this stands in the file of its keys. */
static const char *
judged(const char *keys)
{
    char path[] = "/tmp/ocop-keys-XXXXXX";
    int fd = mkstemp(path);
    const char *answer;

    CHECK(fd >= 0);
    CHECK(write(fd, keys, strlen(keys)) == (ssize_t)strlen(keys));
    close(fd);
    answer = TOOL("token", digits, "--keys", path);
    unlink(path);
    return answer;
}

static void
test_tool__shows_a_token(void)
{
    char url[400];

    CHECK_STR(TOOL("token", digits),
        "{\"version\":1,\"kind\":\"sale\",\"showroom\":1042,\"till\":1,"
        "\"key\":2,\"seq\":318774,\"time\":\"2026-11-22T10:15:00+07:00\","
        "\"clock_suspect\":false,\"total\":1285000,"
        "\"previous\":\"0001020304050607\",\"more\":true,\"lines\":["
        "{\"certificate\":4711,\"quantity\":1},"
        "{\"certificate\":4712,\"quantity\":2},"
        "{\"certificate\":4294967295,\"quantity\":255}],"
        "\"hash\":\"a0a1a2a3a4a5a6a7a8a9aaabacadaeaf\","
        "\"signature\":\"unchecked\"}");
    CHECK(status == 0);
    snprintf(url, sizeof(url), "http://127.0.0.1:8090/r#%s", digits);
    CHECK(has(TOOL("token", url), "\"seq\":318774"));
}

static void
test_tool__judges_a_token_by_its_showrooms_keys(void)
{
    CHECK(has(judged("{\"showroom\":1042,\"keys\":[{\"number\":1,"
                     "\"public\":\"" OTHER "\",\"from\":1},{\"number\":258,"
                     "\"public\":\"" PUBLIC "\",\"from\":9}]}\n"
                     "{\"seq\":1,\"kind\":\"sale\"}\n"),
        "\"signature\":\"good\""));
    CHECK(status == 0);
    CHECK(has(judged("{\n \"showroom\": 1042,\n \"keys\": [{\"number\": 2,"
                     "\"public\": \"" PUBLIC "\"}]\n}\n"),
        "\"signature\":\"good\""));
    CHECK(has(judged("{\"showroom\":1042,\"keys\":[{\"number\":2,"
                     "\"public\":\"" OTHER "\"}]}"),
        "\"signature\":\"bad\""));
    CHECK(status == 1);
    CHECK(has(judged("{\"showroom\":1042,\"keys\":[{\"number\":1,"
                     "\"public\":\"" PUBLIC "\"}]}"),
        "\"signature\":\"unchecked\""));
    CHECK(has(judged("{\"showroom\":1041,\"keys\":[{\"number\":2,"
                     "\"public\":\"" PUBLIC "\"}]}"),
        "\"signature\":\"unchecked\""));
    CHECK(status == 0);
}

static void
test_tool__refuses_a_bad_file_of_keys(void)
{
    check_refused(judged(""), "json");
    check_refused(judged("{}"), "field_missing");
    check_refused(judged("{\"showroom\":1,\"keys\":[{\"number\":1,"
                         "\"public\":\"00\"}]}"),
        "field_value");
    check_refused(TOOL("token", digits, "--keys", "/nowhere/keys"), "file");
}

/* Two-digit years are read as of this day. */
static int64_t
november_2026(void)
{
    return INT64_C(1795316400000);
}

int
main(void)
{
    clock_set(november_2026);
    RUN(test_tool__answers_in_the_forms_of_the_contract);
    RUN(test_tool__reads_payment_texts);
    RUN(test_tool__reads_gs1_codes);
    RUN(test_tool__refuses_with_a_reason);
    RUN(test_tool__says_where_json_is_wrong);
    RUN(test_tool__reads_standard_input);
    RUN(test_tool__wrong_use_is_status_2);
    RUN(test_tool__shows_a_token);
    RUN(test_tool__judges_a_token_by_its_showrooms_keys);
    RUN(test_tool__refuses_a_bad_file_of_keys);
    return T_END();
}
