// Requests that were right once, with a few bytes changed: the daemon answers
// each with what the description says, never with a fault of its own, and its
// books are right afterwards.  Chance is the same in every run; OCOP_LONG asks
// for more of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newKey } from './api/client.mjs';
import { day, fill } from './api/goods.mjs';
import { Shop } from './api/shop.mjs';

const ROUNDS = process.env.OCOP_LONG ? 20000 : 1000;

let shop, goods, owner, no;
before(async () => {
  shop = await Shop.open({ bank_bin: '970415', bank_account: '1020304050' });
  goods = await fill(shop);
  owner = shop.as('owner');
  no = (await owner.ok(201, owner.sell([{ product: goods.id.MAT, qty: 9 }]))).receipt_no;
});
after(() => shop.close());

let state = 20261122n;
function random(below) {
  state ^= state >> 12n;
  state = (state ^ (state << 25n)) & 0xffffffffffffffffn;
  state ^= state >> 27n;
  return Number((state * 0x2545f4914f6cdd1dn >> 16n) % BigInt(below));
}
const pick = (list) => list[random(list.length)];

const PIECES = ['"', '{', '}', '[', ']', ',', ':', '\\', '\\u0000', '\\ud800', '-', '0', '9', '1e9', '.', 'null', 'true', '""',
  '{}', '[]', '\0', '\xff', '\xc3', '\x1d', 'ộ', '🙂', '\u0301', ' ', '\n', '99999999999999999999', '-1', 'p_', 'l_1', '%00', "'"];

// One to four changes: a piece put in, bytes taken out, doubled, or turned.
function bent(text) {
  let bytes = Buffer.from(text);
  for (let n = 1 + random(4); n > 0; n--) {
    const at = random(bytes.length + 1);
    const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)];
    const way = random(4);
    if (way === 0) bytes = Buffer.concat([head, Buffer.from(pick(PIECES), 'latin1'), tail]);
    else if (way === 1) bytes = Buffer.concat([head, tail.subarray(1 + random(6))]);
    else if (way === 2) bytes = Buffer.concat([head, tail.subarray(0, random(20)), tail]);
    else if (at < bytes.length) bytes = Buffer.concat([head, Buffer.from([random(256)]), tail.subarray(1)]);
  }
  return bytes;
}

const encoded = (bytes) => [...bytes].map((b) => (/[\w.~-]/.test(String.fromCharCode(b))
  ? String.fromCharCode(b) : `%${b.toString(16).padStart(2, '0')}`)).join('');

const line = (more) => ({ product: goods.id.MAT, qty: 1, ...more });
const WRITES = () => [
  ['POST', '/api/v1/sales', { till: '1', lines: [line({ lot: goods.lot.MAT, discount: 10 }), { code: '2000101012504' }],
    payments: [{ method: 'cash', tendered: 900000 }, { method: 'transfer', amount: 1000, reference: 'FT1' }],
    customer: null, note: 'ghi chú', override: ['stock_short'] }],
  ['POST', `/api/v1/sales/${no}/refunds`, { lines: [{ line: 1, qty: 1, to: 'damaged' }], method: 'cash', reason: 'vỡ' }],
  ['POST', '/api/v1/receivings', { supplier: 'Bãi Sông', note: '', lines: [line({ lot: 'A1', expires: day(9), cost: 5, agreement: null })] }],
  ['POST', '/api/v1/products', { sku: `R${random(1e6)}`, name: 'Tên', unit: 'cái', price: 1000, vat_class: '8', kind: 'piece',
    barcodes: [{ code: '8930000000507', qty: 1 }], registry_id: null }],
  ['PATCH', `/api/v1/products/${goods.id.TRA}`, { name: 'Trà sen', price: 1, barcodes: [{ code: '1', qty: 0.5 }], retired: false }],
  ['POST', '/api/v1/shifts', { till: '3', float: 1 }],
  ['POST', '/api/v1/transfers', { cart: 'b_1', till: '1', amount: 5000, key: newKey() }],
  ['POST', `/api/v1/transfers/t_${1 + random(3)}/confirm`, { approval: { staff: 3, pin: '3456' } }],
  ['POST', `/api/v1/shifts/s_${1 + random(3)}/close`, { counted: 5 }],
  ['POST', `/api/v1/shifts/s_${1 + random(3)}/close`, { counted: { 500000: 2, 500: 3 } }],
  ['POST', `/api/v1/shifts/s_${1 + random(3)}/cash`, { out: 5000, reason: 'trả ship' }],
  ['POST', '/api/v1/drawer/open', { till: '3', reason: 'đổi tiền' }],
];

const READS = () => ['/api/v1/products?q=', '/api/v1/products?limit=', '/api/v1/products?cursor=', '/api/v1/products/',
  '/api/v1/products/by-code/', '/api/v1/sales?q=', '/api/v1/sales?from=', '/api/v1/sales?cursor=', '/api/v1/sales/', '/api/v1/stock?product=',
  '/api/v1/stock?cursor=', '/api/v1/stock?low=', '/api/v1/stock/', '/api/v1/shifts?till=', '/api/v1/shifts/s_1/cash?limit=', '/api/v1/certified?q=', '/api/v1/certified?cursor=',
  '/api/v1/journal?from=', '/api/v1/transfers/t_', '/api/v1/transfers?state=', '/api/v1/transfers?cursor=',
  '/api/v1/bank-notices?state=', '/api/v1/', '/assets/', '/'];
const VALUES = () => ['miến minh dương', goods.id.MAT, '8934567890120', no, '2026-11-22', '12', '1-1', '0108934567890120' + '10AB\x1d17271231',
  'https://id.gs1.org/01/08934567890120/10/A?17=261231', '00020101021138540010A000000727', 'receipt.png'];

function calm(answer) {
  assert.ok(answer.status < 500 || answer.json?.code === 'busy', answer.what);
  return answer.status;
}

test('bodies with a few bytes changed', { timeout: 600000 }, async () => {
  const seen = new Map();
  for (let i = 0; i < ROUNDS; i += 4) {
    await Promise.all([0, 1, 2, 3].map(async () => {
      const [method, path, body] = pick(WRITES());
      const status = calm(await owner.call(method, path, bent(JSON.stringify(body)), { 'idempotency-key': newKey() }));
      seen.set(status, (seen.get(status) ?? 0) + 1);
    }));
  }
  assert.ok(seen.get(400) > ROUNDS / 3 && seen.get(201) > 0, JSON.stringify([...seen]));
});

test('addresses and queries with a few bytes changed', { timeout: 600000 }, async () => {
  for (let i = 0; i < ROUNDS; i += 4)
    await Promise.all([0, 1, 2, 3].map(async () =>
      calm(await owner.get(pick(READS()) + encoded(bent(pick(VALUES())))))));
});

test('headers that mean something else', async () => {
  const long = 'x'.repeat(5000);
  for (const headers of [{ 'accept-language': long }, { 'accept-language': ',;q=,;;=' }, { 'idempotency-key': long }, { cookie: long },
    { cookie: 'ocop_session=;;;=; ocop_device="x' }, { 'last-event-id': long }, { authorization: long }, { 'x-csrf-token': long },
    { 'if-none-match': long }, { origin: 'null' }, { 'x-forwarded-proto': long }, { 'content-type': long }])
    for (const path of ['/api/v1/products', '/', '/healthz', '/metrics'])
      calm(await owner.with(headers).get(path));
  assert.equal((await owner.get('/healthz')).json.status, 'ok');
});
