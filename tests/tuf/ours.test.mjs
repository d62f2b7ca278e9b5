// Both ends of our own: ocop-tuf follows what ocop-registry publishes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { folder, program, registry, registryServer } from '../scenario/programs.mjs';
import { Client } from './client.mjs';

const fill = (dir, ...args) =>
  assert.equal(program('fill_registry', [dir, ...args]).status, 0);

test('ocop-tuf fetches what ocop-registry publishes, through changes of keys', async () => {
  const dir = join(folder(), 'registry');
  registry('init', '--dir', dir, '--demo');
  fill(dir, 'add', '40');
  registry('publish', '--dir', dir);
  const server = await registryServer(dir);
  const client = new Client(server.url, { metadata: '/v1', targets: '/v1/targets' });
  const get = async (name) => {
    const { status, said } = await client.download(name);
    assert.equal(status, 0, said);
    return client.files()[encodeURIComponent(name)];
  };
  try {
    const root = readFileSync(join(dir, 'www/v1/1.root.json'));
    assert.equal((await client.init(root)).status, 0);
    const list = await get('p01/list-1.ndjson');
    assert.ok(list.split('\n').filter(Boolean).every((line) =>
      JSON.parse(line).place.province_code === '01'));
    for (const role of ['timestamp', 'snapshot', 'targets', 'root', 'p01']) {
      registry('key', 'rotate', role, '--dir', dir);
      assert.equal(await get('p01/list-1.ndjson'), list, role);
    }
    assert.ok(client.version('root') >= 5);
    assert.equal((await client.download('p01/list-9.ndjson')).status, 1);
  } finally {
    client.close();
    assert.equal(await server.stop(), 0);
  }
});
