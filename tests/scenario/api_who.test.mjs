// Who may: every route for every role, and for nobody.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';

import { newKey } from './api/client.mjs';
import { fill } from './api/goods.mjs';
import { Shop } from './api/shop.mjs';

const bin = process.env.OCOP_BIN ?? 'build/dev/bin';
let shop, goods, no;
before(async () => {
  shop = await Shop.open();
  goods = await fill(shop);
  const cashier = shop.as('cashier');
  no = (await cashier.ok(201, cashier.sell([{ product: goods.id.MAT, qty: 5 }]))).receipt_no;
});
after(() => shop.close());

const ROLES = ['viewer', 'cashier', 'manager', 'owner'];
const rank = (role) => ROLES.indexOf(role);

// What each route asks for at least, by contract; null: nobody signs in.
const LEAST = {
  'GET /healthz': null, 'GET /metrics': 'viewer', 'GET /': null, 'GET /quan-ly': null,
  'GET /assets/{file}': null,
  'GET /api/v1/openapi.json': null, 'GET /api/v1/session': null,
  'POST /api/v1/session': null, 'DELETE /api/v1/session': null, 'POST /api/v1/devices': null,
  'GET /api/v1/products': 'viewer', 'GET /api/v1/products/{id}': 'viewer',
  'GET /api/v1/products/by-code/{code}': 'viewer',
  'POST /api/v1/products': 'manager', 'PATCH /api/v1/products/{id}': 'manager',
  'GET /api/v1/products/{id}/certificates': 'viewer',
  'PUT /api/v1/products/{id}/certificates/{registry_id}': 'manager',
  'DELETE /api/v1/products/{id}/certificates/{registry_id}': 'manager',
  'POST /api/v1/carts': 'cashier', 'GET /api/v1/carts': 'viewer', 'GET /api/v1/carts/{id}': 'viewer',
  'PATCH /api/v1/carts/{id}': 'cashier', 'DELETE /api/v1/carts/{id}': 'cashier',
  'POST /api/v1/sales': 'cashier', 'GET /api/v1/sales': 'viewer',
  'GET /api/v1/sales/{receipt_no}': 'viewer', 'POST /api/v1/sales/{receipt_no}/refunds': 'cashier',
  'GET /api/v1/sales/{receipt_no}/receipt.png': 'viewer',
  'GET /api/v1/sales/{receipt_no}/receipt.escpos': 'viewer',
  'POST /api/v1/sales/{receipt_no}/reprint': 'cashier',
  'GET /api/v1/products/{id}/label.png': 'viewer', 'POST /api/v1/labels': 'cashier',
  'GET /api/v1/printers': 'viewer', 'POST /api/v1/printers/{id}/test': 'cashier',
  'GET /api/v1/print-jobs': 'cashier', 'GET /api/v1/print-jobs/{id}': 'cashier',
  'POST /api/v1/print-jobs/{id}/answer': 'cashier', 'DELETE /api/v1/print-jobs/{id}': 'cashier',
  'GET /api/v1/shifts': 'viewer', 'POST /api/v1/shifts': 'cashier',
  'POST /api/v1/shifts/{id}/close': 'cashier', 'GET /api/v1/shifts/{id}/report': 'cashier',
  'POST /api/v1/transfers': 'cashier', 'GET /api/v1/transfers': 'viewer',
  'GET /api/v1/transfers/{id}': 'viewer', 'DELETE /api/v1/transfers/{id}': 'cashier',
  'GET /api/v1/transfers/{id}/qr.png': 'viewer', 'POST /api/v1/transfers/{id}/confirm': 'cashier',
  'POST /api/v1/bank-notices/sepay': null, 'GET /api/v1/bank-notices': 'manager',
  'POST /api/v1/shifts/{id}/print': 'cashier', 'POST /api/v1/shifts/{id}/cash': 'cashier',
  'GET /api/v1/shifts/{id}/cash': 'cashier', 'POST /api/v1/drawer/open': 'cashier',
  'GET /api/v1/stock': 'viewer', 'GET /api/v1/stock/{product}/moves': 'viewer',
  'POST /api/v1/receivings': 'manager', 'GET /api/v1/certified': 'viewer',
  'GET /api/v1/sync': 'viewer', 'POST /api/v1/sync': 'cashier', 'GET /api/v1/sync/changes': 'viewer',
  'GET /api/v1/journal': 'manager', 'GET /api/v1/events': 'viewer',
};

