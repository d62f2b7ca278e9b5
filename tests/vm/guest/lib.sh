# How a part tells what it found.  Lines of the console that the host counts:
#     ok SENTENCE | not ok SENTENCE | done N
# and pairs of pictures that the host compares, in /out/same:
#     SENTENCE|SLIP.pbm|PICTURE
# Every wait has its end.  The machine's clock jumps over idle time, so that
# waiting costs nothing.
told=0 failed=0

say() { echo "# $*"; }

ok() {
    told=$((told + 1))
    echo "ok $*"
}

not_ok() { # SENTENCE [WHY]
    told=$((told + 1)) failed=$((failed + 1))
    echo "not ok $1"
    [ -z "${2:-}" ] || echo "$2" | sed 's/^/#   /'
}

check() { # SENTENCE COMMAND...
    sentence=$1
    shift
    if "$@"; then
        ok "$sentence"
    else
        not_ok "$sentence" "$*"
    fi
}

# has SENTENCE FILE PATTERN...: FILE has a line for each pattern.
has() {
    sentence=$1 file=$2
    shift 2
    for pattern in "$@"; do
        grep -qE "$pattern" "$file" || {
            not_ok "$sentence" "no line like: $pattern"
            sed 's/^/#   /' "$file"
            return
        }
    done
    ok "$sentence"
}

# now: hundredths of a second since the machine was switched on; never below
# 1 s here, so there is no leading zero.
now() {
    read -r now _ </proc/uptime
    now=${now%.*}${now#*.}
}

# within SECONDS COMMAND...: as soon as it succeeds; false at the end of time.
within() {
    now
    until=$((now + $1 * 100))
    shift
    until "$@"; do
        usleep 50000
        now
        [ "$now" -le "$until" ] || return 1
    done
}

same() { # SENTENCE SLIP PICTURE
    echo "$1|$2|$3" >>/out/same
}

# end: what was found is handed over by the second serial line; off.
end() {
    cp /run/*.log /out/ 2>/dev/null
    dmesg >/out/dmesg
    stty -F /dev/ttyS1 raw -echo 2>/dev/null
    tar -cz -C /out . >/dev/ttyS1
    [ "$failed" = 0 ] || tail -n 20 /out/*.log | sed 's/^/# /'
    echo "done $told, at $(cut -d' ' -f1 /proc/uptime) s"
    poweroff -f
}

bail() {
    not_ok "$@"
    end
}
