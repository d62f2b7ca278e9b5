#!/bin/sh
# A stranger's machine: bare Debian 12, a clean clone, ./run, a sale.
# Times the way from clone to served page, and the second start.  With --long
# the whole ./test runs there too.  Needs root, debootstrap, and Debian's and
# npm's packages as this machine reaches them.
# long
set -u
. "$(dirname "$0")/../tools/bare.sh"

skip() {
    echo "SKIP bare_debian: $1"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
}
[ "$(id -u)" = 0 ] || skip "needs root for a chroot"
command -v debootstrap >/dev/null || skip "debootstrap is not installed"
unshare --mount --pid --fork true 2>/dev/null || skip "root may not mount here"

work=$(mktemp -d "${TMPDIR:-/var/tmp}/ocop-bare.XXXXXX") || exit 1
work=$(cd "$work" && pwd -P)
root=$work/root
kept=$OCOP_SOURCE/build/bare/debian-12.tar
free_port() {
    node -e 'const s = require("net").createServer();
        s.listen(0, "127.0.0.1", () => { console.log(s.address().port);
            s.close(); });'
}
port=$(free_port)
registry_port=$(free_port)
runner=
finish() {
    # unshare heeds nothing less; all that runs there dies with it.
    [ -z "$runner" ] || kill -KILL "$runner" 2>/dev/null
    wait
    rm -rf --one-file-system "$work"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

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
    from=$(date +%s%N)
    in_bare "$root" "cd /srv/ocop-pos && exec ./run --port $port \
        --registry-port $registry_port" \
        >"$work/run.log" 2>&1 </dev/null &
    runner=$!
}

# Until the page is served, the program ends, or $1 seconds have passed.
served_within() {
    until curl -sf -o "$work/page.html" "http://127.0.0.1:$port/"; do
        kill -0 "$runner" 2>/dev/null || break
        [ "$(since "$from" | cut -d. -f1)" -lt "$1" ] || break
        sleep 0.2
    done
    took=$(since "$from")
    grep -q '<html' "$work/page.html" 2>/dev/null && return 0
    tail -n 30 "$work/run.log"
    return 1
}

# The showroom has the list by itself: a product of it says its stars.
listed() {
    for _ in $(seq 50); do
        curl -sf -H "Authorization: Bearer $(node -p \
            'require(process.argv[1]).tokens.viewer' \
            "$root/srv/ocop-pos/demo/demo.json")" \
            "http://127.0.0.1:$port/api/v1/sync" |
            grep -q '"state":"fresh"' && return 0
        sleep 0.2
    done
    return 1
}

healthy() {
    curl -sf "http://127.0.0.1:$port/healthz" | grep -q '"status":"ok"'
}

# As Ctrl-C does: ./run is told, stops its daemon and ends well.
stop_run() {
    # shellcheck disable=SC2046 # a list
    kill -TERM $(bare_pids "$root" run) || return 1
    wait "$runner"
    status=$?
    runner=
    rm -f "$work/page.html"
    [ $status = 0 ] && ! curl -sf -o /dev/null "http://127.0.0.1:$port/"
}

tests_pass() {
    in_bare "$root" 'cd /srv/ocop-pos && exec ./test' \
        >"$work/test.log" 2>&1 </dev/null &
    runner=$!
    wait "$runner"
    status=$?
    runner=
    sed 's/^/    /' "$work/test.log"
    return $status
}

bare_make "$root" "$kept" || {
    echo "FAIL debootstrap could not make a bare system"
    echo "0 passed, 1 failed"
    exit 1
}
start=$(date +%s%N)
bare_clone "$OCOP_SOURCE" "$root" || exit 1
start_run
from=$start
check "a bare Debian 12 serves the page" served_within 1500
echo "from clone to served page: $took s"
check "it is healthy" healthy
check "its list came from the registry, and is fresh" listed
check "a sale with the contract's bodies answers 201" \
    node "$OCOP_SOURCE/tests/tools/first_sale.mjs" \
    "$root/srv/ocop-pos/demo/demo.json"
check "it stops when told to" stop_run
start_run
check "a second start takes seconds" served_within 20
echo "second start: $took s"
check "it stops again" stop_run
[ -z "${OCOP_LONG:-}" ] || check "./test passes there" tests_pass
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