// A request that is right but for who makes it; a body that changes little.
function requestOf(route) {
  const [method, pattern] = route.split(' ');
  const path = pattern.replace('{receipt_no}', no).replace('{id}', pattern.includes('shifts')
    ? 's_999' : goods.id.MAT).replace('{product}', goods.id.MAT).replace('{code}', '8930000000996').replace('{registry_id}', 'VN01-000101')
    .replace('{file}', 'none.js');
  const lines = { sales: [{ product: goods.id.VE, qty: 1 }], refunds: [{ line: 9, qty: 1 }],
    receivings: [{ product: goods.id.MAT, qty: 1 }] }[path.split('/').at(-1)];
  const body = method === 'POST' || method === 'PATCH' ? { lines } : undefined;
  return { method, path, body };
}

async function ask(who, route) {
  const { method, path, body } = requestOf(route);
  if (!route.endsWith('/events'))
    return who.call(method, path, body, { 'idempotency-key': newKey() });
  const end = new AbortController();
  const r = await fetch(shop.url + path, { headers: who.headers, signal: end.signal });
  const text = r.ok ? '' : await r.text();
  end.abort();
  return { status: r.status, headers: r.headers, what: `${route} ${r.status}`,
    json: text ? JSON.parse(text) : null };
}

test('the routes are those that this test knows', () => {
  const served = Object.entries(shop.doc.paths).flatMap(([path, ops]) =>
    Object.keys(ops).map((m) => `${m.toUpperCase()} ${path}`));
  assert.deepEqual(served.sort(), Object.keys(LEAST).sort());
  for (const [route, least] of Object.entries(LEAST)) {
    const [method, path] = route.split(' ');
    const said = shop.doc.paths[path][method.toLowerCase()]['x-role'] ?? null;
    assert.equal(said, route === 'GET /metrics' ? null : least, route);
  }
});

test('without a sign-in nothing of the shop is told', async () => {
  for (const [route, least] of Object.entries(LEAST)) {
    if (!least || route === 'GET /metrics') continue;
    const answer = await ask(shop.as(null), route);
    assert.equal(answer.status, 401, answer.what);
    assert.equal(answer.json.code, 'unauthenticated');
    assert.match(answer.headers.get('www-authenticate'), /^Bearer/);
  }
});

test('a role below is refused, the role itself and those above are not', async () => {
  for (const [route, least] of Object.entries(LEAST)) {
    if (!least) continue;
    for (const role of ROLES) {
      const answer = await ask(shop.as(role), route);
      const what = `${role}: ${answer.what}`;
      if (rank(role) < rank(least)) assert.deepEqual([answer.status, answer.json.code], [403, 'forbidden'], what);
      else assert.ok(![401, 403, 500, 503].includes(answer.status), what);
    }
  }
});

test('a token that is none opens nothing, not even what is open', async () => {
  for (const token of ['Bearer x', 'Bearer ', 'Basic b3dhYg==', `Bearer ${shop.tokens.owner}x`,
    `Bearer ${shop.tokens.owner.slice(0, -1)}`, `bearer ${'0'.repeat(500)}`, 'Bearer ocop_']) {
    const who = shop.as(null, { authorization: token });
    await who.refused(401, 'unauthenticated', who.get('/api/v1/products'));
    await who.refused(401, 'unauthenticated', who.get('/metrics'));
  }
  const proxied = shop.as(null, { 'x-forwarded-for': '192.0.2.7' });
  await proxied.refused(401, 'unauthenticated', proxied.get('/metrics'));
  assert.equal((await shop.as('viewer', { 'x-forwarded-for': '192.0.2.7' }).get('/metrics')).status, 200);
  const well = await shop.as(null).get('/healthz');
  assert.deepEqual([well.status, well.json], [200, { status: 'ok' }]);
});

test('addresses and methods that are not there say so', async () => {
  const owner = shop.as('owner');
  for (const path of ['/api/v1/products/p_1/x', '/api/v2/products', '/api/v1', '/x',
    '/api/v1/reports/sales', '/api/v1/printers/receipt'])
    await owner.refused(404, 'no_route', owner.get(path));
  for (const [method, path, allow] of [['DELETE', '/api/v1/products', 'GET, HEAD, POST'],
    ['PUT', '/api/v1/sales', 'POST, GET, HEAD'], ['POST', '/healthz', 'GET, HEAD'],
    ['PATCH', '/api/v1/journal', 'GET, HEAD']]) {
    const answer = await owner.call(method, path, method === 'DELETE' ? undefined : {});
    assert.deepEqual([answer.status, answer.json.code, answer.headers.get('allow')],
      [405, 'method', allow], answer.what);
  }
  assert.equal((await owner.call('HEAD', '/api/v1/products')).status, 200);
});

