# The kernel's own driver prints: nothing of ours between the slip and the
# cable, so what the printers make of it is theirs.

usblp_of() { # SERIAL
    usb=$(usb_of "$1")
    for lp in "$usb/$(basename "$usb"):1.0/usbmisc/"lp*; do
        echo "/dev/usb/${lp##*/}"
    done
}

for printer in gadget usbip; do
    lp=$(usblp_of "$(serial_of "$printer")")
    check "usblp sends a whole slip to the $printer printer" \
        timeout 60 sh -c "cat /data/slip.escpos >$lp"
    check "the $printer printer cuts it once" within 20 has_slips "$printer" 1
    slip "$printer" "usblp-$printer"
    same "usblp prints the preview's dots on the $printer printer" \
        "usblp-$printer.pbm" slip.png
done
