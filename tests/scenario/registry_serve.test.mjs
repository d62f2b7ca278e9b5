// ocop-registry serve: what a plain web server would do, and nothing else.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import test from 'node:test';
import { gunzipSync } from 'node:zlib';
import { folder, registry, registryServer, source } from './programs.mjs';

const dir = join(folder(), 'registry');
registry('init', '--demo', '--dir', dir);
registry('import', join(source, 'config/demo/certified.ndjson'), '--dir', dir);
registry('publish', '--dir', dir);
const server = await registryServer(dir);
test.after(() => server.stop());

const file = (name) => readFileSync(join(dir, 'www/v1', name));
const list = `targets/p01/${readdirSync(join(dir, 'www/v1/targets/p01'))
  .find((name) => name.endsWith('list-1.ndjson'))}`;

// Exactly this request: fetch() would mend the path and unpack the body.
function ask(path, headers = {}, method = 'GET') {
  const { hostname, port } = new URL(server.url);
  return new Promise((done, failed) => {
    const asked = request({ hostname, port, path, method, headers }, (got) => {
      const pieces = [];
      got.on('data', (piece) => pieces.push(piece));
      got.on('end', () => done({ status: got.statusCode, headers: got.headers,
        body: Buffer.concat(pieces) }));
    });
    asked.on('error', failed);
    asked.end();
  });
}

const gzip = { 'Accept-Encoding': 'gzip' };

test('a file is given as it is, or packed to whoever takes it', async () => {
  const plain = await ask(`/v1/${list}`);
  assert.equal(plain.status, 200);
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.deepEqual(plain.body, file(list));
  const packed = await ask(`/v1/${list}`, gzip);
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.equal(packed.headers.vary, 'Accept-Encoding');
  assert.ok(packed.body.length < plain.body.length / 2);
  assert.deepEqual(gunzipSync(packed.body), plain.body);
  assert.notEqual(packed.headers.etag, plain.headers.etag);
  for (const no of ['gzip;q=0', 'br', 'identity'])
    assert.equal((await ask(`/v1/${list}`, { 'Accept-Encoding': no }))
      .headers['content-encoding'], undefined, no);
});

test('what may be kept for ever says so, the timestamp is asked for again', async () => {
  for (const name of ['1.root.json', '1.targets.json', '2.snapshot.json', list])
    assert.match((await ask(`/v1/${name}`)).headers['cache-control'],
      /max-age=31536000, immutable/, name);
  for (const name of ['timestamp.json', '2.root.json'])
    assert.equal((await ask(`/v1/${name}`)).headers['cache-control'], 'no-cache');
});

test('what a client has is not sent again, until it changes', async () => {
  const first = await ask('/v1/timestamp.json', gzip);
  const has = { ...gzip, 'If-None-Match': first.headers.etag };
  const again = await ask('/v1/timestamp.json', has);
  assert.equal(again.status, 304);
  assert.equal(again.body.length, 0);
  assert.equal(again.headers.etag, first.headers.etag);
  registry('renew', '--dir', dir);
  const next = await ask('/v1/timestamp.json', has);
  assert.equal(next.status, 200);
  assert.equal(JSON.parse(gunzipSync(next.body)).signed.version,
    JSON.parse(gunzipSync(first.body)).signed.version + 1);
});

test('a fetch that broke off goes on, of the same file only', async () => {
  for (const how of [{}, gzip]) {
    const whole = await ask(`/v1/${list}`, how);
    const { etag } = whole.headers;
    const rest = await ask(`/v1/${list}`,
      { ...how, Range: 'bytes=100-', 'If-Range': etag });
    assert.equal(rest.status, 206);
    assert.equal(rest.headers['content-range'],
      `bytes 100-${whole.body.length - 1}/${whole.body.length}`);
    assert.deepEqual(rest.body, whole.body.subarray(100));
    const other = await ask(`/v1/${list}`,
      { ...how, Range: 'bytes=100-', 'If-Range': '"other"' });
    assert.equal(other.status, 200);
    assert.deepEqual(other.body, whole.body);
    const past = await ask(`/v1/${list}`,
      { ...how, Range: `bytes=${whole.body.length}-` });
    assert.equal(past.status, 416);
  }
});

test('HEAD says the length and sends nothing', async () => {
  const head = await ask(`/v1/${list}`, {}, 'HEAD');
  assert.equal(head.status, 200);
  assert.equal(Number(head.headers['content-length']), file(list).length);
  assert.equal(head.body.length, 0);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const refused = await ask(`/v1/${list}`, {}, method);
    assert.equal(refused.status, 405, method);
    assert.equal(refused.headers.allow, 'GET, HEAD');
  }
});

test('nothing but what is published can be had', async () => {
  symlinkSync(join(dir, 'keys/root-1.key'), join(dir, 'www/v1/9.link.json'));
  for (const path of ['/', '/v1', '/v1/', '/v1/targets', '/registry.db',
    '/keys/root-1.key', '/v1/../keys/root-1.key', '/v1/../../keys/root-1.key',
    '/v1/%2e%2e/%2e%2e/keys/root-1.key', '/v1/..%2f..%2fkeys%2froot-1.key',
    '/v1/targets/..%5c..', '/v1//timestamp.json', '/v1/timestamp.json%00',
    '/v1/timestamp.json.new', '/v1/9.link.json', '/v1/%ff']) {
    const { status, body } = await ask(path);
    assert.ok([400, 404].includes(status), `${path}: ${status}`);
    assert.equal(body.length, 0, path);
  }
});

test('an answer to an hourly question is short', async () => {
  const { headers, body } = await ask('/v1/timestamp.json', gzip);
  const head = Object.entries(headers)
    .reduce((sum, [name, value]) => sum + name.length + value.length + 4, 17 + 2);
  assert.ok(head + body.length < 600, `${head} + ${body.length}`);
  const missing = await ask('/v1/2.root.json', gzip);
  assert.equal(missing.body.length, 0);
});
