// Money into a drawer and out of it, drawers opened without a sale, a count by
// notes, and the slips of a shift, read back from the paper they are printed on.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { ACCOUNT } from './api/bank.mjs';
import { newKey } from './api/client.mjs';
import { fill } from './api/goods.mjs';
import { readJournal } from './api/journal.mjs';
import { Shop } from './api/shop.mjs';

process.env.OMP_THREAD_LIMIT = '1'; // tesseract is slower with more
const bin = process.env.OCOP_BIN ?? 'build/dev/bin';
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const run = (program, ...args) => execFileSync(program, args,
  { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8', maxBuffer: 1 << 26 });

let dir, shop, goods, cashier, manager, viewer;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'cash-'));
  for (const name of ['wide', 'narrow']) mkdirSync(join(dir, name));
  shop = await Shop.open({ printer: null, cash_rounding: 500,
    bank_bin: '970415', bank_account: ACCOUNT, bank_name: 'HTX Bãi Sông', bank_secret_file: 'sepay.secret', printers: [
    { id: 'wide', at: `file:${dir}/wide`, roles: 'receipt drawer', paper_mm: 80, till: 1 },
    { id: 'narrow', at: `file:${dir}/narrow`, roles: 'receipt', paper_mm: 58, till: 2 }] });
  goods = await fill(shop);
  [cashier, manager, viewer] = ['cashier', 'manager', 'viewer'].map((r) => shop.as(r));
});
after(async () => {
  await shop.close();
  if (process.env.KEEP_SLIPS) run('cp', '-r', dir, process.env.KEEP_SLIPS);
  rmSync(dir, { recursive: true, force: true });
});

const cash = (body, shift = goods.shift, key = newKey()) =>
  cashier.post(`/api/v1/shifts/${shift}/cash`, body, key);
const report = (id = goods.shift) => cashier.ok(200, cashier.get(`/api/v1/shifts/${id}/report`));
const close = (id, counted) => cashier.post(`/api/v1/shifts/${id}/close`, { counted });
const lastRecord = async () =>
  readJournal((await manager.get('/api/v1/journal?limit=2000')).text).records.at(-1);
const jobs = () => cashier.all('/api/v1/print-jobs');

/** The newest job of a kind, when it has come to its end. */
async function printed(kind) {
  for (let i = 0; i < 400; i++) {
    const job = (await jobs()).find((j) => j.kind === kind);
    if (job && !['queued', 'sending', 'sent'].includes(job.state)) return job;
    await pause(50);
  }
  throw new Error(`no ${kind} was printed`);
}

/** The newest slip of a shift in a folder: its words as tesseract reads them, its code. */
function slip(where) {
  const number = (name) => Number(/^shift-(\d+)\.png$/.exec(name)?.[1] ?? 0);
  const names = readdirSync(join(dir, where)).sort((a, b) => number(a) - number(b));
  const png = join(dir, where, names.at(-1));
  const seen = join(dir, 'seen.png');
  run('convert', png, '-bordercolor', 'white', '-border', '30', '-filter', 'Box',
    '-resize', '200%', '-blur', '0x1', seen);
  const text = run('tesseract', seen, '-', '-l', 'vie', '--psm', '6', '--dpi', '400');
  let code = null;
  try {
    code = run('zbarimg', '-q', '--raw', png).trim();
  } catch { /* none: it is an X */ }
  return { text: bare(text), code };
}
// Marks on capitals and 0 in figures are what tesseract mistakes.
const bare = (text) => text.replaceAll('Ø', '0').normalize('NFD').replace(/[\p{M}\s]+/gu, '')
  .toLowerCase().replaceAll('đ', 'd').replaceAll('ð', 'd');
const has = (text, ...words) => {
  for (const word of words) assert.ok(text.includes(bare(word)), `"${word}" is not in: ${text}`);
};

test('money in and out is in the drawer that is expected, with who and why', async () => {
  const one = await cashier.ok(201, cash({ in: 200000, reason: '  đổi tiền\tlẻ ' }));
  assert.deepEqual([one.kind, one.amount, one.reason, one.till, one.shift, one.staff],
    ['cash_in', 200000, 'đổi tiền lẻ', '1', goods.shift, 6]);
  const { kind, body } = await lastRecord();
  assert.deepEqual([kind, body.amount, body.reason, body.shift, body.staff, body.till],
    ['cash_in', 200000, 'đổi tiền lẻ', Number(goods.shift.slice(2)), 6, '1']);
  const two = await cashier.ok(201, cash({ out: 150000, reason: 'trả tiền ship' }));
  assert.equal(two.kind, 'cash_out');
  assert.equal((await lastRecord()).kind, 'cash_out');
  const { shift } = await report();
  assert.deepEqual([shift.cash_in, shift.cash_out, shift.drawers], [200000, 150000, 0]);
  const all = await cashier.all(`/api/v1/shifts/${goods.shift}/cash`, 1);
  assert.deepEqual(all, [two, one]);
});

