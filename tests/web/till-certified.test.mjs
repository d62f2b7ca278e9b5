// Certificates at the till, on the real daemon: what only a manager may let pass, and what nobody may sell.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { certificate, openShop } from './lib/shop.mjs';
import { openBrowser, openTill } from './lib/till.mjs';

const FINE = certificate(11, 700);
const WITHDRAWN = certificate(15, 700, { status: 'revoked' });
const RECALLED = certificate(16, 700, { status: 'revoked', recall: 'return_to_producer' });

let shop, browser, till, ids;

before(async () => {
  shop = await openShop([FINE, WITHDRAWN, RECALLED]);
  browser = await openBrowser();
  ids = {};
  for (const { id, cert, name } of [FINE, WITHDRAWN, RECALLED])
    ids[cert] = await shop.stock({ name, price: 99_000, qty: 10, registry: id, barcodes: [`89345678901${cert}`] });
  await shop.stock({ name: 'Miến dong thử', price: 60_000, qty: 3 });
  till = await openTill(browser, shop);
  await till.begin();
});

after(async () => {
  await browser?.close();
  await shop?.close();
});

/** A manager's number and PIN into the dialog. */
async function allow({ number, pin }) {
  await till.page.waitForSelector('dialog.approve input[name=staff]:focus');
  await till.type(number);
  await till.press('Enter');
  await till.type(pin);
  await till.press('Enter');
}

async function nextBill() {
  await till.press('Enter');
  await till.ready();
}

const approver = async no => (await shop.api('GET', '/api/v1/sales/' + no)).approved_by;

test('a withdrawn product asks for a manager before the money, and the journal keeps who', async () => {
  await till.find('hang thu 15');
  assert.match(await till.note(), /thu hồi/);
  await till.press('F9');
  await allow(shop.manager);
  await till.page.waitForSelector('dialog.pay');
  await till.press('Enter');
  const no = await till.receipt();
  assert.equal(String(await approver(no)), shop.manager.number);
  assert.equal(await shop.stockOf(ids[15]), 9);
  await nextBill();
});

test('a wrong PIN asks again, a cashier\'s is none, Esc sells nothing', async () => {
  await till.find('hang thu 15');
  await till.press('F9');
  await allow({ ...shop.manager, pin: '0000' });
  await till.page.waitForSelector('dialog.pay');
  await till.press('Enter');
  await till.page.waitForSelector('dialog.approve .strip.bad');
  assert.match(await till.note(), /PIN/);
  await allow(shop.cashier);
  await till.until(async () => /quản lý/.test(await till.note()), 'a manager is asked for');
  await till.press('Escape');
  await till.ready();
  assert.equal((await till.lines()).length, 1);
  assert.equal(await shop.stockOf(ids[15]), 9);
  await till.press('F9');
  await allow(shop.manager);
  await till.page.waitForSelector('dialog.pay');
  await till.press('Enter');
  await till.receipt();
  await nextBill();
  assert.equal(await shop.stockOf(ids[15]), 8);
});

test('what was let pass counts for one bill, and no PIN is ever kept', async () => {
  await till.find('hang thu 15');
  await till.press('F9');
  await allow(shop.manager);
  await till.page.waitForSelector('dialog.pay');
  await till.page.route('**/api/v1/sales', async route => { await route.fetch(); await route.abort(); });
  await till.press('Enter');
  await till.page.waitForSelector('dialog.sending .hint');
  const kept = await till.page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }));
  assert.match(kept, /withdrawn/, 'the payment is kept');
  assert.doesNotMatch(kept, new RegExp(shop.manager.pin), 'the PIN is not');
  await till.page.reload();
  await till.page.unroute('**/api/v1/sales');
  await allow(shop.manager); // typed again: the same bytes, so the receipt that was made
  await till.receipt();
  await nextBill();
  assert.equal(await shop.stockOf(ids[15]), 7, 'sold once');
  await till.find('hang thu 15');
  await till.press('F9');
  await till.page.waitForSelector('dialog.approve');
  await till.press('Escape', 'F1');
});

