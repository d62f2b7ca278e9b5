// The demonstration: whole or not at all, kept when it is there, and selling.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { bin, daemon, folder, pos, posLater, source } from './programs.mjs';

const words = (dir, url = 'http://127.0.0.1:8080') => ['demo', '--data',
  join(dir, 'showroom'), '--from', join(source, 'config/demo'), '--url', url,
  '--json', join(dir, 'demo.json'), '--bin', bin];
const told = (dir) => JSON.parse(readFileSync(join(dir, 'demo.json'), 'utf8'));

test('a demonstration sells: the shift is open, the goods are there', async () => {
  const dir = folder();
  assert.equal(pos(words(dir)).status, 0);
  const demo = told(dir);
  assert.equal(statSync(join(dir, 'demo.json')).mode & 0o777, 0o600);
  assert.equal(demo.till, '1');
  assert.deepEqual(demo.staff.map((s) => [s.number, s.role]),
    [[1, 'owner'], [2, 'manager'], [3, 'cashier']]);
  const posd = await daemon(demo.data);
  const call = (method, path, body, headers = {}) => fetch(posd.url + path, {
    method,
    headers: { 'content-type': 'application/json',
      authorization: `Bearer ${demo.tokens.cashier}`, ...headers },
    body: body && JSON.stringify(body) });
  const sale = await call('POST', '/api/v1/sales', { till: '1',
    lines: [{ code: '8934567890120', qty: 2 }],
    payments: [{ method: 'cash', tendered: 500000 }] },
  { 'idempotency-key': '01910000-0000-7000-8000-000000000001' });
  const receipt = await sale.json();
  assert.equal(sale.status, 201, JSON.stringify(receipt));
  assert.equal(receipt.total, 120000);
  assert.equal(receipt.lines[0].ocop, null, 'stars come with the list, from the registry');
  for (const role of ['viewer', 'cashier', 'manager', 'owner']) {
    const who = await fetch(`${posd.url}/api/v1/products?q=mien`,
      { headers: { authorization: `Bearer ${demo.tokens[role]}` } });
    assert.equal(who.status, 200, role);
  }
  for (const { number, pin } of demo.staff) {
    const signed = await fetch(`${posd.url}/api/v1/session`, { method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ staff: number, pin }) });
    assert.equal(signed.status, 201, `${number}`);
  }
  assert.equal(await posd.stop(), 0);
});

test('one that is there is kept; only its address is new', () => {
  const dir = folder();
  assert.equal(pos(words(dir)).status, 0);
  const first = told(dir);
  assert.equal(pos(words(dir, 'http://127.0.0.1:9999')).status, 0);
  assert.deepEqual(told(dir), { ...first, url: 'http://127.0.0.1:9999' });
});

test('a showroom without its demo.json is nobody\'s demonstration', () => {
  const dir = folder();
  assert.equal(pos(words(dir)).status, 0);
  rmSync(join(dir, 'demo.json'));
  const again = pos(words(dir));
  assert.equal(again.status, 1);
  assert.match(again.err, /demo\.json/);
});

test('killed at any moment it is made anew, and complete', async () => {
  for (let i = 0; i < 12; i++) {
    const dir = folder();
    const making = posLater(words(dir));
    setTimeout(making.kill, 8 * i);
    await making;
    const again = pos(words(dir));
    assert.equal(again.status, 0, again.err);
    const { data, tokens } = told(dir);
    assert.match(tokens.owner, /^ocop_/);
    const people = JSON.parse(pos(['staff', 'list', '--json', '--data', data]).out);
    assert.equal(people.staff.length, 3);
    const { out } = pos(['export', 'journal', '--data', data]);
    assert.match(out.trimEnd().split('\n').at(-1), /"kind":"shift_open"/);
  }
});

test('a folder that cannot be is an error, not a mess', () => {
  const dir = folder();
  mkdirSync(join(dir, 'from'));
  const lost = pos(['demo', '--data', join(dir, 'showroom'), '--from',
    join(dir, 'from'), '--url', 'u', '--json', join(dir, 'demo.json'), '--bin', bin]);
  assert.equal(lost.status, 1);
  assert.equal(pos(words(dir)).status, 0);
});
