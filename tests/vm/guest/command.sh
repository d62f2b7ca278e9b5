# The operator's command, with no daemon running: it drives the printers itself.

pos() { # COMMAND...: its --json answer in $seen
    ocop-pos --config /data/pos.conf --lang en --json "$@" >"$seen" 2>&1
}
seen=/run/command.log

pos printer list
has "ocop-pos finds both USB printers, and can use them under usblp" "$seen" \
    '"serial":"F0001"[^}]*"usable":true' \
    '"serial":"SN42"[^}]*"usable":true'

for printer in gadget usbip; do
    at=usb:serial=$(serial_of "$printer")
    n=$(slips "$printer")
    pos printer test --at "$at" --from /data/slip.escpos
    has "ocop-pos prints on the $printer printer, which confirms it" "$seen" \
        '"result":"confirmed".*"level":"process_id"'
    slip "$printer" "command-$printer"
    same "ocop-pos prints the preview's dots on the $printer printer" \
        "command-$printer.pbm" slip.png
    pos printer test --at "$at"
    has "its self-test is printed and confirmed" "$seen" \
        '"result":"confirmed"'
    slip "$printer" "selftest-$printer"
    check "these were two slips" [ "$(slips "$printer")" = $((n + 2)) ]
    dev "$printer" "paper out"
    pos printer status --at "$at"
    has "the $printer printer is out of paper, says ocop-pos" "$seen" \
        '"state":"paper_out"'
    dev "$printer" "paper in"
    unplug "$printer"
    pos printer status --at "$at"
    has "the unplugged $printer printer is gone, says ocop-pos" "$seen" \
        '"state":"gone"'
    plug "$printer"
done
