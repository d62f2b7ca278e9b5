// From the registry's label key to the QR code on a shelf label, which node's
// own crypto finds good; and what is not signed, or says something else, never
// gets on one.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { bytesOf } from '../tools/verify_token.mjs';
import { daemon, folder, pos, registry, source } from './programs.mjs';

const top = folder();
const reg = join(top, 'registry');
const stick = join(reg, 'www/v1');
const file = join(top, 'labels-01.ndjson');
registry('init', '--dir', reg, '--demo');
registry('import', join(source, 'config/demo/certified.ndjson'), '--dir', reg);
registry('publish', '--dir', reg);
const made = registry('labels', '--province', '01', '--out', file, '--dir', reg);
registry('publish', '--dir', reg);

/** A showroom with the demonstration's goods and lists. */
function showroom() {
  const dir = folder();
  const data = join(dir, 'data');
  mkdirSync(join(dir, 'tags'));
  const config = join(dir, 'ocop-pos.conf');
  writeFileSync(config, `registry_root = "${join(stick, '1.root.json')}";
verify_base = "https://ocop.example.vn/r";
printers = ( { id = "tags"; at = "file:${dir}/tags"; roles = "label";
  language = "zpl"; label_mm = "70x40"; } );\n`);
  const run = (...args) => pos(['--config', config, '--data', data, ...args,
    '--json']);
  const json = (...args) => {
    const { status, out, err } = run(...args);
    assert.equal(status, 0, err);
    return JSON.parse(out);
  };
  json('init', '--showroom', '101', '--name', 'Thử', '--commune', '00103');
  return { dir, run, json, start: () => daemon(data, '--config', config) };
}

