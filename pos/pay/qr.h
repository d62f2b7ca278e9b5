/* pos/pay/qr.h - a payment text as a picture for screens. */
#ifndef POS_PAY_QR_H
#define POS_PAY_QR_H

#include "base/buf.h"
#include "base/err.h"

enum { PAY_QR_MODULE = 8, PAY_QR_MODULE_MAX = 24 };

/* Append a PNG of the QR code with its quiet zone, `module` dots a module
 * (1 to PAY_QR_MODULE_MAX). */
enum err pay_qr_png(const char *text, int module, struct buf *out);

#endif