test('money opens the drawer; the same request again does neither', async () => {
  const pulses = async () => (await jobs()).filter((j) => j.kind === 'drawer').length;
  const key = newKey();
  const before = await pulses();
  const one = await cashier.ok(201, cash({ in: 5000, reason: 'lẻ' }, goods.shift, key));
  const again = await cash({ in: 5000, reason: 'lẻ' }, goods.shift, key);
  assert.equal(again.status, 200);
  assert.equal(again.headers.get('idempotent-replayed'), 'true');
  assert.deepEqual(again.json, one);
  assert.equal(await pulses(), before + 1);
  assert.equal((await report()).shift.cash_in, 205000);
  await cashier.refused(422, 'idempotency_key_reused', cash({ in: 6000, reason: 'lẻ' }, goods.shift, key));
});

test('a drawer opened without a sale is told, with its reason', async () => {
  const one = await cashier.ok(201, cashier.post('/api/v1/drawer/open', { till: '1', reason: 'khách đổi tiền' }));
  assert.deepEqual([one.kind, one.till, one.shift, one.reason, 'amount' in one],
    ['drawer_open', '1', goods.shift, 'khách đổi tiền', false]);
  assert.equal((await lastRecord()).kind, 'drawer_open');
  assert.equal((await report()).shift.drawers, 1);
  assert.ok(['confirmed', 'unknown'].includes((await printed('drawer')).state));
  // Till 2 has no printer that opens a drawer: nothing is said to be open.
  const told = await cashier.refused(404, 'not_found', cashier.post('/api/v1/drawer/open', { till: '2', reason: 'x' }));
  assert.match(told.detail, /2/);
  await cashier.refused(404, 'not_found', cashier.post('/api/v1/drawer/open', { till: '77', reason: 'x' }));
  assert.equal((await lastRecord()).kind, 'drawer_open');
});

test('what may not be is refused by name', async () => {
  for (const [body, code, path] of [[{ reason: 'x' }, 'field_missing', 'in'], [{ in: 1 }, 'field_missing', 'reason'],
    [{ in: 0, reason: 'x' }, 'field_value', 'in'], [{ out: -5, reason: 'x' }, 'field_value', 'out'],
    [{ in: 1, out: 1, reason: 'x' }, 'field_value', 'out'], [{ in: 1.5, reason: 'x' }, 'field_type', 'in'],
    [{ in: 2 ** 41, reason: 'x' }, 'field_value', 'in'], [{ in: 1, reason: ' \n ' }, 'field_value', 'reason'],
    [{ in: 1, reason: 'đ'.repeat(200) }, 'field_value', 'reason'], [{ in: 1, reason: 'x', till: '1' }, 'field_unknown', 'till']]) {
    const told = await cashier.refused(400, code, cash(body));
    assert.deepEqual(told.errors, [{ path, code }], JSON.stringify(body));
  }
  await cashier.refused(400, 'key_missing',
    cashier.post(`/api/v1/shifts/${goods.shift}/cash`, { in: 1, reason: 'x' }));
  await cashier.refused(404, 'not_found', cash({ in: 1, reason: 'x' }, 's_999'));
  for (const [counted, path] of [[{ 300000: 1 }, 'counted.300000'], [{ '0500': 1 }, 'counted.0500']]) {
    const told = await cashier.refused(400, 'field_unknown', close(goods.shift, counted));
    assert.deepEqual(told.errors, [{ path, code: 'field_unknown' }]);
  }
  await cashier.refused(400, 'field_value', close(goods.shift, { 500: -1 }));
  await cashier.refused(400, 'field_value', close(goods.shift, { 500: 1e9 }));
  await cashier.refused(400, 'field_type', close(goods.shift, '5'));
  assert.equal((await report()).report, 'X');
});

test('an X is printed at any time, and tells no cash', async () => {
  await cashier.ok(201, cashier.sell([{ product: goods.id.MAT, qty: 2 }], { payments: [{ method: 'cash', tendered: 200000 }] }));
  const { job } = await cashier.ok(202, cashier.post(`/api/v1/shifts/${goods.shift}/print`));
  const done = await printed('shift');
  assert.deepEqual([done.id, done.printer, done.copy, done.receipt_no], [job, 'wide', 0, null]);
  const { text, code } = slip('wide');
  has(text, 'BÁO CÁO GIỮA CA', 'Tổng tiền bán200.000', 'Tiền đầu ca500.000', 'Tiền đưa vào205.000', 'Tiền lấy ra-150.000');
  for (const word of ['Phải có', 'Đếm được', 'Thu tiền mặt']) assert.ok(!text.includes(bare(word)), word);
  assert.equal(code, null);
});

test('another cashier goes on in the shift that is the till\'s', async () => {
  const other = await manager.ok(201, manager.sell([{ product: goods.id.MAT, qty: 1 }],
    { payments: [{ method: 'transfer', amount: 100000, reference: 'FT' }] }));
  assert.equal(other.shift, goods.shift);
  assert.notEqual(other.staff, 6);
});

