#include "tests/tools/sample_receipt.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/money.h"
#include "base/words.h"

static const struct {
    const char *name, *unit;
    int price, stars, certificate;
} products[SAMPLE_PRODUCTS] = {
    {"Miến dong Minh Dương 500g", "gói", 60000, 4, 17},
    {"Trà sen Tây Hồ Ngô Văn Xiêm hộp 100g", "hộp", 1250000, 5, 2},
    {"Cà phê Mường Ảng rang xay 500g", "gói", 145000, 4, 208},
    {"Mật ong rừng nguyên chất Tủa Chùa 1 lít", "chai", 320000, 3, 1174},
    {"Trà Shan tuyết cổ thụ Tả Sìn Thàng", "hộp", 85000, 4, 96},
    {"Thịt trâu gác bếp Điện Biên 300g", "túi", 275000, 0, 0},
    {"Nước mắm cốt cá cơm Phú Quốc 40 độ đạm", "chai", 98000, 5, 31},
    {"Bưởi Phúc Trạch loại 1", "kg", 42000, 3, 640},
    {"Kẹo dừa sữa dẻo Mỏ Cày 400g", "hộp", 38500, 3, 512},
    {"Hạt điều rang muối Bình Phước vỏ lụa 500g", "hũ", 189000, 4, 77},
    {"Bánh đậu xanh Rồng Vàng Hải Dương", "hộp", 55000, 0, 0},
    {"Rượu nếp cái hoa vàng Phú Lộc 650 ml", "chai", 120000, 3, 903},
    {"Gốm Bát Tràng: ấm chén men rạn cổ 7 món", "bộ", 1450000, 5, 8},
    {"Lụa tơ tằm Vạn Phúc khăn quàng cổ thêu tay", "chiếc", 680000, 4, 55},
    {"Chả mực giã tay Hạ Long 500g", "khay", 260000, 4, 134},
    {"Gạo Séng Cù Mường Khương túi 5 kg", "túi", 165000, 3, 721},
    {"Tỏi đen Lý Sơn một nhánh 250g", "hộp", 395000, 4, 260},
    {"Muối tôm Tây Ninh cay đậm vị", "hũ", 35000, 0, 0},
    {"Ổi Đông Dư sấy dẻo không đường", "túi", 48000, 3, 845},
    {"Yến sào Khánh Hòa chưng đường phèn 70 ml", "lọ", 52000, 5, 12},
};

/* "1.234.567" into `out`. */
static const char *
dong(int64_t value, char out[32])
{
    struct buf b;

    buf_init(&b, 31);
    money_format_plain(value, &b);
    memcpy(out, b.data, b.len + 1);
    buf_finish(&b);
    return out;
}

const char *
sample_product(int i)
{
    return products[i % SAMPLE_PRODUCTS].name;
}

const char *
sample_url(void)
{
    static _Thread_local char url[340];
    size_t n = (size_t)snprintf(url, sizeof(url), "https://ocop.example/r#");
    unsigned x = 2026;

    for (int i = 0; i < 302; i++) {
        x = x * 1103515245u + 12345u;
        url[n++] = (char)('0' + (x >> 16) % 10);
    }
    url[n] = '\0';
    return url;
}

static void
add_head(struct doc *d)
{
    doc_text(d, doc_title, "SHOWROOM OCOP HỒ TÂY");
    doc_text(
        d, doc_small_centre, "Số 12 đường Thụy Khuê, phường Tây Hồ, Hà Nội");
    doc_text(d, doc_small_centre, "MST 0101234567 – ĐT 024 3888 9999");
    doc_rule(d, DOC_RULE_SOLID);
    doc_text(d, doc_strong_centre, "PHIẾU BÁN HÀNG");
    doc_pair(d, doc_small, "Số 0101-000123", "22/11/2026 09:15");
    doc_pair(d, doc_small, "Quầy 1", "Thu ngân 12");
    doc_text(d, doc_small, "Bán cho người tiêu dùng");
    doc_rule(d, DOC_RULE_DASHED);
}

static int64_t
add_line(struct doc *d, int product, int qty)
{
    int price = products[product].price;
    char left[128], each[32], amount[32];

    doc_text(d, doc_strong, "%s", products[product].name);
    snprintf(left, sizeof(left), "%d %s × %s", qty, products[product].unit,
        dong(price, each));
    doc_pair(d, doc_plain, left, dong((int64_t)price * qty, amount));
    if (products[product].stars)
        doc_text(d, doc_small, "%.*s OCOP số %d", 3 * products[product].stars,
            DOC_STAR DOC_STAR DOC_STAR DOC_STAR DOC_STAR,
            products[product].certificate);
    return (int64_t)price * qty;
}

static void
add_vat(struct doc *d, int64_t total)
{
    int64_t vat = money_vat_of(total, 800);
    char net[32], tax[32];
    const struct doc_cell head[] = {{"Thuế suất", 3, DOC_LEFT},
        {"Trước thuế", 4, DOC_RIGHT}, {"Tiền thuế", 4, DOC_RIGHT}};
    const struct doc_cell row[] = {{"8 %", 3, DOC_LEFT},
        {dong(total - vat, net), 4, DOC_RIGHT}, {dong(vat, tax), 4, DOC_RIGHT}};

    doc_columns(d, doc_small, head, 3);
    doc_columns(d, doc_small, row, 3);
}

static void
add_totals(struct doc *d, int64_t total)
{
    struct buf shown, words;
    char paid[32];

    buf_init(&shown, 64);
    buf_init(&words, 256);
    money_format(total, &shown);
    words_dong(total, &words);
    doc_rule(d, DOC_RULE_SOLID);
    doc_pair(d, doc_total, "TỔNG CỘNG", shown.data);
    doc_text(d, doc_small, "%s", words.data);
    doc_pair(d, doc_plain, "Tiền mặt", dong(total, paid));
    doc_pair(d, doc_plain, "Trả lại", "0");
    doc_rule(d, DOC_RULE_DASHED);
    add_vat(d, total);
    buf_finish(&shown);
    buf_finish(&words);
}

struct doc *
sample_receipt(int first, int lines)
{
    struct doc *d = doc_new();
    int64_t total = 0;

    add_head(d);
    for (int i = 0; i < lines; i++) {
        if (i > 0)
            doc_gap(d);
        total += add_line(d, (first + i) % SAMPLE_PRODUCTS, 1 + i % 3);
    }
    add_totals(d, total);
    doc_qr(d, sample_url(), 0);
    doc_text(d, doc_small_centre, "Quét để kiểm tra phiếu\nocop.example/r");
    doc_text(d, doc_strong_centre, "Cảm ơn Quý khách!");
    doc_cut(d, DOC_CUT_PARTIAL);
    return d;
}
