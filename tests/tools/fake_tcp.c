/* fake_tcp - the fake printer at a TCP port, for programs that print to it.
 *
 *     fake_tcp [--port N] [--width DOTS] [--buffer BYTES] [--rows PER_SECOND]
 *              [--lacks answers,dle_eot,asb,gs_r,process_id,gs_i,gs_v0,
 *               esc_star,gs_l,cutter,busy_offline,loses_buffer]
 *              [--real-time stays|taken_out|in_order]
 *              [--drawer 1] [--maker NAME] [--model NAME] [--dir FOLDER]
 *
 * Says {"port":N} in a line, then obeys lines on standard input, each answered
 * by a line of JSON with what has come of it so far (see `tell`):
 *     a fake_command        {"known":true,...}
 *     state                 nothing happens
 *     stop                  ends; so does the end of standard input
 * FOLDER then holds slip-N.pbm for each slip cut, unfinished.pbm for what is
 * still in the printer, and log.json, the last such answer. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json_out.h"
#include "tests/tools/fake_server.h"

struct setup {
    struct fake_options options;
    int port;
    const char *dir;
};

static const struct {
    const char *word;
    unsigned flag;
} lacks[] = {
    {"answers", FAKE_NO_ANSWERS},
    {"dle_eot", FAKE_NO_DLE_EOT},
    {"asb", FAKE_NO_ASB},
    {"gs_r", FAKE_NO_GS_R},
    {"process_id", FAKE_NO_PROCESS_ID},
    {"gs_i", FAKE_NO_GS_I},
    {"gs_v0", FAKE_NO_GS_V0},
    {"esc_star", FAKE_NO_ESC_STAR},
    {"gs_l", FAKE_NO_GS_L},
    {"cutter", FAKE_NO_CUTTER},
    {"busy_offline", FAKE_BUSY_OFFLINE},
    {"loses_buffer", FAKE_LOSES_BUFFER},
};

static void
usage(const char *what)
{
    fprintf(stderr, "fake_tcp: %s\n", what);
    exit(2);
}

static unsigned
parse_lacks(const char *words)
{
    unsigned flags = 0;

    while (*words) {
        size_t len = strcspn(words, ","), i = 0, n;

        for (n = sizeof(lacks) / sizeof(lacks[0]); i < n; i++)
            if (strlen(lacks[i].word) == len &&
                memcmp(lacks[i].word, words, len) == 0)
                break;
        if (i == n)
            usage(words);
        flags |= lacks[i].flag;
        words += len + (words[len] == ',');
    }
    return flags;
}

static enum fake_real_time
parse_real_time(const char *word)
{
    if (strcmp(word, "stays") == 0)
        return FAKE_REAL_TIME_STAYS;
    if (strcmp(word, "taken_out") == 0)
        return FAKE_REAL_TIME_TAKEN_OUT;
    if (strcmp(word, "in_order") != 0)
        usage(word);
    return FAKE_REAL_TIME_IN_ORDER;
}

static void
parse(int argc, char **argv, struct setup *s)
{
    struct fake_options *o = &s->options;

    for (int i = 1; i < argc; i += 2) {
        const char *key = argv[i], *value = argv[i + 1];

        if (i + 1 == argc)
            usage(key);
        if (strcmp(key, "--port") == 0)
            s->port = (int)strtol(value, NULL, 10);
        else if (strcmp(key, "--width") == 0)
            o->width_dots = (int)strtol(value, NULL, 10);
        else if (strcmp(key, "--buffer") == 0)
            o->buffer = strtoul(value, NULL, 10);
        else if (strcmp(key, "--rows") == 0)
            o->rows_per_s = (int)strtol(value, NULL, 10);
        else if (strcmp(key, "--lacks") == 0)
            o->lacks = parse_lacks(value);
        else if (strcmp(key, "--real-time") == 0)
            o->real_time = parse_real_time(value);
        else if (strcmp(key, "--drawer") == 0)
            o->drawer = *value == '1';
        else if (strcmp(key, "--maker") == 0)
            o->maker = value;
        else if (strcmp(key, "--model") == 0)
            o->model = value;
        else if (strcmp(key, "--dir") == 0)
            s->dir = value;
        else
            usage(key);
    }
}

/* Bytes of no particular code page, read as Latin-1. */
static void
put_text(struct json_out *o, const char *text, size_t len)
{
    struct buf b;

    buf_init(&b, 2 * len + 1);
    for (size_t i = 0; i < len; i++) {
        uint8_t c = (uint8_t)text[i];

        if (c >= 0x80)
            buf_add_char(&b, (char)(0xc0 | c >> 6));
        buf_add_char(&b, (char)(c >= 0x80 ? 0x80 | (c & 0x3f) : c));
    }
    json_out_str_len(o, b.data, b.len);
    buf_finish(&b);
}

