# The daemon sells while its printer comes and goes; nobody gives it a command.
token=$(cat /data/token)
keys=0

# api METHOD PATH [BODY]: the reply in /run/reply.
api() {
    keys=$((keys + 1))
    curl -sS --fail-with-body -m 60 -o /run/reply -X "$1" ${3:+-d "$3"} \
        -H "Authorization: Bearer $token" -H "Content-Type: application/json" \
        -H "Idempotency-Key: vm-printing-$(printf %08d $keys)" \
        "http://127.0.0.1:8080/api/v1$2" 2>>/run/api.log && return 0
    { echo "$*:" && cat /run/reply; } >>/run/api.log
    return 1
}
# field NAME: of the reply, the first of that name.
field() {
    sed -E "s/.*\"$1\":\"?([^\",}]*).*/\1/" /run/reply
}
# asks PATH PATTERN: the API's reply to PATH has PATTERN.
asks() { api GET "$1" && grep -qE "$2" /run/reply; }

serves() { curl -s -f -o /dev/null http://127.0.0.1:8080/healthz; }
sell() { # sets $receipt
    api POST /sales '{"till":"1","lines":[{"code":"8934567890120","qty":1}],
        "payments":[{"method":"cash","tendered":100000}]}' &&
        receipt=$(field receipt_no)
}
preview() { # FILE
    api GET "/sales/$receipt/receipt.png" && mv /run/reply "/out/$1.png"
}
count_of() { # NAME: of the printer's own count
    dev gadget count
    echo "$answer" | tr ' ' '\n' | sed -n "s/^$1=//p"
}

# printed SENTENCE NAME N: the N-th slip is the receipt sold last.
printed() {
    check "$1" within 30 has_slips gadget "$3"
    slip gadget "$2"
    preview "$2"
    same "$1: the dots of its preview" "$2.pbm" "$2.png"
}

start() {
    ocop-posd --config /data/pos.conf 2>/run/posd.log &
    posd=$!
    within 60 serves || bail "the daemon does not serve" "$(cat /run/posd.log)"
}

sells() {
    n=$(slips gadget) pulses=$(count_of pulses) copies=$(slips usbip)
    check "a sale is made" sell
    printed "the receipt comes out" sold $((n + 1))
    check "the drawer is opened once" \
        [ "$(count_of pulses)" = $((pulses + 1)) ]
    check "the copy comes out on the other printer" \
        within 30 has_slips usbip $((copies + 1))
}

# Gone before the sale: nothing of its slip has left.
waits() {
    n=$(slips gadget) pulses=$(count_of pulses) copies=$(slips usbip)
    unplug gadget
    check "an unplugged printer is told within 2 s" \
        within 2 asks /printers '"state":"gone"'
    ocop-pos --config /data/pos.conf --json printer status >/run/asked.log 2>&1
    has "ocop-pos asks the daemon and is told so too" /run/asked.log \
        '"printer":"receipt"[^}]*"state":"gone"' \
        '"printer":"copy"[^}]*"state":"ready"'
    check "a sale is made without a printer" sell
    sleep 20 # the drawer is too late after 15
    check "the other printer prints its copy all the same" \
        within 30 has_slips usbip $((copies + 1))
    check "its slip waits" asks "/print-jobs?state=queued" "$receipt"
    plug_daemon
    printed "plugged in again, the waiting slip comes out by itself" \
        waited $((n + 1))
    check "the drawer is not opened that late" \
        [ "$(count_of pulses)" = "$pulses" ]
}

# usblp holds it for a moment only: the daemon takes it.
plug_daemon() { dev gadget plug && within 10 is_plugged F0001; }

# Gone in mid-slip: nobody knows what is on the paper.
unknown() {
    dev gadget "vanish 20000"
    sell
    lost=$receipt
    within 30 is_unplugged F0001
    plug_daemon
    check "a slip that was cut off is asked about, not printed again" \
        within 30 asks "/print-jobs?state=unknown" \
        "\"receipt_no\":\"$lost\".*\"asked\":true"
    job=$(field id)
    n=$(slips gadget)
    sell
    # The half slip is cut off from it.
    printed "the next receipt is printed meanwhile" next $((n + 2))
    n=$(slips gadget)
    check "the answer that it is not on paper is taken" \
        api POST "/print-jobs/$job/answer" '{"printed":false}'
    check "and it is printed again" within 30 has_slips gadget $((n + 1))
    slip gadget again # the host reads its heading
    check "nothing is asked any more" asks_nothing
}
asks_nothing() {
    api GET "/print-jobs?state=unknown" && ! grep -q '"asked":true' /run/reply
}

stop() {
    kill -TERM "$posd"
    wait "$posd"
    check "the daemon ends well" [ "$?" = 0 ]
    check "and gives the printer back to usblp" within 10 has_usblp F0001
}

start
sells
waits
unknown
stop
