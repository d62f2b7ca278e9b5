// Bills kept by the daemon: scanned, changed, parked, taken to another till,
// taken back, sold in one write, thrown away; and kept whatever ends the daemon.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newKey } from './api/client.mjs';
import { Listener } from './api/events.mjs';
import { fill } from './api/goods.mjs';
import { readJournal } from './api/journal.mjs';
import { Shop } from './api/shop.mjs';

let shop, goods, cashier, manager, viewer;
before(async () => {
  shop = await Shop.open({ cash_rounding: 500 });
  goods = await fill(shop);
  cashier = shop.as('cashier');
  manager = shop.as('manager');
  viewer = shop.as('viewer');
});
after(() => shop.close());

const open = (more = {}) => cashier.ok(201, cashier.post('/api/v1/carts', { till: '1', ...more }));
const path = (cart) => `/api/v1/carts/${cart.id}`;
const patch = (cart, doing, op = newKey(), who = cashier) =>
  who.patch(path(cart), { version: cart.version, op, do: doing });
const change = async (cart, ...doing) => cashier.ok(200, patch(cart, doing));
const cash = [{ method: 'cash', tendered: 100000000 }];
const sell = (cart, more = {}, key = cart.key) => cashier.post('/api/v1/sales',
  { till: '1', cart: cart.id, cart_version: cart.version, payments: cash, ...more }, key);
const records = async () =>
  readJournal((await manager.get('/api/v1/journal?limit=2000')).text).records;
const drop = (cart, query = '') => cashier.call('DELETE', path(cart) + query);