test('a recalled product is stopped with what is to be done, and never stands on a bill', async () => {
  await till.scan('8934567890116');
  await till.page.waitForSelector('dialog.stop');
  const text = await till.page.textContent('dialog.stop');
  assert.match(text, /Hàng thử 16/);
  assert.match(text, /trả nhà sản xuất/);
  await till.scan('8934567890111');
  await till.untilNote(/Đọc và đóng/);
  await till.press('Enter');
  await till.ready();
  assert.deepEqual(await till.lines(), []);
  assert.equal(await till.page.locator('.strip.bad').count(), 0, 'the note went with the dialog');
});

test('more than the shelf has can be let pass by F8, after the daemon refused', async () => {
  await till.find('5*mien dong thu');
  await till.press('F9');
  await till.page.waitForSelector('dialog.pay');
  await till.press('Enter');
  await till.page.waitForSelector('dialog.refused');
  await till.press('F8');
  await allow(shop.manager);
  const no = await till.receipt();
  assert.equal(String(await approver(no)), shop.manager.number);
  await nextBill();
});

test('a manager who is signed in only says yes', async () => {
  await till.press('Control+l');
  await till.signIn(shop.manager);
  await till.ready();
  await till.find('hang thu 15');
  await till.press('F9');
  await till.page.waitForSelector('dialog.approve');
  assert.equal(await till.page.locator('dialog.approve input').count(), 0);
  await till.press('Enter');
  await till.page.waitForSelector('dialog.pay');
  await till.press('Enter');
  await till.receipt();
  await nextBill();
});

test('a note of before is neither in the dialog of a sale done nor in that of the count', async () => {
  await till.find('hang thu 15');
  await till.press('Control+End');
  await till.page.waitForSelector('input[name=counted]:focus');
  assert.equal(await till.note(), '');
  await till.press('Escape', 'F1');
});

/** As if the list had that age: no test waits for days. */
async function aged(state, date) {
  await till.page.unroute('**/api/v1/sync');
  await till.page.route('**/api/v1/sync', route =>
    route.fulfill({ contentType: 'application/json', body: JSON.stringify({ state, list_date: date }) }));
  await till.page.reload();
  await till.ready();
}

test('a stale list is said with its day; one too old shows no stars; a fresh one says nothing', async () => {
  await aged('stale', '2026-11-17');
  await till.page.waitForSelector('.aged.stale');
  assert.equal(await till.page.textContent('.aged'), 'Danh sách OCOP ngày 17/11');
  assert.equal(await till.page.locator('.row .stars').count(), 1);
  await aged('too_old', '2026-10-01');
  await till.page.waitForSelector('.aged.too_old');
  await till.until(async () => await till.page.locator('.row .stars').count() === 0, 'no star is shown');
  await till.find('hang thu 11');
  assert.match(await till.note(), /không in sao/);
  await till.press('F1');
  await aged('fresh', '2026-11-22');
  await till.page.waitForSelector('.row .stars');
  assert.equal(await till.page.locator('.aged').count(), 0);
  await till.page.unroute('**/api/v1/sync');
});

test('what is withdrawn while it stands on the bill is told there, and asks for a manager; so it goes back', async () => {
  const words = () => till.page.locator('.line .cert').first().textContent();
  await till.find('hang thu 11');
  assert.match(await words(), /★★★★/);
  await shop.registry.decide('revoke', FINE.id);
  await shop.sync();
  await till.until(async () => /thu hồi/.test(await words()), 'the line says it');
  await till.press('F9');
  await till.page.waitForSelector('dialog.approve');
  await till.press('Escape');
  await shop.registry.decide('reinstate', FINE.id);
  await shop.sync();
  await till.until(async () => /★★★★/.test(await words()), 'the stars are back');
  await till.press('F9');
  await till.page.waitForSelector('dialog.pay');
  await till.press('Escape', 'F1');
});

test('another device says its own till before anybody signs in', async () => {
  shop.command('till', 'add', '2', '--name', 'Quầy phụ');
  const { code } = shop.command('device', 'enrol', '--till', '2', '--name', 'Máy phụ');
  const other = await openTill(browser, shop);
  await other.page.evaluate(text => fetch('/api/v1/devices', { method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code: text }) }).then(r => r.status), code);
  await other.page.reload();
  await other.page.waitForSelector('input[name=staff]:focus');
  assert.match(await other.page.textContent('.card h1'), /Quầy 2/);
  await other.close();
});

test('the page never complained', () => assert.deepEqual(till.complaints, []));
