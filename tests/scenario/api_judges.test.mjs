// The judges of the other API tests can say no: the checker of schemas, the
// canonical form, the reader of tokens as a program.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

import { canonical } from './api/journal.mjs';
import { faultsOf } from './api/schema.mjs';

const source = process.env.OCOP_SOURCE ?? '.';
const bin = process.env.OCOP_BIN ?? 'build/dev/bin';

const doc = { components: { schemas: {
  Item: { type: 'object', required: ['id'], properties: { id: { type: 'string', pattern: '^p_' },
    qty: { type: 'number', exclusiveMinimum: 0 }, day: { type: ['string', 'null'], format: 'date' } } },
  Problem: { type: 'object', required: ['code'], properties: { code: { type: 'string' } } },
} } };
const item = { $ref: '#/components/schemas/Item' };

test('a member that is missing, wrong or not described is found', () => {
  assert.deepEqual(faultsOf(doc, item, { id: 'p_1', qty: 1.5, day: null }), []);
  for (const v of [{}, { id: 1 }, { id: 'x' }, { id: 'p_1', qty: 0 }, { id: 'p_1', extra: 1 }, [], null,
    { id: 'p_1', day: '1/2/2026' }])
    assert.ok(faultsOf(doc, item, v).length, JSON.stringify(v));
  const list = { type: 'array', items: { anyOf: [item, { type: 'null' }] } };
  assert.deepEqual(faultsOf(doc, list, [{ id: 'p_1' }, null]), []);
  assert.ok(faultsOf(doc, list, [{ id: 'p_1', extra: 1 }]).length);
});

test('what stands beside a reference adds to it', () => {
  const s = { $ref: '#/components/schemas/Problem', properties: { code: { enum: ['a'] }, total: { type: 'integer' } } };
  assert.deepEqual(faultsOf(doc, s, { code: 'a', total: 1 }), []);
  for (const v of [{ code: 'b' }, { code: 'a', total: '1' }, { code: 'a', more: 1 }, { total: 1 }])
    assert.ok(faultsOf(doc, s, v).length, JSON.stringify(v));
});

test('a word of the schema that the checker does not know is a fault', () => {
  assert.ok(faultsOf(doc, { type: 'string', not: {} }, 'x').length);
});

test('the canonical form sorts by bytes and escapes two signs', () => {
  assert.equal(canonical({ b: [1, true, null], a: 'a"\\/é', ẫ: {}, Z: -0 }),
    '{"Z":0,"a":"a\\"\\\\/é","b":[1,true,null],"ẫ":{}}');
  for (const v of [1.5, 2 ** 53, 'e\u0301', 'a\nb', { a: undefined }])
    assert.throws(() => canonical(v), JSON.stringify(v));
});

test('the reader of tokens agrees with the showroom’s own program on what is none', () => {
  const ring = '{"showroom":101,"keys":[]}\n';
  for (const digits of ['1', '123', '99999999999999999', '0'.repeat(265), 'x'.repeat(17)]) {
    const stranger = spawnSync(process.execPath, [join(source, 'tests/tools/verify_token.mjs'), digits, '-'], { input: ring });
    assert.equal(stranger.status, 1);
    assert.equal(JSON.parse(stranger.stdout).verdict, 'unreadable');
    assert.equal(spawnSync(`${bin}/ocop-pos`, ['tool', 'token', digits]).status, 1);
  }
  assert.equal(spawnSync(process.execPath, [join(source, 'tests/tools/verify_token.mjs')]).status, 2);
});
