// The daemon in front of a mirror that lies, and of signers that overstep:
// nothing is taken, the old list stays to the last byte, the reason is said in
// words, the memory stays small; and what is honest again is taken again.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { bin, folder, source } from './programs.mjs';
import * as attacks from './sync/attacks.mjs';
import { beginning, cut, openMirror, swap } from './sync/mirror.mjs';
import { listBytes, loadRepo } from './sync/repo.mjs';
import { openShop } from './sync/shop.mjs';
import { newKey, sha256 } from './sync/sign.mjs';
import * as thefts from './sync/thefts.mjs';

const MEMORY_MIB = 48; // of the whole daemon, at its worst

const work = folder();
let mirror;
let registry;
let shop;
let one; // the list of province 01 as ocop-registry published it
let two; // and what it would be next
let other; // province 38's

function command(...args) {
  const done = spawnSync(join(bin, 'ocop-registry'), ['--dir', work, ...args]);
  assert.equal(done.status, 0, done.stderr.toString());
}

const listOf = (role) => [...registry.files]
  .find(([path]) => path.startsWith(`targets/${role}/`) && path.includes('.list-1.'))[1];
const recordsOf = (bytes) =>
  bytes.toString().trimEnd().split('\n').map((line) => JSON.parse(line));

before(async () => {
  command('init', '--demo', '--root-keys', '3', '--root-threshold', '2',
    '--targets-keys', '3', '--targets-threshold', '2');
  command('import', join(source, 'config/demo/certified.ndjson'), '--by', 'thử');
  command('publish', '--by', 'thử');
  registry = loadRepo(work, ['targets', 'p01', 'p38']);
  registry.first = new Map(registry.files);
  [one, other] = ['p01', 'p38'].map(listOf);
  registry.records = { p01: recordsOf(one), p38: recordsOf(other) };
  two = listBytes(registry.records.p01.map((r) => ({ ...r, rev: r.rev + 1 })));
  mirror = await openMirror();
  mirror.serve(registry.files);
  shop = await openShop(mirror.url, registry.files.get('1.root.json'));
  assert.equal((await shop.sync()).error, null);
  await holds(one);
  await honest();
});
after(async () => {
  const status = await shop?.stop();
  mirror?.close();
  assert.equal(status, 0, shop.log());
});

async function holds(bytes) {
  assert.equal(await shop.told('p01'), sha256(bytes));
  assert.equal(shop.rows('p01'), sha256(bytes));
  assert.equal(shop.rows('p38'), sha256(other));
}

/** The registry as it is, newly signed: it must be taken. */
async function honest(bytes = one) {
  mirror.serve(registry.publish().files);
  const said = await shop.sync();
  assert.equal(said.error, null, JSON.stringify(said.error));
  assert.equal(said.state, 'fresh');
  assert.equal(shop.trusted('timestamp'), registry.versions.timestamp);
  await holds(bytes);
}

/** `make` spoils the registry that has list 2; the twist comes back. */
async function attack(make, reason) {
  const now = registry.clone();
  now.wasP01 = structuredClone(now.signed.p01.targets);
  now.list('p01', 2, two);
  const twist = make(now, registry);
  mirror.serve(now.files, typeof twist === 'function' ? twist : null);
  const { error } = await shop.sync();
  if (reason) {
    assert.ok(error, 'it was taken');
    assert.match(error.code, /^(fetch|list_\w+|cert_refused|not_found)$/);
    assert.match(error.detail, reason);
    assert.match(error.detail, /\p{L}.*[.!?]$/u);
    assert.doesNotMatch(error.detail, /\{\w+\}|…/);
  }
  await holds(one);
  assert.ok(shop.peak() < MEMORY_MIB, `${shop.peak()} MiB`);
  registry.above(now);
  await honest();
}

const carried = (make) => (now, was) => {
  now.publish();
  return make(now, was);
};
for (const [name, rows] of Object.entries({
  replay: attacks.replays, damage: attacks.damages, wire: attacks.wires,
}))
  for (const [what, reason, make] of rows)
    test(`${name}: ${what}`, () => attack(carried(make), reason));

test(`wire: ${attacks.slow[0]}`, () => attack(carried(attacks.slow[2]), attacks.slow[1]));

for (const [name, rows] of Object.entries({
  keys: [...thefts.signers, ...thefts.snapshots, ...thefts.ignored],
  content: thefts.contents,
}))
  for (const [what, reason, act] of rows)
    test(`${name}: ${what}`, () => attack(act, reason));