// A browser: cookies kept, X-CSRF-Token sent.
async function browser(staff) {
  const enrolled = await fetch(`${shop.url}/api/v1/session`, { method: 'POST',
    headers: { 'content-type': 'application/json' }, body: JSON.stringify({ staff, pin: shop.pins[staff] }) });
  assert.equal(enrolled.status, 201);
  const cookie = enrolled.headers.getSetCookie ? enrolled.headers.getSetCookie() : [enrolled.headers.get('set-cookie')];
  const { csrf, role } = await enrolled.json();
  return { role, client: shop.as(null, { cookie: cookie.map((c) => c.split(';')[0]).join('; '),
    'x-csrf-token': csrf }) };
}

test('a person signed in sells at the till of the device, and at no other', async () => {
  const { client, role } = await browser(3);
  assert.equal(role, 'cashier');
  const body = { lines: [{ product: goods.id.VE, qty: 1 }], payments: [{ method: 'cash', tendered: 50000 }] };
  const done = await client.ok(201, client.post('/api/v1/sales', body, newKey()));
  assert.deepEqual([done.till, done.staff], ['1', 3]);
  await client.ok(201, client.post('/api/v1/sales', { till: '1', ...body }, newKey()));
  await client.refused(403, 'forbidden', client.post('/api/v1/sales', { till: '2', ...body }, newKey()));
  await client.refused(403, 'forbidden', client.get('/api/v1/journal'));
  await client.refused(403, 'forbidden', client.post('/api/v1/receivings', { supplier: 'x', lines: [] }));
});

test('who signs in at a till goes on in its shift, and moves money in its drawer alone', async () => {
  const cashier = shop.as('cashier');
  const first = await browser(3);
  const again = await browser(2); // the same till, somebody else
  const sell = (who) => who.client.ok(201, who.client.post('/api/v1/sales',
    { lines: [{ product: goods.id.VE, qty: 1 }], payments: [{ method: 'cash', tendered: 50000 }] }, newKey()));
  const [a, b] = [await sell(first), await sell(again)];
  assert.deepEqual([a.shift, a.staff, b.shift, b.staff], [b.shift, 3, a.shift, 2]);
  const moved = await again.client.ok(201, again.client.post(`/api/v1/shifts/${a.shift}/cash`, { in: 1000, reason: 'lẻ' }, newKey()));
  assert.deepEqual([moved.staff, moved.till], [2, '1']);
  const other = await cashier.ok(201, cashier.post('/api/v1/shifts', { till: '2', float: 0 }));
  await again.client.refused(403, 'forbidden',
    again.client.post(`/api/v1/shifts/${other.id}/cash`, { out: 1000, reason: 'x' }, newKey()));
  await again.client.refused(403, 'forbidden', again.client.post('/api/v1/drawer/open', { till: '2', reason: 'x' }));
  await cashier.ok(200, cashier.post(`/api/v1/shifts/${other.id}/close`, { counted: 0 }));
});

test('a person signed in works on the bills of the own till, and takes what is parked elsewhere', async () => {
  const { client } = await browser(3);
  const cashier = shop.as('cashier');
  let cart = await cashier.ok(201, cashier.post('/api/v1/carts', { till: '2' }));
  const patch = (who, doing) => who.patch(`/api/v1/carts/${cart.id}`, { version: cart.version, op: newKey(), do: doing });
  const scan = { add: { product: goods.id.VE } };
  await client.refused(403, 'forbidden', client.post('/api/v1/carts', { till: '2' }));
  await client.refused(403, 'forbidden', patch(client, [scan]));
  await client.refused(403, 'forbidden', patch(client, [{ till: '1' }, scan])); // it is open there
  await client.refused(403, 'forbidden', client.call('DELETE', `/api/v1/carts/${cart.id}`));
  cart = await cashier.ok(200, patch(cashier, [{ state: 'parked' }]));
  await client.refused(403, 'forbidden', patch(client, [{ state: 'open' }])); // not taken
  cart = await client.ok(200, patch(client, [{ till: '1' }, { state: 'open' }, scan]));
  assert.deepEqual([cart.till, cart.staff, cart.total], ['1', 3, 50000]);
  const own = await client.ok(201, client.post('/api/v1/carts', {}));
  assert.equal(own.till, '1');
  await client.ok(201, client.post('/api/v1/sales', { cart: cart.id, cart_version: cart.version,
    payments: [{ method: 'cash', tendered: 50000 }] }, cart.key));
});

