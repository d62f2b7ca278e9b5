// Shelf labels and price tags through the daemon: to a label printer, to
// receipt paper, and what gets none.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';

import { bin, daemon, folder, pos, source } from './programs.mjs';

const quiet = { stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 1 << 26 };
const run = (program, args, input) =>
  execFileSync(program, args, { ...quiet, input });
const dir = folder();
let posd, token;

const printers = (list) => `printers = ( ${list.map((p) => `{ ${
  Object.entries(p).map(([k, v]) => `${k} = ${JSON.stringify(v)};`).join(' ')
} }`).join(', ')} );\n`;

before(async () => {
  assert.equal(pos(['demo', '--data', join(dir, 'showroom'), '--from',
    join(source, 'config/demo'), '--url', 'http://127.0.0.1:1', '--json',
    join(dir, 'demo.json'), '--bin', bin]).status, 0);
  token = JSON.parse(readFileSync(join(dir, 'demo.json'), 'utf8'))
    .tokens.cashier;
  for (const name of ['slips', 'tags', 'zebra']) mkdirSync(join(dir, name));
  writeFileSync(join(dir, 'pos.conf'),
    `data_dir = "${dir}/showroom";\n` + printers([
      { id: 'receipt', at: `file:${dir}/slips`, roles: 'receipt', paper_mm: 58 },
      { id: 'tags', at: `file:${dir}/tags`, roles: 'label', language: 'tspl',
        label_mm: '50x30', gap_mm: 3 },
      { id: 'zebra', at: `file:${dir}/zebra`, roles: 'label', language: 'zpl',
        label_mm: '70x40' },
    ]));
  posd = await daemon(join(dir, 'showroom'), '--config', join(dir, 'pos.conf'));
});
after(() => posd?.stop());

const call = (method, path, body) => fetch(posd.url + path, {
  method,
  headers: { 'content-type': 'application/json',
    authorization: `Bearer ${token}` },
  body: body && JSON.stringify(body),
});
const json = async (path) => (await call('GET', path)).json();
const product = async (q) =>
  (await json(`/api/v1/products?q=${encodeURIComponent(q)}`)).items[0];
const lots = async (id) => (await json(`/api/v1/stock?product=${id}`)).items;

async function labels(body) {
  const answer = await call('POST', '/api/v1/labels', body);
  return { status: answer.status, body: await answer.json() };
}

/** The bytes of job j_<n> in a folder, as soon as they are whole. */
async function printed(where, job) {
  const name = `label-${job.slice(2)}`;
  for (let i = 0; i < 300; i++) {
    const found = readdirSync(join(dir, where))
      .filter((file) => file.startsWith(`${name}.`));
    if (found.some((file) => file.endsWith('.png'))) {
      const bytes = found.find((file) => !file.endsWith('.png'));
      return { bytes: join(dir, where, bytes),
        png: join(dir, where, `${name}.png`) };
    }
    await sleep(50);
  }
  throw new Error(`no ${name} in ${where}`);
}

async function picture(path) {
  const answer = await call('GET', path);
  assert.equal(answer.headers.get('content-type'), 'image/png');
  return Buffer.from(await answer.arrayBuffer());
}

const seen = (path) => run('zbarimg', ['-q', '--raw', '-Sdatabar.disable',
  '-Sdatabar-exp.disable', path]).toString().trim();

test('a label printer gets the copies asked for, as the preview shows them',
  async () => {
    const { id } = await product('mien minh duong');
    const { status, body } = await labels({ kind: 'shelf',
      items: [{ product: id, qty: 3 }] });
    assert.equal(status, 202);
    assert.equal(body.jobs.length, 1);
    const paper = await printed('tags', body.jobs[0]);
    const preview = await picture(`/api/v1/products/${id}/label.png`);
    assert.deepEqual(readFileSync(paper.png), preview);
    const tspl = readFileSync(paper.bytes);
    assert.match(tspl.toString('latin1'),
      /^SIZE 50 mm,30 mm\r\nGAP 3 mm,0 mm\r\n[^]*\r\nPRINT 1,3\r\n$/);
    const pbm = join(dir, 'label.pbm');
    writeFileSync(pbm, run(join(bin, 'tspl_to_pbm'), [], tspl));
    assert.equal(run('convert', [pbm, '-depth', '8', 'gray:-']).compare(
      run('convert', [paper.png, '-depth', '8', 'gray:-'])), 0);
    assert.equal(seen(paper.png), '8934567890120');
  });

