// The catalogue, goods received, and what stands where.
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

const make = (more = {}) => manager.post('/api/v1/products',
  { sku: 'MOI', name: 'Hàng mới', unit: 'cái', price: 1000, vat_class: '8', kind: 'piece',
    barcodes: [], registry_id: null, ...more });
const change = (id, body) => manager.patch(`/api/v1/products/${id}`, body);
const get = (id) => manager.ok(200, manager.get(`/api/v1/products/${id}`));
const receive = (lines, more = {}, key = null) => manager.post('/api/v1/receivings',
  { supplier: 'Hợp tác xã Bãi Sông', lines, note: '', ...more }, key);
const records = async () => readJournal((await manager.get('/api/v1/journal?limit=2000')).text).records;

test('the body of the contract makes a product', async () => {
  const made = await manager.ok(201, make({ sku: 'TM-01', name: 'Tỏi đen Lý Sơn', price: 395000,
    barcodes: [{ code: '8930000000507', qty: 1 }, { code: '18930000000504', qty: 12 }],
    registry_id: 'VN01-000101' }));
  assert.match(made.id, /^p_\d+$/);
  const { id, ocop, ...rest } = made;
  assert.deepEqual(rest, { sku: 'TM-01', name: 'Tỏi đen Lý Sơn', unit: 'cái', kind: 'piece',
    vat_class: '8', price: 395000, stock: 0, barcodes: ['8930000000507', '18930000000504'],
    packs: [{ code: '18930000000504', qty: 12 }], registry_id: 'VN01-000101', retired: false });
  assert.equal(ocop.cert, 17);
  assert.deepEqual(await get(id), made);
  const kinds = (await records()).slice(-2).map((r) => r.kind);
  assert.deepEqual(kinds, ['product', 'price']);
});

test('a product says piece, weighed, basket or service', async () => {
  for (const kind of ['piece', 'weighed', 'basket', 'service'])
    assert.equal((await manager.ok(201, make({ sku: `K-${kind}`, kind }))).kind, kind);
  assert.equal((await manager.ok(201, make({ sku: 'K-', kind: undefined }))).kind, 'piece');
  assert.equal((await manager.ok(201, make({ sku: 'K-s', kind: 'service' }))).stock, null);
});

test('text is kept in one form: NFC, without controls, trimmed', async () => {
  const made = await manager.ok(201, make({ sku: ' SP\t9 ', name: ' Nước\nmắm '.normalize('NFD') }));
  assert.deepEqual([made.sku, made.name], ['SP 9', 'Nước mắm']);
});

test('what a product may not be is refused by name', async () => {
  const cases = [
    [{ sku: undefined }, 'field_missing', 'sku'], [{ name: undefined }, 'field_missing', 'name'],
    [{ unit: undefined }, 'field_missing', 'unit'], [{ price: undefined }, 'field_missing', 'price'],
    [{ vat_class: undefined }, 'field_missing', 'vat_class'], [{ sku: ' ' }, 'field_value', 'sku'],
    [{ price: -1 }, 'field_value', 'price'], [{ price: 1.5 }, 'field_type', 'price'],
    [{ price: '1000' }, 'field_type', 'price'], [{ price: 2 ** 41 }, 'field_value', 'price'],
    [{ vat_class: '9' }, 'field_value', 'vat_class'], [{ kind: 'box' }, 'field_value', 'kind'],
    [{ name: 'x'.repeat(241) }, 'field_value', 'name'], [{ sku: 'x'.repeat(41) }, 'field_value', 'sku'],
    [{ barcodes: [{ code: '' }] }, 'field_value', 'barcodes[0].code'],
    [{ barcodes: [{ code: '1', qty: 0 }] }, 'field_value', 'barcodes[0].qty'],
    [{ barcodes: ['8930000000507'] }, 'field_type', 'barcodes[0]'],
    [{ barcodes: Array(33).fill({ code: '1' }) }, 'field_value', 'barcodes'],
    [{ stock: 5 }, 'field_unknown', 'stock'], [{ barcodes: [{ code: '1', n: 1 }] }, 'field_unknown', 'barcodes[0].n'],
  ];
  for (const [body, code, path] of cases) {
    const told = await manager.refused(400, code, make({ sku: 'XAU', ...body }));
    assert.deepEqual(told.errors, [{ path, code }], JSON.stringify(body));
  }
});

test('an SKU belongs to one product', async () => {
  const told = await manager.refused(409, 'exists', make({ sku: 'MIEN' }));
  assert.equal(told.errors[0].path, 'sku');
  assert.match(told.detail, /MIEN/);
  await manager.refused(409, 'exists', change(goods.id.TRA, { sku: 'MIEN' }));
});