const cookies = (answer) => (answer.headers.getSetCookie
  ? answer.headers.getSetCookie() : [answer.headers.get('set-cookie') ?? '']);

test('a device of elsewhere is enrolled first, and keeps its cookies to itself', async () => {
  const afar = { 'x-forwarded-for': '192.0.2.7', 'x-forwarded-proto': 'https' };
  const stranger = shop.as(null, afar);
  const signIn = (who) => who.post('/api/v1/session', { staff: 3, pin: shop.pins[3] });
  await stranger.refused(403, 'device_unknown', signIn(stranger));
  await stranger.refused(403, 'device_unknown', stranger.get('/api/v1/session'));
  await stranger.refused(403, 'code_wrong', stranger.post('/api/v1/devices', { code: '00000000' }));
  const enrolled = await stranger.post('/api/v1/devices', { code: shop.code });
  assert.deepEqual([enrolled.status, enrolled.json.till], [201, '1']);
  await stranger.refused(403, 'code_wrong', stranger.post('/api/v1/devices', { code: shop.code })); // once
  const device = cookies(enrolled)[0];
  const known = shop.as(null, { ...afar, cookie: device.split(';')[0] });
  await known.refused(401, 'unauthenticated', known.get('/api/v1/session'));
  await known.refused(401, 'pin_wrong', known.post('/api/v1/session', { staff: 3, pin: '0001' }));
  const signed = await signIn(known);
  assert.deepEqual([signed.status, signed.json.role, signed.json.till], [201, 'cashier', '1']);
  assert.equal(typeof signed.json.csrf, 'string');
  for (const one of [device, ...cookies(signed)])
    for (const word of [/; HttpOnly/, /; SameSite=Strict/, /; Secure/, /; Path=\//]) assert.match(one, word);
  const near = await signIn(shop.as(null)); // plain HTTP on this machine
  assert.doesNotMatch(cookies(near).join(), /Secure/);
});

test('a token is made by the command, and taken back at once', async () => {
  const ocop = (...args) => JSON.parse(execFileSync(`${bin}/ocop-pos`,
    ['--data', shop.data, '--json', ...args], { encoding: 'utf8' }));
  for (const role of ROLES.slice(0, 3)) {
    const made = ocop('token', 'create', '--role', role, '--name', 'Kiểm thử');
    const who = shop.as(null, { authorization: `Bearer ${made.token}` });
    const me = await who.ok(200, who.get('/api/v1/session'));
    assert.deepEqual([me.role, me.staff, me.till, me.csrf], [role, made.number, null, null]);
    ocop('token', 'revoke', String(made.number));
    await who.refused(401, 'unauthenticated', who.get('/api/v1/products'));
  }
});

test('a write without the page’s own token is refused', async () => {
  const { client } = await browser(3);
  const body = { lines: [{ product: goods.id.VE, qty: 1 }], payments: [{ method: 'cash', tendered: 50000 }] };
  for (const headers of [{ 'x-csrf-token': '' }, { 'x-csrf-token': 'x' }, { origin: 'http://evil.example' },
    { 'sec-fetch-site': 'cross-site' }])
    await client.refused(403, 'csrf', client.with(headers).post('/api/v1/sales', body, newKey()));
});

test('answers carry what keeps browsers safe, and private ones are not kept', async () => {
  const viewer = shop.as('viewer');
  for (const path of ['/api/v1/products', `/api/v1/sales/${no}/receipt.png`, '/api/v1/nothing', '/healthz']) {
    const { headers } = await viewer.get(path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('x-frame-options'), 'DENY');
    assert.equal(headers.get('referrer-policy'), 'no-referrer');
    assert.match(headers.get('content-security-policy'), /default-src 'none'/);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.equal(headers.get('access-control-allow-origin'), null);
  }
});
