// What is sold is printed: whole, once, and what was cut off is said to be.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync }
  from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { bin, daemon, folder, pos, source } from './programs.mjs';

let keys = 0;

/** A demonstration whose printer is the folder `paper`. */
function showroom(mm = 80) {
  const dir = folder();
  assert.equal(pos(['demo', '--data', join(dir, 'showroom'), '--from',
    join(source, 'config/demo'), '--url', 'http://127.0.0.1:1', '--json',
    join(dir, 'demo.json'), '--bin', bin]).status, 0);
  mkdirSync(join(dir, 'paper'));
  writeFileSync(join(dir, 'pos.conf'), `printer = "file:${dir}/paper";\n` +
    `data_dir = "${dir}/showroom";\npaper_mm = ${mm};\n`);
  const { tokens } = JSON.parse(readFileSync(join(dir, 'demo.json'), 'utf8'));
  return {
    dir,
    paper: () => readdirSync(join(dir, 'paper')).sort(),
    start: () => daemon(join(dir, 'showroom'), '--config',
      join(dir, 'pos.conf')),
    call: (posd, method, path, body) => fetch(posd.url + path, {
      method,
      headers: { 'content-type': 'application/json',
        authorization: `Bearer ${tokens.cashier}`,
        'idempotency-key': `print-test-${String(++keys).padStart(12, '0')}` },
      body: body && JSON.stringify(body),
    }),
  };
}

const bill = { till: '1', lines: [{ code: '8934567890120', qty: 1 }],
  payments: [{ method: 'cash', tendered: 100000 }] };

/** Waits until there are `n` slips; a bound, not a measurement.  The drawer's
 * pulses are kept too, but have no picture. */
async function slips(shop, n) {
  for (let i = 0; i < 300; i++) {
    const drawn = shop.paper().filter((name) => name.endsWith('.png'));
    if (drawn.length >= n)
      return drawn.map((name) => name.replace('.png', '.escpos'));
    await sleep(50);
  }
  return shop.paper();
}

const row = (shop, sql) => spawnSync('sqlite3', ['-readonly',
  join(shop.dir, 'showroom/ocop-pos.db'), sql]).stdout.toString().trim();

for (const mm of [58, 80])
  test(`the slip of ${mm} mm holds the dots the API shows`, async () => {
    const shop = showroom(mm);
    const posd = await shop.start();
    assert.equal((await shop.call(posd, 'POST', '/api/v1/sales', bill)).status,
      201);
    assert.deepEqual(await slips(shop, 1), ['0101-000001.escpos']);
    const get = async (what) => Buffer.from(await (await shop.call(posd, 'GET',
      `/api/v1/sales/0101-000001/receipt.${what}`)).arrayBuffer());
    assert.deepEqual(readFileSync(join(shop.dir, 'paper/0101-000001.escpos')),
      await get('escpos'));
    assert.deepEqual(readFileSync(join(shop.dir, 'paper/0101-000001.png')),
      await get('png'));
    assert.equal(await posd.stop(), 0);
  });

test('a copy is a slip of its own, and the journal counts it', async () => {
  const shop = showroom();
  const posd = await shop.start();
  await shop.call(posd, 'POST', '/api/v1/sales', bill);
  await slips(shop, 1);
  const reprint = () => shop.call(posd, 'POST',
    '/api/v1/sales/0101-000001/reprint');
  assert.deepEqual(await (await reprint()).json(),
    { receipt_no: '0101-000001', copy: 1, printing: true });
  await slips(shop, 2);
  assert.equal((await (await reprint()).json()).copy, 2);
  assert.deepEqual(await slips(shop, 3), ['0101-000001-copy-2.escpos',
    '0101-000001-copy.escpos', '0101-000001.escpos']);
  assert.equal(await posd.stop(), 0);
  assert.equal(row(shop, "SELECT count(*) FROM journal WHERE kind='reprint'"),
    '2');
});

test('a printer that is gone stops no sale, and the slip comes later',
  async () => {
    const shop = showroom();
    const posd = await shop.start();
    rmSync(join(shop.dir, 'paper'), { recursive: true });
    assert.equal((await shop.call(posd, 'POST', '/api/v1/sales', bill)).status,
      201);
    mkdirSync(join(shop.dir, 'paper'));
    assert.deepEqual(await slips(shop, 1), ['0101-000001.escpos']);
    assert.equal(await posd.stop(), 0);
    assert.equal(row(shop, 'SELECT state FROM print_job WHERE kind = 1'), '4');
  });

test('what was being sent at a power cut is unknown, never sent again unasked',
  async () => {
    const shop = showroom();
    let posd = await shop.start();
    await shop.call(posd, 'POST', '/api/v1/sales', bill);
    await slips(shop, 1);
    assert.equal(await posd.stop(), 0);
    spawnSync('sqlite3', [join(shop.dir, 'showroom/ocop-pos.db'),
      'UPDATE print_job SET state = 2 WHERE kind = 1']); // as if it had died just then
    posd = await shop.start();
    await shop.call(posd, 'POST', '/api/v1/sales', bill);
    assert.deepEqual(await slips(shop, 2),
      ['0101-000001.escpos', '0101-000002.escpos']);
    assert.equal(await posd.stop(), 0);
    assert.equal(row(shop, 'SELECT group_concat(state) FROM print_job ' +
      'WHERE kind = 1'), '5,4');
  });
