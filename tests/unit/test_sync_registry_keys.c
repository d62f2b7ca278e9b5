#include "sync/registry/keys.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/unit/t.h"
#include "tests/unit/t_dir.h"

static char folder[512], phrase[512], other[512];

static void
write_text(const char *path, const char *text)
{
    struct buf b;

    buf_init(&b, 1024);
    buf_add_str(&b, text);
    CHECK(file_write(path, &b) == OK);
    buf_finish(&b);
}

/* An empty folder with two passphrases. */
static void
fresh(void)
{
    snprintf(phrase, sizeof(phrase), "%s", t_path("phrase"));
    snprintf(other, sizeof(other), "%s", t_path("other"));
    snprintf(folder, sizeof(folder), "%s", t_dir);
    t_dir_empty();
    write_text(phrase, "chín bậc tình yêu\n");
    write_text(other, "chín bậc tình yeu\n");
}

static const char *
case_of(enum err e)
{
    const struct err_state *why = err_last();

    if (e != ERR_SIGNING_KEY)
        return err_name(e);
    for (size_t i = 0; i < why->args_len; i++)
        if (strcmp(why->args[i].name, "case") == 0)
            return why->args[i].value;
    return "";
}

/* What a fresh program finds in the folder; `file` NULL: no passphrase. */
static enum err
sign_again(const char *file, const char *id)
{
    struct passphrases *p = passphrases_new(LANG_EN);
    struct tuf_signer signer;
    struct keys keys;
    enum err e = OK;

    keys_init(&keys, p);
    if (file)
        e = passphrases_add_file(p, file);
    if (e == OK)
        e = keys_load(&keys, folder);
    if (e == OK)
        e = keys_signer(&keys, id, &signer);
    keys_finish(&keys);
    passphrases_free(p);
    return e;
}

static void
make(const char *role, bool guarded, struct key *out)
{
    struct passphrases *p = passphrases_new(LANG_EN);
    const struct key *key;
    struct keys keys;

    keys_init(&keys, p);
    CHECK(passphrases_add_file(p, phrase) == OK);
    CHECK(keys_load(&keys, folder) == OK);
    CHECK(keys_make(&keys, folder, role, guarded, 1795338000, &key) == OK);
    *out = *key;
    keys_finish(&keys);
    passphrases_free(p);
}

static void
test_keys__a_guarded_key_signs_with_its_passphrase_alone(void)
{
    struct key key;

    fresh();
    make("root", true, &key);
    CHECK(key.protected && key.number == 1);
    CHECK(sign_again(phrase, key.id) == OK);
    CHECK_STR(
        case_of(sign_again(other, key.id)), "wrong_passphrase");
    CHECK(chmod(key.path, 0644) == 0); /* as on a stick of many systems */
    CHECK(sign_again(phrase, key.id) == OK);
}

static void
test_keys__an_open_key_says_so_and_is_its_owners_alone(void)
{
    struct stat is;
    struct key key;
    struct buf text;

    fresh();
    make("timestamp", false, &key);
    CHECK(stat(key.path, &is) == 0 && (is.st_mode & 0777) == 0600);
    buf_init(&text, 4096);
    CHECK(file_read(key.path, &text) == OK);
    CHECK(strstr(text.data, "NOT PROTECTED") != NULL);
    buf_finish(&text);
    CHECK(sign_again(NULL, key.id) == OK);
    CHECK(chmod(key.path, 0644) == 0);
    CHECK_STR(case_of(sign_again(NULL, key.id)), "mode");
}

static void
test_keys__numbers_go_on_and_a_missing_key_is_named(void)
{
    struct key first, second;

    fresh();
    make("p01", false, &first);
    make("p01", false, &second);
    CHECK(first.number == 1 && second.number == 2);
    CHECK(strcmp(first.id, second.id) != 0);
    CHECK(unlink(first.path) == 0);
    CHECK_STR(case_of(sign_again(NULL, first.id)), "missing");
    CHECK(sign_again(NULL, second.id) == OK);
}

static void
test_keys__a_file_that_is_no_key_is_named(void)
{
    static const char *const texts[] = {"", "{}", "[]", "not JSON",
        "{\"form\":\"ocop-key/2\"}"};
    const char *path = t_path("root-1.key");

    fresh();
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        write_text(path, texts[i]);
        CHECK_STR(case_of(sign_again(NULL, "x")), "form");
    }
}

int
main(void)
{
    if (crypto_init() != OK)
        return 1;
    RUN(test_keys__a_guarded_key_signs_with_its_passphrase_alone);
    RUN(test_keys__an_open_key_says_so_and_is_its_owners_alone);
    RUN(test_keys__numbers_go_on_and_a_missing_key_is_named);
    RUN(test_keys__a_file_that_is_no_key_is_named);
    return T_END();
}
