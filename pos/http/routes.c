#include "pos/http/routes.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "pos/http/books.h"
#include "pos/http/carts.h"
#include "pos/http/certified.h"
#include "pos/http/handlers.h"
#include "pos/http/labels.h"
#include "pos/http/payments.h"
#include "pos/http/printing.h"
#include "pos/http/products.h"
#include "pos/http/sales.h"
#include "pos/http/shifts.h"
#include "pos/http/stock.h"
#include "pos/http/sync.h"

const struct route routes[] = {
    /* Is the daemon well: for monitors. */
    {"GET", "/healthz", ANYONE, ROUTE_PLAIN, 0, health_get},
    {"GET", "/metrics", LOOPBACK, 0, 0, metrics_get},

    /* The pages, carried inside the program, and what the API is. */
    {"GET", "/", ANYONE, ROUTE_PLAIN, 0, page_get},
    {"GET", "/quan-ly", ANYONE, ROUTE_PLAIN, 0, page_manager_get},
    {"GET", "/assets/{file}", ANYONE, ROUTE_PLAIN, 0, asset_get},
    {"GET", "/api/v1/openapi.json", ANYONE, ROUTE_PLAIN, 0, openapi_get},

    /* Who am I; sign in with a PIN; sign out. */
    {"GET", "/api/v1/session", ANYONE, 0, 0, session_get},
    {"POST", "/api/v1/session", ANYONE, ROUTE_BODY | ROUTE_SIGNIN, 1024,
        session_post},
    {"DELETE", "/api/v1/session", ANYONE, 0, 0, session_delete},
    /* Make this browser a till's, with a code the manager read out. */
    {"POST", "/api/v1/devices", ANYONE, ROUTE_BODY | ROUTE_SIGNIN, 1024,
        device_post},

    /* The catalogue; what a scan means. */
    {"GET", "/api/v1/products", VIEWER, 0, 0, products_list},
    {"POST", "/api/v1/products", MANAGER, ROUTE_BODY, 0, products_post},
    {"GET", "/api/v1/products/by-code/{code}", VIEWER, 0, 0,
        products_by_code},
    {"GET", "/api/v1/products/{id}", VIEWER, 0, 0, products_get},
    {"PATCH", "/api/v1/products/{id}", MANAGER, ROUTE_BODY, 0,
        products_patch},
    {"GET", "/api/v1/products/{id}/label.png", VIEWER, 0, 0, labels_png},
    {"GET", "/api/v1/products/{id}/certificates", VIEWER, 0, 0,
        certificates_get},
    {"PUT", "/api/v1/products/{id}/certificates/{registry_id}", MANAGER, 0, 0,
        certificates_put},
    {"DELETE", "/api/v1/products/{id}/certificates/{registry_id}", MANAGER, 0,
        0, certificates_delete},

    /* Bills that are kept here until they are sold. */
    {"POST", "/api/v1/carts", CASHIER, ROUTE_BODY, 2048, carts_post},
    {"GET", "/api/v1/carts", VIEWER, 0, 0, carts_list},
    {"GET", "/api/v1/carts/{id}", VIEWER, 0, 0, carts_get},
    {"PATCH", "/api/v1/carts/{id}", CASHIER, ROUTE_BODY, 0, carts_patch},
    {"DELETE", "/api/v1/carts/{id}", CASHIER, 0, 0, carts_delete},

    /* Selling, giving back, and the paper that says so. */
    {"POST", "/api/v1/sales", CASHIER, ROUTE_BODY | ROUTE_KEY, 0, sales_post},
    {"GET", "/api/v1/sales", VIEWER, 0, 0, sales_list},
    {"GET", "/api/v1/sales/{receipt_no}", VIEWER, 0, 0, sales_get},
    {"POST", "/api/v1/sales/{receipt_no}/refunds", CASHIER,
        ROUTE_BODY | ROUTE_KEY, 0, sales_refund},
    {"GET", "/api/v1/sales/{receipt_no}/receipt.png", VIEWER, 0, 0,
        sales_png},
    {"GET", "/api/v1/sales/{receipt_no}/receipt.escpos", VIEWER, 0, 0,
        sales_escpos},
    {"POST", "/api/v1/sales/{receipt_no}/reprint", CASHIER, 0, 0,
        sales_reprint},

    /* Paying by transfer: a VietQR, money that is waited for, and what the bank
     * tells of it, signed by who knows the secret. */
    {"POST", "/api/v1/transfers", CASHIER, ROUTE_BODY, 1024, transfers_post},
    {"GET", "/api/v1/transfers", VIEWER, 0, 0, transfers_list},
    {"GET", "/api/v1/transfers/{id}", VIEWER, 0, 0, transfers_get},
    {"DELETE", "/api/v1/transfers/{id}", CASHIER, 0, 0, transfers_cancel},
    {"GET", "/api/v1/transfers/{id}/qr.png", VIEWER, 0, 0, transfers_qr},
    {"POST", "/api/v1/transfers/{id}/confirm", CASHIER, ROUTE_BODY, 1024,
        transfers_confirm},
    {"POST", "/api/v1/bank-notices/sepay", ANYONE, ROUTE_PLAIN | ROUTE_BODY,
        16 * 1024, bank_notices_sepay},
    {"GET", "/api/v1/bank-notices", MANAGER, 0, 0, bank_notices_list},

    /* Shelf labels and price tags. */
    {"POST", "/api/v1/labels", CASHIER, ROUTE_BODY, 0, labels_post},

    /* The printers, and what they were given: was it printed? */
    {"GET", "/api/v1/printers", VIEWER, 0, 0, printers_list},
    {"POST", "/api/v1/printers/{id}/test", CASHIER, 0, 0, printers_test},
    {"GET", "/api/v1/print-jobs", CASHIER, 0, 0, print_jobs_list},
    {"GET", "/api/v1/print-jobs/{id}", CASHIER, 0, 0, print_jobs_get},
    {"POST", "/api/v1/print-jobs/{id}/answer", CASHIER, ROUTE_BODY, 1024,
        print_jobs_answer},
    {"DELETE", "/api/v1/print-jobs/{id}", CASHIER, 0, 0, print_jobs_cancel},

    /* A cashier's time at a till: float, blind count, X and Z. */
    {"GET", "/api/v1/shifts", VIEWER, 0, 0, shifts_list},
    {"POST", "/api/v1/shifts", CASHIER, ROUTE_BODY, 1024, shifts_post},
    {"POST", "/api/v1/shifts/{id}/close", CASHIER, ROUTE_BODY, 1024,
        shifts_close},
    {"GET", "/api/v1/shifts/{id}/report", CASHIER, 0, 0, shifts_report},
    {"POST", "/api/v1/shifts/{id}/print", CASHIER, 0, 0, shifts_print},
    /* Money in and out without a receipt; a drawer opened for neither. */
    {"POST", "/api/v1/shifts/{id}/cash", CASHIER, ROUTE_BODY | ROUTE_KEY,
        2048, shifts_cash},
    {"GET", "/api/v1/shifts/{id}/cash", CASHIER, 0, 0, shifts_cash_list},
    {"POST", "/api/v1/drawer/open", CASHIER, ROUTE_BODY | ROUTE_MAY_KEY, 2048,
        drawer_open},

    /* What stands where, and why; goods received. */
    {"GET", "/api/v1/stock", VIEWER, 0, 0, stock_list},
    {"GET", "/api/v1/stock/{product}/moves", VIEWER, 0, 0, stock_moves},
    {"POST", "/api/v1/receivings", MANAGER, ROUTE_BODY | ROUTE_MAY_KEY, 0,
        receivings_post},

    /* The registry's lists here, and what they changed; the journal itself. */
    {"GET", "/api/v1/certified", VIEWER, 0, 0, certified_list},
    {"GET", "/api/v1/sync", VIEWER, 0, 0, sync_get},
    {"POST", "/api/v1/sync", CASHIER, 0, 0, sync_post},
    {"GET", "/api/v1/sync/changes", VIEWER, 0, 0, sync_changes},
    {"GET", "/api/v1/journal", MANAGER, 0, 0, journal_list},

    /* What happens, as it happens, resumed by Last-Event-ID. */
    {"GET", "/api/v1/events", VIEWER, ROUTE_STREAM, 0, events_get},
};

