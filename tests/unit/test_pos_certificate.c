/* What a product is worth by all certificates it is linked to, what links
 * itself, what is told of it, and what old lists do to a receipt. */
#include "pos/sell/certificate.h"

#include <string.h>

#include "base/clock.h"
#include "db/link.h"
#include "db/notice.h"
#include "db/trust.h"
#include "pos/certified/age.h"
#include "pos/certified/link.h"
#include "pos/certified/notice.h"
#include "pos/certified/suggest.h"
#include "pos/certified/trusted.h"
#include "pos/sell/receipt.h"
#include "pos/stock/product.h"
#include "tests/tools/list_fixture.h"
#include "tests/unit/t.h"

enum { DAY = 86400 };

static struct fixture f;
static struct list_text text;

static void
begin(void)
{
    fixture_open(&f);
    list_text_init(&text);
}

static void
end(void)
{
    list_text_finish(&text);
    fixture_close(&f);
}

/* A record of the list to be taken in. */
#define RECORD(...) list_text_add(&text, &(struct list_record){__VA_ARGS__})

static void
take(void)
{
    CHECK(list_text_take(&text, &f) == OK);
}

static enum err
link_now(struct db *db, void *arg)
{
    return link_write(db, arg);
}

static enum err
try_link(const char *id, bool on)
{
    struct link_ask ask = {
        .product_id = 1, .registry_id = id, .staff = 2, .link = on};

    return fixture_write(&f, link_now, &ask);
}

static void
all_links(void)
{
    struct certified_links links = {.product_id = 0};

    do
        CHECK(fixture_write(&f, certified_links_write, &links) == OK);
    while (links.more);
}

static struct certificate
judged(void)
{
    struct certificate c;

    CHECK(certificate_of_product(f.db, 1, clock_day(clock_now()), &c) == OK);
    return c;
}

static enum err
sell(unsigned overrides)
{
    struct sale_done done;

    return fixture_sell(&f, 1, 1000, overrides, &done);
}

static void
test_certificate__one_in_force_decides_over_others(void)
{
    begin();
    RECORD("A", 1, .from = "2022-01-01", .until = "2024-12-31");
    RECORD("B", 2, .from = "2026-01-01", .until = "2028-12-31");
    RECORD("C", 3, .from = "2026-06-01", .status = "revoked");
    take();
    CHECK(!judged().listed);
    CHECK(try_link("A", true) == OK);
    CHECK(judged().state == CERT_EXPIRED);
    CHECK(try_link("C", true) == OK);
    CHECK(judged().state == CERT_WITHDRAWN && judged().record.cert == 3);
    CHECK(sell(0) == ERR_WITHDRAWN);
    CHECK(try_link("B", true) == OK);
    CHECK(judged().state == CERT_IN_FORCE && judged().record.cert == 2);
    CHECK(sell(0) == OK);
    end();
}

static void
test_certificate__the_newest_decides_when_none_is_in_force(void)
{
    begin();
    RECORD("A", 1, .from = "2022-01-01", .status = "revoked");
    RECORD("B", 2, .from = "2023-01-01", .until = "2026-01-01");
    RECORD("C", 3, .from = "2027-01-01", .until = "2029-01-01");
    take();
    CHECK(try_link("A", true) == OK && try_link("B", true) == OK
          && try_link("C", true) == OK);
    CHECK(judged().state == CERT_EXPIRED && judged().record.cert == 2);
    end();
}

static void
test_certificate__a_recall_stops_unless_older_than_the_one_in_force(void)
{
    begin();
    RECORD("A", 1, .from = "2024-01-01", .status = "revoked",
        .recall = "destroy", .at = "2026-03-01");
    RECORD("B", 2, .from = "2026-04-01", .until = "2028-12-31");
    RECORD("C", 3, .from = "2026-02-01", .until = "2028-12-31");
    take();
    CHECK(try_link("A", true) == OK && try_link("B", true) == OK);
    CHECK(!judged().recalled && sell(0) == OK);
    CHECK(try_link("B", false) == OK && try_link("C", true) == OK);
    CHECK(judged().recalled && judged().record.cert == 1);
    CHECK(sell(OVERRIDE_WITHDRAWN) == ERR_RECALLED);
    CHECK_STR(err_last()->args[1].value, "destroy");
    end();
}

