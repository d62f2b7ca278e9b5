#!/bin/sh
# The pages' JavaScript against the types it says it has.
tests/web/node_modules/.bin/tsc -p pos/web || exit 1
echo 1 passed, 0 failed
