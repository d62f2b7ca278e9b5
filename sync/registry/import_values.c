#include "sync/registry/import_values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "sync/registry/fold.h"

/* The number at a word of its own, or with "sao" or "stars" right behind. */
static int
number_at(const char *word)
{
    size_t digits = strspn(word, "0123456789");

    if (digits != 1 || (word[1] && word[1] != ' ' &&
                           strncmp(word + 1, "sao", 3) != 0))
        return 0;
    return word[0] - '0';
}

bool
import_stars(const char *text, int *stars_out, int *proposed_out)
{
    static const char *const proposals[] = {"de nghi", "de xuat", "proposed",
        "tiem nang", "potential", "du kien", "huong toi", NULL};
    char fold[FOLD_SIZE];
    bool proposed = false;

    *stars_out = *proposed_out = 0;
    fold_into(text, strlen(text), fold);
    for (const char *at = fold; *at; at += strcspn(at, " "), at += *at == ' ') {
        int n = number_at(at), *to = proposed ? proposed_out : stars_out;

        for (size_t i = 0; proposals[i]; i++)
            proposed = proposed || fold_begins(at, proposals[i]);
        if (n == 0 && *at >= '0' && *at <= '9' && !fold_begins(at, "0"))
            return false; /* 45, 3rd: no number of stars */
        if (fold_begins(at, "0"))
            return false;
        if (n == 0)
            continue;
        if (*to)
            return false; /* two of them: which? */
        *to = n;
    }
    return *stars_out || *proposed_out;
}

/* "ngày 5/8/2026": the digits and what is between them. */
static bool
day_month_year(const char *at, int32_t *day_out)
{
    char iso[CLOCK_DATE_SIZE * 3], *end;
    unsigned long n[3];

    for (int i = 0; i < 3; i++) {
        if (*at < '0' || *at > '9')
            return false;
        n[i] = strtoul(at, &end, 10);
        if (n[i] > 9999)
            return false;
        at = end;
        if (i < 2 && !strchr("/.-", *at++))
            return false;
    }
    if (*at || n[2] < 1000)
        return false;
    snprintf(iso, sizeof(iso), "%04lu-%02lu-%02lu", n[2], n[1], n[0]);
    return clock_parse_date(iso, day_out) == OK;
}

bool
import_day(const char *text, int32_t *day_out)
{
    static const char word[] = "ngày ";

    if (strncmp(text, word, sizeof(word) - 1) == 0)
        text += sizeof(word) - 1;
    return clock_parse_date(text, day_out) == OK ||
        day_month_year(text, day_out);
}

bool
import_score(const char *text, int64_t *x100_out)
{
    char *end;
    unsigned long whole = strtoul(text, &end, 10);
    int64_t part = 0;

    if (end == text || whole > 100 || *text < '0' || *text > '9')
        return false;
    if (*end == '.' || *end == ',') {
        size_t digits = strspn(++end, "0123456789");

        if (digits == 0 || digits > 2)
            return false;
        part = (end[0] - '0') * 10 + (digits == 2 ? end[1] - '0' : 0);
        end += digits;
    }
    *x100_out = (int64_t)whole * 100 + part;
    return *end == '\0' && *x100_out <= 10000;
}

struct word {
    const char *begins; /* folded */
    const char *word;
};

/* The first of the rows that the folded text begins with. */
static const char *
look_up(const struct word *words, const char *text)
{
    char fold[FOLD_SIZE];

    fold_into(text, strlen(text), fold);
    for (; words->begins; words++)
        if (fold_begins(fold, words->begins))
            return words->word;
    return NULL;
}

const char *
import_form_word(const char *text)
{
    static const struct word words[] = {{"cooperative", "cooperative"},
        {"hop tac xa", "cooperative"}, {"htx", "cooperative"},
        {"lien hiep hop tac xa", "cooperative"}, {"coop group", "coop_group"},
        {"to hop tac", "coop_group"}, {"tht", "coop_group"},
        {"enterprise", "enterprise"}, {"doanh nghiep", "enterprise"},
        {"cong ty", "enterprise"}, {"chi nhanh cong ty", "enterprise"},
        {"dntn", "enterprise"}, {"household", "household"},
        {"ho kinh doanh", "household"}, {"hkd", "household"},
        {"ho san xuat", "household"}, {"ho gia dinh", "household"},
        {"co so san xuat", "household"}, {"trang trai", "household"},
        {"artisan", "artisan"}, {"nghe nhan", "artisan"}, {"other", "other"},
        {"khac", "other"}, {NULL, NULL}};

    return look_up(words, text);
}

const char *
import_level_word(const char *text)
{
    static const struct word words[] = {{"district", "district"},
        {"huyen", "district"}, {"cap huyen", "district"},
        {"province", "province"}, {"tinh", "province"},
        {"cap tinh", "province"}, {"central", "central"},
        {"trung uong", "central"}, {"cap trung uong", "central"},
        {"quoc gia", "central"}, {"cap quoc gia", "central"}, {NULL, NULL}};

    return look_up(words, text);
}

const char *
import_evidence_word(const char *text)
{
    static const struct word words[] = {
        {"official decision", "official_decision"},
        {"quyet dinh", "official_decision"}, {"press", "press"},
        {"government news", "press"}, {"bao chi", "press"},
        {"cong thong tin", "press"}, {"demo", "demo"},
        {"district software seed", "demo"}, {"trinh dien", "demo"},
        {NULL, NULL}};

    return look_up(words, text);
}

const char *
import_scheme_word(const char *text)
{
    static const struct word words[] = {{"qd26 2026", "QD26-2026"},
        {"26 2026", "QD26-2026"}, {"qd148 2023", "QD148-2023"},
        {"148", "QD148-2023"}, {"qd1048 2019", "QD1048-2019"},
        {"1048", "QD1048-2019"}, {NULL, NULL}};

    return look_up(words, text);
}

const char *
import_scheme_on(int32_t day)
{
    if (day >= 20595) /* 22/05/2026 */
        return "QD26-2026";
    return day >= 19412 /* 24/02/2023 */ ? "QD148-2023" : "QD1048-2019";
}

/* The sectors of the older schemes by their Roman numbers. */
static const char *
roman(const char *fold)
{
    static const struct word sectors[] = {{"thuc pham", "I"}, {"food", "I"},
        {"do uong", "II"}, {"thao duoc", "III"}, {"duoc lieu", "III"},
        {"thu cong my nghe", "IV"}, {"hang thu cong", "IV"},
        {"sinh vat canh", "V"}, {"dich vu du lich", "VI"}, {NULL, NULL}};

    for (size_t i = 0; sectors[i].begins; i++)
        if (fold_begins(fold, sectors[i].begins))
            return sectors[i].word;
    return NULL;
}

bool
import_group(const char *group, const char *sector, const char *scheme,
    char out[8])
{
    bool new = strcmp(scheme, "QD26-2026") == 0;
    size_t digits = strspn(group, "0123456789");
    char fold[FOLD_SIZE];
    const char *code;

    if (*group) {
        if (strlen(group) >= 8)
            return false;
        snprintf(out, 8, "%s%.6s",
            digits == 1 && group[1] == '\0' ? "0" : "", group);
        return true;
    }
    fold_into(sector, strlen(sector), fold);
    code = roman(fold);
    if (code && new)
        code = strcmp(code, "VI") == 0 ? "26" : NULL; /* its only set */
    if (code)
        snprintf(out, 8, "%s", code);
    return code != NULL;
}