test('a count by notes closes it, and the slip says all of it', async () => {
  const sales = await cashier.all('/api/v1/sales');
  await cashier.ok(201, cashier.refund(sales.at(-1).receipt_no, { lines: [{ line: 1, qty: 1 }] }));
  const opened = await cashier.ok(201, cashier.post('/api/v1/carts', { till: '1', label: 'bàn 3' }));
  const bill = await cashier.ok(200, cashier.patch(`/api/v1/carts/${opened.id}`, { version: opened.version,
    op: newKey(), do: [{ add: { product: goods.id.MAT } }, { state: 'parked' }] }));
  await cashier.ok(201, cashier.post('/api/v1/carts', { till: '1' })); // empty: nothing to see to
  const money = await cashier.ok(201, cashier.post('/api/v1/transfers',
    { cart: bill.id, till: '1', amount: 100000, key: newKey() }));
  await cashier.ok(201, cashier.post('/api/v1/transfers', { cart: null, till: '2', amount: 7000, key: newKey() }));
  assert.deepEqual((await report()).pending.bills.map((b) => b.id), [bill.id]);
  const expected = 500000 + 200000 - 100000 + 205000 - 150000;
  const done = await cashier.ok(200, close(goods.shift, { 500000: 1, 100000: 1, 50000: 1, 2000: 2, 500: 0 }));
  assert.deepEqual([done.counted, done.expected, done.difference], [654000, expected, 654000 - expected]);
  assert.deepEqual([done.cash, done.cash_back, done.transfer, done.transfer_back, done.discounts],
    [100000, 100000, 100000, 0, 0]);
  assert.deepEqual(done.pending.prints, []);
  assert.deepEqual(done.pending.transfers.map((t) => [t.id, t.state, t.amount, t.code]), [[money.id, 'waiting', 100000, money.code]]);
  assert.deepEqual(done.pending.bills.map((b) => [b.id, b.state, b.label, b.lines]), [[bill.id, 'parked', 'bàn 3', 1]]);
  const { pending, ...closed } = done;
  const z = await report();
  assert.deepEqual(z, { report: 'Z', shift: closed, pending,
    notes: [[500000, 1], [100000, 1], [50000, 1], [2000, 2]].map(([note, count]) => ({ note, count })) });
  const { body } = await lastRecord();
  assert.deepEqual(body.notes.map((n) => n.note), [500000, 100000, 50000, 2000]);
  assert.equal((await printed('shift')).state, 'confirmed');
  const { text, code } = slip('wide');
  has(text, 'BÁO CÁO CUỐI CA', 'Thu tiền mặt200.000', 'Thu chuyển khoản100.000', 'Tổng tiền bán300.000',
    'Tổng tiền trả lại100.000', 'Tiền lấy ra-150.000', 'Phải có theo sổ655.000', 'Đếm được654.000', 'THIẾU1.000',
    closed.first_receipt, closed.last_receipt);
  const told = JSON.parse(run(`${bin}/ocop-pos`, 'verify', '--json', '--data', shop.data, '--slip', code));
  assert.deepEqual(told.findings, []);
  await cashier.refused(409, 'shift_closed', cash({ in: 1, reason: 'x' }));
});

test('a closed one is printed again as a copy', async () => {
  const { job } = await cashier.ok(202, cashier.post(`/api/v1/shifts/${goods.shift}/print`));
  assert.equal((await printed('shift')).id, job);
  has(slip('wide').text, 'BẢN SAO', 'THIẾU1.000');
});

test('narrow paper holds it too, also when nothing was sold', async () => {
  const { id } = await cashier.ok(201, cashier.post('/api/v1/shifts', { till: '2', float: 1000000 }));
  await cashier.ok(201, cash({ out: 300000, reason: 'nộp ngân hàng' }, id));
  const done = await cashier.ok(200, close(id, 700000));
  assert.deepEqual([done.difference, done.first_receipt], [0, null]);
  assert.equal((await printed('shift')).printer, 'narrow');
  const { text, code } = slip('narrow');
  has(text, 'BÁO CÁO CUỐI CA', 'Chưa có hóa đơn nào', 'Tiền lấy ra-300.000', 'U TIỀN');
  assert.ok(code);
  await cashier.ok(201, cashier.post('/api/v1/shifts', { till: '2', float: 0 }));
});

test('only who sells moves money', async () => {
  await viewer.refused(403, 'forbidden', viewer.post(`/api/v1/shifts/${goods.shift}/cash`, { in: 1, reason: 'x' }, newKey()));
  await viewer.refused(403, 'forbidden', viewer.post('/api/v1/drawer/open', { till: '1', reason: 'x' }));
  await viewer.refused(403, 'forbidden', viewer.post(`/api/v1/shifts/${goods.shift}/print`));
  await viewer.refused(403, 'forbidden', viewer.get(`/api/v1/shifts/${goods.shift}/cash`));
});