static void
test_certificate__suspended_with_a_recall_stops_and_without_sells(void)
{
    begin();
    RECORD("A", 1, .status = "suspended", .recall = "none");
    take();
    CHECK(try_link("A", true) == OK);
    CHECK(judged().state == CERT_SUSPENDED && sell(0) == OK);
    RECORD("A", 1, .status = "suspended", .recall = "stop_sale");
    take();
    CHECK(sell(OVERRIDE_WITHDRAWN) == ERR_RECALLED);
    end();
}

static void
test_certificate__what_is_reinstated_sells_again(void)
{
    begin();
    RECORD("A", 1, .status = "revoked");
    take();
    CHECK(try_link("A", true) == OK);
    CHECK(sell(0) == ERR_WITHDRAWN);
    CHECK(sell(OVERRIDE_WITHDRAWN) == OK);
    RECORD("A", 1, .status = "active");
    take();
    CHECK(sell(0) == OK && judged().state == CERT_IN_FORCE);
    end();
}

static enum err
declare(struct db *db, void *arg)
{
    struct product_ask ask = {.id = 1, .staff = 2, .has_registry = true,
        .registry_id = arg};
    int64_t id;

    return product_write(db, &ask, &id);
}

static void
test_link__an_id_that_is_not_listed_yet_counts_once_it_is(void)
{
    static char later[] = "LATER", none[] = "";

    begin();
    CHECK(fixture_write(&f, declare, later) == OK);
    CHECK(!judged().listed && sell(0) == OK);
    CHECK(try_link("OTHER", true) == ERR_NOT_FOUND);
    RECORD("LATER", 7, .until = "2028-12-31");
    take();
    CHECK(judged().state == CERT_IN_FORCE && judged().record.cert == 7);
    CHECK(fixture_write(&f, declare, none) == OK);
    CHECK(!judged().listed);
    end();
}

/* Product 1 has the code 8934567890120. */
static void
test_link__the_same_gtin_links_unless_it_is_borrowed(void)
{
    begin();
    RECORD("A", 1, .gtin = "8934567890120", .status = "revoked");
    RECORD("B", 2, .gtin = "8934567890120", .producer = "HTX khác");
    take();
    all_links();
    CHECK(!judged().listed);
    RECORD("A", 1, .gtin = "8934567890120", .status = "revoked");
    RECORD("B", 2, .gtin = "8934567890120");
    take();
    all_links();
    CHECK(judged().record.cert == 2);
    end();
}

static void
test_link__what_a_person_took_back_does_not_come_again(void)
{
    struct link link;

    begin();
    RECORD("A", 1, .gtin = "8934567890120");
    take();
    all_links();
    CHECK(judged().record.cert == 1);
    CHECK(db_link_get(f.db, 1, "A", &link) == OK && link.how == LINK_GTIN);
    CHECK(try_link("A", false) == OK);
    CHECK(try_link("A", false) == ERR_NOT_FOUND);
    all_links();
    CHECK(!judged().listed);
    CHECK(try_link("A", true) == OK && judged().listed);
    end();
}

static void
test_link__successors_follow_one_after_the_other(void)
{
    begin();
    RECORD("A", 1, .status = "superseded", .next = "B");
    RECORD("B", 2, .status = "superseded", .next = "C");
    RECORD("C", 3, .until = "2029-12-31");
    take();
    CHECK(try_link("A", true) == OK);
    all_links();
    CHECK(judged().record.cert == 3 && judged().state == CERT_IN_FORCE);
    end();
}

static void
test_suggest__offers_what_is_alike_and_decides_nothing(void)
{
    struct suggestion s[SUGGESTIONS];
    size_t len;

    begin();
    RECORD("A", 1, .name = "Miến dong Minh Dương");
    RECORD("B", 2, .name = "Mật ong rừng");
    RECORD("C", 3, .name = "Miến Minh Dương");
    take();
    CHECK(certified_suggest(f.db, 1, s, &len) == OK);
    CHECK(len == 2 && s[0].record.cert == 3 && s[1].record.cert == 1);
    CHECK(try_link("C", true) == OK);
    CHECK(certified_suggest(f.db, 1, s, &len) == OK);
    CHECK(len == 1 && s[0].record.cert == 1);
    CHECK(judged().record.cert == 3);
    end();
}

static size_t
told(void)
{
    struct certified_notice n = {.told = 99};

    CHECK(fixture_write(&f, certified_notice_write, &n) == OK);
    return n.told;
}

