// Whatever a printer knows, lacks or does in its own way: the paper holds the
// dots of the preview, the drawer opens once, and the job's row says how sure
// that is - also when the paper ends in the middle and a new roll is put in.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { fill } from '../scenario/api/goods.mjs';
import { Shop } from '../scenario/api/shop.mjs';
import { differ, ofPbm, ofPng, pause, printer } from './fake.mjs';
import { rows } from './read.mjs';

// What it is, what a receipt on it is confirmed by, what its settings say.
const kinds = [
  ['knows everything', {}, 'process_id'],
  ['has a drawer that tells', { drawer: 1 }, 'process_id'],
  ['does not confirm by number', { lacks: 'process_id' }, 'in_order'],
  ['only tells how it is', { lacks: 'process_id,gs_r' }, 'online'],
  ['tells only when it is asked', { lacks: 'asb' }, 'process_id'],
  ['tells nothing while it is busy', { lacks: 'dle_eot' }, 'process_id'],
  ['is one-way', { lacks: 'answers' }, 'accepted'],
  ['takes no byte without paper', { lacks: 'busy_offline' }, 'process_id'],
  ['takes real-time commands out of pictures', { 'real-time': 'taken_out' },
    'process_id'],
  ['obeys everything in its turn', { 'real-time': 'in_order' }, 'process_id'],
  ['is slow and small', { rows: 3000, buffer: 256 }, 'process_id'],
  ['has no raster pictures', { lacks: 'gs_v0' }, 'process_id', 'no_gs_v0'],
];

let shop, goods;
before(async () => {
  shop = await Shop.open();
  goods = await fill(shop);
});
after(() => shop.close());

async function sell(paper, quirks = '') {
  // By another name, what became of the slip before it is no matter.
  await shop.restart({ printer: null, printers: [{ id: `p${paper.port}`,
    at: paper.at, roles: 'receipt drawer', paper_mm: 80, quirks }] });
  const sold = await shop.as('cashier').ok(201, shop.as('cashier').sell(
    [{ product: goods.id.MIEN, qty: 1 }, { product: goods.id.MAT, qty: 1 }]));
  const { bytes } = await shop.as('viewer')
    .get(`/api/v1/sales/${sold.receipt_no}/receipt.png`);
  return { no: sold.receipt_no, shown: ofPng(bytes) };
}

/** The receipt's job when it has come to its end. */
async function ended(no) {
  for (let i = 0; i < 600; i++) {
    const { items } = await shop.as('cashier').ok(200,
      shop.as('cashier').get(`/api/v1/print-jobs?receipt_no=${no}`));
    const job = items.find((j) => j.kind === 'receipt');
    if (!['queued', 'sending', 'sent'].includes(job.state)) return job;
    await pause(50);
  }
  throw new Error(`the job of ${no} does not end`);
}

function check({ slips, count }, shown) {
  assert.equal(slips.length, 1);
  const paper = ofPbm(slips[0].file);
  // Strips of columns end with a little more white.
  assert.ok(paper.height - shown.height >= 0 && paper.height - shown.height < 24);
  assert.equal(differ(rows(paper, 0, shown.height), shown), null);
  assert.ok(!paper.dots.includes(1, shown.dots.length));
  const { letters, unknown, clipped, undrawn, real_time_inside } = count;
  assert.deepEqual({ letters, unknown, clipped, undrawn, real_time_inside },
    { letters: 0, unknown: 0, clipped: 0, undrawn: 0, real_time_inside: 0 });
  assert.equal(count.pulses, 1);
}

for (const [what, options, level, quirks] of kinds)
  test(`a printer that ${what}`, async () => {
    const paper = await printer(options);
    const { no, shown } = await sell(paper, quirks);
    const job = await ended(no);
    assert.deepEqual([job.state, job.level], ['confirmed', level]);
    check(await paper.until((log) => log.count.cuts > 0 && log.idle), shown);
    await paper.stop();
  });

for (const [what, options, level, quirks] of kinds)
  test(`a printer that ${what}, and whose paper ends`, async () => {
    const paper = await printer({ ...options, buffer: 1024 });
    await paper.tell('paper out 300');
    const { no, shown } = await sell(paper, quirks);
    await paper.until((log) => log.count.rows === 300);
    await pause(400);
    await paper.tell('paper in');
    const job = await ended(no);
    // That it is well again does not say that the slip is whole: one asks.
    assert.deepEqual([job.state, job.level], level === 'online' ?
      ['unknown', null] : ['confirmed', level]);
    check(await paper.until((log) => log.count.cuts > 0 && log.idle), shown);
    await paper.stop();
  });
