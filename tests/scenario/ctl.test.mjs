// The operator's commands: a showroom is made, staffed, filled and written
// out, alone and beside the daemon that sells.
import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { daemon, folder, pos, posLater, registry, source } from './programs.mjs';

const certified = join(source, 'config/demo/certified.ndjson');
const products = join(source, 'config/demo/products.csv');

// The registry's folder on a stick: the demonstration's list, signed.
const reg = join(folder(), 'registry');
registry('init', '--dir', reg, '--demo');
registry('import', certified, '--dir', reg, '--by', 'thử');
registry('publish', '--dir', reg, '--by', 'thử');
const stick = join(reg, 'www/v1');
const config = join(folder(), 'ocop-pos.conf');
writeFileSync(config, `registry_root = "${join(stick, '1.root.json')}";\n`);

/** A new showroom, and `ocop-pos` with its folder. */
function showroom() {
  const data = join(folder(), 'data');
  const made = pos(['init', '--data', data, '--showroom', '101', '--name',
    'Cửa hàng thử', '--commune', '00103', '--json']);
  assert.equal(made.status, 0, made.err);
  const run = (...args) => pos(['--config', config, '--data', data, ...args]);
  const json = (...args) => {
    const { status, out, err } = run(...args, '--json');
    assert.equal(status, 0, err);
    return JSON.parse(out);
  };
  return { data, made: JSON.parse(made.out), run, json };
}

const u16 = (n) => Buffer.from([n >> 8, n & 255]);
function u64(n) {
  const b = Buffer.alloc(8);
  b.writeBigUInt64BE(BigInt(n));
  return b;
}
function u32(n) {
  const b = Buffer.alloc(4);
  b.writeUInt32BE(n);
  return b;
}
const ed25519 = (hex) => createPublicKey({ format: 'der', type: 'spki',
  key: Buffer.from(`302a300506032b6570032100${hex}`, 'hex') });

// The chain of contract/receipt-qr.md, by nothing of ours; the records.
function proved(ndjson) {
  const [head, ...records] = ndjson.trimEnd().split('\n').map((line) =>
    ({ line, ...JSON.parse(line) }));
  let prev = Buffer.alloc(32);
  records.forEach((r, i) => {
    const body = Buffer.from(/"body":(.*),"hash":/.exec(r.line)[1]);
    const kind = Buffer.from(r.kind);
    const hash = createHash('sha256').update('OCOP-J1\0').update(prev)
      .update(u64(r.seq)).update(u16(kind.length)).update(kind)
      .update(u32(body.length)).update(body).digest();
    assert.equal(r.seq, i + 1);
    assert.equal(r.hash, hash.toString('hex'));
    assert.ok(verify(null, Buffer.concat([Buffer.from('OCOP-J1S\0'), hash]),
      ed25519(head.keys[0].public), Buffer.from(r.sig, 'hex')), `record ${r.seq}`);
    prev = hash;
  });
  return { head, records };
}

test('init makes a showroom with its owner and first till, once', () => {
  const { data, made, run } = showroom();
  assert.equal(made.showroom, 101);
  assert.equal(made.owner, 1);
  assert.match(made.pin, /^\d{6}$/);
  assert.equal(statSync(data).mode & 0o777, 0o700);
  assert.equal(statSync(join(data, 'keys/1.key')).mode & 0o777, 0o600);
  assert.equal(statSync(join(data, 'ocop-pos.db')).mode & 0o077, 0);
  const again = run('init', '--showroom', '102', '--name', 'x', '--commune', '00103');
  assert.equal(again.status, 1);
  const { head, records } = proved(run('export', 'journal').out);
  assert.equal(head.showroom, 101);
  assert.equal(head.keys[0].from, 1);
  assert.deepEqual(records.map((r) => r.kind), ['showroom', 'till', 'staff']);
  assert.equal(records[0].body.name, 'Cửa hàng thử');
});

