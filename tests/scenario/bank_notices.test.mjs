// Who is not the bank changes nothing, whatever is sent; and the bank is heard
// whatever it sends.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { ACCOUNT, notice, now, SECRET, signature, tell } from './api/bank.mjs';
import { newKey } from './api/client.mjs';
import { Shop } from './api/shop.mjs';

const BANK = { bank_bin: '970415', bank_account: ACCOUNT, bank_secret_file: 'sepay.secret' };
let shop, cashier, manager, bank;
before(async () => {
  shop = await Shop.open(BANK);
  writeFileSync(join(shop.data, 'sepay.secret'), `${SECRET}\n`, { mode: 0o600 });
  cashier = shop.as('cashier');
  manager = shop.as('manager');
  bank = shop.as(null);
});
after(() => shop.close());

const make = (amount = 100000) => cashier.ok(201, cashier.post('/api/v1/transfers',
  { till: '1', amount, key: newKey() }));
const state = async (t) => (await cashier.ok(200, cashier.get(`/api/v1/transfers/${t.id}`))).state;
const count = async () => {
  const all = await Promise.all(['matched', 'part', 'over', 'unknown', 'late'].map((s) =>
    manager.all(`/api/v1/bank-notices?state=${s}`)));
  return all.flat().length;
};

test('what is not signed by who knows the secret, now, is refused', async () => {
  const t = await make();
  const before_ = await count();
  const body = JSON.stringify(notice(100000, t.code));
  const at = now();
  const good = signature(body, at);
  const old = String(Number(at) - 301);
  const early = String(Number(at) + 310);
  const wrong = [
    { 'x-sepay-signature': null }, { 'x-sepay-timestamp': '' }, { 'x-sepay-signature': '' },
    { 'x-sepay-signature': good.slice(7) }, { 'x-sepay-signature': good.slice(0, -1) },
    { 'x-sepay-signature': `${good}0` }, { 'x-sepay-signature': `sha256=${'0'.repeat(64)}` },
    { 'x-sepay-signature': `sha256=${'z'.repeat(64)}` }, { 'x-sepay-signature': good.replace('sha256', 'SHA256') },
    { 'x-sepay-signature': signature(body, at, 'another secret of the same length') },
    { 'x-sepay-signature': signature(body, at, '') }, { 'x-sepay-signature': signature(` ${body}`, at) },
    { 'x-sepay-signature': good.slice(0, -1) + (good.endsWith('0') ? '1' : '0') },
    { 'x-sepay-timestamp': String(Number(at) - 1), 'x-sepay-signature': good },
    { 'x-sepay-timestamp': old, 'x-sepay-signature': signature(body, old) },
    { 'x-sepay-timestamp': early, 'x-sepay-signature': signature(body, early) },
    ...['-1', `${at}.0`, `+${at}`, `${at}e0`, '9'.repeat(30), 'x', `${at} `.padEnd(12, 'x')].map((ts) =>
      ({ 'x-sepay-timestamp': ts, 'x-sepay-signature': signature(body, ts) })),
  ];
  for (const headers of wrong)
    await bank.refused(401, 'signature', tell(bank, body, { 'x-sepay-timestamp': at, 'x-sepay-signature': good, ...headers }));
  await manager.refused(401, 'signature', tell(manager, body, { 'x-sepay-signature': null }));
  assert.deepEqual([await state(t), await count()], ['waiting', before_]);
  await bank.ok(200, tell(bank, body, { 'x-sepay-timestamp': at, 'x-sepay-signature': good.toUpperCase().replace('SHA', 'sha') }));
  assert.equal(await state(t), 'matched');
});

test('a notice of the same number does nothing twice, also at once', async () => {
  const t = await make(300000);
  const told = notice(100000, t.code);
  const answers = await Promise.all(Array.from({ length: 12 }, () => tell(bank, told)));
  assert.ok(answers.every((a) => a.status === 200 && a.json.success === true));
  const again = { ...told, transferAmount: 200000, content: `${t.code} x` };
  await bank.ok(200, tell(bank, again));
  assert.equal((await cashier.ok(200, cashier.get(`/api/v1/transfers/${t.id}`))).received, 100000);
});

test('money that goes out, or into another account, is none of ours', async () => {
  const t = await make();
  const had = await count();
  await bank.ok(200, tell(bank, notice(100000, t.code, { transferType: 'out' })));
  await bank.ok(200, tell(bank, notice(100000, t.code, { accountNumber: '999' })));
  await bank.ok(200, tell(bank, notice(100000, t.code, { accountNumber: null })));
  assert.deepEqual([await state(t), await count()], ['waiting', had]);
  await bank.ok(200, tell(bank, notice(100000, t.code, { accountNumber: '999', subAccount: ACCOUNT })));
  assert.equal(await state(t), 'matched');
});

