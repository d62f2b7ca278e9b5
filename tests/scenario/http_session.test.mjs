// Signing in over a real socket: cookies, CSRF, PINs that lock, devices that
// enrol, tokens taken back.
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';

import { cookie, folder, open, raw, request, status } from './door.mjs';

let door;
beforeEach(async () => {
  await door?.stop();
  door = await open();
});
after(async () => {
  assert.equal(await door.stop(), 0);
});

const json = { 'content-type': 'application/json' };

function call(method, path, headers = {}, body = undefined) {
  return fetch(door.url + path, { method, headers: { ...json, ...headers },
    body: body && JSON.stringify(body) });
}

const signIn = (staff, pin, headers = {}) =>
  call('POST', '/api/v1/session', headers, { staff, pin });

test('a cashier signs in, is known, and signs out', async () => {
  const answer = await signIn(2, '2580');
  assert.equal(answer.status, 201);
  const me = await answer.json();
  assert.deepEqual([me.staff, me.name, me.role, me.till],
    [2, 'Lan', 'cashier', '1']);
  const mine = { cookie: cookie(answer, 'ocop_session') };
  const again = await call('GET', '/api/v1/session', mine);
  assert.equal(again.status, 200);
  assert.equal((await again.json()).csrf, me.csrf);

  assert.equal((await call('DELETE', '/api/v1/session', mine)).status, 403);
  const out = await call('DELETE', '/api/v1/session',
    { ...mine, 'x-csrf-token': me.csrf });
  assert.equal(out.status, 204);
  assert.equal((await call('GET', '/api/v1/session', mine)).status, 401);
});

test('a page of another name or origin gets nowhere', async () => {
  const answer = await signIn(2, '2580');
  const { csrf } = await answer.json();
  const mine = `Cookie: ${cookie(answer, 'ocop_session')}`;
  const host = `Host: 127.0.0.1:${door.port}`;
  const from = (...headers) => raw(door.port, request(
    'DELETE /api/v1/session HTTP/1.1', [mine, `X-CSRF-Token: ${csrf}`, ...headers]));

  assert.equal(status(await from('Host: evil.example')), 403);
  assert.equal(status(await from(host, 'Origin: http://evil.example')), 403);
  assert.equal(status(await from(host, `Origin: http://127.0.0.1:${door.port + 1}`)), 403);
  assert.equal(status(await from(host, 'Sec-Fetch-Site: cross-site')), 403);
  assert.equal(status(await from(host, `Origin: http://127.0.0.1:${door.port}`,
    'Sec-Fetch-Site: same-origin')), 204);
});

test('five wrong PINs lock, in the language that is asked for', async () => {
  for (let i = 0; i < 5; i++) {
    const wrong = await signIn(2, '0000');
    assert.equal(wrong.status, 401);
    assert.equal((await wrong.json()).code, 'pin_wrong');
  }
  const locked = await signIn(2, '2580', { 'accept-language': 'en' });
  assert.equal(locked.status, 503);
  assert.equal(locked.headers.get('content-language'), 'en');
  const seconds = Number(locked.headers.get('retry-after'));
  assert.ok(seconds > 0 && seconds <= 30, `${seconds}`);
  const problem = await locked.json();
  assert.equal(problem.code, 'locked');
  assert.match(problem.detail, /Wait \d+ seconds/);
  assert.equal(locked.headers.get('content-type'), 'application/problem+json');
  assert.match((await (await signIn(2, '2580')).json()).detail, /Chờ \d+ giây/);
});

test('guesses at the same moment are all counted', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => signIn(2, String(1000 + i))));
  const wrong = answers.filter((a) => a.status === 401).length;
  assert.equal(wrong, 5);
  assert.equal(answers.filter((a) => a.status === 503).length, 15);
});

test('a far browser enrols with a code, once, and then signs in', async () => {
  await door.stop();
  door = await open(folder(), 'far');
  assert.equal((await signIn(2, '2580')).status, 403);
  const code = await door.tell('code');
  const enrol = () => call('POST', '/api/v1/devices', {}, { code });
  const answer = await enrol();
  assert.equal(answer.status, 201);
  assert.equal((await answer.json()).till, '1');
  const device = { cookie: cookie(answer, 'ocop_device') };
  assert.equal((await enrol()).status, 403);

  const signed = await signIn(2, '2580', device);
  assert.equal(signed.status, 201);
  const both = { cookie: `${device.cookie}; ${cookie(signed, 'ocop_session')}` };
  assert.equal((await call('GET', '/api/v1/session', both)).status, 200);
  const stolen = { cookie: cookie(signed, 'ocop_session') };
  assert.equal((await call('GET', '/api/v1/session', stolen)).status, 403);
});

test('a token works until it is taken back', async () => {
  const me = await call('GET', '/api/v1/session', door.bearer);
  assert.equal((await me.json()).role, 'manager');
  assert.equal((await call('GET', '/metrics',
    { ...door.bearer, via: '1.1 x' })).status, 200);
  await door.tell('revoke');
  assert.equal((await call('GET', '/api/v1/session', door.bearer)).status, 401);
  assert.equal((await call('GET', '/metrics',
    { ...door.bearer, via: '1.1 x' })).status, 401);
});

test('the page may be kept, what the API says may not', async () => {
  const api = await call('GET', '/api/v1/openapi.json');
  assert.equal(api.headers.get('cache-control'), 'no-store');
  assert.equal((await api.json()).openapi, '3.1.0');
  const page = await call('GET', '/');
  if (page.status === 404) return; // built without the pages
  assert.equal(page.headers.get('cache-control'), 'no-cache');
  const etag = page.headers.get('etag');
  const html = await page.text();
  const unchanged = await call('GET', '/', { 'if-none-match': etag });
  assert.equal(unchanged.status, 304);
  const [asset] = /\/assets\/[^"]+/.exec(html);
  const file = await call('GET', asset);
  assert.equal(file.status, 200);
  assert.match(file.headers.get('cache-control'), /immutable/);
});
