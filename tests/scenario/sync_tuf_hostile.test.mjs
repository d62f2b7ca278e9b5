// ocop-tuf in front of a mirror that lies: whatever is done to the files, and
// by whoever holds some of the keys, nothing is taken, and the reason is said.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as attacks from './sync/attacks.mjs';
import { tufClient } from './sync/client.mjs';
import { cut, openMirror } from './sync/mirror.mjs';
import { Repo, listBytes, record } from './sync/repo.mjs';
import * as thefts from './sync/thefts.mjs';

const records = (province, more) =>
  listBytes(Array.from({ length: 12 }, (_, i) => record(province, i + 1, more)));
const one = records('01');
const two = records('01', { rev: 2 });

let mirror;
let registry;
let client;

before(async () => {
  mirror = await openMirror();
  registry = new Repo();
  registry.list('p01', 1, one).list('p38', 1, records('38')).publish();
  registry.first = new Map(registry.files);
  client = await tufClient(mirror, registry.files.get('1.root.json'));
  await honest();
});
after(() => mirror.close());

/** The registry as it is, newly signed: it must be taken. */
async function honest() {
  mirror.serve(registry.publish().files);
  const { code, said } = await client.take(1);
  assert.equal(code, 0, said);
  assert.deepEqual(client.list(1), one);
}

/** `make` spoils the registry that has list 2; the twist comes back. */
async function attack(make, reason, seq = 2) {
  const now = registry.clone();
  now.wasP01 = structuredClone(now.signed.p01.targets);
  now.list('p01', 2, two);
  const twist = make(now, registry);
  mirror.serve(now.files, typeof twist === 'function' ? twist : null);
  const { code, said } = await client.take(seq);
  assert.equal(code, 1, 'it was taken');
  assert.match(said, reason);
  assert.equal(client.list(seq), null);
  registry.above(now);
  await honest();
}

for (const [name, rows] of Object.entries({
  replay: attacks.replays, damage: attacks.damages, wire: attacks.wires,
}))
  for (const [what, reason, make] of rows)
    test(`${name}: ${what}`, () => attack((now, was) => {
      now.publish();
      return make(now, was);
    }, reason));

for (const [what, reason, act] of [...thefts.signers, ...thefts.snapshots])
  test(`keys: ${what}`, () => attack(act, reason));

for (const [what, , act] of thefts.ignored)
  test(`keys: ${what}`, () => attack(act, /p01\/list-9/, 9));

const FILES = ['2.root.json', 'timestamp.json', 'snapshot.json', 'targets.json',
  'p01.json', 'list-2.ndjson'];
for (const file of FILES)
  test(`cut at every 100th byte: ${file}`, async () => {
    const now = registry.clone();
    now.list('p01', 2, two).root(2);
    now.publish();
    const [name, bytes] = [...now.files].reverse()
      .find(([path]) => path.endsWith(file));
    const pattern = new RegExp(`${name.replace(/\./g, '\\.')}$`);
    for (let n = 0; n < bytes.length; n += 100) {
      mirror.serve(now.files, cut(pattern, n, n % 200 === 0));
      const { code, said } = await client.take(2);
      assert.equal(code, 1, `taken with ${n} bytes of ${name}`);
      assert.match(said, /./);
    }
    assert.equal(client.list(2), null);
  });
