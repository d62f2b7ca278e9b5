#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "tests/unit/t_ask.h"

static struct buf heard;

/* The request's headers must live as long as its stream. */
static struct http_request asked;
static char bearer[100];

static int
listen_from(const char *last_id)
{
    asked = (struct http_request){.method = "GET", .loopback = true};
    snprintf(bearer, sizeof(bearer), "Bearer %s", t_token);
    http_request_add_header(&asked, "Host", "localhost");
    http_request_add_header(&asked, "Authorization", bearer);
    if (last_id)
        http_request_add_header(&asked, "Last-Event-ID", last_id);
    http_request_target(&asked, "/api/v1/events");
    http_reply_finish(&t_reply);
    http_reply_init(&t_reply);
    dispatch(&t_api, &asked, &t_reply);
    return t_reply.status;
}

static void
hang_up(void)
{
    http_reply_finish(&t_reply);
    http_reply_init(&t_reply);
    http_request_finish(&asked);
}

/* What the stream says next; "" at its end. */
static const char *
hear(void)
{
    buf_finish(&heard);
    buf_init(&heard, 1024 * 1024);
    if (!t_reply.stream.next(t_reply.stream.arg, &heard))
        buf_clear(&heard);
    return heard.data;
}

static enum err
append(struct db *db, void *arg)
{
    const char *const *record = arg; /* kind, body */

    return db_journal_append(db, record[0], record[1], strlen(record[1]),
        NULL);
}

static void
post(const char *kind, const char *body)
{
    const char *record[] = {kind, body};

    t_must(db_write(t_api.writer, "t", append, record));
}

static void
post_sale(void)
{
    post("sale", "{\"at\":1,\"customer\":\"secret\",\"lines\":[],"
                 "\"receipt_no\":\"0101-000123\",\"staff\":2,\"till\":\"1\","
                 "\"total\":583000}");
}

static void
test_events__tell_of_a_sale_without_anything_private(void)
{
    t_api_open();
    CHECK(listen_from(NULL) == 200);
    CHECK_STR(t_reply.type, "text/event-stream");
    CHECK_STR(hear(), "retry: 2000\nid: 4\n\n");
    post_sale();
    CHECK_STR(hear(),
        "id: 5\nevent: sale\ndata: {\"seq\":5,\"kind\":\"sale\","
        "\"receipt_no\":\"0101-000123\",\"till\":\"1\",\"total\":583000}\n\n");
    hang_up();
    t_api_close();
}

static void
test_events__resume_where_they_were_left_also_after_a_restart(void)
{
    t_api_open();
    post_sale();
    post("receiving", "{\"at\":1}");
    post("staff", "{\"at\":1}"); /* nobody's business */
    post("shift_open", "{\"at\":1,\"shift\":7,\"till\":\"1\"}");
    t_api_close();
    t_api_reopen();
    CHECK(listen_from("4") == 200);
    CHECK_STR(hear(), "retry: 2000\nid: 4\n\n");
    hear();
    CHECK(strstr(heard.data, "id: 5\nevent: sale\n"));
    CHECK(strstr(heard.data, "id: 6\nevent: stock\n"));
    CHECK(strstr(heard.data, "id: 8\nevent: shift\n"));
    CHECK(strstr(heard.data, "\"shift\":7"));
    CHECK(!strstr(heard.data, "id: 7\n"));
    hang_up();
    t_api_close();
}

static enum err
many(struct db *db, void *arg)
{
    enum err e = OK;

    (void)arg;
    for (int i = 0; i < 1001 && e == OK; i++)
        e = db_journal_append(db, "sale", "{\"at\":1}", 8, NULL);
    return e;
}

static void
test_events__who_missed_too_much_starts_anew(void)
{
    t_api_open();
    t_must(db_write(t_api.writer, "t", many, NULL));
    CHECK(listen_from("4") == 200);
    hear();
    CHECK_STR(hear(), "id: 1005\nevent: reset\ndata: {}\n\n");
    hang_up();
    CHECK(listen_from("5") == 200); /* exactly 1,000: told in batches */
    hear();
    CHECK(strncmp(hear(), "id: 6\n", 6) == 0);
    CHECK(strncmp(hear(), "id: 106\n", 8) == 0);
    hang_up();
    CHECK(listen_from("2000") == 200); /* of another journal */
    hear();
    CHECK(strstr(hear(), "event: reset\n"));
    hang_up();
    CHECK(listen_from("x'1") == 200);
    hear();
    CHECK(strstr(hear(), "event: reset\n"));
    hang_up();
    t_api_close();
}

