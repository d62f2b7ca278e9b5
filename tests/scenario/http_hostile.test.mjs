// What nobody well-meaning sends: every case is answered with the right
// refusal or cut off in time, and the door goes on serving.
import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';

import { open, pause, raw, request, status } from './door.mjs';

let door;
before(async () => {
  door = await open();
});
after(async () => {
  assert.equal(await door.stop(), 0);
});

const post = (path, body, ...headers) => raw(door.port, request(
  `POST ${path} HTTP/1.1`, ['Content-Type: application/json', ...headers], body));
const get = (path, ...headers) => raw(door.port,
  request(`GET ${path} HTTP/1.1`, headers));
const code = (answer) => /"code":"(\w+)"/.exec(answer)?.[1];

async function stillServes() {
  const answer = await get('/healthz');
  assert.equal(status(answer), 200);
  assert.match(answer, /\{"status":"ok"\}/);
}

test('bodies that are not the JSON we take are refused by their reason', async () => {
  const session = '/api/v1/session';
  const cases = [
    ['', 400, 'json'],
    ['{', 400, 'json'],
    ['[]', 400, 'field_type'],
    ['null', 400, 'field_type'],
    ['{"staff":2,"staff":3,"pin":"2580"}', 400, 'json'],
    ['{"staff":2,"pin":"25\\u0000"}', 400, 'json'],
    ['{"staff":2,"pin":"\\ud800"}', 400, 'json'],
    ['{"staff":2,"pin":"2580"}x', 400, 'json'],
    ['\ufeff{"staff":2,"pin":"2580"}', 400, 'json'],
    ["{'staff':2}", 400, 'json'],
    ['{"staff":NaN,"pin":"2580"}', 400, 'json'],
    [`{"staff":${'9'.repeat(400)},"pin":"2580"}`, 400, 'field_value'],
    ['{"staff":2e0,"pin":"2580"}', 400, 'field_type'],
    ['{"staff":true,"pin":"2580"}', 400, 'field_type'],
    ['{"staff":2,"pin":2580}', 400, 'field_type'],
    ['{"staff":2,"pin":{"$ne":""}}', 400, 'field_type'],
    ['{"staff":2}', 400, 'field_missing'],
    ['{"staff":0,"pin":"2580"}', 400, 'field_value'],
    ['{"staff":2,"pin":"2580","role":"owner"}', 400, 'field_unknown'],
    [`{"staff":2,"pin":"${'1'.repeat(600)}"}`, 400, 'field_value'],
    [`${'['.repeat(500)}${']'.repeat(500)}`, 400, 'json'],
    [`{"staff":2,"pin":"${'1'.repeat(2000)}"}`, 413, 'too_large'],
  ];
  for (const [body, want, why] of cases) {
    const answer = await post(session, body);
    assert.equal(status(answer), want, body.slice(0, 60));
    assert.equal(code(answer), why, body.slice(0, 60));
  }
  const notUtf8 = Buffer.concat([
    Buffer.from(request(`POST ${session} HTTP/1.1`,
      ['Content-Type: application/json', 'Content-Length: 14'])),
    Buffer.from('{"pin":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}xx')]);
  assert.equal(status(await raw(door.port, notUtf8)), 400);
  await stillServes();
});

test('addresses with tricks in them find nothing', async () => {
  const cases = [
    ['/assets/../../etc/passwd', 404], ['/assets/..%2f..%2fetc%2fpasswd', 404],
    ['/assets/%2e%2e/x', 404], ['//etc/passwd', 404], ['/healthz/', 404],
    ['/api/v1//session', 404], ['/%00', 400], ['/healthz%00', 400],
    ['/%ff', 400], ['/%c0%ae', 400], ['/%zz', 400], ['/%', 400],
    ['/api/v1/session?x=%0d%0aSet-Cookie:a=b', 400],
    ['/healthz?a=1&a=2', 400], ['http://evil.example/healthz', 400],
    [`/${'a'.repeat(3000)}`, 414], ['/HEALTHZ', 404], ['/api/v2/session', 404],
    ['/healthz;a=b', 404], ['/.git/config', 404],
  ];
  for (const [path, want] of cases) {
    const answer = await get(path);
    assert.equal(status(answer), want, path.slice(0, 60));
    assert.doesNotMatch(answer, /set-cookie: a=b/i);
    assert.doesNotMatch(answer, /root:/);
  }
  await stillServes();
});

test('requests that are no HTTP, or two at once, are refused', async () => {
  const cases = [
    'GET /healthz HTTP/1.1\r\n\r\n',
    'GET /healthz\r\n\r\n',
    'GET /healthz HTTP/9.9\r\nHost: localhost\r\n\r\n',
    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n',
    request('GET /healthz HTTP/1.1', ['Host: localhost', 'Host: evil']),
    request('GET /healthz HTTP/1.1', ['Host : localhost']),
    request('POST /api/v1/session HTTP/1.1', ['Content-Length: 2', 'Content-Length: 3']),
    request('POST /api/v1/session HTTP/1.1', ['Content-Length: -2']),
    request('POST /api/v1/session HTTP/1.1', ['Content-Length: 99999999999999999999']),
    request('POST /api/v1/session HTTP/1.1', ['Content-Length: 2', 'Transfer-Encoding: chunked']) + '0\r\n\r\n',
    request('GET /healthz HTTP/1.1', [`X: ${'a'.repeat(40000)}`]),
    request('GET /healthz HTTP/1.1', Array.from({ length: 100 }, (_, i) => `X-${i}: 1`)),
  ];
  for (const bytes of cases) {
    const answer = await raw(door.port, bytes);
    // Some refusals are the library's own, which it may say twice; none lets
    // anything through.
    for (const [, got] of answer.matchAll(/HTTP\/1\.1 (\d+)/g))
      assert.ok(got >= 400 && got < 600,
        `${got} for ${JSON.stringify(bytes.slice(0, 80))}`);
  }
  await stillServes();
});

