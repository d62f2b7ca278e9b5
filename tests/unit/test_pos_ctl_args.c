#include "base/args.h"

#include <string.h>

#include "pos/ctl/run.h"
#include "tests/unit/t.h"

static const char *const spec[] = {"name*", "till=", "dry-run", NULL};

#define ARGS(...)                                                             \
    ((int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))),     \
        (const char *const[])                                                 \
    {                                                                         \
        __VA_ARGS__                                                           \
    }

static const char *
case_of(enum err e)
{
    if (e == OK)
        return "OK";
    for (size_t i = 0; i < err_last()->args_len; i++)
        if (strcmp(err_last()->args[i].name, "case") == 0)
            return err_last()->args[i].value;
    return "";
}

static void
test_ctl_args__values_stand_apart_or_behind_a_sign(void)
{
    struct args a = {0};
    int64_t till = 1;

    CHECK(args_read(ARGS("--name", "Lan", "word", "--till=3", "--dry-run"),
              spec, &a)
          == OK);
    CHECK_STR(args_str(&a, "name", ""), "Lan");
    CHECK(args_int(&a, "till", 1, 9, &till) == OK && till == 3);
    CHECK(args_has(&a, "dry-run") && !args_has(&a, "dry"));
    CHECK(a.words_len == 1 && strcmp(a.words[0], "word") == 0);
    CHECK(args_check(&a, spec, 1, 1) == OK);
}

static void
test_ctl_args__the_last_value_counts_and_an_absent_one_is_the_default(void)
{
    struct args a = {0};
    int64_t till = 7;

    CHECK(args_read(ARGS("--name=a", "--name="), spec, &a) == OK);
    CHECK_STR(args_str(&a, "name", "x"), "");
    CHECK(args_str(&a, "till", NULL) == NULL);
    CHECK(args_int(&a, "till", 1, 9, &till) == OK && till == 7);
}

static void
test_ctl_args__behind_two_dashes_all_is_words(void)
{
    struct args a = {0};

    CHECK(args_read(ARGS("--", "--name", "-"), spec, &a) == OK);
    CHECK(a.words_len == 2 && a.options_len == 0);
}

static void
test_ctl_args__what_is_not_known_or_not_whole_is_refused(void)
{
    const struct {
        const char *words[6];
        const char *want;
    } cases[] = {
        {{"--colour", "red"}, "option"},
        {{"--nam", "x"}, "option"},
        {{"--names=x"}, "option"},
        {{"--name"}, "option_value"},
        {{"--dry-run=yes"}, "option_bare"},
        {{"1", "2", "3", "4", "5"}, "words"},
        {{"--till", "1"}, "option_missing"},
        {{"--name", "x", "a", "b"}, "words"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct args a = {0};
        int n = 0;
        enum err e;

        while (n < 6 && cases[i].words[n])
            n++;
        e = args_read(n, cases[i].words, spec, &a);
        if (e == OK)
            e = args_check(&a, spec, 0, 1);
        CHECK_STR(case_of(e), cases[i].want);
    }
}

static void
test_ctl_args__a_number_is_digits_within_its_bounds(void)
{
    const char *const bad[] = {"", "0", "10", "-1", "+1", "1x", " 1", "1.0",
        "99999999999999999999999"};
    int64_t out = -5;

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct args a = {.words = {bad[i]}, .words_len = 1};

        CHECK(args_word_int(&a, 0, "till", 1, 9, &out) == ERR_FIELD_VALUE);
        CHECK(out == -5);
    }
}

static const struct ctl_command *
parse(int argc, const char *const *argv, struct ctl *c)
{
    const struct ctl_command *k = NULL;

    *c = (struct ctl){.status = CTL_DONE};
    return ctl_parse(c, argc, argv, &k) == OK ? k : NULL;
}

static void
test_ctl__common_options_stand_anywhere(void)
{
    struct ctl c;
    const struct ctl_command *k = parse(
        ARGS("--data", "D", "staff", "add", "--json", "--name", "Lan",
            "--role=cashier", "--lang=en"),
        &c);

    CHECK(k && strcmp(k->form.name, "staff add") == 0);
    CHECK_STR(args_str(&c.args, "data", ""), "D");
    CHECK_STR(args_str(&c.args, "lang", ""), "en");
    CHECK_STR(args_str(&c.args, "role", ""), "cashier");
    CHECK(args_has(&c.args, "json"));
}

static void
test_ctl__a_command_may_take_an_option_for_its_own(void)
{
    struct ctl c;
    const struct ctl_command *k = parse(ARGS("demo", "--from", "F", "--url",
                                            "U", "--bin", "B", "--json", "J"),
        &c);

    CHECK(k && strcmp(k->form.name, "demo") == 0);
    CHECK_STR(args_str(&c.args, "json", ""), "J");
}

static void
test_ctl__misuse_is_exit_status_2(void)
{
    struct ctl c;

    CHECK(!parse(0, NULL, &c) && c.status == CTL_MISUSED);
    CHECK(!parse(ARGS("staff"), &c) && c.status == CTL_MISUSED);
    CHECK(!parse(ARGS("staff", "fire"), &c) && c.status == CTL_MISUSED);
    CHECK(!parse(ARGS("staff", "add"), &c) && c.status == CTL_MISUSED);
    CHECK(!parse(ARGS("staff", "list", "all"), &c)
          && c.status == CTL_MISUSED);
    CHECK(!parse(ARGS("--data"), &c) && c.status == CTL_MISUSED);
    CHECK(!parse(ARGS("import", "products"), &c) && c.status == CTL_MISUSED);
    CHECK(parse(ARGS("staff", "list"), &c) && c.status == CTL_DONE);
}

int
main(void)
{
    RUN(test_ctl_args__values_stand_apart_or_behind_a_sign);
    RUN(test_ctl_args__the_last_value_counts_and_an_absent_one_is_the_default);
    RUN(test_ctl_args__behind_two_dashes_all_is_words);
    RUN(test_ctl_args__what_is_not_known_or_not_whole_is_refused);
    RUN(test_ctl_args__a_number_is_digits_within_its_bounds);
    RUN(test_ctl__common_options_stand_anywhere);
    RUN(test_ctl__a_command_may_take_an_option_for_its_own);
    RUN(test_ctl__misuse_is_exit_status_2);
    return T_END();
}
