#!/bin/sh
# Printing, over a USB bus that umockdev makes up and over TCP: what printers do
# wrong, and what happens to receipts meanwhile.  All side by side: one waits
# half a minute for a printer that takes nothing.
bin=${OCOP_BIN:?}
logs=$(mktemp -d) || exit 1
running='' pids=''
# shellcheck disable=SC2086 # a list
trap 'kill $pids 2>/dev/null; rm -rf "$logs"' EXIT
trap 'exit 1' INT TERM

# start NAME COMMAND...
start() {
    name=$1
    shift
    "$@" >"$logs/$name" 2>&1 &
    running="$running $!:$name" pids="$pids $!"
}

start nak umockdev-wrapper "$bin/test_print_nak"
start transport umockdev-wrapper "$bin/test_usb_transport"
start unplug-usb umockdev-wrapper "$bin/test_print_unplug" usb 64 0 2
start unplug-usb-too umockdev-wrapper "$bin/test_print_unplug" usb 64 1 2
start unplug-tcp "$bin/test_print_unplug" tcp
start faults-usb umockdev-wrapper "$bin/test_print_faults" usb
start kill umockdev-wrapper "$bin/test_kill_print" "$bin/ocop-posd"
start faults-tcp "$bin/test_print_faults" tcp

status=0
for one in $running; do
    wait "${one%%:*}" || status=1
    echo "# ${one#*:}"
    cat "$logs/${one#*:}"
    tail -n 1 "$logs/${one#*:}" | grep -q ' passed, [0-9]* failed$' || {
        echo "FAIL ${one#*:} ended without a count"
        echo "0 passed, 1 failed" >"$logs/${one#*:}-lost"
    }
done
cat "$logs"/* | awk '/^[0-9]+ passed, [0-9]+ failed$/ { p += $1; f += $3 }
    END { printf "%d passed, %d failed\n", p, f }'
exit $status
