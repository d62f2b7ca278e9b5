#!/bin/sh
# What a receipt costs: goal for 15 lines 10 ms drawn and encoded.
set -eu
"${OCOP_BIN:?}"/bench_receipt
echo "1 passed, 0 failed"
