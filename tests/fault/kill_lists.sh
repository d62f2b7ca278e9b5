#!/bin/sh
# The process is killed with kill -9 at any point of taking in new lists, 200
# times; 1,000 times with ./test --long.
kills=200
[ -z "${OCOP_LONG:-}" ] || kills=1000
exec "$OCOP_BIN/test_kill_lists" "$kills"
