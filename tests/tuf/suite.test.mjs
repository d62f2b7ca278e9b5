// What the public TUF client conformance suite looks at, asked of ocop-tuf in
// our own words: exit status, the files it keeps, and each request it makes.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Client } from './client.mjs';
import { Repo, newKey } from './repo.mjs';
import { serve } from './server.mjs';

// The suite puts the name of each test into the address.
const BASE = '/test_x%5Bsome%20case%5D';

async function withRepo(repo, run) {
  const files = new Map();
  const server = await serve({ get: (url) =>
    url.startsWith(BASE) ? files.get(url.slice(BASE.length)) : undefined });
  const client = new Client(server.url + BASE);
  repo.files = files;
  try {
    repo.publish();
    await client.init(files.get('/metadata/1.root.json'));
    await run(client, () => server.asked.splice(0)
      .map((url) => url.slice(`${BASE}/`.length)), files);
  } finally {
    client.close();
    await server.close();
  }
}

const TOP = ['metadata/2.root.json', 'metadata/timestamp.json',
  'metadata/1.snapshot.json', 'metadata/1.targets.json'];

test('a refresh asks for four files in order, a download refreshes first', () =>
  withRepo(new Repo('ecdsa'), async (client, asked) => {
    assert.equal((await client.download('nonexistent artifact')).status, 1);
    assert.deepEqual(asked(), TOP);
    assert.deepEqual(client.roles(),
      ['root.json', 'snapshot.json', 'targets.json', 'timestamp.json']);
    assert.equal((await client.refresh()).status, 0);
    assert.deepEqual(asked(), TOP.slice(0, 2));
  }));

for (const [role, kept] of [['root', ['root']], ['timestamp', ['root']],
  ['snapshot', ['root', 'timestamp']], ['targets', ['root', 'snapshot', 'timestamp']]])
  test(`without a signature on ${role} only what came before is kept`, () => {
    const repo = new Repo();
    return withRepo(repo, async (client) => {
      repo[role].signing = [];
      if (role === 'root') repo.root.version = 2;
      repo.publish();
      assert.equal((await client.refresh()).status, 1);
      assert.deepEqual(client.roles(), kept.map((name) => `${name}.json`));
    });
  });

for (const name of ['?', '#', '/delegatedrole', '../delegatedrole', '..', '.', 'đ ă'])
  test(`a role named ${name} is asked for and kept by a safe name`, () => {
    const repo = new Repo();
    repo.delegate(name, ['*']);
    return withRepo(repo, async (client, asked) => {
      assert.equal((await client.download('nothing')).status, 1);
      assert.deepEqual(asked().slice(4),
        [`metadata/1.${encodeURIComponent(name)}.json`]);
      assert.equal(client.roles().length, 5);
      assert.ok(client.roles().includes(`${encodeURIComponent(name)}.json`));
      await client.download('nothing');
      assert.deepEqual(asked(), TOP.slice(0, 2));
    });
  });

// [who, by whom, patterns, terminating]
const GRAPHS = {
  'A,C,D,B': [['A'], ['B'], ['C', 'A'], ['D', 'A']],
  'A,C': [['A'], ['B'], ['C', 'A', ['*'], true], ['D', 'A']],
  'A,C,D': [['A'], ['B'], ['C', 'A', ['*'], true], ['D', 'C']],
  B: [['A', 'targets', ['*.py']], ['B'], ['C', 'A']],
  'A,B': [['A'], ['B'], ['C', 'A', ['*.py']], ['D', 'C']],
};

for (const [order, edges] of Object.entries(GRAPHS))
  test(`delegations are walked ${order}`, () => {
    const repo = new Repo();
    for (const [name, parent = 'targets', paths = ['*'], terminating = false] of edges)
      repo.delegate(name, paths, { terminating,
        parent: parent === 'targets' ? repo.targets : repo.delegated[parent] });
    return withRepo(repo, async (client, asked) => {
      assert.equal((await client.download('missingpath')).status, 1);
      assert.deepEqual(asked().slice(4),
        order.split(',').map((name) => `metadata/1.${name}.json`));
    });
  });

// Roots in turn: [keys, threshold, signatures]; is the last one taken?
const ROOTS = [
  ['one key for another', [[[1], 1, [1]], [[2], 1, [2, 1]], [[2], 1, [2]]], true],
  ['signatures nobody asked for', [[[1], 1, [3, 1, 4]], [[2], 1, [3, 2, 1, 4]]], true],
  ['one of five', [[[0, 1, 2, 3, 4], 3, [0, 2, 4]], [[0, 1, 3, 4, 5], 3, [0, 4, 1]]], true],
  ['all of five', [[[0, 1, 2, 3, 4], 3, [0, 2, 4]],
    [[5, 6, 7, 8, 9], 3, [0, 2, 4, 5, 6, 7]], [[5, 6, 7, 8, 9], 3, [5, 6, 7]]], true],
  ['a threshold raised', [[[1, 2, 3], 1, [1]], [[1, 2, 3], 2, [1, 2]]], true],
  ['without the old key', [[[1], 1, [1]], [[2], 1, [2, 3, 4]]], false],
  ['without the new key', [[[1], 1, [1]], [[2], 1, [1, 3, 4]]], false],
  ['two of three old keys', [[[0, 1, 2, 3, 4], 3, [0, 2, 4]],
    [[0, 1, 3, 4, 5], 3, [0, 4, 5]]], false],
  ['below the new threshold', [[[1, 2, 3], 1, [1]], [[1, 2, 3], 2, [2]]], false],
  ['below the old threshold', [[[1, 2, 3], 2, [1, 2]], [[1, 2, 3], 1, [1]]], false],
];

for (const [name, roots, taken] of ROOTS)
  test(`roots: ${name} is ${taken ? 'taken' : 'refused'}`, () => {
    const repo = new Repo();
    const keys = Array.from({ length: 10 }, () => newKey());
    const use = ([of, threshold, by]) => Object.assign(repo.root,
      { keys: of.map((i) => keys[i]), threshold, signing: by.map((i) => keys[i]) });
    use(roots[0]);
    return withRepo(repo, async (client) => {
      for (const root of roots.slice(1)) {
        repo.root.version++;
        use(root);
        repo.putRoot();
      }
      assert.equal((await client.refresh()).status, taken ? 0 : 1);
      assert.equal(client.version('root'), roots.length - (taken ? 0 : 1));
    });
  });

test('a changed target takes the place of the old one, a false one does not', () => {
  const repo = new Repo();
  return withRepo(repo, async (client, asked, files) => {
    repo.addTarget(repo.targets, 'path/to a/đ.txt', 'one');
    repo.publishNext();
    assert.equal((await client.download('path/to a/đ.txt')).status, 0);
    assert.match(asked().at(-1), /^targets\/path\/to%20a\/[0-9a-f]{64}\.%C4%91\.txt$/);
    const name = encodeURIComponent('path/to a/đ.txt');
    assert.deepEqual(client.files(), { [name]: 'one' });
    repo.addTarget(repo.targets, 'path/to a/đ.txt', 'two');
    repo.publishNext();
    assert.equal((await client.download('path/to a/đ.txt')).status, 0);
    assert.deepEqual(client.files(), { [name]: 'two' });
    repo.addTarget(repo.targets, 'path/to a/đ.txt', 'three');
    repo.publishNext();
    for (const path of files.keys())
      if (path.startsWith('/targets/')) files.set(path, 'false');
    assert.equal((await client.download('path/to a/đ.txt')).status, 1);
    assert.deepEqual(client.files(), { [name]: 'two' });
  });
});
