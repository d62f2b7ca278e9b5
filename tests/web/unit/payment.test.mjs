import assert from 'node:assert/strict';
import test from 'node:test';
import { makeApi, read } from '../../../pos/web/lib/api.js';
import { looksLikeCode, newPrices, readPicks } from '../../../pos/web/lib/codes.js';
import { packKept, unpackKept } from '../../../pos/web/lib/kept.js';
import { outcome, waitBefore } from '../../../pos/web/lib/outcome.js';
import { uuid7 } from '../../../pos/web/lib/uuid7.js';

const random = new Uint8Array([0xff, 1, 2, 0xff, 4, 5, 6, 7, 8, 9]);

test('a key is a UUID of version 7', () =>
  assert.equal(uuid7(0x0193_4b2c_5d6e, random), '01934b2c-5d6e-7f01-82ff-040506070809'));

test('keys sort by time', () => {
  const keys = [1, 255, 256, 65536, 1_795_000_000_000, 1_795_000_000_001].map(ms => uuid7(ms, random));
  assert.deepEqual([...keys].sort(), keys);
});

test('only what was not answered is sent again by itself', () => {
  for (const status of [0, 408, 429, 502, 503, 504]) assert.equal(outcome(status), 'repeat', String(status));
  assert.equal(outcome(201), 'done');
  assert.equal(outcome(200), 'done');
  assert.equal(outcome(401), 'session');
  assert.equal(outcome(403, 'csrf'), 'session');
  assert.equal(outcome(403, 'forbidden'), 'refused');
  assert.equal(outcome(409, 'price_changed'), 'price');
  assert.equal(outcome(409, 'shift_closed'), 'shift');
  assert.equal(outcome(409, 'stock_short'), 'refused');
  assert.equal(outcome(409, 'withdrawn'), 'approval');
  assert.equal(outcome(409, 'recalled'), 'recalled');
  assert.equal(outcome(401, 'pin_wrong'), 'approval', 'a manager typed a wrong PIN; the cashier is still signed in');
  assert.equal(outcome(503, 'locked'), 'approval', 'it is not the daemon that is busy');
  assert.equal(outcome(503, 'busy'), 'repeat');
  assert.equal(outcome(422, 'idempotency_key_reused'), 'refused');
  assert.equal(outcome(500, 'db'), 'fault');
});

test('waiting grows and has an end', () =>
  assert.deepEqual([1, 2, 3, 4, 5, 9].map(waitBefore), [250, 500, 1000, 2000, 3000, 3000]));

test('an answer that was cut short is no answer', () => {
  assert.equal(read(201, '{"receipt_no":"0101-').status, 0);
  assert.equal(read(204, '').status, 204);
  assert.equal(read(502, '<html>').status, 502);
  assert.equal(read(409, '{"code":"stock_short"}').problem.code, 'stock_short');
});

test('a call sends the key, the language and the sign-in, and never throws', async () => {
  const seen = [];
  const api = makeApi(async (path, init) => {
    seen.push({ path, ...init });
    if (path === '/down') throw new TypeError('refused');
    return { status: 201, text: async () => '{"a":1}' };
  });
  api.csrf = 'c';
  api.lang = 'en';
  assert.deepEqual((await api.post('/x', { raw: '{"n":1}', key: 'k' })).body, { a: 1 });
  const { headers, body, method } = seen[0];
  assert.equal(method, 'POST');
  assert.equal(body, '{"n":1}');
  assert.deepEqual([headers['Idempotency-Key'], headers['X-CSRF-Token'], headers['Accept-Language']], ['k', 'c', 'en']);
  assert.equal((await api.get('/down')).status, 0);
});

test('what is kept comes back, without the steps of undo', () => {
  const line = { product: { id: 'p_1', price: 5 }, milli: 1000 };
  const kept = { bill: { key: 'k', lines: [line], past: [[], [line]] }, paying: { key: 'k', raw: '{}', total: 5, tendered: 5 }, sale: null };
  assert.deepEqual(unpackKept(packKept(kept)), { ...kept, bill: { ...kept.bill, past: [] } });
});

test('what cannot be read is not taken for a bill', () => {
  for (const text of [null, '', 'x', '{}', '{"version":2,"bill":{"key":"k","lines":[]}}',
    '{"version":1,"bill":{"key":"k","lines":[{"milli":1}]}}', '{"version":1,"bill":{"key":7,"lines":[]}}'])
    assert.equal(unpackKept(text), null, String(text));
});

test('a scan is one product with its quantity and lot, or several', () => {
  const p = { id: 'p_1', price: 5 };
  assert.deepEqual(readPicks({ product: p, qty: 12 }), [{ product: p, milli: 12000 }]);
  assert.deepEqual(readPicks({ product: p, qty: 0.755, lot: 'l_2' }), [{ product: p, milli: 755, lot: 'l_2' }]);
  assert.equal(readPicks({ items: [{ product: p }, { product: p }] }).length, 2);
  assert.deepEqual(readPicks(null), []);
  assert.deepEqual(readPicks({ items: [{ nothing: 1 }] }), []);
});

test('digits alone are a code', () => {
  assert.ok(looksLikeCode('8934567890120'));
  assert.ok(!looksLikeCode('12345'));
  assert.ok(!looksLikeCode('tra 250'));
});

test('new prices are read by product, and nonsense is not', () => {
  const news = newPrices([{ product: 'p_1', price: 65000 }, { product: 'p_2', price: 'x' }, null]);
  assert.deepEqual([...news], [['p_1', { price: 65000 }]]);
  assert.deepEqual([...newPrices(undefined)], []);
});