static void
test_events__what_is_no_fact_is_told_and_forgotten(void)
{
    t_api_open();
    events_say(t_api.events, "printer", "{\"state\":\"old\"}");
    CHECK(listen_from(NULL) == 200);
    hear();
    events_say(t_api.events, "printer", "{\"state\":\"paper_out\"}");
    CHECK_STR(hear(),
        "event: printer\ndata: {\"state\":\"paper_out\"}\n\n");
    for (int i = 0; i < EVENTS_SAID + 5; i++)
        events_say(t_api.events, "cart", "{}");
    hear();
    CHECK(heard.len == EVENTS_SAID * strlen("event: cart\ndata: {}\n\n"));
    hang_up();
    t_api_close();
}

static void
test_events__a_token_taken_back_ends_the_stream(void)
{
    struct staff_change back = {.number = T_PROGRAM, .by = 1};

    t_api_open();
    CHECK(listen_from(NULL) == 200);
    hear();
    CHECK(db_write(t_api.writer, "t", staff_change_write, &back) == OK);
    CHECK_STR(hear(), ""); /* within a second */
    hang_up();
    t_api_close();
}

static void *
stop_hub(void *arg)
{
    events_stop(arg);
    return NULL;
}

static void
test_events__all_streams_end_with_the_program(void)
{
    pthread_t stopper;

    t_api_open();
    CHECK(listen_from(NULL) == 200);
    CHECK(events_streams(t_api.events) == 1);
    hear();
    pthread_create(&stopper, NULL, stop_hub, t_api.events);
    CHECK_STR(hear(), "");
    pthread_join(stopper, NULL);
    hang_up();
    CHECK(events_streams(t_api.events) == 0);
    CHECK(listen_from(NULL) == 503);
    hang_up();
    t_api_close();
}

static void
test_events__only_so_many_listen(void)
{
    t_api_open();
    for (int i = 0; i < EVENTS_STREAMS_MAX; i++)
        CHECK(events_join(t_api.events));
    CHECK(listen_from(NULL) == 503);
    CHECK_STR(http_reply_get(&t_reply, "Retry-After"), "5");
    for (int i = 0; i < EVENTS_STREAMS_MAX; i++)
        events_leave(t_api.events);
    hang_up();
    t_api_close();
}

static void
test_health__is_well_when_the_database_can_be_written(void)
{
    t_api_open();
    CHECK(t_ask("GET", "/healthz", NULL, NULL) == 200);
    CHECK_STR(t_reply.body.data, "{\"status\":\"ok\"}");
    CHECK(t_ask("GET", "/metrics", NULL, NULL) == 200);
    CHECK(strstr(t_reply.body.data, "\nocop_db_writable 1\n"));
    CHECK(strstr(t_reply.body.data, "\nocop_journal_seq 4\n"));
    CHECK(t_ask("GET", "/api/v1/openapi.json", NULL, NULL) == 503);
    CHECK(t_ask("GET", "/assets/..%2f..%2fa", NULL, NULL) == 404);
    t_api_close();
}

int
main(void)
{
    RUN(test_events__tell_of_a_sale_without_anything_private);
    RUN(test_events__resume_where_they_were_left_also_after_a_restart);
    RUN(test_events__who_missed_too_much_starts_anew);
    RUN(test_events__what_is_no_fact_is_told_and_forgotten);
    RUN(test_events__a_token_taken_back_ends_the_stream);
    RUN(test_events__all_streams_end_with_the_program);
    RUN(test_events__only_so_many_listen);
    RUN(test_health__is_well_when_the_database_can_be_written);
    buf_finish(&heard);
    http_reply_finish(&t_reply);
    return T_END();
}
