// Paying by transfer: the VietQR, the bank's word or a person's, and the one
// receipt that the money pays.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { ACCOUNT, notice, SECRET, tell } from './api/bank.mjs';
import { newKey } from './api/client.mjs';
import { Listener } from './api/events.mjs';
import { fill } from './api/goods.mjs';
import { readJournal } from './api/journal.mjs';
import { Shop } from './api/shop.mjs';

const BANK = { bank_bin: '970415', bank_account: ACCOUNT,
  bank_name: 'Hợp tác xã Bãi Sông', bank_secret_file: 'sepay.secret' };

let shop, goods, cashier, manager, bank;
before(async () => {
  shop = await Shop.open(BANK);
  writeFileSync(join(shop.data, 'sepay.secret'), `${SECRET}\n`, { mode: 0o600 });
  goods = await fill(shop);
  cashier = shop.as('cashier');
  manager = shop.as('manager');
  bank = shop.as(null);
});
after(() => shop.close());

const ask = (amount, more = {}) => cashier.post('/api/v1/transfers',
  { cart: null, till: '1', amount, key: newKey(), ...more });
const make = async (amount, more) => (await cashier.ok(201, ask(amount, more)));
const get = (t) => cashier.ok(200, cashier.get(`/api/v1/transfers/${t.id}`));
const heard = async (body) => {
  assert.deepEqual(await bank.ok(200, tell(bank, body)), { success: true });
};
const confirm = (t, staff = 3, pin = shop.pins[staff], who = cashier) =>
  who.post(`/api/v1/transfers/${t.id}/confirm`, { approval: { staff, pin } });
const by = (t, amount = t.amount, more = {}) =>
  ({ payments: [{ method: 'transfer', amount, transfer: t.id, ...more }] });
const honey = (qty = 1) => [{ product: goods.id.MAT, qty }]; // 100,000 each

test('a transfer has a code and the VietQR that carries it', async () => {
  const key = newKey();
  const t = await make(100000, { key, cart: 'b_12' });
  const { id, code, text, created_at: at, ...rest } = t;
  assert.deepEqual(rest, { state: 'waiting', amount: 100000, received: 0, account_name: BANK.bank_name,
    till: '1', cart: 'b_12', staff: 6, confirmed_by: null, receipt_no: null });
  assert.match(code, /^[A-HJKMNP-TV-Z][2-9][A-HJKMNP-TV-Z][2-9][A-HJKMNP-TV-Z]$/);
  assert.ok(Math.abs(Date.parse(at) - Date.now()) < 60000);
  assert.match(text, new RegExp(`^000201010212.*0006970415.*${ACCOUNT}.*QRIBFTTA.*5303704.*5406100000.*5802VN.*0805${code}6304[0-9A-F]{4}$`));
  const again = await ask(100000, { key, cart: 'b_12' });
  assert.deepEqual([again.status, again.json, again.headers.get('idempotent-replayed')], [200, t, 'true']);
  await cashier.refused(422, 'idempotency_key_reused', ask(100001, { key }));
  assert.deepEqual(await get({ id }), t);
  for (const module of [4, 8, 24]) {
    const answer = await cashier.get(`/api/v1/transfers/${id}/qr.png?module=${module}`);
    assert.equal(answer.headers.get('content-type'), 'image/png');
    const png = join(shop.dir, 'qr.png');
    writeFileSync(png, answer.bytes);
    assert.equal(execFileSync('zbarimg', ['-q', '--raw', png]).toString().trim(), text);
  }
  await cashier.refused(400, 'field_value', cashier.get(`/api/v1/transfers/${id}/qr.png?module=25`));
});

