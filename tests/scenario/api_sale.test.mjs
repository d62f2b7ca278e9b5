// Selling, as contract/api.md says it: POST /api/v1/sales.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newKey } from './api/client.mjs';
import { day, fill } from './api/goods.mjs';
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

const product = (sku) => manager.ok(200, manager.get(`/api/v1/products/${goods.id[sku]}`));
const stock = async (sku) => (await product(sku)).stock;
const line = (sku, qty, more = {}) => ({ product: goods.id[sku], qty, ...more });
const journal = async () =>
  readJournal((await manager.get('/api/v1/journal?limit=2000')).text);
const lastRecord = async () => (await journal()).records.at(-1);

/** VAT inside an amount: total less round half up of total / (1 + rate). */
const vatOf = (amount, percent) => {
  const [a, r] = [BigInt(amount), BigInt(percent)];
  return amount - Number((a * 200n + (100n + r)) / (2n * (100n + r)));
};

const contractBody = () => ({
  till: '1',
  lines: [{ code: '8934567890120', qty: 2 },
    { product: goods.id.THIT, qty: 0.75, lot: goods.lot['TH-1'], discount: 5000 }],
  payments: [{ method: 'cash', tendered: 500000 },
    { method: 'transfer', amount: 120000, reference: 'K7Q2M' }],
  expected_total: 583000, customer: null, note: '',
});

