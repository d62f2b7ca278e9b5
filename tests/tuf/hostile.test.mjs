// A hostile mirror before ocop-tuf: whatever it sends, nothing is accepted,
// memory stays small, what was trusted stays as it was, and an honest mirror
// is followed again afterwards.
import assert from 'node:assert/strict';
import test from 'node:test';
import { gzipSync } from 'node:zlib';
import { Client } from './client.mjs';
import { Repo, later, newKey } from './repo.mjs';
import { serve } from './server.mjs';

// A client that has version 1 of everything; the mirror has honest version 2.
async function withMirror(run) {
  const repo = new Repo();
  const p01 = repo.delegate('p01', ['p01/*'], { terminating: true });
  const p02 = repo.delegate('p02', ['p02/*'], { terminating: true });
  repo.addTarget(p01, 'p01/a', 'một');
  repo.addTarget(p02, 'p02/a', 'hai');
  repo.publish();
  const server = await serve(repo.files);
  const client = new Client(server.url);
  try {
    await client.init(repo.files.get('/metadata/1.root.json'));
    assert.equal((await client.download('p01/a')).status, 0);
    const old = new Map(repo.files);
    repo.addTarget(p01, 'p01/a', 'một, sửa');
    repo.publishNext();
    await run({ repo, files: repo.files, old, client, server });
  } finally {
    client.close();
    await server.close();
  }
}

// `role` may change or not; all others, and the target, stay version 1.
async function refused({ client }, words, kept = {}) {
  const { status, said } = await client.download('p01/a');
  assert.equal(status, 1, `accepted\n${said}`);
  assert.match(said, words);
  for (const role of ['root', 'timestamp', 'snapshot', 'targets', 'p01'])
    assert.equal(client.version(role), kept[role] ?? 1, role);
  assert.deepEqual(client.files(), { 'p01%2Fa': 'một' });
}

async function healed({ client, repo }) {
  repo.files.delete('/metadata/2.root.json');
  repo.publish();
  const { status, said } = await client.download('p01/a');
  assert.equal(status, 0, said);
  assert.deepEqual(client.files(), { 'p01%2Fa': 'một, sửa' });
}

test('old versions again are a rollback', () => withMirror(async (m) => {
  assert.equal((await m.client.refresh()).status, 0);
  for (const [path, text] of m.old) m.files.set(path, text);
  const { status, said } = await m.client.refresh();
  assert.equal(status, 1);
  assert.match(said, /lùi phiên bản \(nhận 1, đã biết 2\)/);
  assert.equal(m.client.version('timestamp'), 2);
  await healed(m);
}));

test('a timestamp that stands still ends with its last day', () =>
  withMirror(async (m) => {
    m.repo.timestamp.expires = later(-0.1);
    m.repo.publish();
    await refused(m, /đã hết hạn/);
    m.repo.timestamp.expires = later(1);
    await healed(m);
  }));

test('files in the place of others are refused', () => withMirror(async (m) => {
  const { files } = m;
  const name = (role) => `/metadata/2.${role}.json`;
  files.set(name('snapshot'), files.get(name('targets')));
  await refused(m, /snapshot/, { timestamp: 2 });
  m.repo.publish();
  files.set(name('p01'), files.get(name('p02')));
  await refused(m, /p01/, { timestamp: 2, snapshot: 2, targets: 2 });
  await healed(m);
}));

test('a province that signs for another is not believed', () =>
  withMirror(async (m) => {
    const { p01, p02 } = m.repo.delegated;
    p01.signing = p02.keys;
    m.repo.publish();
    await refused(m, /p01 chữ ký không đủ \(có 0, cần 1\)/,
      { timestamp: 2, snapshot: 2, targets: 2 });
    p01.signing = undefined;
    m.repo.publishNext();
    await healed(m);
  }));

test('keys of unknown kinds sign nothing', () => withMirror(async (m) => {
  const odd = newKey();
  odd.json = { keytype: 'mới', scheme: 'mới', keyval: { public: 'x' } };
  m.repo.timestamp.signing = [odd];
  m.repo.publish();
  await refused(m, /timestamp chữ ký không đủ/);
  m.repo.timestamp.signing = undefined;
  await healed(m);
}));

// Writes until the other side has enough, at most a gigabyte.
function endless(sent) {
  const block = Buffer.alloc(64 * 1024, ' ');
  return (request, response) => {
    const more = () => {
      while (!response.destroyed && sent.bytes < 2 ** 30) {
        sent.bytes += block.length;
        if (!response.write(block)) return response.once('drain', more);
      }
      return response.end();
    };
    more();
  };
}

const LATE = { timestamp: 2, snapshot: 2, targets: 2 };
for (const [path, kept] of [['/metadata/2.root.json', {}],
  ['/metadata/timestamp.json', {}], ['/metadata/2.snapshot.json', { timestamp: 2 }],
  ['/metadata/2.p01.json', LATE], ['target', { ...LATE, p01: 2 }]])
  test(`${path} without end is cut, in little memory`, () =>
    withMirror(async (m) => {
      m.client.memory = 256 * 1024;
      const name = path === 'target' ? [...m.files.keys()].findLast((k) =>
        /^\/targets\/p01\/[0-9a-f]{64}/.test(k)) : path;
      const sent = { bytes: 0 };
      m.files.set(name, endless(sent));
      await refused(m, /ocop-tuf: /, kept);
      assert.ok(sent.bytes < 64 * 2 ** 20, `${sent.bytes} bytes were sent`);
      m.repo.addTarget(m.repo.delegated.p01, 'p01/a', 'một, sửa');
      await healed(m);
    }));

test('much packed small is cut where the file should end', () =>
  withMirror(async (m) => {
    m.client.memory = 256 * 1024;
    const bomb = gzipSync(Buffer.alloc(2 ** 28), { level: 9 });
    m.files.set('/metadata/timestamp.json', (request, response) => {
      response.setHeader('Content-Encoding', 'gzip');
      response.end(bomb);
    });
    await refused(m, /ocop-tuf: /);
    await healed(m);
  }));

test('a file cut at every 100th byte is refused each time', () =>
  withMirror(async (m) => {
    for (const name of ['timestamp', '2.snapshot', '2.targets']) {
      const path = `/metadata/${name}.json`;
      const whole = m.files.get(path);
      for (let at = 0; at < whole.length - 1; at += 100) {
        m.files.set(path, whole.slice(0, at));
        assert.equal((await m.client.refresh()).status, 1, `${path} at ${at}`);
        assert.equal(m.client.version('targets'), 1);
      }
      m.files.set(path, whole);
    }
    await healed(m);
  }));

test('errors and strange places are no lists', () => withMirror(async (m) => {
  const path = '/metadata/timestamp.json';
  m.files.set(path, (request, response) => {
    response.writeHead(500).end('no');
  });
  await refused(m, /ocop-tuf: /);
  m.files.set(path, (request, response) => {
    response.writeHead(302, { Location: 'http://127.0.0.2:1/timestamp.json' }).end();
  });
  await refused(m, /ocop-tuf: /);
  m.files.set(path, (request, response) => response.destroy());
  await refused(m, /ocop-tuf: /);
  await healed(m);
}));
