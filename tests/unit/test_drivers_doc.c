#include <string.h>

#include "base/mem.h"
#include "drivers/doc.h"
#include "tests/unit/t.h"

static const char *
text_at(const struct doc *d, size_t i)
{
    return doc_at(d, i)->cells[0].text;
}

static void
test_doc__keeps_what_was_added_in_order(void)
{
    struct doc *d = doc_new();

    doc_text(d, doc_title, "Quầy %d", 1);
    doc_rule(d, DOC_RULE_DASHED);
    doc_pair(d, doc_plain, "Trà", "85.000");
    doc_feed(d, 2);
    doc_gap(d);
    doc_qr(d, "https://a/r#1", 4);
    doc_cut(d, DOC_CUT_FULL);
    doc_pulse(d);
    CHECK(doc_err(d) == OK && doc_len(d) == 8);
    CHECK_STR(text_at(d, 0), "Quầy 1");
    CHECK(doc_at(d, 0)->style.bold && doc_at(d, 0)->cells_len == 1);
    CHECK(doc_at(d, 0)->cells[0].align == DOC_CENTRE);
    CHECK(doc_at(d, 1)->kind == DOC_RULE);
    CHECK(doc_at(d, 1)->rule == DOC_RULE_DASHED);
    CHECK_STR(doc_at(d, 2)->cells[1].text, "85.000");
    CHECK(doc_at(d, 2)->cells[1].align == DOC_RIGHT);
    CHECK(doc_at(d, 3)->count == 8 && doc_at(d, 4)->count == 1);
    CHECK(doc_at(d, 5)->kind == DOC_QR && doc_at(d, 5)->count == 4);
    CHECK(doc_at(d, 6)->cut == DOC_CUT_FULL);
    CHECK(doc_at(d, 7)->kind == DOC_PULSE);
    doc_free(d);
}

static void
test_doc__copies_the_texts_it_is_given(void)
{
    struct doc *d = doc_new();
    char name[] = "Miến";

    doc_pair(d, doc_plain, name, "1");
    name[0] = 'T';
    CHECK_STR(text_at(d, 0), "Miến");
    doc_free(d);
}

static void
test_doc__makes_text_nfc(void)
{
    struct doc *d = doc_new();

    doc_text(d, doc_plain, "Mie\xcc\x82\xcc\x81n A\xcc\x89ng");
    CHECK(doc_err(d) == OK);
    CHECK_STR(text_at(d, 0), "Miến Ảng");
    doc_free(d);
}

static void
test_doc__refuses_what_is_not_text(void)
{
    static const char *const bad[] = {
        "\xff", "Mi\xe1\xba", "\xed\xa0\x80", "a\tb", "\x1b@", "\x7f"};

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct doc *d = doc_new();

        doc_pair(d, doc_plain, "good", bad[i]);
        CHECK(doc_err(d) == ERR_TEXT);
        CHECK(doc_len(d) == 0);
        doc_free(d);
    }
}

static void
test_doc__the_first_failure_stays(void)
{
    struct doc *d = doc_new();

    doc_text(d, doc_plain, "before");
    doc_text(d, doc_plain, "\xff");
    doc_qr(d, "\xfe", 0);
    doc_text(d, doc_plain, "after");
    doc_cut(d, DOC_CUT_PARTIAL);
    CHECK(doc_len(d) == 1);
    (void)err_set(ERR_BUSY, "something else meanwhile");
    CHECK(doc_err(d) == ERR_TEXT);
    CHECK(err_last()->err == ERR_TEXT);
    doc_free(d);
}

static void
test_doc__has_a_limit_of_elements(void)
{
    struct doc *d = doc_new();

    for (int i = 0; i < DOC_ELEMENTS_MAX; i++)
        doc_text(d, doc_plain, "x");
    CHECK(doc_err(d) == OK);
    doc_text(d, doc_plain, "one more");
    CHECK(doc_err(d) == ERR_TOO_LARGE);
    CHECK(doc_len(d) == DOC_ELEMENTS_MAX);
    doc_free(d);
}

static void
test_doc__has_a_limit_of_bytes(void)
{
    char *half = mem_new(1, DOC_BYTES_MAX / 2 + 1);
    struct doc *d = doc_new();

    memset(half, 'x', DOC_BYTES_MAX / 2);
    doc_text(d, doc_plain, "%s", half);
    doc_text(d, doc_plain, "%s", half);
    CHECK(doc_err(d) == OK);
    doc_text(d, doc_plain, "x");
    CHECK(doc_err(d) == ERR_TOO_LARGE);
    doc_free(d);

    d = doc_new();
    doc_text(d, doc_plain, "%s%sx", half, half);
    CHECK(doc_err(d) == ERR_TOO_LARGE);
    doc_free(d);

    d = doc_new();
    doc_qr(d, half, 0);
    CHECK(doc_err(d) == ERR_TOO_LARGE);
    doc_free(d);
    mem_free(half);
    doc_free(NULL);
}

int
main(void)
{
    RUN(test_doc__keeps_what_was_added_in_order);
    RUN(test_doc__copies_the_texts_it_is_given);
    RUN(test_doc__makes_text_nfc);
    RUN(test_doc__refuses_what_is_not_text);
    RUN(test_doc__the_first_failure_stays);
    RUN(test_doc__has_a_limit_of_elements);
    RUN(test_doc__has_a_limit_of_bytes);
    return T_END();
}
