// Finding what to sell: search as you type, and what a scan means.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { day, fill } from './api/goods.mjs';
import { Shop } from './api/shop.mjs';

let shop, goods, cashier, viewer;
before(async () => {
  shop = await Shop.open();
  goods = await fill(shop);
  cashier = shop.as('cashier');
  viewer = shop.as('viewer');
  // Sold most is found first; the daemon counts in its own time (see the end).
  for (let i = 0; i < 3; i++)
    await cashier.ok(201, cashier.sell([{ product: goods.id.MATNHO, qty: 1 }]));
});
after(() => shop.close());

const found = async (q, more = '') => (await viewer.ok(200,
  viewer.get(`/api/v1/products?q=${encodeURIComponent(q)}${more}`))).items.map((p) => p.sku);
const scan = (code) => viewer.get(`/api/v1/products/by-code/${encodeURIComponent(code)}`);

test('a product is found as the contract shows it', async () => {
  const page = await viewer.ok(200, viewer.get('/api/v1/products?q=mien'));
  assert.equal(page.cursor, null);
  assert.equal(page.items.length, 1);
  const { ocop, barcodes, ...rest } = page.items[0];
  assert.deepEqual(rest, { id: goods.id.MIEN, sku: 'MIEN', name: 'Miến Minh Dương', unit: 'gói',
    price: 60000, stock: 45, kind: 'piece', vat_class: '8', registry_id: 'VN01-000101',
    packs: [{ code: '8930000900036', qty: 20 }], retired: false });
  assert.deepEqual(barcodes.sort(), ['8930000900036', '8934567890120']);
  assert.deepEqual(ocop, { id: 'VN01-000101', cert: 17, stars: 4, status: 'in_force',
    valid_until: day(400), recall: 'none', list_seq: 1 });
});

test('accents are optional, and any way of typing them is right', async () => {
  for (const q of ['miến minh dương', 'mien minh duong', 'MIẾN', 'Mien Minh', 'miến'.normalize('NFD'),
    '  mien   minh  ', 'minh dương', 'mi', 'm d', 'duong'])
    assert.deepEqual((await found(q)).filter((s) => s === 'MIEN'), ['MIEN'], q);
  for (const q of ['gác bếp', 'gac bep', 'thịt trâu', 'trau'])
    assert.deepEqual(await found(q), ['THIT'], q);
  for (const q of ['đồi', 'doi', 'ĐỒI', 'dồi']) assert.deepEqual(await found(q), ['TRUNG'], q);
});

test('beginnings of words, initials, SKU and barcode find it', async () => {
  for (const q of ['mmd', 'MMD', 'mien', '8934567890120', '89345678901', '8930000900036'])
    assert.deepEqual(await found(q), ['MIEN'], q);
  assert.deepEqual(await found('tsth'), ['TRA']);
  assert.deepEqual((await found('matnho')), ['MATNHO']);
  assert.deepEqual(await found('inh'), []); // not the middle of a word
  assert.deepEqual(await found('khong co gi'), []);
  assert.deepEqual(await found('***'), []);
});

test('what looks like a query of the database is a few words', async () => {
  for (const q of ['"', "' OR 1=1 --", 'mien* OR tra', 'NEAR(mien tra)', 'fold:mien', '-mien', '^mien',
    'mien AND', '('.repeat(50), 'x'.repeat(200), '🙂', '\\', '%', '_'])
    assert.ok(Array.isArray(await found(q)), q);
  await viewer.refused(400, 'field_value', viewer.get(`/api/v1/products?q=${'x'.repeat(201)}`));
});

test('what is retired is not offered', async () => {
  assert.deepEqual(await found('hang ngung ban'), []);
  const one = await viewer.ok(200, viewer.get(`/api/v1/products/${goods.id.CU}`));
  assert.equal(one.retired, true);
});

test('pages of the catalogue join without a gap', async () => {
  const all = (await viewer.all('/api/v1/products')).map((p) => p.sku);
  assert.equal(all.length, 11);
  assert.deepEqual((await viewer.all('/api/v1/products', 1)).map((p) => p.sku), all);
  assert.deepEqual((await viewer.all('/api/v1/products?q=m', 2)).map((p) => p.sku),
    await found('m', '&limit=200'));
});