/** What the QR code of a product's label says; '' when it has none. */
async function codeOf(shop, q, kind = 'shelf') {
  const posd = await shop.start();
  const { token } = shop.json('token', 'create', '--role', 'viewer',
    '--name', 'Thử');
  const get = (path) => fetch(posd.url + path,
    { headers: { authorization: `Bearer ${token}` } });
  const { items: [product] } =
    await (await get(`/api/v1/products?q=${encodeURIComponent(q)}`)).json();
  const png = join(shop.dir, 'label.png');
  writeFileSync(png, Buffer.from(await (await get(
    `/api/v1/products/${product.id}/label.png?kind=${kind}`)).arrayBuffer()));
  await posd.stop();
  return execFileSync('zbarimg', ['-q', '--raw', png],
    { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim().split('\n')
    .filter((line) => line.startsWith('http')).join();
}

function full() {
  const shop = showroom();
  shop.json('import', 'certified', stick);
  shop.json('import', 'products', join(source, 'config/demo/products.csv'));
  return shop;
}

const ed25519 = (hex) => createPublicKey({ format: 'der', type: 'spki',
  key: Buffer.from(`302a300506032b6570032100${hex}`, 'hex') });
const days = (date) => (Date.parse(date) - Date.UTC(2020, 0, 1)) / 86400_000;

test('the key is made like the others, and the file is for its province', () => {
  assert.deepEqual([made.key, made.key_made, made.labels], [1, true, 15]);
  assert.equal(statSync(join(reg, 'keys/label-01-1.key')).mode & 0o777, 0o600);
  const again = registry('labels', '--province', '01', '--out',
    join(top, 'again'), '--dir', reg);
  assert.deepEqual([again.key, again.key_made], [1, false]);
  assert.deepEqual(readFileSync(join(top, 'again')), readFileSync(file));
  const other = registry('labels', '--province', '04', '--out',
    join(top, 'labels-04'), '--dir', reg);
  assert.equal(other.key, 2); // a number is given once for all provinces
});

test('the code on the label is good, by the contract alone', async () => {
  const shop = full();
  assert.equal(await codeOf(shop, 'mien minh duong'), '');
  assert.deepEqual(shop.json('import', 'labels', file),
    { province: '01', labels: 15, other: 0 });
  const url = await codeOf(shop, 'mien minh duong');
  assert.match(url, /^https:\/\/ocop\.example\.vn\/p#\d{202}$/);
  const bytes = bytesOf(url);
  const [head] = readFileSync(file, 'utf8').split('\n');
  const { public: key } = JSON.parse(head).keys[0];
  assert.ok(verify(null, Buffer.concat([Buffer.from('OCOP-P1\0'),
    bytes.subarray(0, 19)]), ed25519(key), bytes.subarray(19)));
  assert.deepEqual([bytes[0], bytes.readUInt32BE(1), bytes[5],
    bytes.readUInt16BE(6), bytes.readUInt16BE(8), bytes[10]],
  [0x11, 1, 4, days('2025-12-18'), days('2028-12-18'), 1]);
  assert.deepEqual(bytes.subarray(11, 19), createHash('sha256').update(
    'Miến Minh Dương\nCông ty cổ phần Thực phẩm Minh Dương').digest()
    .subarray(0, 8));
  // A price tag sticks on one jar: the code would seem to prove the jar.
  assert.equal(await codeOf(shop, 'mien minh duong', 'price'), '');
  assert.equal(await codeOf(shop, 'hat de rang'), ''); // province 04: no file
});

test('a file whose keys no verified list names is not taken', () => {
  const bare = showroom();
  assert.match(bare.run('import', 'labels', file).out, /not_found/);
  const shop = full();
  // A key of somebody's own: the tokens would even be signed by it.
  const own = join(folder(), 'own');
  registry('init', '--dir', own, '--demo');
  registry('import', join(source, 'config/demo/certified.ndjson'), '--dir', own);
  registry('labels', '--province', '01', '--out', join(top, 'own'), '--dir', own);
  const no = shop.run('import', 'labels', join(top, 'own'));
  assert.equal(no.status, 1);
  assert.equal(JSON.parse(no.out).error, 'list_untrusted');
  assert.match(no.err, /Đồng bộ danh sách/);
});

test('one bent digit, and nothing of the file is taken', async () => {
  const shop = full();
  const lines = readFileSync(file, 'utf8').split('\n');
  const at = lines[5].indexOf('"token":"') + 30;
  const bent = (text) => {
    const path = join(top, 'bent');
    writeFileSync(path, text);
    const { status, out } = shop.run('import', 'labels', path);
    assert.equal(status, 1);
    return JSON.parse(out);
  };
  const digit = (9 - Number(lines[5][at])).toString();
  const line = lines[5].slice(0, at) + digit + lines[5].slice(at + 1);
  const said = bent([...lines.slice(0, 5), line, ...lines.slice(6)].join('\n'));
  assert.equal(said.error, 'list_untrusted');
  assert.match(said.detail, /^Dòng 6/);
  assert.equal(bent(lines.join('\n').slice(0, -1)).error, 'list_untrusted');
  assert.equal(bent('').error, 'list_untrusted');
  assert.equal(bent(lines.slice(1).join('\n')).error, 'list_untrusted');
  assert.equal(await codeOf(shop, 'mien minh duong'), '');
});

test('when the certificate is another than the token says, the label has no code',
  async () => {
    const shop = full();
    shop.json('import', 'labels', file);
    registry('suspend', 'VN01-000101', '--decision', '1/QĐ', '--date',
      new Date(Date.now() + 7 * 3600_000).toISOString().slice(0, 10),
      '--ground', 'thử', '--dir', reg);
    registry('publish', '--dir', reg);
    shop.json('import', 'certified', stick);
    assert.equal(await codeOf(shop, 'mien minh duong'), '');
    assert.match(await codeOf(shop, 'tra sen tay ho'), /\/p#\d{202}$/);
    // It gets no new one either, and the old token is of no record in force.
    const next = registry('labels', '--province', '01', '--out', file,
      '--dir', reg);
    assert.equal(next.labels, 14);
  });
