/* pos/proof/verify_file.h - an exported journal, read line by line. */
#ifndef POS_PROOF_VERIFY_FILE_H
#define POS_PROOF_VERIFY_FILE_H

#include "base/err.h"
#include "pos/proof/verify_chain.h"

/* Give every record of the export at `path` to `c`, which is fresh.  ERR_FILE
 * when it cannot be read; what is wrong in it is told. */
enum err verify_file(struct verify_chain *c, const char *path);

#endif