test('the bank tells of the money, and it pays one receipt', async () => {
  const t = await make(200000);
  const ears = new Listener(shop, cashier.headers);
  await ears.begun();
  const waiting = await cashier.refused(409, 'transfer_waiting', cashier.sell(honey(2), by(t)));
  assert.equal(waiting.args.transfer, t.id);
  const told = notice(200000, `MBVCB.3278907687.${t.code}.CT tu 0011 NGUYEN VAN A toi ${ACCOUNT}`);
  await heard(told);
  assert.deepEqual((await ears.next()).data, { transfer: t.id, code: t.code, state: 'matched', till: '1' });
  ears.end();
  await heard(told); // SePay repeats what it is not sure of
  assert.equal((await get(t)).received, 200000);
  const wrong = await cashier.refused(400, 'field_value', cashier.sell(honey(1), by(t, 100000)));
  assert.equal(wrong.errors[0].path, 'payments[0].amount');
  const key = newKey();
  const sold = await cashier.ok(201, cashier.sell(honey(2), by(t), key));
  assert.deepEqual(sold.payments, [{ method: 'transfer', amount: 200000, reference: t.code }]);
  assert.equal((await get(t)).receipt_no, sold.receipt_no);
  assert.equal((await cashier.ok(200, cashier.sell(honey(2), by(t), key))).receipt_no, sold.receipt_no);
  await cashier.refused(409, 'transfer_used', cashier.sell(honey(2), by(t)));
  await manager.refused(409, 'transfer_used', manager.call('DELETE', `/api/v1/transfers/${t.id}`));
});

test('one transfer pays one receipt also when ten ask at once', async () => {
  const t = await make(100000);
  await heard(notice(100000, t.code));
  const answers = await Promise.all(Array.from({ length: 10 }, () => cashier.sell(honey(), by(t))));
  assert.deepEqual(answers.map((a) => a.status).sort(), [201, ...Array(9).fill(409)]);
  const u = await make(100000);
  await heard(notice(100000, u.code));
  const twice = { payments: [...by(u).payments, ...by(u).payments] };
  await cashier.refused(409, 'transfer_used', cashier.sell(honey(2), twice));
  assert.equal((await get(u)).receipt_no, null, 'nothing of that sale was written');
});

test('a split bill: two transfers and cash', async () => {
  const [a, b] = [await make(100000), await make(50000)];
  await heard(notice(100000, a.code));
  await heard(notice(50000, 'thanh toan', { code: b.code.toLowerCase() }));
  const sold = await cashier.ok(201, cashier.sell(honey(2), { payments: [
    ...by(a).payments, ...by(b).payments, { method: 'cash', tendered: 60000 }] }));
  assert.deepEqual([sold.total, sold.change, sold.payments.length], [200000, 10000, 3]);
});

test('a bill kept by the daemon is paid by a transfer', async () => {
  const bill = await cashier.ok(201, cashier.post('/api/v1/carts', { till: '1' }));
  const full = await cashier.ok(200, cashier.patch(`/api/v1/carts/${bill.id}`, { version: bill.version,
    op: newKey(), do: [{ add: { product: goods.id.MAT, qty: 1 } }] }));
  const t = await make(100000, { cart: bill.id, key: bill.key });
  const sell = () => cashier.post('/api/v1/sales',
    { till: '1', cart: bill.id, cart_version: full.version, ...by(t) }, bill.key);
  await cashier.refused(409, 'transfer_waiting', sell());
  await heard(notice(100000, t.code));
  const sold = await cashier.ok(201, sell());
  assert.deepEqual([(await get(t)).receipt_no, (await get(t)).cart], [sold.receipt_no, bill.id]);
});

test('somebody saw it in the app: the own PIN, and the journal says who', async () => {
  const t = await make(100000);
  await cashier.refused(401, 'pin_wrong', confirm(t, 3, '9999'));
  assert.equal((await get(t)).state, 'waiting');
  const done = await cashier.ok(200, confirm(t));
  assert.deepEqual([done.state, done.confirmed_by], ['confirmed', 3]);
  await cashier.ok(200, confirm(t, 2));
  const { records } = readJournal((await manager.get('/api/v1/journal?limit=2000')).text);
  const said = records.filter((r) => r.kind === 'transfer_confirmed').map((r) => r.body);
  assert.equal(said.length, 1, 'said once');
  assert.deepEqual({ ...said[0], at: 0 },
    { amount: 100000, at: 0, by: 3, code: t.code, received: 0, staff: 6, till: '1' });
  await cashier.ok(201, cashier.sell(honey(), by(t)));
  await heard(notice(100000, `${t.code} den cham`)); // the bank's word comes after
  assert.equal((await get(t)).received, 100000);
  await heard(notice(100000, `${t.code} lan nua`));
  const [odd] = (await manager.ok(200, manager.get('/api/v1/bank-notices'))).items;
  assert.deepEqual([odd.state, odd.transfer, odd.content], ['over', t.id, `${t.code} lan nua`]);
});

