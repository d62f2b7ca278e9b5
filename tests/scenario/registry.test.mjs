// ocop-registry as its operator uses it, and what a showroom then finds.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, mkdirSync, statSync,
  writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import { folder, program, registry, source } from './programs.mjs';

const demo = join(source, 'config/demo/certified.ndjson');
const DAY = 86400e3;

const make = (...more) => {
  const dir = join(folder(), 'registry');
  registry('init', '--dir', dir, ...more);
  return dir;
};

const refused = (...args) => {
  const done = program('ocop-registry', ['--json', ...args]);
  assert.notEqual(done.status, 0, args.join(' '));
  return { status: done.status, ...JSON.parse(done.out), said: done.err };
};

const read = (dir, name) =>
  JSON.parse(readFileSync(join(dir, 'www/v1', name))).signed;

// The repository as its timestamp names it: {versions, targets by path}.
function published(dir) {
  const timestamp = read(dir, 'timestamp.json');
  const version = timestamp.meta['snapshot.json'].version;
  const snapshot = read(dir, `${version}.snapshot.json`);
  const targets = {};
  for (const [file, { version: v, length }] of Object.entries(snapshot.meta)) {
    const text = readFileSync(join(dir, 'www/v1', `${v}.${file}`));
    assert.equal(text.length, length, file);
    Object.assign(targets, JSON.parse(text).signed.targets);
  }
  return { timestamp, snapshot, targets };
}

// The bytes of a target, which are what the metadata says, packed or not.
function target(dir, path) {
  const { hashes, length } = published(dir).targets[path];
  const [folder_, name] = path.split('/');
  const file = join(dir, 'www/v1/targets', folder_, `${hashes.sha256}.${name}`);
  const bytes = readFileSync(file);
  assert.equal(bytes.length, length);
  assert.equal(createHash('sha256').update(bytes).digest('hex'), hashes.sha256);
  if (existsSync(`${file}.gz`))
    assert.deepEqual(gunzipSync(readFileSync(`${file}.gz`)), bytes);
  return bytes;
}

const lines = (bytes) =>
  bytes.toString().trimEnd().split('\n').map((line) => JSON.parse(line));

test('init of a demonstration says that its keys are open', () => {
  const dir = join(folder(), 'registry');
  const done = program('ocop-registry', ['init', '--demo', '--dir', dir]);
  assert.equal(done.status, 0, done.err);
  assert.match(done.out, /KHÔNG|không khóa nào có mật khẩu/);
  assert.equal(statSync(join(dir, 'keys')).mode & 0o777, 0o700);
  for (const name of readdirSync(join(dir, 'keys'))) {
    assert.equal(statSync(join(dir, 'keys', name)).mode & 0o777, 0o600);
    const key = JSON.parse(readFileSync(join(dir, 'keys', name)));
    assert.equal(key.protection, 'none');
    assert.match(key.warning, /NOT PROTECTED/);
  }
  const { delegations } = read(dir, '1.targets.json');
  assert.equal(delegations.roles.length, 35);
  assert.equal(delegations.roles[0].name, 'vn');
  assert.equal(refused('init', '--demo', '--dir', dir).error, 'exists');
});

