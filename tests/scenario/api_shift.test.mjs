// Shifts: float, blind count, X and Z, and what the drawer must hold.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { fill } from './api/goods.mjs';
import { readJournal } from './api/journal.mjs';
import { Shop } from './api/shop.mjs';

let shop, goods, cashier, manager;
before(async () => {
  shop = await Shop.open({ cash_rounding: 1000 });
  goods = await fill(shop);
  cashier = shop.as('cashier');
  manager = shop.as('manager');
});
after(() => shop.close());

const open = (till, float) => cashier.post('/api/v1/shifts', { till, float });
const close = (id, counted) => cashier.post(`/api/v1/shifts/${id}/close`, { counted });
const report = (id) => cashier.ok(200, cashier.get(`/api/v1/shifts/${id}/report`));
const lastRecord = async () =>
  readJournal((await manager.get('/api/v1/journal?limit=2000')).text).records.at(-1);
const HIDDEN = ['cash', 'counted', 'expected', 'difference', 'closed_by', 'closed_at'];

test('a till has one open shift', async () => {
  const one = await cashier.ok(201, open('2', 300000));
  assert.deepEqual([one.state, one.float, one.till, one.opened_by, one.sales], ['open', 300000, '2', 6, 0]);
  const told = await cashier.refused(409, 'shift_open', open('2', 0));
  assert.match(told.detail, /2/);
  await cashier.ok(200, close(one.id, 300000));
  await cashier.refused(409, 'shift_closed', close(one.id, 300000));
  await cashier.ok(201, open('2', 0)); // and now it may have another
});

test('a shift is opened only at a till that is there', async () => {
  const { detail } = await cashier.refused(404, 'not_found', open('77', 0));
  assert.match(detail, /77/);
});

test('one till opened eight times at once has one shift', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => open('3', 0)));
  assert.deepEqual(all.map((a) => a.status).sort(), [201, ...Array(7).fill(409)]);
});

test('the sums of a shift are those of its receipts', async () => {
  const sell = async (lines, payments) =>
    cashier.ok(201, cashier.sell(lines, { payments }));
  const at = (sku, qty, more = {}) => ({ product: goods.id[sku], qty, ...more });
  const cash = (tendered) => ({ method: 'cash', tendered });
  const transfer = (amount) => ({ method: 'transfer', amount, reference: 'FT' });
  // 45.000 a kg: 1,234 kg are 55.530, in cash 56.000
  const a = await sell([at('BUOI', 1.234)], [cash(100000)]);
  assert.deepEqual([a.total, a.rounding, a.paid, a.change], [55530, 470, 56000, 44000]);
  const b = await sell([at('MAT', 2)], [transfer(150000), cash(50000)]);
  assert.deepEqual([b.total, b.rounding, b.change], [200000, 0, 0]);
  const c = await sell([at('BUOI', 0.5)], [transfer(22500)]); // a transfer is exact
  assert.deepEqual([c.total, c.rounding, c.paid], [22500, 0, 22500]);
  const d = await sell([at('BUOI', 0.7)], [transfer(11000), cash(50000)]); // 31.500, 20.500 in cash
  assert.deepEqual([d.total, d.rounding, d.paid, d.change], [31500, 500, 32000, 29000]);
  const back = await cashier.ok(201, cashier.refund(b.receipt_no, { lines: [{ line: 1, qty: 1 }] }));
  assert.equal(back.total, 100000);
  const wire = await cashier.ok(201, cashier.refund(c.receipt_no, { method: 'transfer' }));
  assert.equal(wire.total, 22500);
});

test('while it is open the count is blind: X tells no cash', async () => {
  const { report: kind, shift } = await report(goods.shift);
  assert.equal(kind, 'X');
  for (const name of HIDDEN) assert.ok(!(name in shift), name);
  assert.deepEqual([shift.sales, shift.sales_total, shift.refunds, shift.refund_total, shift.transfer, shift.rounding],
    [4, 55530 + 200000 + 22500 + 31500, 2, 122500, 150000 + 22500 + 11000 - 22500, 470 + 500]);
});

test('closed it tells what was in the drawer, and what was to be', async () => {
  const cash = 56000 + 50000 + 21000 - 100000;
  const done = await cashier.ok(200, close(goods.shift, 500000 + cash - 3000));
  assert.deepEqual([done.state, done.cash, done.expected, done.counted, done.difference, done.closed_by],
    ['closed', cash, 500000 + cash, 500000 + cash - 3000, -3000, 6]);
  const z = await report(goods.shift);
  assert.equal(z.report, 'Z');
  const { pending, ...closed } = done;
  assert.deepEqual([z.shift, z.pending, z.notes], [closed, pending, []]);
  const { kind, body } = await lastRecord();
  assert.deepEqual([kind, body.counted, body.expected], ['shift_close', 500000 + cash - 3000, 500000 + cash]);
  await cashier.refused(409, 'shift_closed', cashier.sell([{ product: goods.id.MAT, qty: 1 }]));
});

test('shifts are listed newest first, by till, and those that are open', async () => {
  const viewer = shop.as('viewer');
  const all = await viewer.all('/api/v1/shifts');
  assert.deepEqual(await viewer.all('/api/v1/shifts', 1), all);
  const ids = all.map((s) => Number(s.id.slice(2)));
  assert.deepEqual(ids, [...ids].sort((x, y) => y - x));
  assert.deepEqual((await viewer.all('/api/v1/shifts?till=1')).map((s) => s.id), [goods.shift]);
  const running = await viewer.all('/api/v1/shifts?open=1', 1);
  assert.deepEqual(running.map((s) => s.till).sort(), ['2', '3']);
  assert.ok(running.every((s) => HIDDEN.every((name) => !(name in s))));
});

test('what a shift may not be is refused by name', async () => {
  for (const [body, code, path] of [[{ till: '1' }, 'field_missing', 'float'], [{ float: 0 }, 'field_missing', 'till'],
    [{ till: '1', float: -1 }, 'field_value', 'float'], [{ till: '1', float: '5' }, 'field_type', 'float'],
    [{ till: '1', float: 0, note: '' }, 'field_unknown', 'note']]) {
    const told = await cashier.refused(400, code, cashier.post('/api/v1/shifts', body));
    assert.deepEqual(told.errors, [{ path, code }]);
  }
  await cashier.refused(404, 'not_found', close('s_999', 0));
  await cashier.refused(404, 'not_found', close('1', 0));
  await cashier.refused(400, 'field_missing', cashier.post('/api/v1/shifts/s_1/close', {}));
  await cashier.refused(404, 'not_found', cashier.get('/api/v1/shifts/s_999/report'));
});
