#!/bin/sh
# What printing costs: goals are 10 ms to draw and encode 15 lines, and 50 ms
# from the commit to the first byte on the wire.  Prints, judges nothing.
set -eu
"${OCOP_BIN:?}"/bench_receipt
"$OCOP_BIN"/bench_print "${OCOP_BENCH_SECONDS:-2}"
echo "1 passed, 0 failed"