test('used wrongly is 2, found wrong is 1, in the language asked for', () => {
  const { data, run } = showroom();
  assert.equal(pos([]).status, 2);
  assert.equal(run('staff', 'fire').status, 2);
  assert.equal(run('staff', 'add', '--name', 'x').status, 2);
  assert.equal(run('staff', 'add', '--name', 'x', '--role', 'king').status, 2);
  assert.equal(run('staff', 'add', '--name', 'x', '--role', 'owner', '--pin', '1').status, 2);
  assert.equal(run('staff', 'disable', '77').status, 1);
  assert.equal(run('import', 'products', join(data, 'no.csv')).status, 1);
  assert.equal(pos(['staff', 'list', '--data', join(data, 'no')]).status, 1);

  const ask = ['staff', 'disable', '1', '--data', data];
  assert.match(pos(ask).err, /^Phải còn ít nhất một chủ cửa hàng\.\n$/);
  assert.match(pos([...ask, '--lang', 'en']).err, /^The last owner stays\.\n$/);
  assert.match(pos(ask, { env: { LANG: 'en_US.UTF-8' } }).err, /^The last owner/);
  const failure = JSON.parse(pos([...ask, '--json']).out);
  assert.equal(failure.error, 'forbidden');
  assert.match(failure.detail, /chủ cửa hàng/);
  assert.match(pos(['help']).out, /import certified DIR/);
});

test('people, tokens, tills and devices come and go', () => {
  const { run, json } = showroom();
  const lan = json('staff', 'add', '--name', ' Lê  Thị Lan', '--role', 'cashier',
    '--pin', '3456');
  assert.equal(lan.number, 2);
  assert.equal(lan.pin, undefined);
  const { token, number } = json('token', 'create', '--role', 'viewer', '--name', 'Sổ');
  assert.match(token, /^ocop_[\w-]{43}$/);
  json('token', 'revoke', `${number}`);
  json('staff', 'disable', '2');
  assert.deepEqual(json('staff', 'list').staff.map((s) => [s.number, s.role, s.active]),
    [[1, 'owner', true], [2, 'cashier', false]]);
  assert.deepEqual(json('token', 'list').tokens.map((t) => [t.number, t.active]),
    [[number, false]]);
  assert.equal(run('staff', 'disable', `${number}`).status, 1);
  assert.equal(run('device', 'enrol', '--till', '2').status, 1);
  assert.equal(json('till', 'add', '2').name, 'Quầy 2');
  assert.match(json('device', 'enrol', '--till', '2').code, /^\d{8}$/);
  assert.deepEqual(json('till', 'list').tills.map((t) => t.till), [1, 2]);
  assert.deepEqual(json('device', 'list').devices, []);
  const { token: secret } = json('token', 'create', '--role', 'owner', '--name', 'Khóa');
  const { out } = run('export', 'journal');
  proved(out);
  for (const hidden of [token, secret, '3456', 'Lan', 'Khóa'])
    assert.ok(!out.includes(hidden), `${hidden} is in the journal`);
});

test('the demonstration files come in; a second time nothing changes', () => {
  const { run, json } = showroom();
  const list = json('import', 'certified', stick);
  assert.equal(list.new, 67);
  const tried = json('import', 'products', products, '--dry-run');
  assert.deepEqual([tried.new, tried.written], [73, false]);
  const taken = json('import', 'products', products);
  assert.deepEqual([taken.rows, taken.new, taken.receivings, taken.written],
    [73, 73, 66, true]);
  const again = json('import', 'products', products);
  assert.deepEqual([again.new, again.changed, again.receivings, again.receivings_before],
    [0, 0, 0, 66]);
  assert.equal(json('import', 'certified', stick).seq, 0);
  const { records } = proved(run('export', 'journal').out);
  const written = records.filter((r) => r.kind === 'list');
  assert.equal(written.length, 1);
  assert.equal(written[0].body.new, 67);
  for (const l of written[0].body.lists)
    assert.ok(existsSync(join(stick, 'targets', l.name,
      `${l.sha256}.list-${l.list_seq}.ndjson`)), l.name);
  assert.equal(run('export', 'journal', '--from', `${records.length}`).out
    .trimEnd().split('\n').length, 2);
});