test('a change changes what it names and nothing else', async () => {
  const { id } = await manager.ok(201, make({ sku: 'DOI', barcodes: [{ code: '8930000000606' }] }));
  let now = await get(id);
  const steps = [{ name: 'Tên khác' }, { unit: 'hộp' }, { price: 2500 }, { vat_class: '10' },
    { kind: 'weighed' }, { retired: true }, { retired: false }, { sku: 'DOI-2' },
    { barcodes: [{ code: '8930000000705', qty: 6 }] }, { barcodes: [] },
    { registry_id: 'VN01-000102' }, { registry_id: null }];
  for (const step of steps) {
    const after_ = await manager.ok(200, change(id, step));
    const want = { ...now, ...step };
    if (step.barcodes) {
      want.barcodes = step.barcodes.map((b) => b.code);
      want.packs = step.barcodes.map(({ code, qty }) => ({ code, qty }));
    }
    if ('registry_id' in step)
      want.ocop = step.registry_id ? after_.ocop : null;
    assert.deepEqual(after_, want, JSON.stringify(step));
    assert.equal(after_.ocop?.id ?? null, after_.registry_id);
    now = after_;
  }
  assert.deepEqual(await get(id), now);
  await manager.ok(200, change(id, {}));
});

test('an empty name is no name, and an unknown product no product', async () => {
  for (const body of [{ name: '' }, { sku: '' }, { unit: ' ' }]) {
    const told = await manager.refused(400, 'field_value', change(goods.id.TRA, body));
    assert.equal(told.errors[0].path, Object.keys(body)[0]);
  }
  await manager.refused(404, 'not_found', change('p_9999', { name: 'x' }));
  for (const id of ['p_0', 'p_', 'x_1', 'p_01', 'p_1x', `p_${'9'.repeat(30)}`])
    await manager.refused(404, 'not_found', manager.get(`/api/v1/products/${id}`));
});

test('goods received stand on the shelf, lot by lot', async () => {
  const { id } = await manager.ok(201, make({ sku: 'NHAP' }));
  const done = await manager.ok(201, receive([
    { product: id, qty: 40, lot: 'LO2025A1', expires: '2099-02-28', cost: 41000, agreement: null },
    { product: id, qty: 2 }], { note: 'Giao buổi sáng' }));
  assert.match(done.id, /^r_\d+$/);
  assert.deepEqual([done.supplier, done.note, done.staff], ['Hợp tác xã Bãi Sông', 'Giao buổi sáng', 7]);
  const [a, b] = done.lines;
  assert.deepEqual({ ...a, lot: 0 }, { line: 1, product: id, lot: 0, lot_code: 'LO2025A1',
    expires: '2099-02-28', qty: 40, cost: 41000 });
  assert.deepEqual([b.lot_code, b.expires, b.cost], [null, null, 0]);
  assert.equal((await get(id)).stock, 42);
  const last = (await records()).at(-1);
  assert.deepEqual([last.kind, last.seq], ['receiving', done.seq]);
  const more = await manager.ok(201, receive([
    { product: id, qty: 1, lot: 'LO2025A1', expires: '2099-02-28', cost: 41000 },
    { product: id, qty: 1, lot: 'LO2025A1', expires: '2099-03-01', cost: 41000 }]));
  assert.equal(more.lines[0].lot, a.lot); // the same lot grows
  assert.notEqual(more.lines[1].lot, a.lot);
});

test('goods received under a key come in once', async () => {
  const key = newKey();
  const lines = [{ product: goods.id.MAT, qty: 3 }];
  const { stock } = await get(goods.id.MAT);
  const all = await Promise.all(Array.from({ length: 5 }, () => receive(lines, {}, key)));
  assert.deepEqual(all.map((a) => a.status).sort(), [200, 200, 200, 200, 201]);
  assert.equal(new Set(all.map((a) => a.text)).size, 1);
  assert.equal(all.filter((a) => a.headers.get('idempotent-replayed') === 'true').length, 4);
  assert.equal((await get(goods.id.MAT)).stock, stock + 3);
  await manager.refused(422, 'idempotency_key_reused', receive([{ product: goods.id.MAT, qty: 4 }], {}, key));
  await manager.refused(400, 'key_missing', receive(lines, {}, 'short'));
  await manager.ok(201, receive(lines)); // without a key it is another delivery
  assert.equal((await get(goods.id.MAT)).stock, stock + 6);
});

