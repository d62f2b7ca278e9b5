// The paper: its token, its dots, its copies, and what strangers read on it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { bytesOf, judge, judgeText } from '../tools/verify_token.mjs';
import { fill } from './api/goods.mjs';
import { readJournal } from './api/journal.mjs';
import { Shop } from './api/shop.mjs';

process.env.OMP_THREAD_LIMIT = '1'; // tesseract is slower with more
const bin = process.env.OCOP_BIN ?? 'build/dev/bin';
const source = process.env.OCOP_SOURCE ?? '.';
const run = (program, args, input) => execFileSync(program, args,
  { input, stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 1 << 26 });

let shop, goods, cashier, manager, viewer, ring;
before(async () => {
  shop = await Shop.open();
  goods = await fill(shop);
  [cashier, manager, viewer] = ['cashier', 'manager', 'viewer'].map((r) => shop.as(r));
  ring = JSON.parse((await manager.get('/api/v1/journal?limit=1')).text.split('\n')[0]);
});
after(() => shop.close());

const line = (sku, qty) => ({ product: goods.id[sku], qty });
const sold = async (...lines) => cashier.ok(201, cashier.sell(lines));
const records = async () => readJournal((await manager.get('/api/v1/journal?limit=2000')).text).records;

async function picture(no) {
  const { status, headers, bytes } = await viewer.get(`/api/v1/sales/${no}/receipt.png`);
  assert.deepEqual([status, headers.get('content-type')], [200, 'image/png']);
  const path = join(shop.dir, `${no}-${Math.random()}.png`);
  writeFileSync(path, bytes);
  return path;
}

test('the token of a sale says what was sold, and is genuine', async () => {
  // BUOI's certificate is suspended, MAT has none: only what is in force counts.
  const done = await sold(line('MIEN', 2), line('BUOI', 1.5), line('MAT', 1));
  const { verdict, token } = judgeText(done.verify_url, ring);
  assert.equal(verdict, 'genuine');
  const all = await records();
  const at = all[done.journal.seq - 1];
  const { previous, ...rest } = token;
  assert.deepEqual(rest, { kind: 'sale', showroom: 101, till: 1, key: 1, seq: at.seq,
    at: Date.parse(done.at) / 1000, clock_suspect: false, total: done.total, more: false,
    lines: [{ cert: 17, qty: 2 }], hash: done.journal.hash.slice(0, 32) });
  assert.equal(previous, all[at.seq - 2].hash.slice(0, 16));
});

test('a refund, and a bill of many certified products, say so', async () => {
  const many = await sold(line('MIEN', 1), line('MIEN', 2), line('MIEN', 3), line('TRA', 1), line('MIEN', 4));
  const { token } = judgeText(many.verify_url, ring);
  assert.deepEqual([token.lines.map((l) => l.qty), token.more], [[1, 2, 3], true]);
  const back = await cashier.ok(201, cashier.refund(many.receipt_no, { lines: [{ line: 1, qty: 1 }] }));
  const judged = judgeText(back.verify_url, ring);
  assert.deepEqual([judged.verdict, judged.token.kind, judged.token.total], ['genuine refund', 'refund', 60000]);
});

test('every single bit of a token is guarded', async () => {
  const bytes = bytesOf((await sold(line('MIEN', 1), line('BUOI', 1))).verify_url);
  assert.equal(judge(bytes, ring).verdict, 'genuine');
  const verdicts = new Set();
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const changed = Buffer.from(bytes);
    changed[bit >> 3] ^= 1 << (bit & 7);
    verdicts.add(judge(changed, ring).verdict);
  }
  assert.deepEqual([...verdicts].sort(), ['forged', 'unknown showroom', 'unreadable']);
});

test('every digit of the address is guarded', async () => {
  const { verify_url } = await sold(line('MIEN', 1));
  const start = verify_url.indexOf('#') + 1;
  for (let i = start; i < verify_url.length; i++) {
    const digit = String((Number(verify_url[i]) + 1) % 10);
    const { verdict } = judgeText(verify_url.slice(0, i) + digit + verify_url.slice(i + 1), ring);
    assert.ok(['forged', 'unknown showroom', 'unreadable'].includes(verdict), `${i}: ${verdict}`);
  }
  for (const text of [verify_url.slice(0, -1), `${verify_url}0`, verify_url.slice(0, start), 'x'])
    assert.equal(judgeText(text, ring).verdict, 'unreadable');
  const other = { ...ring, keys: [{ ...ring.keys[0], public: '58'.padEnd(64, '6') }] };
  assert.equal(judgeText(verify_url, other).verdict, 'forged');
  assert.equal(judgeText(verify_url, { ...ring, showroom: 102 }).verdict, 'unknown showroom');
});