static void
put_slips(struct json_out *o, struct fake *f, const char *dir)
{
    json_out_key(o, "slips");
    json_out_arr(o);
    for (size_t i = 0; i <= fake_slips(f); i++) {
        const struct fake_slip *s = fake_slip(f, i);
        char path[512] = "", cut[] = {s->cut, '\0'};

        if (!s->cut && s->rows == 0 && s->text_len == 0)
            continue;
        if (dir && s->cut)
            snprintf(path, sizeof(path), "%s/slip-%zu.pbm", dir, i + 1);
        else if (dir)
            snprintf(path, sizeof(path), "%s/unfinished.pbm", dir);
        if (dir && !fake_slip_write(s, path))
            perror(path);
        json_out_obj(o);
        json_out_put_str(o, "file", dir ? path : NULL);
        json_out_put_int(o, "width", (int64_t)s->width);
        json_out_put_int(o, "rows", (int64_t)s->rows);
        json_out_put_str(o, "cut", s->cut ? cut : NULL);
        json_out_key(o, "text");
        put_text(o, s->text, s->text_len);
        json_out_end_obj(o);
    }
    json_out_end_arr(o);
}

static void
put_counts(struct json_out *o, const struct fake_count *c)
{
    const struct {
        const char *name;
        size_t n;
    } counts[] = {{"taken", c->taken}, {"executed", c->executed},
        {"resets", c->resets}, {"cuts", c->cuts}, {"pulses", c->pulses},
        {"rows", c->rows}, {"pictures", c->pictures}, {"letters", c->letters},
        {"unknown", c->unknown}, {"refused", c->refused},
        {"clipped", c->clipped}, {"undrawn", c->undrawn},
        {"real_time", c->real_time},
        {"real_time_inside", c->real_time_inside}};

    json_out_key(o, "count");
    json_out_obj(o);
    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
        json_out_put_int(o, counts[i].name, (int64_t)counts[i].n);
    json_out_end_obj(o);
}

static void
put_events(struct json_out *o, const struct fake *f)
{
    json_out_key(o, "events");
    json_out_arr(o);
    for (size_t i = 0; i < fake_events(f); i++) {
        const struct fake_event *e = fake_event(f, i);

        json_out_obj(o);
        json_out_put_str(o, "kind", fake_kind_name(e->kind));
        json_out_put_int(o, "byte", (int64_t)e->byte);
        json_out_put_int(o, "slip", (int64_t)e->slip);
        json_out_put_int(o, "row", (int64_t)e->row);
        json_out_put_int(o, "arg", e->arg);
        json_out_put_str(o, "what", e->what);
        json_out_end_obj(o);
    }
    json_out_end_arr(o);
}

static void
write_log(const char *dir, const struct buf *b)
{
    char path[512];
    FILE *file;

    snprintf(path, sizeof(path), "%s/log.json", dir);
    file = fopen(path, "w");
    if (!file || fwrite(b->data, 1, b->len, file) != b->len)
        perror(path);
    if (file)
        fclose(file);
}

/* {"known","idle","at_rest","gone","count":{},"slips":[],"events":[]} */
static void
tell(struct fake_server *s, const struct setup *setup, bool known)
{
    struct fake *f = fake_server_lock(s);
    struct json_out o;
    struct buf b;

    buf_init(&b, 64u << 20);
    json_out_init(&o, &b);
    json_out_obj(&o);
    json_out_put_bool(&o, "known", known);
    json_out_put_bool(&o, "idle", fake_idle(f));
    json_out_put_bool(&o, "at_rest", fake_at_rest(f));
    json_out_put_bool(&o, "gone", fake_gone(f));
    put_counts(&o, fake_count(f));
    put_slips(&o, f, setup->dir);
    put_events(&o, f);
    json_out_end_obj(&o);
    json_out_end(&o);
    fake_server_unlock(s);
    if (setup->dir)
        write_log(setup->dir, &b);
    puts(b.data);
    fflush(stdout);
    buf_finish(&b);
}

int
main(int argc, char **argv)
{
    const struct sigaction ignore = {.sa_handler = SIG_IGN};
    struct setup setup = {.port = 0};
    struct fake_server *s;
    char line[200];

    parse(argc, argv, &setup);
    sigaction(SIGPIPE, &ignore, NULL);
    s = fake_server_start(&setup.options, setup.port);
    if (!s)
        return 1;
    printf("{\"port\":%d}\n", fake_server_port(s));
    fflush(stdout);
    while (fgets(line, sizeof(line), stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (strcmp(line, "stop") == 0)
            break;
        tell(s, &setup,
            strcmp(line, "state") == 0 || fake_server_tell(s, line));
    }
    tell(s, &setup, true);
    fake_server_stop(s);
    return 0;
}
