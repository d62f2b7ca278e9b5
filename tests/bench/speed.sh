#!/bin/sh
# Everything the README says about speed, in one run; prints, judges nothing.
# Wants a quiet machine, some minutes, and 4 GB of disk in OCOP_BENCH (default:
# build/bench, kept, so that a second run is shorter).
set -eu
bin=${OCOP_BIN:?}
dir=${OCOP_BENCH:-$(dirname "$bin")/../bench}
seconds=${OCOP_BENCH_SECONDS:-3}
mkdir -p "$dir"
echo "# a sale through the library"
"$bin"/bench_sale "$dir/shop" "$seconds" 10000 1000000
echo "# a sale through HTTP, 10,000 sales behind it"
"$bin"/bench_http "$bin"/ocop-posd "$dir/http" "$seconds" 10000
echo "# the daemon with 1,000,000 sales behind it"
"$bin"/bench_http "$bin"/ocop-posd "$dir/shop" "$seconds" 1000000
echo "# the daemon with 100,000 products"
"$bin"/bench_http "$bin"/ocop-posd "$dir/many" 1 1000 100000
echo "# search in the library"
"$bin"/bench_search "$dir"
echo "1 passed, 0 failed"
