// What is not sold, and what a manager may let pass all the same.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { day, fill } from './api/goods.mjs';
import { readJournal } from './api/journal.mjs';
import { Shop } from './api/shop.mjs';

let shop, goods, cashier, manager;
before(async () => {
  shop = await Shop.open({ discount_limit_cashier_percent: 5, discount_limit_manager_percent: 50 });
  goods = await fill(shop);
  cashier = shop.as('cashier');
  manager = shop.as('manager');
});
after(() => shop.close());

const line = (sku, qty, more = {}) => ({ product: goods.id[sku], qty, ...more });
const approval = (staff) => ({ staff, pin: shop.pins[staff] });
const lastRecord = async () =>
  readJournal((await manager.get('/api/v1/journal?limit=2000')).text).records.at(-1);

// A refusal writes nothing, and its sentence in both languages says `words`.
async function refuses(status, code, sell, ...words) {
  const { seq } = await lastRecord();
  for (const lang of ['vi', 'en']) {
    const told = await cashier.with({ 'accept-language': lang }).refused(status, code,
      sell(cashier.with({ 'accept-language': lang })));
    for (const word of words) assert.ok(told.detail.includes(word), told.detail);
  }
  assert.equal((await lastRecord()).seq, seq);
}

const vn = (d) => d.split('-').reverse().join('/');

test('not enough on the shelf is told with what is left', async () => {
  await refuses(409, 'stock_short', (c) => c.sell([line('TRA', 13)]), 'Trà sen Tây Hồ', '12', 'hộp');
  await refuses(409, 'stock_short', (c) => c.sell([line('BUOI', 30.501)]), '30,5', 'kg');
});

test('an exception without a manager is forbidden', async () => {
  await refuses(403, 'forbidden', (c) => c.sell([line('TRA', 13)], { override: ['stock_short'] }));
  await refuses(403, 'forbidden', (c) =>
    c.sell([line('TRA', 13)], { override: ['stock_short'], approval: approval(3) }));
  await refuses(401, 'pin_wrong', (c) =>
    c.sell([line('TRA', 13)], { override: ['stock_short'], approval: { staff: 2, pin: '0000' } }));
});

test('an approval alone lets nothing pass', async () => {
  await refuses(409, 'stock_short', (c) => c.sell([line('TRA', 13)], { approval: approval(2) }));
});

test("a manager's PIN at the till lets stock run short, and the journal says so", async () => {
  const done = await cashier.ok(201, cashier.sell([line('TRA', 13)],
    { override: ['stock_short'], approval: approval(2) }));
  assert.equal(done.approved_by, 2);
  assert.equal(done.staff, 6);
  assert.deepEqual(done.lines[0].lots.map((l) => l.qty).reduce((a, b) => a + b), 13);
  const { body } = await lastRecord();
  assert.deepEqual([body.manager, body.staff, body.override], [2, 6, ['stock_short']]);
  const balances = await manager.all(`/api/v1/stock?product=${goods.id.TRA}`);
  assert.deepEqual([balances[0].accounts.shelf, balances[0].accounts.counted,
    balances[0].accounts.sold], [0, -1, 13]);
});

test('a manager signed in lets it pass without a PIN', async () => {
  const done = await manager.ok(201, manager.sell([line('TRA', 1)], { override: ['stock_short'] }));
  assert.equal(done.approved_by, 7);
});

test('an exception that was not needed is not noted', async () => {
  const done = await manager.ok(201, manager.sell([line('MIEN', 1)], { override: ['stock_short'] }));
  assert.ok(!('approved_by' in done));
});

test('a product without any lot cannot be conjured up', async () => {
  const made = await manager.ok(201, manager.post('/api/v1/products',
    { sku: 'KHONGLO', name: 'Chưa nhập bao giờ', unit: 'cái', price: 1000, vat_class: '8' }));
  await manager.refused(409, 'stock_short',
    manager.sell([{ product: made.id, qty: 1 }], { override: ['stock_short'] }));
});

test('an expired lot is refused, and a manager may let it pass', async () => {
  await refuses(409, 'lot_expired', (c) => c.sell([line('TRUNG', 2)]),
    'Trứng gà đồi Nắng Sớm', vn(day(-1)));
  const found = await manager.ok(200, manager.get(`/api/v1/products/${goods.id.TRUNG}`));
  assert.equal(found.stock, 0);
  const done = await cashier.ok(201, cashier.sell([line('TRUNG', 2)],
    { override: ['lot_expired'], approval: approval(2) }));
  assert.deepEqual(done.lines[0].lots, [{ lot: goods.lot['TR-CU'], qty: 2 }]);
  assert.equal(done.approved_by, 2);
});

