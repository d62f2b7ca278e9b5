// Printers and print jobs as the pages see them: how each is, what waits, and
// the question that somebody must answer.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Listener } from './api/events.mjs';
import { fill } from './api/goods.mjs';
import { fakePrinter } from './api/printer.mjs';
import { Shop } from './api/shop.mjs';

process.env.OMP_THREAD_LIMIT = '1';
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const run = (program, ...args) => execFileSync(program, args,
  { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });

let paper, shop, goods, cashier, manager, viewer;
before(async () => {
  paper = await fakePrinter();
  shop = await Shop.open({ printer: paper.at });
  goods = await fill(shop);
  [cashier, manager, viewer] = ['cashier', 'manager', 'viewer'].map((r) => shop.as(r));
});
after(async () => {
  await shop.close();
  await paper.stop();
});

const sold = (more) => cashier.ok(201, cashier.sell([{ product: goods.id.MAT, qty: 1 }], more));
const jobs = (query) => cashier.all(`/api/v1/print-jobs?${query}`);
const of = (no, kind = 'receipt') => jobs(`receipt_no=${no}`).then((all) => all.filter((j) => j.kind === kind));

/** Waits until `ask()` holds; a bound, not a measurement. */
async function until(what, ask) {
  for (let i = 0; i < 400; i++) {
    const found = await ask();
    if (found) return found;
    await pause(50);
  }
  throw new Error(`waited in vain until ${what}`);
}
const inState = (id, state) => until(`${id} is ${state}`, async () => {
  const job = await cashier.ok(200, cashier.get(`/api/v1/print-jobs/${id}`));
  return job.state === state ? job : null;
});
const printerIs = (state) => until(`the printer is ${state}`, async () => {
  const { items } = await viewer.ok(200, viewer.get('/api/v1/printers'));
  return items[0].state === state ? items[0] : null;
});

test('a sale is a drawer and a receipt, each confirmed by the printer', async () => {
  const { receipt_no: no } = await sold();
  const [receipt] = await of(no);
  const done = await inState(receipt.id, 'confirmed');
  assert.deepEqual([done.level, done.copy, done.attempts, done.asked, done.follows, done.printer],
    ['process_id', 0, 1, false, null, 'receipt']);
  const [drawer] = await of(no, 'drawer');
  assert.deepEqual([drawer.state, drawer.attempts], ['confirmed', 1]);
  const now = await printerIs('ready');
  assert.deepEqual([now.id, now.at, now.roles, now.language, now.paper_mm, now.till],
    ['receipt', paper.at, ['receipt', 'drawer', 'label'], 'escpos', 80, 0]);
  assert.deepEqual([now.level, now.paper, now.queue, now.unknown], ['process_id', 'ok', 0, 0]);
  assert.equal((await paper.tell('state')).count.pulses, 1);
});

test('what is wrong is a sentence, an event and a figure; what waits can be cancelled', async () => {
  const heard = new Listener(shop, viewer.headers, { news: true });
  await heard.begun();
  await paper.tell('paper out');
  const told = await until('it is told', async () => {
    const one = await heard.next();
    return one.event === 'printer' && one.data.state === 'paper_out' ? one.data : null;
  });
  assert.match(told.message, /hết giấy/);
  assert.equal(told.printer, 'receipt');
  const now = await printerIs('paper_out');
  assert.deepEqual([now.paper, now.message], ['out', told.message]);
  const english = await viewer.ok(200, viewer.get('/api/v1/printers', { 'accept-language': 'en' }));
  assert.match(english.items[0].message, /paper/);
  const { receipt_no: no } = await sold();
  const [job] = await of(no);
  assert.equal(job.state, 'queued');
  assert.match((await viewer.get('/metrics')).text, /^ocop_printer_up\{printer="receipt"\} 0$/m);
  const gone = await cashier.ok(200, cashier.call('DELETE', `/api/v1/print-jobs/${job.id}`));
  assert.equal(gone.state, 'cancelled');
  await cashier.refused(409, 'not_queued', cashier.call('DELETE', `/api/v1/print-jobs/${job.id}`));
  assert.deepEqual((await jobs('state=cancelled')).map((j) => j.id), [job.id]);
  await paper.tell('paper in');
  await printerIs('ready');
  heard.end();
});