test('each printer draws it at its own size', async () => {
  const { id } = await product('mat ong bac ha');
  const size = async (printer) => run('identify', ['-format', '%wx%h', '-'],
    await picture(`/api/v1/products/${id}/label.png?printer=${printer}`))
    .toString();
  assert.equal(await size('tags'), '400x240');
  assert.equal(await size('zebra'), '560x320');
  assert.equal(await size('receipt'), '384x240');
  const { body } = await labels({ kind: 'price', printer: 'zebra',
    items: [{ product: id }] });
  const { bytes } = await printed('zebra', body.jobs[0]);
  assert.match(readFileSync(bytes, 'latin1'), /^\^XA\n\^PW560\n\^LL320\n/);
});

test('receipt paper gets a strip with a line to cut along', async () => {
  const { id } = await product('tra sen tay ho');
  const { body } = await labels({ kind: 'shelf', printer: 'receipt',
    items: [{ product: id, qty: 4 }] });
  const { bytes, png } = await printed('slips', body.jobs[0]);
  const pbm = run(join(bin, 'escpos_to_pbm'), ['384'], readFileSync(bytes));
  assert.match(pbm.toString('latin1', 0, 20),
    new RegExp(`^P4\n384 ${4 * 240 + 3 * 18}\n`));
  assert.equal(run('identify', ['-format', '%wx%h', png]).toString(),
    '384x1014');
});

test('a price tag says the last day of its lot', async () => {
  const { id } = await product('mien minh duong');
  const lot = (await lots(id))[0];
  const path = `/api/v1/products/${id}/label.png?kind=price&printer=zebra`;
  const plain = await picture(path);
  const dated = join(dir, 'dated.png');
  writeFileSync(dated, await picture(`${path}&lot=${lot.lot}`));
  assert.notDeepEqual(readFileSync(dated), plain);
  const big = join(dir, 'dated-big.png');
  run('convert', [dated, '-bordercolor', 'white', '-border', '20', '-filter',
    'Box', '-resize', '200%', '-blur', '0x1', big]);
  const text = run('tesseract', [big, '-', '-l', 'vie', '--psm', '6'])
    .toString().replace(/\s/g, '');
  const [y, m, d] = lot.expires.split('-');
  assert.ok(text.includes(`HSD${d}/${m}/${y}`), text);
  assert.ok(text.includes('60.000'), text);
});

test('several labels are all queued or none', async () => {
  const [a, b] = [await product('mien minh duong'), await product('tra sen')];
  const both = await labels({ kind: 'shelf',
    items: [{ product: a.id }, { product: b.id, qty: 2 }] });
  assert.equal(both.status, 202);
  assert.equal(both.body.jobs.length, 2);
  const before = (await json('/api/v1/print-jobs')).items[0].id;
  const none = await labels({ kind: 'shelf',
    items: [{ product: a.id }, { product: 'p_99999' }] });
  assert.deepEqual([none.status, none.body.code, none.body.errors[0].path],
    [404, 'not_found', 'items[1]']);
  assert.equal((await json('/api/v1/print-jobs')).items[0].id, before);
});

test('what gets no label is refused by name', async () => {
  const { id } = await product('mien minh duong');
  const other = (await lots((await product('tra sen')).id))[0].lot;
  const lot = (await lots(id))[0].lot;
  const refused = async (body) => {
    const { status, body: problem } = await labels(body);
    return [status, problem.code, problem.errors?.[0]?.path];
  };
  assert.deepEqual(await refused({ kind: 'price',
    items: [{ product: id, lot: other }] }), [400, 'field_value', 'items[0]']);
  assert.deepEqual(await refused({ kind: 'shelf',
    items: [{ product: id, lot }] }), [400, 'field_value', 'items[0]']);
  assert.deepEqual(await refused({ kind: 'poster', items: [{ product: id }] }),
    [400, 'field_value', 'kind']);
  assert.deepEqual(await refused({ kind: 'shelf', items: [] }),
    [400, 'field_value', 'items']);
  assert.deepEqual(await refused({ kind: 'shelf',
    items: [{ product: id, qty: 101 }] }),
  [400, 'field_value', 'items[0].qty']);
  assert.deepEqual(await refused({ kind: 'shelf', printer: 'nowhere',
    items: [{ product: id }] }), [404, 'not_found', undefined]);
  assert.equal((await call('GET',
    `/api/v1/products/${id}/label.png?kind=poster`)).status, 400);
});
