# tests/tools/bare.sh - a bare Debian 12 in a folder, for tests that need one.
# Packages come from wherever this machine gets its own.  Whatever is mounted
# is mounted in a namespace that ends with the command: nothing stays behind.

# Where apt here finds Debian 12, as lines of sources.list; none elsewhere.
bare_sources() {
    apt-get indextargets --format \
        '$(CREATED_BY) $(ORIGIN) $(CODENAME) $(REPO_URI)' 2>/dev/null |
        awk '$1 == "Packages" && $2 == "Debian" && !seen[$3 $4]++ &&
            $3 ~ /^bookworm(-updates|-security)?$/ {
                print "deb", $4, $3, "main"
            }'
}

# bare_fetch ROOT KEPT: debootstrap's smallest system, as the archive KEPT.
bare_fetch() {
    sources=$(bare_sources)
    mirror=$(printf '%s\n' "$sources" | awk '$3 == "bookworm" { print $2 }')
    # shellcheck disable=SC2086 # none: debootstrap has its own
    unshare --mount debootstrap --variant=minbase bookworm "$1" $mirror \
        >"$1.log" 2>&1 || {
        tail -n 5 "$1.log"
        return 1
    }
    [ -z "$sources" ] || printf '%s\n' "$sources" >"$1/etc/apt/sources.list"
    mkdir -p "$(dirname "$2")" &&
        tar -C "$1" -cf "$2.new" . && mv "$2.new" "$2" && rm -rf "$1"
}

# bare_make ROOT KEPT: such a system in ROOT, reaching packages as this machine
# does; the archive KEPT is made when it is missing or a week old.
bare_make() {
    [ -n "$(find "$2" -mtime -7 2>/dev/null)" ] ||
        bare_fetch "$1.fetched" "$2" || return 1
    mkdir "$1" && tar -C "$1" -xpf "$2" || return 1
    cp -L /etc/resolv.conf "$1/etc/resolv.conf"
    printf '127.0.0.1 localhost\n::1 localhost\n' >"$1/etc/hosts"
    [ ! -f "${HOME:-/root}/.npmrc" ] || cp "${HOME:-/root}/.npmrc" "$1/srv/.npmrc"
    [ ! -f "${NODE_EXTRA_CA_CERTS:-}" ] ||
        cp "$NODE_EXTRA_CA_CERTS" "$1/etc/extra-ca.crt"
}

# bare_clone SOURCE ROOT: what is committed in SOURCE, in /srv/ocop-pos, and
# the table of real products that may stand beside a checkout.
bare_clone() {
    git clone -q "$1" "$2/srv/ocop-pos" || return 1
    table=${OCOP_SHARED:-$1/../shared}/data/ocop_products_real.csv
    [ ! -f "$table" ] || install -D "$table" \
        "$2/srv/shared/data/ocop_products_real.csv"
}

# in_bare ROOT COMMAND: the calling shell becomes one there (so call it with &),
# with nothing of our environment but the way to the packages; its programs end
# with it.  The network is this machine's.
in_bare() {
    ways=$(env | grep -iE '^(https?|no)_proxy=')
    [ ! -f "$1/etc/extra-ca.crt" ] ||
        ways="$ways NODE_EXTRA_CA_CERTS=/etc/extra-ca.crt"
    # shellcheck disable=SC2016,SC2086 # the inner shell's; a list
    exec unshare --mount --pid --fork --kill-child sh -c '
        root=$1 command=$2
        shift 2
        mount -t proc proc "$root/proc" && mount --rbind /sys "$root/sys" &&
        mkdir -p "$root/dev/shm" && mount -t tmpfs shm "$root/dev/shm" &&
        exec chroot "$root" env -i HOME=/srv TERM=dumb "$@" \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
            sh -c "$command"' sh "$1" "$2" $ways
}

# bare_pids ROOT NAME: programs called NAME that live in ROOT.
bare_pids() {
    for p in /proc/[0-9]*; do
        [ "$(cat "$p/comm" 2>/dev/null)" = "$2" ] || continue
        [ "$(readlink "$p/root" 2>/dev/null)" = "$1" ] && echo "${p#/proc/}"
    done
}
