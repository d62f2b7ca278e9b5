#include "sync/registry/import_columns.h"

#include <stdbool.h>
#include <string.h>

#include "sync/registry/fold.h"

/* Folded headings, a semicolon behind each. */
static const struct {
    const char *name;
    const char *headings;
} columns[COL_COUNT] = {
    [COL_ID] = {"id", "id;source record;ma ho so;ma san pham;ma dinh danh;"},
    [COL_CERT] = {"cert", "cert;cert number;so dinh danh;"},
    [COL_NAME] = {"name", "name;product;product name;ten san pham;"
                          "ten san pham ocop;san pham;"},
    [COL_NAME_EN] = {"name_en", "name en;english name;ten tieng anh;"},
    [COL_PRODUCER] = {"producer", "producer;producer name;chu the;"
                                  "ten chu the;chu the ocop;chu the san xuat;"
                                  "co so san xuat;don vi san xuat;"},
    [COL_PRODUCER_ID] = {"producer_id",
        "producer id;tax code;ma chu the;ma so thue;"},
    [COL_FORM] = {"producer_form", "producer form;form;loai hinh;"
                                   "loai hinh chu the;loai chu the;"},
    [COL_PROVINCE] = {"province", "province;tinh;tinh thanh;tinh thanh pho;"},
    [COL_PROVINCE_CODE] = {"province_code", "province code;ma tinh;"},
    [COL_DISTRICT] = {"district", "district;huyen;quan huyen;huyen cu;"},
    [COL_COMMUNE] = {"commune", "commune;place;xa;xa phuong;phuong xa;"
                                "dia phuong;dia chi;"},
    [COL_COMMUNE_CODE] = {"commune_code", "commune code;ma xa;"},
    [COL_SECTOR] = {"sector", "sector;nganh;nganh hang;nganh san pham;"},
    [COL_GROUP] = {"group", "group;group code;bo san pham;ma bo san pham;"
                            "nhom san pham;ma nhom;"},
    [COL_SCHEME] = {"scheme", "scheme;group scheme;bo tieu chi;"},
    [COL_STARS] = {"stars", "stars;sao;so sao;hang sao;hang;xep hang;"
                            "ket qua xep hang;"},
    [COL_PROPOSED] = {"proposed_stars",
        "proposed stars;proposed;sao de nghi;sao de xuat;de nghi;de xuat;"
        "hang sao de nghi;hang sao de xuat;"},
    [COL_SCORE] = {"score", "score;diem;diem so;so diem;tong diem;"},
    [COL_DECISION_NO] = {"decision_no", "decision no;decision number;"
                                        "so quyet dinh;quyet dinh so;"},
    [COL_DECISION_DATE] = {"decision_date", "decision date;ngay quyet dinh;"
                                            "ngay ky;ngay cong nhan;"
                                            "ngay ban hanh;"},
    [COL_ISSUER] = {"issuer", "issuer;co quan cap;co quan cong nhan;"
                              "don vi cong nhan;co quan ban hanh;"},
    [COL_ISSUER_LEVEL] = {"issuer_level", "issuer level;cap;cap cong nhan;"},
    [COL_SUCCESSOR] = {"successor", "successor;co quan ke thua;"},
    [COL_VALID_FROM] = {"valid_from",
        "valid from;hieu luc tu;ngay hieu luc;co hieu luc tu;"},
    [COL_VALID_UNTIL] = {"valid_until",
        "valid until;hieu luc den;ngay het han;het han;co gia tri den;"},
    [COL_EVIDENCE] = {"evidence", "evidence;can cu;minh chung;"},
    [COL_OCOP_CODE] = {"ocop_code", "ocop code;ma ocop;ma so ocop;"
                                    "ma san pham ocop;"},
    [COL_GTINS] = {"gtins", "gtins;gtin;barcode;barcodes;ma vach;"},
    [COL_IGNORED] = {"", "source;stt;tt;no;note;notes;ghi chu;rev;schema;"},
};

static bool
is_among(const char *headings, const char *fold)
{
    size_t len = strlen(fold);

    for (const char *at = headings; *at; at += strcspn(at, ";") + 1)
        if (strncmp(at, fold, len) == 0 && at[len] == ';')
            return true;
    return false;
}

enum column
import_column_of(const char *heading)
{
    char fold[FOLD_SIZE];

    fold_into(heading, strlen(heading), fold);
    if (!fold[0])
        return COL_COUNT;
    for (int c = 0; c < COL_COUNT; c++)
        if (is_among(columns[c].headings, fold))
            return (enum column)c;
    return COL_COUNT;
}

const char *
import_column_name(enum column c)
{
    return columns[c].name;
}
