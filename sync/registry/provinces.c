#include "sync/registry/provinces.h"

#include <string.h>

/* Resolution 202/2025/QH15: 34 provinces and cities since 01/07/2025.  Folded
 * names are without "tỉnh" and "thành phố"; behind the first stand those of the
 * provinces that went into it. */
static const struct province provinces[] = {
    {"01", "Thành phố Hà Nội", "Hanoi",
        "ha noi"},
    {"04", "Tỉnh Cao Bằng", "Cao Bang",
        "cao bang"},
    {"08", "Tỉnh Tuyên Quang", "Tuyen Quang",
        "tuyen quang;ha giang"},
    {"11", "Tỉnh Điện Biên", "Dien Bien",
        "dien bien"},
    {"12", "Tỉnh Lai Châu", "Lai Chau",
        "lai chau"},
    {"14", "Tỉnh Sơn La", "Son La",
        "son la"},
    {"15", "Tỉnh Lào Cai", "Lao Cai",
        "lao cai;yen bai"},
    {"19", "Tỉnh Thái Nguyên", "Thai Nguyen",
        "thai nguyen;bac kan;bac can"},
    {"20", "Tỉnh Lạng Sơn", "Lang Son",
        "lang son"},
    {"22", "Tỉnh Quảng Ninh", "Quang Ninh",
        "quang ninh"},
    {"24", "Tỉnh Bắc Ninh", "Bac Ninh",
        "bac ninh;bac giang"},
    {"25", "Tỉnh Phú Thọ", "Phu Tho",
        "phu tho;vinh phuc;hoa binh"},
    {"31", "Thành phố Hải Phòng", "Haiphong",
        "hai phong;hai duong"},
    {"33", "Tỉnh Hưng Yên", "Hung Yen",
        "hung yen;thai binh"},
    {"37", "Tỉnh Ninh Bình", "Ninh Binh",
        "ninh binh;ha nam;nam dinh"},
    {"38", "Tỉnh Thanh Hoá", "Thanh Hoa",
        "thanh hoa"},
    {"40", "Tỉnh Nghệ An", "Nghe An",
        "nghe an"},
    {"42", "Tỉnh Hà Tĩnh", "Ha Tinh",
        "ha tinh"},
    {"44", "Tỉnh Quảng Trị", "Quang Tri",
        "quang tri;quang binh"},
    {"46", "Thành phố Huế", "Hue",
        "hue;thua thien hue"},
    {"48", "Thành phố Đà Nẵng", "Da Nang",
        "da nang;quang nam"},
    {"51", "Tỉnh Quảng Ngãi", "Quang Ngai",
        "quang ngai;kon tum"},
    {"52", "Tỉnh Gia Lai", "Gia Lai",
        "gia lai;binh dinh"},
    {"56", "Tỉnh Khánh Hoà", "Khanh Hoa",
        "khanh hoa;ninh thuan"},
    {"66", "Tỉnh Đắk Lắk", "Dak Lak",
        "dak lak;phu yen"},
    {"68", "Tỉnh Lâm Đồng", "Lam Dong",
        "lam dong;dak nong;dac nong;binh thuan"},
    {"75", "Thành phố Đồng Nai", "Dong Nai",
        "dong nai;binh phuoc"},
    {"79", "Thành phố Hồ Chí Minh", "Ho Chi Minh",
        "ho chi minh;binh duong;ba ria vung tau"},
    {"80", "Tỉnh Tây Ninh", "Tay Ninh",
        "tay ninh;long an"},
    {"82", "Tỉnh Đồng Tháp", "Dong Thap",
        "dong thap;tien giang"},
    {"86", "Tỉnh Vĩnh Long", "Vinh Long",
        "vinh long;ben tre;tra vinh"},
    {"91", "Tỉnh An Giang", "An Giang",
        "an giang;kien giang"},
    {"92", "Thành phố Cần Thơ", "Can Tho",
        "can tho;soc trang;hau giang"},
    {"96", "Tỉnh Cà Mau", "Ca Mau",
        "ca mau;bac lieu"},
};

enum { PROVINCES = (int)(sizeof(provinces) / sizeof(provinces[0])) };

const struct province *
province_at(size_t i)
{
    return i < PROVINCES ? &provinces[i] : NULL;
}

const struct province *
province_find(const char *code)
{
    for (size_t i = 0; i < PROVINCES; i++)
        if (strcmp(provinces[i].code, code) == 0)
            return &provinces[i];
    return NULL;
}

/* Is `fold` one of the names between semicolons?  *first_out: the first. */
static bool
is_among(const char *folds, const char *fold, bool *first_out)
{
    size_t len = strlen(fold);

    *first_out = true;
    for (const char *at = folds;; at++, *first_out = false) {
        size_t n = strcspn(at, ";");

        if (n == len && memcmp(at, fold, n) == 0)
            return true;
        at += n;
        if (!*at)
            return false;
    }
}

const struct province *
province_named(const char *fold, bool *old_out)
{
    static const char *const kinds[] = {"tinh ", "thanh pho ", "tp ", NULL};
    bool first;

    for (size_t i = 0; kinds[i]; i++)
        if (strncmp(fold, kinds[i], strlen(kinds[i])) == 0) {
            fold += strlen(kinds[i]);
            break;
        }
    for (size_t i = 0; i < PROVINCES; i++)
        if (is_among(provinces[i].folds, fold, &first)) {
            *old_out = !first;
            return &provinces[i];
        }
    return NULL;
}
