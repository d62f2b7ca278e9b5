// A registry and a showroom, as they will run: what is published decides what
// the till sells, what the receipt shows, and what people are told.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { day } from './api/goods.mjs';
import { readJournal } from './api/journal.mjs';
import { Shop } from './api/shop.mjs';
import { folder, registry, registryServer } from './programs.mjs';

const FAKETIME = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu']
  .map((dir) => `${dir}/faketime/libfaketimeMT.so.1`).find((file) => existsSync(file));

const record = (id, cert, name, more = {}) => ({
  schema: 'ocop-product/1', id, cert, rev: 1, name, stars: 4,
  producer: { id: `SX-${cert}`, name: `Hợp tác xã ${cert}`, form: 'cooperative' },
  place: { province_code: '01' }, group: { scheme: 'QD26-2026', code: '06' },
  decision: { number: `${cert}/QĐ-UBND`, date: day(-100), issuer: 'UBND thành phố Hà Nội', issuer_level: 'province' },
  valid_from: day(-100), valid_until: day(900), status: 'active', evidence: 'demo', ...more,
});

const listed = [
  record('VN01-000201', 201, 'Miến dong Minh Dương'),
  record('VN01-000202', 202, 'Trà sen Tây Hồ', { gtins: ['8930000000071'] }),
  record('VN01-000203', 203, 'Mật ong bạc hà', { valid_until: day(20) }),
  record('VN01-000204', 204, 'Nem phùng Ô Diên'),
];

const dir = join(folder(), 'registry');
let server, shop, manager, cashier;
const id = {};

// A record as it is from now on.
function change(...records) {
  const file = join(folder(), 'change.ndjson');
  writeFileSync(file, records.map((r) => `${JSON.stringify(r)}\n`).join(''));
  registry('import', file, '--dir', dir, '--by', 'Sở Nông nghiệp');
  registry('publish', '--dir', dir);
}

function decide(what, cert, ...more) {
  registry(what, cert, '--dir', dir, '--by', 'Chủ tịch', '--decision', '99/QĐ-UBND',
    '--date', day(), '--ground', 'Vi phạm an toàn thực phẩm', ...more);
  registry('publish', '--dir', dir);
}

async function sync() {
  const now = await cashier.ok(200, cashier.post('/api/v1/sync'));
  assert.equal(now.error, null, JSON.stringify(now.error));
  return now;
}

const line = (sku, qty = 1) => ({ product: id[sku], qty });
const approval = () => ({ staff: 2, pin: shop.pins[2] });
const ocop = async (sku) =>
  (await manager.ok(200, manager.get(`/api/v1/products/${id[sku]}`))).ocop;
const links = async (sku) =>
  manager.ok(200, manager.get(`/api/v1/products/${id[sku]}/certificates`));
const certificate = (sku, registryId) => `/api/v1/products/${id[sku]}/certificates/${registryId}`;

async function addProduct(sku, name, more = {}) {
  const made = await manager.ok(201, manager.post('/api/v1/products',
    { sku, name, unit: 'gói', price: 60000, vat_class: '8', ...more }));
  id[sku] = made.id;
  await manager.ok(201, manager.post('/api/v1/receivings', { supplier: `Hợp tác xã của ${sku}`, note: '',
    lines: [{ product: made.id, qty: 37, lot: null, expires: null, cost: 1000, agreement: null }] }));
}

before(async () => {
  registry('init', '--demo', '--dir', dir);
  change(...listed);
  server = await registryServer(dir);
  shop = await Shop.open({ registry_url: server.url,
    registry_root: join(dir, 'www', 'v1', '1.root.json') });
  manager = shop.as('manager');
  cashier = shop.as('cashier');
  await addProduct('MIEN', 'Miến dong Minh Dương', { registry_id: 'VN01-000201' });
  await addProduct('TRA', 'Trà sen', { barcodes: [{ code: '8930000000071', qty: 1 }] });
  await addProduct('MAT', 'Mật ong bạc hà', { registry_id: 'VN01-000203' });
  await addProduct('NEM', 'Nem phùng Ô Diên');
  await cashier.ok(201, cashier.post('/api/v1/shifts', { till: '1', float: 500000 }));
});

after(async () => {
  await shop.close();
  assert.equal(await server.stop(), 0);
});