test('a receipt that was cut off is asked about; not printed: it comes again', async () => {
  await until('nothing waits', async () => (await printerIs('ready')).queue === 0);
  await paper.tell('vanish 2000');
  const { receipt_no: no } = await sold();
  const [job] = await of(no);
  const lost = await inState(job.id, 'unknown');
  assert.deepEqual([lost.asked, lost.attempts], [true, 1]);
  assert.match(lost.message, /\p{L}.*\.$/u);
  assert.match((await printerIs('gone')).message, /\./);
  await paper.tell('back');
  assert.equal((await printerIs('ready')).unknown, 1);
  const { job: asked, again } = await cashier.ok(200,
    cashier.post(`/api/v1/print-jobs/${job.id}/answer`, { printed: false }));
  assert.deepEqual([asked.state, asked.asked, asked.answered_by > 0], ['unknown', false, true]);
  assert.deepEqual([again.follows, again.copy, again.kind, again.receipt_no], [job.id, 1, 'receipt', no]);
  await inState(again.id, 'confirmed');
  await cashier.refused(409, 'not_unknown',
    cashier.post(`/api/v1/print-jobs/${job.id}/answer`, { printed: true }));
  assert.equal((await cashier.ok(200, cashier.get(`/api/v1/sales?q=${no}`))).items[0].copies, 1);
  assert.equal((await jobs(`receipt_no=${no}&state=unknown`)).length, 1);
});

test('while a printer hangs sales go on, and the daemon still ends', async () => {
  await paper.tell('stall');
  const first = await sold();
  for (let i = 0; i < 20; i++) await sold();
  const [job] = await of(first.receipt_no);
  assert.notEqual(job.state, 'confirmed');
  assert.ok((await viewer.ok(200, viewer.get('/api/v1/printers'))).items[0].queue > 20);
  await shop.stop();
  await paper.tell('go');
  await shop.start();
  await until('all is printed', async () => (await printerIs('ready')).queue === 0);
});

test('what is no job, no printer, no state says so', async () => {
  for (const id of ['j_999999', 'j_0', 'x', 'p_1']) {
    await cashier.refused(404, 'not_found', cashier.get(`/api/v1/print-jobs/${id}`));
    await cashier.refused(404, 'not_found', cashier.call('DELETE', `/api/v1/print-jobs/${id}`));
    await cashier.refused(404, 'not_found', cashier.post(`/api/v1/print-jobs/${id}/answer`, { printed: true }));
  }
  await cashier.refused(400, 'field_missing', cashier.post('/api/v1/print-jobs/j_1/answer', {}));
  await cashier.refused(400, 'field_unknown', cashier.post('/api/v1/print-jobs/j_1/answer', { printed: true, x: 1 }));
  await cashier.refused(400, 'field_value', cashier.get('/api/v1/print-jobs?state=lost'));
  await cashier.refused(404, 'not_found', cashier.get('/api/v1/print-jobs?receipt_no=0102-000001'));
  for (const id of ['none', 'x'.repeat(300)])
    await cashier.refused(404, 'not_found', cashier.call('POST', `/api/v1/printers/${id}/test`));
  await viewer.refused(403, 'forbidden', viewer.get('/api/v1/print-jobs'));
});

test('a test slip is a job too, and lists go page by page', async () => {
  const { job } = await cashier.ok(202, cashier.call('POST', '/api/v1/printers/receipt/test'));
  assert.deepEqual([(await inState(job, 'confirmed')).kind, (await cashier.all('/api/v1/print-jobs'))[0].id], ['test', job]);
  const all = await cashier.all('/api/v1/print-jobs', 200);
  assert.deepEqual((await cashier.all('/api/v1/print-jobs', 7)).map((j) => j.id), all.map((j) => j.id));
  assert.deepEqual((await cashier.all('/api/v1/print-jobs?state=confirmed', 5)).map((j) => j.id),
    all.filter((j) => j.state === 'confirmed').map((j) => j.id));
});

// As a scanner would see it: twice as large, a little soft.
function words(png) {
  const seen = `${png}.ocr.png`;
  run('convert', png, '-bordercolor', 'white', '-border', '30', '-filter', 'Box', '-resize', '200%',
    '-blur', '0x1', seen);
  return run('tesseract', seen, '-', '-l', 'vie', '--psm', '6');
}

test('what is printed again says so, with the same number and code', async () => {
  const kept = await Shop.open();
  const shelf = await fill(kept);
  const till = kept.as('cashier');
  const { receipt_no: no } = await till.ok(201, till.sell([{ product: shelf.id.MAT, qty: 1 }]));
  const file = (name) => join(kept.dir, 'paper', `${no}${name}.png`);
  const there = (name) => until(name, () => existsSync(file(name)));
  await there('');
  await kept.stop();
  run('sqlite3', join(kept.data, 'ocop-pos.db'), // as if it had died just then
    'UPDATE print_job SET state = 2 WHERE kind = 1');
  await kept.start();
  const [{ id, message }] = await till.all('/api/v1/print-jobs?state=unknown');
  assert.match(message, /\.$/);
  await till.ok(200, till.post(`/api/v1/print-jobs/${id}/answer`, { printed: false }));
  await there('-again');
  assert.match(words(file('-again')), /BẢN IN LẠI \(lần 1\)/);
  assert.doesNotMatch(words(file('-again')), /BẢN SAO/);
  assert.match(words(file('-again')), new RegExp(no));
  const code = (name) => run('zbarimg', '-q', '--raw', file(name));
  assert.equal(code('-again'), code(''));
  await kept.close();
});