test('what cannot be received is refused by name, and nothing comes in', async () => {
  const { seq } = (await records()).at(-1);
  const l = { product: goods.id.MIEN, qty: 1 };
  const cases = [
    [{ lines: [] }, 'field_value', 'lines'], [{ lines: undefined }, 'field_missing', 'lines'],
    [{ lines: [l], supplier: '' }, 'field_value', 'supplier'], [{ lines: [l], supplier: undefined }, 'field_missing', 'supplier'],
    [{ lines: [l, { ...l, qty: 1.5 }] }, 'field_value', 'lines[1].qty'],
    [{ lines: [{ ...l, qty: 0 }] }, 'field_value', 'lines[0].qty'], [{ lines: [{ ...l, qty: -1 }] }, 'field_value', 'lines[0].qty'],
    [{ lines: [{ ...l, expires: '2026-02-30' }] }, 'field_value', 'lines[0].expires'],
    [{ lines: [{ ...l, expires: '28/02/2027' }] }, 'field_value', 'lines[0].expires'],
    [{ lines: [{ ...l, cost: -1 }] }, 'field_value', 'lines[0].cost'], [{ lines: [{ ...l, agreement: 'a_1' }] }, 'field_value', 'lines[0].agreement'],
    [{ lines: [{ ...l, product: 'MIEN' }] }, 'field_value', 'lines[0].product'], [{ lines: [{ ...l, product: 2 }] }, 'field_type', 'lines[0].product'],
    [{ lines: [{ product: goods.id.VE, qty: 1 }] }, 'field_value', 'lines[0].qty'],
    [{ lines: Array(201).fill(l) }, 'field_value', 'lines'],
  ];
  for (const [body, code, path] of cases) {
    const told = await manager.refused(400, code, receive([l], body));
    assert.deepEqual(told.errors, [{ path, code }], JSON.stringify(body).slice(0, 100));
  }
  await manager.refused(404, 'not_found', receive([{ product: 'p_9999', qty: 1 }]));
  assert.equal((await records()).at(-1).seq, seq);
});

test('balances stand by lot and account, and their sum is zero', async () => {
  await cashier.ok(201, cashier.sell([{ product: goods.id.MIEN, qty: 7 }]));
  const lots = await manager.all(`/api/v1/stock?product=${goods.id.MIEN}`);
  assert.deepEqual(lots.map((l) => [l.lot_code, l.expires, l.accounts.shelf, l.accounts.sold, l.accounts.supplier]),
    [['M-SOM', day(10), 0, 5, -5], ['M-MUON', day(100), 38, 2, -40]]);
  const all = await manager.all('/api/v1/stock');
  assert.deepEqual(await manager.all('/api/v1/stock', 1), all);
  assert.deepEqual(await manager.all(`/api/v1/stock?product=${goods.id.MIEN}`, 1), lots);
  for (const { accounts, lot } of all)
    assert.equal(Object.values(accounts).reduce((a, n) => a + Math.round(n * 1000), 0), 0, lot);
});

test('the ledger behind a number adds up to it', async () => {
  const moves = await manager.all(`/api/v1/stock/${goods.id.MIEN}/moves`);
  assert.deepEqual(await manager.all(`/api/v1/stock/${goods.id.MIEN}/moves`, 1), moves);
  const shelf = moves.reduce((a, m) => a + (m.to === 'shelf' ? m.qty : 0) - (m.from === 'shelf' ? m.qty : 0), 0);
  assert.equal(shelf, (await get(goods.id.MIEN)).stock);
  const seqs = moves.map((m) => m.seq);
  assert.deepEqual(seqs, [...seqs].sort((a, b) => b - a)); // newest first
  const kind = new Map((await records()).map((r) => [r.seq, r.kind]));
  for (const m of moves)
    assert.equal(kind.get(m.seq), m.from === 'supplier' ? 'receiving' : 'sale');
  await manager.refused(404, 'not_found', manager.get('/api/v1/stock/p_9999/moves'));
  await manager.refused(404, 'not_found', manager.get('/api/v1/stock/MIEN/moves'));
});

test('what runs out is listed', async () => {
  const low = await manager.all('/api/v1/stock?low=7');
  assert.deepEqual(await manager.all('/api/v1/stock?low=7', 1), low);
  const of = Object.fromEntries(low.map((l) => [l.product, l.stock]));
  assert.equal(of[goods.id.NEM], 6);
  assert.equal(of[goods.id.TRUNG], 0); // only an expired lot
  assert.ok(!(goods.id.MIEN in of) && !(goods.id.VE in of) && !(goods.id.CU in of));
  const one = await manager.all(`/api/v1/stock?product=${goods.id.NEM}&low=7`);
  assert.deepEqual(one.map((l) => l.product), [goods.id.NEM]);
  assert.deepEqual(await manager.all(`/api/v1/stock?product=${goods.id.MIEN}&low=7`), []);
  for (const bad of ['MIEN', 'p_', 'p_0', 'p_2x', 'p_02', '2', ''])
    await manager.refused(400, 'field_value', manager.get(`/api/v1/stock?product=${bad}`));
});