test('the showroom takes the published list and links by id and by GTIN', async () => {
  const now = await sync();
  assert.deepEqual([now.state, now.records, now.running], ['fresh', 4, false]);
  assert.deepEqual(now.lists.map((l) => [l.name, l.records]), [['p01', 4]]);
  assert.equal(now.list_date, day());
  assert.deepEqual([(await ocop('MIEN')).cert, (await ocop('TRA')).cert], [201, 202]);
  assert.equal(await ocop('NEM'), null);
  const { links: [tra] } = await links('TRA');
  assert.deepEqual([tra.registry_id, tra.how, tra.listed, tra.list, tra.stock], ['VN01-000202', 'gtin', true, 'p01', 37]);
});

test('a certificate that ends within 30 days is told, once', async () => {
  const now = await sync();
  assert.deepEqual(now.expiring, { within_30: 1, within_90: 1 });
  const { items } = await manager.ok(200, manager.get('/api/v1/sync/changes'));
  assert.deepEqual(items.filter((c) => c.kind === 'notice').map((c) => [c.id, c.product, c.days, c.valid_until]),
    [['VN01-000203', id.MAT, 30, day(20)]]);
  assert.equal(items.at(-1).kind, 'list');
});

test('the manager links what is suggested, and takes it back', async () => {
  const { suggestions } = await links('NEM');
  assert.deepEqual([suggestions[0].registry_id, suggestions[0].why], ['VN01-000204', 'name']);
  await cashier.refused(403, 'forbidden', cashier.call('PUT', certificate('NEM', 'VN01-000204')));
  await manager.refused(404, 'not_found', manager.call('PUT', certificate('NEM', 'VN99-999999')));
  const done = await manager.ok(200, manager.call('PUT', certificate('NEM', 'VN01-000204')));
  assert.deepEqual([done.links[0].how, done.ocop.cert], ['chosen', 204]);
  const gone = await manager.ok(200, manager.call('DELETE', certificate('NEM', 'VN01-000204')));
  assert.deepEqual([gone.links, gone.ocop], [[], null]);
  await manager.refused(404, 'not_found', manager.call('DELETE', certificate('NEM', 'VN01-000204')));
  await manager.ok(200, manager.call('PUT', certificate('NEM', 'VN01-000204')));
});

test('a withdrawn certificate stops the till at "sync now"; a manager may let it pass', async () => {
  await cashier.ok(201, cashier.sell([line('MIEN')]));
  decide('revoke', 'VN01-000201', '--recall', 'none');
  const now = await sync();
  assert.deepEqual([now.last_change.withdrawn, now.last_change.changed], [1, 0]);
  assert.deepEqual(now.last_change.held.map((h) => [h.id, h.what, h.product, h.qty, h.stars]),
    [['VN01-000201', 'withdrawn', id.MIEN, 36, 4]]);
  await cashier.refused(409, 'withdrawn', cashier.sell([line('MIEN')]));
  await cashier.refused(403, 'forbidden', cashier.sell([line('MIEN')], { override: ['withdrawn'] }));
  const done = await cashier.ok(201, cashier.sell([line('MIEN')], { override: ['withdrawn'], approval: approval() }));
  assert.deepEqual([done.approved_by, done.lines[0].ocop.status], [2, 'withdrawn']);
  const { records } = readJournal((await manager.get('/api/v1/journal?limit=2000')).text);
  const { body } = records.at(-1);
  assert.deepEqual([body.override, body.manager, body.lines[0].ocop.status], [['withdrawn'], 2, 'withdrawn']);
});

test('what the registry reinstates is sold again', async () => {
  decide('reinstate', 'VN01-000201');
  const now = await sync();
  assert.equal(now.last_change.reinstated, 1);
  const done = await cashier.ok(201, cashier.sell([line('MIEN')]));
  assert.equal(done.lines[0].ocop.status, 'in_force');
});

test('what is recalled is sold by nobody, and the sentence says what to do', async () => {
  decide('revoke', 'VN01-000204', '--recall', 'destroy');
  await sync();
  const told = await cashier.refused(409, 'recalled', cashier.sell([line('NEM')],
    { override: ['withdrawn'], approval: approval() }));
  assert.match(told.detail, /tiêu hủy/);
  const [found] = (await manager.ok(200, manager.get('/api/v1/certified?status=withdrawn'))).items;
  assert.deepEqual([found.id, found.recall, found.stock, found.status_info.decision_number],
    ['VN01-000204', 'destroy', 37, '99/QĐ-UBND']);
});

