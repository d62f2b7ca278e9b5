/* Records as a registry would publish them, some 700 bytes each. */
#include <inttypes.h>
#include <stdio.h>

#include "tests/tools/list_repo.h"

void
sample_record(struct buf *out, const struct sample *s)
{
    int stars = s->stars ? s->stars : 4;

    buf_printf(out,
        "{\"cert\":%" PRId64 ",\"decision\":{\"date\":\"2026-09-15\","
        "\"issuer\":\"Ủy ban nhân dân tỉnh\",\"issuer_level\":\"%s\","
        "\"number\":\"%" PRId64 "/QĐ-UBND\"},\"evidence\":\"demo\","
        "\"group\":{\"code\":\"06\",\"scheme\":\"QD26-2026\"},",
        s->cert, stars == 5 ? "central" : "province", s->cert % 9000 + 100);
    if (s->gtin)
        buf_printf(out, "\"gtins\":[\"%s\"],", s->gtin);
    buf_printf(out,
        "\"id\":\"%s\",\"name\":\"%s\",\"place\":{\"commune_code\":\"00103\","
        "\"province_code\":\"%s\",\"text\":\"Thôn Minh Hồng, xã Dương "
        "Hòa\"},\"producer\":{\"form\":\"cooperative\",\"id\":\"HTX-%" PRId64
        "\",\"name\":\"Hợp tác xã nông nghiệp số %" PRId64 "\"},\"rev\":%"
        PRId64 ",\"schema\":\"ocop-product/1\",\"stars\":%d,\"status\":\"%s\","
        "\"story\":{\"vi\":\"Sản phẩm làm từ củ dong riềng trồng ở bãi sông, "
        "phơi nắng hai ngày, không dùng chất bảo quản.\"},"
        "\"valid_from\":\"2026-09-15\",\"valid_until\":\"2029-09-14\"}",
        s->id, s->name ? s->name : "Miến dong Minh Hồng",
        s->province ? s->province : "01", s->cert % 5000, s->cert % 5000,
        s->rev ? s->rev : 1, stars, s->status ? s->status : "active");
}

/* Every third carries a GTIN. */
static void
sample_at(struct buf *out, int province, int64_t cert, size_t i, int64_t rev)
{
    char id[32], code[8], gtin[16], name[80];
    struct sample s = {.id = id, .province = code, .cert = cert + (int64_t)i,
        .rev = rev, .name = name, .stars = i % 5 == 0 ? 3 : 4};
    int sum = 0;

    snprintf(id, sizeof(id), "VN%02d-%07zu", province, i + 1);
    snprintf(code, sizeof(code), "%02d", province);
    snprintf(name, sizeof(name), "Miến dong Minh Hồng số %zu", i + 1);
    if (i % 3 == 0) {
        snprintf(gtin, sizeof(gtin), "893%09" PRId64, s.cert % 1000000000);
        for (int d = 0; d < 12; d++)
            sum += (gtin[d] - '0') * (d % 2 ? 3 : 1);
        gtin[12] = (char)('0' + (10 - sum % 10) % 10);
        gtin[13] = '\0';
        s.gtin = gtin;
    }
    sample_record(out, &s);
}

void
sample_list(struct buf *out, int province, int64_t cert, size_t n, size_t mark,
    int64_t rev)
{
    for (size_t i = 0; i < n; i++) {
        sample_at(out, province, cert, i, mark && i % mark == 0 ? rev : 1);
        buf_add_char(out, '\n');
    }
}

void
sample_delta(struct buf *out, int province, int64_t cert, size_t n,
    size_t mark, int64_t rev)
{
    for (size_t i = 0; i < n; i += mark) {
        buf_add_str(out, "{\"op\":\"put\",\"rec\":");
        sample_at(out, province, cert, i, rev);
        buf_add_str(out, "}\n");
    }
}
