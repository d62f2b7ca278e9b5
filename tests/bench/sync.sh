#!/bin/sh
# What lists of certified products cost to take in; prints, judges nothing.
# Wants 5 GB in OCOP_BENCH (default: build/bench) for the million.
set -eu
bin=${OCOP_BIN:?}
dir=${OCOP_BENCH:-$(dirname "$bin")/../bench}
mkdir -p "$dir"
work=$(mktemp -d "$dir/sync-XXXXXX")
trap 'rm -rf "$work"' EXIT
"$bin"/bench_sync "$work" 100000 ${OCOP_BENCH_MILLION-1000000}
echo "1 passed, 0 failed"