test('import, publish, revoke, publish: lists, deltas, pages follow', () => {
  const dir = make('--demo');
  registry('import', demo, '--by', 'An', '--dir', dir);
  const first = registry('publish', '--by', 'An', '--dir', dir);
  assert.ok(first.lists.every((list) => list.seq === 1));
  const records = lines(readFileSync(demo));
  assert.equal(first.lists.reduce((sum, list) => sum + list.records, 0),
    records.length);
  const hanoi = lines(target(dir, 'p01/list-1.ndjson'));
  assert.ok(hanoi.every((r) => r.place.province_code === '01' && r.stars < 5));
  assert.ok(lines(target(dir, 'vn/list-1.ndjson')).every((r) => r.stars === 5));

  const { id, cert } = hanoi.find((r) => r.status === 'active');
  registry('revoke', id, '--decision', '7/QĐ-UBND', '--date', '2026-11-20',
    '--ground', 'Sai quy chuẩn', '--recall', 'stop_sale', '--by', 'An',
    '--dir', dir);
  const second = registry('publish', '--dir', dir);
  assert.deepEqual(second.lists.map(({ role, seq, changes }) =>
    [role, seq, changes]), [['p01', 2, 1]]);
  const [step, ...more] = lines(target(dir, 'p01/delta-1-2.ndjson'));
  assert.equal(more.length, 0);
  assert.equal(step.op, 'put');
  assert.equal(step.rec.id, id);
  assert.equal(step.rec.status, 'revoked');
  assert.equal(step.rec.status_info.recall, 'stop_sale');
  const { custom } = published(dir).targets['p01/delta-1-2.ndjson'];
  assert.equal(custom.ocop.state,
    published(dir).targets['p01/list-2.ndjson'].hashes.sha256);

  const standing = target(dir, 'vn/status-2.bin');
  const bits = (n) => (standing[n >> 2] >> (2 * (n & 3))) & 3;
  assert.equal(bits(cert), 3, 'withdrawn');
  const today = new Date(Date.now() + 7 * 3600e3).toISOString().slice(0, 10);
  for (const r of records.filter((r) => r.cert !== cert))
    if (r.status === 'active')
      assert.equal(bits(r.cert), r.valid_until < today ? 1 : 0, r.id);
  assert.equal(bits(0), 3, 'a number that was never given');
  const { snapshot } = published(dir);
  const centre = read(dir, `${snapshot.meta['vn.json'].version}.vn.json`);
  assert.deepEqual(Object.entries(centre.targets)
    .map(([path, { custom: { ocop } }]) => [path, ocop.kind]).sort(),
  [['vn/list-1.ndjson', 'full'], ['vn/showrooms-1.json', 'showrooms'],
    ['vn/status-2.bin', 'status']], 'whoever follows the centre finds both');
  const { certs } = JSON.parse(target(dir, 'vn/names-0.json'));
  assert.deepEqual(certs.map((c) => c.cert),
    records.map((r) => r.cert).sort((a, b) => a - b));
});

test('what did not change is not signed again', () => {
  const dir = make('--demo');
  registry('import', demo, '--dir', dir);
  registry('publish', '--dir', dir);
  const before = published(dir);
  const again = registry('publish', '--dir', dir);
  assert.deepEqual(again.lists, []);
  const after = published(dir);
  assert.deepEqual(after.snapshot, before.snapshot);
  assert.equal(after.timestamp.version, before.timestamp.version + 1);
});

test('a showroom and its keys stand in the next version of the showrooms', () => {
  const dir = make('--demo');
  const key = '11'.repeat(32);
  registry('publish', '--dir', dir);
  registry('showroom', 'add', '--number', '101', '--name', 'Gian hàng Hồ Gươm',
    '--commune', '00070', '--key', key, '--dir', dir);
  registry('publish', '--dir', dir);
  const { showrooms } = JSON.parse(target(dir, 'vn/showrooms-2.json'));
  assert.equal(showrooms.length, 1);
  assert.equal(showrooms[0].number, 101);
  assert.equal(showrooms[0].keys[0].public, key);
  assert.equal(published(dir).targets['vn/showrooms-1.json'], undefined);
});

test('renew signs the timestamp, and the rest when it ends soon', () => {
  const dir = make('--demo');
  const start = Date.now();
  const at = (days) => ['--at', new Date(start + days * DAY).toISOString()];
  const first = published(dir);
  const hour = registry('renew', '--dir', dir);
  assert.equal(hour.timestamp, 2);
  assert.equal(hour.snapshot, 1);
  registry('renew', '--dir', dir, ...at(6));
  const week = published(dir);
  assert.equal(week.timestamp.version, 3);
  assert.equal(week.snapshot.version, 2);
  assert.deepEqual(week.snapshot.meta, first.snapshot.meta);
  registry('renew', '--dir', dir, ...at(70));
  const quarter = published(dir);
  for (const file of Object.keys(first.snapshot.meta))
    assert.equal(quarter.snapshot.meta[file].version, 2, file);
  assert.ok(!existsSync(join(dir, 'www/v1/2.root.json')));
  registry('renew', '--dir', dir, ...at(300));
  assert.equal(read(dir, '2.root.json').version, 2);
});

