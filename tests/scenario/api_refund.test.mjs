// Giving back: POST /api/v1/sales/{receipt_no}/refunds.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newKey } from './api/client.mjs';
import { fill } from './api/goods.mjs';
import { readJournal } from './api/journal.mjs';
import { Shop } from './api/shop.mjs';

let shop, goods, cashier, manager;
before(async () => {
  shop = await Shop.open();
  goods = await fill(shop);
  cashier = shop.as('cashier');
  manager = shop.as('manager');
});
after(() => shop.close());

const line = (sku, qty, more = {}) => ({ product: goods.id[sku], qty, ...more });
const stock = async (sku) =>
  (await manager.ok(200, manager.get(`/api/v1/products/${goods.id[sku]}`))).stock;
const sold = async (lines, more) =>
  (await cashier.ok(201, cashier.sell(lines, more))).receipt_no;
const give = (no, lines, more = {}, key = newKey()) => cashier.refund(no, { lines, ...more }, key);
const lastRecord = async () =>
  readJournal((await manager.get('/api/v1/journal?limit=2000')).text).records.at(-1);
const balance = async (sku) => {
  const all = await manager.all(`/api/v1/stock?product=${goods.id[sku]}`);
  const sum = {};
  for (const { accounts } of all)
    for (const [name, n] of Object.entries(accounts)) sum[name] = (sum[name] ?? 0) + n;
  return sum;
};

test('lines go back to the shelf or to damaged, with a receipt of their own', async () => {
  const before_ = await balance('MAT');
  const no = await sold([line('MAT', 5), line('VE', 2)]);
  const done = await cashier.ok(201, give(no, [{ line: 1, qty: 2, to: 'shelf' }]));
  assert.deepEqual([done.kind, done.of, done.total, done.paid, done.change, done.note],
    ['refund', no, 200000, 200000, 0, 'Khách trả lại']);
  assert.notEqual(done.receipt_no, no);
  assert.deepEqual(done.payments, [{ method: 'cash', amount: 200000, tendered: 200000 }]);
  const [l] = done.lines;
  assert.deepEqual([l.line, l.of_line, l.product, l.qty, l.price, l.amount, l.vat.amount],
    [1, 1, goods.id.MAT, 2, 100000, 200000, 18182]);
  assert.deepEqual(l.lots, [{ lot: goods.lot.MAT, qty: 2, to: 'shelf' }]);
  const broken = await cashier.ok(201, give(no,
    [{ line: 1, qty: 1, to: 'damaged' }, { line: 2, qty: 2 }], { method: 'transfer' }));
  assert.deepEqual(broken.payments, [{ method: 'transfer', amount: 200000 }]);
  assert.deepEqual(broken.lines[0].lots, [{ lot: goods.lot.MAT, qty: 1, to: 'damaged' }]);
  assert.deepEqual(broken.lines[1].lots, []);
  const now = await balance('MAT');
  assert.equal(now.shelf, before_.shelf - 3);
  assert.equal(now.damaged, before_.damaged + 1);
  assert.equal(now.sold, before_.sold + 2);
});

test('the record of a refund names the receipt it gives back', async () => {
  const no = await sold([line('MAT', 1)]);
  const done = await cashier.ok(201, give(no, [{ line: 1, qty: 1 }]));
  const { seq, kind, body } = await lastRecord();
  assert.deepEqual([kind, seq, body.of, body.receipt_no, body.total, body.lines.length],
    ['refund', done.journal.seq, no, done.receipt_no, 100000, 1]);
  assert.deepEqual([typeof body.staff, String(body.till)], ['number', '1']);
});

test('never more than sold less already refunded', async () => {
  const no = await sold([line('MAT', 3)]);
  await cashier.ok(201, give(no, [{ line: 1, qty: 2 }]));
  const told = await cashier.refused(409, 'refund_exceeds', give(no, [{ line: 1, qty: 2 }]));
  assert.equal(told.errors[0].path, 'lines[0].qty');
  assert.match(told.detail, /1/);
  assert.match(told.detail, new RegExp(no));
  await cashier.ok(201, give(no, [{ line: 1, qty: 1 }]));
  await cashier.refused(409, 'refund_exceeds', give(no, [{ line: 1, qty: 1 }]));
  await cashier.refused(409, 'refund_exceeds', cashier.refund(no, {}));
});

test('eight refunds at the same moment give back what was sold, once', async () => {
  const no = await sold([line('MAT', 4)]);
  const all = await Promise.all(Array.from({ length: 8 }, () => give(no, [{ line: 1, qty: 1 }])));
  const statuses = all.map((a) => a.status).sort();
  assert.deepEqual(statuses, [201, 201, 201, 201, 409, 409, 409, 409]);
  for (const one of all.filter((a) => a.status === 409))
    assert.equal(one.json.code, 'refund_exceeds');
});

