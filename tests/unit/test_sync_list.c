#include "sync/list.h"

#include <string.h>

#include "base/crypto.h"
#include "tests/unit/t.h"

static struct {
    size_t lines[16];
    char fields[16][ERR_PATH];
    size_t len;
} told;

static void
tell(void *arg, size_t line, const struct err_state *why)
{
    (void)arg;
    if (told.len < 16) {
        told.lines[told.len] = line;
        memcpy(told.fields[told.len], why->path, ERR_PATH);
    }
    told.len++;
}

/* A record that keeps every rule; spaces show that it is made canonical. */
static void
add_record(struct buf *b, const char *id, int cert, int stars)
{
    buf_printf(b,
        "{\"schema\": \"ocop-product/1\",\"id\":\"%s\",\"cert\":%d,\"rev\":1,"
        "\"name\":\"Miến Đường\",\"producer\":{\"id\":\"P1\",\"name\":\"Hợp "
        "tác xã\",\"form\":\"cooperative\"},\"place\":{\"province_code\":"
        "\"01\"},\"group\":{\"scheme\":\"QD26-2026\",\"code\":\"06\"},"
        "\"stars\":%d,\"decision\":{\"date\":\"2026-09-15\",\"issuer\":\"UBND "
        "thành phố Hà Nội\",\"issuer_level\":\"province\"},\"valid_from\":"
        "\"2026-09-15\",\"valid_until\":\"2029-09-15\",\"status\":\"active\","
        "\"evidence\":\"demo\"}",
        id, cert, stars);
}

static enum err
read_list(const struct buf *text, struct list *out)
{
    told.len = 0;
    return list_read(text->data, text->len, tell, NULL, out);
}

static void
test_list__is_sorted_canonical_and_hashed(void)
{
    uint8_t hash[32];
    struct buf text, lines;
    struct list list;

    buf_init(&text, 100000);
    buf_init(&lines, 100000);
    add_record(&text, "B", 2, 4);
    buf_add_str(&text, "\r\n\n  \n");
    add_record(&text, "A", 7, 3);
    CHECK(read_list(&text, &list) == OK);
    CHECK(list.len == 2 && told.len == 0);
    CHECK(list.len == 2 && strcmp(list.items[0].id, "A") == 0
          && list.items[0].line == 4 && list.items[0].cert == 7);
    CHECK(strncmp(list.items[0].record, "{\"cert\":7,\"decision\":", 20) == 0);
    CHECK_STR(list.items[0].fold, "mien duong hop tac xa");
    CHECK_STR(list.items[0].producer, "Hợp tác xã");
    for (size_t i = 0; i < list.len; i++)
        buf_printf(&lines, "%s\n", list.items[i].record);
    crypto_sha256(lines.data, lines.len, hash);
    CHECK(memcmp(hash, list.sha256, 32) == 0);
    list_finish(&list);
    buf_finish(&lines);
    buf_finish(&text);
}

static void
test_list__what_is_no_record_is_told_by_its_line(void)
{
    struct buf text;
    struct list list;

    buf_init(&text, 100000);
    buf_add_str(&text, "not JSON\n");
    add_record(&text, "A", 1, 3);
    buf_add_str(&text, "\n[]\n");
    add_record(&text, "B", 2, 2);
    buf_add_str(&text, "\n{\"id\":\"C\"}\n");
    CHECK(read_list(&text, &list) == OK);
    CHECK(list.len == 1 && told.len == 4);
    CHECK(told.lines[0] == 1 && told.lines[1] == 3 && told.lines[2] == 4
          && told.lines[3] == 5);
    CHECK_STR(told.fields[2], "stars");
    list_finish(&list);
    buf_finish(&text);
}

static void
test_list__an_id_or_number_for_the_second_time_is_told(void)
{
    struct buf text;
    struct list list;

    buf_init(&text, 100000);
    add_record(&text, "B", 2, 4);
    buf_add_char(&text, '\n');
    add_record(&text, "A", 1, 4);
    buf_add_char(&text, '\n');
    add_record(&text, "B", 3, 4); /* id of line 1 */
    buf_add_char(&text, '\n');
    add_record(&text, "0", 1, 4); /* number of line 2 */
    buf_add_char(&text, '\n');
    add_record(&text, "C", 3, 4); /* number of a line that is left out */
    CHECK(read_list(&text, &list) == OK);
    CHECK(told.len == 2 && told.lines[0] == 3 && told.lines[1] == 4);
    CHECK_STR(told.fields[0], "id");
    CHECK_STR(told.fields[1], "cert");
    CHECK(list.len == 3 && strcmp(list.items[0].id, "A") == 0
          && strcmp(list.items[1].id, "B") == 0 && list.items[1].cert == 2
          && strcmp(list.items[2].id, "C") == 0);
    list_finish(&list);
    buf_finish(&text);
}

static void
test_list__nothing_is_a_list_of_nothing(void)
{
    struct list list;

    told.len = 0;
    CHECK(list_read("", 0, tell, NULL, &list) == OK);
    CHECK(list.len == 0 && told.len == 0);
    list_finish(&list);
}

int
main(void)
{
    if (crypto_init() != OK)
        return 1;
    RUN(test_list__is_sorted_canonical_and_hashed);
    RUN(test_list__what_is_no_record_is_told_by_its_line);
    RUN(test_list__an_id_or_number_for_the_second_time_is_told);
    RUN(test_list__nothing_is_a_list_of_nothing);
    return T_END();
}