test('old files go a week after nothing names them any more', () => {
  const dir = make('--demo');
  registry('import', demo, '--dir', dir);
  registry('publish', '--dir', dir);
  const lists = () => readdirSync(join(dir, 'www/v1/targets/p01'))
    .filter((name) => /list-1\.ndjson$/.test(name)).length;
  registry('revoke', 'VN01-000101', '--decision', '7', '--date', '2026-11-20',
    '--ground', 'x', '--dir', dir);
  const at = (days) =>
    ['--at', new Date(Date.now() + days * DAY).toISOString()];
  registry('publish', '--dir', dir);
  assert.equal(lists(), 1);
  registry('renew', '--dir', dir, ...at(6));
  assert.equal(lists(), 1);
  registry('renew', '--dir', dir, ...at(8));
  assert.equal(lists(), 0);
  assert.ok(existsSync(join(dir, 'www/v1/1.root.json')));
  published(dir);
  target(dir, 'p01/list-2.ndjson');
});

test('guarded keys: custodians bring theirs, the timer needs none', () => {
  const at = folder();
  const phrase = join(at, 'phrase');
  const dir = join(at, 'registry');
  writeFileSync(phrase, 'ba cây chụm lại nên hòn núi cao\n');
  const how = ['--passphrase-file', phrase, '--dir', dir];
  assert.equal(refused('init', '--dir', dir, '--passphrase-file',
    join(source, 'LICENSE-none')).error, 'file');
  registry('init', ...how);
  const guarded = registry('key', 'list', '--dir', dir).keys
    .filter((key) => key.protected).map((key) => key.role);
  assert.equal(guarded.filter((role) => role === 'root').length, 5);
  assert.equal(guarded.filter((role) => role === 'targets').length, 3);
  assert.ok(!guarded.includes('timestamp') && !guarded.includes('snapshot'));
  assert.equal(read(dir, '1.root.json').roles.root.threshold, 3);

  registry('import', demo, '--dir', dir);
  const blind = refused('publish', '--dir', dir);
  assert.equal(blind.error, 'signing_key');
  assert.match(blind.said, /--passphrase-file/);
  assert.equal(read(dir, 'timestamp.json').version, 1, 'nothing was published');
  writeFileSync(join(at, 'wrong'), 'ba cây chụm lại nên hòn núi thấp\n');
  assert.match(refused('publish', '--dir', dir, '--passphrase-file',
    join(at, 'wrong')).said, /Mật khẩu không mở được/);
  registry('publish', ...how);
  registry('renew', '--dir', dir);

  // Two of three keys of the targets are enough, one is not.
  const usb = join(at, 'usb');
  mkdirSync(usb);
  for (const n of [1, 2])
    renameSync(join(dir, `keys/targets-${n}.key`), join(usb, `targets-${n}.key`));
  const few = refused('key', 'rotate', 'p01', ...how);
  assert.match(few.said, /targets cần 2 chữ ký nhưng chỉ mở được 1/);
  registry('key', 'rotate', 'p01', '--keys', usb, ...how);
  assert.equal(published(dir).snapshot.meta['p01.json'].version, 3);
});

test('what ends soon and cannot be signed is said, and the timestamp signed', () => {
  const at = folder();
  const dir = join(at, 'registry');
  writeFileSync(join(at, 'phrase'), 'một cây làm chẳng nên non\n');
  registry('init', '--dir', dir, '--passphrase-file', join(at, 'phrase'));
  const later = new Date(Date.now() + 70 * DAY).toISOString();
  const done = program('ocop-registry',
    ['renew', '--dir', dir, '--at', later, '--json']);
  assert.equal(done.status, 1, done.err);
  const said = JSON.parse(done.out);
  assert.equal(said.timestamp, 2);
  assert.match(said.late, /^(targets|vn|vn-pages|p\d\d)$/);
});

test('refusals say what is wrong and what to do', () => {
  const dir = make('--demo');
  assert.equal(refused('publish', '--dir', join(dir, 'none')).error, 'not_found');
  assert.match(refused('publish', '--dir', join(dir, 'none')).said, /init/);
  assert.equal(refused('key', 'rotate', 'p05', '--dir', dir).error, 'not_found');
  assert.equal(refused('key', 'rotate', '--dir', dir).status, 2);
  assert.equal(refused('publish', '--timestamp-hours', '0', '--dir', dir).status, 2);
  assert.equal(refused('nonsense', '--dir', dir).status, 2);
});
