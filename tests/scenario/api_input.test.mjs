// Input nobody meant: told what is wrong by name, in two languages, and the
// daemon goes on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { newKey } from './api/client.mjs';
import { fill } from './api/goods.mjs';
import { readJournal } from './api/journal.mjs';
import { Shop } from './api/shop.mjs';

let shop, goods, cashier, manager, seq;
before(async () => {
  shop = await Shop.open();
  goods = await fill(shop);
  cashier = shop.as('cashier');
  manager = shop.as('manager');
  seq = await lastSeq();
});
after(async () => {
  assert.equal(await lastSeq(), seq, 'something was written');
  await cashier.ok(201, cashier.sell([{ product: goods.id.VE, qty: 1 }]));
  await shop.close();
});

const lastSeq = async () =>
  readJournal((await manager.get('/api/v1/journal?limit=2000')).text).records.at(-1).seq;
const sell = (body, headers = {}) => cashier.call('POST', '/api/v1/sales', body,
  { 'idempotency-key': newKey(), ...headers });
const good = () => ({ till: '1', lines: [{ product: goods.id.VE, qty: 1 }],
  payments: [{ method: 'cash', tendered: 50000 }] });

// A value with one member set, by its path: "lines[0].qty".
function set(body, path, value) {
  const keys = path.split(/[.[\]]+/).filter(Boolean);
  const last = keys.pop();
  keys.reduce((at, k) => at[k], body)[last] = value;
  return body;
}

const WRONG = [
  ['till', 1, 'field_type'], ['till', '', 'field_value'], ['till', '0', 'field_value'], ['till', '256', 'field_value'],
  ['till', '01', 'field_value'], ['till', '1 ', 'field_value'], ['till', '1000', 'field_value'],
  ['lines', {}, 'field_type'], ['lines', [], 'field_value'], ['lines', 'x', 'field_type'], ['lines[0]', 7, 'field_type'],
  ['lines[0]', null, 'field_type'], ['lines[0].product', 17, 'field_type'], ['lines[0].product', 'p_', 'field_value'],
  ['lines[0].product', 'p_-1', 'field_value'], ['lines[0].product', 'p_01', 'field_value'],
  ['lines[0].product', `p_${'9'.repeat(20)}`, 'field_value'], ['lines[0].qty', '2', 'field_type'],
  ['lines[0].qty', -1, 'field_value'], ['lines[0].qty', 1e30, 'field_value'], ['lines[0].qty', 0.0001, 'field_value'],
  ['lines[0].qty', true, 'field_type'], ['lines[0].lot', 'M-SOM', 'field_value'], ['lines[0].discount', -1, 'field_value'],
  ['lines[0].discount', 0.5, 'field_type'], ['lines[0].code', 5, 'field_type'], ['lines[0].code', 'x'.repeat(201), 'field_value'],
  ['lines[0].extra', 1, 'field_unknown'], ['payments', {}, 'field_type'], ['payments[0]', [], 'field_type'],
  ['payments[0].method', 'gold', 'field_value'], ['payments[0].method', 1, 'field_type'],
  ['payments[0].tendered', -5, 'field_value'], ['payments[0].tendered', '5', 'field_type'],
  ['payments[0].tendered', 2 ** 41, 'field_value'], ['payments[0].reference', 'x'.repeat(65), 'field_value'],
  ['payments[0].change', 1, 'field_unknown'], ['expected_total', '5', 'field_type'], ['expected_total', -1, 'field_value'],
  ['expected_total', 1.5, 'field_type'], ['customer', 'An', 'field_value'], ['customer', {}, 'field_value'],
  ['note', 7, 'field_type'], ['note', 'x'.repeat(501), 'field_value'], ['override', 'stock_short', 'field_type'],
  ['override', ['all'], 'field_value'], ['override', [1], 'field_type'], ['approval', '2468', 'field_type'],
  ['approval', {}, 'field_missing'], ['approval', { staff: 2, pin: 2468 }, 'field_type'],
  ['approval', { staff: 2, pin: '2468', role: 'owner' }, 'field_unknown'], ['constructor', 1, 'field_unknown'],
  ['__proto__x', 1, 'field_unknown'], ['Till', '1', 'field_unknown'],
];

