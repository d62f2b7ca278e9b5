#!/bin/sh
# The daemon is killed with kill -9 while four tills sell to it, 200 times;
# 5,000 times with ./test --long.
kills=200
[ -z "${OCOP_LONG:-}" ] || kills=5000
exec "$OCOP_BIN/fault_crash" "$OCOP_BIN/ocop-posd" "$kills"