test('a reprint says so, is counted, and is in the journal', async () => {
  const { receipt_no: no } = await sold(line('MAT', 1));
  const before_ = await viewer.ok(200, viewer.get(`/api/v1/sales/${no}`));
  const plain = readFileSync(await picture(no));
  for (const copy of [1, 2]) {
    const said = await cashier.ok(201, cashier.call('POST', `/api/v1/sales/${no}/reprint`));
    assert.deepEqual(said, { receipt_no: no, copy, printing: true });
    const { kind, body } = (await records()).at(-1);
    assert.deepEqual([kind, body.receipt_no, body.staff], ['reprint', no, 6]);
  }
  const [listed] = await viewer.all(`/api/v1/sales?q=${no}`);
  assert.equal(listed.copies, 2);
  assert.deepEqual(await viewer.ok(200, viewer.get(`/api/v1/sales/${no}`)), before_);
  assert.ok(readFileSync(await picture(no)).equals(plain), 'the receipt itself is no copy');
  await cashier.refused(404, 'not_found', cashier.call('POST', '/api/v1/sales/0101-999999/reprint'));
});

test('what is not there has no picture', async () => {
  for (const what of ['receipt.png', 'receipt.escpos'])
    await viewer.refused(404, 'not_found', viewer.get(`/api/v1/sales/0101-999999/${what}`));
});

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

test('the printer gets the same dots, and a copy in words too', async () => {
  const { receipt_no: no } = await sold(line('MAT', 1));
  const paper = join(shop.dir, 'paper');
  await cashier.ok(201, cashier.call('POST', `/api/v1/sales/${no}/reprint`));
  for (let i = 0; i < 100 && !existsSync(join(paper, `${no}-copy.png`)); i++) await pause(100);
  const escpos = (await viewer.get(`/api/v1/sales/${no}/receipt.escpos`)).bytes;
  const of = (name) => readFileSync(join(paper, `${no}${name}`));
  assert.ok(of('.escpos').equals(escpos));
  assert.ok(!of('-copy.escpos').equals(escpos));
  assert.match(ocr(join(paper, `${no}-copy.png`)), /BẢN SAO/);
  assert.doesNotMatch(ocr(join(paper, `${no}.png`)), /BẢN SAO/);
});

// As a scanner would see it: twice as large, a little soft.
function ocr(png, size = '200%') {
  const seen = `${png}.ocr.png`;
  run('convert', [png, '-bordercolor', 'white', '-border', '30', '-filter', 'Box', '-resize', size,
    '-blur', '0x1', seen]);
  return run('tesseract', [seen, '-', '-l', 'vie', '--psm', '6', '--dpi', '400']).toString()
    .normalize('NFC').split(/\s+/).join(' ');
}

// Does the text hold the name?  One letter without marks may be taken for its
// like: at 58 mm tesseract reads a lone "g" as "q" and "ml" as "mi".  A wrong
// mark, a letter more or less, or two wrong letters: not read.
function reads(text, name) {
  const [all, want] = [[...text], [...name]];
  return all.some((_, at) => {
    const wrong = want.filter((letter, i) => all[at + i] !== letter);
    return wrong.length === 0 || (wrong.length === 1 && /[a-z]/.test(wrong[0]));
  });
}

test('the judge of what was read can say no', () => {
  assert.ok(reads('1 Mật ong 500 mi 2', 'Mật ong 500 ml'));
  for (const text of ['Mat ong 500 ml', 'Mật ong 50 ml', 'Mật onq 500 mi', 'Mậtong 500 ml', ''])
    assert.ok(!reads(text, 'Mật ong 500 ml'), text);
});

// Names of the demonstration's catalogue, five a receipt, on the shelf.
async function namedGoods(from) {
  const rows = readFileSync(join(source, 'config/demo/products.csv'), 'utf8').trim().split('\n').slice(1);
  const lines = [];
  for (const row of rows.slice(from, from + 5)) {
    const [sku, name, unit, price] = row.split(',');
    const made = await manager.ok(201, manager.post('/api/v1/products', { sku: `D-${sku}`, name, unit,
      price: Number(price), vat_class: '8', kind: 'service' }));
    lines.push({ product: made.id, qty: 1 });
  }
  return lines;
}

for (const [mm, width] of [[80, 576], [58, 384]]) {
  test(`strangers read a real receipt of ${mm} mm`, { timeout: 120000 }, async () => {
    await shop.restart({ paper_mm: mm });
    for (const from of [0, 5, 10]) {
      const lines = await namedGoods(from + (mm === 58 ? 15 : 0));
      const done = await cashier.ok(201, cashier.sell([line('MIEN', 1), ...lines]));
      const png = await picture(done.receipt_no);
      const size = run('identify', ['-format', '%w', png]).toString();
      assert.equal(Number(size), width);

      const url = run('zbarimg', ['-q', '--raw', png]).toString().trim();
      assert.equal(url, done.verify_url);
      assert.equal(judgeText(url, ring).verdict, 'genuine');

      const { bytes } = await viewer.get(`/api/v1/sales/${done.receipt_no}/receipt.escpos`);
      assert.ok(run(`${bin}/escpos_to_pbm`, [`${width}`], bytes).equals(run('convert', [png, 'pbm:-'])));

      const text = ocr(png);
      // What it mistook in one scan (a 3 for a 5) it may read in another.
      for (const { name } of done.lines)
        assert.ok(reads(text, name) || reads(ocr(png, '300%'), name), `"${name}" is not in: ${text}`);
    }
  });
}