test('a wrong field is named by its path', async () => {
  for (const [path, value, code] of WRONG) {
    const told = await cashier.refused(400, code, sell(set(good(), path, value)));
    assert.equal(told.errors.length, 1);
    const at = told.errors[0];
    assert.equal(at.code, code);
    assert.ok(at.path.startsWith(path), `${path}: ${at.path}`);
    assert.ok(told.detail.includes(at.path), `${at.path}: ${told.detail}`);
  }
});

test('a field that must be there is missed by its path', async () => {
  const without = (path) => JSON.parse(JSON.stringify(set(good(), path, undefined)));
  for (const path of ['lines', 'payments', 'till', 'lines[0].product', 'payments[0].method', 'payments[0].tendered']) {
    const told = await cashier.refused(400, 'field_missing', sell(without(path)));
    assert.deepEqual(told.errors, [{ path, code: 'field_missing' }]);
  }
});

test('what is no JSON of ours is refused where it breaks', async () => {
  const body = JSON.stringify(good());
  const bad = ['', '{', '[]', '"x"', '1', 'null', '{}x', `${body} x`, body.slice(0, -1), `${body}${body}`, `\ufeff${body}`,
    '{"till":"1","till":"1"}', '{"t\\u0069ll":"1","till":"1"}', "{'till':'1'}", '{"till":01}', '{"till":1.}', '{"till":+1}',
    '{"till":NaN}', '{"till":"\\ud800"}', '{"till":"\\u0000"}', '{"till":"a\tb"}', '{"till":"\\x41"}', '{"till":"1",}', '{/**/}',
    `${'['.repeat(5000)}`, `{"a":${'['.repeat(17)}${']'.repeat(17)}}`, `{"lines":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`];
  for (const text of bad) {
    const told = await sell(text);
    assert.equal(told.status, 400, told.what);
    assert.ok(['json', 'field_type'].includes(told.json.code), told.what);
  }
  const { args } = await cashier.refused(400, 'json', sell('{"till":"1","till":"2"}'));
  assert.equal(args.at, '12');
});

test('bytes that are not UTF-8 are refused', async () => {
  for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe1, 0xba], [0xf4, 0x90, 0x80, 0x80]]) {
    const body = Buffer.concat([Buffer.from('{"note":"'), Buffer.from(bytes), Buffer.from('"}')]);
    const told = await sell(body);
    assert.equal(told.status, 400, told.what);
    assert.ok(['json', 'text'].includes(told.json.code), told.what);
  }
});

test('a body past the limit is refused by size, and one of the limit is read', async () => {
  const pad = (bytes) => {
    const body = JSON.stringify({ ...good(), nothing: '' });
    return body.replace('"nothing":""', `"nothing":"${'x'.repeat(bytes - body.length)}"`);
  };
  await cashier.refused(413, 'too_large', sell(pad(64 * 1024 + 1)));
  await cashier.refused(413, 'too_large', sell('x'.repeat(900000)));
  await cashier.refused(400, 'field_unknown', sell(pad(64 * 1024)));
  await cashier.refused(413, 'too_large',
    cashier.post('/api/v1/shifts', { till: '3', float: 0, x: 'y'.repeat(1024) }));
});

test('numbers of lines and payments have an end', async () => {
  const lines = Array(201).fill({ product: goods.id.VE, qty: 1 });
  const payments = Array(11).fill({ method: 'cash', tendered: 1 });
  const a = await cashier.refused(400, 'field_value', sell({ ...good(), lines }));
  assert.deepEqual([a.errors[0].path, a.args.max], ['lines', '200']);
  const b = await cashier.refused(400, 'field_value', sell({ ...good(), payments }));
  assert.deepEqual([b.errors[0].path, b.args.max], ['payments', '10']);
});