test('a newer certificate of the same product takes over, but not from a recall after it', async () => {
  change(record('VN01-000205', 205, 'Miến dong Minh Dương', { valid_from: day(-10),
    decision: { ...listed[0].decision, date: day(-10) } }));
  decide('revoke', 'VN01-000201', '--recall', 'none');
  await sync();
  await cashier.refused(409, 'withdrawn', cashier.sell([line('MIEN')]));
  const { suggestions } = await links('MIEN');
  assert.equal(suggestions[0].registry_id, 'VN01-000205');
  await manager.ok(200, manager.call('PUT', certificate('MIEN', 'VN01-000205')));
  const done = await cashier.ok(201, cashier.sell([line('MIEN')]));
  assert.equal(done.lines[0].ocop.cert, 205);
  decide('reinstate', 'VN01-000201');
  decide('revoke', 'VN01-000201', '--recall', 'stop_sale');
  await sync();
  await cashier.refused(409, 'recalled', cashier.sell([line('MIEN')]));
});

test('a registry that is away is told, and nothing else changes', async () => {
  const before = await manager.ok(200, manager.get('/api/v1/sync'));
  await server.stop();
  const now = await cashier.ok(200, cashier.post('/api/v1/sync'));
  assert.match(now.error.code, /^fetch/);
  assert.match(now.error.detail, /\p{L}.*[.!?]$/u);
  assert.deepEqual([now.state, now.lists], ['fresh', before.lists]);
  await cashier.ok(201, cashier.sell([line('TRA')]));
});

// The notice that is written when a try at the registry has ended.
async function ended(registryId) {
  for (let i = 0; i < 100; i++) {
    const { items } = await manager.ok(200, manager.get('/api/v1/sync/changes'));
    if (items.some((c) => c.kind === 'notice' && c.days === 0 && c.id === registryId)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail(`${registryId} was not told to have ended`);
}

// The letters on the slip, read by a program that knows nothing of ours; it
// sees gaps where there are none, so without any.
async function slip(receipt) {
  const png = join(folder(), 'slip.png');
  writeFileSync(png, (await cashier.get(`/api/v1/sales/${receipt.receipt_no}/receipt.png`)).bytes);
  const quiet = { stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 1 << 26, env: { ...process.env, OMP_THREAD_LIMIT: '1' } };
  execFileSync('convert', [png, '-bordercolor', 'white', '-border', '30', '-filter', 'Box', '-resize', '200%',
    '-blur', '0x1', png], quiet);
  return execFileSync('tesseract', [png, '-', '-l', 'vie', '--psm', '6', '--dpi', '400'], quiet)
    .toString().normalize('NFC').replace(/\s+/g, '');
}
const digits = (receipt) => receipt.verify_url.split('#')[1].length;

test('old lists: the date is told first, and after 30 days no mark is printed', { skip: !FAKETIME && 'no libfaketime' }, async () => {
  const later = (days) => ({ LD_PRELOAD: FAKETIME, FAKETIME: `+${days}d`, FAKETIME_DONT_FAKE_MONOTONIC: '1' });
  const fresh = await cashier.ok(201, cashier.sell([line('TRA')]));
  assert.equal(fresh.ocop_list, undefined);
  await shop.restart(null, later(10));
  assert.equal((await manager.ok(200, manager.get('/api/v1/sync'))).state, 'stale');
  const stale = await cashier.ok(201, cashier.sell([line('TRA')]));
  assert.deepEqual(stale.ocop_list, { date: day(), state: 'stale' });
  assert.equal(digits(stale), digits(fresh));
  await shop.restart(null, later(40));
  assert.equal((await manager.ok(200, manager.get('/api/v1/sync'))).state, 'too_old');
  const old = await cashier.ok(201, cashier.sell([line('TRA')]));
  assert.deepEqual([old.ocop_list.state, old.lines[0].ocop.cert], ['too_old', 202]);
  assert.ok(digits(old) < digits(stale));
  await ended('VN01-000203');
  const list = `DanhsáchOCOPngày${day().slice(8)}/${day().slice(5, 7)}`;
  const words = [await slip(fresh), await slip(stale), await slip(old)];
  assert.deepEqual(words.map((w) => [w.includes(list), w.includes('GCN202')]),
    [[false, true], [true, true], [false, false]], words.join('\n'));
});
