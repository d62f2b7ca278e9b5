#!/bin/sh
# unpack.sh DIR PACKAGE... - packages of Debian, unpacked in DIR/PACKAGE and never
# installed: of each only what the machine of tests/vm boots with and runs.
# linux-image-amd64 is the kernel that it depends on.
set -eu

dir=$1
shift

die() {
    printf 'tests/tools/unpack.sh: %s\n' "$*" >&2
    exit 1
}

real_name() {
    case $1 in
    linux-image-amd64)
        apt-cache depends "$1" | awk '/Depends: linux-image-/ { print $2; exit }'
        ;;
    *) printf '%s\n' "$1" ;;
    esac
}

# What is taken out of a package, as patterns of tar.
wanted() {
    case $1 in
    linux-image-amd64)
        echo './boot/vmlinuz-* ./lib/modules/*/kernel/drivers/usb/*' \
            './lib/modules/*/kernel/fs/configfs/*'
        ;;
    busybox-static) echo './bin/busybox' ;;
    cups) echo './usr/lib/cups/backend-available/usb' ;;
    *) die "what is wanted of $1?" ;;
    esac
}

download() {
    apt-get -q download "$1" >>fetch.log 2>&1 && return 0
    # The lists of packages may be missing, or older than the archive.
    if [ "$(id -u)" = 0 ]; then
        apt-get -q update >>fetch.log 2>&1 || :
    else
        # shellcheck disable=SC2024 # the log is ours
        sudo -n apt-get -q update >>fetch.log 2>&1 || :
    fi
    apt-get -q download "$1" >>fetch.log 2>&1
}

fetch() { # PACKAGE
    real=$(real_name "$1")
    [ -n "$real" ] || die "Debian's lists know no $1"
    printf 'Fetching %s\n' "$real"
    rm -rf "$1.new" "$1"
    mkdir "$1.new"
    download "$real" || {
        tail -n 5 fetch.log >&2
        die "$real cannot be had"
    }
    file=$(echo "$real"_*.deb)
    set -f
    # shellcheck disable=SC2046 # patterns, a word each
    dpkg-deb --fsys-tarfile "$file" |
        tar -x -C "$1.new" --wildcards $(wanted "$1") || die "$real: bad package"
    set +f
    rm -f "$file"
    mv "$1.new" "$1"
}

mkdir -p "$dir"
cd "$dir"
for package in "$@"; do
    [ -d "$package" ] || fetch "$package"
done