test('a bill past what money can be is refused', async () => {
  const dear = await manager.ok(201, manager.post('/api/v1/products', { sku: 'DAT', name: 'Rất đắt',
    unit: 'vé', price: 2 ** 40 - 1, vat_class: '10', kind: 'service' }));
  seq = await lastSeq();
  const told = await sell({ ...good(), lines: [{ product: dear.id, qty: 2 }] });
  assert.ok(told.status >= 400 && told.status < 500, told.what);
});

test('only JSON is taken for a body', async () => {
  const text = JSON.stringify(good());
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'multipart/form-data',
    'application/json; charset=latin1', 'text/json'])
    await cashier.refused(415, 'media_type', sell(text, { 'content-type': type }));
  const bad = JSON.stringify({ ...good(), x: 1 });
  for (const type of ['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset=UTF-8'])
    await cashier.refused(400, 'field_unknown', sell(bad, { 'content-type': type }));
});

test('a query has only the names and values that are known', async () => {
  const viewer = shop.as('manager');
  const cases = [['products?x=1', 'field_unknown', 'x'], ['products?limit=0', 'field_value', 'limit'],
    ['products?limit=201', 'field_value', 'limit'], ['products?limit=-1', 'field_value', 'limit'],
    ['products?limit=1e2', 'field_value', 'limit'], ['products?limit=', 'field_value', 'limit'],
    ['products?limit=99999999999999999999', 'field_value', 'limit'], ['products?cursor=x', 'field_value', 'cursor'],
    ['sales?from=2026-02-30', 'field_value', 'from'], ['sales?to=x', 'field_value', 'to'],
    ['sales?q=' + 'x'.repeat(60), 'field_value', 'q'], ['sales?cursor=0', 'field_value', 'cursor'],
    ['stock?cursor=1', 'field_value', 'cursor'], ['stock?cursor=1-', 'field_value', 'cursor'],
    ['stock?low=x', 'field_value', 'low'], ['shifts?till=0', 'field_value', 'till'], ['shifts?open=2', 'field_value', 'open'],
    ['certified?q=' + 'x'.repeat(201), 'field_value', 'q'], ['journal?from=0', 'field_value', 'from'],
    ['journal?limit=2001', 'field_value', 'limit'], ['journal?cursor=1', 'field_unknown', 'cursor']];
  for (const [path, code, field] of cases) {
    const told = await viewer.refused(400, code, viewer.get(`/api/v1/${path}`));
    assert.deepEqual(told.errors, [{ path: field, code }], path);
  }
  await viewer.refused(400, 'invalid', viewer.get('/api/v1/products?q=a&q=b'));
  await viewer.refused(400, 'text', viewer.get('/api/v1/products?q=%ff'));
  await viewer.refused(400, 'invalid', viewer.get('/api/v1/products?q=%zz'));
});

test('every refusal speaks Vietnamese, and English to who asks', async () => {
  const said = async (lang) => cashier.with(lang ? { 'accept-language': lang } : {})
    .call('POST', '/api/v1/sales', good(), {});
  const vi = await said(null);
  assert.equal(vi.headers.get('content-language'), 'vi');
  for (const lang of ['en', 'en-GB,en;q=0.9', 'fr, en;q=0.5', 'EN']) {
    const en = await said(lang);
    assert.equal(en.headers.get('content-language'), 'en', lang);
    assert.notEqual(en.json.detail, vi.json.detail);
    assert.deepEqual({ ...en.json, detail: 0 }, { ...vi.json, detail: 0 });
  }
  for (const lang of ['vi', 'vi-VN', 'fr', 'en;q=0.1, vi', '*', ';;;,,,'])
    assert.equal((await said(lang)).json.detail, vi.json.detail, lang);
});