test('what the bank signed and is not of its form is named, and changes nothing', async () => {
  const had = await count();
  const good = notice(100000, 'x');
  const bad = [['id', null], ['id', 0], ['id', -5], ['id', '7'], ['id', 1.5], ['id', 2 ** 60],
    ['transferAmount', 0], ['transferAmount', -1], ['transferAmount', '100000'], ['transferAmount', 0.5],
    ['transferAmount', 1000.5], ['transferAmount', 1e300], ['transferType', 'IN'], ['transferType', null],
    ['content', 5], ['code', {}], ['content', 'x'.repeat(5000)], ['accountNumber', []]];
  for (const [name, value] of bad) {
    const answer = await tell(bank, { ...good, [name]: value });
    assert.equal(answer.status, 400, `${name} ${JSON.stringify(value)}: ${answer.what}`);
  }
  for (const text of ['', '[]', '{', 'null', '{"id":1,"id":1}', `{"a":"${'\\u0000'}"}`, `${'['.repeat(1000)}`])
    assert.equal((await tell(bank, text)).status, 400, text.slice(0, 20));
  assert.equal((await tell(bank, JSON.stringify({ ...good, more: 'x'.repeat(20000) }))).status, 413);
  assert.equal((await tell(bank, good, { 'content-type': 'text/plain' })).status, 415);
  assert.equal(await count(), had);
});

test('texts of any letters are kept as text', async () => {
  const t = await make();
  const strange = `\u0007 Cảm ơn <b>${t.code}</b> 🙂 ${'ộ'.repeat(400)} "'; DROP TABLE transfer; --`;
  await bank.ok(200, tell(bank, notice(5000, strange, { referenceCode: 'ế'.repeat(60) })));
  const [kept] = (await manager.ok(200, manager.get('/api/v1/bank-notices'))).items;
  assert.deepEqual([kept.state, kept.transfer], ['part', t.id]);
  assert.match(kept.content, /^Cảm ơn <b>.....<\/b> 🙂 ộ+$/u);
  assert.match(kept.reference, /^ế+$/);
});

test('of another host nothing is heard', async () => {
  const text = JSON.stringify(notice(1000, 'x'));
  const at = now();
  const status = await new Promise((done, failed) => {
    const asking = http.request(`${shop.url}/api/v1/bank-notices/sepay`, { method: 'POST',
      headers: { host: 'evil.example', 'content-type': 'application/json',
        'x-sepay-timestamp': at, 'x-sepay-signature': signature(text, at) } },
    (answer) => { answer.resume(); done(answer.statusCode); });
    asking.on('error', failed);
    asking.end(text);
  });
  assert.equal(status, 403);
});

test('a new secret counts at once; without one nothing is heard', async () => {
  const file = join(shop.data, 'sepay.secret');
  writeFileSync(file, 'mot-khoa-bi-mat-moi-2027');
  await bank.refused(401, 'signature', tell(bank, notice(1000, 'x')));
  const at = now();
  const text = JSON.stringify(notice(1000, 'x'));
  await bank.ok(200, tell(bank, text, { 'x-sepay-timestamp': at,
    'x-sepay-signature': signature(text, at, 'mot-khoa-bi-mat-moi-2027') }));
  await shop.restart({ ...BANK, bank_secret_file: '' });
  await bank.refused(409, 'bank_not_set', tell(bank, notice(1000, 'x')));
  await shop.restart({});
  await cashier.refused(409, 'bank_not_set', cashier.post('/api/v1/transfers',
    { till: '1', amount: 1000, key: newKey() }));
  rmSync(file);
});

test('asking for a transfer is read strictly', async () => {
  await shop.restart(BANK);
  const good = { till: '1', amount: 1000, key: newKey() };
  for (const [name, value] of [['amount', 0], ['amount', -1], ['amount', 1.5], ['amount', 2 ** 41], ['amount', '1'],
    ['key', 'short'], ['key', 'x'.repeat(65)], ['key', `${'x'.repeat(20)} `], ['key', 'ộ'.repeat(10)], ['cart', 'p_1'],
    ['cart', 'b_0'], ['cart', 5], ['till', '0'], ['till', '1 '], ['more', 1]])
    assert.equal((await cashier.post('/api/v1/transfers', { ...good, [name]: value })).status, 400, `${name} ${value}`);
  for (const id of ['t_0', 't_x', 't_99999', 'p_1', 't_1%00'])
    assert.ok([400, 404].includes((await cashier.get(`/api/v1/transfers/${id}`)).status), id);
});