test('a GTIN means its product, in every width it may be scanned', async () => {
  for (const code of ['8934567890120', '08934567890120']) {
    const is = await viewer.ok(200, scan(code));
    assert.deepEqual([is.code, is.kind, is.items.length, is.items[0].qty, is.items[0].product.id],
      [code, 'gtin', 1, 1, goods.id.MIEN]);
    assert.deepEqual([is.lot, is.expires], [null, null]);
  }
});

test('a pack means so many of its product', async () => {
  const is = await viewer.ok(200, scan('8930000900036'));
  assert.deepEqual([is.items[0].qty, is.items[0].product.sku], [20, 'MIEN']);
  const done = await cashier.ok(201, cashier.sell([{ code: '8930000900036' }]));
  assert.equal(done.lines[0].qty, 20);
  const two = await cashier.ok(201, cashier.sell([{ code: '8930000900036', qty: 1 }]));
  assert.equal(two.lines[0].qty, 20);
});

test("the scale's label means its product and weight", async () => {
  const label = '2000101012504'; // 2 0 00101 01250 and the check digit
  const is = await viewer.ok(200, scan(label));
  assert.deepEqual([is.kind, is.items[0].qty, is.items[0].product.sku], ['in_store', 1.25, 'BUOI']);
  const done = await cashier.ok(201, cashier.sell([{ code: label }]));
  assert.deepEqual([done.lines[0].qty, done.total], [1.25, 56250]);
  await viewer.refused(404, 'not_found', scan('2000101012503')); // a digit misread
});

test('a GS1 element string and a Digital Link carry lot and expiry', async () => {
  const gs = '\x1d';
  for (const code of [`0108934567890120${'10'}M-SOM`, `]C10108934567890120` + '10M-SOM',
    `010893456789012017281231${'10'}M-SOM`, `010893456789012010M-SOM${gs}17281231`,
    'https://id.gs1.org/01/08934567890120/10/M-SOM?17=281231',
    'https://truy-xuat.example/01/08934567890120/10/M-SOM?17=281231']) {
    const is = await viewer.ok(200, scan(code));
    assert.deepEqual([is.items[0].product.sku, is.lot], ['MIEN', 'M-SOM'], code);
    assert.equal(is.expires, code.includes('17') ? '2028-12-31' : null, code);
  }
  const month = await viewer.ok(200, scan('010893456789012017280200'));
  assert.equal(month.expires, '2028-02-29'); // day 00: the month's last
});

test('one code of two products is a choice, never a guess', async () => {
  const is = await viewer.ok(200, scan('8930000000996'));
  assert.deepEqual(is.items.map((i) => i.product.sku).sort(), ['MAT', 'MATNHO']);
});

test('an SKU typed is taken too', async () => {
  assert.equal((await viewer.ok(200, scan('TRA'))).items[0].product.sku, 'TRA');
});

test('foreign codes are named, not guessed', async () => {
  const { detail } = await viewer.refused(404, 'not_found', scan('8934567890137'));
  assert.match(detail, /8934567890137/);
  for (const code of ['00020101021238540010A00000072701240006970416', 'https://example.vn/truy-xuat?x=1',
    'http://127.0.0.1:8090/r#0478507461070054500', 'http://127.0.0.1:8090/p#123', 'không có', '0', '²', 'a/b', 'x'.repeat(200)])
    await viewer.refused(404, 'not_found', scan(code));
});

test('what sells most comes first', { timeout: 90000 }, async () => {
  // The daemon counts what was sold when it starts, and now and then.
  await shop.restart();
  const first = async () => (await found('mat ong'))[0];
  for (let i = 0; i < 160 && (await first()) !== 'MATNHO'; i++)
    await new Promise((done) => setTimeout(done, 500));
  assert.deepEqual(await found('mat ong'), ['MATNHO', 'MAT']);
});
