# CUPS's usb backend, Debian's own: another program that drives USB printers
# through libusb, written by others, prints the same bytes to the same printers.

usb >/run/cups-seen.log 2>/run/cups-told.log
has "CUPS sees both printers by what they say they are" /run/cups-seen.log \
    '^direct usb://FAKE/POS-80\?serial=F0001 ' \
    '^direct usb://.*serial=SN42'

cups_print() { # SERIAL
    uri=$(grep -oE "usb://[^ ]*serial=$1" /run/cups-seen.log)
    DEVICE_URI=$uri timeout 120 \
        usb 1 root slip 1 "" /data/slip.escpos 2>>/run/cups-told.log
}

for printer in gadget usbip; do
    before=$(slips "$printer")
    serial=$(serial_of "$printer")
    check "CUPS prints on the $printer printer" cups_print "$serial"
    check "it cuts once" within 20 has_slips "$printer" $((before + 1))
    slip "$printer" "cups-$printer"
    same "CUPS prints the preview's dots on the $printer printer" \
        "cups-$printer.pbm" slip.png
    check "CUPS gives the $printer printer back to usblp" \
        within 10 has_usblp "$serial"
done