const size_t routes_len = sizeof(routes) / sizeof(routes[0]);

static void
check_row(const struct route *r)
{
    bool reads;

    assert(r->method && r->pattern && r->handler);
    assert(r->pattern[0] == '/');
    assert(r->who >= ANYONE && r->who <= OWNER); /* a forgotten role is 0 */
    reads = strcmp(r->method, "GET") == 0;
    assert(reads || strcmp(r->method, "POST") == 0 ||
        strcmp(r->method, "PATCH") == 0 || strcmp(r->method, "PUT") == 0 ||
        strcmp(r->method, "DELETE") == 0);
    assert(!(reads && (r->flags & (ROUTE_KEY | ROUTE_BODY))));
    assert(reads || !(r->flags & ROUTE_STREAM));
    assert(r->who == ANYONE || !(r->flags & ROUTE_PLAIN));
    assert(r->body_max == 0 || (r->flags & ROUTE_BODY));
}

void
routes_check(const struct route *table, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        check_row(&table[i]);
        for (size_t j = 0; j < i; j++)
            assert(strcmp(table[i].method, table[j].method) != 0 ||
                strcmp(table[i].pattern, table[j].pattern) != 0);
    }
}

/* The request's path against a pattern; what {names} matched goes to `call`
 * when it is not NULL. */