test('what is recalled is sold to nobody, by nobody', async () => {
  await refuses(409, 'recalled', (c) => c.sell([line('NEM', 1)]), 'Nem phùng Ô Diên');
  await manager.refused(409, 'recalled', manager.sell([line('NEM', 1)], { override: ['withdrawn'] }));
  await cashier.refused(409, 'recalled', cashier.sell([line('NEM', 1)],
    { override: ['withdrawn', 'stock_short', 'lot_expired'], approval: approval(1) }));
});

test('a withdrawn certificate needs a manager, and the receipt freezes the state', async () => {
  await refuses(409, 'withdrawn', (c) => c.sell([line('RUOU', 1)]), 'Rượu nếp cái hoa vàng');
  const done = await cashier.ok(201, cashier.sell([line('RUOU', 1)],
    { override: ['withdrawn'], approval: approval(2) }));
  assert.deepEqual([done.lines[0].ocop.status, done.lines[0].ocop.cert], ['withdrawn', 21]);
});

test('expired and suspended certificates are sold and frozen as such', async () => {
  const done = await manager.ok(201, manager.sell([line('TRA', 1), line('BUOI', 1)],
    { override: ['stock_short'] }));
  assert.deepEqual(done.lines.map((l) => l.ocop.status), ['expired', 'suspended']);
  assert.equal(done.lines[0].ocop.valid_until, day(-10));
});

test('what is retired, or has no price, is not sold', async () => {
  await refuses(409, 'product_retired', (c) => c.sell([line('CU', 1)]), 'Hàng ngừng bán');
  await refuses(409, 'price_missing', (c) => c.sell([{ product: 'p_1', qty: 1 }]), 'Hàng chưa có giá');
});

test('a discount ends at the limit of the role', async () => {
  const off = (discount, more) => [[line('MAT', 1, { discount })], more]; // 100.000
  await refuses(409, 'discount_limit', (c) => c.sell(...off(5001)), '5%');
  assert.equal((await cashier.ok(201, cashier.sell(...off(5000)))).total, 95000);
  const let_ = await cashier.ok(201, cashier.sell(...off(30000,
    { override: ['discount_limit'], approval: approval(2) })));
  assert.deepEqual([let_.total, let_.approved_by], [70000, 2]);
  assert.equal((await manager.ok(201, manager.sell(...off(50000)))).total, 50000);
  await manager.refused(409, 'discount_limit', manager.sell(...off(50001)));
  for (const who of [cashier, manager])
    await who.refused(409, 'discount_limit', who.sell(...off(50001,
      { override: ['discount_limit'], approval: approval(1) })));
  await manager.refused(400, 'field_value', manager.sell(...off(100001, { override: ['discount_limit'] })));
});

test('what costs nothing needs no payment', async () => {
  const gift = await manager.ok(201, manager.post('/api/v1/products', { sku: 'QUA', name: 'Túi giấy',
    unit: 'cái', price: 0, vat_class: '8', kind: 'service' }));
  const done = await cashier.ok(201, cashier.sell([{ product: gift.id, qty: 2 }], { payments: [] }));
  assert.deepEqual([done.total, done.change, done.payments], [0, 0, []]);
});

test('pieces are sold whole, weighed goods by the gram', async () => {
  await refuses(400, 'field_value', (c) => c.sell([line('MIEN', 1.5)]), 'gói');
  await refuses(400, 'field_value', (c) => c.sell([line('MIEN', 0)]));
  await refuses(400, 'field_value', (c) => c.sell([line('BUOI', 0.0005)]));
  const done = await cashier.ok(201, cashier.sell([line('BUOI', 1.234)]));
  assert.deepEqual([done.lines[0].qty, done.total], [1.234, 55530]); // 45.000 * 1,234
});

test('a till without an open shift sells nothing', async () => {
  await refuses(409, 'shift_closed', (c) => c.sell([line('MIEN', 1)], { till: '2' }), '2');
  await refuses(400, 'field_missing', (c) => c.post('/api/v1/sales',
    { lines: [line('MIEN', 1)], payments: [] }, 'a'.repeat(16)));
});

test('unknown codes and ids are told by what was asked', async () => {
  await refuses(404, 'not_found', (c) => c.sell([{ code: '8934567890137', qty: 1 }]), '8934567890137');
  await refuses(404, 'not_found', (c) => c.sell([{ product: 'p_999', qty: 1 }]));
  await refuses(400, 'field_value', (c) => c.sell([{ code: '8930000000996', qty: 1 }]), '8930000000996');
});

test('five wrong PINs of an approval lock, and say for how long', async () => {
  const wrong = () => cashier.sell([line('MIEN', 1)],
    { override: ['stock_short'], approval: { staff: 1, pin: '9999' } });
  for (let i = 0; i < 5; i++) {
    const told = await wrong();
    if (told.status === 503) break;
    assert.equal(told.json.code, 'pin_wrong', told.what);
  }
  const locked = await cashier.refused(503, 'locked', wrong());
  assert.match(locked.detail, /\d+ giây/);
});
