// The lists, the journal, the stream of events, the measurements.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newKey } from './api/client.mjs';
import { Listener } from './api/events.mjs';
import { certified, day, fill } from './api/goods.mjs';
import { canonical, readJournal } from './api/journal.mjs';
import { Shop } from './api/shop.mjs';

let shop, goods, cashier, manager, viewer;
const receipts = []; // as they were answered
before(async () => {
  shop = await Shop.open();
  goods = await fill(shop);
  [cashier, manager, viewer] = ['cashier', 'manager', 'viewer'].map((r) => shop.as(r));
  for (let i = 0; i < 7; i++)
    receipts.push(await cashier.ok(201, cashier.sell([line('MAT', 1 + (i % 2))])));
  receipts.push(await cashier.ok(201, cashier.refund(receipts[0].receipt_no, {})));
});
after(() => shop.close());

const line = (sku, qty) => ({ product: goods.id[sku], qty });
const journal = async () => (await manager.get('/api/v1/journal?limit=2000')).text;
const headOf = ({ receipt_no, kind, at, till, staff, total, of }) =>
  ({ receipt_no, kind, ...(of ? { of } : {}), at, till, staff, total, copies: 0 });

test('receipts are listed newest first, page by page', async () => {
  const want = [...receipts].reverse().map(headOf);
  for (const limit of [200, 3, 1]) assert.deepEqual(await viewer.all('/api/v1/sales', limit), want);
  const page = await viewer.ok(200, viewer.get('/api/v1/sales?limit=8'));
  assert.equal(page.cursor, null);
});

test('receipts are found by day and by number', async () => {
  const nos = async (query) => (await viewer.all(`/api/v1/sales?${query}`)).map((r) => r.receipt_no);
  const all = [...receipts].reverse().map((r) => r.receipt_no);
  assert.deepEqual(await nos(`from=${day()}&to=${day()}`), all);
  assert.deepEqual(await nos(`from=${day(-30)}`), all);
  assert.deepEqual(await nos(`to=${day(-1)}`), []);
  assert.deepEqual(await nos(`from=${day(1)}`), []);
  assert.deepEqual(await nos(`q=${all[2]}`), [all[2]]);
  assert.deepEqual(await nos('q=3'), ['0101-000003']);
  assert.deepEqual(await nos(`q=3&to=${day(-1)}`), []);
  for (const q of ['0102-000003', '99', 'abc', '-', '0', '000003x', '%27'])
    assert.deepEqual(await nos(`q=${q}`), [], q);
});

test('a receipt looked up is the receipt that was answered', async () => {
  for (const one of receipts)
    assert.deepEqual(await viewer.ok(200, viewer.get(`/api/v1/sales/${one.receipt_no}`)), one);
  for (const no of ['0101-999999', '0101-1', '101-000001', 'x', '0101-000001x', '0102-000001', '0101-000000'])
    await viewer.refused(404, 'not_found', viewer.get(`/api/v1/sales/${no}`));
});

test('the list of the registry is here, with its age', async () => {
  const page = await viewer.ok(200, viewer.get('/api/v1/certified'));
  assert.deepEqual([page.list.lists, page.list.records], [1, certified().length]);
  assert.deepEqual(page.items.map((c) => [c.id, c.cert, c.status, c.recall]), [
    ['VN01-000101', 17, 'in_force', 'none'], ['VN01-000102', 18, 'expired', 'none'],
    ['VN01-000103', 19, 'suspended', 'none'], ['VN01-000104', 20, 'withdrawn', 'stop_sale'],
    ['VN01-000105', 21, 'withdrawn', 'none']]);
  assert.deepEqual(await viewer.all('/api/v1/certified', 2), page.items);
  for (const q of ['mien', 'Miến', 'MINH DUONG'])
    assert.deepEqual((await viewer.all(`/api/v1/certified?q=${encodeURIComponent(q)}`)).map((c) => c.cert), [17], q);
  assert.deepEqual(await viewer.all('/api/v1/certified?q=khong'), []);
});

test('without a registry nobody is asked, and what is here is told', async () => {
  const now = await viewer.ok(200, viewer.get('/api/v1/sync'));
  assert.deepEqual([now.registry_url, now.state, now.records, now.running, now.error, now.next_at],
    ['', 'fresh', certified().length, false, null, null]);
  assert.deepEqual([now.last_change.kind, now.last_change.new], ['list', certified().length]);
  await viewer.refused(403, 'forbidden', viewer.post('/api/v1/sync'));
  await manager.refused(409, 'not_configured', manager.post('/api/v1/sync'));
  assert.deepEqual((await viewer.all('/api/v1/sync/changes', 1)).map((c) => c.seq), [now.last_change.seq]);
  assert.deepEqual((await viewer.all('/api/v1/certified?status=withdrawn')).map((c) => c.cert), [20, 21]);
  await viewer.refused(400, 'field_value', viewer.get('/api/v1/certified?status=gone'));
});

test('the journal proves itself to a stranger', async () => {
  const { head, records } = readJournal(await journal());
  assert.equal(head.showroom, 101);
  assert.equal(head.keys.length, 1);
  assert.deepEqual([head.keys[0].number, head.keys[0].from], [1, 1]);
  assert.equal(records[0].kind, 'showroom');
  const numbers = records.filter((r) => r.kind === 'sale' || r.kind === 'refund').map((r) => r.body.receipt_no);
  assert.deepEqual(numbers, numbers.map((_, i) => `0101-${String(i + 1).padStart(6, '0')}`));
  for (const one of receipts) {
    const r = records[one.journal.seq - 1];
    assert.deepEqual([r.kind, r.hash, r.body.total], [one.kind, one.journal.hash, one.total]);
  }
  assert.doesNotMatch(JSON.stringify(records), /Chị Hà|Anh Minh|"Lan"|Kiểm thử|argon|ocop_/);
});

