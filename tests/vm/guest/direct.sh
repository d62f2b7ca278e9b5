# Our own way to a printer: drivers/link over libusb (vm_print), on a printer
# that the kernel's usblp holds before and gets back afterwards.
number=100

# begin NAME PRINTER [flush]: prints the slip in the background, telling $log.
begin() {
    number=$((number + 1)) log=/run/print-$1.log
    : >"$log"
    vm_print "usb:serial=$(serial_of "$2")" /data/slip.escpos "$number" \
        ${3:+"$3"} >"$log" 2>&1 &
    job=$!
}
# all SENTENCE: the job ends well, and the printer said so itself.
all() {
    wait "$job"
    has "$1" "$log" '^end ok .* all=1 .*level=process_id'
}
told() { grep -q "^$1" "$log"; }
# as_preview WHAT PRINTER NAME
as_preview() {
    slip "$2" "$3"
    same "$1, on the $2 printer: the preview's dots" "$3.pbm" slip.png
}

plain() {
    before=$(slips "$1")
    begin "plain-$1" "$1"
    all "a slip is printed and confirmed by its number on the $1 printer"
    as_preview "a slip" "$1" "plain-$1"
    check "it is one slip" [ "$(slips "$1")" = $((before + 1)) ]
}

paper_out() {
    dev "$1" "paper out 300"
    begin "paper-$1" "$1"
    check "paper out is told while the $1 printer prints" \
        within 60 told 'state paper_out'
    check "meanwhile usblp has nothing to do with it" \
        driven_by "$(serial_of "$1")" usbfs
    sleep 5
    check "it waits for paper as long as that takes" kill -0 "$job"
    dev "$1" "paper in"
    wait "$job"
    has "with new paper it goes on by itself" "$log" '^end ok .* all=1'
    as_preview "new paper in mid-slip" "$1" "paper-$1"
    check "usblp has the $1 printer back afterwards" \
        within 10 has_usblp "$(serial_of "$1")"
}

cover_open() {
    dev "$1" "cover open"
    begin "cover-$1" "$1"
    check "an open cover is told by the $1 printer" \
        within 60 told 'state cover_open'
    dev "$1" "cover close"
    wait "$job"
    has "once it is closed the slip is printed" "$log" '^end ok .* all=1'
    as_preview "cover closed" "$1" "cover-$1"
}

unplugged() {
    dev "$1" "vanish 20000"
    begin "unplugged-$1" "$1"
    wait "$job"
    has "the $1 printer unplugged in mid-slip is told, with what it has" \
        "$log" '^end printer counted=[1-9][0-9]* .* all=0 .*level=none'
    plug "$1"
    begin "after-$1" "$1" flush
    all "plugged in again it prints after a flush"
    as_preview "the slip after half a slip" "$1" "after-$1"
}

naks() {
    dev usbip nak
    begin naks usbip
    sleep 30
    check "no packet acknowledged for 30 s ends no job" kill -0 "$job"
    dev usbip take
    all "then it is taken"
    as_preview "30 s of NAK" usbip naks
    dev usbip nak
    slips_before=$(slips usbip)
    begin never usbip
    wait "$job"
    has "a printer that takes nothing is given up, with nothing counted" \
        "$log" '^end printer counted=0 .* all=0 .*level=none'
    dev usbip take
    check "and nothing of it was printed" [ "$(slips usbip)" = "$slips_before" ]
}

halts() {
    dev usbip "halt 150"
    begin halt usbip
    all "an endpoint that halts in mid-slip is cleared, and the slip goes on"
    dev usbip usb
    check "the halt was cleared" [ "${answer%% *}" != halts_cleared=0 ]
    as_preview "a halted endpoint" usbip halt
}

id_stalls() {
    unplug usbip
    dev usbip "id stalls"
    plug usbip
    begin id usbip
    all "a printer that refuses to say who it is prints"
    as_preview "no device id" usbip id
    dev usbip "id answers"
}

for printer in gadget usbip; do
    plain "$printer"
    paper_out "$printer"
    cover_open "$printer"
    unplugged "$printer"
done
naks
halts
id_stalls
