/* vietqr_lines < lines > lines: payment texts made and read, one a line.
 *
 *     vietqr_lines make   "12<TAB>970415<TAB>0011<TAB>583000<TAB>K7Q2M" -> text
 *     vietqr_lines read   text -> the same five; amount "" when there is none
 * What is refused becomes an empty line. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/product.h"
#include "pos/sell/vietqr.h"

/* The piece before the next tab; the rest stays in *at. */
static char *
cut(char **at)
{
    char *piece = *at, *tab = strchr(piece, '\t');

    if (tab)
        *tab = '\0';
    *at = tab ? tab + 1 : piece + strlen(piece);
    return piece;
}

static void
make(char *line)
{
    struct vietqr v = {.amount = VIETQR_NO_AMOUNT};
    const char *amount;
    struct buf out;

    v.dynamic = strcmp(cut(&line), "12") == 0;
    db_copy(v.bin, sizeof(v.bin), cut(&line));
    db_copy(v.account, sizeof(v.account), cut(&line));
    amount = cut(&line);
    if (*amount)
        v.amount = strtoll(amount, NULL, 10);
    db_copy(v.purpose, sizeof(v.purpose), cut(&line));
    buf_init(&out, VIETQR_MAX);
    puts(vietqr_make(&v, &out) == OK ? out.data : "");
    buf_finish(&out);
}

static void
read_text(const char *line)
{
    struct vietqr v;

    if (vietqr_parse(line, &v) != OK) {
        puts("");
        return;
    }
    printf("%s\t%s\t%s\t", v.dynamic ? "12" : "11", v.bin, v.account);
    if (v.amount != VIETQR_NO_AMOUNT)
        printf("%" PRId64, v.amount);
    printf("\t%s\n", v.purpose);
}

int
main(int argc, char **argv)
{
    char line[2048];

    if (argc != 2)
        return 2;
    while (fgets(line, sizeof(line), stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (strcmp(argv[1], "make") == 0)
            make(line);
        else
            read_text(line);
    }
    return 0;
}