static void
test_notice__is_given_once_for_each_threshold_and_last_day(void)
{
    struct expiring x;

    begin();
    RECORD("A", 1, .until = "2027-02-10"); /* in 80 days */
    RECORD("B", 2, .until = "2026-12-01"); /* nobody's */
    take();
    CHECK(try_link("A", true) == OK);
    CHECK(told() == 1 && told() == 0);
    CHECK(db_expiring(f.db, clock_day(clock_now()), &x) == OK);
    CHECK(x.within_30 == 0 && x.within_90 == 1);
    fixture_clock(FIXTURE_NOW + 60 * DAY);
    CHECK(told() == 1 && told() == 0);
    fixture_clock(FIXTURE_NOW + 81 * DAY);
    CHECK(told() == 1 && told() == 0);
    RECORD("A", 1, .until = "2027-03-10"); /* renewed, ends soon again */
    take();
    CHECK(told() == 1 && told() == 0);
    RECORD("A", 1, .until = "2029-03-10");
    take();
    CHECK(told() == 0);
    end();
}

/* --- old lists --- */

static enum err
confirm(struct db *db, void *arg)
{
    struct trust t = {.role = TRUSTED_CONFIRMED, .version = 1,
        .expires_at = FIXTURE_NOW + 3 * DAY, .checked_at = FIXTURE_NOW};

    (void)arg;
    return db_trust_put(db, &t, "", 0);
}

/* Sell one now; how old its list is said to be, and whether its token lists
 * the certificate: a shorter address without. */
static int
age_of_sale(size_t *address_len)
{
    struct sale_done done;
    struct receipt r;
    struct buf url;
    int age;

    buf_init(&url, 2048);
    CHECK(fixture_sell(&f, 1, 1000, 0, &done) == OK);
    CHECK(receipt_read(f.db, &f.shop, done.sale_id, &r) == OK);
    CHECK(receipt_verify_url(&r, &f.shop, 3, &url) == OK);
    CHECK_STR(r.lines[0].ocop.id, "A");
    CHECK(certificate_shows(&r.lines[0].ocop, r.sale.list_age)
          == (r.sale.list_age != LIST_TOO_OLD));
    *address_len = url.len;
    age = r.sale.list_age;
    if (age)
        CHECK(r.sale.list_at == FIXTURE_NOW);
    receipt_finish(&r);
    buf_finish(&url);
    return age;
}

static void
test_list__stale_is_frozen_in_the_sale_and_too_old_ends_the_mark(void)
{
    size_t fresh, stale, old;

    begin();
    RECORD("A", 1, .until = "2028-12-31");
    take();
    CHECK(try_link("A", true) == OK);
    CHECK(fixture_write(&f, confirm, NULL) == OK);
    CHECK(age_of_sale(&fresh) == 0);
    fixture_clock(FIXTURE_NOW + 4 * DAY);
    CHECK(age_of_sale(&stale) == LIST_STALE);
    fixture_clock(FIXTURE_NOW + 34 * DAY);
    CHECK(age_of_sale(&old) == LIST_TOO_OLD);
    CHECK(fresh == stale && old < stale);
    fixture_clock(FIXTURE_NOW); /* setting the clock back revives nothing */
    CHECK(age_of_sale(&old) == LIST_TOO_OLD);
    end();
}

int
main(void)
{
    RUN(test_certificate__one_in_force_decides_over_others);
    RUN(test_certificate__the_newest_decides_when_none_is_in_force);
    RUN(test_certificate__a_recall_stops_unless_older_than_the_one_in_force);
    RUN(test_certificate__suspended_with_a_recall_stops_and_without_sells);
    RUN(test_certificate__what_is_reinstated_sells_again);
    RUN(test_link__an_id_that_is_not_listed_yet_counts_once_it_is);
    RUN(test_link__the_same_gtin_links_unless_it_is_borrowed);
    RUN(test_link__what_a_person_took_back_does_not_come_again);
    RUN(test_link__successors_follow_one_after_the_other);
    RUN(test_suggest__offers_what_is_alike_and_decides_nothing);
    RUN(test_notice__is_given_once_for_each_threshold_and_last_day);
    RUN(test_list__stale_is_frozen_in_the_sale_and_too_old_ends_the_mark);
    return T_END();
}