test('the body of the contract is answered with the values of the contract', async () => {
  const done = await cashier.ok(201, cashier.post('/api/v1/sales', contractBody(), newKey()));
  const { journal: at, verify_url, lines, payments, at: when, ...rest } = done;
  assert.deepEqual(rest, { receipt_no: '0101-000001', kind: 'sale', till: '1', staff: 6,
    shift: goods.shift, total: 583000, paid: 583000, change: 37000, rounding: 0, note: '' });
  assert.ok(Math.abs(Date.parse(when) - Date.now()) < 60000, when);
  assert.match(verify_url, /^http:\/\/127\.0\.0\.1:8090\/r#\d{200,302}$/);
  assert.deepEqual(payments, [{ method: 'cash', amount: 463000, tendered: 500000 },
    { method: 'transfer', amount: 120000, reference: 'K7Q2M' }]);
  const [mien, thit] = lines;
  const { rate } = mien.vat; // 8 % is law until the end of 2026
  assert.ok(rate === (day() < '2027-01-01' ? 8 : 10), `${rate}`);
  assert.deepEqual(mien, { line: 1, product: goods.id.MIEN, name: 'Miến Minh Dương', unit: 'gói',
    qty: 2, price: 60000, discount: 0, amount: 120000,
    vat: { class: '8', rate, amount: vatOf(120000, rate) },
    lots: [{ lot: goods.lot['M-SOM'], qty: 2 }],
    ocop: { id: 'VN01-000101', cert: 17, stars: 4, status: 'in_force',
      valid_until: day(400), list_seq: 1 } });
  if (rate === 8) assert.equal(mien.vat.amount, 8889);
  assert.deepEqual(thit, { line: 2, product: goods.id.THIT, name: 'Thịt trâu gác bếp', unit: 'kg',
    qty: 0.75, price: 624000, discount: 5000, amount: 463000,
    vat: { class: '10', rate: 10, amount: vatOf(463000, 10) },
    lots: [{ lot: goods.lot['TH-1'], qty: 0.75 }], ocop: null });
  const record = await lastRecord();
  assert.deepEqual([record.seq, record.hash], [at.seq, at.hash]);
  assert.equal(await stock('MIEN'), 43);
  assert.equal(await stock('THIT'), 19.25);
});

test('a journal record of a sale holds what the contract names', async () => {
  const { kind, body } = await lastRecord();
  assert.equal(kind, 'sale');
  assert.equal(body.receipt_no, '0101-000001');
  assert.equal(body.total, 583000);
  assert.equal(body.staff, 6);
  assert.equal(String(body.till), '1');
  assert.equal(body.lines.length, 2);
  assert.doesNotMatch(JSON.stringify(body), /Kiểm thử|Lan|Hùng/);
});

test('the same key and body: the same answer, 200, nothing twice', async () => {
  const key = newKey();
  const first = await cashier.sell([line('MAT', 3)], {}, key);
  assert.equal(first.status, 201);
  assert.equal(first.headers.get('idempotent-replayed'), null);
  const left = await stock('MAT');
  const { seq } = await lastRecord();
  for (let i = 0; i < 3; i++) {
    if (i === 2) await shop.restart();
    const again = await cashier.sell([line('MAT', 3)], {}, key);
    assert.equal(again.status, 200);
    assert.equal(again.headers.get('idempotent-replayed'), 'true');
    assert.deepEqual(again.json, first.json);
  }
  assert.equal(await stock('MAT'), left);
  assert.equal((await lastRecord()).seq, seq);
});

test('the same key with another body is refused and writes nothing', async () => {
  const key = newKey();
  await cashier.ok(201, cashier.sell([line('MAT', 1)], {}, key));
  const { seq } = await lastRecord();
  const other = await cashier.refused(422, 'idempotency_key_reused',
    cashier.sell([line('MAT', 2)], {}, key));
  assert.match(other.detail, /hóa đơn|đơn/u);
  await cashier.refused(422, 'idempotency_key_reused',
    cashier.refund('0101-000001', { lines: [{ line: 1, qty: 1, to: 'shelf' }] }, key));
  assert.equal((await lastRecord()).seq, seq);
});

test('one key from eight clients at the same moment sells once', async () => {
  const key = newKey();
  const left = await stock('MAT');
  const all = await Promise.all(Array.from({ length: 8 }, () =>
    cashier.sell([line('MAT', 1)], {}, key)));
  assert.equal(all.filter((a) => a.status === 201).length, 1);
  assert.equal(all.filter((a) => a.status === 200).length, 7);
  assert.equal(new Set(all.map((a) => a.text)).size, 1);
  assert.equal(await stock('MAT'), left - 1);
});

test('a key is 16 to 64 visible ASCII characters', async () => {
  for (const key of ['a'.repeat(15), 'a'.repeat(65), `${'a'.repeat(20)} b`])
    await cashier.refused(400, 'key_missing', cashier.sell([line('MAT', 1)], {}, key));
  await cashier.refused(400, 'key_missing',
    cashier.post('/api/v1/sales', contractBody()));
  for (const key of ['0123456789abcde~', `!${'k'.repeat(62)}~`])
    await cashier.ok(201, cashier.sell([line('MAT', 1)], {}, key));
});

test('another total than expected: 409 with the new lines, nothing sold', async () => {
  await manager.ok(200, manager.patch(`/api/v1/products/${goods.id.MAT}`, { price: 110000 }));
  const { seq } = await lastRecord();
  const told = await cashier.refused(409, 'price_changed',
    cashier.sell([line('MAT', 2)], { expected_total: 200000 }));
  assert.equal(told.total, 220000);
  assert.equal(told.lines.length, 1);
  const { price, amount, qty, vat } = told.lines[0];
  assert.deepEqual([price, amount, qty, vat.amount], [110000, 220000, 2, 20000]);
  assert.match(told.detail, /220\.000/);
  assert.equal((await lastRecord()).seq, seq);
  const done = await cashier.ok(201,
    cashier.sell([line('MAT', 2)], { expected_total: 220000 }));
  assert.equal(done.total, 220000);
});

test('what the browser says of prices and tax is not even read', async () => {
  for (const extra of [{ price: 1 }, { amount: 1 }, { vat: 0 }, { name: 'x' }]) {
    const told = await cashier.refused(400, 'field_unknown',
      cashier.sell([line('MAT', 1, extra)]));
    assert.deepEqual(told.errors, [{ path: `lines[0].${Object.keys(extra)[0]}`,
      code: 'field_unknown' }]);
  }
  await cashier.refused(400, 'field_unknown', cashier.sell([line('MAT', 1)], { total: 5 }));
});

test('first expiring first out, over several lots, unless a lot is named', async () => {
  const some = await cashier.ok(201, cashier.sell([line('MIEN', 4)]));
  assert.deepEqual(some.lines[0].lots, [{ lot: goods.lot['M-SOM'], qty: 3 },
    { lot: goods.lot['M-MUON'], qty: 1 }]);
  const named = await cashier.ok(201,
    cashier.sell([line('MIEN', 1, { lot: goods.lot['M-MUON'] })]));
  assert.deepEqual(named.lines[0].lots, [{ lot: goods.lot['M-MUON'], qty: 1 }]);
  const wrong = await cashier.refused(400, 'field_value',
    cashier.sell([line('MIEN', 1, { lot: goods.lot['TH-1'] })]));
  assert.equal(wrong.errors[0].path, 'lines[0].lot');
  await cashier.refused(404, 'not_found', cashier.sell([line('MIEN', 1, { lot: 'l_9999' })]));
});

test('two lines of one bill share what is left', async () => {
  const left = await stock('MATNHO');
  await cashier.refused(409, 'stock_short',
    cashier.sell([line('MATNHO', left - 1), line('MATNHO', 2)]));
  await cashier.ok(201, cashier.sell([line('MATNHO', left - 1), line('MATNHO', 1)]));
  assert.equal(await stock('MATNHO'), 0);
});

test('several payments: cash takes what transfers leave', async () => {
  const pay = (payments) => cashier.sell([line('MAT', 1)], { payments }); // 110.000
  const transfer = (amount) => ({ method: 'transfer', amount, reference: 'FT1' });
  const cash = (tendered) => ({ method: 'cash', tendered });
  const done = await cashier.ok(201, pay([transfer(40000), cash(50000), cash(50000)]));
  assert.deepEqual([done.paid, done.change], [110000, 30000]);
  assert.deepEqual(done.payments.map((p) => p.amount), [40000, 50000, 20000]);
  assert.equal((await cashier.ok(201, pay([transfer(110000)]))).change, 0);
  assert.equal((await cashier.ok(201, pay([cash(110000)]))).change, 0);

  const short = await cashier.refused(409, 'paid_short', pay([cash(100000)]));
  assert.match(short.detail, /10\.000/);
  await cashier.refused(409, 'paid_short', pay([transfer(109999)]));
  await cashier.refused(409, 'paid_short', pay([]));
  const over = await cashier.refused(409, 'paid_over', pay([transfer(110001)]));
  assert.match(over.detail, /1\s₫/u);
  await cashier.refused(400, 'field_value', pay([{ method: 'card', amount: 1 }]));
});