test('a stick that was tampered with changes nothing; bad rows take nothing with them', () => {
  const { data, run, json } = showroom();
  const bent = join(folder(), 'v1');
  cpSync(stick, bent, { recursive: true });
  const dir = join(bent, 'targets/p01');
  const name = join(dir, readdirSync(dir).find((f) => f.endsWith('.ndjson')));
  writeFileSync(name, readFileSync(name, 'utf8').replace('"active"', '"Active"'));
  const no = run('import', 'certified', bent);
  assert.equal(no.status, 1);
  assert.match(no.err, /không đúng như đã ký/);
  assert.equal(run('import', 'certified', join(data, 'nowhere')).status, 1);
  const bare = pos(['--data', showroom().data, 'import', 'certified', stick]);
  assert.equal(bare.status, 1);
  assert.match(bare.err, /registry_root/);
  assert.deepEqual(proved(run('export', 'journal').out).records
    .filter((r) => r.kind === 'list'), []);
  const bad = pos(['--data', data, '--json', 'import', 'products', '-'], {
    input: 'sku,name,unit,price,vat_class\nA,a,gói,1,8\nB,b,gói,1.000,8\nC,,gói,1,7\n' });
  assert.equal(bad.status, 1);
  const rows = JSON.parse(bad.out);
  assert.equal(rows.written, false);
  assert.deepEqual(rows.refused.map((r) => [r.line, r.field]), [[3, 'price'], [4, 'name']]);
  assert.equal(json('import', 'certified', stick).new, 67);
});

test('beside the daemon the same commands work, and count at once', async () => {
  const { data, run, json } = showroom();
  const posd = await daemon(data, '--config', config);
  const get = (path, token) => fetch(posd.url + path,
    { headers: { authorization: `Bearer ${token}` } });
  const { token, number } = json('token', 'create', '--role', 'manager', '--name', 'a');
  assert.equal((await get('/api/v1/products?q=', token)).status, 200);
  json('import', 'certified', stick);
  json('import', 'products', products);
  const found = await (await get('/api/v1/products?q=mien', token)).json();
  assert.equal(found.items[0].name, 'Miến Minh Dương');
  assert.equal(found.items[0].stock, 120);
  assert.equal(run('import', 'products', join(data, 'no.csv')).status, 1);
  assert.equal(run('staff', 'disable', '1').status, 1);
  assert.equal(run('staff', 'add', '--name', 'x', '--role', 'king').status, 2);
  json('token', 'revoke', `${number}`);
  assert.equal((await get('/api/v1/products?q=', token)).status, 401);
  assert.equal(statSync(join(data, 'control.sock')).mode & 0o777, 0o600);

  const many = await Promise.all(Array.from({ length: 12 }, (_, i) => posLater(
    ['--data', data, 'staff', 'add', '--name', `N${i}`, '--role', 'cashier', '--json'])));
  assert.ok(many.every((m) => m.status === 0), JSON.stringify(many));
  assert.equal(new Set(many.map((m) => JSON.parse(m.out).number)).size, 12);
  proved(run('export', 'journal').out);
  assert.ok(!posd.log().includes(token));
  assert.equal(await posd.stop(), 0);
  assert.ok(!existsSync(join(data, 'control.sock')));
});

test('a daemon that died stands in nobody\'s way', async () => {
  const { data, json } = showroom();
  const posd = await daemon(data, '--config', config);
  await posd.stop('SIGKILL');
  assert.ok(existsSync(join(data, 'control.sock')));
  assert.equal(json('till', 'add', '2').till, 2);
  const next = await daemon(data, '--config', config);
  assert.equal(json('till', 'add', '3').till, 3);
  assert.equal(await next.stop(), 0);
});