static bool
matches(const char *pattern, const struct http_request *r,
    struct api_call *call)
{
    const char *piece = pattern + 1;
    size_t len, n = 0;

    if (call)
        call->params_len = 0;
    for (; *piece; piece += len + (piece[len] == '/'), n++) {
        len = strcspn(piece, "/");
        if (n == r->segments_len)
            return false;
        if (piece[0] != '{') {
            if (strlen(r->segments[n]) != len ||
                memcmp(piece, r->segments[n], len) != 0)
                return false;
            continue;
        }
        if (!call)
            continue;
        assert(call->params_len < API_PARAMS);
        call->params[call->params_len++] =
            (struct http_field){.name = piece, .value = r->segments[n]};
    }
    return n == r->segments_len;
}

static void
add_allowed(const char *method, char *allow, size_t size)
{
    size_t len = strlen(allow);
    const char *comma = len ? ", " : "";
    const char *head = strcmp(method, "GET") == 0 ? ", HEAD" : "";

    snprintf(allow + len, size - len, "%s%s%s", comma, method, head);
}

enum err
routes_find(const struct route *table, size_t len,
    const struct http_request *request, struct api_call *call,
    const struct route **route_out, char *allow, size_t allow_size)
{
    bool head = strcmp(request->method, "HEAD") == 0;
    const char *method = head ? "GET" : request->method;

    allow[0] = '\0';
    for (size_t i = 0; i < len; i++) {
        if (!matches(table[i].pattern, request, call))
            continue;
        if (strcmp(table[i].method, method) == 0 &&
            !(head && (table[i].flags & ROUTE_STREAM))) {
            *route_out = &table[i];
            return OK;
        }
        add_allowed(table[i].method, allow, allow_size);
    }
    if (!allow[0])
        return err_set(ERR_NO_ROUTE, "no such address");
    err_arg("methods", "%s", allow);
    return err_set(ERR_METHOD, "only %s", allow);
}