test('a journal with anything changed does not prove itself', async () => {
  const text = await journal();
  const lines = text.split('\n');
  const at = 20;
  const changed = [
    lines.map((l, i) => (i === at ? l.replace(/\d(?=\D*$)/, (d) => (Number(d) + 1) % 10) : l)),
    lines.map((l, i) => (i === at ? l.replace('"seq":', '"seq": ') : l)),
    lines.filter((_, i) => i !== at), [...lines.slice(0, at), lines[at + 1], lines[at], ...lines.slice(at + 2)],
    lines.map((l, i) => (i === at ? l.replace(/"body":\{"([a-z]+)":(\d+|"[^"]*"|true),/, '"body":{"$1":0,') : l)),
  ];
  for (const one of changed) assert.throws(() => readJournal(one.join('\n')));
  const b = JSON.parse(lines[at]).body;
  assert.equal(canonical(b), canonical(JSON.parse(canonical(b))));
});

test('the journal is read from any record on, so many at a time', async () => {
  const whole = (await journal()).trimEnd().split('\n');
  const joined = [];
  for (let from = 1; ; from = joined.length + 1) {
    const { text, headers } = await manager.get(`/api/v1/journal?from=${from}&limit=7`);
    assert.match(headers.get('content-type'), /^application\/x-ndjson/);
    const [head, ...records] = text.trimEnd().split('\n');
    assert.equal(head, whole[0]);
    joined.push(...records);
    if (records.length < 7) break;
  }
  assert.deepEqual(joined, whole.slice(1));
});

test('events tell what happened, and go on where they stopped, across a restart', async () => {
  const first = new Listener(shop, viewer.headers);
  await first.begun();
  const sale = await cashier.ok(201, cashier.sell([line('MAT', 1)]));
  const told = await first.next();
  assert.deepEqual([told.event, Number(told.id)], ['sale', sale.journal.seq]);
  assert.deepEqual(told.data, { seq: sale.journal.seq, kind: 'sale', receipt_no: sale.receipt_no,
    till: '1', total: sale.total, shift: 1 });
  first.end();

  const missed = [await cashier.ok(201, cashier.sell([line('MAT', 1)])),
    await cashier.ok(201, cashier.refund(sale.receipt_no, {}))];
  await shop.restart();
  missed.push(await cashier.ok(201, cashier.sell([line('MAT', 1)])));
  const again = new Listener(shop, { ...viewer.headers, 'last-event-id': told.id });
  for (const one of missed) {
    const { id, event, data } = await again.next();
    assert.deepEqual([Number(id), event, data.kind, data.receipt_no],
      [one.journal.seq, 'sale', one.kind, one.receipt_no]);
  }
  await manager.ok(201, manager.post('/api/v1/receivings',
    { supplier: 'Bãi Sông', lines: [line('MAT', 1)] }));
  assert.equal((await again.next()).event, 'stock');
  await manager.ok(200, manager.patch(`/api/v1/products/${goods.id.MAT}`, { price: 100000 }));
  assert.equal((await again.next()).event, 'stock');
  const opened = await cashier.ok(201, cashier.post('/api/v1/shifts', { till: '3', float: 0 }));
  const shift = await again.next();
  assert.deepEqual([shift.event, shift.data.kind, String(shift.data.till)], ['shift', 'shift_open', opened.till]);
  again.end();
});

test('a listener from another journal is told to begin anew', async () => {
  for (const id of ['999999', 'nonsense', '-1', '99999999999999999999999']) {
    const one = new Listener(shop, { ...viewer.headers, 'last-event-id': id });
    assert.equal((await one.next()).event, 'reset', id);
    one.end();
  }
});

test('the daemon ends although somebody listens', async () => {
  const one = new Listener(shop, viewer.headers);
  await one.begun();
  await shop.restart();
  await one.ended;
});

test('the measurements are of the form that Prometheus reads, and count', async () => {
  const read = async () => {
    const { status, text, headers } = await shop.as(null).get('/metrics');
    assert.equal(status, 200);
    assert.match(headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
    const values = {};
    for (const l of text.trimEnd().split('\n')) {
      if (/^# (HELP|TYPE) [a-z_]+ \S/.test(l)) continue;
      const m = /^([a-z_]+(?:\{[a-z]+="[^"]+"\})?) (-?\d+(?:\.\d+)?)$/.exec(l);
      assert.ok(m, l);
      assert.ok(!(m[1] in values), m[1]);
      values[m[1]] = Number(m[2]);
    }
    return values;
  };
  const a = await read();
  assert.equal(a.ocop_db_writable, 1);
  await cashier.ok(201, cashier.sell([line('MAT', 1)]));
  await cashier.refused(404, 'not_found', cashier.sell([{ product: 'p_999', qty: 1 }]));
  const b = await read();
  assert.equal(b.ocop_journal_seq, a.ocop_journal_seq + 1);
  assert.ok(b.ocop_db_writes_total > a.ocop_db_writes_total);
  assert.ok(b.ocop_db_refused_total > a.ocop_db_refused_total);
  assert.ok(b['ocop_http_requests_total{status="2xx"}'] > a['ocop_http_requests_total{status="2xx"}']);
  assert.equal(b['ocop_http_requests_total{status="4xx"}'], a['ocop_http_requests_total{status="4xx"}'] + 1);
});

test('keys of one kind are keys of all: a sale and a delivery do not share one', async () => {
  const key = newKey();
  await cashier.ok(201, cashier.sell([line('MAT', 1)], {}, key));
  await manager.refused(422, 'idempotency_key_reused',
    manager.post('/api/v1/receivings', { supplier: 'x', lines: [line('MAT', 1)] }, key));
});
