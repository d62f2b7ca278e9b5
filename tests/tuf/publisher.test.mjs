// tuf-js before the repository that ocop-registry publishes and serves: it
// starts from our first root and follows every change of keys.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { Updater } from 'tuf-js';
import { folder, program, registry, registryServer } from '../scenario/programs.mjs';

const published = (dir, name) => join(dir, 'www/v1', name);
const signed = (dir, name) =>
  JSON.parse(readFileSync(published(dir, name))).signed;

// A registry of `n` records, published and served, before a client of tuf-js.
async function withRegistry(n, init, run) {
  const dir = join(folder(), 'registry');
  registry('init', '--dir', dir, ...init);
  if (n) fill(dir, 'add', n);
  registry('publish', '--dir', dir);
  const server = await registryServer(dir);
  try {
    await run(dir, new Client(dir, server.url));
  } finally {
    assert.equal(await server.stop(), 0);
  }
}

const fill = (dir, ...args) => {
  const done = program('fill_registry', [dir, ...args.map(String)]);
  assert.equal(done.status, 0, done.err);
};

class Client {
  constructor(dir, url) {
    this.dir = folder();
    this.url = url;
    this.registry = dir;
    copyFileSync(published(dir, '1.root.json'), join(this.dir, 'root.json'));
  }

  // What it is told of a target: {info, bytes}.
  async fetch(path) {
    const updater = new Updater({ metadataDir: this.dir, targetDir: this.dir,
      metadataBaseUrl: `${this.url}/v1`,
      targetBaseUrl: `${this.url}/v1/targets`,
      config: { fetchRetries: 0, fetchRetry: 0, prefixTargetsWithHash: true } });
    await updater.refresh();
    const info = path && await updater.getTargetInfo(path);
    if (!info) return {};
    const file = join(this.dir, 'fetched');
    await updater.downloadTarget(info, file);
    return { info, text: readFileSync(file, 'utf8') };
  }

  version(role) {
    const file = join(this.dir, `${role}.json`);
    return existsSync(file) ? JSON.parse(readFileSync(file)).signed.version : 0;
  }

  // It has what is published now.
  upToDate() {
    assert.equal(this.version('timestamp'),
      signed(this.registry, 'timestamp.json').version);
    assert.equal(this.version('snapshot'),
      signed(this.registry, 'timestamp.json').meta['snapshot.json'].version);
  }
}

const custom = (info) => info.custom.ocop;

test('tuf-js fetches lists, deltas and pages through the delegations', () =>
  withRegistry(500, ['--demo'], async (dir, client) => {
    const list = await client.fetch('p01/list-1.ndjson');
    assert.deepEqual(custom(list.info), { kind: 'full', seq: 1 });
    const records = list.text.trimEnd().split('\n').map((line) => JSON.parse(line));
    assert.ok(records.length > 5);
    assert.ok(records.every((r) => r.place.province_code === '01' && r.stars < 5));
    assert.deepEqual(records.map((r) => r.id), records.map((r) => r.id).sort());
    const stars = await client.fetch('vn/list-1.ndjson');
    assert.ok(stars.text.trimEnd().split('\n')
      .every((line) => JSON.parse(line).stars === 5));

    fill(dir, 'change', 3, 1);
    registry('publish', '--dir', dir);
    const delta = await client.fetch('p01/delta-1-2.ndjson');
    client.upToDate();
    assert.equal(delta.text.trimEnd().split('\n').length, 3);
    const newest = await client.fetch('p01/list-2.ndjson');
    assert.deepEqual(custom(delta.info), { kind: 'delta', from: 1, seq: 2,
      state: newest.info.hashes.sha256 });

    const rooms = await client.fetch('vn/showrooms-1.json');
    assert.deepEqual(JSON.parse(rooms.text),
      { schema: 'ocop-showrooms/1', showrooms: [] });
    const names = await client.fetch('vn/names-1.json');
    assert.deepEqual(custom(names.info), { kind: 'names', block: 1 });
    assert.equal(JSON.parse(names.text).certs.length, 500 - 255);
    const standing = await client.fetch('vn/status-1.bin');
    assert.equal(standing.info.length, Math.floor(500 / 4) + 1);
    assert.deepEqual(await client.fetch('p01/list-1.ndjson'), {},
      'the old list is no longer named');
  }));

test('a province says nothing of another, even if it signs it', () =>
  withRegistry(100, ['--demo'], async (dir, client) => {
    await client.fetch('p04/list-1.ndjson');
    const roles = signed(dir, '1.targets.json').delegations.roles;
    for (const role of roles) {
      assert.deepEqual(role.paths, [`${role.name}/*`]);
      assert.equal(role.terminating, true);
    }
    assert.equal(roles.length, 35);
    assert.deepEqual(await client.fetch('p05/list-1.ndjson'), {});
  }));

for (const role of ['timestamp', 'snapshot', 'targets', 'root', 'p01', 'vn'])
  test(`tuf-js follows when the key of ${role} is changed`, () =>
    withRegistry(100, ['--demo'], async (dir, client) => {
      const ids = () => registry('key', 'list', '--dir', dir).keys
        .filter((key) => key.signs && key.role === role).map((key) => key.id);
      const before = ids();
      await client.fetch();
      registry('key', 'rotate', role, '--dir', dir);
      assert.notDeepEqual(ids(), before);
      assert.ok((await client.fetch('p01/list-1.ndjson')).text);
      client.upToDate();
      fill(dir, 'change', 2, 2);
      registry('publish', '--dir', dir);
      assert.ok((await client.fetch('p01/list-2.ndjson')).text);
      client.upToDate();
      registry('key', 'rotate', role, '--dir', dir);
      registry('renew', '--dir', dir);
      assert.ok((await client.fetch('p01/list-2.ndjson')).text);
      client.upToDate();
      // One who slept through all of it starts from the first root.
      const late = new Client(dir, client.url);
      assert.ok((await late.fetch('vn/showrooms-1.json')).text);
      late.upToDate();
    }));

test('three of five keys of the root, two of three of the targets', () => {
  const keys = ['--root-keys', '5', '--root-threshold', '3',
    '--targets-keys', '3', '--targets-threshold', '2'];
  return withRegistry(50, ['--demo', ...keys], async (dir, client) => {
    const root = signed(dir, '1.root.json');
    assert.equal(root.roles.root.keyids.length, 5);
    assert.equal(root.roles.root.threshold, 3);
    assert.equal(root.roles.targets.threshold, 2);
    assert.ok((await client.fetch('p01/list-1.ndjson')).text);
    registry('key', 'rotate', 'root', '--old', 'root-2', '--dir', dir);
    registry('key', 'rotate', 'targets', '--old', 'targets-1', '--dir', dir);
    registry('key', 'rotate', 'root', '--dir', dir);
    assert.ok((await client.fetch('p01/list-1.ndjson')).text);
    assert.equal(client.version('root'), 4);
    client.upToDate();
  });
});