// Nothing is published that is honest in between, so that every file is asked
// for again and again; what stood before the one that is cut is trusted.
const FILES = ['2.root.json', 'timestamp.json', 'snapshot.json', 'targets.json',
  'p01.json', 'list-2.ndjson'];
test('cut at every 100th byte of every file', async () => {
  const now = registry.clone();
  now.list('p01', 2, two).root(2);
  now.publish();
  for (const file of FILES) {
    const [name, bytes] = [...now.files].reverse()
      .find(([path]) => path.endsWith(file));
    const pattern = new RegExp(`${name.replace(/\./g, '\\.')}$`);
    for (let n = 0; n < bytes.length; n += 100) {
      mirror.serve(now.files, cut(pattern, n, n % 200 === 0));
      const { error } = await shop.sync();
      assert.ok(error, `taken with ${n} bytes of ${name}`);
      assert.match(error.detail, /\p{L}.*[.!?]$/u);
      assert.equal(shop.rows('p01'), sha256(one));
    }
  }
  await holds(one);
  registry.above(now);
  registry.signed.root = now.signed.root;
  await honest();
});

test('a thief who pushed the versions to their end is undone by new keys', async () => {
  const END = Number.MAX_SAFE_INTEGER;
  const now = registry.clone();
  now.versions = { snapshot: END - 1, timestamp: END - 1 };
  now.signed.p01.version = END - 1;
  mirror.serve(now.publish().files);
  assert.equal((await shop.sync()).error, null);
  assert.equal(shop.trusted('timestamp'), END);
  mirror.serve(registry.publish().files);
  assert.match((await shop.sync()).error.detail, /lùi phiên bản/);
  await holds(one);

  const before = registry.keys.root.slice(0, 2);
  for (const role of ['timestamp', 'snapshot']) registry.keys[role] = [newKey()];
  registry.root(registry.signed.root.version + 1, { by: before });
  await honest();
});

// From here on list 2 is honest: what a liar began is gone on with.
for (const [what, make, asked] of [
  ['what was cut off is gone on with', (bytes) => bytes, 1],
  ['what a liar began is dropped in the end', (bytes) => bytes.map((b) => b ^ 1), 2],
])
  test(what, async () => {
    const seq = (registry.seq = (registry.seq ?? 1) + 1);
    const was = seq === 2 ? one : two;
    const next = seq === 2 ? two : one;
    registry.list('p01', seq, next);
    mirror.serve(registry.publish().files, beginning(/\/p01\//, 5000, make));
    assert.match((await shop.sync()).error.detail, /ngắt giữa chừng/);
    await holds(was);
    await honest(next);
    assert.equal(mirror.asked.filter((name) => /list/.test(name)).length, asked);
    assert.equal(mirror.continued, 1);
  });

test('a delta that lies is passed over for the whole list', async () => {
  const lie = Buffer.from(`{"id":"${registry.records.p01[0].id}","op":"drop","rev":1}\n`);
  registry.list('p01', 4, two);
  registry.target('p01', 'p01/delta-3-4.ndjson', lie,
    { from: 3, kind: 'delta', seq: 4, state: sha256(two) });
  await honest(two);
  assert.ok(mirror.asked.some((name) => name.endsWith('delta-3-4.ndjson')));
});

test('a delta that lies is all there is: the old list stays', async () => {
  const lie = Buffer.from(`{"id":"${registry.records.p01[0].id}","op":"drop","rev":2}\n`);
  registry.list('p01', 5, one);
  registry.target('p01', 'p01/delta-4-5.ndjson', lie,
    { from: 4, kind: 'delta', seq: 5, state: sha256(one) });
  mirror.serve(registry.publish().files, swap(/list-5/, () => Buffer.from('x')));
  const { error } = await shop.sync();
  assert.ok(error);
  await holds(two);
  await honest(one);
});

test('a timestamp that stands still is seen when its time is over', async () => {
  registry.publish({ timestamp: { seconds: 6 } });
  mirror.serve(registry.files);
  assert.equal((await shop.sync()).error, null);
  await new Promise((done) => setTimeout(done, 7000));
  const { error, state } = await shop.sync();
  assert.match(error.detail, /hết hạn/);
  assert.equal(error.code, 'list_expired');
  assert.equal(state, 'stale');
  await holds(one);
  await honest();
});

test('nothing of what was refused is left lying about', async () => {
  assert.deepEqual(shop.left(), []);
  assert.ok(shop.peak() < MEMORY_MIB, `${shop.peak()} MiB`);
});