test('a bill is scanned line by line and priced each time', async () => {
  let cart = await open({ label: 'Khách áo đỏ' });
  assert.deepEqual([cart.version, cart.state, cart.lines.length, cart.total], [1, 'open', 0, 0]);
  assert.match(cart.key, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  cart = await change(cart, { add: { code: '8934567890120' } });
  cart = await change(cart, { add: { code: '8934567890120', qty: 2 } });
  cart = await change(cart, { add: { code: '2100101012341' } }); // 1,234 kg by its label
  const [miến, bưởi] = cart.lines;
  assert.deepEqual([miến.line, miến.qty, miến.price, miến.amount, miến.stock], [1, 3, 60000, 180000, 45]);
  assert.equal(miến.ocop.stars, 4);
  assert.deepEqual([bưởi.line, bưởi.qty, bưởi.amount], [2, 1.234, 55530]);
  assert.deepEqual([cart.subtotal, cart.total, cart.rounded, cart.discount], [235530, 235530, 235500, null]);
  assert.deepEqual([cart.needs, cart.override, cart.notes], [null, [], []]);
  cart = await change(cart, { add: { code: '8930000900036' } }); // a pack of 20
  assert.equal(cart.lines[0].qty, 23);
  const seen = await viewer.ok(200, viewer.get(path(cart)));
  assert.deepEqual(seen, cart);
});

test('a code that nothing or several have leaves the bill as it was', async () => {
  const cart = await open();
  await cashier.refused(404, 'not_found', patch(cart, [{ add: { code: '8930000000002' } }]));
  const told = await cashier.refused(409, 'choose', patch(cart, [{ add: { code: '8930000000996' } }]));
  assert.deepEqual(told.items.map((i) => i.product.sku), ['MAT', 'MATNHO']);
  await cashier.refused(409, 'product_retired', patch(cart, [{ add: { product: goods.id.CU } }]));
  const after = await cashier.ok(200, cashier.get(path(cart)));
  assert.deepEqual(after, cart);
});

test('what a line lacks is said before it is sold', async () => {
  let cart = await open();
  cart = await change(cart, { add: { product: goods.id.NEM } }, { add: { product: goods.id.RUOU } },
    { add: { product: goods.id.TRUNG } }, { add: { product: goods.id.TRA, qty: 13 } },
    { add: { product: goods.id.VE } });
  const notes = cart.lines.map((l) => [l.notes, l.needs]);
  assert.deepEqual(notes, [[['recalled'], null], [['withdrawn'], 'manager'], [['expired'], 'manager'],
    [['short'], 'manager'], [[], null]]);
  assert.deepEqual(cart.override, ['stock_short', 'lot_expired', 'withdrawn']);
  assert.equal(cart.lines[4].stock, null);
  await manager.refused(409, 'recalled', manager.post('/api/v1/sales', { till: '1', cart: cart.id,
    cart_version: cart.version, payments: cash, override: cart.override }, cart.key));
});

test('the version is the one that was seen, and an op is done once', async () => {
  const cart = await open();
  const op = newKey();
  const doing = [{ add: { product: goods.id.MIEN } }];
  const one = await cashier.ok(200, patch(cart, doing, op));
  const again = await patch(cart, doing, op);
  assert.equal(again.headers.get('idempotent-replayed'), 'true');
  assert.deepEqual(again.json, one);
  await cashier.refused(422, 'idempotency_key_reused', patch(cart, [{ add: { product: goods.id.VE } }], op));
  const told = await cashier.refused(409, 'cart_changed', patch(cart, doing));
  assert.deepEqual(told.cart, one);
});

test('thirty changes of one version at once: one is made', async () => {
  const cart = await open();
  const all = await Promise.all(Array.from({ length: 30 }, () => patch(cart, [{ add: { product: goods.id.VE } }])));
  assert.deepEqual(all.map((a) => a.status).sort(), [200, ...Array(29).fill(409)]);
  assert.equal((await cashier.ok(200, cashier.get(path(cart)))).total, 50000);
});

test('discounts and agreed prices say what they need', async () => {
  let cart = await open();
  cart = await change(cart, { add: { product: goods.id.MIEN, qty: 2 } }, { add: { product: goods.id.VE } });
  cart = await change(cart, { discount: { percent: 5 } });
  assert.deepEqual([cart.subtotal, cart.discount, cart.total, cart.needs],
    [170000, { percent: 5, amount: 8500 }, 161500, null]);
  assert.deepEqual(cart.lines.map((l) => l.share), [6000, 2500]);
  cart = await change(cart, { discount: { amount: 20000 } });
  assert.deepEqual([cart.total, cart.needs, cart.override, cart.notes], [150000, 'manager', ['discount_limit'], ['discount']]);
  cart = await change(cart, { discount: null }, { line: 1, price: 55000 });
  assert.deepEqual([cart.lines[0].price, cart.lines[0].list_price, cart.override], [55000, 60000, ['price_override']]);
  await cashier.refused(409, 'price_override', sell(cart));
  await cashier.refused(403, 'forbidden', sell(cart, { override: ['price_override'] }));
  const sold = await manager.ok(201, manager.post('/api/v1/sales', { till: '1', cart: cart.id,
    cart_version: cart.version, payments: cash, override: ['price_override'] }, cart.key));
  assert.equal(sold.total, 160000);
  const body = (await records()).at(-1).body;
  assert.deepEqual([body.override, body.lines[0].price, body.lines[0].list_price], [['price_override'], 55000, 60000]);
  cart = await change(await open(), { add: { product: goods.id.VE } });
  await cashier.refused(400, 'field_value', patch(cart, [{ line: 1, discount: 50001 }]));
});

test('undo takes back change by change', async () => {
  let cart = await open();
  cart = await change(cart, { add: { product: goods.id.MIEN } }, { add: { product: goods.id.VE } });
  const full = cart;
  cart = await change(cart, { line: 1, remove: true }, { note: 'gói quà' });
  assert.deepEqual([cart.lines.map((l) => l.line), cart.note], [[2], 'gói quà']);
  cart = await change(cart, { undo: true });
  assert.deepEqual([cart.lines, cart.note], [full.lines, '']);
  cart = await change(cart, { undo: true });
  assert.deepEqual(cart.lines, []);
  await cashier.refused(409, 'undo_empty', patch(cart, [{ undo: true }]));
  await cashier.refused(400, 'field_value', patch(cart, [{ undo: true }, { note: 'x' }]));
});

test('parked, listed, taken to another till', async () => {
  let cart = await change(await open({ label: 'Đoàn Hải Phòng' }), { add: { product: goods.id.VE } });
  cart = await change(cart, { state: 'parked' });
  const parked = await cashier.all('/api/v1/carts?state=parked', 1);
  assert.deepEqual(parked.map((c) => [c.id, c.label, c.lines_count, c.total]), [[cart.id, 'Đoàn Hải Phòng', 1, 50000]]);
  cart = await change(cart, { till: '2' }, { state: 'open' });
  assert.deepEqual([cart.till, cart.state], ['2', 'open']);
  const there = await cashier.all('/api/v1/carts?till=2');
  assert.deepEqual(there.map((c) => c.id), [cart.id]);
  await cashier.refused(404, 'not_found', patch(cart, [{ till: '77' }]));
  await cashier.refused(403, 'forbidden', sell(cart)); // it is at till 2
  await cashier.refused(400, 'field_value', cashier.get('/api/v1/carts?state=sold'));
});

test('it is sold and gone in one write, once', async () => {
  let cart = await change(await open(), { add: { product: goods.id.MIEN } });
  const seen = cart;
  cart = await change(cart, { add: { product: goods.id.VE } });
  const told = await cashier.refused(409, 'cart_changed', sell(seen));
  assert.deepEqual(told.cart, cart);
  await cashier.refused(400, 'field_value', sell(cart, {}, newKey())); // not its key
  await cashier.refused(409, 'price_changed', sell(cart, { expected_total: 1 }));
  const all = await Promise.all(Array.from({ length: 10 }, () => sell(cart)));
  assert.deepEqual(all.map((a) => a.status).sort(), [...Array(9).fill(200), 201]);
  const [{ json: receipt }] = all;
  assert.ok(all.every((a) => a.json.receipt_no === receipt.receipt_no));
  assert.equal(receipt.total, 110000);
  for (const asked of [cashier.get(path(cart)), patch(cart, [{ note: '' }]), drop(cart),
    cashier.post('/api/v1/carts', { till: '1', key: cart.key })]) {
    const { args } = await cashier.refused(410, 'cart_sold', asked);
    assert.equal(args.receipt_no, receipt.receipt_no);
  }
});

test('a key opens one bill; an empty one is not sold', async () => {
  const key = newKey();
  const one = await open({ key });
  const again = await cashier.post('/api/v1/carts', { till: '1', key });
  assert.deepEqual([again.status, again.json], [200, one]);
  await cashier.refused(400, 'field_value', sell(one));
});

test('thrown away with goods on it, it stands in the journal', async () => {
  const before = (await records()).length;
  await cashier.ok(204, drop(await open()).then((a) => ({ ...a, json: null })));
  assert.equal((await records()).length, before);
  const cart = await change(await open(), { add: { product: goods.id.VE, qty: 3 } });
  await cashier.refused(409, 'cart_changed', drop(cart, '?version=1'));
  assert.equal((await drop(cart, `?version=${cart.version}`)).status, 204);
  const { kind, body } = (await records()).at(-1);
  assert.deepEqual([kind, body.till, body.total, body.lines], ['void', '1', 150000, 1]);
  await cashier.refused(404, 'not_found', cashier.get(path(cart)));
});

test('who may not is refused, and hostile input is', async () => {
  const cart = await open();
  await viewer.refused(403, 'forbidden', viewer.post('/api/v1/carts', { till: '1' }));
  await viewer.refused(403, 'forbidden', patch(cart, [{ note: 'x' }], newKey(), viewer));
  await viewer.refused(403, 'forbidden', viewer.call('DELETE', path(cart)));
  const bad = [[], [{}], [null], [{ add: {} }], [{ add: { code: 'x', product: 'p_1x' } }], [{ line: 0, qty: 1 }],
    [{ line: 1 }], [{ add: { product: goods.id.MIEN, qty: 0.5 } }], [{ add: { product: goods.id.MIEN, qty: -1 } }],
    [{ add: { product: goods.id.MIEN, qty: 1e12 } }], [{ discount: { percent: 101 } }], [{ discount: {} }],
    [{ discount: { percent: 5, amount: 5 } }], [{ state: 'sold' }], [{ state: 'waiting' }], [{ till: '0' }],
    [{ till: '256' }], [{ undo: false }], [{ note: 'x'.repeat(501) }], [{ label: 'đ'.repeat(61) }],
    [{ note: 'x', label: 'y' }], [{ add: { product: goods.id.MIEN }, note: 'x' }], [{ price: 1 }],
    Array(51).fill({ add: { product: goods.id.VE } })];
  for (const doing of bad) {
    const answer = await patch(cart, doing);
    assert.equal(answer.status, 400, answer.what);
  }
  for (const op of ['short', 'x'.repeat(65), 'with space in the op', 'dấu tiếng Việt ở đây', 7, null])
    assert.equal((await patch(cart, [{ note: 'x' }], op)).status, 400, String(op));
  for (const id of ['b_0', 'b_999999', 'p_1', 'b_9223372036854775808', '%00', 'b_1;drop'])
    assert.ok([400, 404].includes((await cashier.get(`/api/v1/carts/${id}`)).status), id);
  assert.deepEqual(await cashier.ok(200, cashier.get(path(cart))), cart);
});

test('two hundred lines, and not one more; two hundred bills, and not one more', async () => {
  let cart = await open();
  for (let i = 0; i < 4; i++) // each at a price of its own is a line of its own
    for (let k = 0; k < 50; k += 25)
      cart = await change(cart, ...Array.from({ length: 25 }, (_, n) => [{ add: { product: goods.id.VE } },
        { line: 50 * i + k + n + 1, price: 50000 + n }]).flat());
  assert.equal(cart.lines.length, 200);
  await cashier.refused(413, 'too_large', patch(cart, [{ add: { product: goods.id.MIEN } }]));
  const live = await cashier.all('/api/v1/carts');
  const extra = [];
  for (let i = live.length; i < 200; i++) extra.push(await open());
  await cashier.refused(413, 'too_large', cashier.post('/api/v1/carts', { till: '1' }));
  for (const one of extra) await drop(one);
});

test('listeners hear of every change', async () => {
  const stream = new Listener(shop, viewer.headers);
  await stream.begun();
  let cart = await open();
  cart = await change(cart, { add: { product: goods.id.VE } });
  await cashier.ok(201, sell(cart));
  const other = await change(await open(), { add: { product: goods.id.VE } });
  await drop(other);
  const told = [];
  do told.push(await stream.next()); while (told.at(-1).data.state !== 'void');
  const of = (id) => told.filter((e) => e.event === 'cart' && e.data.cart === id).map((e) => [e.data.version, e.data.state]);
  assert.deepEqual(of(cart.id), [[1, 'open'], [2, 'open'], [3, 'sold']]);
  assert.deepEqual(of(other.id), [[1, 'open'], [2, 'open'], [3, 'void']]);
  stream.end();
});

test('bills outlive the daemon, also one that is killed', async () => {
  let cart = await change(await open({ label: 'Mất điện' }), { add: { product: goods.id.MIEN } });
  cart = await change(cart, { discount: { percent: 2.5 } }, { state: 'parked' });
  shop.child.removeAllListeners('exit');
  const ended = new Promise((done) => shop.child.on('exit', done));
  shop.child.kill('SIGKILL');
  await ended;
  await shop.start();
  const after = await cashier.ok(200, cashier.get(path(cart)));
  assert.deepEqual(after, cart);
  const open_again = await change(after, { state: 'open' }, { line: 1, qty: 3 });
  const undone = await change(open_again, { undo: true });
  assert.equal(undone.lines[0].qty, 1);
});
