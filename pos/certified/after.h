/* pos/certified/after.h - what follows when the lists were looked at. */
#ifndef POS_CERTIFIED_AFTER_H
#define POS_CERTIFIED_AFTER_H

struct shop;

/* Link what links itself, and tell of certificates that end soon, in short
 * writes.  A failure is logged; the next time makes up for it. */
void certified_after(struct shop *shop);

#endif
