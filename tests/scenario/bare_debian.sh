#!/bin/sh
# A stranger's machine: bare Debian 12, a clean clone, ./run, a sale.
# Times the way from clone to served page, and the second start.  With --long
# the whole ./test runs there too.  Needs root, debootstrap and Debian's
# packages as this machine reaches them.
# long
set -u
. "$(dirname "$0")/../tools/bare.sh"

port=18473

skip() {
    echo "SKIP bare_debian: $1"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
}
[ "$(id -u)" = 0 ] || skip "needs root for a chroot"
command -v debootstrap >/dev/null || skip "debootstrap is not installed"
unshare --mount --pid --fork true 2>/dev/null || skip "no mounts allowed here"

work=$(mktemp -d "${TMPDIR:-/var/tmp}/ocop-bare.XXXXXX") || exit 1
root=$work/root
runner=
finish() {
    [ -z "$runner" ] || kill -TERM "$runner" 2>/dev/null
    wait
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 1' INT TERM

passed=0 failed=0
check() { # SENTENCE COMMAND...
    sentence=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        echo "ok   $sentence"
    else
        failed=$((failed + 1))
        echo "FAIL $sentence"
    fi
}

# Seconds since the moment $1 of date +%s%N, with one decimal.
since() {
    echo "$1 $(date +%s%N)" | awk '{ printf "%.1f", ($2 - $1) / 1e9 }'
}

start_run() {
    in_bare "$root" "cd /srv/ocop-pos && exec ./run --port $port" \
        >"$work/run.log" 2>&1 &
    runner=$!
}

# Until the page is served, the program ends, or $1 seconds have passed.
served_within() {
    until curl -sf -o "$work/page.html" "http://127.0.0.1:$port/"; do
        kill -0 "$runner" 2>/dev/null || break
        [ "$(since "$from" | cut -d. -f1)" -lt "$1" ] || break
        sleep 0.2
    done
    grep -q '<html' "$work/page.html" 2>/dev/null && return 0
    tail -n 30 "$work/run.log"
    return 1
}

stop_run() {
    pids=$(bare_pids "$root" ocop-posd)
    # shellcheck disable=SC2086 # a list
    [ -z "$pids" ] || kill -TERM $pids
    wait "$runner"
    runner=
    ! curl -sf -o /dev/null "http://127.0.0.1:$port/"
}

tests_pass() {
    in_bare "$root" 'cd /srv/ocop-pos && ./test' >"$work/test.log" 2>&1
    status=$?
    tail -n 40 "$work/test.log"
    return $status
}

bare_make "$root" || skip "debootstrap could not make a bare system"
from=$(date +%s%N)
bare_clone "$OCOP_SOURCE" "$root" || exit 1
start_run
check "a bare Debian 12 serves the page" served_within 1500
echo "from clone to served page: $(since "$from") s"
check "a sale with the contract's bodies answers 201" \
    node "$OCOP_SOURCE/tests/tools/first_sale.mjs" \
    "$root/srv/ocop-pos/demo/demo.json"
check "it stops when told to" stop_run
from=$(date +%s%N)
start_run
check "a second start takes seconds" served_within 20
echo "second start: $(since "$from") s"
check "it stops again" stop_run
[ -z "${OCOP_LONG:-}" ] || check "./test passes there" tests_pass
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
