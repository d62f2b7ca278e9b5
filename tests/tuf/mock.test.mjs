// Repositories made by @tufjs/repo-mock: what is right is accepted, what was
// touched is not.
import assert from 'node:assert/strict';
import test from 'node:test';
import { initializeTUFRepo, tufHandlers } from '@tufjs/repo-mock';
import { Client } from './client.mjs';
import { serve } from './server.mjs';

const TARGETS = [
  { name: 'p01/list-1.ndjson', content: Buffer.from('{"id":"a"}\n') },
  { name: 'hello.txt', content: Buffer.from('xin chào\n') },
];

function filesOf(repo) {
  const files = new Map();
  for (const { path, fn } of tufHandlers(repo, {})) {
    const { statusCode, response } = fn();
    if (statusCode === 200) files.set(path, response);
  }
  return files;
}

// A repository, a client that trusts its root, and both put away afterwards.
async function withRepo(run) {
  const files = filesOf(initializeTUFRepo(TARGETS));
  const server = await serve(files);
  const client = new Client(server.url);
  try {
    assert.equal((await client.init(files.get('/metadata/1.root.json'))).status, 0);
    await run({ files, server, client });
  } finally {
    client.close();
    await server.close();
  }
}

const change = (files, path, edit) => {
  const value = JSON.parse(files.get(path));
  edit(value);
  files.set(path, JSON.stringify(value));
};

test('a repository of repo-mock is accepted, and its files fetched', () =>
  withRepo(async ({ client, server }) => {
    const said = await client.refresh();
    assert.equal(said.status, 0, said.said);
    assert.deepEqual(server.asked, ['/metadata/2.root.json',
      '/metadata/timestamp.json', '/metadata/snapshot.json', '/metadata/targets.json']);
    assert.deepEqual(client.roles(),
      ['root.json', 'snapshot.json', 'targets.json', 'timestamp.json']);
    for (const { name, content } of TARGETS) {
      assert.equal((await client.download(name)).status, 0);
      assert.equal(client.files()[encodeURIComponent(name)], content.toString());
    }
  }));

test('a file that is there already is not fetched again', () =>
  withRepo(async ({ client, server }) => {
    assert.equal((await client.download('hello.txt')).status, 0);
    server.asked.length = 0;
    assert.equal((await client.download('hello.txt')).status, 0);
    assert.deepEqual(server.asked,
      ['/metadata/2.root.json', '/metadata/timestamp.json']);
  }));

test('a name that no role knows is no file', () =>
  withRepo(async ({ client }) => {
    assert.equal((await client.download('nothing.txt')).status, 1);
    assert.deepEqual(client.files(), {});
    assert.equal(client.version('targets'), 1);
  }));

test('a target that was exchanged is refused, and nothing of it stays', () =>
  withRepo(async ({ client, files }) => {
    files.set('/targets/hello.txt', 'xin chao!\n');
    assert.equal((await client.download('hello.txt')).status, 1);
    files.set('/targets/hello.txt', 'Xin chào\n');
    assert.equal((await client.download('hello.txt')).status, 1);
    assert.deepEqual(client.files(), {});
  }));

for (const role of ['timestamp', 'snapshot', 'targets'])
  test(`${role} that was touched after it was signed is refused`, () =>
    withRepo(async ({ client, files }) => {
      change(files, `/metadata/${role}.json`, (v) => { v.signed.version = 2; });
      assert.equal((await client.refresh()).status, 1);
      assert.ok(!client.roles().includes(`${role}.json`));
    }));

test('metadata of another repository is refused', () =>
  withRepo(async ({ client, files }) => {
    const other = filesOf(initializeTUFRepo(TARGETS));
    files.set('/metadata/timestamp.json', other.get('/metadata/timestamp.json'));
    const said = await client.refresh();
    assert.equal(said.status, 1);
    assert.match(said.said, /chữ ký không đủ \(có 0, cần 1\)/);
    assert.deepEqual(client.roles(), ['root.json']);
  }));

test('a root that does not sign itself is not trusted first', () =>
  withRepo(async ({ client, files, server }) => {
    change(files, '/metadata/1.root.json', (v) => { v.signed.version = 7; });
    const other = new Client(server.url);
    assert.equal((await other.init(files.get('/metadata/1.root.json'))).status, 1);
    assert.equal((await other.refresh()).status, 1);
    assert.deepEqual(server.asked, []);
    other.close();
    assert.equal((await client.refresh()).status, 0);
  }));