test('every answer carries the security headers, refusals too', async () => {
  const answers = [await get('/healthz'), await get('/nothing'),
    await get('/api/v1/events'), await get('/', 'Host: evil.example'),
    await post('/api/v1/session', '{')];
  assert.deepEqual(answers.map(status), [200, 404, 401, 403, 400]);
  for (const answer of answers) {
    assert.match(answer, /\r\nX-Content-Type-Options: nosniff\r\n/i);
    assert.match(answer, /\r\nReferrer-Policy: no-referrer\r\n/i);
    assert.match(answer, /\r\nContent-Security-Policy: [^\r]*frame-ancestors 'none'/i);
    assert.match(answer, /\r\nCross-Origin-Resource-Policy: same-origin\r\n/i);
    assert.match(answer, /\r\nCache-Control: no-store\r\n/i);
    assert.doesNotMatch(answer, /access-control-allow/i);
    assert.doesNotMatch(answer, /\r\nServer:/i);
  }
});

test('a wrong method is told the right ones, HEAD is GET without a body', async () => {
  const answer = await raw(door.port, request('PUT /healthz HTTP/1.1'));
  assert.equal(status(answer), 405);
  assert.match(answer, /\r\nAllow: GET, HEAD\r\n/i);
  assert.equal(status(await raw(door.port, request('OPTIONS /api/v1/session HTTP/1.1'))), 405);
  assert.equal(status(await raw(door.port, request('TRACE / HTTP/1.1'))), 405);
  const head = await raw(door.port, request('HEAD /healthz HTTP/1.1'));
  assert.match(head, /\r\nContent-Length: 15\r\n/i);
  assert.ok(head.endsWith('\r\n\r\n'));
});

test('a body in the wrong dress is refused', async () => {
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp'])
    assert.equal(status(await raw(door.port, request('POST /api/v1/session HTTP/1.1',
      [`Content-Type: ${type}`], '{}'))), 415);
  assert.equal(status(await raw(door.port, request('POST /api/v1/session HTTP/1.1', [], '{}'))), 415);
});

test('who drips, stops half way or sends too much is cut in time', async () => {
  const began = Date.now();
  const drip = new Promise((done) => {
    const socket = net.connect(door.port, '127.0.0.1');
    const timer = setInterval(() => socket.write('X-a: b\r\n'), 100);
    socket.on('error', () => {});
    socket.on('close', () => done(clearInterval(timer)));
    socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n');
  });
  const half = raw(door.port, 'POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\n' +
    'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"staff"', 30000);
  const flood = raw(door.port, Buffer.concat([
    Buffer.from('POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\n' +
      'Content-Type: application/json\r\nContent-Length: 50000000\r\n\r\n'),
    Buffer.alloc(4 << 20, 'x')]), 30000);
  await drip;
  assert.equal(await half, '');
  const answer = await flood;
  assert.ok(answer === '' || status(answer) === 413);
  assert.ok(Date.now() - began < 25000);
  await stillServes();
});

test('a client that vanishes in the middle harms nobody', async () => {
  for (let i = 0; i < 50; i++) {
    const socket = net.connect(door.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write('POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\n' +
      'Content-Type: application/json\r\nContent-Length: 24\r\n\r\n{"st'.slice(0, 40 + 2 * i));
    await pause(5);
    socket.resetAndDestroy?.() ?? socket.destroy();
  }
  await stillServes();
});

test('requests in one packet are answered in order', async () => {
  const one = 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n';
  const two = request('GET /nothing HTTP/1.1');
  const answer = await raw(door.port, one + one + two);
  assert.deepEqual(answer.match(/HTTP\/1\.1 \d+/g),
    ['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 404']);
});

test('one address opens its share of connections, and others go on', async () => {
  const kept = net.connect(door.port, '127.0.0.1');
  await pause(50);
  const sockets = Array.from({ length: 260 }, () => {
    const socket = net.connect(door.port, '127.0.0.1');
    socket.on('error', () => {});
    return socket;
  });
  await pause(500);
  const heard = new Promise((done) => kept.once('data', done));
  kept.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
  assert.equal(status((await heard).toString()), 200);
  const refused = sockets.filter((s) => s.destroyed || s.readyState === 'closed');
  assert.ok(refused.length >= 60, `${refused.length} refused`);
  for (const socket of [kept, ...sockets]) socket.destroy();
  for (let i = 0; i < 50 && status(await get('/healthz')) !== 200; i++)
    await pause(100);
  await stillServes();
});