test('one refund repeated under its key is given once', async () => {
  const no = await sold([line('MAT', 4)]);
  const key = newKey();
  const left = await stock('MAT');
  const all = await Promise.all(Array.from({ length: 6 }, () =>
    give(no, [{ line: 1, qty: 2 }], {}, key)));
  assert.equal(all.filter((a) => a.status === 201).length, 1);
  for (const again of all.filter((a) => a.status !== 201)) {
    assert.equal(again.status, 200);
    assert.equal(again.headers.get('idempotent-replayed'), 'true');
  }
  assert.equal(new Set(all.map((a) => a.text)).size, 1);
  assert.equal(await stock('MAT'), left + 2);
  await cashier.refused(422, 'idempotency_key_reused', give(no, [{ line: 1, qty: 1 }], {}, key));
  await cashier.refused(400, 'key_missing', give(no, [{ line: 1, qty: 1 }], {}, null));
});

test('without lines all that is left is given back', async () => {
  const no = await sold([line('MAT', 2), line('MIEN', 6), line('BUOI', 0.5)]);
  await cashier.ok(201, give(no, [{ line: 2, qty: 4, to: 'damaged' }]));
  const rest = await cashier.ok(201, cashier.refund(no, {}));
  assert.deepEqual(rest.lines.map((l) => [l.of_line, l.qty]), [[1, 2], [2, 2], [3, 0.5]]);
});

test('parts add up to the dong, discount and VAT too', async () => {
  const no = await sold([line('THIT', 0.7, { discount: 1111 })]);
  const whole = await manager.ok(200, manager.get(`/api/v1/sales/${no}`));
  let amount = 0, vat = 0;
  for (const qty of [0.1, 0.233, 0.367]) {
    const part = await cashier.ok(201, give(no, [{ line: 1, qty }]));
    amount += part.total;
    vat += part.lines[0].vat.amount;
  }
  assert.deepEqual([amount, vat], [whole.total, whole.lines[0].vat.amount]);
});

test('what cannot be given back is refused by name', async () => {
  const no = await sold([line('MAT', 2)]);
  const refund = await cashier.ok(201, give(no, [{ line: 1, qty: 1 }]));
  await cashier.refused(404, 'not_found', give('0101-999999', [{ line: 1, qty: 1 }]));
  await cashier.refused(404, 'not_found', give('0102-000001', [{ line: 1, qty: 1 }]));
  await cashier.refused(404, 'not_found', give(refund.receipt_no, [{ line: 1, qty: 1 }]));
  const cases = [
    [{ lines: [{ line: 2, qty: 1 }] }, 'field_value', 'lines[0].line'],
    [{ lines: [{ line: 1, qty: 1 }, { line: 1, qty: 1 }] }, 'field_value', 'lines[1].line'],
    [{ lines: [{ line: 1, qty: 0 }] }, 'field_value', 'lines[0].qty'],
    [{ lines: [{ line: 1, qty: 1, to: 'sold' }] }, 'field_value', 'lines[0].to'],
    [{ lines: [] }, 'field_value', 'lines'],
    [{ lines: [{ line: 1 }] }, 'field_missing', 'lines[0].qty'],
    [{ method: 'card' }, 'field_value', 'method'],
    [{ reason: '' }, 'field_value', 'reason'],
    [{ reason: 7 }, 'field_type', 'reason'],
    [{ total: 1 }, 'field_unknown', 'total'],
  ];
  for (const [body, code, path] of cases) {
    const told = await cashier.refused(400, code, cashier.refund(no, body));
    assert.deepEqual(told.errors, [{ path, code }], JSON.stringify(body));
  }
});

test('goods sold by the piece go back in whole pieces', async () => {
  const no = await sold([line('MAT', 2)]);
  const told = await cashier.refused(400, 'field_value', give(no, [{ line: 1, qty: 0.5 }]));
  assert.equal(told.errors[0].path, 'lines[0].qty');
});

test('a refund needs an open shift where it is given', async () => {
  const no = await sold([line('MAT', 1)]);
  await cashier.refused(409, 'shift_closed', cashier.refund(no, { till: '2' }));
  await cashier.ok(201, cashier.post('/api/v1/shifts', { till: '2', float: 0 }));
  const done = await cashier.ok(201, cashier.refund(no, { till: '2' }));
  assert.equal(done.till, '2');
});