test('too little, too much, nobody knows whose: for the manager', async () => {
  const part = await make(100000);
  await heard(notice(60000, `${part.code} ung ho`));
  assert.deepEqual([(await get(part)).state, (await get(part)).received], ['part', 60000]);
  await cashier.refused(409, 'transfer_waiting', cashier.sell(honey(), by(part)));
  await cashier.refused(403, 'forbidden', cashier.call('DELETE', `/api/v1/transfers/${part.id}`));
  await heard(notice(40000, `${part.code} phan con lai`)); // the rest makes it whole
  assert.equal((await get(part)).state, 'matched');
  const over = await make(100000);
  await heard(notice(110000, over.code));
  await cashier.refused(409, 'transfer_waiting', cashier.sell(honey(), by(over)));
  assert.equal((await cashier.ok(200, confirm(over, 2))).state, 'confirmed');
  await cashier.ok(201, cashier.sell(honey(), by(over)));
  await heard(notice(70000, 'tien nha'));
  const gone = await make(100000);
  await cashier.ok(200, cashier.call('DELETE', `/api/v1/transfers/${gone.id}`));
  await heard(notice(100000, gone.code));
  assert.equal((await get(gone)).state, 'cancelled');
  await cashier.refused(409, 'transfer_state', confirm(gone));
  const { items } = await manager.ok(200, manager.get('/api/v1/bank-notices?limit=4'));
  assert.deepEqual(items.map((n) => [n.state, n.amount, n.transfer]), [['late', 100000, gone.id],
    ['unknown', 70000, null], ['over', 110000, over.id], ['part', 60000, part.id]]);
  const late = await manager.ok(200, manager.get('/api/v1/bank-notices?state=late'));
  assert.equal(late.items.length, 1);
  await manager.refused(400, 'field_value', manager.get('/api/v1/bank-notices?state=odd'));
  await cashier.refused(403, 'forbidden', cashier.get('/api/v1/bank-notices'));
});

test('a code that other letters touch counts only for exactly its amount', async () => {
  const t = await make(100000);
  await heard(notice(1000, `FT${t.code}9X`));
  assert.equal((await get(t)).state, 'waiting', 'perhaps by chance');
  await heard(notice(100000, `IBFT${t.code}CHUYENTIEN`));
  assert.equal((await get(t)).state, 'matched');
});

test('a bill that changed: cancel, and its key makes another', async () => {
  const key = newKey();
  const first = await make(100000, { key });
  await cashier.refused(422, 'idempotency_key_reused', ask(150000, { key }));
  assert.equal((await cashier.ok(200, cashier.call('DELETE', `/api/v1/transfers/${first.id}`))).state, 'cancelled');
  await cashier.ok(200, cashier.call('DELETE', `/api/v1/transfers/${first.id}`));
  const second = await make(150000, { key });
  assert.notEqual(second.code, first.code);
  const open = await cashier.ok(200, cashier.get('/api/v1/transfers?state=waiting'));
  assert.ok(open.items.some((t) => t.id === second.id) && open.items.every((t) => t.state === 'waiting'));
  const all = await cashier.all('/api/v1/transfers', 3);
  assert.deepEqual(all.map((t) => t.id), [...new Set(all.map((t) => t.id))]);
  assert.ok(all.some((t) => t.id === first.id));
});

test('what waits survives kill -9, and so does what came', async () => {
  const [t, u] = [await make(100000), await make(100000)];
  await heard(notice(100000, u.code));
  shop.child.removeAllListeners('exit');
  const ended = new Promise((done) => shop.child.on('exit', done));
  shop.child.kill('SIGKILL');
  await ended;
  await shop.start();
  assert.deepEqual([(await get(t)).state, (await get(u)).state], ['waiting', 'matched']);
  await cashier.ok(201, cashier.sell(honey(), by(u)));
});

test('transfers by their reference alone go on as before', async () => {
  const sold = await cashier.ok(201, cashier.sell(honey(),
    { payments: [{ method: 'transfer', amount: 100000, reference: 'K7Q2M' }] }));
  assert.equal(sold.payments[0].reference, 'K7Q2M');
  const t = await make(100000);
  await cashier.refused(400, 'field_value', cashier.sell(honey(), by(t, 100000, { reference: 'x' })));
  await cashier.refused(400, 'field_value', cashier.sell(honey(),
    { payments: [{ method: 'cash', tendered: 100000, transfer: t.id }] }));
  await cashier.refused(404, 'not_found', cashier.sell(honey(), by({ id: 't_9999', amount: 100000 })));
});
