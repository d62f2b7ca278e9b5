/* pos/ctl/families.h - the functions of all commands, one family a file. */
#ifndef POS_CTL_FAMILIES_H
#define POS_CTL_FAMILIES_H

#include "base/err.h"

struct ctl;

enum err ctl_help(struct ctl *c);           /* help.c */
enum err ctl_init(struct ctl *c);           /* init.c */
enum err ctl_demo(struct ctl *c);           /* demo.c */
enum err ctl_staff_add(struct ctl *c);      /* staff.c */
enum err ctl_staff_list(struct ctl *c);
enum err ctl_staff_disable(struct ctl *c);
enum err ctl_staff_pin(struct ctl *c);
enum err ctl_token_create(struct ctl *c);   /* token.c */
enum err ctl_token_list(struct ctl *c);
enum err ctl_token_revoke(struct ctl *c);
enum err ctl_till_add(struct ctl *c);       /* device.c */
enum err ctl_till_list(struct ctl *c);
enum err ctl_device_enrol(struct ctl *c);
enum err ctl_device_list(struct ctl *c);
enum err ctl_device_revoke(struct ctl *c);
enum err ctl_import_products(struct ctl *c); /* import.c */
enum err ctl_import_certified(struct ctl *c);
enum err ctl_import_labels(struct ctl *c);
enum err ctl_export_journal(struct ctl *c); /* export.c */
enum err ctl_printer_list(struct ctl *c);   /* printer.c */
enum err ctl_printer_status(struct ctl *c);
enum err ctl_printer_test(struct ctl *c);
enum err ctl_verify(struct ctl *c);         /* verify.c */

#endif
