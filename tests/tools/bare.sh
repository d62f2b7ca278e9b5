# tests/tools/bare.sh - a bare Debian 12 in a folder, for tests that need one.
# Packages come from wherever this machine gets its own.

# The first source of bookworm that apt knows here.
bare_mirror() {
    apt-get indextargets --format '$(CREATED_BY) $(CODENAME) $(REPO_URI)' |
        awk '$1 == "Packages" && $2 == "bookworm" { print $3; exit }'
}

# bare_make ROOT: debootstrap's smallest system, reaching packages as we do.
bare_make() {
    debootstrap --variant=minbase bookworm "$1" "$(bare_mirror)" \
        >"$1.log" 2>&1 || {
        tail -n 5 "$1.log"
        return 1
    }
    cp -a /etc/apt/. "$1/etc/apt/"
    cp -L /etc/resolv.conf "$1/etc/resolv.conf"
    [ ! -f "$HOME/.npmrc" ] || cp "$HOME/.npmrc" "$1/etc/npmrc"
    [ ! -f "${NODE_EXTRA_CA_CERTS:-}" ] ||
        cp "$NODE_EXTRA_CA_CERTS" "$1/etc/extra-ca.crt"
}

# bare_clone SOURCE ROOT: what is committed in SOURCE, in /srv/ocop-pos, and
# the data that stands beside a checkout.
bare_clone() {
    git clone -q "$1" "$2/srv/ocop-pos" || return 1
    [ ! -d "$1/../shared" ] || cp -a "$1/../shared" "$2/srv/shared"
}

# in_bare ROOT COMMAND: a shell there, with nothing of our environment; its
# mounts and programs vanish with it.  The network is this machine's.
in_bare() {
    unshare --mount --pid --fork --kill-child sh -c '
        mount -t proc proc "$0/proc" &&
        mkdir -p "$0/dev/shm" && mount -t tmpfs shm "$0/dev/shm" &&
        exec chroot "$0" env -i HOME=/root TERM=dumb NPM_CONFIG_GLOBALCONFIG=/etc/npmrc \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
            NODE_EXTRA_CA_CERTS=/etc/extra-ca.crt sh -c "$1"' "$1" "$2"
}

# bare_pids ROOT NAME: programs called NAME that live in ROOT.
bare_pids() {
    for p in /proc/[0-9]*; do
        [ "$(cat "$p/comm" 2>/dev/null)" = "$2" ] || continue
        [ "$(readlink "$p/root" 2>/dev/null)" = "$1" ] && echo "${p#/proc/}"
    done
}
