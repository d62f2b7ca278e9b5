# The two printers of the machine, and how they are told what happens to them.

# dev PRINTER WORDS: sets $answer; false when it did not answer ok.
dev() {
    answer=
    echo "$2" 1<>"/run/$1.in"
    read -r -t 20 answer <>"/run/$1.out"
    [ "$answer" = ok ]
}

slips() {
    dev "$1" slips
    echo "$answer"
}
at_rest() { dev "$1" rest; }
has_slips() { [ "$(slips "$1")" -ge "$2" ]; }

# slip PRINTER FILE: its last slip, as a picture, once it has cut it.
slip() {
    within 20 at_rest "$1"
    dev "$1" "write $(slips "$1") /out/$2.pbm"
}

# usb_of SERIAL: its folder in sysfs.
usb_of() {
    for file in /sys/bus/usb/devices/*/serial; do
        [ "$(cat "$file" 2>/dev/null)" = "$1" ] && dirname "$file" && return
    done
    return 1
}
# Is the kernel's driver NAME bound to the printer SERIAL?
driven_by() { # SERIAL NAME
    usb=$(usb_of "$1") || return 1
    driver=$(readlink "$usb/$(basename "$usb"):1.0/driver")
    [ "${driver##*/}" = "$2" ]
}
is_plugged() { usb_of "$1" >/dev/null; }
is_unplugged() { ! usb_of "$1" >/dev/null; }
has_usblp() { driven_by "$1" usblp; }

plug() { # PRINTER
    dev "$1" plug && within 10 has_usblp "$(serial_of "$1")"
}
unplug() {
    dev "$1" unplug && within 10 is_unplugged "$(serial_of "$1")"
}
serial_of() {
    case $1 in
    gadget) echo F0001 ;;
    usbip) echo SN42 ;;
    esac
}

# The kernel's own printer gadget on its own dummy host controller.
gadget_make() {
    g=/sys/kernel/config/usb_gadget/g1
    mkdir "$g" "$g/strings/0x409" "$g/configs/c.1" "$g/functions/printer.0"
    echo 0x0416 >"$g/idVendor"
    echo 0x5011 >"$g/idProduct"
    echo FAKE >"$g/strings/0x409/manufacturer"
    echo POS-80 >"$g/strings/0x409/product"
    echo F0001 >"$g/strings/0x409/serialnumber"
    echo "MFG:FAKE;CMD:ESC/POS;MDL:POS-80;CLS:PRINTER;" \
        >"$g/functions/printer.0/pnp_string"
    # As little as the kernel can hold for a printer: 8 KB.
    echo 1 >"$g/functions/printer.0/q_len"
    ln -s "$g/functions/printer.0" "$g/configs/c.1/"
    vm_gadget /run/gadget "$g/UDC" 2>/run/gadget.log &
    within 10 test -p /run/gadget.out || bail "the gadget did not start"
    plug gadget || bail "the gadget is not seen by the host"
}

usbip_make() {
    vm_usbip /run/usbip 0 2>/run/usbip.log &
    within 10 test -p /run/usbip.out || bail "the USB/IP printer did not start"
    plug usbip || bail "the USB/IP printer is not seen by the host"
}
