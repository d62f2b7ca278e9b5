#!/bin/busybox sh
# The machine's first program: brings up the kernel's USB, plugs the printers
# in, runs the parts, hands the files over, and switches the machine off.
/bin/busybox --install -s /bin
export PATH=/bin LC_ALL=C.UTF-8
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs dev /dev
mount -t tmpfs tmp /run
ip link set lo up
mkdir -p /out /tmp

. /guest/lib.sh
. /guest/printers.sh

# The order they need one another in.
for module in usb-common usbcore udc-core dummy_hcd configfs libcomposite \
    usb_f_printer usbip-core vhci-hcd usblp; do
    insmod "/modules/$module.ko" || bail "the kernel takes no $module"
done
mount -t configfs config /sys/kernel/config
gadget_make
usbip_make

for part in $(cat /guest/parts); do
    say "part $part, at $(cut -d' ' -f1 /proc/uptime) s"
    . "/guest/$part.sh"
done

end
